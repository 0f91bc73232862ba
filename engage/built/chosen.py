"""Values that people decided on for a merged record: typed over a cell of a list, and answered "Use this".

Each is a row of Decisions, About "Value": A names the record, B is "Phone: 0161 …", Compared holds some
of the mentions behind the record: by them the value finds its record again when the identifier is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engage.built.decision_book import Book, Entry
from engage.linkage.survivorship import Chosen
from engage.model import Membership
from engage.register.values import Context, reader_for
from engage.schema import Schema

GOLDEN = re.compile(r"^(EMP|PER)-[0-9A-Z]{7}$")
LISTS = {"Employer list (built nightly)": "Employers", "Contact list (built nightly)": "Contacts"}
# Permission goes by the strictest and notes are joined, whoever types what; who works where is linkage's.
NEVER = {
    "Employers": frozenset({"Notes", "Agency", "Rest until", "May we email news?", "Do not contact"}),
    "Contacts": frozenset({"Notes", "Agency", "Employer", "May we email news?", "Do not contact"}),
}
GONE = "It is in the list no more, so nothing was changed"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's value that stands. text: as typed. when: local minute. anchors: mention keys."""

    key: str
    golden_id: str
    heading: str
    text: str
    when: str
    by: str = ""
    anchors: tuple[str, ...] = ()


def choices(book: Book) -> tuple[Choice, ...]:
    """The values in the book that nobody has taken back, earliest first."""
    found = (_choice(entry) for entry in book.entries if entry.is_value)
    return tuple(sorted((c for c in found if c), key=lambda c: (c.when, len(c.key), c.key)))


def _choice(entry: Entry) -> Choice | None:
    cells = entry.cells
    heading, colon, text = cells.get("B", "").partition(": ")
    golden_id = entry.key.split(" ")[0]
    if cells.get("Undone on", "") or cells.get("Reason", "") == GONE or not (colon and text.strip()):
        return None
    anchors = tuple(cells.get("Compared", "").split())
    return Choice(
        entry.key, golden_id, heading, text.strip(), cells.get("When", ""), cells.get("By", ""), anchors
    )


# --- Which record it is for tonight --------------------------------------------------------------------


def record_for(choice: Choice, members: Membership) -> str:
    """The EMP- or PER- id that a value is for: its own, or the one that most of its mentions went to; "" if
    none of them is left."""
    clusters = members.people if choice.golden_id.startswith("PER") else members.employers
    if choice.golden_id in clusters:
        return choice.golden_id
    went = Counter(id_ for id_, keys in clusters.items() for key in choice.anchors if key in keys)
    return min(went, key=lambda id_: (-went[id_], id_), default="")


def chosen_values(
    found: Iterable[Choice], members: Membership, schema: Schema, context: Context
) -> dict[tuple[str, str], Chosen]:
    """(EMP-/PER- id, heading) → the value that stands, the latest where there are several.

    context: how cells are read. What does not read as its column's type, or stands in a column that no
    person's word alone decides, has no effect.
    """
    chosen = {}
    for choice in found:
        golden_id = record_for(choice, members)
        value = read_value(golden_id, choice.heading, choice.text, schema, context)
        if value:
            chosen[golden_id, choice.heading] = Chosen(value, choice.when[:10], choice.by, choice.key)
    return chosen


def read_value(golden_id: str, heading: str, text: str, schema: Schema, context: Context) -> str:
    """A text as its column understands it; "" if it reads as nothing, or the column is not for this."""
    staff = {"EMP": "Employers", "PER": "Contacts"}.get(golden_id[:3], "")
    shown = next((schema.tabs[title] for title, tab in LISTS.items() if tab == staff), None)
    if shown is None or heading in NEVER[staff] or heading not in shown.headings:
        return ""
    column = next((one for one in schema.tabs[staff].columns if one.heading == heading), None)
    return reader_for(column, context)(text).clean if column else ""


def met_tonight(found: Sequence[Choice], before: Membership, after: Membership) -> Iterator[str]:
    """A line for each value that gave way tonight because two records with one of their own were merged."""
    latest: dict[tuple[str, str], Choice] = {}
    for choice in found:
        key = record_for(choice, after), choice.heading
        earlier = latest.get(key)
        if earlier and key[0] and record_for(earlier, before) != record_for(choice, before):
            yield (
                f"{key[0]} {choice.heading}: two values that people decided on meet in this record; "
                f"“{choice.key}” of {choice.when[:10]} stands, "
                f"“{earlier.key}” of {earlier.when[:10]} gives way"
            )
        latest[key] = choice

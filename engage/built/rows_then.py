"""What two rows said when somebody answered about them, as Decisions keeps it; and what has changed since.

An answered pair is asked about again only when what was compared has changed, and the question says what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engage.built.decision_book import BY_PERSON, OUTDATED, UNDO_OF
from engage.built.typed import shown_phones
from engage.insight.reading import fold
from engage.insight.weeks import read_day, short_day
from engage.linkage.mentions import compared_cells
from engage.model import Decision, Record, record_of
from engage.wording import in_a_row

_LINE = re.compile(r"^([AB]) ([^:]+): (.*)$")
MOST_CHANGES = 4  # told one by one; the rest are counted


def rows_then(a: str, b: str, records: Mapping[str, Record], country: str = "GB") -> str:
    """What two mentions are compared by tonight, a line a cell: "A Phone: 0161 496 0101".

    a, b: mention keys in their one order. A side that is not among the records says nothing.
    """
    return "\n".join(
        f"{letter} {heading}: {text}"
        for letter, key in (("A", a), ("B", b))
        for heading, text in _cells(key, records, country).items()
    )


def why_again(decision: Decision, records: Mapping[str, Record], country: str = "GB") -> str:
    """What was answered, and what has changed since: the first reason of a question that is asked again.

    records: what the hub's readers may see tonight.
    """
    if decision.compared == OUTDATED:
        return _as_sentence(f"{who_said(decision)}, but a row was changed before that was recorded")
    changed = "; ".join(_changes(decision, records, country)) or "what was compared has changed"
    return _as_sentence(f"{who_said(decision)}; since then {changed}")


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def who_said(answer: Decision) -> str:
    """Who decided what, and when: "Dale Council said Different on 3 Nov 2026"."""
    day = read_day(answer.when[:10])
    on = f" on {short_day(day)}" if day else ""
    if answer.reason.startswith(UNDO_OF) or answer.how != BY_PERSON:
        return f"the merge was undone{on}"
    return f"{answer.by or 'somebody'} said {answer.verdict}{on}"


def _changes(decision: Decision, records: Mapping[str, Record], country: str) -> Iterator[str]:
    """For each side that has changed: "Harwick College changed Phone from … to … and added Website …"."""
    past = _read(decision.seen)
    for letter, key in (("A", decision.a), ("B", decision.b)):
        record = records.get(record_of(key))
        if record is None or not past[letter]:
            continue
        found = list(_cell_changes(past[letter], _cells(key, records, country)))
        if found:
            more = len(found) - MOST_CHANGES
            told = found[:MOST_CHANGES] + ([f"changed {more} more"] if more > 0 else [])
            yield f"{record.agency or 'the hub'} {in_a_row(told)}"


def _cell_changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for heading in dict.fromkeys((*then, *now)):
        old, new = then.get(heading, ""), now.get(heading, "")
        if fold(old) == fold(new):
            continue
        if old and new:
            yield f"changed {heading} from {old} to {new}"
        else:
            yield f"added {heading} {new}" if new else f"took out {heading} {old}"


def _cells(key: str, records: Mapping[str, Record], country: str) -> dict[str, str]:
    record = records.get(record_of(key))
    if record is None:
        return {}
    cells = compared_cells(record, int(key.rpartition("#")[2] or 0))
    return {heading: shown_phones(" ".join(text.split()), country) for heading, text in cells.items()}


def _read(seen: str) -> dict[str, dict[str, str]]:
    """Side → heading → text, of the lines that can be read."""
    sides: dict[str, dict[str, str]] = {"A": {}, "B": {}}
    for line in seen.splitlines():
        if found := _LINE.match(line.strip()):
            sides[found[1]][found[2]] = found[3]
    return sides

"""What stops a workbook before anything is decided from it: signs that its rows are not what they seem.

A suddenly empty tab, a heading row that is gone, a large share of the rows missing: each is far more often
an accident (a filter saved as a copy, a cleared sheet, a wrong file) than a wish. Such a workbook is left as
it is, its rows count as they last were, and nothing of it reads as a deletion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .built.as_read import header_row
from .built.decision_book import NEEDED, read_book
from .built.decision_book import TITLE as DECISIONS
from .errors import UnsafePlan
from .model import Tab, fingerprint
from .state import KnownTab, Remembered

FEWEST_GONE = 3  # below this many missing rows a share says nothing: somebody tidied up


@dataclass(frozen=True, slots=True)
class ReadTab:
    """A staff tab found tonight: its sheet title, its schema title, where its headings are (0: nowhere).

    broken: schema headings that it had and that were lost by accident, as it seems.
    """

    sheet: str
    spec: str
    header_row: int
    broken: tuple[str, ...] = ()


def check_workbook(
    title: str,
    known_tabs: Mapping[str, KnownTab],
    found: Sequence[ReadTab],
    gone: Iterable[Remembered],
    *,
    most_rows_gone: float,
) -> None:
    """Raise UnsafePlan if this workbook has lost more than people lose on purpose.

    title: what people call the workbook. gone: the records that had a row at the last sync and have none in
    any workbook now. most_rows_gone: share of a tab's rows, 0..1.
    """
    by_spec = {tab.spec for tab in found if tab.header_row}
    for sheet, known in known_tabs.items():
        if known.records and known.spec not in by_spec:
            raise UnsafePlan(
                f'the tab "{sheet}" ({known.records} rows last time) is gone or has lost its headings',
                where=title,
                fix="restore it from the version history or a backup, or put its headings back; "
                "if you meant it, run again with --allow-deletions",
            )
    for tab in found:
        if tab.broken:
            raise UnsafePlan(
                f'the tab "{tab.sheet}" has lost the heading {" and ".join(tab.broken)}',
                where=title,
                fix="put the heading back above its column; "
                "if you meant it, run again with --allow-deletions",
            )
    lost = Counter(record.sheet for record in gone)
    for sheet, count in lost.items():
        before = max(known_tabs[sheet].records if sheet in known_tabs else 0, count)
        if count >= FEWEST_GONE and count > most_rows_gone * before:
            raise UnsafePlan(
                f"{count} of {before} rows are gone since the last sync",
                where=f"{sheet} ({title})",
                fix="restore the rows from the version history or a backup; "
                "if you meant it, run again with --allow-deletions",
            )


def check_decisions(title: str, tab: Tab | None, published: Mapping[str, str]) -> None:
    """Raise UnsafePlan if rows of Decisions are gone, or cannot be read any more: nobody's word is forgotten.

    title: what people call the hub. published: fingerprint of row key → mark, as last written. A row that
    somebody damaged still stands and is reported as such.
    """
    if not published:
        return
    header = tab.rows[header_row(tab, NEEDED) - 1] if tab and tab.rows else ()
    lost = [heading for heading in NEEDED if heading not in header]
    entries = read_book(tab).entries
    damaged = [each for each in entries if each.decision is None and fingerprint(each.key) not in published]
    gone = len(published.keys() - {fingerprint(each.key) for each in entries}) - len(damaged)
    if tab and lost:
        what = f"the tab {DECISIONS} has lost the heading {' and '.join(lost)}"
    elif gone > 0:
        what = f"{gone} of {len(published)} rows of {DECISIONS} are gone since the last sync"
    else:
        return
    raise UnsafePlan(
        what,
        where=title,
        fix="restore them from the version history or a backup (to take a decision back, choose Undo in its "
        "row); if you meant it, run again with --allow-deletions",
    )

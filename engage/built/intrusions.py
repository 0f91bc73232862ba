"""What people typed where the system writes: found before a built tab is rebuilt, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from engage.built.as_read import header_row
from engage.built.tab_start_here import KEPT
from engage.model import Finding, Place, Row, Tab, cell_text, fingerprint
from engage.ports import PublishTab

APPENDED = frozenset({"Decisions", "Sync log", "Mail stops"})  # rebuilt from what stands in them
Offer = Callable[[str, str, str, str], bool]  # (tab, key of the row, heading, text) → may it be decided on?
REBUILT = (
    "This was typed into a tab that is rebuilt every night. If it should stay, type it in the row that it "
    "came from; then choose Leave as it is."
)
USABLE = (
    "This was typed over a value that is put together every night. Choose Use this to show it from now on. "
    "If a row is wrong, correct it there instead and choose Leave as it is."
)
LONGEST_PART = 16_000  # characters: fits an Excel cell (32,767 UTF-16 units) whatever they are
OUR_OWN_WORDS = "Start here"  # laid out by `engage init` before the first sync writes it


def row_marks(intent: PublishTab) -> dict[str, str]:
    """Row key → mark of the row as published, answers left out: what _engage remembers of a built tab.

    The rows of Start here that are not built (the time stamp, Sync now) are not remembered.
    """
    kept, label = (KEPT if intent.tab == OUR_OWN_WORDS else ()), intent.headings[0]
    return {key: _mark(intent, cells) for key, cells in _rows(intent) if cells.get(label) not in kept}


def typed_into(
    tab: Tab, intent: PublishTab, published: Mapping[str, str], workbook: str, offer: Offer | None = None
) -> Iterator[Finding]:
    """A finding for every cell of a built tab that a person wrote and that the rebuilding would replace.

    intent: what the tab will read. published: fingerprint of row key → mark, as last written; a row that is
    as it was written has nothing of a person in it but what stands outside our columns; a cell that will
    stay as it is loses nothing. A tab that is added to keeps what stands in its columns. offer: whether a
    text may be decided on; its finding then names the merged record.
    """
    if not tab.rows or (intent.tab == OUR_OWN_WORDS and not published):
        return
    top = header_row(tab, intent.headings)
    header = tab.rows[top - 1]
    coming = dict(_rows(intent))
    for number, row in enumerate(tab.rows[:top], 1):
        cells = {f"column {at}": text for at, text in enumerate(row, 1) if text not in intent.headings}
        yield from _lost(tab.title, number, cells, {}, frozenset(), workbook)
    for number, row in enumerate(tab.rows[top:], top + 1):
        cells = _by_heading(header, row)
        key = cells.get(intent.key, "") if intent.key else f"#{number - top + 1}"
        known = published.get(fingerprint(key))
        new = coming.get(key, {})
        if intent.tab in APPENDED or (known is not None and known == _mark(intent, cells)):
            outside = {name: text for name, text in cells.items() if name not in intent.headings}
            yield from _lost(tab.title, number, outside, new, frozenset(), workbook)
        else:
            kept = intent.answers if known is not None or key in coming else frozenset()
            for finding in _lost(tab.title, number, cells, new, kept, workbook):
                named = replace(finding, row_key=key if intent.key else "")
                usable = (
                    key in coming and offer and offer(tab.title, key, finding.place.column, finding.found)
                )
                yield replace(named, record_id=key, wrong=USABLE) if usable else named


def in_parts(finding: Finding) -> Iterator[Finding]:
    """A text that was typed where it could not stay, in as many findings as hand it back whole."""
    text = finding.found
    if not finding.kind.startswith("typed-") or len(text) <= LONGEST_PART:
        yield finding
        return
    parts = [text[at : at + LONGEST_PART] for at in range(0, len(text), LONGEST_PART)]
    for number, part in enumerate(parts, 1):
        yield replace(finding, found=part, wrong=f"{finding.wrong} (Part {number} of {len(parts)}.)")


def _lost(
    title: str,
    number: int,
    cells: Mapping[str, str],
    new: Mapping[str, str],
    kept: frozenset[str],
    workbook: str,
) -> Iterator[Finding]:
    for heading, text in cells.items():
        moved = heading not in new and text in new.values()  # its heading was renamed: it stays in its row
        if text.strip() and heading not in kept and new.get(heading, "") != text and not moved:
            yield Finding(
                kind="typed-in-built-tab",
                place=Place(workbook, title, number, heading),
                wrong=REBUILT,
                found=text,
            )


def _rows(intent: PublishTab) -> Iterator[tuple[str, dict[str, str]]]:
    for number, row in enumerate(intent.rows, 2):
        texts = (cell_text(value) for value in row)
        cells = {heading: text for heading, text in zip(intent.headings, texts, strict=True) if text}
        yield (cells.get(intent.key, "") if intent.key else f"#{number}"), cells


def _mark(intent: PublishTab, cells: Mapping[str, str]) -> str:
    ours = (heading for heading in intent.headings if heading not in intent.answers)
    return fingerprint("\x1f".join(cells.get(heading, "") for heading in ours))


def _by_heading(header: Row, row: Row) -> dict[str, str]:
    """Cells by heading; a cell below no heading, or below one that stands twice, by its column's number."""
    cells: dict[str, str] = {}
    for at, text in enumerate(row):
        name = header[at] if at < len(header) and header[at] else f"column {at + 1}"
        cells[f"{name} ({at + 1})" if name in cells else name] = text
    return cells

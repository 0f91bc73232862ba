"""What two states of a workbook file differ in, cell by cell and part by part: the proof of a write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from engage.ports import Change

from ..cells import Seen, cell_at
from .book import CONTENT_TYPES, Book, relations_part
from .graft import is_grafted
from .reading import column_number
from .sheetmap import SheetMap, map_sheet
from .structure import NOTES
from .swap import read_file
from .widening import widened_table

Cells = dict[tuple[int, int], bytes]


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that differs other than in cells. why: how it follows from a write; "" if it does not."""

    part: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """cells: what reads otherwise; where before and after are equal, a formula or style behind it changed."""

    cells: tuple[Change, ...]
    parts: tuple[PartDifference, ...]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The parts that no write of ours accounts for."""
        return tuple(difference.part for difference in self.parts if not difference.why)


def differences(before: Path, after: Path) -> Differences:
    """What differs between two copies of a workbook. Raises WorkbookError if one cannot be read."""
    old, new = (Book(read_file(path, path.name)[0], path.name) for path in (before, after))
    titles = dict.fromkeys([*(s.title for s in old.sheets), *(s.title for s in new.sheets)])
    cells = tuple(change for title in titles for change in _cell_changes(old, new, title))
    return Differences(cells, tuple(_part_differences(old, new)))


def _cell_changes(old: Book, new: Book, title: str) -> Iterator[Change]:
    before, after = (_tab(book, title) for book in (old, new))
    if before == after:
        return
    addresses = {at for at in {**before[1], **after[1]} if before[1].get(at) != after[1].get(at)}
    height = max(len(before[0].rows), len(after[0].rows))
    for row in range(1, height + 1):
        cells = [seen.rows[row - 1] if row <= len(seen.rows) else () for seen, _ in (before, after)]
        for column in range(1, max(map(len, cells)) + 1):
            if cell_at(before[0].rows, row, column) != cell_at(after[0].rows, row, column):
                addresses.add((row, column))
    for row, column in sorted(addresses):
        texts = [cell_at(seen.rows, row, column) for seen, _ in (before, after)]
        yield Change(title, row, column, *texts)


def _tab(book: Book, title: str) -> tuple[Seen, Cells]:
    """A tab's cells as they read, and as they lie in the file."""
    sheet = book.sheet(title)
    if sheet is None:
        return Seen(()), {}
    xml = book.archive.read(sheet.part)
    rows = map_sheet(xml).rows
    return book.seen(sheet), {
        (row.number, cell.column): xml[cell.start : cell.end] for row in rows for cell in row.cells
    }


def _part_differences(old: Book, new: Book) -> Iterator[PartDifference]:
    explain = _explanations(old, new)
    for part in dict.fromkeys([*old.archive.names, *new.archive.names]):
        before = old.archive.read(part) if part in old.archive else None
        after = new.archive.read(part) if part in new.archive else None
        if before != after:
            why = explain[part](before, after) if part in explain else ""
            if why != _CELLS_ONLY:
                yield PartDifference(part, why)


Explain = Callable[[bytes | None, bytes | None], str]
_CELLS_ONLY = "cells"


def _explanations(old: Book, new: Book) -> dict[str, Explain]:
    """For every part that a write may touch, how to tell whether it did only what a write does."""
    known: dict[str, Explain] = {}
    for sheet in new.sheets:
        known[sheet.part] = _explain_sheet
        for table in old.related(sheet.part, "table").values() if old.sheet(sheet.title) else ():
            known[table] = _explain_table
    for part in old.related(old.part, "calcChain").values():
        known[part] = lambda _, after: "" if after else "Excel makes its calculation order anew"
    for part in new.related(new.part, "styles").values():
        known[part] = _explain_styles
    added = {sheet.part: sheet.title for sheet in new.sheets if old.sheet(sheet.title) is None}
    notes = [part for sheet in added for kind in NOTES for part in new.related(sheet, kind).values()]
    for part in (*notes, *map(relations_part, added)):
        known[part] = lambda before, after: "" if before else "the notes on the headings of a new tab"
    frame = _without_additions(added, notes)
    for part in (new.part, relations_part(new.part), CONTENT_TYPES):
        known[part] = lambda before, after: _explain_frame(frame(before), frame(after))
    return known


def _explain_sheet(before: bytes | None, after: bytes | None) -> str:
    if before is None:
        return "the tab is new"
    if after is None or _skeleton(before) != _skeleton(after):
        return ""
    return _CELLS_ONLY


def _skeleton(xml: bytes) -> tuple[bytes, ...]:
    """A sheet part without its cells, and without the bounds that follow from them."""
    sheet: SheetMap = map_sheet(xml, ())
    start, _, end = sheet.sheet_data
    rest = xml[:start] + xml[end:]
    rest = re.sub(rb"<(?:[\w.-]+:)?dimension\s[^<>]*/>", b"", rest)
    return (re.sub(rb"(<(?:[\w.-]+:)?autoFilter\s[^<>]*?ref=\")[^\"]*", rb"\1", rest),)


def _explain_table(before: bytes | None, after: bytes | None) -> str:
    area = re.search(rb'\sref="\$?[A-Z]+\$?(\d+):\$?([A-Z]+)', before or b"")
    if not before or not area:
        return ""
    widened = widened_table(before, int(area.group(1)), column_number(area.group(2).decode()) + 1)
    return "the table takes in the Record ID column" if widened == after else ""


def _explain_styles(before: bytes | None, after: bytes | None) -> str:
    added = before and after and is_grafted(before, after)
    return "the looks of a new tab are added behind its own" if added else ""


def _without_additions(added: dict[str, str], notes: Iterable[str]) -> Callable[[bytes | None], bytes]:
    """Takes out of a frame part what adding these tabs, and the other writes, put in or took out."""
    names = [re.escape(escape(title).encode()) for title in added.values()]
    parts = [re.escape(f"/{part}".encode()) for part in (*added, *notes)]
    patterns = [rb"<[\w.:-]*calcPr fullCalcOnLoad=\"1\"/>", rb' fullCalcOnLoad="1"']
    patterns += [rb"<[\w.:-]*(?:Override|Relationship)\s[^<>]*calcChain[^<>]*/>"]
    patterns += [rb"<[\w.:-]*Relationship Id=\"rIdEngage\d+\"[^<>]*/>"]
    patterns += [rb"<[\w.:-]*sheet\s[^<>]*name=[\"']" + name + rb"[\"'][^<>]*/>" for name in names]
    patterns += [rb"<[\w.:-]*Override\s[^<>]*PartName=\"" + part + rb"\"[^<>]*/>" for part in parts]
    quoted = [re.escape(escape(t.replace("'", "''"), quote=False).encode()) for t in added.values()]
    patterns += [
        rb"<[\w.:-]*definedName[^<>]*Print_Titles[^<>]*>'" + t + rb"'!\$1:\$1<[^<>]*>" for t in quoted
    ]
    whole = re.compile(b"|".join(patterns))
    no_names = re.compile(rb"<[\w.:-]*definedNames(?:\s*/>|></[\w.:-]*>)")
    name = re.compile(rb"<[\w.:-]*definedName\s[^<>]*_FilterDatabase[^<>]*>[^<>]*<")
    return lambda xml: no_names.sub(b"", name.sub(b"", whole.sub(b"", xml or b"")))


def _explain_frame(before: bytes, after: bytes) -> str:
    return "a tab was added, or the file asks Excel to recalculate" if before == after else ""

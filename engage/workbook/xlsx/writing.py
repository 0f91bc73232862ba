"""Edits → the new file, proved before anybody sees it: it must read as ordered and as before elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from xml.parsers import expat

from engage.model import Grid
from engage.ports import RECORD_ID
from engage.schema import TabSpec

from ..cells import CellEdit, Seen, TabEdit, Value, text_of, trim_grid
from ..publishing import stands_otherwise
from .archive import Archive
from .book import Book
from .encoding import Encoder, SpellLink
from .patching import CellPatch, Like, patch_sheet
from .reading import read_sheet
from .structure import Frame
from .styles import Styles

LISTS = "Lists"
Edits = Sequence[CellEdit | TabEdit]


def rewrite(book: Book, edits: Edits, spell: SpellLink, tabs: Mapping[str, TabSpec] | None = None) -> bytes:
    """The file with these edits made. tabs: how those that we lay out look, by title.

    Raises ValueError or ExpatError if it would not read as it should.
    """
    encoder = Encoder(book.styles, spell, date1904=book.date1904)
    frame, grids = Frame(book), {}
    lost_formula = False
    for title, of_tab in _by_tab(edits).items():
        sheet = book.sheet(title)
        if sheet is None:
            part = _create(frame, book, of_tab, spell, tabs or {})
            grids[part] = _as_ordered(Seen(()), of_tab)
            continue
        for edit in of_tab:
            if isinstance(edit, CellEdit) and edit.value == RECORD_ID:
                frame.widen(sheet, edit.row, edit.column)
        grids[sheet.part] = will_read = _as_ordered(book.seen(sheet), of_tab)
        patches = _patches(book.seen(sheet), of_tab, spell)
        patched = patch_sheet(frame.read(sheet.part), patches, encoder, will_read)
        frame.changed[sheet.part] = patched.xml
        lost_formula |= patched.lost_formula
    if lost_formula:
        frame.drop_calculation_order()
    if _results_may_be_stale(book, edits):
        frame.ask_for_recalculation()
    data = book.archive.rewritten(frame.changed, frozenset(frame.removed))
    _prove(book, frame.styles(), data, grids, frame.changed)
    return data


def _results_may_be_stale(book: Book, edits: Edits) -> bool:
    """Whether somebody's formula looks at a tab in which more than record ids was written.

    Excel keeps the results in the file and would go on showing the old ones.
    """
    tabs = {edit.tab for edit in edits if isinstance(edit, TabEdit) or edit.anchor}
    for sheet in book.sheets:
        for formula in book.seen(sheet).formulas.values():
            if formula.startswith("HYPERLINK("):
                continue
            if sheet.title in tabs or any(tab.replace("'", "''") in formula for tab in tabs):
                return True
    return False


def _by_tab(edits: Edits) -> dict[str, list[CellEdit | TabEdit]]:
    grouped: dict[str, list[CellEdit | TabEdit]] = defaultdict(list)
    for edit in edits:
        grouped[edit.tab].append(edit)
    return grouped


def _create(frame: Frame, book: Book, edits: Edits, spell: SpellLink, tabs: Mapping[str, TabSpec]) -> str:
    """Lay a new tab out as `engage init` would, and write its cells into it."""
    from ..layout_blank import blank_tab  # noqa: PLC0415 - openpyxl only on a night that adds a tab

    (edit,) = edits
    assert isinstance(edit, TabEdit)
    lists = book.sheet(LISTS)
    headings = tuple(text_of(value) for value in edit.rows[0])
    laid_out = blank_tab(edit.tab, headings, tabs, next(iter(book.seen(lists).rows), ()) if lists else ())
    part = frame.add_sheet(edit.tab, laid_out, hidden=edit.hidden)
    encoder = Encoder(frame.styles(), spell, date1904=book.date1904)
    patches = _patches(Seen(()), edits, spell)
    patched = patch_sheet(frame.read(part), patches, encoder, _as_ordered(Seen(()), edits))
    frame.changed[part] = patched.xml
    return part


def _patches(seen: Seen, edits: Edits, spell: SpellLink) -> list[CellPatch]:
    """The cells to write: in a built tab only those that read, or open, otherwise than they should."""
    patches: dict[tuple[int, int], CellPatch] = {}
    for edit in edits:
        if isinstance(edit, CellEdit):
            like: Like = "left" if edit.value == RECORD_ID else "column"
            patch = CellPatch(edit.row, edit.column, edit.value, like, typed=bool(edit.anchor))
            patches[edit.row, edit.column] = patch
        else:
            for address, value in _differing(seen, edit, spell).items():
                patches[address] = CellPatch(*address, value, "above" if address[0] > 1 else "left")
    return list(patches.values())


def _differing(seen: Seen, edit: TabEdit, spell: SpellLink) -> Mapping[tuple[int, int], Value]:
    return dict(stands_otherwise(edit.rows, seen, spell))


def _as_ordered(seen: Seen, edits: Edits) -> Grid:
    """What the tab is to read after its edits."""
    rows = [list(row) for row in seen.rows]
    for edit in edits:
        if isinstance(edit, TabEdit):
            rows = [[text_of(value) for value in row] for row in edit.rows]
            continue
        rows.extend([] for _ in range(edit.row - len(rows)))
        row = rows[edit.row - 1]
        row.extend([""] * (edit.column - len(row)))
        row[edit.column - 1] = text_of(edit.value)
    return trim_grid([tuple(row) for row in rows])


def _prove(
    book: Book, styles: Styles, data: bytes, grids: Mapping[str, Grid], changed: Iterable[str]
) -> None:
    """Raises ValueError or ExpatError if a tab would not read as ordered, or a changed part not at all."""
    archive = Archive(data, book.where)
    for part, grid in grids.items():
        seen = read_sheet(archive.read(part), book.strings, styles, date1904=book.date1904)
        if seen.rows != grid:
            raise ValueError(f"{part} does not read back as ordered")
    for part in changed:
        if part.endswith((".xml", ".rels")):
            expat.ParserCreate(namespace_separator=" ").Parse(archive.read(part), True)

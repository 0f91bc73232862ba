"""Where everything lies in a sheet part, in bytes, so that a cell can be changed and the rest left alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from xml.parsers import expat

from .reading import column_number

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")


@dataclass(slots=True)
class CellSpan:
    """A <c> element: its column, style number, and the bytes it occupies."""

    column: int
    style: int
    start: int
    end: int = 0
    formula: bool = False


@dataclass(slots=True)
class RowSpan:
    """A <row> element; cells only where they were asked for. tag_end: where its opening tag ends."""

    number: int
    start: int
    tag_end: int
    end: int = 0
    style: int | None = None
    cells: list[CellSpan] = field(default_factory=list)


@dataclass(slots=True)
class SheetMap:
    """The byte positions of a sheet part. prefix: b"x:" where elements are written <x:c>.

    columns: (first, last, style) of each <col> with a style; widths: the same of those with a width, in
    characters. body: the style of the lowest cell that each column has below row 1. default_width,
    line_height: of columns and rows that say nothing themselves, in characters and points.
    """

    prefix: bytes = b""
    sheet_data: tuple[int, int, int] = (0, 0, 0)
    dimension: tuple[int, int] | None = None
    auto_filter: tuple[int, int] | None = None
    rows: list[RowSpan] = field(default_factory=list)
    columns: list[tuple[int, int, int]] = field(default_factory=list)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    body: dict[int, int] = field(default_factory=dict)
    default_width: float = 9.0
    line_height: float = 15.0

    def column_style(self, column: int) -> int | None:
        """The style that the sheet gives to a column, or None."""
        return next((style for first, last, style in self.columns if first <= column <= last), None)

    def width(self, column: int) -> float:
        """A column's width in characters."""
        found = (width for first, last, width in self.widths if first <= column <= last)
        return next(found, self.default_width)


def map_sheet(xml: bytes, wanted: Collection[int] | None = None) -> SheetMap:
    """Where things lie. wanted: the rows whose cells are needed (None: all). Raises expat.ExpatError."""
    mapper = _Mapper(xml, wanted)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = mapper.start
    parser.EndElementHandler = mapper.end
    mapper.parser = parser
    parser.Parse(xml, True)
    return mapper.map


class _Mapper:
    """Handlers for expat, which alone tells the byte that an element begins at."""

    def __init__(self, xml: bytes, wanted: Collection[int] | None) -> None:
        self.map = SheetMap()
        self.parser: expat.XMLParserType
        self._xml, self._wanted = xml, wanted
        self._path: list[str] = []
        self._row: RowSpan | None = None
        self._cell: CellSpan | None = None
        self._number = self._column = 0

    def _tag_end(self, start: int) -> int:
        found = _TAG.match(self._xml, start)
        return found.end() if found else start

    def _element_end(self, start: int) -> int:
        """Where the element that is just ending ends; expat stands at its closing tag, or behind <c/>."""
        tag_end = self._tag_end(start)
        if self._xml[tag_end - 2 : tag_end] == b"/>":
            return tag_end
        return self._xml.index(b">", self.parser.CurrentByteIndex) + 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        depth = len(self._path)
        if depth == 4 and local == "c" and self._row is not None:
            self._start_cell(attributes)
        elif depth == 5 and local == "f" and self._cell is not None:
            self._cell.formula = True
        elif depth == 3 and local == "row":
            self._start_row(attributes)
        elif depth == 3 and local == "col":
            self._take_column(attributes)
        elif depth == 2:
            self._start_section(local, attributes)
        elif depth == 1:
            found = re.match(rb"<([\w.-]+:)?", self._xml[self.parser.CurrentByteIndex :][:80])
            self.map.prefix = (found.group(1) or b"") if found else b""

    def _take_column(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes["min"]), int(attributes["max"])
        if "style" in attributes:
            self.map.columns.append((first, last, int(attributes["style"])))
        if "width" in attributes:
            self.map.widths.append((first, last, float(attributes["width"])))

    def _start_section(self, local: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        if local == "sheetData":
            self.map.sheet_data = (start, self._tag_end(start), 0)
        elif local == "sheetFormatPr":
            self.map.default_width = float(attributes.get("defaultColWidth", 9))
            self.map.line_height = float(attributes.get("defaultRowHeight", 15))
        elif local == "dimension":
            self.map.dimension = (start, self._tag_end(start))
        elif local == "autoFilter":
            self.map.auto_filter = (start, self._tag_end(start))

    def _start_row(self, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        self._number = int(attributes.get("r", self._number + 1))
        self._column = 0
        styled = attributes.get("customFormat") in ("1", "true")
        style = int(attributes.get("s", "0")) if styled else None
        self._row = RowSpan(self._number, start, self._tag_end(start), style=style)
        self.map.rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_number(reference.rstrip("0123456789")) if reference else self._column + 1
        style = int(attributes.get("s", "0"))
        if self._number > 1:
            self.map.body[self._column] = style
        if self._wanted is None or self._number in self._wanted:
            self._cell = CellSpan(self._column, style, self.parser.CurrentByteIndex)

    def end(self, name: str) -> None:
        local, depth = self._path.pop(), len(self._path) + 1
        if depth == 4 and self._cell is not None and self._row is not None and local == "c":
            self._cell.end = self._element_end(self._cell.start)
            self._row.cells.append(self._cell)
            self._cell = None
        elif depth == 3 and local == "row" and self._row is not None:
            self._row.end = self._element_end(self._row.start)
            self._row = None
        elif depth == 2 and local == "sheetData":
            start, tag_end, _ = self.map.sheet_data
            self.map.sheet_data = (start, tag_end, self._element_end(start))

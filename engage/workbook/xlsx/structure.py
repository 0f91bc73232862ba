"""Changes to a workbook's frame by splicing text: a tab added, Excel's calculation order dropped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from html import escape

from engage.errors import WorkbookUnreadable

from ..cells import Value
from .book import CONTENT_TYPES, Book, Sheet, relations_part
from .encoding import Encoder
from .reading import column_letters
from .widening import widened_range, widened_table

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Frame:
    """The parts of a workbook that are to change, by name; `removed` are to go."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._heading: int | None = None

    def read(self, part: str) -> bytes:
        """A part as it will be."""
        return self.changed.get(part) or self._book.archive.read(part)

    def heading_style(self) -> int | None:
        """The number of a bold style, added to the workbook's styles; None if that cannot be."""
        part = next(iter(self._book.related(self._book.part, "styles").values()), "")
        if self._heading is None:
            xml, number = self._book.styles.with_heading_style()
            if xml:
                self.changed[part], self._heading = xml, number
        return self._heading

    def add_sheet(
        self, title: str, rows: Sequence[Sequence[Value]], encoder: Encoder, *, hidden: bool
    ) -> str:
        """Add a tab at the end; returns its part."""
        folder = posixpath.join(posixpath.dirname(self._book.part), "worksheets")
        taken = {*self._book.archive.names, *self.changed}
        number = next(n for n in range(1, 10_000) if f"{folder}/sheet{n}.xml" not in taken)
        part = f"{folder}/sheet{number}.xml"
        self.changed[part] = _new_sheet(rows, encoder, self.heading_style())
        self._splice(CONTENT_TYPES, "Types", f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>')
        relation = self._relate(part)
        self._list_sheet(title, relation, hidden=hidden)
        return part

    def _relate(self, part: str) -> str:
        rels = relations_part(self._book.part)
        text = self.read(rels)
        relation = next(f"rIdEngage{n}" for n in range(1, 10_000) if f'"rIdEngage{n}"'.encode() not in text)
        target = posixpath.relpath(part, posixpath.dirname(self._book.part) or ".")
        self._splice(
            rels,
            "Relationships",
            f'<Relationship Id="{relation}" Type="{_RELATIONS}/worksheet" Target="{target}"/>',
        )
        return relation

    def _list_sheet(self, title: str, relation: str, *, hidden: bool) -> None:
        text = self.read(self._book.part)
        ids = [int(found) for found in re.findall(rb'\ssheetId="(\d+)"', text)]
        declared = re.search(rb'xmlns:(\w+)="' + _RELATIONS.encode() + b'"', text)
        name = declared.group(1).decode() if declared else "r"
        declare = "" if declared else f' xmlns:r="{_RELATIONS}"'
        state = ' state="hidden"' if hidden else ""
        attributes = (
            f'name="{escape(title)}" sheetId="{max(ids, default=0) + 1}"{state} {name}:id="{relation}"'
        )
        self._splice(self._book.part, "sheets", f"<sheet{declare} {attributes}/>")

    def _splice(self, part: str, parent: str, element: str) -> None:
        """Put an element last inside the part's only such parent, under the parent's own prefix."""
        text = self.read(part)
        closing = re.search(rb"</((?:[\w.-]+:)?)" + parent.encode() + rb"\s*>", text)
        if not closing:
            raise WorkbookUnreadable(
                f"its part {part} is not laid out as we know it, so no tab can be added",
                where=self._book.where,
                fix="open the workbook in Excel and save it again",
            )
        prefixed = b"<" + closing.group(1) + element.encode()[1:]
        self.changed[part] = text[: closing.start()] + prefixed + text[closing.start() :]

    def widen(self, sheet: Sheet, row: int, column: int) -> None:
        """Take a new heading's column into the Excel table or filter that ends just left of it.

        Otherwise a sort by the table's or filter's buttons would leave the ids behind, on other rows.
        """
        for part in self._book.related(sheet.part, "table").values():
            self.changed[part] = widened_table(self.read(part), row, column)
        xml = self.read(sheet.part)
        found = re.search(rb"<(?:[\w.-]+:)?autoFilter\s[^<>]*>", xml)
        widened = widened_range(found.group(), row, column) if found else b""
        if found and widened != found.group():
            self.changed[sheet.part] = xml[: found.start()] + widened + xml[found.end() :]
            self._widen_filter_name(sheet, row, column)

    def _widen_filter_name(self, sheet: Sheet, row: int, column: int) -> None:
        """Excel keeps a filter's range a second time, as a hidden name."""
        index = self._book.titles.index(sheet.title)
        text = self.read(self._book.part)
        for found in re.finditer(rb"<(?:[\w.-]+:)?definedName\s[^<>]*>([^<>]*)<", text):
            if b"_xlnm._FilterDatabase" in found.group() and b'localSheetId="%d"' % index in found.group():
                widened = widened_range(found.group(1), row, column)
                self.changed[self._book.part] = text[: found.start(1)] + widened + text[found.end(1) :]
                return

    def ask_for_recalculation(self) -> None:
        """Let Excel work all formulas out anew when the workbook is opened; their results stay till then."""
        text = self.read(self._book.part)
        tag = re.search(rb"<((?:[\w.-]+:)?)calcPr\b[^<>]*>", text)
        if tag and b"fullCalcOnLoad" in tag.group():
            return
        if tag:
            at = tag.start() + len(tag.group(1)) + len(b"<calcPr")
            self.changed[self._book.part] = text[:at] + b' fullCalcOnLoad="1"' + text[at:]
            return
        before = [*re.finditer(rb"</((?:[\w.-]+:)?)(?:sheets|externalReferences|definedNames)>", text)]
        if before:
            element = b"<" + before[-1].group(1) + b'calcPr fullCalcOnLoad="1"/>'
            self.changed[self._book.part] = text[: before[-1].end()] + element + text[before[-1].end() :]

    def drop_calculation_order(self) -> None:
        """Drop calcChain.xml: Excel calls the file damaged if it lists a cell that has no formula any more,
        and makes it anew by itself if it is not there. No formula and no result is in it.
        """
        for relation, part in self._book.related(self._book.part, "calcChain").items():
            if part not in self._book.archive:
                continue
            self.removed.add(part)
            rels = relations_part(self._book.part)
            self.changed[rels] = _without(self.read(rels), b"Relationship", f'Id="{relation}"')
            self.changed[CONTENT_TYPES] = _without(
                self.read(CONTENT_TYPES), b"Override", f'PartName="/{part}"'
            )


def _without(xml: bytes, tag: bytes, attribute: str) -> bytes:
    """The XML without the empty element that has this attribute."""
    element = rb"<(?:[\w.-]+:)?" + tag + rb"\s[^<>]*" + re.escape(attribute.encode()) + rb"[^<>]*/>"
    return re.sub(element, b"", xml, count=1)


def _new_sheet(rows: Sequence[Sequence[Value]], encoder: Encoder, heading: int | None) -> bytes:
    """A plain sheet: the first row frozen and bold, columns wide enough to read."""
    lines = []
    for number, row in enumerate(rows, 1):
        style = heading if number == 1 else None
        cells = (
            encoder.cell(f"{column_letters(at)}{number}", style, value)
            for at, value in enumerate(row, 1)
            if value != ""
        )
        lines.append(b'<row r="%d">%b</row>' % (number, b"".join(cells)))
    width = max((len(row) for row in rows), default=1) or 1
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<worksheet xmlns="%b"><sheetViews><sheetView workbookViewId="0">'
        b'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        b'<cols><col min="1" max="%d" width="24" customWidth="1"/></cols>'
        b"<sheetData>%b</sheetData></worksheet>"
    ) % (_MAIN.encode(), width, b"".join(lines))

"""Changes to a workbook's frame by splicing text: a tab added, Excel's calculation order dropped."""

from __future__ import annotations

import posixpath
import re
from html import escape

from engage.errors import WorkbookUnreadable

from .book import CONTENT_TYPES, Book, Sheet, relations_part
from .graft import graft, restyled
from .styles import Styles
from .widening import widened_range, widened_table

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
NOTES = {
    "comments": ("comments/engage", ".xml", _COMMENTS_TYPE),
    "vmlDrawing": ("drawings/engageNotes", ".vml", _DRAWING_TYPE),
}


class Frame:
    """The parts of a workbook that are to change, by name; `removed` are to go."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()

    def read(self, part: str) -> bytes:
        """A part as it will be."""
        return self.changed.get(part) or self._book.archive.read(part)

    def styles(self) -> Styles:
        """The workbook's styles as they will be."""
        part = self._styles_part
        return Styles(self.read(part)) if part else self._book.styles

    @property
    def _styles_part(self) -> str:
        """The part that holds the styles; "" where the workbook has none."""
        part = next(iter(self._book.related(self._book.part, "styles").values()), "")
        return part if part in self._book.archive else ""

    def add_sheet(self, title: str, laid_out: bytes, *, hidden: bool) -> str:
        """Add the one tab of a workbook that was laid out for it, at the end; returns its part."""
        guest = Book(laid_out, title)
        part = self._free("worksheets/sheet", ".xml")
        self.changed[part] = self._in_our_styles(guest)
        self._declare(part, _SHEET_TYPE)
        self._list_sheet(title, self._relate(part), hidden=hidden)
        self._repeat_headings(title)
        self._take_notes(guest, part)
        return part

    def _free(self, stem: str, ending: str) -> str:
        """A name beside the workbook's own part that no part has."""
        folder = posixpath.dirname(self._book.part)
        taken = {*self._book.archive.names, *self.changed}
        names = (posixpath.join(folder, f"{stem}{number}{ending}") for number in range(1, 10_000))
        return next(name for name in names if name not in taken)

    def _declare(self, part: str, kind: str) -> None:
        self._splice(CONTENT_TYPES, "Types", f'<Override PartName="/{part}" ContentType="{kind}"/>')

    def _in_our_styles(self, guest: Book) -> bytes:
        """The laid-out sheet with its styles taken into the workbook's; without any if that cannot be."""
        sheet, part = guest.archive.read(guest.sheets[0].part), self._styles_part
        looks = next(iter(guest.related(guest.part, "styles").values()))
        grafted = graft(self.read(part), guest.archive.read(looks)) if part else None
        if grafted is not None:
            self.changed[part] = grafted.xml
        return restyled(sheet, grafted)

    def _take_notes(self, guest: Book, part: str) -> None:
        """The notes on the headings: their texts, and the drawing that Excel needs to show them."""
        rows = []
        for kind, (stem, ending, declared) in NOTES.items():
            for relation, source in guest.related(guest.sheets[0].part, kind).items():
                name = self._free(stem, ending)
                self.changed[name] = guest.archive.read(source)
                self._declare(name, declared)
                target = posixpath.relpath(name, posixpath.dirname(part))
                rows.append(f'<Relationship Id="{relation}" Type="{_RELATIONS}/{kind}" Target="{target}"/>')
        if rows:
            self.changed[relations_part(part)] = (_RELATIONSHIPS % "".join(rows)).encode()

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
        # Only what the sheets stand in counts: some programs declare it on each sheet, for that alone.
        around = b"".join(re.findall(rb"<(?:[\w.-]+:)?(?:workbook|sheets)\b[^<>]*>", text))
        declared = re.search(rb"""xmlns:([\w.-]+)\s*=\s*["']""" + _RELATIONS.encode() + rb"""["']""", around)
        name = declared.group(1).decode() if declared else "r"
        declare = "" if declared else f' xmlns:r="{_RELATIONS}"'
        state = ' state="hidden"' if hidden else ""
        attributes = (
            f'name="{escape(title)}" sheetId="{max(ids, default=0) + 1}"{state} {name}:id="{relation}"'
        )
        self._splice(self._book.part, "sheets", f"<sheet{declare} {attributes}/>")

    def _repeat_headings(self, title: str) -> None:
        """Print the last tab's first row on every page: the workbook keeps that as a name of its own."""
        text = self.read(self._book.part)
        number = len(re.findall(rb"<(?:[\w.-]+:)?sheet\s", text)) - 1
        prefix = re.findall(rb"<((?:[\w.-]+:)?)sheets[\s>]", text)[0]  # _list_sheet found it just now
        self.changed[self._book.part] = _with_names(text, prefix)
        quoted = escape(title.replace("'", "''"), quote=False)
        name = f'name="_xlnm.Print_Titles" localSheetId="{number}"'
        closing = f"</{prefix.decode()}definedName>"
        self._splice(self._book.part, "definedNames", f"<definedName {name}>'{quoted}'!$1:$1{closing}")

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


def _with_names(xml: bytes, prefix: bytes) -> bytes:
    """The workbook part with a group for names that one can be put into; it stands behind the sheets."""
    group = b"<%bdefinedNames></%bdefinedNames>" % (prefix, prefix)
    if re.search(rb"</%bdefinedNames\s*>" % prefix, xml):
        return xml
    if re.search(rb"<%bdefinedNames\s*/>" % prefix, xml):
        return re.sub(rb"<%bdefinedNames\s*/>" % prefix, group, xml)
    *_, last = re.finditer(rb"</%b(?:sheets|functionGroups|externalReferences)\s*>" % prefix, xml)
    return xml[: last.end()] + group + xml[last.end() :]


def _without(xml: bytes, tag: bytes, attribute: str) -> bytes:
    """The XML without the empty element that has this attribute."""
    element = rb"<(?:[\w.-]+:)?" + tag + rb"\s[^<>]*" + re.escape(attribute.encode()) + rb"[^<>]*/>"
    return re.sub(element, b"", xml, count=1)

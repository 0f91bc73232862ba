"""What an .xlsx says of itself: its sheets in order, its shared texts, styles and date system."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote
from xml.etree import ElementTree

from engage.errors import WorkbookUnreadable

from ..cells import Area, Seen
from .archive import Archive
from .reading import read_area, read_sheet, read_strings
from .styles import Styles

ROOT_RELS = "_rels/.rels"
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: its title, its part in the zip, and whether it is hidden."""

    title: str
    part: str
    hidden: bool = False


def relations_part(part: str) -> str:
    """The part that holds another part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


class Book:
    """A workbook file as bytes, parsed as far as it is asked. where: what to call it in errors."""

    def __init__(self, data: bytes, where: str) -> None:
        self.data, self.where = data, where
        self.archive = Archive(data, where)
        self._seen: dict[str, Seen] = {}
        try:
            self.part = next(iter(self.related("", "officeDocument").values()))
            self._workbook = self.parse(self.part)
            self.sheets = self._sheets()
            self.styles = Styles(self._optional("styles"))
        except (ElementTree.ParseError, StopIteration, KeyError, ValueError) as error:
            raise WorkbookUnreadable(
                "this file is a zip, but not an .xlsx workbook that we can read",
                where=where,
                fix="open it in Excel or LibreOffice and save it again as .xlsx",
            ) from error

    def parse(self, part: str) -> ElementTree.Element:
        """A part as XML."""
        return ElementTree.fromstring(self.archive.read(part))

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Relation id → part, for a part's relations of one kind ("worksheet", "table")."""
        rels = relations_part(part) if part else ROOT_RELS
        if rels not in self.archive:
            return {}
        found = {}
        for node in self.parse(rels):
            if node.get("Type", "").endswith("/" + kind) and node.get("TargetMode") != "External":
                target = unquote(node.get("Target", ""))
                path = posixpath.normpath(posixpath.join("/" + posixpath.dirname(part), target)).lstrip("/")
                found[node.get("Id", "")] = path
        return found

    def _optional(self, kind: str) -> bytes | None:
        part = next(iter(self.related(self.part, kind).values()), "")
        return self.archive.read(part) if part in self.archive else None

    def _sheets(self) -> tuple[Sheet, ...]:
        parts = self.related(self.part, "worksheet")
        sheets = []
        for node in self._workbook.iterfind("{*}sheets/{*}sheet"):
            relation = next((value for name, value in node.items() if name.endswith("}id")), "")
            if relation in parts:  # chart sheets and dialogs are no tabs of cells
                hidden = node.get("state", "visible") != "visible"
                sheets.append(Sheet(node.get("name", ""), parts[relation], hidden))
        return tuple(sheets)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every title that is taken, chart sheets too."""
        return tuple(node.get("name", "") for node in self._workbook.iterfind("{*}sheets/{*}sheet"))

    @cached_property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        node = self._workbook.find("{*}workbookPr")
        return node is not None and node.get("date1904", "0") in ("1", "true")

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts."""
        xml = self._optional("sharedStrings")
        return read_strings(xml) if xml else []

    def sheet(self, title: str) -> Sheet | None:
        """The tab with this title, or None."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def seen(self, sheet: Sheet) -> Seen:
        """A tab's cells. Raises WorkbookUnreadable if its part is damaged."""
        if sheet.part not in self._seen:
            try:
                seen = read_sheet(
                    self.archive.read(sheet.part), self.strings, self.styles, date1904=self.date1904
                )
            except (ElementTree.ParseError, ValueError, IndexError) as error:
                raise WorkbookUnreadable(
                    "a tab of this workbook is damaged",
                    where=f"{sheet.title} ({self.where})",
                    fix="open it in Excel, let it repair the file, and save it; or use the latest backup",
                ) from error
            self._seen[sheet.part] = replace(seen, tables=self._tables(sheet), hidden=sheet.hidden)
        return self._seen[sheet.part]

    def _tables(self, sheet: Sheet) -> tuple[Area, ...]:
        """The areas of the tab's Excel tables that have a heading row."""
        nodes = [self.parse(part) for part in self.related(sheet.part, "table").values()]
        return tuple(read_area(node.get("ref", "")) for node in nodes if node.get("headerRowCount") != "0")

"""The looks of a tab that we lay out, put behind the styles that a workbook has: none of its own moves.

A style is a number in styles.xml, and it names others there: a font, a fill, a border, a number format. What
the workbook has already is used again; the rest is added at the end of its group, so that every number that
stands in a cell goes on meaning what it meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.etree import ElementTree

Element = ElementTree.Element
_FIRST_OWN_FORMAT = 164  # ECMA-376 18.8.30: smaller numbers are the program's own formats
_NEEDED = ("fonts", "fills", "borders", "cellXfs")
# Groups that a workbook may do without, and what comes after them in styles.xml (18.8.39).
_AFTER = {"numFmts": ("fonts",), "dxfs": ("tableStyles", "colors", "extLst")}
_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_APPLIED = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment")


@dataclass(frozen=True, slots=True)
class Grafted:
    """styles.xml with the looks added. cells, marks: their style and conditional format numbers → ours."""

    xml: bytes
    cells: Mapping[int, int]
    marks: Mapping[int, int]


def graft(host: bytes, looks: bytes) -> Grafted | None:
    """Add every look of one styles.xml to another; None if the other is not laid out as we know it."""
    stock = _Stock(host)
    if not all(stock.has(group) for group in _NEEDED):
        return None
    guest = _Looks(looks, stock)
    cells = {number: stock.place("cellXfs", guest.xf(xf)) for number, xf in guest.numbered("cellXfs")}
    marks = {number: stock.place("dxfs", guest.dxf(dxf)) for number, dxf in guest.numbered("dxfs")}
    return Grafted(stock.spliced(), {**cells, 0: 0}, marks)


def restyled(sheet: bytes, grafted: Grafted | None) -> bytes:
    """A sheet part as openpyxl writes it with our style numbers; None: without any."""

    def renumber(found: re.Match[bytes]) -> bytes:
        tag, name, number = found.group(1), found.group(2), int(found.group(3))
        if grafted is None:
            return tag
        ours = grafted.marks if name == b"dxfId" else grafted.cells
        return tag + b' %b="%d"' % (name, ours.get(number, 0))

    return re.sub(rb'(<(?:c|row|col|cfRule)(?:\s[^<>]*?)?)\s(s|style|dxfId)="(\d+)"', renumber, sheet)


def is_grafted(before: bytes, after: bytes) -> bool:
    """Whether every style of the one has its number in the other too, and all else is as it was."""
    old, new = _Stock(before), _Stock(after)
    behind = all(new.inside(group).startswith(old.inside(group)) for group in (*_NEEDED, *_AFTER))
    return behind and old.outside() == new.outside()


class _Stock:
    """A styles.xml that is only ever added to."""

    def __init__(self, xml: bytes) -> None:
        self._xml, self._root = xml, ElementTree.fromstring(xml)
        found = re.search(rb"<([\w.-]+:)?styleSheet[\s>]", xml)
        self._prefix = (found.group(1) or b"") if found else b""
        self._shapes = {name: [_shape(node) for node in self._nodes(name)] for name in (*_NEEDED, *_AFTER)}
        self._added: dict[str, list[bytes]] = {}

    def _nodes(self, group: str) -> list[Element]:
        return self._root.findall(f"{{*}}{group}/*")

    def has(self, group: str) -> bool:
        """Whether there is such a group, with something in it."""
        return bool(self._nodes(group)) and self._span(group) is not None

    def place(self, group: str, element: Element) -> int:
        """The number of this element in its group, added at the end if it is not there."""
        shapes, shape = self._shapes[group], _shape(element)
        if shape not in shapes:
            shapes.append(shape)
            self._added.setdefault(group, []).append(_spelled(element, self._prefix.decode()).encode())
        return shapes.index(shape)

    def format_number(self, code: str) -> int:
        """The number of a number format that the workbook has, or gets."""
        taken = {shape[1].get("formatCode"): int(shape[1]["numFmtId"]) for shape in self._shapes["numFmts"]}
        if code not in taken:
            taken[code] = max([_FIRST_OWN_FORMAT - 1, *taken.values()]) + 1
            self.place("numFmts", Element("numFmt", {"numFmtId": str(taken[code]), "formatCode": code}))
        return taken[code]

    def _span(self, group: str) -> re.Match[bytes] | None:
        """A group: its opening tag, its inside and its closing tag; empty ones may be a single tag."""
        name = self._prefix + group.encode()
        return re.search(rb"(<%b(?:\s[^<>]*?)?)(?:/>|>(.*?)</%b>)" % (name, name), self._xml, re.DOTALL)

    def inside(self, group: str) -> bytes:
        """What stands between the tags of a group."""
        found = self._span(group)
        return (found.group(2) or b"") if found else b""

    def outside(self) -> bytes:
        """Everything but these groups."""
        xml = self._xml
        for group in (*_NEEDED, *_AFTER):
            found = self._span(group)
            xml = xml.replace(found.group(), b"", 1) if found else xml
        return xml

    def spliced(self) -> bytes:
        """The part with what was added."""
        xml = self._xml
        for group, elements in self._added.items():
            found, added = self._span(group), b"".join(elements)
            name = self._prefix + group.encode()
            if found is None:
                at = self._place_for(group, xml)
                element = b'<%b count="%d">%b</%b>' % (name, len(elements), added, name)
                xml = xml[:at] + element + xml[at:]
                continue
            tag = re.sub(rb'\bcount="\d+"', b'count="%d"' % len(self._shapes[group]), found.group(1))
            whole = tag + b">" + self.inside(group) + added + b"</%b>" % name
            xml = xml.replace(found.group(), whole, 1)
        return xml

    def _place_for(self, group: str, xml: bytes) -> int:
        later = (re.search(rb"<%b[\s/>]" % (self._prefix + name.encode()), xml) for name in _AFTER[group])
        first = next((found for found in later if found), None)
        return first.start() if first else xml.rindex(b"</")


class _Looks:
    """The styles to be added, each with the numbers that it has in the workbook."""

    def __init__(self, xml: bytes, stock: _Stock) -> None:
        self._root, self._stock = ElementTree.fromstring(xml), stock
        codes = self._root.iterfind("{*}numFmts/{*}numFmt")
        self._codes = {node.get("numFmtId", ""): node.get("formatCode", "") for node in codes}

    def all(self, group: str) -> list[Element]:
        """The elements of a group."""
        return self._root.findall(f"{{*}}{group}/*")

    def numbered(self, group: str) -> list[tuple[int, Element]]:
        """The elements of a group, by number; not the plain cell style, which every workbook has."""
        plain = 1 if group == "cellXfs" else 0
        return [*enumerate(self.all(group))][plain:]

    def xf(self, xf: Element) -> Element:
        """A cell style as the workbook spells it."""
        ours = _copy(xf)
        for name, group in _PARTS.items():
            number = int(ours.get(name, "0"))
            # Fills 0 and 1 are the same two in every workbook, however they are spelled.
            kept = group == "fills" and number < 2
            ours.set(name, str(number if kept else self._stock.place(group, self.all(group)[number])))
        code = self._codes.get(ours.get("numFmtId", ""))
        if code is not None:
            ours.set("numFmtId", str(self._stock.format_number(code)))
        for name in ("pivotButton", "quotePrefix"):
            ours.attrib.pop(name, None)
        ours.attrib.update({"xfId": "0", **dict.fromkeys(_APPLIED, "1")})
        return ours

    def dxf(self, dxf: Element) -> Element:
        """A conditional look as the workbook spells it."""
        ours = _copy(dxf)
        for node in ours.iterfind("{*}numFmt"):
            node.set("numFmtId", str(self._stock.format_number(node.get("formatCode", ""))))
        return ours


def _copy(element: Element) -> Element:
    copied = Element(element.tag, dict(element.attrib))
    copied.extend(_copy(child) for child in element)
    return copied


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _shape(element: Element) -> tuple[str, dict[str, str], list[Any]]:
    """What makes two elements the same, however they are spelled."""
    return _local(element.tag), dict(element.attrib), [_shape(child) for child in element]


def _spelled(element: Element, prefix: str) -> str:
    name = prefix + _local(element.tag)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items())
    inside = "".join(_spelled(child, prefix) for child in element)
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"

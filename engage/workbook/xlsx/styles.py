"""The styles of a workbook, as far as a cell's text depends on them."""

from __future__ import annotations

from xml.etree import ElementTree

from .numbers import NumberFormat, number_format


class Styles:
    """Cell style number → number format."""

    def __init__(self, xml: bytes | None) -> None:
        self._formats: list[NumberFormat] = []
        self._wrapping: set[int] = set()
        if xml:
            root = ElementTree.fromstring(xml)
            codes = {
                int(node.get("numFmtId", "0")): node.get("formatCode", "")
                for node in root.iterfind("{*}numFmts/{*}numFmt")
            }
            for node in root.iterfind("{*}cellXfs/{*}xf"):
                number = int(node.get("numFmtId", "0"))
                alignment = node.find("{*}alignment")
                if alignment is not None and alignment.get("wrapText") in ("1", "true"):
                    self._wrapping.add(len(self._formats))
                self._formats.append(number_format(number, codes.get(number, "")))

    def format(self, style: int) -> NumberFormat:
        """The number format of a cell style; plain for one that the file does not define."""
        return self._formats[style] if 0 <= style < len(self._formats) else NumberFormat()

    def wraps(self, style: int) -> bool:
        """Whether cells of this style wrap their text."""
        return style in self._wrapping

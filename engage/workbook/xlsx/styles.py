"""The styles of a workbook, as far as a cell's text depends on them, and one style of our own."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from .numbers import NumberFormat, number_format


class Styles:
    """Cell style number → number format."""

    def __init__(self, xml: bytes | None) -> None:
        self._xml = xml
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

    def with_heading_style(self) -> tuple[bytes | None, int]:
        """styles.xml with a bold, wrapped style, added unless it is its last one already, and its number.

        (None, 0) if that cannot be.
        """
        if not self._xml:
            return None, 0
        fonts = re.search(rb"<((?:\w+:)?)fonts\b[^>]*>(.*?)</\1fonts>", self._xml, re.DOTALL)
        xfs = re.search(rb"<((?:\w+:)?)cellXfs\b[^>]*>(.*?)</\1cellXfs>", self._xml, re.DOTALL)
        if not fonts or not xfs:
            return None, 0
        prefix = fonts.group(1)
        font_number = len(re.findall(rb"<" + prefix + rb"font[\s/>]", fonts.group(2)))
        font = b'<%bfont><%bb/><%bsz val="11"/><%bname val="Calibri"/></%bfont>' % ((prefix,) * 5)
        xf = (
            b'<%bxf numFmtId="0" fontId="%d" fillId="0" borderId="0" xfId="0" applyFont="1" '
            b'applyAlignment="1"><%balignment vertical="top" wrapText="1"/></%bxf>'
            % (prefix, font_number, prefix, prefix)
        )
        before = xf.replace(b'fontId="%d"' % font_number, b'fontId="%d"' % (font_number - 1))
        if xfs.group(2).endswith(before) and fonts.group(2).endswith(font):
            return self._xml, len(self._formats) - 1
        xml = _appended(self._xml, b"cellXfs", xf)
        return _appended(xml, b"fonts", font), len(self._formats)


def _appended(xml: bytes, group: bytes, element: bytes) -> bytes:
    """The XML with an element added to a counted group."""
    opening = re.search(rb"<(?:\w+:)?" + group + rb"\b[^>]*>", xml)
    closing = re.search(rb"</(?:\w+:)?" + group + rb">", xml)
    if not opening or not closing:
        return xml
    counted = re.sub(
        rb'count="(\d+)"', lambda found: b'count="%d"' % (int(found.group(1)) + 1), opening.group()
    )
    inside = xml[opening.end() : closing.start()]
    return xml[: opening.start()] + counted + inside + element + xml[closing.start() :]

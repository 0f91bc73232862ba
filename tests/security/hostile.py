"""Workbook files made to do harm: each a way to change one that Excel would open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl

Parts = Mapping[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
RELS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    ) + "]>"
)  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def usual() -> dict[str, bytes]:
    """A small register's parts."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Employers"
    for row in (["Employer", "Town", "Postcode"], ["Ember Digital Ltd", "Hyde", "M34 3QQ"]):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as file:
        return _sharing_texts({name: file.read(name) for name in file.namelist()})


def _sharing_texts(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same with its first employer among the shared texts, as Excel writes it."""
    relation = (
        f'<Relationship Type="{OFFICE}/relationships/sharedStrings" '
        'Target="/xl/sharedStrings.xml" Id="rId9"/></Relationships>'
    )
    cell = 't="inlineStr"><is><t>Ember Digital Ltd</t></is></c>'
    parts[RELS] = parts[RELS].replace(b"</Relationships>", relation.encode())
    parts[SHEET] = parts[SHEET].replace(cell.encode(), b't="s"><v>0</v></c>')
    parts[STRINGS] = b'<?xml version="1.0"?>' + SST + b"<si><t>Ember Digital Ltd</t></si></sst>"
    return parts


def packed(parts: Parts) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


def with_doctype(
    part: str, doctype: str, *, encoding: str = "utf-8", before: str = ""
) -> Callable[[Parts], Parts]:
    """A document type before the root of a part, which says an entity in its first text."""

    def change(parts: Parts) -> Parts:
        text = parts[part].decode("utf-8")
        _, _, body = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        body = body.replace("Ember Digital Ltd", "&a;&j;" if "j" in doctype else "&a;", 1)
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        return {**parts, part: f"{declared}{before}{doctype}{body.lstrip()}".encode(encoding)}

    return change


def instead(part: str, old: str, new: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        text = parts[part].decode("utf-8")
        assert old in text, (part, old, text[:600])
        return {**parts, part: text.replace(old, new, 1).encode("utf-8")}

    return change


def whole(part: str, content: bytes, times: int = 1) -> Callable[[Parts], Parts]:
    """A part that says this so many times."""
    return lambda parts: {**parts, part: content * times}


def deep(levels: int) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        text = parts[SHEET].decode("utf-8")
        nested = "<x>" * levels + "</x>" * levels
        return {**parts, SHEET: text.replace("</sheetData>", f"</sheetData>{nested}").encode("utf-8")}

    return change


def wide_rows(count: int) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        head, _, rest = parts[SHEET].partition(b"</sheetData>")
        rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(3, count + 1))
        return {**parts, SHEET: head + rows + b"</sheetData>" + rest}

    return change


ATTACKS: dict[str, Callable[[Parts], Parts]] = {
    "a billion laughs in the texts": with_doctype(STRINGS, LAUGHS),
    "a billion laughs in UTF-16": with_doctype(STRINGS, LAUGHS, encoding="utf-16"),
    "a billion laughs behind a long comment": with_doctype(STRINGS, LAUGHS, before=f"<!--{'x' * 9000}-->"),
    "a billion laughs in the sheet": with_doctype(SHEET, LAUGHS.replace("x [", "worksheet [")),
    "a file of this machine as an entity": with_doctype(STRINGS, OUTSIDE),
    "a file of this machine as an entity, in UTF-16": with_doctype(STRINGS, OUTSIDE, encoding="utf-16"),
    "texts from a part outside": instead(
        RELS, 'Target="/xl/sharedStrings.xml"', 'Target="file:///etc/passwd" TargetMode="External"'
    ),
    "a sheet from a path outside": instead(
        RELS, 'Target="/xl/worksheets/sheet1.xml"', 'Target="../../../../etc/passwd"'
    ),
    "seventy megabytes of blanks": whole("xl/media/blanks.xml", b" ", 70_000_000),
    "six million texts": whole(STRINGS, b"<si><t/></si>", 6_000_000),
    "a cell in the last corner": instead(SHEET, 'r="C2"', 'r="XFD1048576"'),
    "a row beyond the last": instead(SHEET, '<row r="2"', '<row r="99999999999"'),
    "a cell beyond the last": instead(SHEET, 'r="C2"', 'r="ZZZZZZZ99999999999"'),
    "a text that is not there": instead(SHEET, "<v>0</v>", "<v>99999999</v>"),
    "a text with a number below nought": instead(SHEET, "<v>0</v>", "<v>-1</v>"),
    "a number that is none": instead(SHEET, 't="s"><v>0</v>', "><v>1e999999999</v>"),
    "two thousand rows with a cell in the last column": wide_rows(2_000),
    "a merge of the whole sheet": instead(
        SHEET,
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "nested a hundred thousand deep": deep(100_000),
    "no sheets": instead("xl/workbook.xml", "<sheet ", "<nosheet "),
    "a sheet that is no XML": whole(SHEET, b"\x00\xff" * 1000),
    "an empty part": whole(SHEET, b""),
    "a name that climbs out": lambda parts: {**parts, "../../../outside.xml": b"<x/>"},
}

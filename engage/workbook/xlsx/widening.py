"""A table or filter made one column wider, in its XML."""

from __future__ import annotations

import re

from engage.ports import RECORD_ID

from .reading import column_letters, column_number

_RANGE = re.compile(rb"(\$?[A-Z]+\$?(\d+):\$?)([A-Z]+)(\$?\d+)")


def widened_range(text: bytes, row: int, column: int) -> bytes:
    """The text with a range that starts in this row and ends just left of this column taking it in."""

    def widen(found: re.Match[bytes]) -> bytes:
        starts_here = int(found.group(2)) == row
        if not starts_here or column_number(found.group(3).decode()) != column - 1:
            return found.group()
        return found.group(1) + column_letters(column).encode() + found.group(4)

    return _RANGE.sub(widen, text)


def widened_table(xml: bytes, row: int, column: int) -> bytes:
    """A table part with a Record ID column at its end, if the table ends just left of this column.

    A table that is filled from elsewhere (a query) keeps its columns: Excel matches them to their source.
    """
    opening = re.search(rb"<(?:[\w.-]+:)?table\s[^<>]*>", xml)
    columns = re.search(rb"<((?:[\w.-]+:)?)tableColumns\s[^<>]*>(.*?)</\1tableColumns>", xml, re.DOTALL)
    if not opening or not columns or b"queryTable" in opening.group():
        return xml
    if widened_range(opening.group(), row, column) == opening.group():
        return xml
    numbers = [int(found) for found in re.findall(rb"<(?:[\w.-]+:)?tableColumn\s[^<>]*?\bid=\"(\d+)\"", xml)]
    element = b'<%btableColumn id="%d" name="%b"/>' % (
        columns.group(1),
        max(numbers, default=0) + 1,
        RECORD_ID.encode(),
    )
    counted = re.sub(
        rb'(<(?:[\w.-]+:)?tableColumns\s[^<>]*?count=")(\d+)"',
        lambda found: found.group(1) + b'%d"' % (int(found.group(2)) + 1),
        xml[: columns.end(2)] + element + xml[columns.end(2) :],
    )
    ranges = re.compile(rb"<(?:[\w.-]+:)?(?:table|autoFilter)\s[^<>]*>")
    return ranges.sub(lambda found: widened_range(found.group(), row, column), counted)

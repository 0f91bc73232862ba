"""The rows of a text file of values, in whatever encoding and with whatever separator it was saved."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Sequence

from engage.model import Grid

SEPARATORS = ",;\t|"
_SAMPLE = 100  # lines
# A quotation mark that was never closed swallows the rows below it; no cell that people type is so long.
_SWALLOWED = 60  # lines


def read_text(data: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-8, or else as Windows wrote it (cp1252)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    head = data[:2000]
    if head.count(b"\0") * 3 > len(head):  # UTF-16 without its mark: every other byte of plain text is nought
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_rows(text: str) -> Grid:
    """The rows of separated values, blank lines left out; Excel's first line "sep=;" is obeyed."""
    text = text.replace("\0", "")
    said, rest = _said_separator(text)
    separator = said or guess_separator(rest)
    rows = _split(rest, separator, csv.QUOTE_MINIMAL)
    if any(cell.count("\n") > _SWALLOWED for row in rows for cell in row):
        rows = _split(rest, separator, csv.QUOTE_NONE)
    return tuple(rows)


def guess_separator(text: str) -> str:
    """The separator that cuts most of the first hundred lines into equally many cells; "," if none does."""
    lines = "\n".join(text[:200_000].splitlines()[:_SAMPLE])
    best = max(SEPARATORS, key=lambda separator: _evenness(_split(lines, separator, csv.QUOTE_MINIMAL)))
    return best if _evenness(_split(lines, best, csv.QUOTE_MINIMAL)) > (0, 0) else ","


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows have the commonest width, and that width; (0, 0) when that is one cell."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count, width)


def _said_separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (first[4], rest) if len(first) == 5 and first.casefold().startswith("sep=") else ("", text)


def _split(text: str, separator: str, quoting: int) -> list[tuple[str, ...]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the default refuses cells over 128 kB
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    return [tuple(row) for row in reader if row]

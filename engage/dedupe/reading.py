"""The rows of a text file of values, in whatever encoding and with whatever separator it was saved.

They are read anew each time that they are wanted: a million rows are never held.
"""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import BinaryIO, Literal

from engage.model import Row

SEPARATORS = ",;\t|"
_SAMPLE = 100  # lines
# A quotation mark that was never closed swallows the rows below it; no cell that people type is so long.
_SWALLOWED = 60  # lines
Quoting = Literal[0, 3]  # as csv has them: QUOTE_MINIMAL, QUOTE_NONE
_BLOCK = 1 << 20  # bytes


class TextRows:
    """The rows of a file, blank lines left out; Excel's first line "sep=;" is obeyed."""

    def __init__(self, file: BinaryIO) -> None:
        """file: open as long as its rows are wanted, and nobody else's."""
        self._file = file
        self._encoding = encoding_of(file)

    def __iter__(self) -> Iterator[Row]:
        return self._rows(self._quoting)

    def _rows(self, quoting: Quoting) -> Iterator[Row]:
        for row, _ in self._rows_and_lines(quoting):
            yield row

    def _rows_and_lines(self, quoting: Quoting) -> Iterator[tuple[Row, int]]:
        """Each row, and how many lines it has."""
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the default refuses cells over 128 kB
        said, separator = self._separator
        lines = islice(self._lines(), 1 if said else 0, None)
        reader = csv.reader(lines, delimiter=separator, quoting=quoting)
        before = 0
        for row in reader:
            if row:
                yield tuple(row), reader.line_num - before
            before = reader.line_num

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, self._encoding, errors="replace", newline="")
        try:
            for line in text:
                yield line.replace("\0", "")
        finally:
            text.detach()

    @cached_property
    def _separator(self) -> tuple[bool, str]:
        """Whether the first line says which it is, and the separator."""
        sample = list(islice(self._lines(), 3 * _SAMPLE))
        first = sample[0].strip().strip('"') if sample else ""
        if len(first) == 5 and first.casefold().startswith("sep="):
            return True, first[4]
        return False, guess_separator("".join(sample))

    @cached_property
    def _quoting(self) -> Quoting:
        for row, lines in self._rows_and_lines(csv.QUOTE_MINIMAL):
            if lines > _SWALLOWED and any(cell.count("\n") > _SWALLOWED for cell in row):
                return csv.QUOTE_NONE
        return csv.QUOTE_MINIMAL


def encoding_of(file: BinaryIO) -> str:
    """How a file is written: as its byte order mark says, in UTF-8, or else as Windows wrote it (cp1252)."""
    file.seek(0)
    head = file.read(2000)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.count(b"\0") * 3 > len(head):  # UTF-16 without its mark: every other byte of plain text is nought
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    return "utf-8-sig" if _is_utf8(file) else "cp1252"


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def guess_separator(text: str) -> str:
    """The separator that cuts most of the first hundred lines into equally many cells; "," if none does."""
    lines = "\n".join(text[:200_000].splitlines()[:_SAMPLE])
    best = max(SEPARATORS, key=lambda separator: _evenness(_split(lines, separator)))
    return best if _evenness(_split(lines, best)) > (0, 0) else ","


def _evenness(rows: Iterable[Sequence[str]]) -> tuple[int, int]:
    """How many rows have the commonest width, and that width; (0, 0) when that is one cell."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count, width)


def _split(text: str, separator: str) -> Iterator[Sequence[str]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)

"""The rows of a text file of values, in whatever encoding and with whatever separator it was saved.

They are read anew each time that they are wanted: a million rows are never held.
"""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import BinaryIO

from engage.model import Row

SEPARATORS = ",;\t|"
_SAMPLE = 100  # lines
_SWALLOWED = 200  # lines: no row that people type is so long
_SPACES = b"\t\n\v\f\r\x1a\x1b"
_BLOCK = 1 << 20  # bytes


class TextRows:
    """The rows of a file, blank lines left out; Excel's first line "sep=;" is obeyed."""

    def __init__(self, file: BinaryIO) -> None:
        """file: open as long as its rows are wanted, and nobody else's."""
        self._file = file
        self._encoding = encoding_of(file)

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the default refuses cells over 128 kB
        said, separator = self._separator
        lines = _Lines(islice(self._lines(), 1 if said else 0, None))
        reader = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error:
                row = lines.first_alone(separator)
            if row is None:
                return
            lines.taken.clear()
            if row:
                yield tuple(row)

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


class _Lines:
    """Lines for a strict csv.reader. taken: those of the row that it is at.

    A quotation mark that was never closed would swallow the rows below it, so that what is no whole row is
    read again: its first line alone, and then the others.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _SWALLOWED:
            raise csv.Error
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def first_alone(self, separator: str) -> list[str]:
        """The cells of a broken row's first line; the lines below it come again."""
        line, *below = self.taken
        self._again.extendleft(reversed(below))
        cells = csv.reader(
            [line.rstrip("\r\n")],
            delimiter=separator,
            quoting=csv.QUOTE_NONE if below else csv.QUOTE_MINIMAL,
        )
        return next(cells, [])


def encoding_of(file: BinaryIO) -> str:
    """How a file is written: as its byte order mark says, in UTF-8, or else as Windows wrote it (cp1252)."""
    file.seek(0)
    head = file.read(2000)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.count(b"\0") * 3 > len(head):  # UTF-16 without its mark: every other byte of plain text is nought
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    return "utf-8-sig" if _is_utf8(file) else "cp1252"


def is_no_text(head: bytes) -> bool:
    """True of the first bytes of a picture, a PDF or a damaged file: one in twenty stands for no letter."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(b"\0") * 3 > len(head):  # UTF-16
        return False
    no_letters = sum(byte < 32 and byte not in _SPACES for byte in head)
    return head.startswith(b"%PDF") or no_letters * 20 > len(head)


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

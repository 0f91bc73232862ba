"""The report on an agency's own workbook as its owner reads it, at 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .adopting import Adoption, Asked, TabFound
from .model import Finding

WIDTH = 80
_SHOWN = 60  # characters of a cell that are shown


def in_words(adoption: Adoption) -> str:
    """The whole report; it ends with what accepting it would mean."""
    return "\n".join(_lines(adoption))


def _lines(adoption: Adoption) -> Iterator[str]:
    yield f"How {adoption.file} would be read for {adoption.agency}"
    yield f"{_counted(adoption.rows, 'row')}. Nothing has been changed."
    for tab in adoption.tabs:
        yield ""
        yield from _tab_lines(tab)
    yield ""
    yield from _asked_lines(adoption.asked)
    yield ""
    yield from textwrap.wrap(
        "If this is right, run it again with --accept. Doubtful headings are not read until somebody says "
        "which they are: in engage.toml, or in Problems to fix after the first sync.", WIDTH
    )  # fmt: skip


def _tab_lines(tab: TabFound) -> Iterator[str]:
    if not tab.spec:
        yield from _wrapped(f'Tab "{tab.title}": left alone; {tab.why}', "")
        return
    where = f"headings in row {tab.header_row}, {_counted(tab.rows, 'row')}"
    yield from _wrapped(f'Tab "{tab.title}": read as {tab.spec}, {where}', "")
    read = [theirs if theirs == ours else f"{theirs} → {ours}" for theirs, ours in tab.understood]
    yield from _wrapped("Understood: " + "; ".join(map(_one_line, read)), "  ")
    for heading, question in tab.doubtful:
        yield from _wrapped(f'Doubtful: "{_one_line(heading)}". {question}', "  ")
    if tab.left:
        yield from _wrapped("Left alone: " + "; ".join(map(_one_line, tab.left)), "  ")
    if tab.widen:
        yield from _wrapped("A column Record ID would be added at the right end, and nothing else.", "  ")


def _asked_lines(asked: tuple[Asked, ...]) -> Iterator[str]:
    if not asked:
        yield "Nothing in the cells would be asked about."
        return
    yield "What would be asked about in Problems to fix:"
    for each in asked:
        yield f"  {each.count:>5}  {each.kind.replace('-', ' ')}"
        for finding in each.examples:
            yield from _wrapped(_example(finding), " " * 9)


def _example(finding: Finding) -> str:
    place = finding.place
    where = ", ".join(filter(None, [place.tab, f"row {place.row}" if place.row else "", place.column]))
    found = f' "{textwrap.shorten(_one_line(finding.found), _SHOWN)}"' if finding.found else ""
    suggestion = f" Suggestion: {finding.suggestion}" if finding.suggestion else ""
    return f"{_one_line(where)}:{found} {finding.wrong}{suggestion}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip

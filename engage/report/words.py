"""A Report in words, for a terminal of 80 columns, and as one document for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from engage.report.model import Figure, Report, Section

WIDTH = 80


def in_words(report: Report) -> Iterator[str]:
    """What it is, the key messages, each section in a sentence and its figures; tables are for the page."""
    yield from _wrapped(f"{report.partnership}: {report.title}")
    yield from _wrapped(report.words)
    yield from _wrapped(report.as_of_words)
    if report.warning:
        yield from _wrapped(report.warning)
    if report.introduction:
        yield ""
        yield from _wrapped(report.introduction)
    for message in report.messages:
        yield ""
        yield from _wrapped(f"Key message: {message}")
    for section in report.sections:
        yield from _section(section)
    if report.silent:
        yield ""
        yield from _wrapped(f"Nothing to report on: {', '.join(report.silent)}.")


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield section.title
    yield from _wrapped(section.says, "  ")
    widest = max((len(figure.text) for figure in section.figures), default=0)
    for figure in section.figures:
        yield from _wrapped(_figure(figure, widest), "  ", " " * (widest + 4))


def _figure(figure: Figure, widest: int) -> str:
    change = f" ({figure.change})" if figure.change else ""
    return f"{figure.text:>{widest}}  {figure.label}{change}"


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    later = first if rest is None else rest
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def as_document(report: Report) -> dict[str, object]:
    """The same for a program, tables and all: what is kept as figures.json of a pack."""
    return {
        "title": report.title,
        "partnership": report.partnership,
        "audience": report.audience,
        "period": report.words,
        "as_of": report.as_of.isoformat(),
        "read": report.read,
        "version": report.version,
        "issued": report.issued,
        "revision": asdict(report.revision) if report.revision else None,
        "warning": report.warning,
        "introduction": report.introduction,
        "messages": list(report.messages),
        "nothing_to_report_on": list(report.silent),
        "sections": [_document(section) for section in report.sections],
    }


def _document(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "title": section.title,
        "says": section.says,
        "figures": [asdict(figure) for figure in section.figures],
        "tables": [
            {
                "tab": grid.title,
                "headings": [column.heading for column in grid.columns],
                "rows": [list(row) for row in grid.rows],
            }
            for grid in section.sheets
        ],
        "counted": list(section.sources),
    }

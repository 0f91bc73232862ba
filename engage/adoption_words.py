"""The report on an agency's own workbook as its owner reads it, at 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .adopting import COPY_REMEDY, Adoption, Asked, TabFound, copy_words
from .insight.weeks import british
from .model import Finding
from .wording import counted

WIDTH = 80
_SHOWN = 60  # characters of a cell that are shown
# What the register calls each kind of finding → what follows a number of them, one or many.
KINDS = {
    "agency-missing": "not saying which agency it belongs to",
    "bad-charity-number": "not a charity number",
    "bad-company-number": "not a company number",
    "bad-date": "not a date that can be read",
    "bad-email": "not an email address",
    "bad-money": "not an amount of money",
    "bad-number": "not a number",
    "bad-percent": "not a percentage",
    "bad-phone": "not a telephone number",
    "bad-postcode": "not a postcode",
    "bad-sic": "not a SIC code",
    "bad-size": "not a number of employees",
    "bad-time": "not a time of day",
    "bad-url": "not a web address",
    "column-without-heading": "column without a heading",
    "company-number-check": "company number to be checked",
    "date-as-number": "number where a date belongs",
    "date-without-day": "date without its day",
    "date-without-year": "date without its year",
    "doubtful-body": "cell that may name one body or several",
    "doubtful-date": "date that can be read in two ways",
    "email-typo": "email address that looks mistyped",
    "formula-as-text": "formula that was typed as text",
    "formula-error": "formula that shows an error",
    "heading-twice": "heading that stands twice",
    "impossible-date": "date that cannot be right",
    "missing": "missing what the row needs",
    "missing-heading": "missing a heading that the tab needs",
    "no-heading-row": "no heading row",
    "not-in-list": "not among the choices of the list",
    "objection": "note that may say: do not contact",
    "phone-lost-zero": "telephone number without its first 0",
    "row-passed-over": "row that was passed over",
    "sensitive-column": "column about something sensitive",
    "sensitive-in-shared-workbook": "sensitive row in a workbook that others can open",
    "sensitive-value": "sensitive detail in a cell",
    "sic-lost-zero": "SIC code without its first 0",
    "size-as-date": "number of employees that became a date",
    "tab-guessed": "tab known by its headings only",
    "typed-record-id": "something typed into a Record ID",
    "vat-number": "VAT number where a company number belongs",
}


def in_words(adoption: Adoption, *, accepted: bool = False, joining: bool = False) -> str:
    """The whole report. It ends with what accepting it would mean, unless it is accepted, or engage agency
    join is about to ask.
    """
    return "\n".join(_lines(adoption, accepted, joining))


def _lines(adoption: Adoption, accepted: bool, joining: bool) -> Iterator[str]:
    yield f"How {adoption.file} {'will' if accepted else 'would'} be read for {adoption.agency}"
    unchanged = "The workbook has not been changed." if accepted else "Nothing has been changed."
    yield f"{counted(adoption.rows, 'row')}. {unchanged}"
    if adoption.copy_of:
        yield ""
        yield from textwrap.wrap(f"{copy_words(adoption)} {COPY_REMEDY}", WIDTH)
    for tab in adoption.tabs:
        yield ""
        yield from _tab_lines(tab)
    yield ""
    yield from _asked_lines(adoption.asked)
    yield ""
    yield from textwrap.wrap(
        ("" if accepted or joining or adoption.copy_of else "If this is right, run it again with --accept. ")
        + "Doubtful headings are not read until somebody says which they are: in engage.toml, or in Problems "
        "to fix after the first sync.", WIDTH
    )  # fmt: skip


def _tab_lines(tab: TabFound) -> Iterator[str]:
    if not tab.spec:
        yield from _wrapped(f'Tab "{tab.title}": left alone; {tab.why}', "")
        return
    where = f"headings in row {tab.header_row}, {counted(tab.rows, 'row')}"
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
        yield f"  {each.count:>5}  {KINDS.get(each.kind, each.kind.replace('-', ' '))}"
        for finding in each.examples:
            yield from _wrapped(_example(finding), " " * 9)


def _example(finding: Finding) -> str:
    place = finding.place
    where = ", ".join(filter(None, [place.tab, f"row {place.row}" if place.row else "", place.column]))
    cell = _one_line(finding.found)
    found = f' "{textwrap.shorten(cell, _SHOWN)}".' if cell and cell not in finding.wrong else ""
    suggestion = british(finding.suggestion)
    suggested = f" Suggestion: {suggestion}" if suggestion and suggestion not in finding.wrong else ""
    return f"{_one_line(where)}:{found} {finding.wrong}{suggested}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip

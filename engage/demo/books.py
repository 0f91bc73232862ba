"""The workbooks of the four agencies that lay them out their own way.

The fifth agency, the chamber, uses Engage's own layout (see hub.py, which fills that of the hub too).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from engage.demo.book import Look, add_budget, lay
from engage.demo.columns import (
    COLLEGE_ACTIVITY,
    COLLEGE_EMPLOYERS,
    COLLEGE_PEOPLE,
    COUNCIL_CONTACTS,
    COUNCIL_VISITS,
    JOBCENTRE_LOG,
    JOBCENTRE_MADE,
    UNIVERSITY_MEETINGS,
    UNIVERSITY_PARTNERS,
)
from engage.demo.truth import TruthRow
from engage.demo.views import Line, View
from engage.demo.world import World

Laid = tuple[Workbook, list[TruthRow]]
_BUDGET = (
    ("Employer events", 18000, 11240),
    ("Skills Pledge web page", 6500, 6500),
    ("Business visits", 4200, 2875),
    ("Redundancy fund", 25000, 7300),
    ("Print", 900, 410),
)


def council_book(world: World, as_of: date) -> Laid:
    """The council: title above the header, employer and contact in one row, a chart, a rule in colours."""
    book = Workbook()
    contacts = _first(book, "Business contacts")
    look = Look("Marlbeck Borough Council - Economic Development Unit - business contacts", 3, "1B5E20")
    known = View.of(world, "council", "employers").employers_with_people()
    truth = lay(contacts, "council", COUNCIL_CONTACTS, known, look)
    visits = book.create_sheet("Visits log")
    lines = View.of(world, "council", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    truth += lay(visits, "council", COUNCIL_VISITS, lines, Look(fill="1B5E20", totals=True))
    planned = PatternFill("solid", bgColor="FFF2CC")
    shade = FormulaRule(formula=['$I2="Planned"'], fill=planned)  # type: ignore[no-untyped-call]
    visits.conditional_formatting.add(f"A2:M{visits.max_row}", shade)
    add_budget(book, "Budget 2026-27", "2026/27", _BUDGET)
    return book, truth


def college_book(world: World, as_of: date) -> Laid:
    """The college: employers, people and activity apart; the header pasted again for each printed page."""
    book = Workbook()
    employers = _first(book, "Employers")
    look = Look(fill="4A148C", repeat_every=70)
    known = View.of(world, "college", "employers").employers()
    truth = lay(employers, "college", COLLEGE_EMPLOYERS, known, look)
    people = book.create_sheet("People")
    truth += lay(people, "college", COLLEGE_PEOPLE, View.of(world, "college", "people").people(), look)
    activity = book.create_sheet("Activity 25-26")
    lines = View.of(world, "college", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    truth += lay(activity, "college", COLLEGE_ACTIVITY, lines, Look(fill="4A148C"))
    return book, truth


def jobcentre_book(world: World, as_of: date) -> Laid:
    """The Jobcentre, view-only: one log with nearly everything as text, month rows, totals."""
    book = Workbook()
    log = _first(book, "Employer log")
    title = "EMPLOYER LOG - Marlbeck JCP - do not edit, ask Dawn"
    look = Look(title, 2, "FFD54F", "000000", "Arial", repeat_every=90, totals=True)
    known = View.of(world, "jobcentre", "employers").employers_with_people()
    truth = lay(log, "jobcentre", JOBCENTRE_LOG, known, look)
    made = book.create_sheet("Contacts made")
    lines = View.of(world, "jobcentre", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    dated = Look("", 1, "FFD54F", "000000", "Arial", totals=True, months=True)
    truth += lay(made, "jobcentre", JOBCENTRE_MADE, lines, dated)
    return book, truth


def university_book(world: World, as_of: date) -> Laid:
    """The university: long headings, company numbers as numbers under a format with leading zeros."""
    book = Workbook()
    partners = _first(book, "Partner organisations")
    look = Look("Employer partners (Careers & Enterprise)", 2, "0D47A1")
    truth = lay(partners, "university", UNIVERSITY_PARTNERS, _numbers(world), look)
    meetings = book.create_sheet("Interactions")
    lines = View.of(world, "university", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    truth += lay(meetings, "university", UNIVERSITY_MEETINGS, lines, Look(fill="0D47A1"))
    return book, truth


def _numbers(world: World) -> list[Line]:
    lines = []
    for line in View.of(world, "university", "employers").employers_with_people():
        number = world.employers[line.employer].company_number
        if number.isdigit() and line.values["Company number"]:
            values = {**line.values, "Company number": int(number)}
            line = replace(line, values=values, mess=(*line.mess, ("number-as-number", "")))  # noqa: PLW2901
        lines.append(line)
    return lines


def _first(book: Workbook, title: str) -> Worksheet:
    """The sheet that a new workbook comes with, under this title."""
    sheet = book.worksheets[0]
    sheet.title = title
    return sheet


BOOKS: dict[str, Callable[[World, date], Laid]] = {
    "council": council_book,
    "college": college_book,
    "jobcentre": jobcentre_book,
    "university": university_book,
}

"""The agencies of the demo, and the four workbooks that are laid out their own way.

The fifth agency, the chamber, uses Engage's own layout (see hub.py, which fills that of the hub too).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from engage.demo.book import Column, Look, add_budget, lay
from engage.demo.truth import TruthRow
from engage.demo.views import Line, View
from engage.demo.world import World

if TYPE_CHECKING:
    from openpyxl import Workbook

Laid = tuple["Workbook", list[TruthRow]]


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: how it is named, what it has agreed to, where its workbook is."""

    key: str
    name: str
    short: str
    also: str
    kind: str
    domain: str
    basis: str
    signed: str
    shares: str
    view_only: bool = False

    @property
    def file(self) -> str:
        """The file name of its workbook."""
        return f"{self.key}.xlsx"


AGENCY_LIST: tuple[Agency, ...] = (
    Agency("council", "Marlbeck Borough Council", "MBC", "Marlbeck MBC; Marlbeck Council; MBC EDU; "
           "MBC Economic Development Unit", "Council", "marlbeck-council.example", "Public task", "2026-01-12", "Yes"),
    Agency("college", "Stevenport College", "Stevenport Coll", "Stevenport and Thornvale College; STC",
           "College", "stevenport-college.example", "Public task", "2026-01-19", "Yes"),
    Agency("jobcentre", "Marlbeck Jobcentre", "JCP", "Job Centre Plus; Jobcentre Plus; Marlbeck Job Centre",
           "Jobcentre", "jobcentre.example", "Public task", "2026-02-02", "Yes", view_only=True),
    Agency("chamber", "Marlbeck & Stevenport Chamber of Commerce", "Chamber", "M&S Chamber of Commerce; "
           "the Chamber; Chamber of Commerce", "Chamber", "ms-chamber.example", "Legitimate interests",
           "2026-02-09", "Employer only"),
    Agency("university", "University of Thornvale", "UoT", "Thornvale University; Thornvale Uni",
           "University", "thornvale-uni.example", "Public task", "", "Yes"),
)  # fmt: skip


def council_book(world: World, as_of: date) -> Laid:
    """The council: title above the header, employer and contact in one row, a chart, a rule in colours."""
    from openpyxl import Workbook
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    book = Workbook()
    contacts = book.active
    assert contacts is not None
    contacts.title = "Business contacts"
    look = Look("Marlbeck Borough Council - Economic Development Unit - business contacts", 3, "1B5E20")
    truth = lay(
        contacts,
        "council",
        COUNCIL_CONTACTS,
        View.of(world, "council", "employers").employers_with_people(),
        look,
    )
    visits = book.create_sheet("Visits log")
    lines = View.of(world, "council", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    truth += lay(visits, "council", COUNCIL_VISITS, lines, Look(fill="1B5E20", totals=True))
    planned = PatternFill("solid", bgColor="FFF2CC")
    visits.conditional_formatting.add(
        f"A2:M{visits.max_row}", FormulaRule(formula=['$I2="Planned"'], fill=planned)
    )
    add_budget(book, "Budget 2026-27", "2026/27", _BUDGET)
    return book, truth


COUNCIL_CONTACTS = (
    Column("Company Name", "Employer", 34, wrap=True),
    Column("T/A", "Trading as", 20),
    Column("Address", "Address", 22),
    Column("Town", "Town", 15),
    Column("Post Code", "Postcode", 10),
    Column("CRN", "Company number", 11),
    Column("LMI Sector", "Sector", 24),
    Column("No. of Staff", "Employees here", 10),
    Column("Part of", "Parent employer", 18),
    Column("Main Contact", "Contact name", 26, wrap=True),
    Column("Job Role", "Job title", 22),
    Column("E-mail", "Email", 36),
    Column("Tel No", "Phone", 18),
    Column("Mob", "Mobile", 14),
    Column("Account Manager", "Relationship manager", 18),
    Column("Comments", "Notes", 32, wrap=True),
    Column("Rates account?", width=12, formula='=IF(F{row}="","check","held")'),
)
COUNCIL_VISITS = (
    Column("Date of visit", "Date", 14),
    Column("Company", "Employer", 34, wrap=True),
    Column("Contact", "Contact", 22),
    Column("Officer", "Staff member", 17),
    Column("Activity Type", "Type", 18),
    Column("Purpose", "Reason", 20),
    Column("Programme", "Scheme", 18),
    Column("Notes", "Aim / Summary", 44, wrap=True),
    Column("Status", "Status", 10),
    Column("No. of jobs", "Number of jobs", 8),
    Column("Offer made", "Offer made", 9),
    Column("Follow up", "Next step", 18),
    Column("Chase date", "Next step by", 13),
    Column("Sensitive", "Sensitive", 10),
)
_BUDGET = (("Employer events", 18000, 11240), ("Skills Pledge web page", 6500, 6500), ("Business visits", 4200, 2875),
           ("Redundancy fund", 25000, 7300), ("Print", 900, 410))  # fmt: skip


def college_book(world: World, as_of: date) -> Laid:
    """The college: employers, people and activity apart; the header pasted again for each printed page."""
    from openpyxl import Workbook

    book = Workbook()
    employers = book.active
    assert employers is not None
    employers.title = "Employers"
    look = Look(fill="4A148C", repeat_every=70)
    truth = lay(
        employers, "college", COLLEGE_EMPLOYERS, View.of(world, "college", "employers").employers(), look
    )
    people = book.create_sheet("People")
    truth += lay(people, "college", COLLEGE_PEOPLE, View.of(world, "college", "people").people(), look)
    activity = book.create_sheet("Activity 25-26")
    lines = View.of(world, "college", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    truth += lay(activity, "college", COLLEGE_ACTIVITY, lines, Look(fill="4A148C"))
    return book, truth


COLLEGE_EMPLOYERS = (
    Column("Organisation", "Employer", 36, wrap=True),
    Column("Site", "Site", 18),
    Column("Street", "Address", 22),
    Column("Town/City", "Town", 15),
    Column("PC", "Postcode", 10),
    Column("Reg No", "Company number", 11),
    Column("Group", "Parent employer", 20),
    Column("Sector (drop down)", "Sector", 26),
    Column("SIC", "SIC code", 8),
    Column("Headcount", "Employees here", 10),
    Column("Web", "Website", 36),
    Column("Telephone", "Phone", 18),
    Column("Key worker", "Relationship manager", 18),
    Column("Apprentices?", "Offers apprenticeships", 12),
    Column("Comments", "Notes", 28, wrap=True),
)
COLLEGE_PEOPLE = (
    Column("Title", "Title", 7),
    Column("Forename", "First name", 14),
    Column("Surname", "Last name", 16),
    Column("Organisation", "Employer", 36, wrap=True),
    Column("Position", "Job title", 26),
    Column("Email Address", "Email", 38),
    Column("Telephone", "Phone", 20),
    Column("Mob", "Mobile", 15),
    Column("Mailing list Y/N", "May we email news?", 14),
    Column("DNC", "Do not contact", 8),
    Column("Comments", "Notes", 30, wrap=True),
)
COLLEGE_ACTIVITY = (
    Column("When", "Date", 14),
    Column("Organisation", "Employer", 34, wrap=True),
    Column("Contact", "Contact", 22),
    Column("Staff", "Staff member", 17),
    Column("Interaction", "Type", 20),
    Column("Reason", "Reason", 20),
    Column("Project", "Scheme", 18),
    Column("Details", "Aim / Summary", 44, wrap=True),
    Column("Employer needs", "What the employer needs", 28, wrap=True),
    Column("Next action", "Next step", 18),
    Column("B/F", "Next step by", 13),
    Column("Status", "Status", 10),
    Column("Score", "Feedback 1-5", 8),
)


def jobcentre_book(world: World, as_of: date) -> Laid:
    """The Jobcentre, view-only: one log with nearly everything as text, month rows, totals."""
    from openpyxl import Workbook

    book = Workbook()
    log = book.active
    assert log is not None
    log.title = "Employer log"
    look = Look(
        "EMPLOYER LOG - Marlbeck JCP - do not edit, ask Dawn", 2, "FFD54F", "000000", "Arial", 90, True
    )
    truth = lay(
        log,
        "jobcentre",
        JOBCENTRE_LOG,
        View.of(world, "jobcentre", "employers").employers_with_people(),
        look,
    )
    made = book.create_sheet("Contacts made")
    lines = View.of(world, "jobcentre", "engagements").engagements(since=None, until=as_of, as_of=as_of)
    dated = Look("", 1, "FFD54F", "000000", "Arial", totals=True, months=True)
    truth += lay(made, "jobcentre", JOBCENTRE_MADE, lines, dated)
    return book, truth


JOBCENTRE_LOG = (
    Column("Employer Name", "Employer", 34, wrap=True),
    Column("Location", "Town", 15),
    Column("P/code", "Postcode", 10),
    Column("Contact", "Contact name", 26, wrap=True),
    Column("Contact Tel", "Phone", 20),
    Column("Contact Email", "Email", 36),
    Column("Business Type", "Sector", 24),
    Column("Staff", "Employees here", 10),
    Column("Remarks", "Notes", 34, wrap=True),
)
JOBCENTRE_MADE = (
    Column("Date", "Date", 18),
    Column("Employer", "Employer", 34, wrap=True),
    Column("Spoke to", "Contact", 22),
    Column("Caseworker", "Staff member", 13),
    Column("Method", "Type", 20),
    Column("Reason for contact", "Reason", 20),
    Column("How many jobs", "Number of jobs", 9),
    Column("Discussion", "Aim / Summary", 44, wrap=True),
    Column("To do", "Next step", 18),
    Column("Chase date", "Next step by", 14),
    Column("Confidential", "Sensitive", 11),
)


def university_book(world: World, as_of: date) -> Laid:
    """The university: long headings, company numbers as numbers under a format with leading zeros."""
    from openpyxl import Workbook

    book = Workbook()
    partners = book.active
    assert partners is not None
    partners.title = "Partner organisations"
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


UNIVERSITY_PARTNERS = (
    Column("Business / Organisation", "Employer", 36, wrap=True),
    Column("Parent company", "Parent employer", 20),
    Column("Companies House No", "Company number", 13, number_format="00000000"),
    Column("Postal address", "Address", 22),
    Column("Post-code", "Postcode", 10),
    Column("Industry", "Sector", 26),
    Column("No of employees", "Employees here", 11),
    Column("UK employees", "Employees in all", 11),
    Column("Web address", "Website", 36),
    Column("Named contact", "Contact name", 26, wrap=True),
    Column("Designation", "Job title", 24),
    Column("Contact email", "Email", 36),
    Column("Direct line", "Phone", 18),
    Column("Account manager", "Relationship manager", 18),
    Column("Remarks", "Notes", 28, wrap=True),
)
UNIVERSITY_MEETINGS = (
    Column("Activity date", "Date", 14),
    Column("Business", "Employer", 34, wrap=True),
    Column("Main contact", "Contact", 22),
    Column("Lead academic", "Staff member", 17),
    Column("Engagement type", "Type", 20),
    Column("Objective", "Reason", 20),
    Column("What was discussed", "Aim / Summary", 44, wrap=True),
    Column("Follow-up", "Next step", 18),
    Column("Follow up date", "Next step by", 14),
    Column("Status", "Status", 10),
)

BOOKS: dict[str, Callable[[World, date], Laid]] = {
    "council": council_book,
    "college": college_book,
    "jobcentre": jobcentre_book,
    "university": university_book,
}

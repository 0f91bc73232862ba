"""What hands do to sheets in a week: sort, copy, delete, rename, wipe, type where nobody should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engage.demo.agencies import NAMES
from engage.ports import RECORD_ID

if TYPE_CHECKING:
    from engage.demo.week import Week


def sorted_tabs(week: Week) -> None:
    """Whole tabs sorted, ids and all."""
    people = week.sheet("college", "Contacts")
    people.sort("Last name")
    engagements = week.sheet("chamber", "Engagements")
    engagements.sort("Date", newest_first=True)
    week.say('Stevenport College sorted "People" by surname; the chamber sorted "Engagements" by date')


def copied_a_row(week: Week) -> None:
    """Somebody saved typing: a whole row copied, its Record ID too, and the person changed."""
    sheet = week.sheet("council", "Employers")
    row = next(t.row for t in week.truth if t.tab == sheet.title and t.people and t.workbook == "council")
    changes = {"Contact name": "Kwame Ormerod", "Job title": "HR Assistant", "Email": "", "Mobile": ""}
    copied = sheet.copy(row, dict(changes))
    week.say(
        f"The council copied row {row} of its contacts, Record ID and all, to row {copied} for a new person"
    )


def deleted_rows(week: Week) -> None:
    """Two rows deleted: the rows below move up."""
    visits = week.sheet("council", "Engagements")
    visits.delete(visits.header_row + 31)
    partners = week.sheet("university", "Employers")
    partners.delete(partners.header_row + 12)
    week.say("The council deleted a visit and the university a partner; the rows below moved up")


def climbed_the_ladder(week: Week) -> None:
    """Three employers of the chamber have come a stage further, one has fallen back."""
    sheet = week.sheet("chamber", "Employers")
    for row, stage in ((3, "4 Taking part"), (5, "5 Designing with us"), (9, "6 Leading"), (12, "1 Aware")):
        sheet.type(sheet.header_row + row, "Stage", stage)
    week.say("The chamber moved four employers to another stage of the ladder")


def renamed_headings(week: Week) -> None:
    """Two headings reworded: one to another known spelling, one to words of their own."""
    employers = week.sheet("college", "Employers")
    before = employers.rename("Phone", "Tel.")
    week.say(f'Stevenport College renamed "{before}" to "Tel."')
    own = week.sheet("university", "Employers")
    before = own.rename("Relationship manager", "Our link person")
    week.say(f'The university renamed "{before}" to "Our link person"')


def wiped_ids(week: Week) -> None:
    """One Record ID deleted, another typed over."""
    employers = week.sheet("chamber", "Employers")
    employers.type(employers.header_row + 7, RECORD_ID, "")
    visits = week.sheet("council", "Engagements")
    visits.type(visits.header_row + 3, RECORD_ID, "ask Carys")
    week.say("The chamber wiped a Record ID; the council typed words over another")


def typed_in_built_tabs(week: Week) -> None:
    """Notes typed into tabs that are rebuilt every night."""
    typed = (("council", "Your employers (built nightly)", "Rang them, line engaged. CP"),
             ("hub", "Employer list (built nightly)", "Is this the one by the canal?"))  # fmt: skip
    for workbook, title, note in typed:
        desk = week.desks[workbook]
        if title not in desk.titles:
            continue
        column = len(desk.texts(title)[0]) + 1
        desk.type(title, 4, column - 1, note)
        owner = NAMES.get(workbook, "Somebody")
        week.say(f'{owner} typed a note into the built tab "{title}"')

"""A No under "May we email news?" belongs to the person: it keeps news away whichever agency was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.insight.objections import ALL, MARKETING, NEWS, firm_marks, marks_of, remember_objections
from engage.insight.permission import may_email, may_phone
from engage.linkage.compared import compared_by
from engage.model import DO_NOT_CONTACT, ON_NEWS, Objection, Place, Record
from engage.pipeline import look
from engage.privacy.access import gather
from engage.privacy.contacts import contact_list
from engage.sharing import HUB
from engage.state import State, decode, encode
from engage.worlds import Judge
from tests.agencies.on_paper import Changing
from tests.partnership import COLLEGE, COUNCIL, NOW, by_heading, row_of

from .planted import by_name_and_mailbox, contacts

ADA = {
    "First_name": "Ada",
    "Last_name": "Marsh",
    "Employer": "Ember Digital Ltd",
    "Email": "ada@ember.example",
}
SHARE = "Share contact details with partners"


def day(number: int):
    return NOW + timedelta(days=number)


def ada(agency: str = "", news: str = "", **cells: str) -> list[str]:
    return row_of("Contacts", Agency=agency, **{**ADA, "May_we_email_news?": news, **cells})


def town_of(folder, *theirs: list[str], council: str = "Yes - asked", share: str = "No") -> Changing:
    """The council's Ada, of whom it says this about news; the college's rows, which it shares so."""
    town = Changing(folder, Contacts=[ada(COUNCIL, council)], Engagements=[])
    town.partnership = replace(town.partnership, judge=Judge(by_name_and_mailbox, compared_by))
    town.share(COLLEGE, share)
    town.college.add_tab("Contacts", contacts(*theirs))
    return town


def type_cell(book, row: int, heading: str, text: str) -> None:
    book.type("Contacts", row, book.rows("Contacts")[0].index(heading) + 1, text)


def listed(town: Changing, number: int, audience: str = HUB, **options: str) -> set[str]:
    return {row[6] for row in contact_list(look(town.partnership, now=day(number)), audience, **options).rows}


def why_not(town: Changing, number: int) -> set[str]:
    return {why for _, why in contact_list(look(town.partnership, now=day(number)), HUB).left_out}


def in_the_list(town: Changing) -> dict[str, str]:
    rows = by_heading(town.hub.rows("Contact list (built nightly)"))
    return next(row for row in rows if row["First name"] == "Ada")


def asked(town: Changing, workbook: str = "hub") -> list[dict[str, str]]:
    rows = by_heading(town.books[workbook].rows("Problems to fix"))
    return [row for row in rows if "no to news" in row["What is wrong"]]


# --- A row and its memory ---------------------------------------------------------------------------------


def row(**cells: str) -> Record:
    named = {"First name": "Ada", "Last name": "Marsh", "Employer": "Ember Ltd", **cells}
    typed = {heading: text for heading, text in named.items() if text != "gone"}
    return Record("R-1", "Contacts", "College", Place("college", "Contacts", 2), typed, typed)


def nights(*said: dict[str, str]) -> Objection | None:
    """What is remembered after nights on which the row had these cells, written to _engage each time."""
    memory: dict[str, Objection] = {}
    for number, cells in enumerate(said):
        memory = remember_objections([row(**cells)], memory, day(number).date().isoformat())
        memory = dict(decode(encode(State(objections=memory), "college"), "college").objections)
    return memory.get("R-1")


def level(*said: dict[str, str]) -> str:
    one = nights(*said)
    return one.level if one and not one.lifted else ""


@pytest.mark.parametrize(
    ("answer", "held"), [("No", NEWS), ("", ""), ("Not asked", ""), ("Yes - asked", ""), ("gone", "")]
)
def test_only_a_no_is_an_objection(answer, held):
    assert level({ON_NEWS: answer}) == held


def test_the_stricter_holds_and_what_is_left_when_it_is_taken_back():
    both = {DO_NOT_CONTACT: "All", ON_NEWS: "No"}
    assert level(both) == ALL
    assert level(both, {DO_NOT_CONTACT: "", ON_NEWS: "No"}) == NEWS
    assert level(both, {DO_NOT_CONTACT: "All", ON_NEWS: "Yes - asked"}) == ALL
    assert level(both, {DO_NOT_CONTACT: "", ON_NEWS: "Yes - asked"}) == ""
    one = nights(both, {DO_NOT_CONTACT: "", ON_NEWS: "No"}, {DO_NOT_CONTACT: "", ON_NEWS: ""})
    assert one is not None
    assert [(each.level, each.since[8:], each.until[8:]) for each in one.history] == [
        (ALL, "16", "17"),
        (NEWS, "17", "18"),
    ]


@pytest.mark.parametrize(
    ("gone", "kept", "held"),
    [
        (ON_NEWS, {DO_NOT_CONTACT: ""}, NEWS),
        (DO_NOT_CONTACT, {ON_NEWS: "No"}, MARKETING),
        (DO_NOT_CONTACT, {ON_NEWS: "Yes - asked"}, MARKETING),
    ],
)
def test_a_column_that_is_gone_has_taken_nothing_back(gone, kept, held):
    both = {DO_NOT_CONTACT: "Marketing", ON_NEWS: "No"}
    assert level(both, {**kept, gone: "gone"}, {**kept, gone: "gone"}) == held


def test_words_that_nobody_understands_have_taken_nothing_back():
    typed = row(**{ON_NEWS: "rather not"})
    unread = replace(typed, clean={**typed.clean, ON_NEWS: ""})
    before = remember_objections([row(**{ON_NEWS: "No"})], {}, "2026-11-16")
    assert remember_objections([unread], before, "2026-11-17")["R-1"].lifted == ""
    assert remember_objections([row(**{ON_NEWS: ""})], before, "2026-11-17")["R-1"].lifted == "2026-11-17"


def test_a_no_beside_a_firm_without_a_person_is_no_objection_of_the_firm():
    firm = row(
        **{"First name": "", "Last name": "", "Town": "Hyde", "Email": "info@ember.example", ON_NEWS: "No"}
    )
    (one,) = remember_objections([firm], {}, "2026-11-16").values()
    assert one.marks == marks_of(firm)
    assert not one.marks & firm_marks(firm)


def test_who_said_no_to_news_gets_no_marketing_and_may_be_served():
    person, firm = {"Email": "ada@ember.example", "Phone": "01632 960001", ON_NEWS: "Yes - asked"}, {}
    assert may_email(person, firm, "marketing", NEWS).why == "said no to news"
    assert may_phone(person, "marketing", NEWS).why == "said no to news"
    assert may_email(person, firm, "service", NEWS).may
    assert may_phone(person, "service", NEWS).may


# --- A partnership ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", ["No", "Employer only"])
def test_a_no_to_an_agency_that_shares_nobody_keeps_the_address_out_of_everybodys_marketing(tmp_path, share):
    town = town_of(tmp_path, ada(news="No"), share=share)
    for number in (0, 1):
        assert listed(town, number) == listed(town, number, COUNCIL) == set()
        assert listed(town, number, purpose="service") == {"ada@ember.example"}
        town.sync(day(number))
    assert why_not(town, 2) == {"said no to news"}


def test_without_the_no_the_council_may_write(tmp_path):
    assert listed(town_of(tmp_path, ada(news="Not asked")), 0) == {"ada@ember.example"}


def test_that_it_was_said_is_shown_to_nobody_else(tmp_path):
    town = town_of(tmp_path, ada(news="No"))
    for number in (0, 1):
        town.sync(day(number))
    mine = in_the_list(town)
    assert (mine["May we email news?"], mine["Do not contact"]) == ("Yes - asked", "")
    assert "College" not in mine["Where each value came from"]
    assert asked(town) == asked(town, "college") == []
    assert not decode(town.hub.rows("_engage"), "hub").objections


def test_a_no_that_is_taken_back_holds_nobody_any_more(tmp_path):
    town = town_of(tmp_path, ada(news="No"))
    town.sync(day(0))
    type_cell(town.college, 2, ON_NEWS, "Yes - asked")
    assert listed(town, 1) == {"ada@ember.example"}
    town.sync(day(1))
    assert listed(town, 2) == {"ada@ember.example"}


def test_a_no_stays_though_its_row_or_its_column_goes(tmp_path):
    town = town_of(tmp_path, ada(news="No"), ada(news="No", Email="ada2@ember.example"))
    town.sync(day(0))
    at = town.college.rows("Contacts")[0].index(ON_NEWS) + 1
    town.college.delete_row("Contacts", 3)
    town.college.type("Contacts", 1, at, "Zone")
    town.sync(day(1))
    assert listed(town, 2) == set()
    town.college.delete_row("Contacts", 2)
    town.sync(day(2), allow_deletions=True)
    assert listed(town, 3) == listed(town, 120) == set()


@pytest.mark.slow
def test_a_no_outlasts_its_agency_and_is_taken_back_by_one_that_returns(tmp_path):
    town = town_of(tmp_path, ada(news="No"))
    town.sync(day(0))
    town.leave(COLLEGE, day(1))
    for number in (2, 3):
        assert listed(town, number) == set()
        town.sync(day(number))
    assert [one.level for one in decode(town.hub.rows("_engage"), "hub").objections.values()] == [NEWS]
    town.come_back(COLLEGE, day(4))
    type_cell(town.college, 2, ON_NEWS, "Yes - asked")
    town.sync(day(4))
    assert listed(town, 5) == {"ada@ember.example"}


@pytest.mark.parametrize(("council", "questions"), [("Yes - asked", 1), ("", 0), ("Not asked", 0), ("No", 0)])
def test_an_agency_that_says_yes_is_asked_of_a_no_that_it_may_know_of(tmp_path, council, questions):
    theirs = ada(news="No", Last_name="Stone", Employer="Holt Roofing")
    town = town_of(tmp_path, theirs, council=council, share="Yes")
    town.sync(day(0))
    town.college.delete_row("Contacts", 2)
    for number in (1, 2):
        town.sync(day(number))
    assert listed(town, 3) == set()
    assert [(row["Column"], row["Suggestion"]) for row in asked(town)] == [(ON_NEWS, "No")] * questions


def test_a_yes_that_is_somebody_elses_stands_once_its_agency_says_so(tmp_path):
    town = town_of(tmp_path, ada(news="No", Last_name="Stone", Employer="Holt Roofing"), share="Yes")
    town.sync(day(0))
    town.college.delete_row("Contacts", 2)
    for number in (1, 2):
        town.sync(day(number))
    (question,) = asked(town)
    rows = town.hub.rows("Problems to fix")
    at = [cells[0] for cells in rows].index(question["Problem"]) + 1
    town.hub.type("Problems to fix", at, rows[0].index("Decision") + 1, "Leave as it is")
    assert in_the_list(town)["May we email news?"] == "No"
    for number in (3, 4):
        town.sync(day(number))
    assert in_the_list(town)["May we email news?"] == "Yes - asked"
    assert listed(town, 5) == {"ada@ember.example"}


@pytest.mark.slow
def test_the_answer_to_a_request_for_access_shows_the_no_once(tmp_path):
    town = town_of(tmp_path, ada(news="No"))
    town.sync(day(0))
    access = gather(town.partnership, "ada@ember.example", now=day(1))
    found = [hit for hit in access.hits if hit.place.startswith("what the system remembers")]
    said = [(hit.heading, hit.text, hit.day, hit.agency) for hit in found if hit.agency == COLLEGE]
    assert said == [(ON_NEWS, "No, in force", "2026-11-16", COLLEGE)]


@pytest.mark.parametrize(("heading", "said"), [(ON_NEWS, "No"), (DO_NOT_CONTACT, "All")])
def test_what_the_contact_of_an_employer_said_is_not_told_by_an_agency_that_shares_employers_only(
    tmp_path, heading, said
):
    town = town_of(tmp_path, share="Employer only")
    town.college.delete_tab("Firms")
    headings = ["Company", "Town", "Contact name", "Email", heading]
    town.college.add_tab("Firms", [headings, ["Ember Digital Ltd", "Hyde", "Ada Marsh", ADA["Email"], said]])
    for number in (0, 1):
        assert listed(town, number) == set()
        town.sync(day(number))
    row = in_the_list(town)
    assert (row["May we email news?"], row["Do not contact"]) == ("Yes - asked", "")
    assert "held since" not in row["Where each value came from"]

"""An objection belongs to the person: through merges, splits and deleted rows, until it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.agencies.pausing import pause
from engage.agencies.standing import agency_named
from engage.desk import open_desk
from engage.insight.permission import subscriber_of
from engage.linkage.compared import compared_by
from engage.model import Objection
from engage.pipeline import look
from engage.privacy.contacts import contact_list
from engage.recipients import OBJECTS, who_reads
from engage.sharing import HUB
from engage.state import State, decode, encode
from engage.undoing import last_run, undo_run
from engage.worlds import Judge
from tests.agencies.on_paper import Changing
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, SCHEMA, Town, agency_rows, by_heading, row_of

from .planted import Planted, by_name_and_mailbox, contacts, talk

ADA = {
    "First_name": "Ada",
    "Last_name": "Marsh",
    "Employer": "Ember Digital Ltd",
    "Email": "ada@ember.example",
}


def day(number: int):
    return NOW + timedelta(days=number)


def ada(agency: str = "", **cells: str) -> list[str]:
    return row_of("Contacts", Agency=agency, **{**ADA, **cells})


@pytest.fixture
def town(tmp_path):
    return Planted(tmp_path, Contacts=[ada(COUNCIL)], Engagements=[])


def with_college(town: Planted, *rows: list[str]) -> None:
    town.college.delete_tab("Contacts")
    town.college.add_tab("Contacts", contacts(*rows))


def in_the_list(town: Planted) -> dict[str, str]:
    (row,) = [
        r for r in by_heading(town.hub.rows("Contact list (built nightly)")) if r["First name"] == "Ada"
    ]
    return row


def mailable(town: Town, number: int = 0, **options: str) -> set[str]:
    night = look(town.partnership, now=day(number))
    return {row[6] for row in contact_list(night, HUB, **options).rows}


def why_not(town: Planted, number: int = 0) -> set[str]:
    night = look(town.partnership, now=day(number))
    return {why for _, why in contact_list(night, HUB).left_out}


def type_cell(book, tab: str, row: int, heading: str, text: str) -> None:
    book.type(tab, row, book.rows(tab)[0].index(heading) + 1, text)


def test_whoever_says_nothing_against_it_may_be_mailed(town):
    with_college(town)
    assert mailable(town) == {"ada@ember.example"}


def test_an_objection_typed_in_anybodys_notes_holds_at_once_and_is_put_to_its_agency(town):
    with_college(town, ada(Notes="asked us not to contact her again"))
    assert mailable(town) == set()
    town.sync(day(0))
    row = in_the_list(town)
    assert row["Do not contact"] == "All"
    asked = [row["What is wrong"] for row in by_heading(town.college.rows("Problems to fix"))]
    assert any("reads like an objection" in text for text in asked)


def test_an_objection_in_an_engagement_holds_whom_it_names(town):
    with_college(town)
    town.college.delete_tab("Engagements")
    headings = list(SCHEMA.tabs["Engagements"].headings)
    town.college.add_tab(
        "Engagements", [headings, talk("please remove from our list", Contact="Ada Marsh", Agency="")]
    )
    assert mailable(town) == set()
    town.sync(day(0))
    row = in_the_list(town)
    assert row["Do not contact"] == "All"
    assert "Stevenport College: Do not contact" in row["Where each value came from"]


def test_it_stays_when_the_row_that_said_it_is_deleted(town):
    with_college(town, ada(Do_not_contact="Marketing"))
    town.sync(day(0))
    town.college.delete_row("Contacts", 2)
    town.sync(day(1))
    assert mailable(town, 2) == set()
    assert mailable(town, 2, purpose="service") == {"ada@ember.example"}
    assert mailable(town, 60) == set()


def test_an_agency_that_shares_no_people_sees_what_its_own_deleted_row_said(tmp_path):
    share = SCHEMA.tabs["Agencies"].headings.index("Share contact details with partners")
    rows = [
        [*row[:share], "Employer only", *row[share + 1 :]] if COLLEGE in row else row for row in agency_rows()
    ]
    town = Planted(tmp_path, Agencies=rows, Contacts=[ada(COUNCIL)], Engagements=[])
    town.college.delete_tab("Engagements")
    town.college.delete_tab("Firms")
    with_college(town, ada(Do_not_contact="All"))
    town.sync(day(0))
    town.college.delete_row("Contacts", 2)
    town.sync(day(1), allow_deletions=True)
    night = look(town.partnership, now=day(2))
    assert night.worlds[COLLEGE].shared
    facts = night.facts
    said = {name: set(facts[name].people["Do not contact"]) for name in (HUB, COLLEGE, COUNCIL)}
    assert said == {HUB: {""}, COLLEGE: {"All"}, COUNCIL: {""}}


def test_it_stays_though_a_run_is_undone_and_the_row_deleted(town):
    with_college(town, ada(Do_not_contact="All"))
    town.sync(day(0))
    undo_run(last_run(town.partnership.cache), town.books, SCHEMA, town.partnership.cache)
    town.college.delete_row("Contacts", 2)
    town.sync(day(1))
    assert mailable(town, 1) == set()


def test_it_ends_when_the_agency_takes_the_words_back_and_the_history_stays(town):
    with_college(town, ada(Do_not_contact="All"))
    town.sync(day(0))
    type_cell(town.college, "Contacts", 2, "Do not contact", "")
    town.sync(day(1))
    assert mailable(town, 1) == {"ada@ember.example"}
    (known,) = look(town.partnership, now=day(2)).objections.values()
    assert (known.level, known.on, known.lifted, known.agency) == ("All", "2026-11-16", "2026-11-17", COLLEGE)


def test_an_objection_to_an_agency_that_shares_nothing_keeps_them_off_every_list(town):
    with_college(town, ada(Do_not_contact="All"))
    rows = town.hub.rows("Agencies")
    number = next(n for n, row in enumerate(rows, 1) if COLLEGE in row)
    type_cell(town.hub, "Agencies", number, "Share contact details with partners", "No")
    town.sync(day(0))
    assert mailable(town) == set()
    row = in_the_list(town)
    assert row.get("Do not contact", "") == ""  # that somebody objected elsewhere is nobody else's to read


def leaving(folder, leaver: str) -> Changing:
    town = Changing(folder)
    town.partnership = replace(town.partnership, judge=Judge(by_name_and_mailbox, compared_by))
    town.hub.insert_row("Contacts", 2, ["", *ada(COUNCIL)])
    book = town.college if leaver == COLLEGE else town.jobcentre
    book.add_tab("Contacts", contacts(ada(Do_not_contact="All")))
    town.sync(day(0))
    return town


@pytest.mark.parametrize("heading", ["", "Zone"])
def test_it_stays_though_somebody_takes_its_heading_away(town, heading):
    with_college(town, ada(Do_not_contact="All"))
    town.sync(day(0))
    type_cell(town.college, "Contacts", 1, "Do not contact", heading)
    for number in (1, 2):
        town.sync(day(number))
        assert mailable(town, number) == set()


@pytest.mark.slow
@pytest.mark.parametrize("leaver", [COLLEGE, JOBCENTRE])
def test_it_stays_when_the_agency_that_was_told_leaves(tmp_path, leaver):
    town = leaving(tmp_path, leaver)
    town.leave(leaver, day(1))
    for number in (1, 2, 3):
        assert mailable(town, number) == set()
        town.sync(day(number + 1))


@pytest.mark.slow
def test_an_agency_that_comes_back_may_take_it_back(tmp_path):
    town = leaving(tmp_path, COLLEGE)
    town.leave(COLLEGE, day(1))
    town.come_back(COLLEGE, day(2))
    town.sync(day(2))
    assert mailable(town, 2) == set()
    type_cell(town.college, "Contacts", 2, "Do not contact", "")
    town.sync(day(3))
    assert mailable(town, 3) == {"ada@ember.example"}


@pytest.mark.slow
def test_it_holds_on_a_machine_that_has_never_read_the_paused_workbook(tmp_path):
    town = leaving(tmp_path, COLLEGE)
    pause(town.config, agency_named(town.config, "STC"), NOW.date(), withdrawn=False)
    town.reload()
    town.sync(day(1))
    town.partnership.cache.forget("college")
    assert mailable(town, 2) == set()


def test_it_follows_both_halves_of_a_split_until_somebody_says_whose_it_is(town):
    twin = ada(First_name="Ada", Email="a.marsh@ember.example", Do_not_contact="All")
    with_college(town, twin)
    town.sync(day(0))  # one full name at one employer: one person
    type_cell(town.college, "Contacts", 2, "First name", "Adam")
    type_cell(town.college, "Contacts", 2, "Do not contact", "All")
    town.sync(day(1))
    assert mailable(town, 1) == set()
    town.sync(day(2))
    (row,) = [r for r in by_heading(town.hub.rows("Problems to fix")) if "held too" in r["What is wrong"]]
    at = [r[0] for r in town.hub.rows("Problems to fix")].index(row["Problem"]) + 1
    type_cell(town.hub, "Problems to fix", at, "Decision", "Leave as it is")
    for number in (3, 4):
        town.sync(day(number))
    assert mailable(town, 4) == {"ada@ember.example"}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "gets"), [("Ada", False), ("Eve", True)])
def test_a_colleague_who_objects_gets_no_digest_at_an_address_that_only_another_agencys_row_has(
    tmp_path, name, gets
):
    town = Changing(tmp_path, Contacts=[ada(COUNCIL, Do_not_contact="All")], Engagements=[])
    town.share(COLLEGE, "No")
    town.college.add_tab("Contacts", contacts(ada(First_name=name, Email="tom@marlbeck.example")))
    town.sync(day(0))
    reads, refused = who_reads(open_desk(town.partnership, now=day(1)))
    assert [one.email for one in reads] == ["tom@marlbeck.example"] * gets
    assert [one.why for one in refused] == [OBJECTS] * (not gets)


def test_a_question_accepted_writes_the_objection_into_the_other_row(town):
    with_college(
        town, ada(Email="ada@ember.example", Employer="Holt Roofing", Last_name="Stone", Do_not_contact="All")
    )
    town.sync(day(0))
    town.college.delete_row("Contacts", 2)
    for number in (1, 2):
        town.sync(day(number))
    rows = by_heading(town.hub.rows("Problems to fix"))
    (number,) = [n for n, row in enumerate(rows, 2) if "held too" in row["What is wrong"]]
    type_cell(town.hub, "Problems to fix", number, "Decision", "Accept suggestion")
    town.sync(day(3))
    header = town.hub.rows("Contacts")[0]
    assert town.hub.rows("Contacts")[1][header.index("Do not contact")] == "All"


def test_an_employer_that_objects_is_heard_for_all_its_people(town):
    with_college(town)
    town.college.type("Firms", 3, 5, "do not contact them again")
    assert mailable(town) == set()
    assert "asked not to be contacted" in why_not(town)


def test_an_employer_that_objects_to_an_agency_that_shares_nothing_is_heard_too(town):
    with_college(town)
    town.college.type("Firms", 3, 5, "do not contact them again")
    rows = town.hub.rows("Agencies")
    number = next(n for n, row in enumerate(rows, 1) if COLLEGE in row)
    type_cell(town.hub, "Agencies", number, "Share contact details with partners", "No")
    town.sync(day(0))
    assert mailable(town) == set()


def test_an_employer_is_heard_though_its_row_is_deleted(town):
    with_college(town)
    town.college.type("Firms", 3, 5, "do not contact them again")
    town.sync(day(0))
    town.college.delete_row("Firms", 3)
    town.sync(day(1))
    assert mailable(town, 1) == set()


def test_an_employer_of_the_same_name_elsewhere_objects_to_nothing(town):
    with_college(town)
    town.college.type("Firms", 3, 2, "Falmouth")
    town.college.type("Firms", 3, 3, "TR11 3QQ")
    town.college.type("Firms", 3, 5, "do not contact them again")
    town.sync(day(0))
    town.college.delete_row("Firms", 3)
    town.sync(day(1))
    assert mailable(town, 1) == {"ada@ember.example"}


@pytest.mark.parametrize(
    ("employer", "said", "may"),
    [
        ("Ember Digital Ltd", "", True),
        ("Ember Digital", "", False),
        ("Ember Digital", "Yes - existing contact", False),
        ("Ember Digital", "Yes - asked", True),
        ("Ember Digital Ltd", "No", False),
    ],
)
def test_a_private_person_is_mailed_only_after_a_yes(tmp_path, employer, said, may):
    row = ada(COUNCIL, Employer=employer, **{"May_we_email_news?": said})
    town = Planted(tmp_path, Contacts=[row], Engagements=[])
    with_college(town)
    town.college.delete_tab("Firms")
    town.college.add_tab("Firms", [["Company", "Town"], [employer, "Hyde"]])
    town.jobcentre.delete_tab("List")
    town.jobcentre.add_tab("List", [["Employer", "Town"], [employer, "Hyde"]])
    assert bool(mailable(town)) is may


@pytest.mark.parametrize(
    ("cells", "corporate"),
    [
        ({"Company number": "LP012345"}, False),
        ({"Company number": "NL000123"}, False),
        ({"Company number": "SL012345"}, True),
        ({"Company number": "OC312345"}, True),
        ({"Company number": "04512345"}, True),
        ({"Company number": "04512345", "Legal form": "Partnership"}, False),
        ({"Company number": "LP012345", "Legal form": "Limited company"}, True),
    ],
)
def test_a_limited_partnership_has_a_number_and_is_private_persons_all_the_same(cells, corporate):
    assert subscriber_of({"Employer": "Holt", **cells}, "ada@holt.example").corporate is corporate


@pytest.mark.parametrize(
    "addresses", ["ada@gmail.com; ada@ember.example", "ada@ember.example; ada@gmail.com"]
)
def test_a_private_mailbox_beside_a_work_address_is_a_private_persons(tmp_path, addresses):
    town = Planted(tmp_path, Contacts=[ada(COUNCIL, Email=addresses)], Engagements=[])
    with_college(town)
    assert mailable(town) == set()


def test_a_memory_of_an_objection_names_nobody():
    known = Objection(
        "All",
        "2026-11-16",
        COLLEGE,
        "college",
        frozenset({"0123456789ab"}),
        stands_in=frozenset({"Do not contact"}),
    )
    rows = encode(State(objections={"R-AAAAAAA1": known}), "college")
    assert decode(rows, "college").objections == {"R-AAAAAAA1": known}

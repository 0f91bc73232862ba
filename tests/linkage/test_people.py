"""Who is one person: never by an initial, a shared mailbox or a switchboard."""

from __future__ import annotations

import pytest

from engage.linkage.decisions import rows_told
from engage.model import Decision

from .sample import contact, employer, linked, record, together

FIRM = employer("R-E1", "Zarvek Tooling Ltd", Postcode="SK14 1AA")
AT = "Zarvek Tooling Ltd"


def _pair(one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]]) -> bool:
    rows = [contact(f"R-C{n}", name, AT, **values) for n, (name, values) in enumerate((one, other), start=1)]
    return together(linked(FIRM, *rows).person_of, "R-C1#1", "R-C2#1")


MAIL = {"Email": "j.whitlow@zarvek.example"}
MOBILE = {"Mobile": "07700 900111"}
LANDLINE = {"Phone": "0161 496 0107"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Joanne Whitlow", MAIL), ("Jo Whitlow", MAIL)),
        (("Mohammed Whitlow", MOBILE), ("Muhammad Whitlow", MOBILE)),
        (("Whitlow, Joanne", MAIL), ("Mrs Joanne Whitlow", MAIL)),
        (("J Whitlow", MAIL), ("Joanne Whitlow", MAIL)),
        (("Katarzyna Whitlow", MOBILE), ("Kasia Whitlow", MOBILE)),
    ],
)
def test_one_person_by_mailbox_or_mobile(one, other):
    assert _pair(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("J Whitlow", MOBILE), ("Joanne Whitlow", MOBILE)),
        (("Joanne Whitlow", {}), ("Joanne Whitlow", {})),
        (
            ("Joanne Whitlow", {"Email": "info@zarvek.example"}),
            ("J Whitlow", {"Email": "info@zarvek.example"}),
        ),
        (("Joanne Whitlow", MAIL), ("Joanne Whitlow", {"Email": "jo@zarvek.example"})),
        (
            ("Adil Karim", {"Email": "a.karim@zarvek.example"}),
            ("Abdul Karim", {"Email": "a.karim@zarvek.example"}),
        ),
        (("Sandra Hesketh", MOBILE), ("Sandra Begum", MOBILE)),
        (("William G Frost", MAIL), ("William W Frost", MAIL)),
        (("Peter Sands", {"Phone": "0161 496 0001"}), ("Petra Sands", {"Phone": "0161 496 0001"})),
    ],
)
def test_two_people_until_somebody_says_otherwise(one, other):
    assert not _pair(one, other)


def test_a_letter_doubled_in_a_surname_is_a_slip_where_the_employer_and_the_number_are_one():
    assert _pair(("Emma Nowak", LANDLINE), ("Emma Nowwak", LANDLINE))
    assert not _pair(("Emma Nowak", LANDLINE), ("Emma Novak", LANDLINE))


def test_mr_and_mrs_of_nearly_one_name_are_two():
    same = {"Email": "studio@zarvek.example", **MOBILE}
    assert not _pair(("Mrs Christine Hale", same), ("Mr Chris Hale", same))
    own = {"Email": "c.hale@zarvek.example"}
    assert _pair(("Mr Christopher Hale", own), ("Mr Chris Hale", own))


def test_two_names_at_one_mailbox_are_asked_about_if_one_may_be_a_pet_name():
    def asked(one: str, other: str) -> int:
        people = (contact(f"R-{n}", name, "Zarvek Tooling", **MAIL) for n, name in enumerate((one, other), 1))
        return sum(pair.kind == "person" for pair in linked(*people).questions)

    assert asked("Olu Adebayo", "Oyinkan Adebayo") == 1
    assert asked("Tom Ellershaw", "Maggie Ellershaw") == 0  # a couple


def test_a_shared_number_joins_no_namesakes():
    rows = [contact(f"R-C{n}", name, AT, Phone="0161 496 0001") for n, name in enumerate(
        ["David Smith", "Priya Nair", "Colin Webb", "David Smith"], start=1)]  # fmt: skip
    assert not together(linked(FIRM, *rows).person_of, "R-C1#1", "R-C4#1")


def test_an_uncommon_name_in_full_and_the_job_join_two_agencies_rows_but_not_one_agencys():
    other = employer("R-E2", AT, "College", Postcode="SK14 1AA")
    job = {"Job_title": "Works Manager"}
    ours, theirs = (
        contact("R-C1", "Joanne Whitlow", AT, **job),
        contact("R-C2", "Joanne Whitlow", AT, "College", **job),
    )
    assert together(linked(FIRM, other, ours, theirs).person_of, "R-C1#1", "R-C2#1")
    twice = contact("R-C2", "Joanne Whitlow", AT, **job)
    assert not together(linked(FIRM, other, ours, twice).person_of, "R-C1#1", "R-C2#1")


def test_same_person_new_job_joins_a_person_over_two_employers():
    other = employer("R-E2", "Brimlow Bakery", "College", Postcode="OL6 1AA")
    old = contact("R-C1", "Tom Ferrisby", AT, Email="tom@zarvek.example", Mobile="07700 900222")
    new = contact(
        "R-C2", "Tom Ferrisby", "Brimlow Bakery", "College", Email="tf@brimlow.example", Mobile="07700 900222"
    )
    night = linked(FIRM, other, old, new)
    assert [(pair.a, pair.b) for pair in night.questions] == [("R-C1#1", "R-C2#1")]
    answer = Decision("R-C1#1", "R-C2#1", "person", "Same person, new job")
    joined = linked(FIRM, other, old, new, decisions=(answer,))
    assert together(joined.person_of, "R-C1#1", "R-C2#1")
    assert not together(joined.employer_of, "R-C1#0", "R-C2#0")


@pytest.mark.parametrize(
    "name", ["The Manager", "c/o Ledgers", "HR Team", "Reception", "info@zarvek.example", ""]
)
def test_a_job_a_team_or_an_agent_is_nobody(name):
    assert linked(FIRM, contact("R-C1", name, AT)).person_of == {}


def test_two_agencies_answers_on_one_initial_are_each_their_own_and_join_no_two_people():
    rows = (
        contact("R-C1", "Chris Hall", AT, Email="c.hall@zarvek.example"),
        contact("R-C2", "Christopher Hall", AT, Email="christopher@zarvek.example"),
        record("R-V1", "Engagements", "Council", Employer=AT, Contact="C Hall"),
        record("R-V2", "Engagements", "College", Employer=AT, Contact="C Hall"),
    )
    said = (
        Decision("R-C1#1", "R-V1#1", "person", "Same", "2026-05-01T10:00", by="Council"),
        Decision("R-C2#1", "R-V2#1", "person", "Same", "2026-05-02T10:00", by="College"),
    )
    who = linked(FIRM, *rows, decisions=said).person_of
    assert together(who, "R-C1#1", "R-V1#1")
    assert together(who, "R-C2#1", "R-V2#1")
    assert not together(who, "R-C1#1", "R-C2#1")


def test_an_agency_that_changes_its_answer_on_an_initial_has_said_one_thing():
    answers = (
        Decision("R-C1#1", "R-V1#1", "person", "Same", "2026-05-01T10:00", by="Council"),
        Decision("R-C1#1", "R-V1#1", "person", "Different", "2026-05-02T10:00", by="Council"),
        Decision("R-C2#1", "R-V1#1", "person", "Same", "2026-05-02T10:00", by="Council"),
    )
    assert rows_told(answers, "person")["R-V1#1"] == {"R-C2#1"}

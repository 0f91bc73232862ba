"""Seats against plain dictionaries, with employers merged between two runs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.insight.quarters import quarter_of
from engage.insight.seats import CAPABILITY
from engage.insight.weeks import last_complete_week

from .sample import COLLEGE, COUNCIL, TODAY, make_facts

QUARTER = quarter_of(TODAY)
TOP = {"Group": "Board", "Seat": "Largest", "Rule": "Top N by headcount", "Seats": "2"}


def firm(number: int, size: str = "", sector: str = "", **more: str) -> dict[str, str]:
    cells = {"employer_id": f"EMP-{number}", "Employer": f"Firm {number}", "Employees in all": size}
    return {**cells, "Sector": sector, "Agencies": COLLEGE, **more}


def member(number: int, **more: str) -> dict[str, str]:
    cells = {"Group": "Board", "Employer": f"Firm {number}", "employer_id": f"EMP-{number}"}
    return {**cells, "Person": "A. Chair", "Role": "Member", **more}


def board(seats, firms=(), sitting=(), **tables):
    found = {"Group seats": seats, "Group members": sitting, "Groups": [{"Group": "Board"}], **tables}
    return make_facts(found, employers=firms, agencies={"HC": COLLEGE, "Dale BC": COUNCIL})


def rows(facts) -> list[dict[str, object]]:
    return [dict(row) for table in CAPABILITY.tell(facts, QUARTER).tables for row in table.rows]


def test_the_largest_have_a_seat_each_and_an_empty_one_names_its_employer_and_who_could_introduce_it():
    firms = [firm(1, "90"), firm(2, "1,200", **{"Relationship manager": "R. Hale"}), firm(3, "400")]
    first, second = rows(board([TOP], firms, [member(3)]))
    assert (first["Status"], first["Candidates"], first["Whom to ask"]) == (
        "Vacant", f"Firm 2 (1,200 employees; by {COLLEGE})", "R. Hale"
    )  # fmt: skip
    assert (second["Status"], second["Held by"], second["Person"]) == ("Filled", "Firm 3", "A. Chair")


def test_a_headcount_that_nobody_knows_is_said_and_never_nought():
    firms = [firm(1, "90"), *(firm(number) for number in range(2, 7))]
    told = CAPABILITY.tell(board([TOP], firms), QUARTER)
    note = (
        "Headcount not known of 5 employers, among them Firm 2, Firm 3 and Firm 4. "
        "Any of them may belong here."
    )
    assert told.says == f"1 seat in 1 group: 0 filled, 1 vacant. {note}"


def test_a_member_whose_employer_is_not_recognised_yet_may_fill_a_seat_that_seems_vacant():
    lost = {"Group": "Board", "Employer": "Firm Too"}
    (seat, _) = rows(board([TOP], [firm(1, "9"), firm(2, "5")], [lost]))
    assert (seat["Status"], seat["Note"]) == ("Vacant", "May be filled: not recognised yet is Firm Too.")


def test_of_a_range_the_lower_end_counts_and_nobody_is_nobody():
    told = rows(board([TOP], [firm(1, "0-4"), firm(2, "20-49")]))
    assert [(row["Employer ID"], row["Employees"]) for row in told] == [("EMP-2", 20), ("EMP-1", 1)]


def test_headcount_here_stands_in_where_that_of_the_whole_employer_is_not_known():
    firms = [firm(1, "90"), firm(2, "", **{"Employees here": "300"})]
    assert [row["Employer ID"] for row in rows(board([TOP], firms))] == ["EMP-2", "EMP-1"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, "Filled"),
        ({"To": "2026-11-22"}, "Vacant"),
        ({"To": "2026-11-23"}, "Filled"),
        ({"From": "2026-11-24"}, "Vacant"),
        ({"Role": "Observer"}, "Vacant"),
        ({"Group": "Another board"}, "Vacant"),
    ],
)
def test_a_seat_is_held_by_who_sits_there_today_and_not_by_an_observer(more, status):
    seat = {"Group": "Board", "Rule": "Sector", "Which": "Construction", "Seats": "1"}
    facts = board(
        [seat], [firm(1, sector="Construction")], [member(1, **more)], Sectors=[{"Sector": "Construction"}]
    )
    assert [row["Status"] for row in rows(facts)] == [status]


def test_a_sectors_seat_names_those_spoken_to_most_who_do_not_sit_there_yet():
    seat = {"Group": "Board", "Rule": "Sector", "Which": "Construction", "Seats": "2"}
    firms = [firm(number, str(number), "Construction; Retail") for number in (1, 2, 3)]
    talk = {"Date": "2026-11-02", "employer_id": "EMP-1", "Status": "Done", "agency": COLLEGE}
    facts = board([seat], firms, [member(2)], Sectors=[{"Sector": "Construction"}], Engagements=[talk])
    filled, vacant = rows(facts)
    assert filled["Held by"] == "Firm 2"
    assert vacant["Candidates"] == f"Firm 1 (1 employee; by {COLLEGE}); Firm 3 (3 employees; by {COLLEGE})"


def test_an_employer_is_of_a_sector_by_its_sic_code_too():
    seat = {"Group": "Board", "Rule": "Sector", "Which": "Construction", "Seats": "2"}
    firms = [firm(number, "5", **{"SIC code": "41201"}) for number in (1, 2)]
    facts = board([seat], firms, [member(1)], Sectors=[{"Sector": "Construction", "SIC prefixes": "41"}])
    filled, vacant = rows(facts)
    assert (filled["Held by"], vacant["Candidates"]) == ("Firm 1", f"Firm 2 (5 employees; by {COLLEGE})")


def test_without_a_name_in_which_every_sector_and_every_agency_has_its_seat():
    seats = [{"Group": "Board", "Rule": rule, "Seats": "1"} for rule in ("Sector", "Agency")]
    agencies = [
        {"Agency": COLLEGE, "Lead person": "Ruth Hale"},
        {"Agency": COUNCIL, "Lead person": "Tom Ash"},
    ]
    sitting = [{"Group": "Board", "Employer": "Dale BC", "Person": "Tom Ash"}]
    found = rows(board(seats, [], sitting, Sectors=[{"Sector": "Retail"}], Agencies=agencies))
    assert [(row["Place"], row["Status"]) for row in found] == [
        ("Retail", "Vacant"), (COLLEGE, "Vacant"), (COUNCIL, "Filled"),
    ]  # fmt: skip
    assert found[1]["Whom to ask"] == "Ruth Hale"


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"Rule": ""}, "Say in Rule"),
        ({"Seats": ""}, "Say in Seats"),
        ({"Rule": "Sector", "Which": "Buldings"}, "“Buldings” is no sector"),
        ({"Rule": "Agency", "Which": "Nobody"}, "“Nobody” is no agency"),
        ({"Group": "Bored"}, "“Bored” is no group"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_a_row_to_mend(cells, wrong):
    (found,) = CAPABILITY.tell(board([{**TOP, **cells}]), QUARTER).problems
    assert found.wrong.startswith(wrong)


def test_who_joined_and_who_left_is_news():
    week = last_complete_week(TODAY)
    sitting = [member(1, From="2026-11-18"), member(2, To="2026-11-19"), member(3, From="2026-11-25")]
    facts = board([TOP], [firm(1, "5")], sitting)
    assert [one.text for one in CAPABILITY.tell(facts, week).news] == [
        "Firm 1 joined Board.",
        "Firm 2 left Board.",
    ]


FIRMS = st.lists(
    st.tuples(st.sampled_from(["", "5", "40", "40", "900"]), st.booleans()), min_size=2, max_size=7
)


@settings(max_examples=30, deadline=None)
@given(FIRMS, st.integers(1, 4))
def test_the_largest_are_those_of_a_plain_sort_before_and_after_a_merge_and_a_split(found, seats):
    """The merge: the last employer is found to be the first, which keeps the larger headcount. The split: the
    first turns out to be two, and who sits there speaks for the new one."""
    for night in ("before", "merged", "split"):
        known = dict(enumerate(found))
        if night == "split":
            known[0], known[len(found)] = (known[0][0], False), ("41", known[0][1])
        if night == "merged":
            size, sits = known.pop(len(found) - 1)
            kept, sat = known[0]
            known[0] = max(size, kept, key=lambda text: int(text or -1)), sits or sat
        firms = [firm(number, size) for number, (size, _) in known.items()]
        sitting = [member(number) for number, (_, sits) in known.items() if sits]
        facts = board([{**TOP, "Seats": str(seats)}], firms, sitting)
        order = sorted((-int(size), number) for number, (size, _) in known.items() if size)[:seats]
        expected = [(f"EMP-{number}", "Filled" if known[number][1] else "Vacant") for _, number in order]
        assert [(row["Employer ID"], row["Status"]) for row in rows(facts)] == expected

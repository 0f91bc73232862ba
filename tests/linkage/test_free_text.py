"""Names typed outside the Employers tab: resolved when plain, asked when doubtful, never guessed."""

from __future__ import annotations

import pytest

from engage.model import Decision

from .sample import contact, employer, linked, record, together

ACME = employer("R-E1", "Zarvek Tooling Ltd", "Council", Postcode="SK14 1AA", Website="www.zarvek.example")


def _engagement(record_id: str, name: str, agency: str = "Council", **values: str):
    return record(record_id, "Engagements", agency, Employer=name, **values)


def test_the_name_that_the_agency_lists_is_that_employer():
    night = linked(ACME, _engagement("R-N1", "zarvek tooling LIMITED"))
    assert together(night.employer_of, "R-E1#0", "R-N1#0")
    assert night.questions == ()


def test_a_distinct_name_that_only_one_employer_has_is_it_for_every_agency():
    night = linked(ACME, _engagement("R-N1", "Zarvek Tooling", "College"))
    assert together(night.employer_of, "R-E1#0", "R-N1#0")


def test_a_common_name_of_another_agencys_list_is_asked_about():
    cafe = employer("R-E1", "The Bridge Cafe", "Council", Postcode="SK14 1AA")
    night = linked(cafe, _engagement("R-N1", "Bridge Cafe", "College"))
    assert "R-N1#0" not in night.employer_of
    assert [(pair.a, pair.b) for pair in night.questions] == [("R-E1#0", "R-N1#0")]


def test_a_short_form_is_asked_about_once_for_all_rows_that_have_it():
    rows = [_engagement(f"R-N{n}", "Zarvek") for n in range(4)]
    night = linked(ACME, *rows)
    assert [pair.kind for pair in night.questions] == ["employer"]
    asked = night.questions[0]
    answer = Decision(asked.a, asked.b, "employer", "Same")
    later = linked(ACME, *rows, _engagement("R-N0a", "Zarvek"), decisions=(answer,))
    assert together(later.employer_of, "R-E1#0", "R-N0#0", "R-N3#0", "R-N0a#0")
    assert later.questions == ()


def test_a_name_ruled_out_by_a_person_is_an_employer_of_its_own():
    answer = Decision("R-E1#0", "R-N1#0", "employer", "Different")
    night = linked(ACME, _engagement("R-N1", "Zarvek"), decisions=(answer,))
    assert night.employer_of["R-N1#0"] != night.employer_of["R-E1#0"]
    assert night.questions == ()


def test_a_name_that_fits_two_employers_is_not_guessed():
    other = employer("R-E2", "Zarvek Tooling Ltd", "Council", Postcode="OL6 1AA", Company_number="01234567")
    night = linked(ACME, other, _engagement("R-N1", "Zarvek Tooling Ltd"))
    assert "R-N1#0" not in night.employer_of
    assert [pair for pair in night.questions if "R-N1#0" in (pair.a, pair.b)]


def test_an_agency_that_lists_two_namesakes_is_asked_which_one_a_text_means():
    other = employer("R-E2", "ZARVEK TOOLING", "Council", Postcode="OL6 1AA", Website="www.zarvek-ol.example")
    night = linked(ACME, other, _engagement("R-N1", "Zarvek Tooling Ltd"))
    assert "R-N1#0" not in night.employer_of
    assert [pair for pair in night.questions if "R-N1#0" in (pair.a, pair.b)]


def test_a_contacts_domain_says_which_of_two_employers_of_one_name_is_meant():
    other = employer(
        "R-E2", "Zarvek Tooling Ltd", "Council", Postcode="OL6 1AA", Website="www.tooling-ol.example"
    )
    row = contact("R-C1", "Ann Lee", "Zarvek Tooling Ltd", Email="ann.lee@tooling-ol.example")
    night = linked(ACME, other, row)
    assert together(night.employer_of, "R-E2#0", "R-C1#0")


def test_a_contact_of_a_namesake_lends_its_domain_to_no_other_row():
    cafe = employer("R-E2", "Zarvek Cafe", Town="Hyde", Phone="0161 496 0001")
    firm = employer(
        "R-E3", "Zarvek Cafe Ltd", Town="Luton", Postcode="SG1 1AA", Website="zarvek-cafe.example"
    )
    same = employer(
        "R-E4", "Zarvek Cafe Ltd", "College", Postcode="SG1 1AA", Email="info@zarvek-cafe.example"
    )
    row = contact("R-C1", "Ann Lee", "Zarvek Cafe", Email="ann.lee@zarvek-cafe.example")
    night = linked(cafe, firm, same, row)
    assert together(night.employer_of, "R-E3#0", "R-E4#0", "R-C1#0")
    assert night.employer_of["R-E2#0"] != night.employer_of["R-E3#0"]


def test_an_employer_that_nobody_lists_is_somebody_new_and_has_no_site():
    night = linked(ACME, _engagement("R-N1", "Oddfell Travel"), _engagement("R-N2", "Oddfell Travel"))
    assert together(night.employer_of, "R-N1#0", "R-N2#0")
    assert night.employer_of["R-N1#0"] != night.employer_of["R-E1#0"]
    assert "R-N1#0" not in night.site_of


def test_two_agencies_that_name_the_same_unlisted_employer_are_asked_and_joined_by_same():
    rows = [_engagement("R-N1", "Oddfell Travel"), _engagement("R-N2", "Oddfell Travel", "College")]
    night = linked(*rows)
    assert [(pair.a, pair.b) for pair in night.questions] == [("R-N1#0", "R-N2#0")]
    joined = linked(*rows, decisions=(Decision("R-N1#0", "R-N2#0", "employer", "Same"),))
    assert together(joined.employer_of, "R-N1#0", "R-N2#0")


def test_a_person_named_in_full_is_the_one_person_of_that_name_there():
    ann = contact("R-C1", "Annabel Leeming", "Zarvek Tooling Ltd", Email="a.leeming@zarvek.example")
    night = linked(ACME, ann, _engagement("R-N1", "Zarvek Tooling Ltd", Contact="Annabel Leeming"))
    assert together(night.person_of, "R-C1#1", "R-N1#1")


def test_an_initial_or_a_first_name_is_asked_about():
    ann = contact("R-C1", "Annabel Leeming", "Zarvek Tooling Ltd")
    night = linked(ACME, ann, _engagement("R-N1", "Zarvek Tooling Ltd", Contact="A Leeming"),
                   _engagement("R-N2", "Zarvek Tooling Ltd", Contact="Annabel"))  # fmt: skip
    assert not {"R-N1#1", "R-N2#1"} & set(night.person_of)
    assert {(pair.a, pair.b) for pair in night.questions} == {("R-C1#1", "R-N1#1"), ("R-C1#1", "R-N2#1")}


def test_a_mailbox_says_who_an_attendee_is():
    ann = contact("R-C1", "Annabel Leeming", "Zarvek Tooling Ltd", Email="a.leeming@zarvek.example")
    row = record("R-A1", "Attendance", "College", Person="A Leeming", Email="A.Leeming@zarvek.example",
                 Employer="Zarvek Tooling Ltd")  # fmt: skip
    assert together(linked(ACME, ann, row).person_of, "R-C1#1", "R-A1#1")


def test_two_people_of_one_name_at_one_employer_are_asked_about():
    rows = [
        contact("R-C1", "David Smith", "Zarvek Tooling Ltd", Email="david.smith@zarvek.example"),
        contact("R-C2", "David Smith", "Zarvek Tooling Ltd", Email="david.smith2@zarvek.example"),
    ]
    night = linked(ACME, *rows, _engagement("R-N1", "Zarvek Tooling Ltd", Contact="David Smith"))
    assert not together(night.person_of, "R-C1#1", "R-C2#1")
    assert "R-N1#1" not in night.person_of


# --- branches and slips in an agency's own words --------------------------------------------------------


def test_an_agencys_own_slip_in_a_name_that_it_lists_is_seen_through():
    night = linked(
        ACME, _engagement("R-N1", "Zarvek Toolling"), _engagement("R-N2", "Zarvek Toolling", "College")
    )
    assert together(night.employer_of, "R-E1#0", "R-N1#0")
    assert not together(night.employer_of, "R-E1#0", "R-N2#0")


def test_a_text_that_names_a_branch_means_the_row_in_that_town_and_never_one_elsewhere():
    hyde = employer("R-E2", "Golden Plaice", Town="Hyde", Phone="0161 496 0001")
    luton = employer("R-E3", "Golden Plaice (Luton)", Town="Luton", Phone="0161 496 0002")
    night = linked(
        hyde, luton, _engagement("R-N1", "Golden Plaice - Hyde"), _engagement("R-N2", "Golden Plaice, Leeds")
    )
    assert together(night.employer_of, "R-E2#0", "R-N1#0")
    assert not together(night.employer_of, "R-E3#0", "R-N2#0")
    assert not [pair for pair in night.questions if {pair.a, pair.b} == {"R-E3#0", "R-N2#0"}]


def test_a_contact_of_one_branch_lends_nothing_to_another_with_the_brands_domain():
    luton = employer("R-E2", "Golden Plaice (Luton)", Town="Luton", Website="golden-plaice.example")
    hyde = employer("R-E3", "Golden Plaice Ltd", Town="Hyde")
    works = contact("R-C1", "Ann Lee", "Golden Plaice Ltd", Email="ann.lee@golden-plaice.example")
    other = employer(
        "R-E4", "Golden Plaice", "College", Postcode="SK14 1AA", Email="ann.lee@golden-plaice.example"
    )
    night = linked(luton, hyde, works, other)
    assert together(night.employer_of, "R-E3#0", "R-C1#0")
    assert not together(night.employer_of, "R-E2#0", "R-E4#0")


def test_two_contacts_of_two_namesakes_that_an_agency_lists_are_told_apart():
    one = employer("R-E1", "Bridge Cafe", Town="Hyde", Phone="0161 496 0001")
    two = employer("R-E2", "Bridge Cafe", Town="Luton", Phone="0161 496 0002")
    here = contact("R-C1", "Ann Lee", "Bridge Cafe", Phone="0161 496 0001")
    there = contact("R-C2", "Bob Day", "Bridge Cafe", Phone="0161 496 0002")
    night = linked(one, two, here, there)
    assert together(night.employer_of, "R-E1#0", "R-C1#0")
    assert together(night.employer_of, "R-E2#0", "R-C2#0")


def test_a_first_letter_that_an_agency_lost_is_a_slip_in_the_name_that_it_lists():
    row = employer("R-E1", "Zarvek Carpentry Solicitors", "Council")
    typed = ("Zarvek Carpentry olicitors", "Zarvek Carpentry oSlicitors")
    night = linked(row, *(_engagement(f"R-N{n}", name) for n, name in enumerate(typed)))
    assert together(night.employer_of, "R-E1#0", "R-N0#0", "R-N1#0")


def test_a_bracket_with_the_town_of_a_row_is_that_branch_though_no_map_has_it():
    here = employer("R-E1", "Golden Plaice (Wexmoor)", Town="Wexmoor", Phone="0161 496 0001")
    there = employer("R-E2", "Golden Plaice (Torbeck)", Town="Torbeck", Phone="0161 496 0002")
    night = linked(
        here,
        there,
        _engagement("R-N1", "Golden Plaice (Torbeck)"),
        _engagement("R-N2", "GoldenPlaice (Wexmoor)"),
    )
    assert together(night.employer_of, "R-E2#0", "R-N1#0")
    assert together(night.employer_of, "R-E1#0", "R-N2#0")
    assert not night.questions


def test_somebody_who_works_at_one_of_two_namesakes_says_which_is_meant():
    one = employer("R-E1", "Bridge Cafe", Town="Hyde", Phone="0161 496 0001", Contact_name="Ann Leeming")
    two = employer("R-E2", "Bridge Cafe", Town="Luton", Phone="0161 496 0002", Contact_name="Bob Day")
    said = _engagement("R-N1", "Bridge Cafe", Contact="Ann Leeming")
    night = linked(one, two, said, _engagement("R-N2", "Bridge Cafe"))
    assert together(night.employer_of, "R-E1#0", "R-N1#0")
    assert "R-N2#0" not in night.employer_of
    both = employer("R-E2", "Bridge Cafe", Town="Luton", Phone="0161 496 0002", Contact_name="Ann Leeming")
    assert "R-N1#0" not in linked(one, both, said).employer_of


def test_a_phone_of_one_of_two_namesakes_says_which_is_meant():
    one = employer("R-E1", "Bridge Cafe", Town="Hyde", Phone="0161 496 0001")
    two = employer("R-E2", "Bridge Cafe", Town="Luton", Phone="0161 496 0002")
    said = contact("R-C1", "Ann Leeming", "Bridge Cafe", "College", Phone="0161 496 0002")
    assert together(linked(one, two, said).employer_of, "R-E2#0", "R-C1#0")


@pytest.mark.parametrize(("typed", "one"), [("Dell Joinery", False), ("Bell Joimery", True)])
def test_a_phone_makes_no_slip_of_another_word(typed, one):
    row = employer("R-E1", "Bell Joinery", Town="Hyde", Postcode="SK14 1QQ", Phone="0161 496 0001")
    night = linked(row, contact("R-C1", "Ann Leeming", typed, "College", Phone="0161 496 0001"))
    assert ("R-C1#0" in night.employer_of) == one
    assert len(night.questions) == (not one)


def test_a_web_domain_that_differs_in_the_letter_of_the_name_is_another_firms():
    one = employer("R-E1", "Larkside Timber Merchants", Town="Hyde", Website="larkside.example")
    two = employer("R-E2", "Larksiide Timber Merchants", Town="Luton")  # typed so
    works = contact("R-C1", "Ann Lee", "Larksides Timber Merchants", Email="ann.lee@larksides.example")
    other = linked(
        one, two, contact("R-C1", "Ann Lee", "Larksidde Timber Merchants", Email="ann.lee@larksidde.example")
    )
    assert not together(other.employer_of, "R-E1#0", "R-C1#0")
    assert not together(linked(one, works).employer_of, "R-E1#0", "R-C1#0")


@pytest.mark.parametrize(("domain", "one"), [("larkssidetimber", True), ("larkside-timberr", False)])
def test_a_slip_in_the_web_domain_and_another_in_the_name_are_two_slips_of_one_firm(domain, one):
    firm = employer("R-E1", "Larkside Timber Merchants", Town="Hyde", Website="larksidetimber.example")
    boss = contact("R-C1", "Ann Lee", "Larkside Timber Merchants", Email="ann.lee@larksidetimber.example")
    text = contact("R-C2", "Ann Lee", "Larkside Timberr Merchants", Email=f"ann.lee@{domain}.example")
    assert together(linked(firm, boss, text).employer_of, "R-E1#0", "R-C2#0") == one


def test_what_one_typing_means_the_same_name_of_that_agency_means_elsewhere():
    one = employer("R-E1", "Larkside Timber Merchants", Town="Hyde", Website="larkside.example")
    two = employer("R-E2", "Larkssides Timber Merchants", Town="Luton")
    works = contact(
        "R-C1", "Ann Leeming", "Larksides Timber Merchants", Email="ann.leeming@larksides.example"
    )
    night = linked(one, two, works, _engagement("R-N1", "Larksides Timber Merchants Ltd"))
    assert together(night.employer_of, "R-E2#0", "R-C1#0", "R-N1#0")
    alone = linked(one, two, _engagement("R-N1", "Larksides Timber Merchants Ltd"))
    assert "R-N1#0" not in alone.employer_of


def test_a_branch_that_a_typing_names_is_not_the_namesake_that_the_agency_deals_with_elsewhere():
    one = employer("R-E1", "Acorn Care", Town="Hyde", Postcode="SK14 1QQ", Website="acorn.example")
    two = employer("R-E2", "Acorn Care", "Chamber", Town="Luton", Postcode="LU1 2AB", Website="care.example")
    works = contact("R-C1", "Jo Bell", "Acorn Care", "College", Email="jo.bell@acorn.example")
    there = _engagement("R-N1", "Acorn Care (Luton)", "College")
    night = linked(one, two, works, there, _engagement("R-N2", "Acorn Care", "College"))
    assert together(night.employer_of, "R-E1#0", "R-C1#0", "R-N2#0")
    assert "R-N1#0" not in night.employer_of


def test_an_initial_at_one_employer_is_asked_about_once_for_all_agencies_unless_it_fits_two():
    ann = contact("R-C1", "Annabel Leeming", "Zarvek Tooling Ltd", "Council")
    texts = [
        _engagement("R-N1", "Zarvek Tooling Ltd", "Council", Contact="A Leeming"),
        _engagement("R-N2", "Zarvek Tooling", "College", Contact="A. Leeming"),
    ]
    night = linked(ACME, ann, *texts)
    assert [(pair.a, pair.b) for pair in night.questions] == [("R-C1#1", "R-N1#1")]
    answer = Decision("R-C1#1", "R-N2#1", "person", "Same")
    assert together(linked(ACME, ann, *texts, decisions=(answer,)).person_of, "R-C1#1", "R-N1#1", "R-N2#1")
    abel = contact("R-C2", "Abel Leeming", "Zarvek Tooling Ltd", "College")
    assert len({pair.b for pair in linked(ACME, ann, abel, *texts).questions if pair.kind == "person"}) > 1

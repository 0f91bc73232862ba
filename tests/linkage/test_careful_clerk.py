"""What a careful clerk would sign, and what not: people, places and names as witnesses for an employer."""

from __future__ import annotations

import pytest

from engage.linkage.explain import said_of_names
from engage.linkage.mentions import all_mentions
from engage.linkage.normalise.organisations import OrganisationName, read_name
from engage.linkage.normalise.words import organisation_words
from engage.linkage.short_forms import near
from engage.linkage.told import SAME_PEOPLE
from engage.model import Record

from .sample import contact, employer, linked, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"
HERE, THERE = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Luton", "Postcode": "LU1 2AB"}


def are_one(*records: Record) -> bool:
    return together(linked(*records).employer_of, "R-1#0", "R-2#0")


def asked(*records: Record) -> int:
    return len(linked(*records).questions)


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "grade"),
    [("services", 1), ("hyde", 2), ("smith", 2), ("acorn", 3), ("naylors", 3), ("mary", 3), ("zarvek", 4)],
)
def test_a_word_that_everybody_knows_is_not_rare(word, grade):
    assert organisation_words().rarity(word) == grade


@pytest.mark.parametrize("typed", ["TBC", "see notes", "Test employer", "unknown", "self employed", "xxx"])
def test_what_names_nobody_is_never_linked(typed):
    assert read_name(typed).nobody
    rows = (employer("R-1", typed, Town="Hyde"), employer("R-2", typed, "College", Town="Hyde"))
    assert not are_one(*rows)
    assert not asked(*rows)


@pytest.mark.parametrize("typed", ["New Company Designs", "First Call Recruitment", "Notes & Co", "Bell"])
def test_a_name_with_a_word_of_its_own_is_somebodys(typed):
    assert not read_name(typed).nobody


@pytest.mark.parametrize(
    ("typed", "branch"),
    [
        ("Delta Signs Wigan", {"wigan"}),
        ("Bank of Wigan", set()),
        ("Royal Oldham", set()),
        ("Wigan Signs", set()),
    ],
)
def test_a_town_at_the_end_of_a_name_is_a_branch_unless_the_name_needs_it(typed, branch):
    assert read_name(typed).branch == branch


# --- one owner of a name ------------------------------------------------------------------------------


def test_two_agencies_one_name_one_town_is_one_employer_and_a_namesake_elsewhere_another():
    rows = (employer("R-1", "Ogden & Sons Cleaning", Town="Hyde"),
            employer("R-2", "Ogden and Sons Cleaning Ltd", "College", Town="Hyde"))  # fmt: skip
    assert are_one(*rows)
    three = linked(*rows, employer("R-3", "Ogden & Sons Cleaning", "Chamber", **THERE)).employer_of
    assert together(three, "R-1#0", "R-2#0")
    assert not together(three, "R-1#0", "R-3#0")
    assert not are_one(rows[0], employer("R-2", "Ogden & Sons Cleaning", Town="Hyde"))  # one agency, twice


def test_a_name_of_the_town_and_its_trade_is_nobodys_own():
    assert not are_one(
        employer("R-1", "Hyde Cleaning Services", Town="Hyde"),
        employer("R-2", "Hyde Cleaning Services", "College", Town="Hyde"),
    )


def test_two_streets_with_nothing_in_common_are_two_owners_of_a_name():
    rows = (employer("R-1", "Zarvek Tooling", Town="Hyde"),
            employer("R-2", "Zarvek Tooling", "College", **HERE))  # fmt: skip
    assert are_one(*rows)
    assert not are_one(*rows, employer("R-3", "Zarvek Tooling", "Chamber", Town="Hyde", Postcode="SK14 5DD"))


# --- people and agents as witnesses -------------------------------------------------------------------


def _with_contact(number: int, agency: str, place: dict[str, str], who: str) -> tuple[Record, Record]:
    name = "Acorn Catering"
    return employer(f"R-{number}", name, agency, **place), contact(f"R-C{number}", who, name, agency)


@pytest.mark.parametrize(("who", "one"), [("Jo Whitlow", True), ("J Whitlow", False), ("Ann Frost", False)])
def test_one_person_at_both_places_makes_them_one_employers(who, one):
    rows = *_with_contact(1, "Council", HERE, "Joanne Whitlow"), *_with_contact(2, "College", THERE, who)
    assert are_one(*rows) == one


def test_one_agent_for_one_name_is_one_employer_and_for_two_names_two():
    first, second = (
        {"Contact_name": "c/o Ledgerpoint", "Phone": LINE},
        {"Contact_name": "c/o Ledgerpoint", "Town": "Hyde"},
    )
    assert are_one(
        employer("R-1", "Acorn Catering", **first), employer("R-2", "Acorn Catering Ltd", **second)
    )
    assert not are_one(employer("R-1", "Acorn Catering", **first), employer("R-2", "Beech Joinery", **second))


# --- names that are alike -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("with_them", "one"),
    [
        ({**HERE, "Phone": LINE}, True),
        ({"Phone": LINE, "Website": "mossleyhospital.example"}, True),
        (HERE, False),
    ],
)
def test_initials_need_two_witnesses(with_them, one):
    rows = (employer("R-1", "Mossley Community Hospital", **with_them), employer("R-2", "MCH", **with_them))
    assert are_one(*rows) == one
    assert asked(*rows) == (not one)


def test_the_fathers_firm_and_the_sons_are_asked_about():
    same = {**HERE, "Phone": LINE}
    rows = (employer("R-1", "Webb & Sons Motors", **same), employer("R-2", "Webb Motors", **same))
    assert not are_one(*rows)
    assert asked(*rows) == 1


def test_a_name_that_its_domain_spells_in_full_was_cut_off():
    same = {"Phone": LINE, "Website": "derbyvehiclehire.example"}
    assert are_one(employer("R-1", "Derby Vehicle Hire", **same), employer("R-2", "Derby Vehicle", **same))
    same["Website"] = "derbyvehicle.example"
    assert not are_one(
        employer("R-1", "Derby Vehicle Hire", **same), employer("R-2", "Derby Vehicle", **same)
    )


def test_two_branches_of_a_brand_are_asked_about_only_if_somebody_answers_for_both():
    web = {"Website": "goldenplaice.example"}
    one = employer("R-1", "Golden Plaice (Hyde)", **web)
    assert not asked(one, employer("R-2", "Golden Plaice - Luton", **web))
    with_line = employer("R-1", "Golden Plaice (Hyde)", Phone=LINE, **web)
    assert asked(with_line, employer("R-2", "Golden Plaice - Luton", Phone=LINE, **web)) == 1


def test_a_branch_with_the_firms_own_phone_is_the_firms():
    web = {"Website": "zarvek.example", "Phone": LINE}
    assert are_one(
        employer("R-1", "Zarvek Tooling - Luton", **web), employer("R-2", "Zarvek Tooling", **HERE, **web)
    )


def test_a_brands_web_alone_does_not_join_two_places_of_a_name_that_has_branches():
    web = {"Website": "goldenplaice.example"}
    night = linked(
        employer("R-1", "Golden Plaice", Town="Hyde", Phone=LINE, **web),
        employer("R-2", "Golden Plaice", "College", Phone=OTHER_LINE, **web),
        employer("R-3", "Golden Plaice - Luton", "Chamber", Town="Luton", Phone=OTHER_LINE, **web),
    )
    assert not together(night.employer_of, "R-1#0", "R-2#0")


def test_the_group_of_a_longer_name_is_another_body_though_one_person_works_for_both():
    here = {**HERE, "Website": "hydefoods.example", "Contact name": "Julie Nairn"}
    assert not are_one(
        employer("R-1", "Hyde Food Group Supplies", **here), employer("R-2", "Hyde Group", **here)
    )


@pytest.mark.parametrize(("other", "one"), [("Bayer", False), ("Bay sro", True)])
def test_the_name_of_their_house_makes_no_one_firm_of_two_names_that_begin_alike(other, one):
    """As a legal form that nobody here knows does, behind one phone."""
    rows = (employer("R-1", "Bay (Globe Park)", Phone=LINE, **HERE),
            employer("R-2", f"{other} (Globe Park)", "College", Phone=LINE, **HERE))  # fmt: skip
    assert are_one(*rows) == one
    assert one or asked(*rows) == 1


def test_two_rows_that_give_the_same_two_names_are_one_firm_at_one_place():
    rows = (
        employer("R-1", "Zarvek Care t/a Ivy House", Website="zarvek.example", **HERE),
        employer("R-2", "Ivy House (Zarvek Care)", "College", Website="zarvek.example", **HERE),
    )
    assert are_one(*rows)


# --- numbers ------------------------------------------------------------------------------------------


def test_numbers_one_digit_apart_are_asked_about_and_leave_the_other_rows_in_peace():
    same = {**HERE, "Website": "zarvek.example"}
    night = linked(
        employer("R-1", "Zarvek Tooling", Company_number="01234567", **same),
        employer("R-2", "Zarvek Tooling", "College", Company_number="01234568", **same),
        employer("R-3", "Zarvek Tooling", "Chamber", **same),
    )
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert len(set(night.employer_of.values())) == 2
    assert len(night.questions) == 1


def test_a_number_in_words_and_in_figures_is_one_number_and_two_numbers_are_two():
    for other, one in (("2020 Vision", True), ("2021 Vision", False)):
        rows = (employer("R-1", "Twenty Twenty Vision Ltd", Phone=LINE, **HERE),
                employer("R-2", other, "College", Phone=LINE, **HERE))  # fmt: skip
        assert are_one(*rows) is one


# --- people -------------------------------------------------------------------------------------------


def _same_person(one: dict[str, str], other: dict[str, str], *names: str, agency: str = "College") -> bool:
    firms = (employer("R-E1", "Zarvek Tooling", **HERE), employer("R-E2", "Zarvek Tooling", agency, **HERE))
    people = (
        contact("R-1", names[0], "Zarvek Tooling", **one),
        contact("R-2", names[-1], "Zarvek Tooling", agency, **other),
    )
    return together(linked(*firms, *people).person_of, "R-1#1", "R-2#1")


def test_one_uncommon_name_in_full_from_two_agencies_is_one_person_at_one_employer():
    assert _same_person({}, {}, "Joanne Whitlow")
    assert not _same_person({}, {}, "Joanne Whitlow", agency="Council")
    assert not _same_person({}, {}, "J Whitlow", "Joanne Whitlow")


def test_a_usual_surname_needs_the_number_or_the_job_too():
    job = {"Job_title": "Works Manager"}
    assert not _same_person({}, {}, "Joanne Smith")
    assert _same_person(job, job, "Joanne Smith")
    assert not _same_person(job, {"Job_title": "Director"}, "Joanne Smith")


def test_a_form_of_the_first_name_needs_the_number_too():
    assert not _same_person({}, {}, "Joanne Whitlow", "Jo Whitlow")
    assert _same_person({"Phone": LINE}, {"Phone": LINE}, "Joanne Whitlow", "Jo Whitlow")


def test_a_slip_in_a_long_surname_is_seen_through_with_the_number_at_one_employer():
    line = {"Phone": LINE}
    assert _same_person(line, line, "Joanne Whitlow", "Joanne Whitllow")
    assert not _same_person(line, line, "Joanne Whitlow", "Joanne Whitmore")
    assert not _same_person({}, {}, "Joanne Whitlow", "Joanne Whitllow")


@pytest.mark.parametrize(("one", "other"), [("Johnson", "Johnston"), ("Thompson", "Thomson")])
def test_two_surnames_that_people_have_are_no_slip_of_one_behind_one_phone(one, other):
    line = {"Phone": LINE}
    assert not _same_person(line, line, f"Joanne {one}", f"Joanne {other}")
    assert _same_person(line, line, f"Joanne {one}")


def test_a_mobile_and_a_landline_do_not_speak_for_two_people():
    assert _same_person({"Mobile": "07700 900123"}, {"Phone": LINE}, "Joanne Whitlow")
    assert not _same_person({"Phone": OTHER_LINE}, {"Phone": LINE}, "Joanne Whitlow")
    job = {"Job_title": "Works Manager"}
    assert _same_person({"Phone": OTHER_LINE, **job}, {"Phone": LINE, **job}, "Joanne Whitlow")


def test_father_and_son_of_one_name_are_two_and_junior_may_be_a_first_name():
    home = {"Phone": LINE, "Address": "4 Dock St", "Town": "Hyde"}
    assert not _same_person(home, home, "James Whitlow Snr", "James Whitlow Jnr.")
    assert not _same_person(home, home, "James Whitlow", "James Whitlow Jr")
    assert _same_person(home, home, "Junior Whitlow")


@pytest.mark.parametrize(
    ("jobs", "shared", "one"),
    [
        (("Owner", "Son"), {"Email": "tranters@mail.example"}, False),
        (("Partner", "Manager"), {"Phone": LINE, "Email": "office@tranter.example"}, False),
        (("Partner", "Manager"), {"Email": "w.tranter@tranter.example"}, True),
        (("Partner", "Manager"), {"Mobile": "07700 900123"}, True),
        (("HR", "HR Manager"), {"Email": "tranters@mail.example"}, True),
    ],
)
def test_two_first_names_and_two_jobs_behind_what_a_family_shares_are_asked_about(jobs, shared, one):
    people = zip(("William Tranter", "Billy Tranter"), jobs, strict=True)
    rows = [
        employer(f"R-{at}", "Tranter & Son", "", Contact_name=who, Job_title=job, **shared)
        for at, (who, job) in enumerate(people, 1)
    ]
    assert together(linked(*rows).person_of, "R-1#1", "R-2#1") == one


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Green Line Logistics", "Greenline Logistics (UK) Ltd", "names differ only by spaces"),
        ("Zarvek Ltd", "Zarvek", "names differ only by Ltd"),
        ("The Bridge Cafe", "Bridge Café Ltd", "names differ only by The / Ltd"),
        ("Karim & Sons", "KARIM AND SONS", "same name"),
        ("Zarvek Electrical Contractors Ltd", "Zarvek Elec Contrs", "same name, written in two ways"),
    ],
)
def test_what_two_typings_of_one_name_differ_by_is_said_in_few_words(one, other, said):
    assert said_of_names(one, other) == said


def test_one_person_spelled_in_two_ways_is_not_two_who_work_at_both():
    one, other = ("Joanne Whitlow & Jo Whitlow", "Joanne Whitlow & Ann Frost")
    assert SAME_PEOPLE not in _said_of(one)
    assert SAME_PEOPLE in _said_of(other)


def _said_of(people: str) -> tuple[str, ...]:
    rows = (
        employer(f"R-{n}", "Acorn Catering", Town=f"{t}ton", Contact_name=people) for n, t in enumerate("AB")
    )
    (pair,) = (pair for pair in linked(*rows).pairs if pair.kind == "employer")
    return pair.reasons


@pytest.mark.parametrize(
    ("domain", "one"), [("nhs.net", False), ("gmail.com", False), ("ashdon.example", True)]
)
def test_a_mailbox_that_goes_with_the_person_makes_no_slip_of_another_name(domain, one):
    mail = {"Email": f"amina.khan@{domain}", "Contact_name": "Amina Khan"}
    rows = employer("R-1", "Ashdon Surgery", **mail), employer("R-2", "Ashton Surgery", "College", **mail)
    assert are_one(*rows) == one
    assert one or asked(*rows)


def test_the_mail_of_a_whole_sector_names_no_employer():
    rows = [employer(f"R-{n}", f"{n}", Email=f"{n}@nhs.net") for n in ("Elm", "Oak")]
    assert [mention.domains for mention in all_mentions(rows, "GB")[0].values()] == [(), ()]


def test_a_name_of_no_word_of_its_own_is_near_none():
    nameless = OrganisationName("Ltd", (), "")
    assert not near(nameless, nameless)
    assert not near(nameless, read_name("Bay"))


def test_a_trading_name_is_the_firms_where_a_third_row_has_the_number_of_both():
    here = {**HERE, "Website": "zarvektooling.example"}
    number = {"Company_number": "01234567"}
    rows = (
        employer(
            "R-1", "Zarvek Tooling", "Council", **here, **number, Trading_as="Ogden Presses", Phone=OTHER_LINE
        ),
        employer(
            "R-2",
            "Ogden Presses",
            "College",
            Phone=LINE,
            Contact_name="Ann Frost",
            Email="ann.frost@zarvektoling.example",
        ),
        employer(
            "R-3",
            "Ogden Presses",
            "Chamber",
            **here,
            **number,
            Phone=LINE,
            Contact_name="Ann Frost",
            Email="ann.frost@zarvektooling.example",
        ),
    )
    assert are_one(*rows)
    assert not are_one(*rows[:2])

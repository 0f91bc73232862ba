"""What a careful clerk would not be asked: what the rows themselves answer, and what no row could."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.organisations import read_name
from engage.linkage.slips import one_slip
from engage.model import Record

from .sample import contact, employer, linked, record, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"
HERE, THERE = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Luton", "Postcode": "LU1 2AB"}
WEB = {"Website": "zarvektooling.example"}
BOSS, MAIL = "Joanne Whitlow", "j.whitlow@zarvektooling.example"


def are_one(*records: Record) -> bool:
    return together(linked(*records).employer_of, "R-1#0", "R-2#0")


def asked(*records: Record) -> int:
    return sum(pair.kind == "employer" for pair in linked(*records).questions)


def two(one: str, other: str, **same: str) -> tuple[Record, Record]:
    return employer("R-1", one, **same), employer("R-2", other, "College", **same)


# --- merged without a question ------------------------------------------------------------------------


def test_a_new_name_that_the_row_itself_tells_is_the_firms_where_it_is_or_who_answers_there():
    names = "Zarvek Tooling (formerly Ogden Tooling)", "Ogden Tooling"
    assert are_one(*two(*names, **HERE))
    assert are_one(*two(*names, Phone=LINE))
    assert not are_one(*two(*names, **WEB))  # its group's, perhaps


@pytest.mark.parametrize(
    "names",
    [
        ("Zarvek Tooling Ltd (formerly Ogden Tooling)", "Ogden Tooling LLP"),
        ("Zarvek Tooling - Hyde (formerly Ogden Tooling)", "Ogden Tooling - Stockport"),
    ],
)
def test_a_new_name_with_another_legal_form_or_branch_is_asked_about(names):
    same = {**HERE, **WEB, "Phone": LINE}
    assert not are_one(*two(*names, **same))
    assert asked(*two(*names, **same)) == 1


def test_a_new_name_with_another_legal_form_is_the_firms_where_the_company_number_is():
    names = "Zarvek Tooling PLC (formerly Ogden Tooling)", "Ogden Tooling Ltd"
    assert are_one(*two(*names, **HERE, **WEB, Phone=LINE, Company_number="01234567"))


def test_one_company_number_under_two_names_is_one_firm_where_all_else_is_the_same():
    names, number = ("Zarvek Tooling", "Ogden Opticians"), {"Company_number": "01234567"}
    same = {**HERE, **number, "Contact_name": BOSS}
    assert are_one(*two(*names, **same, **WEB))
    assert asked(*two(*names, **same)) == 1
    assert not are_one(*two("Zarvek Tooling", "Zarvek Group", **same, **WEB))


def test_a_slip_in_sons_makes_no_other_family_firm():
    same = {**HERE, **WEB, "Phone": LINE}
    assert are_one(*two("Evans & Sons Transport", "Evans & Sos Transport", **same))
    assert not are_one(*two("Evans & Sons Transport", "Evans Transport", **same))


def test_a_slip_in_a_legal_form_or_in_the_word_group_makes_no_other_body():
    same = {**HERE, **WEB, "Phone": LINE}
    assert are_one(*two("Zarvek Holdings", "Zarvek Holdings UTD", **same))
    assert are_one(*two("Zarvek oHldings", "Zarvek Hodlings", **same))


@pytest.mark.parametrize("word", ["PTA", "Spa", "Group", "Groups", "Trust"])
def test_a_short_word_that_makes_another_body_is_no_slip_of_a_legal_form(word):
    assert not are_one(*two("Zarvek", f"Zarvek {word}", **HERE, **WEB, Phone=LINE))


def test_a_slip_beside_a_lost_end_is_seen_through_with_three_witnesses():
    names, same = ("Wigan Community", "Wigan Cmomunity Hospital"), {"Town": "Wigan", "Postcode": "WN3 6ZG"}
    assert are_one(*two(*names, **same, **WEB, Phone=LINE))
    assert not are_one(*two(*names, **same, Phone=LINE))


def test_initials_fit_a_name_on_one_web_domain_with_one_person_in_one_town():
    one, other = two("Mossley Community Hospital", "MCH", Town="Mossley", **WEB, Contact_name=BOSS)
    assert are_one(one, other)
    assert not are_one(*two("Mossley Community Hospital", "MCH", **WEB, Contact_name=BOSS))


@pytest.mark.parametrize("married", ["Joanne Whitlow", "Joanne Whitlow-Marple", "Joanne Marple-Whitlow"])
def test_initials_fit_a_name_on_one_web_domain_with_one_persons_mailbox(married):
    mail = {**WEB, "Email": MAIL}
    one = employer("R-1", "Mossley Community Hospital", **mail, Contact_name=BOSS)
    assert are_one(one, employer("R-2", "MCH", "College", **mail, Contact_name=married))
    assert not are_one(one, employer("R-2", "MCH", "College", **mail, Contact_name="Joanne Frost"))


def test_initials_that_end_a_name_are_letters_of_its_initials():
    same = {"Phone": LINE, **HERE}
    assert are_one(*two("Harlesby College of F.E.", "HCFE", **same))
    assert not are_one(*two("Harlesby College of F.E.", "HCFG", **same))


def test_a_domain_that_spells_a_name_and_goes_on_spells_it():
    same = {"Phone": LINE, "Website": "derbyvehiclehireuk.example"}
    assert are_one(*two("Derby Vehicle Hire", "Derby Vehicle", **same))


def test_a_domain_that_spells_the_sons_in_does_not_make_the_fathers_firm_a_cut_off_name():
    same = {"Phone": LINE, "Website": "webbsonsmotors.example", "Town": "Hyde"}
    assert not are_one(*two("Webb & Sons Motors", "Webb Motors", **same))


def test_a_name_in_one_street_is_one_firms_though_two_people_answer_two_lines():
    def rows(name: str) -> tuple[Record, Record]:
        return (
            employer("R-1", name, **HERE, Phone=LINE, Contact_name="Ann Frost"),
            employer("R-2", name, "College", **HERE, Phone=OTHER_LINE, Contact_name="Bob Heaton"),
        )

    assert are_one(*rows("Chowdhury Motors"))
    assert not are_one(*rows("Hyde Training Centre"))


def test_one_mailbox_of_a_persons_own_makes_one_firm_of_a_name_in_two_places():
    one = employer("R-1", "Hughes Logistics", **HERE, Phone=LINE, Contact_name=BOSS, Email="jw@post.example")
    other = employer("R-2", "Hughes Logistics", "College", **THERE, Phone=OTHER_LINE)
    assert are_one(
        one, *(other, contact("R-C2", BOSS, "Hughes Logistics", "College", Email="jw@post.example"))
    )


def test_a_slip_of_a_trading_name_is_the_firm_that_says_so():
    same = {**HERE, **WEB, "Phone": LINE}
    rows = (
        employer("R-1", "Entwistle Tooling", **same),
        employer("R-2", "Entwitle Tooling", "College", **same),
        employer("R-3", "Walwal Packaging (Entwistle Tooling)", "Chamber", **same),
    )
    assert together(linked(*rows).employer_of, "R-1#0", "R-2#0", "R-3#0")


def _listed_twice(*people: tuple[str, str], **second: str) -> list[Record]:
    rows = [employer("R-1", "Norwell Medical"), employer("R-2", "Norwell Medical", **second)]
    return rows + [
        contact(f"R-C{n}", who, "Norwell Medical", Email=mail) for n, (who, mail) in enumerate(people)
    ]


def test_a_person_whom_an_agency_enters_with_each_of_two_rows_of_a_name_says_that_they_are_one():
    boss = (BOSS, "joanne@norwell.example")
    assert are_one(*_listed_twice(boss, ("Jo Whitlow", boss[1])))
    assert not are_one(*_listed_twice(boss))
    assert not are_one(*_listed_twice(boss, ("Ann Frost", "ann@norwell.example")))


def test_an_agent_who_was_entered_with_each_of_two_rows_does_not_make_them_one():
    name = "Riverside Care"
    rows = [employer("R-1", name), employer("R-2", name)]
    agent = {"Email": "joanne@norwell.example", "Contact_kind": "Agent"}
    assert not are_one(*rows, *(contact(key, BOSS, name, **agent) for key in ("R-3", "R-4")))


def test_a_person_entered_twice_does_not_make_two_rows_with_other_phones_one():
    rows = _listed_twice((BOSS, "joanne@norwell.example"), ("Jo Whitlow", "joanne@norwell.example"))
    rows[:2] = [employer(f"R-{n}", "Norwell Medical", Phone=f"+44161496015{n}") for n in (1, 2)]
    assert not are_one(*rows)


def test_rows_that_say_that_they_are_two_stay_two_though_one_person_was_entered_twice():
    rows = _listed_twice((BOSS, "joanne@norwell.example"), (BOSS, "joanne@norwell.example"), **THERE)
    rows[0] = employer("R-1", "Norwell Medical", **HERE)
    assert not are_one(*rows)


# --- neither merged nor asked -------------------------------------------------------------------------


def test_a_name_with_other_people_on_other_lines_and_nothing_in_common_is_not_asked_about():
    def rows(line: str) -> tuple[Record, Record]:
        return (
            employer("R-1", "Mercury Opticians", Phone=LINE, Contact_name="Ann Frost"),
            employer("R-2", "Mercury Opticians", "College", Phone=line, Contact_name="Bob Heaton"),
        )

    assert not asked(*rows(OTHER_LINE))
    assert not are_one(*rows(OTHER_LINE))
    assert asked(*rows(""))


def test_a_bracket_far_away_on_a_brands_web_is_not_asked_about():
    one = employer("R-1", "Summit Systems (Quayside)", Town="Hyde", Postcode="SK14 1QQ", **WEB)
    assert not asked(one, employer("R-2", "Summit Systems", "College", **THERE, **WEB))
    assert asked(one, employer("R-2", "Summit Systems", "College", **WEB))


def test_a_short_form_on_a_brands_web_with_people_and_lines_of_its_own_is_asked_about_in_one_town_alone():
    def rows(town: str) -> tuple[Record, Record]:
        return (
            employer("R-1", "Zarvek Digital", Town="Hyde", Phone=LINE, Contact_name="Ann Frost", **WEB),
            employer(
                "R-2", "Zarvek", "College", Town=town, Phone=OTHER_LINE, Contact_name="Bob Heaton", **WEB
            ),
        )

    assert not asked(*rows(""))
    assert asked(*rows("Hyde"))


def test_a_firm_is_not_asked_about_beside_the_group_of_another_name():
    same = {**HERE, **WEB, "Phone": LINE}
    assert not asked(*two("Chowdhury Tooling", "Chowdhury Holdings", **same))
    assert not asked(*two("Naylor &", "Naylor Holdings", **same))
    assert asked(*two("Chowdhury", "Chowdhury Holdings", **same))


def test_a_providers_domain_is_no_desk_of_two_who_have_people_and_lines_of_their_own():
    firms = ("Beech Joinery", "Cedar Dental", "Zarvek Coaches")
    web = [employer(f"R-{n + 5}", name, Email=f"office{n}@lodgenet.example") for n, name in enumerate(firms)]
    one = employer(
        "R-1", "Pinnacle Tooling", Phone=LINE, Contact_name="Ann Frost", Email="ann@lodgenet.example"
    )
    other = employer(
        "R-2", "Pinnacle Tooling", "College", Phone=OTHER_LINE, Contact_name="Bob Heaton",
        Email="bob@lodgenet.example",
    )  # fmt: skip
    assert not are_one(one, other, *web)


# --- names that are not one ---------------------------------------------------------------------------


def test_sons_are_seen_however_the_spaces_fell():
    same = {**HERE, "Phone": LINE}
    assert not are_one(*two("Cartwright andS ons Systems", "Cartwright Systems", **same))


def test_a_first_names_mailbox_on_a_brands_domain_may_be_two_peoples():
    def rows(who: str) -> tuple[Record, Record]:
        mail = "siobhan@oakesmotors.example"
        return (
            employer("R-1", "Oakes Motors", **HERE, Contact_name="Siobhan Unsworth", Email=mail),
            employer("R-2", "Oakes Motors", "College", **THERE, Contact_name=who, Email=mail),
        )

    assert are_one(*rows("Siobhan Unsworth"))
    assert not are_one(*rows("Siobhan Yates"))


@pytest.mark.parametrize(("one", "other"), [("Johnson", "Johnston"), ("Thompson", "Thomson")])
def test_two_surnames_in_one_street_are_asked_about(one, other):
    assert not one_slip(read_name(f"{one} Joinery"), read_name(f"{other} Joinery"))
    assert not are_one(*two(f"{one} Joinery", f"{other} Joinery", **HERE))


def test_another_agencys_row_with_another_legal_form_is_asked_about():
    row = employer("R-1", "Zarvek Tooling Ltd", **HERE)
    typed = record("R-2", "Engagements", "College", Employer="Zarvek Tooling LLP")
    night = linked(row, typed)
    assert "R-2#0" not in night.employer_of
    assert len(night.questions) == 1

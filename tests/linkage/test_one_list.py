"""One list without agencies, as a file is: what its rows alone say together, and what they leave open."""

from __future__ import annotations

import pytest

from engage.model import Record

from .sample import employer, linked, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"
HYDE, LUTON = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Luton", "Postcode": "LU1 2AB"}
WEB = {"Website": "marplejoinery.example"}


def listed(name: str, number: int = 1, **cells: str) -> Record:
    return employer(f"R-{number}", name, "", **cells)


def are_one(*rows: Record) -> bool:
    return together(linked(*rows).employer_of, "R-1#0", "R-2#0")


def two(one: str, other: str, **same: str) -> tuple[Record, Record]:
    return listed(one, 1, **same), listed(other, 2, **same)


# --- one name in one town -----------------------------------------------------------------------------


def test_a_name_that_says_whose_it_is_is_one_in_one_town_and_not_if_other_people_answer():
    assert are_one(*two("Ogden & Sons Cleaning", "Ogden and Sons Cleaning Ltd", Town="Hyde"))
    assert are_one(*two("Ogden & Sons Cleaning", "Ogden & Sons Claening", Town="Hyde"))
    assert not are_one(*two("Hyde Cleaning Services", "Hyde Cleaning Services", Town="Hyde"))
    ways = (LINE, "Ann Frost"), (OTHER_LINE, "Bob Heaton")
    firms = [
        listed("Ogden & Sons Cleaning", at, Town="Hyde", Phone=line, Contact_name=who)
        for at, (line, who) in enumerate(ways, start=1)
    ]
    assert not are_one(*firms)
    assert are_one(firms[0], listed("Ogden & Sons Cleaning", 2, Town="Hyde", Phone=OTHER_LINE))
    branch = listed("Ogden & Sons Cleaning - Leeds", 3)
    assert not are_one(firms[0], listed("Ogden & Sons Cleaning", 2, Town="Hyde", Phone=OTHER_LINE), branch)


@pytest.mark.parametrize(
    "names",
    [
        ("Tregunna Welding", "Tregunna Wedding"),
        ("Tregunna Baking", "Tregunna Banking"),
        ("Tregunna Packing", "Tregunna Parking"),
        ("Tregunna Boats", "Tregunna Coats"),
    ],
)
def test_a_letter_that_makes_another_trade_is_no_slip_on_the_word_of_a_town(names):
    assert not are_one(*two(*names, Town="Wigan"))


def test_a_name_that_breaks_off_is_no_whole_name():
    assert not are_one(*two("Naylor &", "The Naylor &", Town="Hyde"))


def test_a_letter_wrong_in_a_postcode_makes_no_second_place():
    rows = (listed("Ogden Cleaning", at, Postcode=code) for at, code in enumerate(("CB4 7DN", "CB4 7DH"), 1))
    assert are_one(*rows)


# --- one name at two places, on its own web -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("Smith Plumbing", {}, {}),
        ("Tregunna Boats", {"Address": "5 High Street"}, {"Address": "12 Mill Lane"}),
    ],
)
def test_two_postcodes_beside_each_other_may_be_two_plumbers(name, one, other):
    rows = (listed(name, 1, Postcode="WN1 2QB", **one), listed(name, 2, Postcode="WN1 2QD", **other))
    assert not are_one(*rows)


def test_a_name_on_the_web_that_spells_it_is_one_firm_at_two_places():
    rows = listed("Marple Joinery", 1, **HYDE, **WEB), listed("Marple Joinery", 2, **LUTON, **WEB)
    assert are_one(*rows)
    assert not are_one(*rows, listed("Marple Joinery - Leeds", 3, **WEB))
    assert not are_one(rows[0], listed("Marple Joinery", 2, **LUTON, Website="crafts.example"))


def test_other_people_on_a_brands_web_at_another_place_may_be_another_owner():
    who = (HYDE, "Ann Frost"), (LUTON, "Bob Heaton")
    rows = (listed("Marple Joinery", at, **of, **WEB, Contact_name=n) for at, (of, n) in enumerate(who, 1))
    assert not are_one(*rows)


# --- two names of one firm ----------------------------------------------------------------------------


@pytest.mark.parametrize("same", [HYDE, {"Phone": LINE}])
def test_a_row_that_trades_under_the_others_name_is_that_firm(same):
    rows = listed("Zarvek Tooling", 1, Trading_as="Ogden Presses", **same), listed("Ogden Presses", 2, **same)
    assert are_one(*rows)


def test_a_name_in_brackets_may_be_another_firms():
    assert not are_one(*two("Zarvek Tooling (Ogden Presses)", "Ogden Presses", **HYDE))


def test_one_row_that_gives_both_names_joins_the_other_rows_of_both():
    rows = (
        listed("Ogden Presses", 1, **HYDE),
        listed("Zarvek Tooling", 2, Town="Hyde", Phone=LINE),
        listed("Zarvek Tooling", 3, **HYDE, Trading_as="Ogden Presses", Phone=LINE),
    )
    assert are_one(*rows)
    assert not are_one(*rows[:2])


def test_a_spa_beside_a_hotel_is_another_house_until_a_person_says_otherwise():
    assert not are_one(
        listed("Quayside Hotel", 1, **HYDE, Phone=LINE), listed("Quayside Hotel and Spa", 2, **HYDE)
    )


def test_two_words_of_a_name_are_the_firm_on_one_phone_or_in_one_house_where_no_other_phone_answers():
    names = "Lomax Precision", "Lomax Precision Engineering Ltd"
    assert are_one(*two(*names, Phone=LINE))
    house = {**HYDE, "Address": "4 Mill Lane"}
    assert are_one(*two(*names, **house))
    assert not are_one(
        listed(names[0], 1, **house, Phone=LINE), listed(names[1], 2, **house, Phone=OTHER_LINE)
    )
    coatings = listed("Lomax Precision Coatings Ltd", 2, **HYDE, **WEB)
    assert not are_one(listed(names[0], 1, **HYDE, Phone=LINE), coatings)
    assert are_one(listed(names[0], 1, **HYDE), coatings)  # the first says no more
    assert are_one(listed(names[0], 1, **HYDE, Phone=LINE), listed(names[1], 2, **HYDE, **WEB))
    assert not are_one(*two("Phoenix Training", "Phoenix Training Academy of Dance", **house))
    assert not are_one(*two(*names, Town="Hyde"))
    assert not are_one(*two("Lomax Precision", "Lomax Precision Group", **HYDE))


@pytest.mark.parametrize("same", [{"Postcode": "WN1 2QB"}, {"Town": "Wigan", "Phone": LINE}])
def test_two_registered_names_of_which_one_begins_the_other_are_for_a_person_to_say(same):
    night = linked(*two("Lomax Care Ltd", "Lomax Care Catering Ltd", **same))
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert [(one.a, one.b) for one in night.questions] == [("R-1#0", "R-2#0")]


def test_a_group_within_a_name_that_was_cut_off_keeps_no_third_row_out():
    web = {"Website": "penketfoodgroupsupplies.example"}
    rows = (
        listed("Penket Food Group Supplies", 1, **HYDE),
        listed("Penket Food", 2, Town="Hyde", **web, Phone=OTHER_LINE),
        listed("Penket Food Group Supplies", 3, **HYDE, **web, Phone=LINE),
    )
    assert are_one(*rows)
    assert not are_one(*rows[:2])


def test_a_name_that_breaks_off_is_not_one_that_goes_on_otherwise():
    assert not are_one(*two("Webb &", "Webb Electrical", **HYDE, Phone=LINE))
    assert are_one(*two("Webb &", "Webb & Sons Electrical", **HYDE, Phone=LINE))


def test_initials_are_the_firms_behind_its_phone_or_on_its_web_in_its_town():
    names = "Mossley Community Hospital", "MCH"
    assert are_one(*two(*names, Phone=LINE))
    assert are_one(*two(*names, Town="Mossley", Website="mossleyhospital.example"))
    assert not are_one(*two(*names, Website="mossleyhospital.example"))


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("Smith Plumbing", "Smith Plumbing", {"Phone": ("", "0161 496 0102")}),
        ("Begum Cafe", "Begum Cafe", {"Phone": ("", "0161 496 0102")}),
        (
            "Lomax Precision",
            "Lomax Precision Engineering",
            {"Phone": ("0161 496 0101", "0161 496 0102"), "Postcode": ("SK14 1QQ", "SK14 1QQ")},
        ),
    ],
)
def test_an_everyday_name_in_one_town_or_a_longer_one_on_another_phone_is_for_a_person_to_say(
    one, other, more
):
    first, second = ({heading: both[at] for heading, both in more.items()} for at in (0, 1))
    night = linked(
        employer("R-1", one, "Council", Town="Hyde", **first),
        employer("R-2", other, "College", Town="Hyde", **second),
    )
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert len(night.questions) == 1


def test_other_people_on_another_phone_are_for_a_person_to_say_be_the_name_never_so_rare():
    one = listed("Tregunna Boats", 1, Town="Hyde", Phone=LINE, Contact_name="Al Marsh")
    other = listed("Tregunna Boats", 2, Town="Hyde", Phone=OTHER_LINE, Contact_name="Zoe Holt")
    assert not are_one(one, other)


def places_of(name: str, web: str) -> tuple[Record, ...]:
    return (
        listed(name, 1, **HYDE, Website=web, Phone=LINE),
        listed(name, 2, **LUTON, Website=web, Phone=OTHER_LINE),
    )


def test_one_web_domain_with_two_phones_in_two_towns_may_be_a_brands():
    rows = places_of("Bright Stars Nursery", "brightstarsnursery.example")
    assert not are_one(*rows)
    assert len(linked(*rows).questions) == 1


def test_a_firm_of_no_franchised_trade_on_its_own_web_has_two_places_and_a_third_leaves_it_to_a_person():
    rows = places_of("Verdor Timber", "verdortimber.example")
    assert are_one(*rows)
    assert not are_one(*places_of("Verdor Timber", "timbertrade.example"))
    leeds = listed("Verdor Timber", 3, Town="Leeds", Postcode="LS1 4AA")
    assert not are_one(*rows, leeds)


# --- a row that does not say where it is ---------------------------------------------------------------


def test_a_rare_name_without_a_place_is_the_one_that_has_a_place():
    home = listed("Danber Flooring", 1, **HYDE, Phone=LINE)
    assert are_one(home, listed("Danber Flooring Ltd", 2))
    assert are_one(home, listed("Danber Flooring Ltd", 2, **WEB))
    assert not are_one(home, listed("Danber Flooring Ltd", 2, Phone=OTHER_LINE))
    assert not are_one(home, listed("Danber Flooring", 2), listed("Danber Flooring", 3, **LUTON))
    assert not are_one(listed("Danber Flooring", 1, Phone=LINE), listed("Danber Flooring", 2, **WEB))


@pytest.mark.parametrize(
    "name", ["Premier Haulage", "Danber & Sons Flooring", "Smith Plumbing", "WES Architects"]
)
def test_a_name_that_others_may_have_says_nothing_without_a_place(name):
    assert not are_one(listed(name, 1, **HYDE), listed(name, 2))


def test_somebody_else_behind_any_row_of_the_name_leaves_it_to_a_person():
    rows = (
        listed("Danber Flooring", 1, **HYDE),
        listed("Danber Flooring", 2, Phone=OTHER_LINE),
        listed("Danber Flooring", 3, **HYDE, Phone=LINE),
    )
    assert not are_one(*rows)
    assert are_one(*rows[:2])


def test_two_surnames_are_as_rare_as_a_rare_word():
    assert are_one(listed("Heaton & Khan Digital", 1, **HYDE), listed("Heaton and Khan Digital", 2))
    assert not are_one(listed("Khan Digital", 1, **HYDE), listed("Khan Digital", 2))


# --- one body, one registered name ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Hyde Borough Council", "Hyde Housing Association"])
def test_a_town_has_one_council_and_one_housing_association_of_a_name(name):
    phones = ({"Phone": LINE}, {"Website": "council.example"})
    assert are_one(*(listed(name, at, Town="Hyde", **way) for at, way in enumerate(phones, 1)))
    codes = ("SK14 2YS", "SK14 2YL")
    assert are_one(*(listed(name, at, Town="Hyde", Postcode=code) for at, code in enumerate(codes, 1)))


def test_one_registered_name_in_one_town_is_one_company():
    rows = (
        listed("Premier Haulage Ltd", 1, Town="Hyde", Phone=LINE),
        listed("Premier Haulage Limited", 2, **HYDE),
    )
    assert are_one(*rows)
    assert are_one(rows[0], listed("Premier Haulage", 2, **HYDE))  # nothing differs
    assert not are_one(rows[0], listed("Premier Haulage", 2, **HYDE, Phone=OTHER_LINE))


# --- slips, initials and brackets in one house ---------------------------------------------------------

HOUSE = {**HYDE, "Address": "4 Mill Lane"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lomax Packaging", "Lmax Packaging", True),
        ("Northern Care Homes", "Northern CCare Homes", True),
        ("Garside Hardware", "Barside Hardware", False),
        ("Johnson Joinery", "Johnston Joinery", False),
        ("Hyde Baking", "Hyde Banking", False),
        ("Mossley Care Home", "MCH", True),
        ("Zarvek Tooling (Ogden Presses)", "Ogden Presses", True),
        ("Zarvek Tooling (Ogden Presses)", "Ogden Catering", False),
    ],
)
def test_a_house_where_no_other_phone_answers_tells_what_a_street_does_not(one, other, same):
    assert are_one(listed(one, 1, **HOUSE, Phone=LINE), listed(other, 2, **HOUSE)) == same
    assert not are_one(listed(one, 1, **HOUSE, Phone=LINE), listed(other, 2, **HOUSE, Phone=OTHER_LINE))


def test_more_than_one_letter_wrong_in_one_street_is_one_firm_that_was_typed_in_haste():
    assert are_one(*two("Entwistel and Kowalska Joinery", "Entwistle & Kowaalska Joinery", **HYDE))
    assert not are_one(*two("Bell and Marsh Joinery", "Dell & Harsh Joinery", **HYDE))


def test_letters_behind_a_name_that_are_no_word_are_a_damaged_legal_form():
    assert are_one(*two("Wilson Consulting", "Wilson Consulting utd", **HYDE))
    names, lines = ("Wilson Consulting", "Wilson Consulting Inn"), (LINE, OTHER_LINE)
    rows = (
        listed(name, at, **HYDE, Phone=line)
        for at, (name, line) in enumerate(zip(names, lines, strict=True), 1)
    )
    assert not are_one(*rows)


# --- a slip at the beginning, and a branch that the row's district names --------------------------------


def test_a_letter_wrong_at_the_beginning_is_found_in_one_street():
    assert are_one(*two("Hussain Accountants", "Hssain Accountants", **HYDE))


def test_a_town_behind_a_name_is_its_branch_once_the_district_tells_where_it_is():
    others = [listed(f"Oddfell {at}", at, Town="Manchester", Postcode=f"M2 {at}QB") for at in (5, 6)]
    names = "Marfen Catering - Manchester", "Marfen Catering"
    assert are_one(*two(*names, Postcode="M2 6HT"), *others)


def test_a_slip_in_one_house_is_one_where_one_row_says_no_town():
    home = listed("Viking Butchers Ltd", 1, **HYDE, Address="Unit 8, Church Street", Phone=LINE)
    assert are_one(home, listed("Viiking Butchers", 2, Address="U8 CHURCH ST"))
    assert not are_one(home, listed("Viiking Butchers", 2, Address="U8 CHURCH ST", Town="Leeds"))


def test_most_of_a_name_in_one_house_is_asked_about():
    assert linked(*two("Park View Bakery", "Park View Cafe", **HOUSE)).questions
    people = ("Ann Frost", LINE), ("Bob Heaton", OTHER_LINE)
    rows = (
        listed(f"Park View {name}", at, **HOUSE, Contact_name=who, Phone=line)
        for at, (name, (who, line)) in enumerate(zip(("Bakery", "Cafe"), people, strict=True), 1)
    )
    assert not linked(*rows).questions

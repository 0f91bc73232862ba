"""One body under two wordings: councils, clubs in letters, registered companies, a trade in another word."""

from __future__ import annotations

import pytest

from engage.linkage.normalise.organisations import read_name
from engage.linkage.short_forms import letters_only
from engage.linkage.slips import only_slips
from engage.linkage.trades import of_one_trade
from engage.linkage.wordings import says_what_it_is, shortens_words

from .test_asked_or_not import HERE, LINE, OTHER_LINE, WEB, are_one, asked, two

PHONE = {"Phone": LINE}


def apart(one: dict[str, str], other: dict[str, str], *names: str):
    """Two rows that say other things of two names, or of one."""
    first, second = two(names[0], names[-1])
    (first,) = two(names[0], names[-1], **one)[:1]
    (_, second) = two(names[0], names[-1], **other)
    return first, second


# --- a place's council, and bodies whose members write letters ---------------------------------------


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Overton PC", "Overton Parish Council"),
        ("Dromore YFC", "Dromore Young Farmers Club"),
        ("Somerton BC", "Somerton Council"),
        ("Glaston LT", "Glaston Learning Trust"),
    ],
)
def test_the_last_words_of_a_body_may_be_letters(short, whole):
    assert read_name(short).key in read_name(whole).acronyms
    assert are_one(*two(short, whole, **HERE, **PHONE))
    assert not are_one(*two(short, whole, Town="Hyde"))


def test_a_firms_last_words_are_not_looked_for_in_letters():
    assert "zarvekte" not in read_name("Zarvek Tooling Engineering").acronyms


@pytest.mark.parametrize(
    ("names", "letters"), [(("overtonpc", "overtonparishcouncil"), 2), (("nmc", "newportmedicalcentre"), 3)]
)
def test_how_many_letters_stand_for_words(names, letters):
    one, other = map(read_name, names)
    assert letters_only(one, other) == letters_only(other, one) == letters


def test_initials_before_a_dash_are_another_name_of_what_stands_behind_it():
    name = read_name("CSTG - Central Shire Training Group")
    assert (name.core[0], name.aliases) == ("central", ("cstg",))
    assert read_name("Hyde - Central Shire Training Group").aliases == ()


def test_a_place_has_one_council_in_all_its_towns():
    towns = {"Town": "Todmorden", "Postcode": "OL14 7LA"}, {"Town": "Halifax", "Postcode": "HX1 1UJ"}
    names = "Calderdale Metropolitan Borough Council", "Calderdale MBC"
    assert are_one(*apart(*towns, *names))
    assert not are_one(*apart(*towns, "Youth Council", "Youth Council"))
    webs = {"Website": "newcastle.example"}, {"Website": "newcastle-staffs.example"}
    assert not are_one(*apart(*webs, "Newcastle Council", "Newcastle Council"))


@pytest.mark.parametrize("other", ["Wold County Council", "Wold City Council", "Wold Parish Council"])
def test_two_tiers_of_local_government_are_two_councils_behind_one_phone(other):
    assert not are_one(*two("Wold District Council", other, **HERE, **PHONE))


# --- one registered name -------------------------------------------------------------------------------


def test_one_registered_name_in_one_postal_area_is_one_company():
    near = {"Town": "Hyde", "Postcode": "SK14 1QQ", **PHONE}, {"Town": "Marple", "Postcode": "SK6 7AA"}
    far = near[0], {"Town": "Luton", "Postcode": "LU1 2AB"}
    assert are_one(*apart(*near, "Kershaw & Alvi Engineering Ltd", "Kershaw & Alvi Engineering Limited"))
    assert not are_one(*apart(*near, "Kershaw & Alvi Engineering Ltd", "Kershaw & Alvi Engineering"))
    assert not are_one(*apart(*far, "Kershaw & Alvi Engineering Ltd"))


def test_a_usual_registered_name_is_asked_about_as_ltd_may_be_the_clerks():
    near = {"Town": "Hyde", "Postcode": "SK14 1QQ", **PHONE}, {"Town": "Marple", "Postcode": "SK6 7AA"}
    rows = apart(*near, "Sagar Decorators Ltd")
    assert not are_one(*rows)
    assert asked(*rows) == 1


def test_two_web_domains_or_numbers_are_two_companies_whatever_they_are_called():
    near = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Marple", "Postcode": "SK6 7AA"}
    webs = {**near[0], **WEB}, {**near[1], "Website": "another.example"}
    assert not are_one(*apart(*webs, "Kershaw & Alvi Engineering Ltd"))
    numbers = {**near[0], "Company_number": "01234567"}, {**near[1], "Company_number": "07654321"}
    assert not are_one(*apart(*numbers, "Kershaw & Alvi Engineering Ltd"))


# --- a trade in another word ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("Busy Owls Childcare", "Busy Owls Nursery"),
        ("O'Hagan Plant", "O'Hagan Plant Hire"),
        ("Kernohan Transport", "Kernohan Haulage"),
        ("Little Stars", "Little Stars Nursery"),
    ],
)
def test_two_words_of_one_trade_behind_one_phone_at_one_door_are_one_firms(names):
    assert are_one(*two(*names, **HERE, **PHONE))
    assert not are_one(*two(*names, **HERE))


@pytest.mark.parametrize(
    "names",
    [
        ("Zarvek Logistics", "Zarvek Packaging"),  # two trades
        ("Zarvek", "Zarvek Spa"),  # the group, perhaps
        ("Zarvek Transport Ltd", "Zarvek Haulage Ltd"),  # two names that were registered
        ("Ridge College", "Ridge College Nursery"),  # another body's
    ],
)
def test_what_is_no_trade_in_another_word(names):
    assert not of_one_trade(*map(read_name, names))
    assert not of_one_trade(*map(read_name, ("Moor Farm Feeds", "Moor Farm Foods")))
    assert not are_one(*two(*names, **HERE, **PHONE))


# --- what is asked -------------------------------------------------------------------------------------


def test_a_former_name_is_asked_about_whatever_web_the_firm_has_now():
    rows = apart(
        {**HERE, **WEB},
        {**HERE, "Website": "ogden.example"},
        "Zarvek Foods (formerly Ogden Pies)",
        "Ogden Pies",
    )
    assert not are_one(*rows)
    assert asked(*rows) == 1


def test_a_body_beside_a_firm_is_asked_about_where_three_witnesses_join_them():
    names = "Ridgeway Harkness Academy", "Ridgeway Harkness High School"
    assert asked(*two(*names, **HERE, **WEB, **PHONE)) == 1


def test_some_words_and_a_phone_in_one_town_are_asked_about():
    town = {"Town": "Hyde"}
    assert asked(*two("Erne Boats", "Erne Tackle (D Gunn)", **town, **PHONE)) == 1
    phones = {**town, **PHONE}, {**town, "Phone": OTHER_LINE}
    assert asked(*apart(*phones, "Erne Boats", "Erne Tackle (D Gunn)")) == 0


def test_two_trades_of_a_family_in_one_street_are_not_asked_about():
    names = "Dorketton Timber", "Dorketton Solicitors"
    assert asked(*two(*names, **HERE, **WEB)) == 0
    assert asked(*two(*names, **HERE, Address="3 Mill Road")) == 0
    assert asked(*two(*names, **HERE, **PHONE)) == 1
    registered = "Dorketton Timber Ltd", "Dorketton Solicitors Ltd"
    assert asked(*two(*registered, **HERE, Address="3 Mill Road", **PHONE)) == 0


# --- found by a blind judge and an attacker ------------------------------------------------------------


def test_a_cooperative_is_one_however_it_is_written():
    keys = {read_name(f"Quarry Hill {way}").key for way in ("Co-op", "Co-operative", "Coop", "Cooperative")}
    assert len(keys) == 1


def test_a_year_in_a_registered_name_is_the_company_that_followed():
    names = "Brindle Joinery (2021) Ltd", "Brindle Joinery Ltd"
    assert not are_one(*two(*names, **HERE, **PHONE, **WEB))
    assert asked(*two(*names, **HERE, **PHONE, **WEB)) == 1


def test_a_primary_school_and_its_preschool_are_two():
    names = "Upper Dean Primary School", "Upper Dean Pre-School"
    assert not are_one(*two(*names, **HERE, **PHONE, **WEB))


def test_a_surname_and_whose_it_is_are_one_name():
    town = {"Town": "Cleckheaton", **PHONE}
    assert are_one(*two("Jagger Transport Ltd", "Jaggers Transport", **town))
    assert not are_one(*two("Wood Transport Ltd", "Woods Transport", **town))


def test_a_trading_name_with_its_town_is_the_name_in_that_town():
    place = {**HERE, "Address": "22 New Road", **PHONE}
    traded = apart(
        {**place, "Trading_as": "Little Acorns Nursery Hyde"},
        place,
        "Harkness Childcare Ltd",
        "Little Acorns Nursery Hyde",
    )
    assert are_one(*traded)


@pytest.mark.parametrize("part", ["HR Dept", "Training team", "Head Office"])
def test_a_department_behind_a_dash_is_no_part_of_the_name(part):
    assert read_name(f"Zarvek Tooling - {part}").key == "zarvektooling"
    assert read_name("Zarvek Tooling - Training").key != "zarvektooling"


def test_a_shop_in_a_place_is_the_names_branch_there():
    assert read_name("Tolson's Bakers - Hyde shop").branch == {"hyde"}


# --- one web domain that spells the name ---------------------------------------------------------------


def test_an_office_on_the_firms_own_web_is_the_firms():
    web = {"Website": "lockwoodhirst.example"}
    towns = (
        {"Town": "Huddersfield", "Postcode": "HD1 2QT", **web},
        {"Town": "Halifax", "Postcode": "HX1 2LE", **web},
    )
    assert are_one(*apart(*towns, "Lockwood Hirst", "Lockwood Hirst (Halifax office)"))
    assert not are_one(
        *apart(*towns, "Lockwood Hirst", "Lockwood Hirst (Halifax)")
    )  # another owner's, perhaps


def test_two_branches_are_two_though_both_are_shops():
    assert not are_one(*two("Tolsons Motors - Hyde shop", "Tolsons Motors - Otley shop", **WEB))


# --- found by a second attacker ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("Willowmere Hospice", "Willowmere Hospice Shops Ltd"),
        ("Stourbeck Air Ambulance", "Stourbeck Air Ambulance New Helicopter Appeal"),
        ("Harmsworthy Estate", "Harmsworthy Estate Farms Ltd"),
        ("Moor Farm", "Moor Farm Feeds"),
        ("H E Nance", "Exors of H E Nance"),
        ("All Saints, Wootton Fen", "All Saints, Wootton Bank"),
    ],
)
def test_what_shares_everything_but_a_word_of_another_body_is_asked_about(names):
    same = {**HERE, **WEB, **PHONE}
    assert not are_one(*two(*names, **same))
    assert asked(*two(*names, **same)) == 1


def test_a_template_that_nobody_filled_in_is_nobodys():
    assert read_name("Your Business Name Ltd").nobody
    assert not read_name("Your Move Estate Agents").nobody


# --- two bodies behind one door ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("Castleholme RUFC", "Castleholme RLFC"),  # union and league
        ("Chulmere Parish Council", "Chulmere St Mary Parish Council"),  # one clerk
        ("Tilney Tennis Club", "Tilney & Walpole Tennis Club"),  # merged with another
        ("Thornaby Park FC", "Thornaby Park Juniors FC"),
        ("Harwood TTC", "Harwood Youth TTC"),
        ("Nails by Jo", "Nails by Jodie"),
        ("Thai @ The Fox Inn", "The Fox Inn"),  # who rents its kitchen
        ("Kestrel Roofing (NW) Ltd", "Kestrel Roofing Ltd"),
        ("Ryan Hargreaves Electrical", "Ron Hargreaves Electrical"),
    ],
)
def test_bodies_whose_names_set_them_apart_are_asked_about_whatever_they_share(names):
    rows = two(*names, **HERE, **PHONE, Email="club@post.example")
    assert not are_one(*rows)
    assert asked(*rows) == 1


def test_a_firm_is_said_without_its_second_partner_and_a_council_with_a_slip():
    assert are_one(*two("Zarvek & Ogden Tooling", "Zarvek Tooling", **HERE, **PHONE))
    assert are_one(*two("Chulmere Parish Council", "Chulmer Parish Council", **HERE, **PHONE))


def test_who_a_trader_is_says_no_more_than_the_traders_name():
    """Two Mark Johnsons of one town, each with a trade, a phone and a street of his own."""
    one = {"Address": "17 Hill Street", "Postcode": "NN17 1AB", "Phone": LINE}
    other = {"Address": "71 Mill Street", "Postcode": "NN17 2AB", "Phone": OTHER_LINE}
    rows = apart(
        {**one, "Town": "Corby", "Contact name": "Mark Johnson"},
        {**other, "Town": "Corby", "Contact name": "Mark Johnson"},
        "M Johnson",
    )
    assert not are_one(*rows)


def test_one_home_that_two_providers_say_they_run_may_have_changed_hands():
    amber, elder = (
        {"Parent employer": "Amberline Healthcare Ltd"},
        {"Parent employer": "Wessex Elder Care Ltd"},
    )
    rows = apart({**HERE, **PHONE, **amber}, {**HERE, **PHONE, **elder}, "Colehill Manor Nursing Home")
    assert not are_one(*rows)
    assert asked(*rows) == 1
    same = {"Parent employer": "Amberline Care"}
    assert are_one(
        *apart({**HERE, **PHONE, **amber}, {**HERE, **PHONE, **same}, "Colehill Manor Nursing Home")
    )


# --- one body under two wordings ------------------------------------------------------------------------

BOTH = {**HERE, **PHONE, "Contact name": "Gail Meek"}


@pytest.mark.parametrize(
    "names",
    [
        ("Modbury Tennis", "Modbury Tennis Club"),
        ("Newton Abbot Winter Shelter", "N. Abbot Winter Shelter"),
        ("Rathlin Sound Ferries", "Rathlin Sound Ferry"),
        ("Tredegar Zip 'n' Stitch", "Tredegar Zip & Stitch"),
        ("Clwb Bowlio Tredegar", "Tredegar Bowls Club"),
        ("Maesmawr Holiday Pk", "Maesmawr Holiday Park"),
    ],
)
def test_another_wording_is_the_bodys_where_it_is_and_whoever_answers_there_is_the_same(names):
    assert are_one(*two(*names, **BOTH))


def test_another_wording_alone_is_not_enough():
    assert not are_one(*two("Modbury Tennis", "Modbury Tennis Club", **HERE))
    assert not are_one(*two("Newton Abbot Winter Shelter", "N. Abbot Winter Shelter", **PHONE))


@pytest.mark.parametrize(
    "names",
    [
        ("Zarvek", "Zarvek Hotel"),  # the hotel's owner, perhaps
        ("Zarvek Hall Farm", "Zarvek Hall Farm Club"),  # one of several there
        ("Zarvek Tooling Ltd", "Zarvek Tooling Club Ltd"),  # two companies
        ("Zarvek Tennis Club", "Zarvek Bowls Club"),
        ("D Corr Coach Repairs", "Dermot Corr Coach Repairs"),  # or his brother
    ],
)
def test_a_word_more_may_be_anothers(names):
    one, other = map(read_name, names)
    assert not says_what_it_is(one, other)
    assert not shortens_words(one, other)


def test_one_or_many_is_one_word_and_two_surnames_are_two():
    assert only_slips(read_name("Rathlin Ferries"), read_name("Rathlin Ferry"))
    assert only_slips(read_name("Pantmoor Windows"), read_name("Pantmoor Window"))
    assert not only_slips(read_name("Woods Garage"), read_name("Wood Garage"))


def test_a_part_of_a_country_in_brackets_leaves_the_legal_form_behind_it():
    name = read_name("Kestrel Roofing (North West) Limited")
    assert (name.core, name.legal) == (("kestrel", "roofing", "north", "west"), "limited")

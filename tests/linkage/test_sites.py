"""Which rows of one employer are of one site."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.linkage.mentions import employer_mention
from engage.linkage.sites import MOST, site_clusters

from .sample import employer

HEAD = {"Postcode": "SK14 2AA", "Town": "Hyde", "Phone": "+441614960101"}
MILL = {"Postcode": "OL6 7ZZ", "Town": "Ashton", "Address": "Ferry Mill, 3 Canal Street"}


def sites(*rows: dict[str, str]) -> list[list[int]]:
    """The sites of these rows of one employer, as numbers of the rows."""
    made = [employer(f"R-{n:04d}", "Zarvek Tooling", **row) for n, row in enumerate(rows)]
    mentions = {found.key: found for row in made if (found := employer_mention(row))}
    return [[int(key[2:6]) for key in site] for site in site_clusters([sorted(mentions)], mentions)]


def test_two_postcodes_are_two_sites():
    assert sites(HEAD, MILL, HEAD) == [[0, 2], [1]]


def test_a_slip_in_the_postcode_makes_no_site_where_the_house_or_the_phone_is_one():
    assert sites(HEAD, {**HEAD, "Postcode": "SK14 2AB"}) == [[0, 1]]
    assert sites(MILL, {**MILL, "Postcode": "OL6 7ZX", "Town": ""}) == [[0, 1]]


def test_a_street_in_one_row_and_a_postcode_in_another_are_of_the_only_site_there_is():
    assert sites({"Address": "8 Canal Street"}, {"Postcode": "SK14 2AA"}, {"Town": "Hyde"}, {}) == [
        [0, 1, 2, 3]
    ]


def test_a_row_that_fits_two_sites_goes_by_its_phone_and_to_none_without():
    office = {**HEAD, "Phone": "+441614960101"}
    works = {**MILL, "Phone": "+441614960202"}
    assert sites(office, works, {"Phone": "+441614960202"}) == [[0], [1, 2]]
    assert sites(office, works, {"Phone": "+441614960303"}) == [[0], [1]]


def test_a_row_between_two_sites_does_not_join_them():
    other = {"Postcode": "SK15 9XX", "Town": "Hyde", "Phone": "+441614960999"}
    found = sites(HEAD, other, {"Town": "Hyde"})
    assert [0] in [site[:1] for site in found]
    assert not any({0, 1} <= set(site) for site in found)


def test_a_street_that_two_sites_share_goes_to_the_same_one_whichever_row_comes_first():
    street = {"Address": "8 Canal Street"}
    depot = {**street, "Postcode": "SK14 2AA", "Site": "Depot"}
    office = {**street, "Postcode": "OL6 7ZZ", "Site": "Head office"}
    rows = [{"Postcode": "SK14 2AA"}, street, depot, office]
    found = {repr(_content(sites(*turned), list(turned))) for turned in permutations(rows)}
    assert len(found) == 1


def test_very_many_rows_are_parted_by_their_address():
    rows = [
        {"Postcode": f"SK14 {n % 10}{'ABDEFGHJLN'[n // 10 % 10]}{'ABDEFGHJLN'[n // 100]}"}
        for n in range(MOST + 50)
    ]
    assert len(sites(*rows)) == MOST + 50


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "Postcode": st.sampled_from(["SK14 2AA", "SK14 2AB", "OL6 7ZZ"]),
        "Town": st.sampled_from(["Hyde", "Ashton"]),
        "Address": st.sampled_from(["8 Canal Street", "3 Mill Lane"]),
        "Phone": st.sampled_from(["+441614960101", "+441614960202"]),
        "Site": st.sampled_from(["Head office", "Depot"]),
    },
)


@settings(max_examples=40)
@given(st.lists(CELLS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_shows(rows: list[dict[str, str]], chance: random.Random):
    order = list(range(len(rows)))
    chance.shuffle(order)
    turned = [sorted(order[n] for n in site) for site in sites(*(rows[at] for at in order))]
    assert _content(turned, rows) == _content(sites(*rows), rows)


def _content(found: list[list[int]], rows: list[dict[str, str]]) -> list[list[str]]:
    """Sites by what their rows say: rows that say the same may change places."""
    return sorted(sorted(repr(sorted(rows[n].items())) for n in site) for site in found)


@settings(max_examples=40)
@given(st.lists(CELLS, max_size=6))
def test_every_row_has_one_site_at_most(rows: list[dict[str, str]]):
    placed = [n for site in sites(*rows) for n in site]
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("rows", [[], [{}], [{}, {}]])
def test_rows_that_say_nothing_of_their_place_have_one_site(rows: list[dict[str, str]]):
    assert len(sites(*rows)) == bool(rows)

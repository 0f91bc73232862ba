"""Two names behind one phone or web domain that no other name has: asked about, and never merged."""

from __future__ import annotations

import pytest

from engage.linkage.hints import ONE_LINE
from engage.linkage.weighing import weigh
from engage.model import Pair, Record

from .sample import SETTINGS, employer, linked, together

LINE, OTHER_LINE = "0161 496 0101", "0161 496 0707"
HERE, THERE = {"Town": "Hyde", "Postcode": "SK14 1QQ"}, {"Town": "Luton", "Postcode": "LU1 2AB"}


def two(one: str, other: str, **same: str) -> tuple[Record, Record]:
    return employer("R-1", one, **same), employer("R-2", other, "College", **same)


def questions(*records: Record) -> list[Pair]:
    found = linked(*records)
    assert not together(found.employer_of, "R-1#0", "R-2#0")
    return [pair for pair in found.questions if pair.kind == "employer"]


@pytest.mark.parametrize(
    "names",
    [
        ("Marple House", "J Whitlow"),  # a place and its owner
        ("Penketh Kitchen", "Zarvek"),
        ("Siop Lyfrau'r Cei", "The Quay Bookshop"),  # Welsh and English
        ("Zarvek Bakery", "Ogden Bakers"),  # one trade in two words
    ],
)
def test_two_names_behind_one_phone_are_asked_about(names):
    assert len(questions(*two(*names, Town="Hyde", Phone=LINE))) == 1
    assert len(questions(*two(*names, Phone=LINE))) == 1


@pytest.mark.parametrize("line", [{"Website": "zarvekhouse.example"}, {"Phone": LINE}])
def test_two_names_on_one_line_are_asked_about_as_being_as_likely_one_as_not(line):
    (question,) = questions(*two("Marple House", "Zarvek", **line))
    assert 0.5 <= question.probability <= 2 / 3 + 1e-6
    assert (ONE_LINE in question.reasons) == ("Phone" in line)


def test_what_is_a_reason_already_is_not_said_twice():
    (question,) = questions(*two("Zarvek Bakery", "Zarvek Cakes", Town="Hyde", Phone=LINE))
    assert "same phone number" in question.reasons
    assert ONE_LINE not in question.reasons


@pytest.mark.parametrize("more", ["Ogden Kitchen", "Thackray"])
def test_a_phone_that_a_third_name_has_is_a_switchboard(more):
    names = two("Marple House", "Zarvek", Town="Hyde", Phone=LINE)
    assert not questions(*names, employer("R-3", more, "Chamber", Phone=LINE))


def test_rows_of_the_same_two_names_are_asked_about_once():
    names = two("Marple House", "Zarvek", Town="Hyde", Phone=LINE)
    again = employer("R-3", "Marple House", "Chamber", Town="Hyde", Phone=LINE)
    assert len(questions(*names, again)) == 1


def test_two_trades_behind_one_phone_are_two_firms():
    assert not questions(*two("Zarvek Motors", "Ogden Bakery", Town="Hyde", Phone=LINE))


def test_two_in_two_towns_are_not_asked_about():
    one = employer("R-1", "Marple House", Phone=LINE, **HERE)
    assert not questions(one, employer("R-2", "Zarvek", "College", Phone=LINE, **THERE))


def test_two_on_one_web_whose_people_and_phones_are_others_are_not_asked_about():
    web = {"Website": "zarvektooling.example"}
    one = employer("R-1", "Marple House", Phone=LINE, Contact_name="Joanne Whitlow", **web)
    other = employer("R-2", "Zarvek", "College", Phone=OTHER_LINE, Contact_name="Imran Marple", **web)
    assert not questions(one, other)


def test_why_adds_up_to_what_is_asked():
    records = two("Marple House", "Zarvek", Town="Hyde", Phone=LINE)
    found = linked(*records)
    weighed = weigh("R-1#0", "R-2#0", records, found, SETTINGS)
    assert weighed is not None
    (question,) = [pair for pair in found.questions if pair.kind == "employer"]
    assert weighed.pair.weight == question.weight
    assert weighed.start + sum(bits for _, bits in weighed.parts) == pytest.approx(question.weight)
    assert any(reason == ONE_LINE for reason, _ in weighed.parts)


def test_two_in_one_street_with_a_rare_word_in_common_are_asked_about():
    names = "Zarvek Gin", "Zarvek Experience"
    assert len(questions(*two(*names, **HERE))) == 1
    assert not questions(*two("Hyde Gin", "Hyde Experience", **HERE))
    assert not questions(*two(*names, Town="Hyde"))


@pytest.mark.parametrize(
    "others",
    [
        [{"Phone": LINE}, {"Phone": OTHER_LINE}],
        [{"Contact_name": "Joanne Whitlow"}, {"Contact_name": "Imran Marple"}],
    ],
)
def test_two_in_one_street_whom_others_answer_for_are_not_asked_about(others):
    one, other = others
    rows = (
        employer("R-1", "Zarvek Gin", **HERE, **one),
        employer("R-2", "Zarvek Experience", "College", **HERE, **other),
    )
    assert not questions(*rows)

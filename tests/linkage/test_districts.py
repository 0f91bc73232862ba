"""The town of a postcode district, as the list itself says it."""

from __future__ import annotations

import pytest

from engage.linkage.districts import located, towns_of, with_town
from engage.linkage.mentions import all_mentions
from engage.model import Record

from .sample import employer, linked, together


def listed(name: str, number: int, **cells: str) -> Record:
    return employer(f"R-{number}", name, "", **cells)


def _of_others(*towns: str) -> list[Record]:
    """Rows of strangers that give a district with these towns."""
    names = ("Oddfell Travel", "Bexcombe Bakery", "Quillmere Signs", "Yarnholt Foods")
    return [
        listed(name, at, Town=town, Postcode=f"WN1 {at - 10}QB")
        for at, (name, town) in enumerate(zip(names, towns, strict=False), start=11)
    ]


def test_a_postcode_alone_is_in_the_town_that_other_rows_give_its_district():
    rows = listed("Danber Flooring", 1, Postcode="WN1 2QB"), listed("Danber Flooring", 2, Town="Wigan")
    assert not together(linked(*rows).employer_of, "R-1#0", "R-2#0")
    night = linked(*rows, *_of_others("Wigan", "Wigan"))
    assert together(night.employer_of, "R-1#0", "R-2#0")
    assert "same town, by the postcode" in night.merges[0].reasons


def test_a_district_in_another_town_tells_two_of_one_name_apart():
    rows = listed("Danber Flooring", 1, Postcode="WN1 2QB"), listed("Danber Flooring", 2, Town="Derby")
    assert linked(*rows).questions
    assert not linked(*rows, *_of_others("Wigan", "Wigan")).questions


@pytest.mark.parametrize("towns", [("Wigan",), ("Wigan", "Wigan", "Ince"), ("Wigan", "Ince")])
def test_a_district_that_one_row_or_rows_of_two_towns_give_tells_nothing(towns):
    employers, _ = all_mentions([*_of_others(*towns), listed("Danber Flooring", 1, Postcode="WN1 2QB")], "GB")
    found = towns_of([located(dict(enumerate(employers.values())))])
    assert with_town(employers["R-1#0"], found).town == ""

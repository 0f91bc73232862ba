"""What tells no employer apart: phones and domains of unlike ones, however many have them."""

from __future__ import annotations

import pytest

from engage.linkage import shared
from engage.linkage.mentions import all_mentions
from engage.linkage.shared import without_shared

from .sample import employer

LINE = "0161 234 5670"


def left(*names: str) -> set[tuple[str, ...]]:
    """What phones the rows of these names keep, which all have one."""
    rows = [employer(f"R-{n}", name, Phone=LINE) for n, name in enumerate(names)]
    return {one.phones for one in without_shared(all_mentions(rows, "GB")[0]).values()}


@pytest.mark.parametrize("most", [2, 500])
def test_a_phone_of_unlike_firms_tells_none_apart_however_many_have_it(most, monkeypatch):
    monkeypatch.setattr(shared, "MOST_USERS", most)
    firms = "Zarvek Tooling", "Zarvek Tooling Ltd", "Ogden Opticians", "Penket Foods", "Delmar Timber"
    assert left(*firms) == left(*reversed(firms)) == {()}
    assert left("Zarvek Tooling", "Zarvek Tooling Ltd", "The Zarvek Tooling Co") == {("+441612345670",)}


def test_names_that_are_alike_by_way_of_a_third_are_one_kind():
    assert left("Zarvek Tooling", "Ogden Opticians", "Zarvek t/a Ogden Opticians") == {("+441612345670",)}

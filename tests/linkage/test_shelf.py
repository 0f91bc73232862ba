"""Mentions in a file: whoever asks gets what was filed, however often and in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.linkage import shelf
from engage.linkage.shelf import Filed, Filing, pack

EVERY_THIRD_IS_NOBODY = [number for number in range(30) if number % 3]


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    filing = Filing[str](tmp_path_factory.mktemp("shelf") / "mentions")
    for number in reversed(EVERY_THIRD_IS_NOBODY):
        filing.put(number, pack(f"mention {number}"))
    found, numbers = filing.by_number(30)
    assert numbers.tolist() == EVERY_THIRD_IS_NOBODY
    yield found
    Filed.close_all()


@given(st.lists(st.lists(st.integers(0, 29)), max_size=6), st.integers(0, 9))
def test_what_is_taken_is_what_was_filed_whatever_was_read_lately(filed, asked, remembered):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "REMEMBERED", remembered)
        for numbers in asked:
            expected = {number: f"mention {number}" for number in numbers if number % 3}
            assert filed.take(numbers) == expected

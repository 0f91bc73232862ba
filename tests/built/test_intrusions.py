"""Texts that were typed where the system writes are handed back whole, however long they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.built.intrusions import LONGEST_PART, in_parts
from engage.model import Finding, Place
from engage.workbook.cells import storable

TYPED = Finding("typed-in-built-tab", Place("hub", "Clashes", 4, "What"), "This was typed.")


@pytest.mark.parametrize("length", [0, 1, LONGEST_PART, LONGEST_PART + 1, 50_000])
def test_a_long_text_comes_back_in_parts_that_fit_a_cell(length: int) -> None:
    text = "".join(f"{at:05}😀" for at in range(length // 6 + 1))[:length]
    parts = list(in_parts(replace(TYPED, found=text)))
    assert "".join(part.found for part in parts) == text
    assert [storable(part.found) for part in parts] == [part.found for part in parts]
    assert len({part.key for part in parts}) == len(parts)
    assert all(f"of {len(parts)}" in part.wrong for part in parts if len(parts) > 1)


def test_a_long_text_that_stays_in_its_cell_is_one_finding() -> None:
    finding = replace(TYPED, kind="bad-postcode", found="x" * 50_000)
    assert list(in_parts(finding)) == [finding]

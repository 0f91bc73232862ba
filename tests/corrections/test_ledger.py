"""The ledger knows which digest put what right, to whom; a digest that did not leave put nothing right."""

from __future__ import annotations

from datetime import datetime

import pytest

from engage.ledger import FAILED, REFUSED, SENT, UNKNOWN, Ledger, Send

NOW = datetime.fromisoformat("2026-11-30T05:00")
RUTH = Send("Ruth@council.example", "weekly", "2026-W48")
SPLIT = "R-AAAAAAA1#0 ~ R-BBBBBBB2#0 (2)"


@pytest.fixture
def ledger(tmp_path):
    found = Ledger(tmp_path / "ledger.sqlite")
    found.carry(RUTH, [SPLIT])
    return found


def test_what_was_to_be_put_right_is_not_put_right_until_the_digest_is_claimed(ledger):
    assert ledger.corrected() == frozenset()
    ledger.claim(RUTH, NOW)
    assert ledger.corrected() == {("ruth@council.example", SPLIT)}


@pytest.mark.parametrize(
    ("status", "told"), [(SENT, True), (UNKNOWN, True), (FAILED, False), (REFUSED, False)]
)
def test_only_what_left_or_may_have_left_counts_as_told(ledger, status, told):
    ledger.claim(RUTH, NOW)
    ledger.settle(RUTH, status, NOW)
    assert bool(ledger.corrected()) is told


def test_a_later_digest_may_bring_what_an_earlier_one_did_not(ledger):
    later = Send(RUTH.address, "weekly", "2026-W49")
    ledger.claim(RUTH, NOW)
    ledger.settle(RUTH, FAILED, NOW)
    ledger.carry(later, [SPLIT])
    ledger.claim(later, NOW)
    assert ledger.corrected() == {("ruth@council.example", SPLIT)}
    assert [send.period for send, _ in ledger.brought()] == ["2026-W49"]


def test_the_address_of_somebody_who_was_erased_is_gone_from_there_too(ledger):
    ledger.claim(RUTH, NOW, "what she asked for")
    assert ledger.rename(lambda text: "" if "ruth" in text else text) == 2
    assert b"ruth" not in ledger.path.read_bytes()
    assert [entry.asked for entry in ledger.entries()] == [""]


def test_what_a_reader_asked_for_is_kept_with_the_try_that_left(ledger):
    ledger.claim(RUTH, NOW, "everything")
    ledger.settle(RUTH, FAILED, NOW)
    assert ledger.claim(RUTH, NOW, "my agency")
    assert not ledger.claim(RUTH, NOW, "a third")
    entry = ledger.entry(RUTH)
    assert entry is not None
    assert (entry.asked, ledger.entries()[0].asked) == ("my agency", "my agency")

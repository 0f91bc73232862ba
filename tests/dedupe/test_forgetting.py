"""A long list's texts are not kept in memory, and nothing else is forgotten."""

from __future__ import annotations

from engage.dedupe import forgetting
from engage.dedupe.forgetting import forget_much
from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.text import fold


def test_texts_are_forgotten_once_they_are_many_and_read_the_same_again(monkeypatch):
    fold.cache_clear()
    before = read_name("Zarvek Tooling Ltd t/a Bridge Café")
    assert not forget_much()
    monkeypatch.setattr(forgetting, "MOST_TEXTS", 1)
    assert forget_much()
    assert fold.cache_info().currsize == read_name.cache_info().currsize == 0
    assert not forget_much()
    assert read_name("Zarvek Tooling Ltd t/a Bridge Café") == before

"""What is asked when several clusters may be one: no more than settles it."""

from __future__ import annotations

from engage.linkage.decisions import Standing
from engage.linkage.questions import ask
from engage.model import Decision, Pair

DIFFERENT = Decision("a", "c", "employer", "Different")


def _pair(a: str, b: str, weight: float, veto: str = "") -> Pair:
    return Pair(a, b, "employer", 0.9, weight, "review", ("same postcode",), "", veto)


def _asked(*pairs: Pair, told: Standing | None = None) -> set[str]:
    found = ask(pairs, {}, {}, told or Standing(), lambda a, b: "")
    return {pair.a + pair.b for _, pair in found}


def test_of_three_that_may_be_one_the_two_likeliest_pairs_are_asked_about():
    assert _asked(_pair("a", "b", 3.0), _pair("a", "c", 5.0), _pair("b", "c", 4.0)) == {"ac", "bc"}


def test_once_one_of_them_was_answered_different_the_third_is_asked():
    told = Standing(apart=frozenset({("a", "c")}), answered={("a", "c"): DIFFERENT})
    pairs = (_pair("a", "b", 3.0), _pair("a", "c", 5.0), _pair("b", "c", 4.0))
    assert _asked(*pairs, told=told) == {"ab", "bc"}


def test_a_pair_that_is_surely_two_implies_nothing():
    pairs = (_pair("a", "b", 9.0, "different company numbers"), _pair("a", "c", 5.0), _pair("b", "c", 4.0))
    assert _asked(*pairs) == {"ab", "ac", "bc"}

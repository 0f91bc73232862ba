"""Which pairs and answers made one cluster of two, or two of one."""

from __future__ import annotations

from engage.linkage.causes import joining, parting
from engage.model import Decision, Linked, Pair

A, B, C, D = (f"R-{letter * 7}1#0" for letter in "ABCD")


def pair(a, b, veto="", weight=9.0, band="automatic"):
    return Pair(a, b, "employer", 0.9, weight, band, ("same phone number",), veto=veto)


def test_two_clusters_that_meet_through_a_new_row_are_told_pair_by_pair():
    linked = Linked({}, {}, {}, merges=(pair(A, C), pair(B, C)))
    causes = joining(frozenset({A}), frozenset({B}), linked, (), "employer")
    assert [(cause.a, cause.b) for cause in causes] == [(A, C), (B, C)]


def test_a_persons_answer_is_told_where_it_is_what_joins_them():
    answer = Decision(A, B, "employer", "Same", "2026-11-03 09:00")
    (cause,) = joining(frozenset({A}), frozenset({B}), Linked({}, {}, {}), (answer,), "employer")
    assert cause.answer == answer


def test_what_no_pair_joins_has_no_cause():
    assert joining(frozenset({A}), frozenset({B}), Linked({}, {}, {}), (), "employer") == ()


def test_an_answer_is_told_before_a_veto_and_a_veto_before_a_doubt():
    one, other = frozenset({A, B}), frozenset({C, D})
    linked = Linked(
        {}, {}, {}, pairs=(pair(A, C, band="review"), pair(B, D, "different company numbers", 1.0))
    )
    assert parting(one, other, linked, (), "employer").reasons == ("different company numbers",)
    answer = Decision(B, C, "employer", "Different", "2026-11-03 09:00")
    assert parting(one, other, linked, (answer,), "employer").answer == answer
    assert parting(one, frozenset(), linked, (answer,), "employer") is None

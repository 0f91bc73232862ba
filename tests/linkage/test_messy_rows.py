"""The gates: forty rows as real ones are, five agencies, two layouts; nothing here is tuned row by row."""

from __future__ import annotations

from functools import cache

import pytest

from engage.linkage.linking import link
from engage.model import Linked, Membership

from . import sample

LAYOUTS = pytest.mark.parametrize("tab", ["E", "C"], ids=["one tab", "employers and contacts"])


@cache
def _linked(tab: str) -> Linked:
    records = sample.one_tab() if tab == "E" else sample.two_tabs()
    return link(records, [], Membership(), sample.SETTINGS)


@LAYOUTS
def test_no_two_employers_are_merged_that_are_not_one(tab):
    ids, truth = _linked(tab).employer_of, sample.true_employers()
    assert all(truth[a] == truth[b] for a in truth for b in truth if ids[a] == ids[b])


@LAYOUTS
def test_no_two_people_are_merged_that_are_not_one(tab):
    ids, truth = _linked(tab).person_of, sample.true_people(tab)
    assert all(truth[a] == truth[b] for a in truth for b in truth if ids[a] == ids[b])


@LAYOUTS
@pytest.mark.parametrize("pair", sample.expected_pairs(), ids=lambda pair: f"{pair['row_a']}-{pair['row_b']}")
def test_what_the_experts_send_to_a_person_or_keep_apart_is_not_merged(tab, pair):
    ids = _linked(tab).employer_of
    said = pair["expected_employer"]
    if said.startswith("keep apart") or "after review" in said:
        assert ids[sample.employer_key(pair["row_a"])] != ids[sample.employer_key(pair["row_b"])]


@LAYOUTS
@pytest.mark.parametrize(
    ("a", "b"), [(1, 3), (8, 9), (19, 20), (20, 21), (22, 23), (24, 25), (26, 27), (34, 35)]
)
def test_people_whom_the_experts_send_to_a_person_are_not_merged(tab, a, b):
    ids = _linked(tab).person_of
    assert ids[f"R-{tab}{a:03d}#1"] != ids[f"R-{tab}{b:03d}#1"]


@LAYOUTS
def test_three_fifths_of_the_employers_pairs_are_automatic(tab):
    ids = _linked(tab).employer_of
    pairs = sample.true_pairs(sample.true_employers())
    assert len(pairs) == 39
    assert sum(ids[a] == ids[b] for a, b in pairs) >= 0.6 * 39


@LAYOUTS
def test_two_fifths_of_the_peoples_pairs_are_automatic(tab):
    ids = _linked(tab).person_of
    pairs = sample.true_pairs(sample.true_people(tab))
    assert sum(ids[a] == ids[b] for a, b in pairs) >= 0.4 * len(pairs)


@LAYOUTS
@pytest.mark.parametrize("kind", ["employer", "person"])
def test_every_other_true_pair_is_asked_about_with_reasons(tab, kind):
    night = _linked(tab)
    ids, truth = (
        (night.employer_of, sample.true_employers())
        if kind == "employer"
        else (night.person_of, sample.true_people(tab))
    )
    asked = [pair for pair in night.questions if pair.kind == kind and truth[pair.a] == truth[pair.b]]
    assert all(pair.reasons for pair in asked)
    parent = {ids[key]: ids[key] for key in truth}
    for _ in parent:  # answering every question "Same", over and over, brings all the rest together
        for pair in asked:
            low = min(parent[ids[pair.a]], parent[ids[pair.b]])
            parent[ids[pair.a]] = parent[ids[pair.b]] = low
    assert [(a, b) for a, b in sample.true_pairs(truth) if parent[ids[a]] != parent[ids[b]]] == []


@LAYOUTS
def test_the_review_list_stays_short(tab):
    night = _linked(tab)
    truth = sample.true_employers() | sample.true_people(tab)
    wrong = [pair for pair in night.questions if truth[pair.a] != truth[pair.b]]
    assert (
        len(wrong) <= 3
    )  # the group and its firm, the franchise's branches, father and son: only a person knows
    assert len(night.questions) <= 15


@LAYOUTS
def test_one_company_number_at_two_postcodes_is_one_employer_with_two_sites(tab):
    night = _linked(tab)
    assert night.employer_of["R-E001#0"] == night.employer_of["R-E004#0"]
    assert night.site_of["R-E001#0"] != night.site_of["R-E004#0"]
    assert night.site_of["R-E001#0"] == night.site_of["R-E002#0"]
    assert night.site_of["R-E004#0"] == night.site_of["R-E038#0"]


@LAYOUTS
def test_the_group_is_offered_with_the_reason_why_it_is_not_merged(tab):
    group = [pair for pair in _linked(tab).questions if "R-E005#0" in (pair.a, pair.b)]
    assert [pair.veto for pair in group] == ["different company numbers"]


def test_contacts_belong_to_the_employer_that_their_own_agency_lists():
    night = _linked("C")
    for row in sample.messy_rows():
        if row["contact_as_typed"]:
            assert (
                night.employer_of[f"R-C{int(row['row']):03d}#0"]
                == night.employer_of[sample.employer_key(row["row"])]
            )


def test_two_people_in_one_cell_are_two_mentions_with_their_own_mailboxes():
    ids = _linked("E").person_of
    assert ids["R-E036#2"] == ids["R-E037#1"]
    assert ids["R-E036#1"] != ids["R-E036#2"]

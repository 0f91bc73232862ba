"""Laws of a night's linking: order, stability, decisions, and rows that say little."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from engage.linkage.linking import link
from engage.model import Decision, Linked, Membership

from .sample import SETTINGS, contact, employer, linked, one_tab, record, together, two_tabs

pytestmark = pytest.mark.slow


@cache
def _night() -> Linked:
    return link(two_tabs(), [], Membership(), SETTINGS)


def _said(a: str, b: str, verdict: str, kind: str = "employer", **more: object) -> Decision:
    first, second = sorted((a, b))
    return Decision(first, second, kind, verdict, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_rows_never_shows(seed):
    records = two_tabs()
    random.Random(seed).shuffle(records)
    assert link(records, [], Membership(), SETTINGS) == _night()


def test_the_next_night_changes_nothing():
    again = link(two_tabs(), [], _night().membership(), SETTINGS)
    assert again.employer_of == _night().employer_of
    assert again.site_of == _night().site_of
    assert again.person_of == _night().person_of
    assert again.questions == _night().questions
    assert again.changes == ()


def test_no_rows_give_an_empty_answer():
    assert linked() == Linked({}, {}, {})


def test_one_row_is_an_employer_with_one_site_and_its_person():
    night = linked(employer("R-1", "Acme Tools Ltd", Postcode="SK14 1AA", Contact_name="Ann Lee"))
    assert set(night.employer_of) == {"R-1#0"} == set(night.site_of)
    assert set(night.person_of) == {"R-1#1"}
    assert night.questions == night.merges == ()


def test_blank_rows_and_rows_of_other_tabs_name_nobody():
    rows = [
        employer("R-1", ""),
        employer("R-2", " - "),
        record("R-3", "Events", Event="Jobs fair"),
        contact("R-4", "", ""),
    ]
    assert linked(*rows) == Linked({}, {}, {})


def test_a_name_alone_is_asked_about_and_never_merged():
    night = linked(employer("R-1", "Zarvek Tooling"), employer("R-2", "Zarvek Tooling Ltd", "College"))
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert [(pair.a, pair.b) for pair in night.questions] == [("R-1#0", "R-2#0")]
    assert "names differ only by Ltd" in night.questions[0].reasons


@pytest.mark.parametrize(
    "shared",
    [{"Phone": "0161 496 0001"}, {"Postcode": "SK14 1AA"}, {"Email": "info@landlord.example"}],
    ids=["switchboard", "postcode", "mailbox"],
)
def test_what_unlike_employers_share_merges_nobody(shared):
    names = ("Zarvek Tooling", "Brimlow Bakery", "Oddfell Travel")
    rows = [employer(f"R-{i}", name, f"Agency {i}", **shared) for i, name in enumerate(names)]
    night = linked(*rows)
    assert len(set(night.employer_of.values())) == 3
    assert night.questions == ()


def test_different_company_numbers_are_never_merged_even_by_way_of_a_third_row():
    same = {"Postcode": "SK14 1AA", "Website": "www.zarvek.example"}
    night = linked(
        employer("R-1", "Zarvek Tooling Ltd", Company_number="01234567", **same),
        employer("R-2", "Zarvek Tooling Ltd", "College", Company_number="07654321", **same),
        employer("R-3", "Zarvek Tooling", "Chamber", **same),
    )
    assert len(set(night.employer_of.values())) == 3
    assert len(night.questions) == 2  # whose the third row is; of two numbers there is nothing to ask


def test_a_number_that_may_be_a_charitys_never_keeps_two_rows_apart():
    same = {"Postcode": "SK14 1AA", "Website": "www.zarvek.example"}
    night = linked(
        employer("R-1", "Zarvek Trust", Company_number="CE012345", **same),
        employer("R-2", "Zarvek Trust", "College", Company_number="1234567", **same),
    )
    assert together(night.employer_of, "R-1#0", "R-2#0")


def test_a_name_of_common_words_is_one_in_one_street_unless_other_people_answer_other_phones_there():
    here = {"Postcode": "SK14 1AA"}
    rows = [employer("R-1", "Hyde Training Centre", **here, Phone="0161 496 0101"),
            employer("R-2", "Hyde Training Centre", "College", **here)]  # fmt: skip
    assert together(linked(*rows).employer_of, "R-1#0", "R-2#0")
    other = employer("R-2", "Hyde Training Centre", "College", **here, Phone="0161 496 0707")
    assert together(linked(rows[0], other).employer_of, "R-1#0", "R-2#0")
    who = ("0161 496 0101", "Ann Frost"), ("0161 496 0707", "Bob Heaton")
    rows = [
        employer(f"R-{at}", "Hyde Training Centre", f"Agency {at}", **here, Phone=line, Contact_name=name)
        for at, (line, name) in enumerate(who, 1)
    ]
    night = linked(*rows)
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert len(night.questions) == 1


def test_the_group_is_not_its_firm_without_a_persons_word():
    same = {"Postcode": "SK14 1AA", "Website": "www.zarvek.example", "Phone": "0161 496 0001"}
    night = linked(
        employer("R-1", "Zarvek", **same),
        employer("R-2", "Zarvek Group", "College", **same),
        employer("R-3", "Zarvek Tooling", "Chamber", **same),
    )
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert not together(night.employer_of, "R-2#0", "R-3#0")
    asked = {frozenset((pair.a, pair.b)) for pair in night.questions}
    assert frozenset(("R-1#0", "R-2#0")) in asked
    assert frozenset(("R-2#0", "R-3#0")) not in asked  # a firm and its group, by their names: nothing to ask


# --- decisions --------------------------------------------------------------------------------------


def test_same_merges_two_clusters_whole():
    night = link(two_tabs(), [_said("R-E017#0", "R-E018#0", "Same")], Membership(), SETTINGS)
    assert together(night.employer_of, "R-E016#0", "R-E017#0", "R-E018#0")


def test_different_takes_an_automatic_pair_apart_and_is_not_asked_again():
    merge = next(pair for pair in _night().merges if pair.kind == "employer")
    night = link(
        two_tabs(), [_said(merge.a, merge.b, "Different", compared=merge.compared)], Membership(), SETTINGS
    )
    ends = {night.employer_of[merge.a], night.employer_of[merge.b]}
    assert len(ends) == 2
    assert not [
        q for q in night.questions if {night.employer_of.get(q.a), night.employer_of.get(q.b)} == ends
    ]


def test_every_automatic_merge_can_be_taken_back_one_by_one():
    records = one_tab()
    whole = link(records, [], Membership(), SETTINGS)
    for merge in whole.merges:
        undone = _said(merge.a, merge.b, "Same", merge.kind, how="automatically", undone=True)
        night = link(records, [undone], whole.membership(), SETTINGS)
        ids = night.employer_of if merge.kind == "employer" else night.person_of
        before = whole.employer_of if merge.kind == "employer" else whole.person_of
        assert ids[merge.a] != ids[merge.b]
        others = [key for key in before if before[key] != before[merge.a]]
        if merge.kind == "employer":  # nobody else's cluster moves
            assert {key: ids[key] for key in others} == {key: before[key] for key in others}


def test_an_automatic_row_of_decisions_binds_nobody():
    rows = [employer("R-1", "Zarvek Tooling"), employer("R-2", "Brimlow Bakery", "College")]
    night = linked(*rows, decisions=(_said("R-1#0", "R-2#0", "Same", how="automatically"),))
    assert not together(night.employer_of, "R-1#0", "R-2#0")


def test_two_agencies_that_answer_differently_hold_the_pair_apart():
    rows = [employer("R-1", "Zarvek Tooling"), employer("R-2", "Zarvek Tooling Ltd", "College")]
    yes = _said("R-1#0", "R-2#0", "Same", by="Council", when="2026-01-01 10:00")
    no = _said("R-1#0", "R-2#0", "Different", by="College", when="2026-01-02 10:00")
    night = linked(*rows, decisions=(yes, no))
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert night.contradictions == ((yes, no),)
    assert night.questions == ()


def test_a_later_answer_of_the_same_agency_withdraws_its_earlier_one():
    rows = [employer("R-1", "Zarvek Tooling"), employer("R-2", "Zarvek Tooling Ltd", "College")]
    no = _said("R-1#0", "R-2#0", "Different", by="Council", when="2026-01-01 10:00")
    yes = _said("R-1#0", "R-2#0", "Same", by="Council", when="2026-01-02 10:00")
    assert together(linked(*rows, decisions=(yes, no)).employer_of, "R-1#0", "R-2#0")
    assert not together(
        linked(*rows, decisions=(replace(yes, undone=True), no)).employer_of, "R-1#0", "R-2#0"
    )


def test_an_answer_that_others_rule_out_is_reported_and_not_done():
    rows = [
        employer(f"R-{n}", name)
        for n, name in ((1, "Zarvek Tooling"), (2, "Brimlow Bakery"), (3, "Oddfell Travel"))
    ]
    decisions = (
        _said("R-1#0", "R-2#0", "Same", when="2026-01-01 10:00"),
        _said("R-2#0", "R-3#0", "Same", when="2026-01-02 10:00"),
        _said("R-1#0", "R-3#0", "Different", when="2026-01-03 10:00"),
    )
    night = linked(*rows, decisions=decisions)
    assert not together(night.employer_of, "R-1#0", "R-3#0")
    assert night.contradictions == ((decisions[1], decisions[2]),)


def test_not_sure_is_asked_again_only_when_what_was_compared_has_changed():
    rows = [employer("R-1", "Zarvek Tooling"), employer("R-2", "Zarvek Tooling Ltd", "College")]
    asked = linked(*rows).questions[0]
    answer = _said(asked.a, asked.b, "Not sure", compared=asked.compared)
    assert linked(*rows, decisions=(answer,)).questions == ()
    changed = [rows[0], employer("R-2", "Zarvek Tooling Ltd", "College", Town="Hyde", Phone="0161 496 0007")]
    assert len(linked(*changed, decisions=(answer,)).questions) == 1


def test_different_holds_even_when_what_was_compared_has_changed():
    same = {"Postcode": "SK14 1AA", "Website": "www.zarvek.example"}
    rows = [employer("R-1", "Zarvek Tooling", **same), employer("R-2", "Zarvek Tooling", "College", **same)]
    answer = _said("R-1#0", "R-2#0", "Different", compared="something else")
    night = linked(*rows, decisions=(answer,))
    assert not together(night.employer_of, "R-1#0", "R-2#0")
    assert len(night.questions) == 1


# --- identifiers ------------------------------------------------------------------------------------


def test_a_new_row_that_joins_an_old_cluster_takes_its_identifier():
    row = employer("R-5", "Zarvek Tooling Ltd", Company_number="01234567")
    before = linked(row)
    night = linked(
        row,
        employer("R-1", "Zarvek Tooling", "College", Company_number="1234567".zfill(8)),
        before=before.membership(),
    )
    assert set(night.employer_of.values()) == set(before.employer_of.values())
    assert night.changes == ()


def test_a_merge_and_its_undoing_are_told_by_identifiers_alone():
    rows = [employer("R-1", "Zarvek Tooling"), employer("R-2", "Brimlow Bakery", "College")]
    apart = linked(*rows)
    same = _said("R-1#0", "R-2#0", "Same")
    joined = linked(*rows, decisions=(same,), before=apart.membership())
    kept, gone = joined.employer_of["R-1#0"], apart.employer_of["R-2#0"]
    assert f"{kept} now includes {gone}" in map(str, joined.changes)
    undone = linked(*rows, decisions=(replace(same, undone=True),), before=joined.membership())
    assert undone.employer_of["R-1#0"] == kept
    assert any(str(change).startswith(f"{kept} was split") for change in undone.changes)
    assert not any("Zarvek" in str(change) for change in (*joined.changes, *undone.changes))


def test_a_bracket_that_may_be_a_branch_is_asked_about_when_only_the_brands_domain_is_shared():
    brand = {"Website": "www.garketber.example"}
    rows = (
        employer("R-E001", "Garketber Components (Nortamside)", Phone="01632 960882", **brand),
        employer("R-E002", "Garketber Components", "College", Phone="01632 960237", **brand),
    )
    night = linked(*rows)
    assert not together(night.employer_of, "R-E001#0", "R-E002#0")
    assert "what one name adds in brackets may be a branch" in night.questions[0].reasons
    same_line = linked(
        rows[0], employer("R-E002", "Garketber Components", "College", Phone="01632 960882", **brand)
    )
    assert together(same_line.employer_of, "R-E001#0", "R-E002#0")

"""Laws of linking, on registers drawn at random: order, strangers, decisions, and ends that disagree."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engage.model import Decision, Record, record_of

from .sample import contact, employer, linked, together

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
AGENCIES = ("Council", "College", "Chamber")
NAMES = (
    *("Zarvek Tooling", "Zarvek Tooling Ltd", "Zarvek", "Zarvek Group", "ZARVEK TOOLNG"),
    *("Zarvek Tooling (Hyde)", "Zarvek Tooling - Luton", "Bridge Cafe", "The Bridge Café Ltd"),
    *("Karim & Sons", "Karim and Sons Ltd"),
)
SOMETIMES = {
    "Town": ("Hyde", "Luton"),
    "Postcode": ("SK14 1QQ", "SK14 1QR", "LU1 2AB"),
    "Phone": ("0161 496 0101", "0161 496 0102"),
    "Website": ("zarvek.example", "bridge.example"),
    "Company number": ("01234567", "07654321"),
    "Contact name": ("Joanne Whitlow", "J Whitlow", "Adil Karim"),
}
few = settings(
    max_examples=150 if SOAK else 3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[*Phase] if SOAK else [Phase.explicit, Phase.generate],
)


@st.composite
def registers(draw: st.DrawFn) -> list[Record]:
    """Three to seven rows of a few employers that look alike, and who works there."""
    rows = []
    for number in range(draw(st.integers(3, 7))):
        cells = {heading: draw(st.sampled_from(("", *texts))) for heading, texts in SOMETIMES.items()}
        name, agency = draw(st.sampled_from(NAMES)), draw(st.sampled_from(AGENCIES))
        rows.append(employer(f"R-{number}", name, agency, **cells))
    return rows


def _partition(ids: Mapping[str, str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, found in ids.items():
        groups[found].add(key)
    return {frozenset(group) for group in groups.values()}


def _partitions(*records: Record) -> tuple[set[frozenset[str]], ...]:
    night = linked(*records)
    return _partition(night.employer_of), _partition(night.site_of), _partition(night.person_of)


@few
@given(registers(), st.data())
def test_the_order_of_rows_and_columns_and_the_names_of_agencies_change_no_cluster(rows, data):
    names = dict(zip(AGENCIES, data.draw(st.permutations(AGENCIES)), strict=True))
    turned = [
        replace(
            row,
            agency=names[row.agency],
            typed=dict(reversed(row.typed.items())),
            clean=dict(reversed(row.clean.items())),
        )
        for row in data.draw(st.permutations(rows))
    ]
    assert _partitions(*turned) == _partitions(*rows)


@few
@given(registers())
def test_a_stranger_changes_no_cluster_but_its_own(rows):
    stranger = employer("R-X", "Oddfell Travel", Town="Bath", Phone="020 7946 0123", Contact_name="Wei Chen")
    before, after = _partitions(*rows), _partitions(*rows, stranger)
    assert [found - {frozenset({"R-X#0"}), frozenset({"R-X#1"})} for found in after] == [*before]


@few
@given(registers(), st.data())
def test_no_decision_is_ever_broken(rows, data):
    keys = [f"{row.record_id}#0" for row in rows]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=4))
    said = {tuple(sorted(pair)): data.draw(st.sampled_from(("Same", "Different"))) for pair in pairs}
    answers = [Decision(a, b, "employer", verdict) for (a, b), verdict in said.items() if a != b]
    night = linked(*rows, decisions=tuple(answers))
    refused = {frozenset((one.a, one.b)) for two in night.contradictions for one in two}
    for answer in answers:
        one = together(night.employer_of, answer.a, answer.b)
        kept = one == (answer.verdict == "Same")
        assert kept or (answer.verdict == "Same" and frozenset((answer.a, answer.b)) in refused)


@few
@given(registers())
def test_no_chain_of_rows_joins_two_company_numbers(rows):
    numbers = {row.record_id: row["Company number"] for row in rows}
    for group in _partition(linked(*rows).employer_of):
        assert len({numbers[record_of(key)] for key in group} - {""}) < 2


def test_no_chain_of_likenesses_joins_two_firms_whose_ends_disagree():
    web = {"Website": "zarvek.example"}
    night = linked(
        employer("R-1", "Zarvek Tooling", Town="Hyde", Postcode="SK14 1QQ", Phone="0161 496 0101", **web),
        employer("R-2", "Zarvek Tooling", "College", **web),
        employer("R-3", "Zarvek Tooling - Luton", "Chamber", Town="Luton", Phone="0161 496 0102", **web),
    )
    assert not together(night.employer_of, "R-1#0", "R-3#0")


def test_people_of_one_name_far_apart_are_not_joined_by_a_row_that_says_little():
    firms = (employer("R-E1", "Zarvek Tooling", Town="Hyde"), employer("R-E2", "Oddfell Travel", Town="Bath"))
    night = linked(
        *firms,
        contact("R-1", "Ann Smith", "Zarvek Tooling", Email="ann.smith@zarvek.example"),
        contact("R-2", "Ann Smith", "Oddfell Travel", Email="ann.smith@oddfell.example"),
        contact("R-3", "Ann Smith", ""),
    )
    assert not together(night.person_of, "R-1#1", "R-2#1")

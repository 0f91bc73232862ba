"""Pairs that share no ground: leaving them out before they are scored changes nothing that anybody sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.linkage_register import generate
from engage.linkage import listed
from engage.linkage.crew import Alone
from engage.linkage.decisions import Standing
from engage.linkage.employers import EmployerJudging, columns
from engage.linkage.engine import opening
from engage.linkage.engine.opening import open_engine
from engage.linkage.engine.scored import Scored
from engage.linkage.mentions import Employer, all_mentions
from engage.linkage.model_file import fixed_model
from engage.linkage.shared import without_shared
from engage.linkage.signs import Index, carried, sign

from .sample import SETTINGS, employer, two_tabs


def _employers(*rows) -> dict[str, Employer]:
    return without_shared(all_mentions(rows, "GB")[0])


def _likely(mentions: dict[str, Employer], *, grounded: bool) -> Scored:
    numbered = dict(enumerate(mentions.values()))
    with open_engine(fixed_model("employer"), len(numbered)) as engine:
        engine.add(columns(numbered))
        return engine.likely(0.0, grounded=grounded)


def _shown(mentions: dict[str, Employer], monkeypatch, *, grounded: bool):
    made = EmployerJudging
    monkeypatch.setattr(listed, "EmployerJudging", lambda *args: replace(made(*args), grounded=grounded))
    found = listed.link_employers(mentions, Standing(), SETTINGS)
    return found.clusters, found.pairs(Alone()), len(found.compared.judged.scored)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 11])
def test_no_pair_without_a_ground_is_merged_or_asked_about(seed, monkeypatch):
    rows = [record for record in generate(700, seed).records if record.tab == "Employers"]
    mentions = _employers(*rows, *two_tabs())
    *expected, all_pairs = _shown(mentions, monkeypatch, grounded=False)
    *found, fewer = _shown(mentions, monkeypatch, grounded=True)
    assert found == expected
    assert fewer < all_pairs


def test_rows_of_one_name_are_compared_as_long_as_nothing_shows_two_owners():
    towns = [("Hyde", "SK14"), ("Hyde", "SK14"), ("Luton", "LU1")]
    one_town = _employers(*(employer(f"R-{i}", "Zarvek Tooling", Town=t) for i, (t, _) in enumerate(towns)))
    placed = [
        employer(f"R-{i}", "Zarvek Tooling", Town=t, Postcode=f"{o} {i}AA") for i, (t, o) in enumerate(towns)
    ]
    assert len(_likely(one_town, grounded=True)) == len(_likely(one_town, grounded=False)) == 3
    assert len(_likely(_employers(*placed), grounded=True)) == 1  # the two of one town
    assert len(_likely(_employers(*placed), grounded=False)) == 3


def test_an_agent_of_two_rows_is_a_ground():
    rows = (
        employer(f"R-{i}", name, Contact_name="c/o Fenbaelwell Ledgers")
        for i, name in enumerate(("Dunketros Commercial Cleaning", "Dunketos Commercial Cleaning"))
    )
    assert len(_likely(_employers(*rows), grounded=True)) == 1


@pytest.mark.parametrize("remembered", [0, 5000])
def test_what_was_withdrawn_is_as_if_it_had_never_been_added(remembered, monkeypatch):
    monkeypatch.setattr(opening, "REMEMBERED", remembered)
    mentions = dict(enumerate(_employers(*two_tabs()).values()))
    others = {number: one for number, one in mentions.items() if number % 3}
    instead = {number: mentions[0] for number in mentions if not number % 3}
    model, gone = fixed_model("employer"), np.array([*instead], np.int32)
    with open_engine(model, len(mentions)) as engine:
        engine.add(columns({**others, **instead}))
        expected = engine.likely(0.5, grounded=True)
    with open_engine(model, len(mentions)) as engine:
        engine.add(columns(mentions))
        engine.withdraw(gone)
        engine.add(columns(instead))
        found = engine.likely(0.5, grounded=True)
    assert list(found.pairs()) == list(expected.pairs()) != []
    assert pa.array(found.weight).equals(pa.array(expected.weight))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9)), unique=True),
    st.lists(st.sampled_from("xy-"), min_size=10, max_size=10),
)
def test_signs_of_one_kind_of_mentions_are_passed_over(said, kinds):
    index = Index([carried((sign(text), number) for text, number in said)])
    kind = np.array([sign() if one == "-" else sign(one) for one in kinds], np.uint64)
    of = {one: [kinds[number] for number in numbers] for one, numbers in index.groups()}
    unlike = {one for one, found in of.items() if len(found) > 1 and ("-" in found or len({*found}) > 1)}
    assert dict(index.of_unlike(kind)) == {one: found for one, found in index.groups() if one in unlike}

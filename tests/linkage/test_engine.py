"""What the database finds: no less, no more and no other than comparing every two by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.linkage_register import generate
from engage.linkage.engine import duck, opening
from engage.linkage.engine.opening import open_engine
from engage.linkage.engine.tables import batch
from engage.linkage.features import employer_keys, employer_row, person_keys, person_row
from engage.linkage.linking import link
from engage.linkage.mentions import all_mentions
from engage.linkage.model_file import FixedModel, fixed_model
from engage.linkage.score import Row, score_pairs
from engage.model import Membership, Record

from .sample import SETTINGS, two_tabs

PLENTY = range(160)


@cache
def _register() -> list[Record]:
    listed = [record for record in generate(160, seed=7).records if record.tab != "Engagements"]
    return [*two_tabs(), *listed]


@cache
def _employers() -> tuple[list[Row], list[set[str]]]:
    model = fixed_model("employer")
    found = [one for one in all_mentions(_register(), "GB")[0].values() if one.listed][: len(PLENTY)]
    return [employer_row(one, model) for one in found], [set(employer_keys(one)) for one in found]


@cache
def _people() -> tuple[list[Row], list[set[str]]]:
    model, found = fixed_model("person"), list(all_mentions(_register(), "GB")[1].values())[: len(PLENTY)]
    lines = frozenset(phone for one in found for phone in one.phones)
    rows = [person_row(one, lines, one.employer, (), model) for one in found]
    return rows, [set(person_keys(one, lines, one.employer, ())) for one in found]


MENTIONS = {"employer": _employers, "person": _people}


def _by_hand(keys: Mapping[str, Iterable[str]], large: int) -> set[tuple[str, str]]:
    """Every two that share a key; in a block of more than `large` they must share a second such key."""
    blocks: dict[object, set[str]] = defaultdict(set)
    for mention, named in keys.items():
        for key in named:
            blocks[key].add(mention)
    too_large = {key for key, block in blocks.items() if len(block) > large}
    for mention, named in keys.items():
        for two in combinations(sorted(too_large.intersection(named)), 2):
            blocks[two].add(mention)
    small = [
        block
        for key, block in blocks.items()
        if key not in too_large and (isinstance(key, str) or len(block) <= 4 * large)
    ]
    return {pair for block in small for pair in combinations(sorted(block), 2)}


def _likely(
    rows: list[Row], keys: list[set[str]], model: FixedModel, probability: float
) -> dict[tuple[str, str], float]:
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(0, rows[:20], keys[:20], model))
        engine.add(batch(20, rows[20:], keys[20:], model))
        found = engine.likely(probability)
    return {
        (f"{a:03}", f"{b:03}"): weight for (a, b), weight in zip(found.pairs(), found.weight, strict=True)
    }


@pytest.mark.parametrize("subject", ["employer", "person"])
@pytest.mark.parametrize("large", [3, 80])
@settings(max_examples=3, deadline=None)
@given(st.sets(st.sampled_from(PLENTY), min_size=30), st.sampled_from([0.0, 0.02, 0.5, 0.995]))
def test_every_pair_that_shares_a_key_and_reaches_the_limit_is_found(subject, large, chosen, probability):
    model = fixed_model(subject)
    rows, keys = ([part[index] for index in sorted(chosen)] for part in MENTIONS[subject]())
    named = {f"{index:03}": row for index, row in enumerate(rows)}
    blocked = sorted(_by_hand({f"{index:03}": own for index, own in enumerate(keys)}, large))
    scores = score_pairs(named, blocked, model)
    expected = {pair: s.weight for pair, s in scores.items() if s.probability >= probability}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duck, "LARGE", large)
        patch.setattr(duck, "LARGE_TOGETHER", 4 * large)
        patch.setattr(opening, "REMEMBERED", 0)
        assert _likely(rows, keys, model, probability) == expected


@settings(max_examples=2, deadline=None)
@given(st.sets(st.sampled_from(range(len(_register()))), min_size=20, max_size=120))
def test_a_list_in_a_file_taken_in_parts_links_as_it_does_in_memory_at_once(chosen):
    records = [_register()[index] for index in sorted(chosen)]
    whole = link(records, [], Membership(), SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "IN_MEMORY", 0)
        patch.setattr(opening, "REMEMBERED", 0)
        patch.setattr(duck, "TOGETHER", 40)
        patch.setattr("engage.linkage.pairing.AT_ONCE", 11)
        assert link(records, [], Membership(), SETTINGS) == whole


def test_those_of_a_large_piece_that_share_a_key_are_found_too(monkeypatch):
    monkeypatch.setattr(opening, "REMEMBERED", 0)
    rows, keys = _employers()
    model, some = fixed_model("employer"), range(0, len(rows), 2)
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(0, rows, keys, model))
        a, b = engine.blocked_among(np.array(some, np.int32))
    expected = _by_hand({f"{index:03}": keys[index] for index in range(len(rows))}, 80)
    inside = {(one, other) for one, other in expected if int(one) in some and int(other) in some}
    assert {(f"{one:03}", f"{other:03}") for one, other in zip(a, b, strict=True)} == inside != set()


def test_what_was_linked_before_comes_out_the_same_though_nothing_is_scored_again(monkeypatch):
    before = link(two_tabs(), [], Membership(), SETTINGS)
    monkeypatch.setattr(duck.DuckEngine, "_predict", lambda *_: pytest.fail("scored again"))
    assert link(two_tabs(), [], Membership(), SETTINGS) == before


def test_an_engine_that_was_used_knows_nothing_of_it(monkeypatch):
    monkeypatch.setattr(opening, "REMEMBERED", 0)
    rows, keys = _employers()
    model = fixed_model("employer")
    first = _likely(rows[:60], keys[:60], model, 0.5)
    _likely(rows[60:], keys[60:], model, 0.5)
    assert _likely(rows[:60], keys[:60], model, 0.5) == first != {}

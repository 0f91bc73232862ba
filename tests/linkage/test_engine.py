"""What the database finds: no less, no more and no other than comparing every two by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.linkage_register import generate
from engage.errors import LinkageTooLarge
from engage.linkage.engine import duck, opening
from engage.linkage.engine.bound import Besides
from engage.linkage.engine.opening import open_engine
from engage.linkage.engine.tables import batch
from engage.linkage.features import employer_keys, employer_row, person_keys, person_row
from engage.linkage.linking import link
from engage.linkage.mentions import all_mentions
from engage.linkage.model_file import FixedModel, fixed_model
from engage.linkage.score import Row, score_pairs
from engage.model import Membership, Record

from .by_hand import blocked, firms_of, persons_of
from .sample import SETTINGS, two_tabs

pytestmark = pytest.mark.slow

PLENTY = range(160)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a linking takes a second


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


def _likely(
    rows: list[Row], keys: list[set[str]], model: FixedModel, probability: float
) -> dict[tuple[str, str], float]:
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(range(20), rows[:20], keys[:20], model))
        engine.add(batch(range(20, len(rows)), rows[20:], keys[20:], model))
        found = engine.likely(probability)
    return {
        (f"{a:03}", f"{b:03}"): weight for (a, b), weight in zip(found.pairs(), found.weight, strict=True)
    }


@pytest.mark.parametrize("subject", ["employer", "person"])
@pytest.mark.parametrize("large", [3, 80])
@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(st.sets(st.sampled_from(PLENTY), min_size=30), st.sampled_from([0.0, 0.02, 0.5, 0.995]))
def test_every_pair_that_shares_a_key_and_reaches_the_limit_is_found(subject, large, chosen, probability):
    model = fixed_model(subject)
    rows, keys = ([part[index] for index in sorted(chosen)] for part in MENTIONS[subject]())
    named = {f"{index:03}": row for index, row in enumerate(rows)}
    pairs = sorted(blocked({f"{index:03}": own for index, own in enumerate(keys)}, large))
    scores = score_pairs(named, pairs, model)
    expected = {pair: s.weight for pair, s in scores.items() if s.probability >= probability}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duck, "LARGE", large)
        patch.setattr(duck, "LARGE_TOGETHER", 4 * large)
        patch.setattr(opening, "REMEMBERED", 0)
        assert _likely(rows, keys, model, probability) == expected


@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(st.data())
def test_linked_in_a_file_by_parts_or_by_hand_the_clusters_are_the_same(data):
    several = data.draw(
        st.lists(st.integers(0, len(_register()) // 30 - 1), min_size=2, max_size=3, unique=True)
    )
    records = [record for part in several for record in _register()[30 * part : 30 * part + 30]]
    at_once = link(records, [], Membership(), SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "IN_MEMORY", 0)
        patch.setattr(opening, "REMEMBERED", 0)
        patch.setattr(duck, "TOGETHER", 40)
        patch.setattr("engage.linkage.listed.AT_ONCE", 40)
        patch.setattr("engage.linkage.pairing.AT_ONCE", 9)
        assert link(records, [], Membership(), SETTINGS) == at_once
    firms = firms_of(records, SETTINGS)
    people = persons_of(records, at_once.employer_of, SETTINGS)
    assert _those(at_once.employer_of, firms) == firms
    assert _those(at_once.person_of, people) == people


@pytest.mark.parametrize("remembered", [0, 5_000])
def test_the_less_likely_are_found_only_on_the_levels_named(monkeypatch, remembered):
    monkeypatch.setattr(opening, "REMEMBERED", remembered)
    rows, keys = _employers()
    model = fixed_model("employer")
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(range(len(rows)), rows, keys, model))
        every = engine.likely(0.0)
        found = engine.likely(0.5, besides=Besides(8.0, (("place", "same postcode"),)))
    on_level = every.stands("place", "same postcode", model)
    wanted = every.at((every.probability >= 0.5) | (on_level & (every.weight >= -8.0)))
    assert [*found.pairs()] == [*wanted.pairs()]
    assert (found.probability < 0.5).sum() > 0


def _those(ids: Mapping[str, str], clusters: list[list[str]]) -> list[list[str]]:
    """The clusters that these identifiers make of the mentions in these clusters."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(key for cluster in clusters for key in cluster):
        groups[ids[key]].append(key)
    return sorted(groups.values())


def test_the_parts_of_a_score_add_up_to_its_weight_though_pairs_share_what_they_say():
    rows, keys = _employers()
    model = fixed_model("employer")
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(range(len(rows)), rows, keys, model))
        scores = list(engine.likely(0.0).scores(model))
    prior = math.log2(model.prior / (1 - model.prior))
    for score in scores:
        assert prior + sum(score.parts.values()) == pytest.approx(score.weight, abs=1e-4)
    assert len(scores) > len({tuple(score.levels.values()) for score in scores})


def test_those_of_a_large_piece_that_share_a_key_are_found_too(monkeypatch):
    monkeypatch.setattr(opening, "REMEMBERED", 0)
    rows, keys = _employers()
    model, some = fixed_model("employer"), range(0, len(rows), 2)
    with open_engine(model, len(rows)) as engine:
        engine.add(batch(range(len(rows)), rows, keys, model))
        a, b = engine.blocked_among(np.array(some, np.int32))
    expected = blocked({f"{index:03}": keys[index] for index in range(len(rows))}, 80)
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


def test_rows_that_do_not_fit_into_the_memory_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(opening, "IN_MEMORY", 0)
    monkeypatch.setattr(duck, "MEMORY", 1)
    with pytest.raises(LinkageTooLarge, match="link the list in parts"):
        link(_register(), [], Membership(), SETTINGS)


@pytest.mark.parametrize(
    ("mentions", "megabytes"), [(0, 600), (100_000, 600), (1_000_003, 600), (10_000_000, 6000)]
)
def test_ten_million_rows_may_use_ten_times_what_a_million_may(mentions, megabytes):
    database = duck.quiet_connection(mentions=mentions)
    said = database.execute("SELECT current_setting('memory_limit'), format_bytes(?)", [megabytes * 10**6])
    allowed, wanted = said.fetchall()[0]
    assert allowed == wanted
    database.close()

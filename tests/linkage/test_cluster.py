"""Clustering, identifiers and the fixed model's laws."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.linkage.cluster import Evidence, average_linkage, join
from engage.linkage.features import employer_row
from engage.linkage.identifiers import carry_over, new_identifier
from engage.linkage.mentions import employer_mention
from engage.linkage.model_file import fixed_model
from engage.linkage.pieces import spanning
from engage.linkage.score import score_pairs

from .sample import employer, one_tab

KEYS = "abcdefgh"
EDGES = list(combinations(KEYS, 2))
WEIGHTS = st.dictionaries(st.sampled_from(EDGES), st.floats(-30, 30, allow_nan=False), max_size=20)
SOME = st.sets(st.sampled_from(EDGES), max_size=8)


def _evidence(weights: dict, strong: set, apart: set) -> Evidence:
    return Evidence(weights, frozenset(strong & weights.keys() - apart), frozenset(apart))


@given(WEIGHTS, SOME, SOME)
def test_no_cluster_holds_a_pair_that_is_to_stay_apart(weights, strong, apart):
    clusters = average_linkage(KEYS, _evidence(weights, strong, apart))
    assert sorted(key for cluster in clusters for key in cluster) == list(KEYS)
    assert not any(set(pair) <= set(cluster) for cluster in clusters for pair in apart)


@given(WEIGHTS, SOME, SOME, st.permutations(KEYS))
def test_clusters_do_not_depend_on_the_order_of_keys_or_pairs(weights, strong, apart, order):
    shuffled = dict(sorted(weights.items(), key=lambda item: order.index(item[0][0])))
    assert average_linkage(order, _evidence(shuffled, strong, apart)) == average_linkage(
        KEYS, _evidence(weights, strong, apart)
    )


def test_a_chain_of_strong_pairs_breaks_where_the_rest_speaks_against_it():
    weights = {("a", "b"): 12.0, ("b", "c"): 11.0, ("a", "c"): -20.0}
    assert average_linkage("abc", _evidence(weights, set(weights), set())) == [["a", "b"], ["c"]]


def test_a_sure_pair_outweighs_places_and_answers_doubts_about_them_and_no_other():
    weights = {("a", "b"): 12.0, ("b", "c"): 11.0, ("a", "c"): -20.0}
    strong, sure = frozenset({("a", "b"), ("b", "c")}), frozenset({("b", "c")})
    far = frozenset({("a", "c")})
    assert average_linkage("abc", Evidence(weights, strong, sure=sure)) == [["a", "b", "c"]]
    assert average_linkage("abc", Evidence(weights, strong, sure=sure, yielding=far)) == [["a", "b", "c"]]
    assert average_linkage("abc", Evidence(weights, strong, yielding=far)) == [["a", "b"], ["c"]]
    assert average_linkage("abc", Evidence(weights, strong, far, sure)) == [["a", "b"], ["c"]]


def test_a_same_joins_whole_clusters_unless_somebody_holds_them_apart():
    assert join([["a", "b"], ["c"]], [("b", "c")], []) == ([["a", "b", "c"]], [])
    assert join([["a", "b"], ["c"]], [("b", "c")], [("a", "c")]) == ([["a", "b"], ["c"]], [("b", "c")])


@given(WEIGHTS)
def test_a_spanning_set_is_one_pair_fewer_than_its_mentions_and_has_no_circle(weights):
    chosen = spanning(KEYS, weights)
    home = {key: {key} for key in KEYS}
    for a, b in chosen:
        assert home[a] is not home[b]
        home[a] |= home[b]
        for key in home[b]:
            home[key] = home[a]


@given(st.sets(st.sampled_from(KEYS), min_size=1).map(sorted), st.data())
def test_identifiers_are_unique_and_never_given_to_strangers(keys, data):
    cut = data.draw(st.integers(0, len(keys)))
    clusters = [part for part in (keys[:cut], keys[cut:]) if part]
    before = {
        "EMP-0000001": frozenset("abxy"),
        "EMP-0000002": frozenset("cdz"),
        new_identifier("EMP", "h"): frozenset("q"),
    }
    ids = carry_over(clusters, before, "EMP")
    assert len(set(ids.values())) == len(clusters)
    for key, identifier in ids.items():
        cluster = next(cluster for cluster in clusters if key in cluster)
        assert identifier not in before or before[identifier] & set(cluster)


def test_an_identifier_stays_with_the_larger_part_of_a_split():
    ids = carry_over([["a", "b"], ["c"]], {"EMP-0000001": frozenset("abc")}, "EMP")
    assert ids["a"] == ids["b"] == "EMP-0000001" != ids["c"]


def test_a_new_identifier_is_seven_crockford_characters():
    made = new_identifier("EMP", "R-1#0")
    assert made == new_identifier("EMP", "R-1#0")
    assert len(made) == 11
    assert not set(made[4:]) & set("ILOU")


def _rows() -> dict[str, object]:
    model = fixed_model("employer")
    found = (employer_mention(record) for record in one_tab())
    return {mention.key: employer_row(mention, model) for mention in found if mention}


def test_swapping_two_mentions_never_changes_their_score():
    rows, model = _rows(), fixed_model("employer")
    pairs = list(combinations(sorted(rows), 2))[::7]
    turned = {"~" + key if key < "R-E020" else key: row for key, row in rows.items()}
    swapped = [tuple(sorted("~" + key if key < "R-E020" else key for key in pair)) for pair in pairs]
    one, other = score_pairs(rows, pairs, model), score_pairs(turned, sorted(swapped), model)
    assert [one[pair].weight for pair in pairs] == [other[pair].weight for pair in swapped]


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(6)))
def test_a_score_does_not_depend_on_what_else_is_scored(order):
    rows, model = _rows(), fixed_model("employer")
    pairs = list(combinations(sorted(rows)[:4], 2))
    some = sorted(pairs[index] for index in order[:3])
    assert {p: score_pairs(rows, pairs, model)[p] for p in some} == score_pairs(rows, some, model)


def test_columns_that_are_blank_everywhere_are_no_obstacle():
    model = fixed_model("employer")
    mentions = [employer_mention(employer(f"R-{n}", "Zarvek")) for n in (1, 2)]
    rows = {mention.key: employer_row(mention, model) for mention in mentions if mention}
    assert score_pairs(rows, [("R-1#0", "R-2#0")], model)["R-1#0", "R-2#0"].levels["name"] == "same"


def test_every_models_levels_add_up():
    for subject in ("employer", "person"):
        for comparison in fixed_model(subject).comparisons:
            assert abs(sum(level.m for level in comparison.levels) - 1) < 0.005, comparison.name
            assert abs(sum(level.u for level in comparison.levels) - 1) < 0.005, comparison.name
            assert comparison.levels[-1].tests == ()


def test_scoring_draws_no_progress_on_stdout_where_python_runs_no_file():
    code = (
        "import duckdb; from engage.linkage.engine.duck import quiet_connection;"
        "asked = \"select current_setting('enable_progress_bar')\";"
        "print([con.execute(asked).fetchone()[0] for con in (duckdb.connect(), quiet_connection())])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["[True,", "False]"]

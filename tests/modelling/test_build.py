"""The shipped models are what their judgements make, the same bytes every time."""

from __future__ import annotations

import math
import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engage.errors import UsageError
from engage.linkage.model_file import fixed_model
from engage.modelling import judgements
from engage.modelling.build import build, model_text, shares
from engage.modelling.counted_file import NAME, ON, counted_text, shipped_counts, shipped_text
from engage.modelling.counting import Hits, count
from engage.modelling.judgements import SUBJECTS, read_judged

SOAK = bool(os.environ.get("ENGAGE_SOAK"))


def test_the_shipped_models_are_what_the_build_makes() -> None:
    made = build(shipped_counts(), ON)
    shipped = {name: shipped_text(name) for name in made}
    assert made == shipped, "change models/*.judged.toml, then: engage model build engage/linkage/models"


def test_building_twice_makes_the_same_bytes() -> None:
    once, again = (build(shipped_counts(), ON) for _ in range(2))
    assert once == again
    assert counted_text(shipped_counts()) == shipped_text(NAME)


@pytest.mark.slow
def test_every_level_of_every_model_is_counted_and_no_pair_twice() -> None:
    counted = count(seeds=(103,), rows=60, apart=400)
    for subject in SUBJECTS:
        for comparison in fixed_model(subject).comparisons:
            hits = [counted[subject, comparison.name, level.name] for level in comparison.levels]
            assert sum(hit.same for hit in hits) == hits[0].same_of
            assert sum(hit.apart for hit in hits) == hits[0].apart_of
    assert counted["employer", "name", "same"].same > 0


@pytest.mark.skipif(not SOAK, reason="half a minute: make soak")
def test_the_shipped_counts_are_what_the_seeds_give() -> None:
    assert counted_text(count()) == counted_text(count()) == shipped_text(NAME)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_shares_of_every_comparison_add_up_to_one(subject: str) -> None:
    for comparison in fixed_model(subject).comparisons:
        assert math.fsum(level.m for level in comparison.levels) == pytest.approx(1, abs=1e-9)
        assert math.fsum(level.u for level in comparison.levels) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_model_says_of_every_comparison_why_it_is_judged_so(subject: str) -> None:
    judged = read_judged(subject)
    assert len(judged.why) > 20
    assert all(len(comparison.why) > 20 for comparison in judged.comparisons)


def test_what_strangers_surely_share_more_often_than_judged_weighs_less() -> None:
    judged = read_judged("employer")
    phone = next(c for c in judged.comparisons if c.name == "phone")
    met = {("employer", "phone", "same"): Hits(0, 0, 300, 10_000)}
    found = shares(judged, phone, met)
    assert (found["same"].u, found["differs"].u) == (0.03, 0.97)
    assert found["same"].weakened == "u 0.0005, counted 300 of 10000"
    assert shares(judged, phone, {("employer", "phone", "same"): Hits(0, 0, 1, 400)}) == shares(
        judged, phone, {}
    )


def test_a_disagreement_that_is_surely_commoner_than_judged_weighs_less() -> None:
    judged = read_judged("employer")
    number = next(c for c in judged.comparisons if c.name == "number")
    found = shares(judged, number, {("employer", "number", "differs"): Hits(200, 1000, 0, 0)})
    assert (found["same"].m, found["differs"].m) == (0.8, 0.2)


def test_the_invented_register_never_strengthens_a_weight_and_is_not_asked_what_it_cannot_tell() -> None:
    judged = read_judged("person")
    for comparison in judged.comparisons:
        kind = ("person", comparison.name)
        for hits in (Hits(300, 300, 0, 900), Hits(0, 300, 800, 900)):
            counted = {(*kind, level.name): hits for level in comparison.levels}
            for level, share in zip(
                comparison.levels, shares(judged, comparison, counted).values(), strict=False
            ):
                assert math.log2(share.m / share.u) <= level.weight + 1e-9
    surname = judged.comparisons[0]
    assert not surname.simulated
    assert shares(judged, surname, {("person", "surname", "same"): Hits(0, 0, 9000, 9000)})["same"].u == 0.001


def test_a_model_is_toml_that_holds_no_word_of_any_engine() -> None:
    for name in build({}, "nothing"):
        text = "\n".join(line for line in shipped_text(name).splitlines() if not line.startswith("#"))
        assert tomllib.loads(text)["comparison"]
        assert not [
            word for word in ("SELECT", "jaro_winkler", '_l"', "`", "duckdb", "spark") if word in text
        ]


def test_judgements_that_cannot_be_shares_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = judgements.read_toml("site.judged.toml")
    raw["comparison"][0]["level"][0]["m"] = 0.99
    monkeypatch.setattr(judgements, "read_toml", lambda name: raw)
    with pytest.raises(UsageError, match="leave nothing for “differs”"):
        read_judged("site")


def test_a_change_of_judgement_is_a_change_of_the_model() -> None:
    judged = read_judged("site")
    other = replace(judged, prior=0.5)
    assert model_text(other, {}, ON) != model_text(judged, {}, ON)


def test_the_command_writes_what_ships_and_says_so(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["model", "build", str(tmp_path / "made")])
    assert ran.exit_code == 0
    assert "The shipped models are what this makes." in ran.stdout
    assert {file.name: file.read_text("utf-8") for file in (tmp_path / "made").iterdir()} == {
        name: shipped_text(name) for name in (NAME, "employer.toml", "person.toml", "site.toml")
    }
    assert CliRunner().invoke(main, ["model", "build", "--check"]).exit_code == 0
    assert CliRunner().invoke(main, ["model", "build"]).exit_code == 2

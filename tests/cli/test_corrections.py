"""undo-merge and corrections say what a wrong merge has reached: digests, packs, figures of the quarter."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.insight.quarters import quarter_named
from engage.packing import issue_pack
from engage.pipeline import look
from engage.sharing import HUB
from tests.corrections.wrong_merge import RUTH, TOM, desk_of, make_town, merge, send, split, week
from tests.digest.test_editions import talk
from tests.partnership import SCHEMA, Town

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path, monkeypatch):
    """One digest and one pack have told of two firms as one."""
    early = [talk("01/09/2026", "Ember Digital Ltd"), talk("02/09/2026", "Kestrel Payroll LLP")]
    town = make_town(tmp_path, talks=[*early, talk("10/11/2026", "Ember Digital Ltd")])
    merge(town, week(0))
    send(town, week(0))
    issue_pack(desk_of(town, week(0)), SCHEMA, quarter_named("2026/27-Q2"), HUB)
    (tmp_path / "engage.toml").write_text("", "utf-8")
    monkeypatch.setattr("cli.undo_merge.look_at", lambda _: looked(town, week(1)))
    monkeypatch.setattr("cli.corrections.look_at", lambda _: looked(town, week(2)))
    return town


def looked(town: Town, now: datetime):
    night = look(town.partnership, now=now)
    return town.partnership, night, night.facts[HUB]


def run(town: Town, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(town.config.path)])


def the_merge(town: Town) -> str:
    rows = town.hub.rows("Decisions")
    pair = rows[0].index("Pair"), rows[0].index("How decided")
    return next(row[pair[0]] for row in rows if row[pair[1]] == "by a person")


def test_the_preview_says_which_digests_and_packs_told_otherwise_and_writes_nothing(town):
    before = town.grids()
    told = run(town, "undo-merge", the_merge(town), "--dry-run")
    assert told.exit_code == 0
    words = " ".join(told.stdout.split())
    assert "2 digests of 2 sent since told 2 readers otherwise" in words
    assert "9 to 15 November 2026: 2 readers" in words
    assert "1 of 1 pack issued since counted it" in words
    assert "Employers spoken to: 1 → 2" in words
    assert max(len(line) for line in told.stdout.splitlines()) < 80
    assert town.grids() == before


def test_a_program_is_told_the_same(town):
    told = json.loads(run(town, "undo-merge", the_merge(town), "--dry-run", "--json").stdout)["told"]
    assert sorted(one["to"] for one in told["digests"]) == [RUTH, TOM]
    assert [one["again"] for one in told["packs"]] == ["engage report --quarter 2026/27-Q2 --again"]


def test_corrections_lists_what_is_still_to_be_told_and_to_be_issued(town):
    assert run(town, "corrections").stdout.startswith("No merge that was taken back")
    split(town, week(1))
    told = " ".join(run(town, "corrections").stdout.split())
    assert "are two employers: told as one from 16 Nov 2026 to 23 Nov 2026" in told
    assert "Still to tell, in their next digest: Ruth and Tom" in told
    assert "Still to issue: engage report --quarter 2026/27-Q2 --again" in told
    send(town, week(1))
    again = json.loads(run(town, "corrections", "--json").stdout)["corrections"]
    assert [one["still_to_tell"] for one in again] == [[]]

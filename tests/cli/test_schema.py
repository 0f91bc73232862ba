"""engage schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_tab_it_lists_them_all() -> None:
    shown = CliRunner().invoke(main, ["schema"])
    assert shown.exit_code == 0
    assert "Tabs that people fill" in shown.output
    assert "Employer list (built nightly)" in shown.output


def test_a_tab_may_be_named_by_its_beginning_in_any_case() -> None:
    assert "Also headed: forename" in CliRunner().invoke(main, ["schema", "contacts"]).output


def test_a_tab_that_does_not_exist_is_refused_with_those_that_do() -> None:
    shown = CliRunner().invoke(main, ["schema", "Invoices"])
    assert (shown.exit_code, "Engagements" in shown.stderr) == (2, True)


def test_json_is_one_document() -> None:
    document = json.loads(CliRunner().invoke(main, ["schema", "Pledges", "--json"]).output)
    assert document["columns"][0]["heading"] == "Pledge"


def test_a_partnerships_own_columns_are_shown(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    own = 'title = "Employers"\n[columns]\n"Floor space" = { help = "Square metres." }\n'
    (tmp_path / "own" / "more.toml").write_text(own, encoding="utf-8")
    (tmp_path / "engage.toml").write_text('[partnership]\nname = "P"\nschema = "own"\n', encoding="utf-8")
    assert "Floor space" in CliRunner().invoke(main, ["schema", "Employers"]).output

"""The pages for the officer are made from the code, or held to it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli import main
from engage.privacy.data_map import data_map
from engage.stores.registry import STORES
from tests.partnership import SCHEMA

PRIVACY = Path(__file__).parent.parent.parent / "docs" / "privacy"


def test_the_page_has_every_staff_tab_and_every_store_as_they_are_now():
    told = (PRIVACY / "data-map.md").read_text("utf-8").splitlines()
    titles = {f"| {tab.title} |" for tab in SCHEMA.staff_tabs()} | {f"| {store.name} |" for store in STORES}
    wanted = [line for line in data_map(SCHEMA).splitlines() if line.startswith(tuple(titles))]
    assert [line for line in wanted if line not in told] == [], "run: make docs"


def test_every_personal_column_of_a_staff_tab_and_every_store_is_in_it():
    told = data_map(SCHEMA)
    for tab in SCHEMA.staff_tabs():
        row = next((line for line in told.splitlines() if line.startswith(f"| {tab.title} |")), "")
        assert [c.heading for c in tab.columns if c.personal and c.heading not in row] == []
    assert [store.name for store in STORES if f"| {store.name} | {store.holds} |" not in told] == []


def test_the_command_makes_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["schema", "--data-map"]).stdout == data_map(SCHEMA)


def test_what_is_left_for_the_officer_is_marked():
    for name in ("dpia-template.md", "joint-controllers-template.md"):
        text = (PRIVACY / name).read_text("utf-8")
        assert "**[" in text
        assert "Not legal advice" in text

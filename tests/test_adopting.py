"""What adopting an agency's own workbook would mean, and what accepting it writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engage.accepting import accept, with_agency
from engage.adopting import Adoption, TabFound, as_document, examine, settled_headings, settled_tabs
from engage.adoption_words import in_words
from engage.config import Agency, Config, load_config
from engage.errors import ConfigError, UsageError
from engage.model import Snapshot, Tab
from engage.schema import load_schema

SCHEMA = load_schema()
FIRMS = Tab(
    "Firms 2026",
    (
        ("Our employers",),
        ("Company", "Post code", "Location", "Wall chart colour", "Telephone"),
        ("Peakside Engineering Ltd", "SK16 4AA", "Dukinfield", "red", "0161 496 0101"),
        ("Bridge Cafe", "SK14 5QO", "Hyde", "blue", "1614960102"),
    ),
)
BUDGET = Tab("Budget", (("Cost centre", "April", "May"), ("A1", "10", "20")))
PARTNERS = Tab("Agencies", (("Agency", "Kind", "Active"), ("Dale Council", "Council", "Yes")))
TOML = '# Ours.\n[partnership]\nname = "P"  # the name\n\n[review]\nper_week = 5\n'


def look(*tabs: Tab, agency: Agency | None = None) -> Adoption:
    snapshot = Snapshot("college", tabs)
    return examine(snapshot, SCHEMA, agency or Agency("College"), today=date(2026, 11, 22), file="c.xlsx")


def settings(folder: Path, more: str = "") -> Config:
    path = folder / "engage.toml"
    path.write_text(TOML + more, encoding="utf-8")
    return load_config(path)


def test_headings_are_understood_doubtful_or_left_alone() -> None:
    (firms,) = look(FIRMS).tabs
    assert (firms.spec, firms.header_row, firms.rows, firms.widen) == ("Employers", 2, 2, True)
    assert ("Company", "Employer") in firms.understood
    assert [heading for heading, _ in firms.doubtful] == ["Location"]
    assert firms.left == ("Wall chart colour",)


def test_what_would_be_asked_is_counted_by_kind_with_its_first_examples() -> None:
    asked = {each.kind: (each.count, each.examples[0].found) for each in look(FIRMS).asked}
    assert asked["bad-postcode"] == (1, "SK14 5QO")
    assert asked["phone-lost-zero"] == (1, "1614960102")


def test_the_report_of_what_was_accepted_asks_nobody_to_accept_it() -> None:
    report = in_words(look(FIRMS), accepted=True)
    assert "How c.xlsx will be read for College\n2 rows. The workbook has not been changed." in report
    assert "--accept" not in report


def test_the_report_says_all_that_in_words_that_fit_a_terminal() -> None:
    report = in_words(look(FIRMS, BUDGET))
    for words in (
        "How c.xlsx would be read for College",
        "2 rows. Nothing has been changed.",
        'Tab "Firms 2026": read as Employers, headings in row 2, 2 rows',
        "Company → Employer",
        'Doubtful: "Location"',
        "Left alone: Wall chart colour",
        'Tab "Budget": left alone',
        "not a postcode",
        "--accept",
    ):
        assert words in report
    assert max(map(len, report.splitlines())) <= 80


def test_an_agencys_own_list_of_partners_is_not_taken_for_the_partnerships() -> None:
    (partners,) = look(PARTNERS).tabs
    assert (partners.spec, partners.rows) == ("", 0)
    assert "keeps in the hub" in partners.why


def test_accepting_settles_what_was_understood_and_what_is_left_alone_but_no_doubt() -> None:
    adoption = look(FIRMS, BUDGET)
    assert settled_tabs(adoption) == {"Firms 2026": "Employers", "Budget": ""}
    settled = settled_headings(adoption)["Firms 2026"]
    assert settled == {"Company": "Employer", "Telephone": "Phone", "Wall chart colour": ""}


def test_once_accepted_nothing_is_left_to_ask_about_headings_but_the_doubt() -> None:
    adoption = look(FIRMS)
    again = look(
        FIRMS, agency=Agency("College", tabs=settled_tabs(adoption), headings=settled_headings(adoption))
    )
    assert {each.kind for each in again.asked} == {each.kind for each in adoption.asked} - {"tab-guessed"}
    assert [heading for heading, _ in again.tabs[0].doubtful] == ["Location"]


def test_accepting_keeps_every_line_and_comment_of_the_file() -> None:
    written = with_agency(TOML, look(FIRMS), "c.xlsx", view_only=False)
    kept = [line for line in written.splitlines() if line in TOML.splitlines()]
    assert kept[: len(TOML.splitlines())] == TOML.splitlines()


def test_a_workbook_taken_in_is_read_as_its_owner_accepted_it(tmp_path: Path) -> None:
    config, book = settings(tmp_path), tmp_path / "books" / "c.xlsx"
    accept(config, look(FIRMS, BUDGET), book, view_only=True)
    agency = load_config(config.path).agency("College")
    assert agency is not None
    assert (agency.workbook, agency.view_only) == (book.resolve(), True)
    assert agency.tabs == {"Firms 2026": "Employers", "Budget": ""}
    assert agency.headings["Firms 2026"]["Company"] == "Employer"
    assert 'workbook = "books/c.xlsx"' in config.path.read_text(encoding="utf-8")


def test_an_agency_that_was_named_before_gets_its_workbook_and_keeps_its_lines(tmp_path: Path) -> None:
    config = settings(tmp_path, '[[agency]]\nname = "College"\nshort = "NHC"  # as we say\n\n[mail]\n')
    accept(config, look(FIRMS), tmp_path / "c.xlsx", view_only=False)
    after = load_config(config.path)
    assert [(a.name, a.short, a.workbook) for a in after.agencies] == [
        ("College", "NHC", (tmp_path / "c.xlsx").resolve())
    ]
    assert "# as we say" in config.path.read_text(encoding="utf-8")


def test_accepting_twice_changes_nothing(tmp_path: Path) -> None:
    config = settings(tmp_path)
    accept(config, look(FIRMS), tmp_path / "c.xlsx", view_only=False)
    once = config.path.read_text(encoding="utf-8")
    accept(load_config(config.path), look(FIRMS), tmp_path / "c.xlsx", view_only=False)
    assert config.path.read_text(encoding="utf-8") == once


def test_another_workbook_does_not_silently_take_the_place_of_the_first(tmp_path: Path) -> None:
    config = settings(tmp_path, '[[agency]]\nname = "College"\nworkbook = "old.xlsx"\n')
    with pytest.raises(UsageError, match="has another workbook"):
        accept(config, look(FIRMS), tmp_path / "c.xlsx", view_only=False)


def test_a_file_that_could_not_be_read_afterwards_is_put_back(tmp_path: Path) -> None:
    """An agency called Hub would have the hub's own key."""
    config = settings(tmp_path)
    clash = Adoption("h.xlsx", "Hub", (TabFound("Firms", "Employers"),), ())
    with pytest.raises(ConfigError, match="the key 'hub' is taken"):
        accept(config, clash, tmp_path / "h.xlsx", view_only=False)
    assert config.path.read_text(encoding="utf-8") == TOML


def test_a_program_may_read_the_report_too() -> None:
    document = as_document(look(FIRMS))
    assert (document["agency"], document["rows"]) == ("College", 2)

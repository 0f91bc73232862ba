"""engage adopt: reads, reports, and changes nothing but engage.toml, and that only when told to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main
from engage.config import load_config


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Firms"
    for row in (["Company", "Post code", "Telephone"], ["Peakside Ltd", "SK16 4AA", "0161 496 0101"]):
        sheet.append(row)
    workbook.save(tmp_path / "firms.xlsx")
    return tmp_path / "firms.xlsx"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["adopt", *arguments])


def test_it_needs_no_partnership_to_report_and_leaves_the_workbook_alone(book: Path) -> None:
    before = book.read_bytes()
    shown = run("firms.xlsx")
    assert (shown.exit_code, "read as Employers" in shown.output) == (0, True)
    assert (book.read_bytes(), [path.name for path in book.parent.iterdir()]) == (before, ["firms.xlsx"])


def test_accepting_takes_it_into_the_partnership(book: Path) -> None:
    CliRunner().invoke(main, ["init", "--yes", "--name", "P"])
    before = book.read_bytes()
    shown = run("firms.xlsx", "--agency", "Dale Council", "--accept")
    agency = load_config(Path("engage.toml")).agency("Dale Council")
    assert shown.exit_code == 0
    assert agency is not None
    assert (agency.workbook, book.read_bytes()) == (book.resolve(), before)


def remember(book: Path, workbook: str) -> None:
    """Give the file the hidden tab that a sync leaves in a workbook."""
    opened = openpyxl.load_workbook(book)
    tab = opened.create_sheet("_engage")
    for row in (["Kind", "Key", "Value"], ["format", "", "1"], ["workbook", "", workbook]):
        tab.append(row)
    opened.save(book)


def test_a_copy_of_another_agencys_workbook_is_said_before_it_is_accepted_and_refused_then(
    book: Path,
) -> None:
    CliRunner().invoke(main, ["init", "--yes", "--name", "P"])
    run("firms.xlsx", "--agency", "Dale Council", "--accept")
    before = Path("engage.toml").read_text(encoding="utf-8")
    copy = Path(shutil.copy(book, "copy.xlsx"))
    remember(copy, "dale-council")
    report = " ".join(run(copy.name, "--agency", "Vale College").output.split())
    assert "By its hidden tab _engage, copy.xlsx is the workbook of Dale Council, or a copy of it." in report
    assert "run it again with --accept" not in report
    refused = run(copy.name, "--agency", "Vale College", "--accept")
    assert (refused.exit_code, "delete the hidden tab _engage" in refused.stderr) == (2, True)
    assert Path("engage.toml").read_text(encoding="utf-8") == before


def test_an_agencys_own_workbook_is_no_copy_when_it_is_looked_at_again(book: Path) -> None:
    CliRunner().invoke(main, ["init", "--yes", "--name", "P"])
    remember(book, "dale-council")
    for _ in range(2):
        shown = run("firms.xlsx", "--agency", "Dale Council", "--accept")
        assert (shown.exit_code, "a copy of it" in shown.output) == (0, False)


def test_a_workbook_that_two_agencies_share_is_no_copy(book: Path) -> None:
    CliRunner().invoke(main, ["init", "--yes", "--name", "P"])
    run("firms.xlsx", "--agency", "Dale Council", "--accept")
    remember(book, "dale-council")
    assert run("firms.xlsx", "--agency", "Vale College", "--accept").exit_code == 0


def test_accepting_needs_to_know_whose_it_is(book: Path) -> None:
    assert (run(book.name, "--accept").exit_code, Path("engage.toml").exists()) == (2, False)


def test_accepting_into_no_partnership_says_what_to_do(book: Path) -> None:
    shown = run(book.name, "--agency", "A", "--accept")
    assert (shown.exit_code, "engage init" in shown.stderr) == (2, True)


def test_a_file_that_is_no_workbook_is_said_so(book: Path) -> None:
    Path("letter.xlsx").write_text("Dear all")
    shown = run("letter.xlsx")
    assert (shown.exit_code, "Traceback" in shown.stderr) == (1, False)
    assert run("gone.xlsx").exit_code == 1


def test_json_is_one_document(book: Path) -> None:
    document = json.loads(run(book.name, "--json").stdout)
    assert document["tabs"][0]["spec"] == "Employers"


def test_a_heading_that_does_not_exist_stops_the_sync_before_anything_is_read(book: Path) -> None:
    CliRunner().invoke(main, ["init", "--yes", "--name", "P"])
    run(book.name, "--agency", "Dale Council", "--accept")
    settings = Path("engage.toml")
    text = settings.read_text(encoding="utf-8").replace('"Employer"', '"Employr"')
    settings.write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["sync"])
    assert (shown.exit_code, 'did you mean "Employer"?' in shown.stderr) == (2, True)

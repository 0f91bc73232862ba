"""who, why, review and undo-merge on a small partnership's workbooks, from the command line to the sheet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main, model, review

COUNCIL, COLLEGE = "Dale Council", "Harwick College"
EMPLOYERS = {
    COUNCIL: [
        {"Employer": "Brightwell Bakery Ltd", "Town": "Harwick", "Postcode": "SK16 4AA",
         "Company number": "99000001", "Phone": "0161 496 0101", "Website": "brightwell.example"},
        {"Employer": "Quayside Hotel", "Town": "Dale", "Postcode": "OL6 7ZZ", "Phone": "0161 496 0300"},
    ],
    COLLEGE: [
        {"Employer": "Brightwell Bakery", "Town": "Harwick", "Postcode": "SK16 4AA",
         "Company number": "99000001", "Phone": "0161 496 0101", "Rest until": "01/03/2030"},
        {"Employer": "Quayside Hotel and Spa", "Town": "Dale", "Postcode": "OL6 7ZZ"},
    ],
}  # fmt: skip
pytestmark = pytest.mark.slow


def run(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=answers)


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("partnership")
    named = [text for agency in EMPLOYERS for text in ("--agency", agency)]
    assert run("init", str(folder), "--yes", "--name", "Harwick and Dale", *named).exit_code == 0
    agencies = [
        {"Agency": name, "Lawful basis": "Public task", "Sharing agreement signed": "01/02/2026",
         "Share contact details with partners": "Yes", "Active": "Yes"}
        for name in EMPLOYERS
    ]  # fmt: skip
    fill(folder / "hub.xlsx", "Agencies", agencies)
    for name, rows in EMPLOYERS.items():
        fill(folder / f"{name.lower().replace(' ', '-')}.xlsx", "Employers", rows)
    assert run("sync", "--config", str(folder / "engage.toml")).exit_code in (0, 3)
    return folder


def fill(path: Path, tab: str, rows: list[dict[str, str]]) -> None:
    """Rows typed below whatever the tab holds, known agencies' rows replaced."""
    book = openpyxl.load_workbook(path)
    sheet = book[tab]
    header = next(
        row for row in sheet.iter_rows(max_row=10) if "Employer" in values(row) or "Agency" in values(row)
    )
    columns = {str(cell.value): cell.column for cell in header}
    for number, row in enumerate(rows, header[0].row + 1):
        for heading, text in row.items():
            sheet.cell(number, columns[heading], text)
    book.save(path)


def values(row: object) -> list[object]:
    return [cell.value for cell in row]  # type: ignore[attr-defined]


@pytest.fixture
def partnership(synced: Path, tmp_path: Path) -> Path:
    shutil.copytree(synced, tmp_path / "p")
    return tmp_path / "p" / "engage.toml"


@pytest.fixture
def ask(partnership: Path) -> Callable[..., Result]:
    def asking(*arguments: str, answers: str | None = None) -> Result:
        return run(*arguments, "--config", str(partnership), answers=answers)

    return asking


def decisions(partnership: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(partnership.parent / "hub.xlsx", read_only=True)
    return list(book["Decisions"].iter_rows(min_row=2, values_only=True))


def the_bakery(ask: Callable[..., Result]) -> str:
    found = json.loads(ask("who", "brightwell", "--json").stdout)
    return str(found["employers"][0]["employer_id"])


def test_who_tells_everything_about_one_employer_in_eighty_columns(ask: Callable[..., Result]) -> None:
    shown = ask("who", "brigtwell bakery")
    assert shown.exit_code == 0
    assert "Brightwell Bakery Ltd" in shown.stdout
    assert f"{COUNCIL}; {COLLEGE}" in shown.stdout
    assert "1 Mar 2030" in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) < 80


def test_who_says_when_nobody_knows_them(ask: Callable[..., Result]) -> None:
    shown = ask("who", "Xyzzy Holdings")
    assert (shown.exit_code, shown.stdout) == (1, "Nobody knows “Xyzzy Holdings” yet.\n")


def test_why_names_agency_row_and_since_when(ask: Callable[..., Result]) -> None:
    shown = ask("why", the_bakery(ask), "rest until")
    assert "2030-03-01" in shown.stdout
    assert f"{COLLEGE}: Employers, row 2, since" in shown.stdout
    assert "same company number" in shown.stdout


def test_why_two_rows_says_what_was_decided_and_what_speaks_for_and_against(
    ask: Callable[..., Result], partnership: Path
) -> None:
    key = next(str(row[1]) for row in decisions(partnership) if "Brightwell" in str(row[3]))
    shown = ask("why", *key.split(" ~ "))
    assert "Tonight they are one" in shown.stdout
    assert "merged automatically: " in shown.stdout
    assert "+16.6  same company number" in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) < 80
    assert ask("why", key).stdout == shown.stdout


def test_why_two_merged_records_tells_of_their_likeliest_rows(ask: Callable[..., Result]) -> None:
    found = json.loads(ask("who", "quayside", "--json").stdout)["employers"]
    one, other = (str(each["employer_id"]) for each in found)
    told = json.loads(ask("why", one, other, "--json").stdout)
    assert told["outcome"] == "asked"
    assert {told["a"]["cluster"], told["b"]["cluster"]} == {one, other}
    bits = told["start"] + told["extra"] + sum(bits for _, bits in told["parts"])
    assert bits == pytest.approx(told["weight"], abs=1e-4)


def test_why_draws_a_chart_and_writes_over_nothing_else(
    ask: Callable[..., Result], partnership: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pair = str(decisions(partnership)[0][1]).split(" ~ ")
    chart = tmp_path / "why.html"
    for _ in range(2):
        assert f"Drawn in {chart}" in ask("why", *pair, "--chart", str(chart)).stdout
    assert ask("why", *pair, "--chart").exit_code == 0
    named = tmp_path / f"why-{pair[0]}-{pair[1]}.html".replace("#0", "")
    assert "vegaEmbed" in named.read_text("utf-8")
    chart.write_text("a page of somebody's own", "utf-8")
    assert ask("why", *pair, "--chart", str(chart)).exit_code == 2
    assert chart.read_text("utf-8") == "a page of somebody's own"


@pytest.mark.parametrize(
    "arguments",
    [
        ("why", "EMP-NOBODY0"),
        ("who", "x", "--agency", "Nobody"),
        ("why", "R-NOBODY11", "R-NOBODY22"),
        ("why", "EMP-NOBODY0", "--chart", "x.html"),
    ],
)
def test_an_unknown_number_or_agency_is_an_error_with_a_remedy(
    ask: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    shown = ask(*arguments)
    assert shown.exit_code == 2
    assert "What to do" in shown.stderr


def test_undo_merge_shows_and_writes_nothing_in_a_dry_run(
    ask: Callable[..., Result], partnership: Path
) -> None:
    before = decisions(partnership)
    shown = ask("undo-merge", the_bakery(ask), "--dry-run")
    assert "Employers" in shown.stdout
    assert "2 → 3" in " ".join(shown.stdout.split()) or "3 → 4" in " ".join(shown.stdout.split())
    assert decisions(partnership) == before


def test_undo_merge_refuses_to_wait_where_nobody_can_answer(ask: Callable[..., Result]) -> None:
    shown = ask("undo-merge", the_bakery(ask))
    assert shown.exit_code == 2
    assert "--yes" in shown.stderr


def test_an_undone_merge_is_split_by_the_next_sync_and_stays_so(
    ask: Callable[..., Result], partnership: Path
) -> None:
    assert ask("undo-merge", the_bakery(ask), "--yes", "--by", COUNCIL).exit_code == 0
    ask("sync")
    assert len(json.loads(ask("who", "brightwell", "--json").stdout)["employers"]) == 2
    assert [row[5] for row in decisions(partnership)][-1] == "Different"
    assert json.loads(ask("sync", "--json").stdout)["cells_written"] == 0


def question(ask: Callable[..., Result]) -> dict[str, str]:
    return dict(json.loads(ask("review", "--json").stdout)["questions"][0])


def test_review_lists_the_questions_with_what_the_same_would_change(ask: Callable[..., Result]) -> None:
    asked = question(ask)
    assert {asked["Employer A"], asked["Employer B"]} == {"Quayside Hotel", "Quayside Hotel and Spa"}
    before, after = asked["If the same"]["employers"]  # type: ignore[index]
    assert before == after + 1


def test_some_automatic_merges_are_checked_in_the_terminal_and_the_model_measured_on_them(
    ask: Callable[..., Result], partnership: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nobody has checked any: nobody knows" in ask("model", "evaluate").stdout
    assert ask("model", "check").exit_code == 2
    assert len(json.loads(ask("model", "check", "--json").stdout)["merges"]) == 1
    monkeypatch.setattr(model, "is_terminal", lambda: True)
    shown = ask("model", "check", "--by", "Pat Ellery", "--seed", "first", answers="1\n")
    assert "Brightwell Bakery Ltd" in shown.stdout
    assert "1 right, 0 wrong, 0 left" in shown.stdout
    assert "drawn in sample first: 1 of 1 automatic merges" in str(decisions(partnership)[-1])
    told = ask("model", "evaluate")
    assert "1 drawn at random: 1 right" in told.stdout
    assert "between 2.5% and 100.0% of all" in told.stdout
    assert max(len(line) for line in told.stdout.splitlines()) < 80
    assert json.loads(ask("model", "evaluate", "--json").stdout)["automatic"][0]["right"]["of"] == 1
    assert ask("model", "check").exit_code == 2  # nothing is left to be checked
    assert ask("sync").exit_code in (0, 3)


def test_review_without_a_terminal_refuses_rather_than_waits(ask: Callable[..., Result]) -> None:
    assert ask("review").exit_code == 2


def test_an_answer_in_the_terminal_becomes_a_decision_and_the_question_leaves(
    ask: Callable[..., Result], partnership: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "is_terminal", lambda: True)
    shown = ask("review", answers="1\n")
    assert "1 answered, 0 left" in shown.stdout
    assert decisions(partnership)[-1][5] == "Same"
    ask("sync")
    assert json.loads(ask("review", "--json").stdout)["questions"] == []
    found = json.loads(ask("who", "quayside", "--json").stdout)["employers"]
    assert [one["agencies"] for one in found] == [f"{COUNCIL}; {COLLEGE}"]


def test_one_answered_outright_leaves_the_others_open(
    ask: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cli.asking import look_at  # noqa: PLC0415

    def two_asked(config: Path) -> object:
        partnership, night, said = look_at(config)
        (one,) = night.asking.questions
        other = replace(one, pair=replace(one.pair, a="R-00000000#0"))
        return partnership, replace(night, asking=replace(night.asking, questions=(one, other))), said

    monkeypatch.setattr(review, "look_at", two_asked)
    shown = ask("review", question(ask)["Question"], "--answer", "Not sure")
    assert (shown.exit_code, shown.stdout.split(".")[0]) == (3, "1 answered, 1 left")


def test_one_question_is_answered_outright(ask: Callable[..., Result], partnership: Path) -> None:
    pair = question(ask)["Question"]
    assert ask("review", pair, "--answer", "maybe").exit_code == 2
    assert ask("review", pair, "--answer", "different").exit_code == 0
    assert decisions(partnership)[-1][5] == "Different"

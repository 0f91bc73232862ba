from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from engage.demo.build import Demo
from engage.demo.desk import Desk
from engage.demo.sheets import open_sheet
from engage.demo.week import week_of_edits
from engage.errors import UsageError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("week") / "demo"
    shutil.copytree(demo.folder, folder)
    return folder, week_of_edits(folder)


def test_the_week_is_the_same_for_the_same_demo(
    demo: Demo, played: tuple[Path, list[str]], tmp_path: Path
) -> None:
    shutil.copytree(demo.folder, tmp_path / "demo")
    assert week_of_edits(tmp_path / "demo") == played[1]
    for path in played[0].glob("*.xlsx"):
        assert path.read_bytes() == (tmp_path / "demo" / path.name).read_bytes()


def test_what_was_played_is_told_in_words(played: tuple[Path, list[str]]) -> None:
    told = "\n".join(played[1])
    for word in ("sorted", "copied", "deleted", "renamed", "wiped", "held", "planned a visit", "pledges"):
        assert word in told


def test_the_council_keeps_its_chart_through_the_week(demo: Demo, played: tuple[Path, list[str]]) -> None:
    before, after = (zipfile.ZipFile(folder / "council.xlsx") for folder in (demo.folder, played[0]))
    charts = [name for name in before.namelist() if "chart" in name or "drawing" in name]
    assert charts
    assert all(before.read(name) == after.read(name) for name in charts)


def test_a_sorted_tab_holds_the_same_rows_and_the_new_ones(
    demo: Demo, played: tuple[Path, list[str]]
) -> None:
    before, after = (Desk(folder / "college.xlsx").rows("People") for folder in (demo.folder, played[0]))
    rest = [row for row in before if row not in after]
    assert rest == []
    surnames = [str(row[2]).casefold() for row in after[1:]]
    assert surnames == sorted(surnames)


def test_new_rows_stand_above_the_totals(played: tuple[Path, list[str]]) -> None:
    rows = Desk(played[0] / "jobcentre.xlsx").rows("Contacts made")
    assert [row[0] for row in rows if row[0] == "TOTAL"] == ["TOTAL"]
    assert rows[-1][0] == "TOTAL"


def test_a_week_needs_a_demo(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no demo here"):
        week_of_edits(tmp_path)


def test_deleting_a_row_moves_up_those_below(demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.folder / "university.xlsx", tmp_path)
    sheet = open_sheet(Desk(tmp_path / "university.xlsx"), "university", "Employers")
    before = sheet.desk.rows(sheet.title)
    sheet.delete(5)
    after = sheet.desk.rows(sheet.title)
    assert after[4] == before[5]
    assert [cell for cell in after[-1] if cell] == []


def test_copying_a_row_takes_its_id_along(demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.folder / "chamber.xlsx", tmp_path)
    sheet = open_sheet(Desk(tmp_path / "chamber.xlsx"), "chamber", "Employers")
    sheet.type(3, "Record ID", "R-AAAAAAAA")
    copied = sheet.copy(3, {"Town": "Elsewhere"})
    assert (sheet[copied, "Record ID"], sheet[copied, "Town"]) == ("R-AAAAAAAA", "Elsewhere")
    assert sheet[copied, "Employer"] == sheet[3, "Employer"]


def test_what_is_typed_reads_back_from_the_file(demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.folder / "council.xlsx", tmp_path)
    desk = Desk(tmp_path / "council.xlsx")
    desk.type("Visits log", 2, 8, "=not a formula, just words")
    desk.save()
    assert Desk(tmp_path / "council.xlsx").texts("Visits log")[1][7] == "=not a formula, just words"

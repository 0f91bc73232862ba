from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engage.config import load_config
from engage.demo.build import Demo, build_demo, mark
from engage.demo.mess import KINDS
from engage.demo.truth import read_truth
from engage.errors import UsageError
from tests.demo.conftest import MONDAY

pytestmark = pytest.mark.slow

BOOKS = ("hub", "council", "college", "jobcentre", "chamber", "university")
DRAMA = re.compile(r"(1614960\d{3}|2079460\d{3}|1632960\d{3}|7700900\d{3})\d{0,3}")


def cells(folder: Path) -> list[str]:
    """Every filled cell of every workbook, as text."""
    books = [load_workbook(folder / f"{key}.xlsx") for key in BOOKS]
    rows = (row for book in books for sheet in book for row in sheet.iter_rows(values_only=True))
    return [str(cell) for row in rows for cell in row if cell is not None]


@pytest.fixture(scope="module")
def typed(demo: Demo) -> list[str]:
    return cells(demo.folder)


def test_the_same_seed_and_day_make_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    build_demo(tmp_path / "again", seed=7, today=MONDAY)
    files = sorted(path.name for path in demo.folder.iterdir())
    differing = [f for f in files if (demo.folder / f).read_bytes() != (tmp_path / "again" / f).read_bytes()]
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    assert differing == []


def test_every_kind_of_mess_stands_in_some_row(demo: Demo) -> None:
    assert KINDS - {kind for row in demo.truth for kind in row.mess} == set()


@pytest.mark.parametrize("seed", [2, 3] if os.environ.get("ENGAGE_SOAK") else [2])
def test_other_seeds_have_every_kind_too(tmp_path: Path, seed: int) -> None:
    demo = build_demo(tmp_path / "demo", seed=seed, today=MONDAY)
    rare = {"date-bad", "email-bad", "number-charity", "name-ampersand"}
    assert KINDS - {kind for row in demo.truth for kind in row.mess} <= rare


def test_every_phone_typed_is_in_a_range_for_drama(typed: list[str]) -> None:
    parts = [part for cell in typed for part in re.split(r"[/;]| ext", cell) if "@" not in part]
    numbers = [re.sub(r"\D", "", re.sub(r"\+44|\(0\)", "", part)) for part in parts]
    long = [number.removeprefix("0") for number in numbers if 10 <= len(number) <= 13]
    assert len(long) > 500
    assert [number for number in long if not DRAMA.fullmatch(number)] == []


def test_every_address_typed_is_an_example(typed: list[str]) -> None:
    addresses = [word for cell in typed for word in re.split(r"[;\s]+", cell) if "@" in word]
    assert len(addresses) > 500
    assert [word for word in addresses if not word.endswith(".example")] == []


def test_the_truth_covers_every_row_that_says_anything(demo: Demo) -> None:
    known = {(row.workbook, row.tab, row.row) for row in demo.truth}
    tabs = {(row.workbook, row.tab): min(r.row for r in demo.truth if r.tab == row.tab) for row in demo.truth}
    books = {key: load_workbook(demo.folder / f"{key}.xlsx") for key in BOOKS}
    for (key, title), first in tabs.items():
        sheet = books[key][title]
        filled = [n for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if n >= first and any(row)]
        assert [row for row in filled if (key, title, row) not in known] == [], title


def test_the_truth_reads_back_as_it_was_written(demo: Demo) -> None:
    assert read_truth(demo.folder) == demo.truth


def test_the_settings_load_and_name_every_workbook(demo: Demo) -> None:
    config = load_config(demo.folder / "engage.toml")
    assert {source.key: source.workbook.is_file() for source in config.sources} == dict.fromkeys(BOOKS, True)
    assert [agency.key for agency in config.agencies if agency.view_only] == ["jobcentre"]


def test_the_council_keeps_a_chart_and_a_rule_in_its_workbook(demo: Demo) -> None:
    parts = zipfile.ZipFile(demo.folder / "council.xlsx").namelist()
    assert any(part.startswith("xl/charts/") for part in parts)
    visits = load_workbook(demo.folder / "council.xlsx")["Visits log"]
    assert len(list(visits.conditional_formatting)) == 1


def test_a_number_with_lost_zeros_shows_them_by_its_format(demo: Demo) -> None:
    sheet = load_workbook(demo.folder / "university.xlsx")["Partner organisations"]
    formats = {cell.number_format for (cell,) in sheet.iter_rows(3, 40, 3, 3) if isinstance(cell.value, int)}
    assert formats == {"00000000"}


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="something else than a demo"):
        build_demo(tmp_path, seed=1, today=MONDAY)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_an_earlier_demo_is_built_afresh(tmp_path: Path) -> None:
    mark(tmp_path, 1, MONDAY)
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "old.eml").write_text("old", encoding="utf-8")
    build_demo(tmp_path, seed=2, today=MONDAY)
    assert not (tmp_path / "outbox").exists()

"""A new partnership is made once; what exists is never changed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from engage.config import load_config
from engage.errors import ConfigError
from engage.setting_up import CONFIG_NAME, ONE, Wishes, set_up

TWO = Wishes("Peakside Partnership", ("Peakside College", "Dale Council"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_each_agency_has_a_workbook_beside_the_hub(tmp_path: Path) -> None:
    done = set_up(tmp_path / "new", TWO)
    names = ["engage.toml", "hub.xlsx", "peakside-college.xlsx", "dale-council.xlsx"]
    assert ([path.name for path in done.made], done.kept) == (names, ())


def test_one_workbook_will_do_for_all(tmp_path: Path) -> None:
    set_up(tmp_path, Wishes("P", TWO.agencies, ONE))
    assert set(contents(tmp_path)) == {"engage.toml", "hub.xlsx"}
    assert [source.key for source in load_config(tmp_path / CONFIG_NAME).sources] == ["hub"]


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    set_up(tmp_path, TWO)
    before = contents(tmp_path)
    done = set_up(tmp_path, None)
    assert (contents(tmp_path), done.made) == (before, ())


def test_only_the_workbook_that_is_missing_is_made(tmp_path: Path) -> None:
    set_up(tmp_path, TWO)
    (tmp_path / "dale-council.xlsx").unlink()
    before = contents(tmp_path)
    assert [path.name for path in set_up(tmp_path, None).made] == ["dale-council.xlsx"]
    assert before.items() <= contents(tmp_path).items()


def test_the_hub_lists_the_agencies_and_says_nothing_of_what_they_share(tmp_path: Path) -> None:
    set_up(tmp_path, TWO)
    header, *rows = openpyxl.load_workbook(tmp_path / "hub.xlsx")["Agencies"].values
    agencies = [dict(zip(header, row, strict=True)) for row in rows]
    assert [agency["Agency"] for agency in agencies] == list(TWO.agencies)
    assert {agency["Lawful basis"] for agency in agencies} == {None}


def test_a_view_only_workbook_that_is_missing_is_not_made_up(tmp_path: Path) -> None:
    lines = '[partnership]\nname = "P"\n[[agency]]\nname = "A"\nworkbook = "a.xlsx"\nview_only = true\n'
    (tmp_path / CONFIG_NAME).write_text(lines, encoding="utf-8")
    assert [path.name for path in set_up(tmp_path, None).made] == ["hub.xlsx"]


def test_two_agencies_of_one_name_leave_no_half_made_partnership(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="stands for two agencies"):
        set_up(tmp_path, Wishes("P", ("College", "college")))
    assert contents(tmp_path) == {}

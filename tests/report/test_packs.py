"""A pack is issued once, whole or not at all, and stays as it was issued."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engage.errors import ReportError
from engage.report.packs import Pack, all_packs, issue, slug_of, versions

FILES = {"a-v1.html": b"<p>1</p>", "a-v1.json": b"{}"}


def pack_in(folder: Path, version: int = 1, issued: str = "2026-10-05T09:12") -> Pack:
    return Pack(
        folder / f"v{version}",
        "Quarterly report, Q2",
        "Harwick",
        "",
        version,
        issued,
        issued,
        "2026-09-30",
        {},
    )


def test_what_was_issued_is_found_again_with_its_dates_and_its_files(tmp_path):
    made = issue(pack_in(tmp_path), FILES)
    assert versions(tmp_path) == (made,)
    assert (made.as_of, made.page.read_bytes(), made.touched()) == ("2026-09-30", b"<p>1</p>", ())


def test_a_version_that_stands_is_never_written_over(tmp_path):
    issue(pack_in(tmp_path), FILES)
    with pytest.raises(ReportError, match="stands there already"):
        issue(pack_in(tmp_path, issued="2027-01-01T00:00"), {"a-v1.html": b"other"})
    assert versions(tmp_path)[0].page.read_bytes() == b"<p>1</p>"


def test_the_next_version_stands_beside_the_first(tmp_path):
    issue(pack_in(tmp_path, 10, "2026-10-09T10:00"), {"a-v10.html": b"10"})
    issue(pack_in(tmp_path, 2), {"a-v2.html": b"2"})
    issue(pack_in(tmp_path), FILES)
    assert [pack.version for pack in versions(tmp_path)] == [1, 2, 10]


def test_what_was_cut_off_while_it_was_written_is_no_pack_and_is_no_hindrance(tmp_path):
    (tmp_path / ".v1.part").mkdir()
    (tmp_path / ".v1.part" / "a-v1.html").write_bytes(b"half")
    (tmp_path / "v7").mkdir()
    assert versions(tmp_path) == ()
    assert issue(pack_in(tmp_path), FILES).touched() == ()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_somebody_changed_or_took_away_is_named(tmp_path):
    made = issue(pack_in(tmp_path), FILES)
    made.page.write_bytes(b"<p>2</p>")
    (made.folder / "a-v1.json").unlink()
    assert versions(tmp_path)[0].touched() == ("a-v1.html", "a-v1.json")


def test_a_damaged_manifest_is_said_and_not_taken_for_nothing(tmp_path):
    made = issue(pack_in(tmp_path), FILES)
    (made.folder / "pack.json").write_text("{", "utf-8")
    with pytest.raises(ReportError, match="cannot be read"):
        versions(tmp_path)


def test_all_packs_are_listed_the_newest_issue_first(tmp_path):
    assert all_packs(tmp_path / "none") == ()
    issue(pack_in(tmp_path / "2026-27-Q1"), FILES)
    issue(pack_in(tmp_path / "for-college" / "2026-27-Q2", issued="2026-10-06T10:00"), FILES)
    assert [pack.folder.parent.name for pack in all_packs(tmp_path)] == ["2026-27-Q2", "2026-27-Q1"]


def test_a_period_has_a_folder_that_every_system_takes():
    assert slug_of("2026/27 Q2 (financial)") == "2026-27-Q2-financial"
    assert slug_of("2026/27 (academic, from September)") == "2026-27-academic-from-September"
    assert slug_of("2026-11") == "2026-11"


@pytest.mark.skipif(os.name != "posix", reason="on Windows the folder's rights decide")
def test_every_file_of_a_pack_is_for_its_owner_alone(tmp_path):
    made = issue(pack_in(tmp_path), FILES)
    assert {path.stat().st_mode & 0o777 for path in made.folder.iterdir()} == {0o600}

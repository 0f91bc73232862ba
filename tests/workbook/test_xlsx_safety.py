"""Who has it open, who saved meanwhile, and what a crash leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engage.errors import WorkbookBusy, WorkbookError
from engage.ports import AddIdColumn, GiveId, Intent
from engage.workbook.xlsx import XlsxWorkbook, last_run
from engage.workbook.xlsx.backups import list_pairs
from engage.workbook.xlsx.swap import denied

from . import samples

HEADER = ("Employer", "Phone", "First met", "Doubled", "Notes")
IDS: list[Intent] = [AddIdColumn("Employers", 1, HEADER)]
HOUR = 3600.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return samples.excel_like(tmp_path / "Tameford College.xlsx")


def excel_lock(path: Path, who: str) -> Path:
    """The 165 bytes that Excel writes: the name in 8-bit code, padded, then in UTF-16."""
    name = who.encode("cp1252")
    data = bytes([len(name)]) + name.ljust(54) + bytes([len(who), 0])[:1] + who.encode("utf-16-le")
    lock = path.with_name("~$" + path.name)
    lock.write_bytes(data.ljust(165, b"\x00"))
    return lock


def office_lock(path: Path) -> Path:
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text("Robin Example,robin,desk-4,22.11.2026 02:30,file:///C:/profile;", "utf-8")
    return lock


def write(path: Path, *, after_hours: float = 0.0, **options: object) -> None:
    now = path.stat().st_mtime + after_hours * HOUR
    XlsxWorkbook("college", path, now=lambda: now, **options).apply(IDS)  # type: ignore[arg-type]


def test_excels_lock_stops_the_write_and_names_who(path: Path) -> None:
    excel_lock(path, "Robin Example")
    before = path.read_bytes()
    with pytest.raises(WorkbookBusy, match="Robin Example has it open in Excel") as caught:
        write(path)
    assert "ask them to save and close it" in caught.value.fix
    assert path.read_bytes() == before


def test_libreoffices_lock_stops_the_write_and_names_who(path: Path) -> None:
    office_lock(path)
    with pytest.raises(WorkbookBusy, match="Robin Example on desk-4 has it open in LibreOffice"):
        write(path)


def test_excels_lock_that_says_nothing_stops_the_write_all_the_same(path: Path) -> None:
    path.with_name("~$" + path.name).write_bytes(b"")
    with pytest.raises(WorkbookBusy, match="somebody has it open in Excel"):
        write(path)


def test_a_lock_older_than_a_day_is_reported_as_left_behind_with_what_to_delete(path: Path) -> None:
    lock = office_lock(path)
    with pytest.raises(WorkbookBusy, match="probably left behind") as caught:
        write(path, after_hours=50)
    assert str(lock) in caught.value.fix


def test_reading_needs_no_lock(path: Path) -> None:
    office_lock(path)
    assert XlsxWorkbook("college", path).read().tabs


def test_a_lock_that_comes_while_we_work_stops_the_write(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WorkbookBusy):
        write(path, on_step=lambda step: office_lock(path) if "memory" in step else None)
    assert path.read_bytes() == before


def test_a_save_between_reading_and_writing_is_seen_by_the_guard(path: Path) -> None:
    book = XlsxWorkbook("college", path)
    rows = book.read().tabs[0].rows
    changed = samples.EMPLOYERS.replace("<v>46096</v>", "<v>46097</v>")
    samples.excel_like(path, sheet1=changed)
    outcomes = book.apply(
        [*IDS, GiveId("Employers", 1, 2, rows[1], "R-1"), GiveId("Employers", 1, 3, rows[2], "R-2")]
    )
    assert [outcome.status for outcome in outcomes] == ["done", "moved", "done"]
    assert book.read().tabs[0].rows[1][2] == "2026-03-16"


@pytest.mark.parametrize("step", ["made the new file in memory", "kept a backup", "wrote the new file"])
def test_a_save_while_we_write_stands_and_nothing_of_ours_is_written(path: Path, step: str) -> None:
    theirs = samples.excel_like(
        path.with_name("theirs.xlsx"), sheet3=samples.TABLED.replace('<row r="3"/>', "")
    )
    saved = theirs.read_bytes()
    with pytest.raises(WorkbookBusy, match="somebody saved it"):
        write(
            path,
            backups=path.parent / "backups",
            on_step=lambda name: path.write_bytes(saved) if name == step else None,
        )
    assert path.read_bytes() == saved
    assert not list(path.parent.glob(".engage-*"))


def test_a_save_just_after_ours_is_noticed(path: Path) -> None:
    before = path.read_bytes()
    book = XlsxWorkbook(
        "college", path, on_step=lambda name: path.write_bytes(before) if "in place" in name else None
    )
    (outcome,) = book.apply(IDS)
    assert (outcome.status, outcome.note) == (
        "moved",
        "somebody saved the workbook just after it was written",
    )


STEPS = (
    "made the new file in memory",
    "kept the workbook as it was",
    "kept a backup",
    "opened the new file",
    "wrote half of the new file",
    "wrote the new file",
    "checked that nobody saved meanwhile",
    "put the new file in place",
)
# A process that dies as by kill -9: nothing is flushed, closed or cleaned up.
KILLED = """
import os, sys
from pathlib import Path
from engage.ports import AddIdColumn
from engage.workbook.xlsx import XlsxWorkbook
path, step = Path(sys.argv[1]), sys.argv[2]
kill = lambda name: os._exit(9) if name == step else None
book = XlsxWorkbook("college", path, on_step=kill, backups=path.parent / "backups", stamp="one")
book.apply([AddIdColumn("Employers", 1, ("Employer", "Phone", "First met", "Doubled", "Notes"))])
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_and_the_next_run_goes_on(
    path: Path, step: str
) -> None:
    before = path.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), step], check=False)
    assert killed.returncode == 9
    assert (path.read_bytes() == before) == (step != "put the new file in place")
    samples.opened(path)
    write(path, backups=path.parent / "backups", stamp="two")
    assert XlsxWorkbook("college", path).read().tabs[0].rows[0] == (*HEADER, "Record ID")
    assert not list(path.parent.rglob(".engage-*"))


def test_every_step_of_a_write_is_one_that_we_crash_at(path: Path) -> None:
    reached: list[str] = []
    write(path, on_step=reached.append, backups=path.parent / "backups")
    assert tuple(reached) == STEPS


def test_a_system_that_refuses_is_translated(path: Path) -> None:
    error = denied(PermissionError(13, "Permission denied"), path, "Tameford", "write")
    assert isinstance(error, WorkbookBusy)
    assert "somebody may have it open" in error.what
    assert "disk" in denied(OSError(28, "No space left on device"), path, "Tameford", "write").fix


@pytest.mark.skipif(os.name != "posix", reason="a folder is made read-only by its mode")
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_plainly(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(WorkbookError, match="did not let us write"):
            write(path)
    finally:
        path.parent.chmod(0o700)


def test_the_first_write_of_a_run_keeps_the_workbook_as_it_was(path: Path) -> None:
    backups, before = path.parent / "backups", path.read_bytes()
    write(path, backups=backups, stamp="2026-11-22T02:30")
    (pair,) = last_run(backups / "college")
    assert pair.before.name == "2026-11-22T02-30.xlsx"
    assert pair.before.read_bytes() == before
    assert pair.after is not None
    assert pair.after.read_bytes() == path.read_bytes()


def test_a_later_write_of_the_run_keeps_one_pair_unless_people_saved_in_between(path: Path) -> None:
    book = XlsxWorkbook("college", path, backups=path.parent / "b", stamp="s")
    rows = book.read().tabs[0].rows
    before = path.read_bytes()
    book.apply(IDS)
    book.apply([GiveId("Employers", 1, 2, rows[1], "R-1")])
    assert [pair.before.read_bytes() == before for pair in last_run(path.parent / "b" / "college")] == [True]
    samples.excel_like(path)
    book.apply(IDS)
    assert len(last_run(path.parent / "b" / "college")) == 2


def test_a_write_that_did_not_come_about_leaves_no_after_copy(path: Path) -> None:
    theirs = samples.excel_like(
        path.with_name("theirs.xlsx"), sheet3=samples.TABLED.replace("A1:B3", "A1:B4")
    )
    saved = theirs.read_bytes()
    people_save = False

    def step(name: str) -> None:
        if name == "wrote the new file" and people_save:
            path.write_bytes(saved)

    book = XlsxWorkbook("college", path, backups=path.parent / "b", stamp="s", on_step=step)
    rows = book.read().tabs[0].rows
    book.apply(IDS)
    first, people_save = path.read_bytes(), True
    with pytest.raises(WorkbookBusy):
        book.apply([GiveId("Employers", 1, 2, rows[1], "R-1")])
    (pair,) = last_run(path.parent / "b" / "college")
    assert pair.after is not None
    assert pair.after.read_bytes() == first


def test_no_write_without_its_backup(path: Path) -> None:
    (path.parent / "b").write_text("a file where the folder should be")
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match="no backup could be kept"):
        write(path, backups=path.parent / "b")
    assert path.read_bytes() == before


def test_so_many_runs_are_kept_and_only_the_last_ones_after_copy(path: Path) -> None:
    original = path.read_bytes()
    for day in range(1, 6):
        path.write_bytes(original)
        write(path, backups=path.parent / "b", stamp=f"2026-11-0{day}", keep=3)
    pairs = list_pairs(path.parent / "b" / "college")
    assert [pair.stamp for pair in pairs] == ["2026-11-03", "2026-11-04", "2026-11-05"]
    assert [pair.after is not None for pair in pairs] == [False, False, True]


def test_a_symbolic_link_stays_one_and_its_target_is_written(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system makes no links")
    write(link)
    assert link.is_symlink()
    assert XlsxWorkbook("college", path).read().tabs[0].rows[0][-1] == "Record ID"

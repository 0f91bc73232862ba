"""The recipes of docs/how-to/recipes, tried as far as they can be without the programs that they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from .command_pages import commands

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "docs" / "how-to" / "recipes"
ENGAGE = Path(sys.executable).with_name("engage")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
RUNS = re.compile(r"(?:engage|engage\.exe)(?:</Command>\s*<Arguments>|\", \"| )(run|tick|sync)\b([^\n|<\"]*)")


def read(name: str) -> str:
    return (RECIPES / name).read_text("utf-8")


def test_every_recipe_is_in_the_page_and_every_one_of_the_page_is_there():
    page = (RECIPES.parent / "run-every-night.md").read_text("utf-8")
    assert set(re.findall(r"\(recipes/([\w.-]+)\)", page)) == {path.name for path in RECIPES.iterdir()}


@pytest.mark.parametrize("name", sorted(path.name for path in RECIPES.iterdir() if path.suffix != ".timer"))
def test_what_a_recipe_runs_is_a_command_with_these_options(name):
    found = RUNS.findall(read(name))
    assert found
    for command, rest in found:
        known = {text for option in commands()[f"engage {command}"][1].params for text in option.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or not ENGAGE.exists(),
    reason="needs systemd and an installed engage",
)
def test_systemd_has_nothing_to_say_of_its_units(tmp_path):
    units = ["engage.service", "engage-tick.service", "engage-tick.timer"]
    for name in units:
        here = read(name).replace("/opt/engage/bin/engage", str(ENGAGE)).replace("User=engage\n", "")
        (tmp_path / name).write_text(here, "utf-8")
    paths = [str(tmp_path / name) for name in units]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix" or not ENGAGE.exists(), reason="needs a shell and an installed engage")
def test_the_line_for_cron_works_in_the_environment_that_cron_gives(tmp_path):
    synced_just_now(tmp_path)
    line = next(text for text in read("crontab").splitlines() if not text.startswith("#"))
    command = line.split(maxsplit=5)[5].replace("/srv/partnership", f"'{tmp_path}'")
    command = command.replace("/opt/engage/bin/engage", f"'{ENGAGE}'")
    bare = {"HOME": str(tmp_path), "LOGNAME": "engage", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["/bin/sh", "-c", command], env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "engage.log").read_text("utf-8") == ""
    assert (tmp_path / ".engage" / "clock.sqlite").exists()  # it has looked


def synced_just_now(folder: Path) -> None:
    """A partnership in which nothing is due, so that the line takes a second and not ten."""
    (folder / "engage.toml").write_text('[partnership]\nname = "Marlbeck Works"\n', "utf-8")
    book = openpyxl.Workbook()
    book.active.title = "Start here"
    now = datetime.now(ZoneInfo("Europe/London"))
    book.active.append(["Start here", "How this workbook works"])
    book.active.append(["Last sync", f"{now:%d/%m/%Y %H:%M}"])
    book.save(folder / "hub.xlsx")


def test_the_task_for_windows_looks_often_catches_up_and_never_runs_twice_at_once():
    task = ElementTree.fromstring(read("engage-task.xml"))
    assert task.tag == f"{TASK}Task"

    def says(path: str) -> str:
        return task.findtext("/".join(f"{TASK}{part}" for part in path.split("/")), "missing")

    assert says("Triggers/CalendarTrigger/Repetition/Interval") == "PT5M"
    assert says("Triggers/CalendarTrigger/Repetition/Duration") == "P1D"
    assert says("Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert says("Settings/StartWhenAvailable") == "true"
    assert says("Settings/DisallowStartIfOnBatteries") == says("Settings/StopIfGoingOnBatteries") == "false"
    assert says("Actions/Exec/Arguments") == "tick"
    # Task Scheduler's schema wants its parts in this order.
    assert [child.tag.removeprefix(TASK) for child in task] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions",
    ]  # fmt: skip


def test_the_container_is_stopped_by_a_signal_to_engage_itself_and_keeps_its_folder():
    lines = read("Dockerfile").splitlines()
    assert 'CMD ["engage", "run"]' in lines
    assert 'VOLUME ["/partnership"]' in lines
    assert "--stop-timeout" in (RECIPES.parent / "run-every-night.md").read_text("utf-8")


def test_a_ci_service_syncs_and_never_sends_under_one_name():
    text = read("engage-sync.yml")
    assert "engage tick --sync-only" in text
    assert "ENGAGE_MACHINE:" in text

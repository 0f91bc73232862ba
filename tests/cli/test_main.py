"""engage itself: it starts at once, knows its commands, and says in words what a person can act on."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("pandas", "numpy", "splink", "duckdb", "openpyxl", "pydantic", "jinja2", "gspread", "rigour")


def test_help_costs_under_a_third_of_a_second() -> None:
    """The processor's time, not the clock's, which a busy machine stretches; the best of three."""
    code = (
        "import sys, time; from cli import main; main(['--help'], standalone_mode=False);"
        "print(time.process_time())"
    )
    assert min(float(shown_by(code).splitlines()[-1]) for _ in range(3)) < 0.3


def shown_by(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_a_command_walks_its_objects_seldom_in_search_of_cycles() -> None:
    code = (
        "import gc; from cli import main; main(['schema'], standalone_mode=False); print(gc.get_threshold())"
    )
    assert shown_by(code).splitlines()[-1] == "(50000, 20, 50)"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from cli import main; main(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert shown_by(code).rstrip().endswith("[]")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_has_help(name: str) -> None:
    module, short = COMMANDS[name]
    command = import_module(f"cli.{module}").command
    assert isinstance(command, click.Command)
    assert command.help
    assert short.endswith(".")
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_no_command_is_left_off_the_list() -> None:
    modules = {path.stem for path in (ROOT / "cli").glob("*.py") if "def command(" in path.read_text("utf-8")}
    assert modules == {module for module, _ in COMMANDS.values()}


def test_the_version_is_the_distributions() -> None:
    from importlib.metadata import version  # noqa: PLC0415

    assert CliRunner().invoke(main, ["--version"]).output == f"engage {version('engage-register')}\n"


def test_a_fault_of_the_configuration_ends_with_2_and_no_stack_trace(tmp_path: Path) -> None:
    (tmp_path / "engage.toml").write_text("[partnership]\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["schema", "--config", str(tmp_path / "engage.toml")])
    assert shown.exit_code == 2
    assert "partnership, name: is missing" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main, ["sink"]).exit_code == 2


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("painted")
    def painted() -> None:
        click.secho("red", fg="red")

    monkeypatch.setattr(main, "get_command", lambda _ctx, _name: painted)
    for value, expected in (("", "\x1b[31mred\x1b[0m\n"), ("1", "red\n")):
        assert CliRunner(env={"NO_COLOR": value}).invoke(main, ["painted"], color=True).output == expected


def test_a_program_that_asks_for_json_gets_a_document_when_something_is_wrong_too(tmp_path):
    done = CliRunner().invoke(main, ["sync", "--json", "--config", str(tmp_path / "none.toml")])
    assert json.loads(done.stdout)["exit_code"] == done.exit_code == 2

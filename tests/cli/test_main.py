"""engage itself: it starts at once, knows its commands, and says in words what a person can act on."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("pandas", "numpy", "splink", "duckdb", "openpyxl", "pydantic", "jinja2", "gspread", "rigour")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from cli import main; import sys; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_help_starts_in_under_a_third_of_a_second() -> None:
    """The best of four, the first of which compiles what is not compiled yet: a busy machine is not ours."""
    assert min(seconds_for("--help") for _ in range(4)) < 0.3


def seconds_for(*arguments: str) -> float:
    started = time.perf_counter()
    assert run(*arguments).returncode == 0
    return time.perf_counter() - started


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from cli import main; main(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.rstrip().endswith("[]")


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

"""The command starts light: what takes long to import is imported where it is used, and not before.

What is asserted is what was imported, never how long it took: a busy machine proves nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli import COMMANDS

ROOT = Path(__file__).parent.parent
HEAVY = (
    "duckdb",
    "gspread",
    "jinja2",
    "keyring",
    "msal",
    "numpy",
    "openpyxl",
    "pandas",
    "phonenumbers",
    "pyarrow",
    "pydantic",
    "requests",
    "rigour",
    "splink",
    "tldextract",
    "tomlkit",
)
RUN = """
import json, sys
from engage.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
print("\\n" + json.dumps({"code": code, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


def imported_by(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """The top modules that stand in memory after `engage <arguments>`, which must end well."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=cwd, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] in (0, None), done.stderr
    return set(told["modules"])


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), *((name, "--help") for name in COMMANDS)])
def test_asking_for_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments) & set(HEAVY) == set()


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = "import sys; from engage.cli import main; main(['--help'], standalone_mode=False); "
    code += "print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert {f"engage.cli.{module}" for module, _ in COMMANDS.values()} & loaded == set()


def test_a_workbook_is_set_up_without_what_only_linking_needs(tmp_path: Path) -> None:
    loaded = imported_by("init", "--yes", "--name", "Marlbeck Works", "--agency", "The College", cwd=tmp_path)
    assert "openpyxl" in loaded  # the test can fail: what is used is seen
    assert loaded & {"splink", "duckdb", "gspread", "pyarrow"} == set()

"""What is installed is what stands in the tree: no module, template or schema is left behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOLDERS = {
    "engage": "engage",
    "cli": "engage/cli",
    "templates": "engage/templates",
    "sheets_schema": "engage/sheets_schema",
}
LEFT_ALONE = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build", "dist", "demo"
)


def tree() -> dict[str, Path]:
    """Path inside the wheel → the file in the repository, for all that has to be installed."""
    return {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}": path
        for folder, inside in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".pyo"}
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, made from a copy: the tree stays clean."""
    copy, out = tmp_path_factory.mktemp("source") / "tree", tmp_path_factory.mktemp("dist")
    shutil.copytree(
        ROOT, copy, ignore=lambda folder, names: _ignored(copy_of=ROOT, folder=folder, names=names)
    )
    for kind in ("build_sdist", "build_wheel"):
        make = f"import sys; from setuptools.build_meta import {kind}; {kind}(sys.argv[1])"
        subprocess.run([sys.executable, "-c", make, str(out)], cwd=copy, capture_output=True, check=True)
    return out


def _ignored(*, copy_of: Path, folder: str, names: list[str]) -> set[str]:
    """What is not source; `demo` only at the top, where the demo is built: engage/demo is a package."""
    ignored = LEFT_ALONE(folder, names)
    return ignored if Path(folder) == copy_of else ignored - {"demo", "build", "dist"}


def test_every_package_is_listed_by_name() -> None:
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    found = {
        Path(inside).parent.as_posix().replace("/", ".")
        for inside in tree()
        if inside.endswith("__init__.py")
    }
    assert listed == found


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in tree().values() if path.suffix == ".py"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.slow
def test_the_wheel_holds_the_tree_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert inside == set(tree())
        differing = [name for name in inside if archive.read(name) != tree()[name].read_bytes()]
    assert differing == []


@pytest.mark.slow
def test_the_wheel_has_the_command_the_licence_and_the_readme(built: Path) -> None:
    (wheel,) = built.glob("engage_register-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        about = {
            name.partition(".dist-info/")[2]: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    assert "engage = engage.cli:main" in about["entry_points.txt"]
    assert "licenses/LICENSE" in about
    assert (ROOT / "README.md").read_text("utf-8").strip() in about["METADATA"].replace("\r\n", "\n")


@pytest.mark.slow
def test_the_source_archive_holds_what_tests_and_docs_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    wanted = {path.relative_to(ROOT).as_posix() for path in tree().values()}
    wanted |= {"credentials.example.json", "engage.example.toml", "CHANGELOG.md", "Makefile", ".ci/run"}
    wanted |= {
        path.relative_to(ROOT).as_posix()
        for folder in ("docs", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - names == set()
    assert [name for name in names if name.endswith((".pyc", ".pyo"))] == []

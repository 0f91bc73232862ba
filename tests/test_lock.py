"""The lock pins everything that pyproject.toml asks for, by hashes and without a registry's name."""

from __future__ import annotations

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .audit import DEV_LOCK, LOCK, ROOT, advisories, not_as_pinned, pins_in

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNS = PROJECT["dependencies"]
TESTS = [*RUNS, *PROJECT["optional-dependencies"]["dev"]]


@pytest.mark.parametrize(("path", "asked"), [(LOCK, RUNS), (DEV_LOCK, TESTS)], ids=["run", "tests"])
def test_everything_asked_for_is_pinned_in_a_version_that_will_do(path, asked):
    pinned = {canonicalize_name(pin.name): pin.version for pin in pins_in(path.read_text("utf-8"))}
    for wanted in map(Requirement, asked):
        assert pinned.get(canonicalize_name(wanted.name), "none") in wanted.specifier, str(wanted)


@pytest.mark.parametrize("path", [LOCK, DEV_LOCK], ids=["run", "tests"])
def test_every_package_is_pinned_once_with_hashes_and_no_registry_is_named(path):
    text = path.read_text("utf-8")
    pins = pins_in(text)
    assert len({(pin.name, pin.marker) for pin in pins}) == len(pins)
    assert all(pin.hashes for pin in pins)
    assert "://" not in text
    assert "index" not in text
    assert all(line.startswith("    --hash=") or "==" in line for line in text.splitlines())


def test_tests_run_with_the_versions_that_a_server_gets():
    runs, tests = (
        {(pin.name, pin.version) for pin in pins_in(path.read_text("utf-8"))} for path in (LOCK, DEV_LOCK)
    )
    assert runs <= tests


def test_a_package_in_another_version_is_named():
    (pin,) = pins_in(f"pytest==0.1 \\\n    --hash=sha256:{'0' * 64}\n")
    assert list(not_as_pinned([pin])) == [f"pytest: {pytest.__version__}, pinned is 0.1"]
    (away,) = pins_in(f"nowhere==1 ; python_version < '3' \\\n    --hash=sha256:{'0' * 64}\n")
    assert list(not_as_pinned([away])) == []


def test_packages_that_no_database_knows_do_not_count_as_audited():
    sound = {"name": "a", "version": "1", "vulns": []}
    weak = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
    unknown = {"name": "c", "skip_reason": "not found"}
    assert advisories({"dependencies": [sound, weak, unknown]}) == (2, ("b 2: PYSEC-1, mended in 3",))
    assert advisories({"dependencies": [unknown]}) == (0, ())

"""Every place where personal data can lie is in one list; a new one that was forgotten fails here."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from engage.stores.registry import STORES

ROOT = Path(__file__).parent.parent.parent
SOURCES = {
    path: path.read_text("utf-8") for room in ("engage", "cli") for path in (ROOT / room).rglob("*.py")
}
KEPT = re.compile(r"""\bstate\s*/\s*(?:f?"([^"{]+)|([A-Z][A-Z_]*))""")
CONSTANT = re.compile(r'^([A-Z][A-Z_]*) = "([^"]+)"', re.MULTILINE)


def constants(text: str) -> dict[str, str]:
    return {found[1]: found[2] for found in CONSTANT.finditer(text)}


def kept_in_the_state_folder() -> set[tuple[str, str]]:
    """(module, name) of every file or folder that the code keeps in the state folder."""
    named = {name: value for text in SOURCES.values() for name, value in constants(text).items()}
    return {
        (path.stem, match[1] or (named | constants(text))[match[2]])
        for path, text in SOURCES.items()
        for match in KEPT.finditer(text)
    }


@pytest.mark.parametrize(("module", "name"), sorted(kept_in_the_state_folder()))
def test_what_the_code_keeps_in_the_state_folder_belongs_to_a_store(module, name):
    patterns = [pattern for store in STORES for pattern in store.files]
    inside = (name, f"{name}/x", f"{name}/x/y")
    assert name in ("access", "exports") or any(
        fnmatch(one, pattern) for pattern in patterns for one in inside
    )


def test_a_store_is_searched_and_either_cleared_or_says_who_can():
    assert len({store.name for store in STORES}) == len(STORES)
    assert [store.name for store in STORES if store.clear is None and not store.why_not] == []
    assert all(store.holds.endswith(".") and store.keeps.endswith(".") for store in STORES)

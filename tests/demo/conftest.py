from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engage.demo.build import Demo, build_demo
from engage.demo.creation import make_world
from engage.demo.world import World

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def world() -> World:
    return make_world(7, MONDAY)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo as built, before any night: read only."""
    return build_demo(Path(tmp_path_factory.mktemp("demo")), seed=7, today=MONDAY)

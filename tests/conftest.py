"""What holds for every test."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long one example takes says how busy the machine is, not whether the law holds.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Libraries and tests stay until the end: looking through them for garbage took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture(autouse=True)
def a_quota_of_its_own() -> Iterator[None]:
    """One process is one user at Google: no test waits for what the tests before it have asked."""
    yield
    pacing = sys.modules.get("engage.workbook.google.pacing")
    if pacing is not None:
        pacing.SHARED._sent.clear()
    shared = sys.modules.get("tests.workbook.rehearsal")
    if shared is not None and shared.rehearsal.cache_info().currsize:
        shared.rehearsal().served.front.quota.forget()  # its clock stands still for whoever really waits

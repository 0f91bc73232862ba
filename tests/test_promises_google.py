"""The first promise on Google Sheets, over HTTP: people edit between any two requests, and inside a write."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from .google_sheets import SharedSheet, leave
from .test_promises import People
from .workbook.rehearsal import rehearsal

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
pytestmark = pytest.mark.timeout(900)  # many nights in one test, on machines of any pace


class PeopleOnGoogle(People):
    """The same people, the same shadow; their workbooks are Google Sheets."""

    make = SharedSheet

    def title_of(self, workbook: str, tab: str) -> str:
        return self.town.books[workbook].tab(tab).title

    def teardown(self) -> None:
        leave(rehearsal())
        super().teardown()


TestPromisesOnGoogle = PeopleOnGoogle.TestCase
TestPromisesOnGoogle.settings = settings(
    max_examples=2000 if SOAK else 4,
    stateful_step_count=40 if SOAK else 14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if SOAK else []),
)

"""Whatever agencies do, join, leave, share, pause: no value of one that shares nothing is anybody else's."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engage.agencies.pausing import pause, resume
from tests.partnership import COLLEGE, JOBCENTRE, NOW
from tests.privacy.planted import traces

from .on_paper import Changing

pytestmark = pytest.mark.slow

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
BOOKS = {"college": (COLLEGE, "Firms", 3), "jobcentre": (JOBCENTRE, "List", 2)}
DOES = ("add", "share with nobody", "share again", "pause", "withdraw", "resume", "leave", "join", "sync")
STEP = st.tuples(st.sampled_from(DOES), st.sampled_from(sorted(BOOKS)))


class Histories:
    """What becomes of two agencies, night after night. Every firm that one of them adds has its mark.

    silent: workbook → why nothing of it may be seen: "No", "withdrawn", "left".
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.town, self.nights = folder, Changing(folder), 0
        self.silent: dict[str, str] = {}
        for key in BOOKS:
            self.add(key)
        self.sync()  # what nobody ever read, nobody can show

    @property
    def now(self):
        return NOW + timedelta(days=self.nights)

    def do(self, what: str, key: str) -> None:
        name, left = BOOKS[key][0], self.silent.get(key) == "left"
        if what == "add":
            self.add(key)
        elif what == "sync":
            self.sync()
        elif what == "join" and left:
            self.town.come_back(name, self.now)
            self.silent.pop(key)
            self.town.share(name, "Yes")
            self.sync()
        elif not left:
            self.change(what, key, name)

    def change(self, what: str, key: str, name: str) -> None:
        agency = self.town.config.agency(name)
        assert agency is not None
        if what.startswith("share"):
            self.town.share(name, "Yes" if what == "share again" else "No")
            self._note(key, "No", silent=what != "share again")
        elif what in ("pause", "withdraw"):
            pause(self.town.config, agency, self.now.date(), withdrawn=what == "withdraw")
            self._note(key, "withdrawn", silent=what == "withdraw")
        elif what == "resume":
            resume(self.town.config, agency)
            self._note(key, "withdrawn", silent=False)
        elif what == "leave":
            self.nights += 1
            self.town.leave(name, self.now)
            self.silent[key] = "left"
        self.town.reload()

    def _note(self, key: str, why: str, *, silent: bool) -> None:
        held = set(filter(None, self.silent.pop(key, "").split("+")))
        held = held | {why} if silent else held - {why}
        if held:
            self.silent[key] = "+".join(sorted(held))

    def add(self, key: str) -> None:
        _, tab, row = BOOKS[key]
        ids = [""] if self.town.books[key].rows(tab)[row - 2][:1] == ("Record ID",) else []
        self.town.books[key].insert_row(tab, row, [*ids, f"Zyx{key} Works {self.nights}", "Hyde", "OL6 8QQ"])

    def sync(self) -> None:
        self.nights += 1
        self.town.sync(self.now, allow_deletions=True)

    def seen(self, key: str) -> dict[str, list[str]]:
        return self.town.places_of(f"zyx{key}", {key})


@settings(max_examples=60 if SOAK else 4, phases=[Phase.explicit, Phase.generate])
@given(st.lists(STEP, min_size=5, max_size=14))
def test_no_value_of_a_departed_or_silent_agency_is_anywhere_but_in_its_own_workbook(steps):
    with TemporaryDirectory() as folder:
        history = Histories(Path(folder))
        for step in steps:
            history.do(*step)
        history.sync()
        for key in BOOKS:
            assert bool(history.seen(key)) is (key not in history.silent), (key, history.silent)
            if history.silent.get(key) == "left":
                files = traces(history.town, history.folder, (f"zyx{key}",))
                assert [place for place in files if not place.startswith(key)] == []

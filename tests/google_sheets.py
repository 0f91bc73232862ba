"""Workbooks of the small partnership as Google Sheets, with the methods of MemoryWorkbook for its people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from engage.model import Snapshot
from engage.ports import Intent, Outcome, Then
from tests.sheets_server.tab import Tab
from tests.sheets_server.world import World

from .partnership import SCHEMA
from .workbook.hands import Hands
from .workbook.rehearsal import Rehearsal, rehearsal

Between = Callable[[str, "SharedSheet"], None]
BEFORE_A_READ, BEFORE_A_WRITE = ("before-read", "before-guard"), ("before-read-back",)


class SharedSheet(Hands):
    """A Google Sheet, its adapter, and whoever has it open.

    between: called with "before-read" and "before-guard" before any request that reads, "before-read-back"
    before one that writes, and "after-guard" inside the write, before anything of it is applied.
    """

    def __init__(
        self,
        name: str,
        tabs: Mapping[str, Iterable[Iterable[str]]],
        *,
        title: str = "",
        view_only: bool = False,
        google: Rehearsal | None = None,
    ) -> None:
        google = google or rehearsal()
        super().__init__(google.world, google.sheet(tabs, title=title or name))
        self.name, self.view_only = name, view_only
        self.between: Between | None = None
        self._first_names: dict[str, int] = {}
        self.google = google
        self.begin_anew()
        google.world.before_request.append(self._before_request)
        google.world.before_batch.append(self._before_batch)

    def begin_anew(self) -> None:
        """Another process: nothing is known but what stands in the sheet."""
        self.workbook = self.google.workbook(
            self.name, self.book.id, view_only=self.view_only, tabs=SCHEMA.tabs
        )

    def _before_request(self, _: World, method: str, path: str) -> None:
        if self.between and self.book.id in path:
            for moment in BEFORE_A_READ if method == "GET" else BEFORE_A_WRITE:
                self.between(moment, self)

    def _before_batch(self, _: World, sheet: str, __: object) -> None:
        if self.between and sheet == self.book.id:
            self.between("after-guard", self)

    def tab(self, title: str) -> Tab:
        """A tab by the name that it had first, whatever somebody has called it since."""
        known = self._first_names.get(title)
        return super().tab(title) if known is None else next(t for t in self.book.tabs if t.sheet_id == known)

    def call_it(self, title: str, new: str) -> None:
        """Rename a tab; it goes on answering to its first name here."""
        tab = self.tab(title)
        self._first_names[title] = tab.sheet_id
        if new not in {each.title for each in self.book.tabs}:
            self.rename_tab(title, new)

    def move_tab(self, title: str, to: int) -> None:
        """Drag a tab to another place."""
        with self.world.lock:
            tab = self.tab(title)
            self.book.tabs.remove(tab)
            self.book.tabs.insert(to % (len(self.book.tabs) + 1), tab)
            self.book.touched()

    @property
    def title(self) -> str:
        return self.workbook.title

    def read(self) -> Snapshot:
        return self.workbook.read()

    def read_back(self) -> Snapshot:
        return self.workbook.read_back()

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        return self.workbook.apply(intents, *then)


def leave(google: Rehearsal) -> None:
    """Everybody closes their browsers."""
    google.world.before_request.clear()
    google.world.before_batch.clear()
    google.world.books.clear()

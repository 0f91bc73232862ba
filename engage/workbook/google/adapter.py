"""The Workbook port on a Google Sheet: guard, keep, write in one atomic batch, read back, put right."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from engage.errors import UnsafePlan, WorkbookBusy, WorkbookError
from engage.model import Finding, Link, Place, Snapshot, Tab
from engage.ports import Intent, Outcome, Then

from ..cells import CellEdit, Located, Seen, TabEdit, outcome_of
from ..locate import locate
from .keeping import Kept, Memory, last_row, read_kept, read_memory
from .links import link_formula
from .pieces import cut
from .reading import FIELDS, Book, read_book
from .refusals import EffectUnknown, Refused
from .settling import Race, interrupted, settle
from .view import as_seen, pipeline_view
from .writing import ENGAGE, Batch, Places, compose, pack

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4  # at guard and write: people who edit every second are left for next time
MOST_REPAIRS = 4


class Client(Protocol):
    """What the adapter asks of the client (client.py)."""

    def get_spreadsheet(
        self, spreadsheet_id: str, *, ranges: Sequence[str] = (), fields: str = "",
        include_grid_data: bool = False, where: str = "",
    ) -> dict[str, Any]: ...  # fmt: skip

    def batch_update(
        self, id: str, body: Mapping[str, Any] | None, *, fields: str = "", where: str = ""
    ) -> dict[str, Any]: ...


class GoogleWorkbook:
    """A Google Sheet that people edit in their browsers while we work.

    spreadsheet_id: the long part of its link. neighbours: the partnership's workbooks by key, for links into
    them and to know a copy. token: names a batch, so that one whose answer was lost can be looked for.
    """

    def __init__(
        self,
        name: str,
        spreadsheet_id: str,
        client: Client,
        *,
        token: Callable[[], str],
        title: str = "",
        view_only: bool = False,
        neighbours: Mapping[str, str | GoogleWorkbook] | None = None,
    ) -> None:
        self.name, self.id, self.title = name, spreadsheet_id, title or name
        self.view_only = view_only
        self._client, self._token = client, token
        self._neighbours = neighbours if neighbours is not None else {}
        self._book: Book | None = None
        self._unsettled = False

    # --- the port ---

    def read(self) -> Snapshot:
        """Everything in it, at one moment. Raises WorkbookError; UnsafePlan if it is a copy of another."""
        book = self._look()
        memory = self._memory(book)
        self._check_original(memory)
        return self._snapshot(book)

    def read_back(self) -> Snapshot:
        """Everything in it as it stood after our last look or write."""
        return self._snapshot(self._book) if self._book else self.read()

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        """Guard, keep and write, read back, put right. Raises WorkbookError."""
        if self.view_only:
            raise WorkbookError(
                "this workbook may be read but not written to",
                where=self.title,
                fix="ask its owner for edit access, or mark it view-only in engage.toml",
            )
        self._recover()
        for _ in range(MOST_ATTEMPTS):
            book = self._look()
            view = pipeline_view(book, self._memory(book))
            plan = locate(intents, as_seen(view), *then, spell=self.spell)
            if not any(located.edit for located in plan):
                return tuple(outcome_of(located) for located in plan)
            try:
                return self._carry_out(plan, view)
            except Refused as refusal:
                log.info("google: %s changed under the write (%s); looking again", self.name, refusal)
        raise WorkbookBusy(
            "people were changing its tabs the whole time", where=self.title, fix="run the sync again later"
        )

    def sheet_id(self, tab: str) -> int | None:
        """The tab's own id, as last seen; None if we have not seen it."""
        sheet = self._view.titled(tab) if self._book else None
        return sheet.sheet_id if sheet else None

    # --- looking ---

    def _look(self) -> Book:
        answer = self._client.get_spreadsheet(self.id, fields=FIELDS, where=self.title)
        return self._hold(answer)

    def _hold(self, answer: Mapping[str, Any]) -> Book:
        self._book = read_book(answer)
        self.title = self._book.title or self.title
        return self._book

    @property
    def _view(self) -> Book:
        assert self._book is not None
        return pipeline_view(self._book, self._memory(self._book))

    def _memory(self, book: Book) -> Memory:
        engage = book.titled(ENGAGE)
        return read_memory(engage.seen.rows) if engage else Memory()

    def _check_original(self, memory: Memory) -> None:
        """A copy that carries the memory of another spreadsheet of ours is never read beside it."""
        others = {n.id for n in self._neighbours.values() if isinstance(n, GoogleWorkbook) and n is not self}
        if memory.self_id and memory.self_id != self.id and memory.self_id in others:
            raise UnsafePlan(
                "this is a copy of another spreadsheet of the partnership, and that one is read too",
                where=self.title,
                fix="put the link of the agency's own spreadsheet into engage.toml; if the copy is to stand in "
                "the place of the original, take the original's link out",
            )

    def _snapshot(self, book: Book) -> Snapshot:
        memory = self._memory(book)
        view = pipeline_view(book, memory)
        tabs = tuple(
            Tab(sheet.title, sheet.seen.rows, str(sheet.sheet_id), sheet.seen.hidden)
            for sheet in view.sheets
            if sheet.title != ENGAGE or sheet.seen.rows
        )
        return Snapshot(self.name, tabs, not self.view_only, tuple(self._findings(book, view, memory)))

    def _findings(self, book: Book, view: Book, memory: Memory) -> Sequence[Finding]:
        """What people should know of the spreadsheet as a whole."""
        found = [] if memory.self_id != self.id else list(self._lost(book, view))
        for sheet, shown in zip(book.sheets, view.sheets, strict=True):
            if sheet.title != shown.title:
                found.append(
                    Finding(
                        "tab-renamed",
                        Place(self.name, sheet.title),
                        f'Somebody renamed "{shown.title}" to "{sheet.title}". It goes on working; to be found '
                        "by everybody, give it its old name back.",
                    )
                )
        if book.locale and book.locale != "en_GB":
            found.append(
                Finding(
                    "locale",
                    Place(self.name, ""),
                    f'The spreadsheet is set to the locale "{book.locale}", so that Google reads 05/06/2026 in '
                    "that country's way when it is typed. Choose File, Settings, Locale: United Kingdom; then "
                    "look through the dates typed so far.",
                    found=book.locale,
                )
            )
        return found

    def _lost(self, book: Book, view: Book) -> Sequence[Finding]:
        """Texts that a write displaced before we were stopped."""
        engage = book.titled(ENGAGE)
        changes = interrupted(read_kept(engage.seen.rows) if engage else (), view).changes
        return [
            Finding(
                "typed-while-writing",
                Place(self.name, change.tab, max(change.row, 0)),
                "This was typed at the very moment when the sync wrote to this place. "
                "Type it again where it belongs; then choose Leave as it is.",
                found=change.before,
            )
            for change in changes
        ]

    # --- writing ---

    def spell(self, link: Link) -> str:
        """A link as the formula that opens it."""
        return link_formula(link, self, self._neighbours)

    def _carry_out(self, plan: Sequence[Located], view: Book) -> tuple[Outcome, ...]:
        edits = [located.edit for located in plan if located.edit]
        kept = self._push(edits, view)
        race = settle(plan, view, kept, self._view, self.spell)
        for _ in range(MOST_REPAIRS):
            if not race.repairs:
                break
            before = self._view
            race = race.after(self._push(race.repairs, before, keep_old=True), before, self._view, self.spell)
        self._unsettled = False
        return race.outcomes

    def _recover(self) -> None:
        """Put right what a write that was cut short left behind; nothing to do on most nights."""
        if self._book is None:
            self._look()
        book = self._book
        engage = book.titled(ENGAGE) if book else None
        if engage is None:
            return
        race = interrupted(read_kept(engage.seen.rows), self._view)
        if race.repairs and self._memory(self._book or book).self_id == self.id:  # type: ignore[arg-type]
            self._push(race.repairs, self._view, keep_old=True)

    def _push(self, edits: Sequence[CellEdit | TabEdit], view: Book, *, keep_old: bool = False) -> tuple[Kept, ...]:
        """Write, in as few batches as can be; what stood in the rows at that moment, in order.

        Raises Refused, with nothing written, if Google would not have the first batch.
        """
        places = Places(view)
        pieces = cut(edits, view.titled, places, self.spell)
        engage = view.titled(ENGAGE)
        start = (last_row(self._raw_engage()) + 1) if engage else 1
        kept: list[Kept] = []
        packs = pack(pieces)
        for number, part in enumerate(packs):
            memory = replace(self._memory(self._book), self_id=self.id, batch=self._token())  # type: ignore[arg-type]
            batch = compose(
                pipeline_view(self._book, memory) if number else view,  # type: ignore[arg-type]
                part, places, memory, start=max(start, 2), clear=not (keep_old or number),
            )  # fmt: skip
            self._send(batch)
            mine = read_kept(self._raw_engage())
            kept += mine[-len(batch.kept) :] if batch.kept else []
            start = batch.start + len(batch.kept)
        return tuple(kept)

    def _raw_engage(self) -> Any:
        engage = self._book.titled(ENGAGE) if self._book else None
        return engage.seen.rows if engage else ()

    def _send(self, batch: Batch) -> None:
        """One atomic batch, its answer the spreadsheet as it stands after it."""
        body = {"requests": list(batch.requests), "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
        try:
            answer = self._client.batch_update(
                self.id, body, fields=f"updatedSpreadsheet({FIELDS})", where=self.title
            )
            self._hold(answer["updatedSpreadsheet"])
        except EffectUnknown:
            book = self._look()
            if self._memory(book).batch != batch.memory.batch:
                raise Refused("the answer was lost and nothing was written") from None

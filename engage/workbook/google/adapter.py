"""The Workbook port on a Google Sheet: guard, keep and write in one atomic batch, read back, put right."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from engage.config import link_of
from engage.errors import EffectUnknown, RequestRefused, UnsafePlan, WorkbookBusy
from engage.model import Grid, Link, Snapshot
from engage.ports import AcceptSuggestion, Intent, Outcome, RestoreCell, SetCell, Then
from engage.schema import TabSpec

from ..cells import CellEdit, TabEdit, outcome_of, text_of
from ..locate import locate
from ..view_only import view_only
from .asked import Changing
from .bin import check_bin
from .cutting import cut
from .keeping import Kept, Memory
from .links import link_formula
from .messages import Place
from .more_rows import MoreRows, more_rows
from .reading import FIELDS, WHOLE, Book, read_book
from .request_log import RequestLog
from .settling import Race, settle
from .shut_tabs import check_open
from .sight import Sight, sight_of
from .spoken_of import spoken_of
from .view import ENGAGE
from .writing import Batch, Places, compose, pack, resized

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4  # at guard and write: where people edit every second, it is left for next time
TO_WIDEN = 2  # attempts with all that goes with a write; then cells alone: no filter or table stops them
MOST_REPAIRS = 8
GUARD_SECONDS = 5.0
LAST_PEEKED = "C"  # the pipeline's part of _engage ends there, and Start here sooner


class GoogleWorkbook:
    """A Google Sheet that people edit in their browsers while we work.

    sheet: the long part of its link. token: names a batch, so that one whose answer was lost can be looked
    for. neighbours: the partnership's Google Sheets by key, for links into them and to know a copy of one.
    tabs: how a tab that the sync creates is to look, by title. log_to: where every change that was sent is
    noted, for engage verify. now: seconds, never back.
    """

    def __init__(  # noqa: PLR0913 - what a spreadsheet needs besides its link is said by keyword
        self,
        name: str,
        sheet: str,
        client: Changing,
        *,
        token: Callable[[], str],
        title: str = "",
        view_only: bool = False,
        neighbours: Mapping[str, GoogleWorkbook] | None = None,
        tabs: Mapping[str, TabSpec] | None = None,
        log_to: RequestLog | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self.id, self.title = name, sheet, title or name
        self.view_only = view_only
        self._client, self._token = client, token
        self._neighbours = neighbours if neighbours is not None else {}
        self._tabs, self._log = tabs or {}, log_to
        self._held: Sight | None = None
        self._owner = ""
        self._now, self._answered, self._seen_at = now, cast("float | None", None), 0.0

    # --- the port ---

    def read(self) -> Snapshot:
        """Everything in it, at one moment.

        Raises WorkbookError, WorkbookMissing if it is in the bin; UnsafePlan if it is a copy of another.
        """
        sight = self._look()
        self._check_original(sight.memory)
        self._owner = check_bin(self._client, self.id, self.title)
        return replace(sight.snapshot(self.name, writable=not self.view_only), owner=self._owner)

    def peek(self, tab: str) -> Grid:
        """The first columns of one tab, in one small request. Raises WorkbookError."""
        quoted = tab.replace("'", "''")
        ranges = [f"'{quoted}'!A:{LAST_PEEKED}"]
        try:
            answer = self._client.get_spreadsheet(self.id, ranges=ranges, fields=FIELDS, where=self.title)
        except RequestRefused:
            return ()  # it is not there, or somebody renamed it: the sync will find it by its id
        sheet = read_book(answer).titled(tab)
        return sheet.seen.rows if sheet else ()

    def read_back(self) -> Snapshot:
        """Everything in it as it stood after our last look or write."""
        if self._held is None:
            return self.read()
        return replace(self._held.snapshot(self.name, writable=not self.view_only), owner=self._owner)

    def apply(self, intents: Sequence[Intent], *then: Then) -> tuple[Outcome, ...]:
        """Guard, keep and write, read back, put right. Raises WorkbookError."""
        if self.view_only:
            raise view_only(self.title)
        may_be_moved = self._may_go_by_the_last_look(intents, then)
        over_texts = any(isinstance(intent, AcceptSuggestion | RestoreCell) for intent in intents)
        for attempt in range(MOST_ATTEMPTS):
            if attempt or over_texts or not (may_be_moved or self._has_just_looked):
                self._look(whole=over_texts)
            try:
                self._finish_interrupted()
                outcomes = self._guard_and_write(intents, then, widen=attempt < TO_WIDEN)
                if attempt or not (may_be_moved and any(each.status == "moved" for each in outcomes)):
                    return outcomes
            except RequestRefused as refusal:
                log.info("google: %s changed under the write; looking again (%s)", self.name, refusal.what)
        raise WorkbookBusy(
            "Google would not take what was to be written, or people were changing its tabs the whole time",
            where=self.title,
            fix="run the sync again later; if it comes back, engage doctor looks at every part of it",
        )

    def tab_id(self, tab: str) -> int | None:
        """A tab's own id, as last seen; None if we have not seen it."""
        return self._held.ids.get(tab) if self._held else None

    @property
    def link(self) -> str:
        """Its address in a browser."""
        return link_of(self.id)

    # --- looking ---

    @property
    def _has_just_looked(self) -> bool:
        """Whether the answer to our own last write is recent enough to be the guard of the next."""
        return self._answered is not None and self._now() - self._answered < GUARD_SECONDS

    def _may_go_by_the_last_look(self, intents: Sequence[Intent], then: Sequence[Then]) -> bool:
        """Whether nothing is asked that needs to be looked for first: it saves a quiet night a request."""
        own = (isinstance(intent, SetCell) and not intent.look_first for intent in intents)
        return self._held is not None and not then and all(own)

    def _look(self, *, whole: bool = False) -> Sight:
        fields = WHOLE if whole else FIELDS
        answer = self._client.get_spreadsheet(self.id, fields=fields, where=self.title)
        self._answered, self._seen_at = None, self._now()
        self._held = sight_of(read_book(answer, whole=whole))
        self.title = self._held.book.title or self.title
        return self._held

    @property
    def _sight(self) -> Sight:
        return self._held or self._look()

    def _check_original(self, memory: Memory) -> None:
        """A copy, which has the memory of another spreadsheet of ours, is never read beside it."""
        others = {each.id for each in self._neighbours.values() if each is not self}
        if memory.self_id in others - {self.id}:
            raise UnsafePlan(
                "this is a copy of another spreadsheet of the partnership, and that one is read too",
                where=self.title,
                fix="put the link of the agency's own spreadsheet into engage.toml; if this copy is to "
                "stand in the original's place, take the original's link out",
            )

    # --- writing ---

    def _spell(self, link: Link) -> str:
        others = {key: (each.link, each.tab_id) for key, each in self._neighbours.items()}
        return link_formula(link, self.tab_id, others, self.name)

    def _guard_and_write(
        self, intents: Sequence[Intent], then: Sequence[Then], *, widen: bool
    ) -> tuple[Outcome, ...]:
        sight = self._sight
        plan = locate(intents, sight.seen, *then, spell=self._spell)
        edits = [located.edit for located in plan if located.edit]
        if not edits:
            return tuple(outcome_of(located) for located in plan)
        kept = self._push(edits, widen=widen)
        return self._put_right(settle(plan, sight.view, kept, self._sight.view, self._spell))

    def _put_right(self, race: Race) -> tuple[Outcome, ...]:
        for _ in range(MOST_REPAIRS):
            if not race.repairs:
                break
            log.info("google: %s was edited under the write; putting %d right", self.name, len(race.repairs))
            kept = self._push(race.repairs, put_back=True)
            race = race.after(kept, self._sight.view, self._spell)
        return race.outcomes

    def _finish_interrupted(self) -> None:
        """Put back what a write that was cut short left in the wrong place; nothing to do on most nights.

        More than once if what it covered was itself to be put back.
        """
        for _ in range(MOST_REPAIRS):
            repairs = self._sight.cut_short.repairs
            if not repairs:
                break
            self._push(repairs, put_back=True)

    def _push(
        self, edits: Sequence[CellEdit | TabEdit], *, put_back: bool = False, widen: bool = False
    ) -> tuple[Kept, ...]:
        """Write, in as few batches as can be; what stood in the rows at that moment.

        put_back: whether it returns what a write covered; what that write kept stays in _engage. widen:
        whether filters and tables take new ids in, and people get more rows: what Google might refuse.
        """
        view = self._sight.view
        check_open(view, edits, Place(self.title, self._caller, writing=True))
        places = Places(view)
        keep_old = put_back or self._owes_texts(edits)
        spoken = spoken_of(self._sight.book, self._sight.memory.tabs.values())
        packs = pack(cut(edits, view.titled, places, self._spell, self._tabs, widen=widen, spoken=spoken))
        found: list[Kept] = []
        for number, pieces in enumerate(packs, 1):
            sight = self._sight
            ready = self._more_rows(may=number == 1 and widen)
            batch = compose(
                sight.view,
                pieces,
                places,
                Memory(self.id, sight.memory.tabs, self._token(), ready.ready),
                start=sight.free_row,
                clear=not keep_old and number == 1,
                tabs=self._tabs,
                caller=self._caller,
                more_rows=ready.requests,
            )
            self._send(batch, last=number == len(packs))
            self._note(batch, put_back=put_back)
            found += self._found(batch)
        return tuple(found)

    @property
    def _caller(self) -> str:
        return str(getattr(self._client, "caller", ""))

    def _more_rows(self, *, may: bool) -> MoreRows:
        """Rows for people, by a look that is recent enough: where they type just now, nothing is laid out."""
        sight = self._sight
        if not may or self._now() - self._seen_at > GUARD_SECONDS:
            return MoreRows((), sight.memory.ready)
        return more_rows(sight.view, self._tabs, sight.memory.ready)

    def _owes_texts(self, edits: Sequence[CellEdit | TabEdit]) -> bool:
        """Whether _engage holds the last copy of a text that a write covered, and these edits do not."""
        owed = {change.before for change in self._sight.cut_short.changes}
        tabs = (edit for edit in edits if isinstance(edit, TabEdit))
        return bool(owed - {text_of(value) for edit in tabs for row in edit.rows for value in row})

    def _send(self, batch: Batch, *, last: bool) -> None:
        """One atomic batch; its answer is the spreadsheet as it stands after it.

        last: of several; the answer to any other is _engage alone, where the batch has kept what it covered.
        """
        body = {
            "requests": list(batch.requests),
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
        } | ({} if last else {"responseRanges": [ENGAGE]})
        fields = f"updatedSpreadsheet({FIELDS})"
        try:
            answer = self._client.batch_update(self.id, body, fields=fields, where=self.title)
        except EffectUnknown as error:
            if self._look().memory.batch != batch.memory.batch:
                raise RequestRefused("the answer was lost, and nothing was written") from error
            return
        after = read_book(answer["updatedSpreadsheet"])
        self._held = sight_of(after if last else _with_engage(self._sight.book, after, batch))
        self._answered = self._seen_at = self._now()

    def _note(self, batch: Batch, *, put_back: bool) -> None:
        if self._log:
            titles = {number: title for title, number in self._sight.ids.items()}
            self._log.write(batch.requests, titles, put_back=put_back)

    def _found(self, batch: Batch) -> Iterator[Kept]:
        """The rows that a batch kept, as it found them; one that somebody took out of _engage is not told."""
        kept = {each.name: each for each in self._sight.kept}
        yield from (kept[each.name] for each in batch.kept if each.name in kept)


def _with_engage(before: Book, after: Book, batch: Batch) -> Book:
    """The spreadsheet between two batches: _engage as it stands now, the rest as it was but for its size."""
    now = {sheet.sheet_id: sheet for sheet in after.sheets}
    book = resized(before, batch.requests)
    return replace(book, sheets=tuple(now.get(sheet.sheet_id, sheet) for sheet in book.sheets))

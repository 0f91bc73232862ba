"""How a partnership's clock stands: what ran last, what comes next, what was missed or waits for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from .config import HUB, Config
from .departures import as_the_hub_says, held_out_words
from .digest.due import MONTHLY, WEEKLY
from .errors import DigestError, EngageError, UnsafePlan, WorkbookError
from .lease import Asker, held_elsewhere
from .ledger import HELD, LEDGER_FILE, Entry, Ledger
from .notices import SILENCE
from .our_ledger import ledger_named
from .pipeline import Partnership
from .slot_book import BOOK_FILE, SlotBook, book_of
from .slots import BEGUN, DONE, FAILED, Mark, Slot, digest_slots, next_digest, night_slot
from .state import TAB as MEMORY
from .state import State, decode
from .sync_now import Start, in_a_line, look_at_start
from .wording import counted


@dataclass(frozen=True, slots=True)
class Digests:
    """The newest digests of an edition. counts: status in the ledger → how many. when: of the last, ISO."""

    edition: str
    period: str
    counts: Mapping[str, int]
    when: str


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that engage status says. Moments are local time without a zone, None where there was none.

    syncs: the machine that stands in the hub. looked: when engage run or tick last looked. next_digest: None
    where digests are sent by hand, or nobody gets any. missed: of late, in sentences. waits: what a person
    has to do, in sentences. troubles: what will not mend by itself if nobody looks.
    """

    machine: str
    syncs: str
    last_sync: datetime | None
    next_sync: datetime
    looked: datetime | None
    digests: tuple[Digests, ...]
    next_digest: Slot | None
    sends_by_itself: bool
    missed: tuple[str, ...]
    waits: tuple[str, ...]
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was looked at."""

    config: Config
    machine: str
    now: datetime
    start: Start
    state: State
    book: SlotBook
    sent: tuple[Entry, ...]
    unseen: EngageError | None


def health(partnership: Partnership, *, now: datetime) -> Health:
    """Two small looks at the hub, and this machine's own files. Nothing is written. now: local, no zone."""
    seen = _look(partnership, now)
    config, book, start = seen.config, seen.book, seen.start
    times = config.schedule
    late = start.last is None or start.last < night_slot(now, times.at).due
    night = night_slot(now, times.at)
    coming = next_digest(now, times.send_at, book.marks, book.expected) if times.send_at else None
    return Health(
        partnership.machine,
        seen.state.holder,
        start.last or book.last_sync,
        night.due if late else night.until,
        book.looked,
        tuple(_last_digests(seen.sent)),
        coming,
        times.send_at is not None,
        book.missed(now),
        tuple(_waits(seen)),
        tuple(_troubles(seen)),
    )


def _look(partnership: Partnership, now: datetime) -> _Seen:
    config, hub = partnership.config, partnership.workbooks[HUB]
    state, start, unseen = State(), Start(), None
    try:
        start = look_at_start(hub)
        state = decode(hub.peek(MEMORY), HUB)
    except (WorkbookError, UnsafePlan) as error:
        unseen = error
    book = book_of(config.state) if (config.state / BOOK_FILE).exists() else SlotBook(None)
    ledger = config.state / LEDGER_FILE
    sent = Ledger(ledger).entries() if ledger.exists() else ()
    config = as_the_hub_says(config, state.left)
    return _Seen(config, partnership.machine, now, start, state, book, sent, unseen)


def _last_digests(sent: Iterable[Entry]) -> Iterator[Digests]:
    for edition in (WEEKLY, MONTHLY):
        mine = [entry for entry in sent if entry.send.edition == edition]
        newest = max((entry.send.period for entry in mine), default="")
        rows = [entry for entry in mine if entry.send.period == newest]
        if rows:
            counts = Counter(entry.status for entry in rows)
            yield Digests(edition, newest, dict(counts), max(entry.when for entry in rows))


# --- what is not as it should be ---------------------------------------------------------------------------


def _waits(seen: _Seen) -> Iterator[str]:
    yield from held_out_words(seen.config)
    held = sum(entry.status in HELD for entry in seen.sent)
    if held:
        yield (
            f"{counted(held, 'message')} may or may not have arrived: engage digest status lists them, "
            "engage digest resolve settles them"
        )
    yield from _sending_refused(seen)
    for mark in _failing(seen):
        yield f"digests have not gone out: tried {counted(mark.tries, 'time')}, at last: {mark.why}"


def _sending_refused(seen: _Seen) -> Iterator[str]:
    """Why no digest leaves from here, by itself or by hand, before a person has run something."""
    by_itself = seen.config.schedule.send_at is not None
    if seen.unseen is not None or not seen.state.ledger or (seen.state.only_syncs and not by_itself):
        return
    if seen.state.holder != seen.machine and not seen.state.only_syncs:
        if by_itself:
            yield (
                f'this machine sends nothing: "{seen.state.holder}" syncs and sends; '
                "if it never will again: engage digest adopt"
            )
        return
    with suppress(EngageError):
        try:
            ledger_named(seen.config, seen.state)
        except DigestError as error:
            yield in_a_line(error).rstrip(".")


def _failing(seen: _Seen) -> Iterator[Mark]:
    """The last failure of digests that are still to go out, once."""
    send_at, now = seen.config.schedule.send_at, seen.now
    if send_at is None:
        return
    open_slots = [slot for slot in digest_slots(now.date(), send_at) if slot.due <= now < slot.until]
    marks = [seen.book.marks[slot.key] for slot in open_slots if slot.key in seen.book.marks]
    failing = [mark for mark in marks if mark.status in (FAILED, BEGUN)]
    yield from sorted(failing, key=lambda mark: mark.when)[-1:]


def _troubles(seen: _Seen) -> Iterator[str]:
    if seen.unseen is not None:
        yield in_a_line(seen.unseen).rstrip(".")
    if seen.start.look and seen.state.holder != seen.machine:
        yield f"Start here says: {seen.start.look.rstrip('.')}"
    yield from _silence(seen)
    night = seen.book.marks.get(night_slot(seen.now, seen.config.schedule.at).key)
    if night is not None and night.status not in (DONE,) and night.why:
        yield f"last night's sync failed {counted(night.tries, 'time')}, at last: {night.why}"


def _silence(seen: _Seen) -> Iterator[str]:
    last, looked = seen.start.last or seen.book.last_sync, seen.book.looked
    silent = last is None or seen.now - last > SILENCE
    if last is not None and silent:
        yield "no sync has run for more than two days"
    patience = timedelta(minutes=seen.config.schedule.check_every_minutes * 3) + timedelta(hours=1)
    if looked is None and silent:
        yield "nothing keeps watch on this machine: start engage run, or let the computer start engage tick"
    if looked is not None and seen.now - looked > patience and not _is_anothers(seen, last):
        yield f"nothing has looked since {looked:%d/%m/%Y %H:%M}: engage run, or the task, has stopped"


def _is_anothers(seen: _Seen, last: datetime | None) -> bool:
    return held_elsewhere(seen.state, last, Asker(seen.machine, seen.config), seen.now) is not None

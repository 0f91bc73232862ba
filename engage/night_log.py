"""What is said of a night: how fresh each agency's rows are, and what goes into the Sync log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from .built.chosen import choices, met_tonight
from .config import HUB, Config
from .insight.weeks import read_day, short_day
from .intake import Intake
from .ledger import HELD
from .model import AgencyRead
from .night import Night, Seat, home_of
from .night_changes import change_lines
from .owners import NEW_OWNER, with_new_owners
from .pulled import Pulled
from .sharing import Agreement
from .start_here import LOOK_AT_THIS
from .wording import counted


def agency_reads(
    intake: Intake, config: Config, agreed: Mapping[str, Agreement], now: datetime
) -> Iterable[AgencyRead]:
    """How fresh each agency's rows are, as everybody may be told."""
    for agency in config.agencies:
        key = home_of(config, agency.name)
        pulled = intake.pulled[key]
        mine = [intake.remembered[r.record_id] for r in intake.records if r.agency == agency.name]
        newest = max((max([past.first_seen, *past.changed.values()]) for past in mine), default="")
        last = (
            now.date().isoformat() if pulled.problem is None else intake.pulled[HUB].state.reads.get(key, "")
        )
        yield AgencyRead(
            agency=agency.name,
            workbook=pulled.title,
            ok=pulled.problem is None,
            rows=len(mine),
            last_read=last,
            last_changed=newest,
            problem=why_not(pulled, agreed),
        )


def why_not(pulled: Pulled, agreed: Mapping[str, Agreement]) -> str:
    """Why a workbook was not used, "" if it was; how its tabs are called is for those who share them only."""
    if pulled.problem is None:
        return ""
    names = [agency.name for agency in pulled.home.agencies]
    shared = all(name in agreed and agreed[name].shares for name in names)
    return pulled.problem.what if shared else "it could not be read, or was stopped for safety"


def log_lines(night: Night, missed: Iterable[str] = ()) -> Iterable[tuple[str, str, str]]:
    """(when, workbook, what happened) for the Sync log: each change or failure, once a day.

    missed: what should have been done and was not, each said once ever.
    """
    minute = night.now.isoformat(timespec="minutes")
    tab = night.intake.hub.tab("Sync log")
    said = {(row[0][:10], row[1], row[2]) for row in (tab.rows[1:] if tab else ()) if len(row) > 2}
    ever = {what for _, _, what in said}
    yield from ((minute, night.intake.pulled[HUB].title, what) for what in missed if what not in ever)
    for workbook, what in _happenings(night):
        if (minute[:10], workbook, what) not in said:
            yield minute, workbook, what


def look_at_this(seat: Seat, old: Iterable[str] = ()) -> dict[str, str]:
    """Label → text of Start here for what waits for whoever runs Engage; {} if nothing does.

    old: what else is to be said, in sentences: digests that nobody sends, agencies whose rows are shown as
    they were long ago.
    """
    held = sum(1 for entry in seat.sent if entry.status in HELD)
    kept = f"{counted(held, 'digest')} may or may not have arrived: run engage digest status."
    words = [*seat.missed, *([kept] if held else []), *(f"{line.rstrip('.')}." for line in old)]
    return {LOOK_AT_THIS: " ".join(words)} if words else {}


def too_old(reads: Iterable[AgencyRead], config: Config, today: date) -> Iterator[str]:
    """What a person has to decide: agencies whose rows are shown as they were long ago, in sentences."""
    settled = {agency.name for agency in config.agencies if agency.withdrawn}
    for read in reads:
        last = read_day(read.last_read)
        if read.ok or last is None or read.agency in settled:
            continue
        days = (today - last).days
        if days > config.safety.unread_days:
            yield (
                f"The rows of {read.agency} are {days} days old, as of {short_day(last)}. They stay in the "
                f'lists until somebody decides: engage agency pause "{read.agency}" --withdraw'
            )


def _happenings(night: Night) -> Iterable[tuple[str, str]]:
    intake = night.intake
    for pulled in intake.pulled.values():
        if pulled.problem:
            yield pulled.title, f"Not used tonight: {why_not(pulled, night.agreed)}"
    titles = {key: pulled.title for key, pulled in intake.pulled.items()}
    yield from ((titles[key], NEW_OWNER) for key in with_new_owners(intake))
    for key, count in Counter(workbook for workbook, _, _ in intake.given).items():
        if intake.pulled[key].writable:
            yield titles[key], f"{counted(count, 'row')} got a Record ID"
    gone = Counter(intake.remembered[key].workbook for key in intake.gone if key in intake.remembered)
    for key, count in gone.items():
        yield titles[key], f"{counted(count, 'row')} gone since the last sync, and so from the lists"
    answered = len(night.taken.answered)
    if answered:
        yield titles[HUB], f"{counted(answered, 'answer')} taken from To review"
    before, now = intake.pulled[HUB].state.membership, night.worlds[HUB].linked.membership()
    for line in (*change_lines(night), *met_tonight(choices(night.book), before, now)):
        yield titles[HUB], line

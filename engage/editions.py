"""One week's digests: the register read once, each reader's digest built from what they may see, then posted.

Read without leave for deletions, so that a suddenly empty tab is an agency that could not be read and not a
week in which it did nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .built.as_read import header_row, numbered_rows
from .cache import Cache
from .config import HUB, Config
from .deciding import judge_records
from .digest.build import build_digest
from .digest.links import DASHBOARD, Links
from .digest.model import Digest
from .digest.readers import NotSent, Reader, readers
from .digest.render import Rendered, render
from .errors import ConfigError, DigestError, LeaseHeld
from .insight.dashboard import WEEK_SECTIONS, dashboard
from .insight.weeks import Week, last_complete_week
from .lease import last_sync, lease_held, write_memory
from .ledger import LEDGER_FILE, Ledger, Send
from .mail.message import Letter, Sender, build_message, is_plain_address
from .mail.outbox import PREVIEW, Delivery, deliver, file_stem, release, write_file
from .model import Snapshot, Tab, cell_text
from .night import Night
from .pipeline import Partnership, pull
from .ports import Workbook
from .register.email import read_emails

if TYPE_CHECKING:
    import pandas as pd

STOPS = "Mail stops"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every digest of a run is made from. tabs: the hub's built tabs as published, title → frame.

    stale: in words, why the published Dashboard is not what the rows say now; "" if it is. held_by: another
    machine syncs and sends for this partnership; this one may look.
    """

    config: Config
    night: Night
    week: Week
    tabs: Mapping[str, pd.DataFrame]
    synced: datetime
    stale: str
    held_by: LeaseHeld | None = None

    @property
    def is_latest(self) -> bool:
        """Whether it is about the last complete week, the one that the Dashboard shows."""
        return self.week == last_complete_week(self.night.now.date())


def open_desk(partnership: Partnership, *, now: datetime, week: Week | None = None) -> Desk:
    """Everything read, linked and ready to be told. now: local time, no zone. Raises DigestError if the hub
    was never synced, UnsafePlan or WorkbookError if it cannot be used."""
    intake = pull(partnership, now, allow_deletions=False)
    synced = last_sync(intake.hub)
    if synced is None or intake.hub.tab(DASHBOARD) is None:
        raise DigestError(
            "there is nothing to tell yet: no sync has run", where="hub", fix="run: engage sync"
        )
    run = now.strftime("%Y%m%dT%H%M%S")
    night = judge_records(intake, partnership.config, partnership.schema, partnership.judge, now=now, run=run)
    desk = Desk(
        partnership.config,
        night,
        week or last_complete_week(now.date()),
        published_tabs(intake.hub),
        synced,
        stale="",
        held_by=lease_held(intake, partnership.machine, now, partnership.config.lease_hours),
    )
    return (
        replace(desk, stale=_stale(desk)) if desk.is_latest else replace(desk, tabs=_but_dashboard(desk.tabs))
    )


def published_tabs(hub: Snapshot) -> dict[str, pd.DataFrame]:
    """The hub's tabs as frames of texts: the first row is the headings."""
    return {tab.title: _frame(tab) for tab in hub.tabs if tab.rows and not tab.hidden}


def _frame(tab: Tab) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    width = max(len(row) for row in tab.rows)
    header = [name or f"column {number}" for number, name in enumerate(_padded(tab.rows[0], width), start=1)]
    return pd.DataFrame([_padded(row, width) for row in tab.rows[1:]], columns=header, dtype=object)


def _padded(row: Iterable[str], width: int) -> list[str]:
    cells = list(row)
    return cells + [""] * (width - len(cells))


def _but_dashboard(tabs: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Without the Dashboard, which is about another week than the one asked for."""
    return {title: frame for title, frame in tabs.items() if title != DASHBOARD}


def _stale(desk: Desk) -> str:
    """Why the figures of the week would not be the Dashboard's."""
    shown, now = _week_rows(desk.tabs[DASHBOARD]), _week_rows(dashboard(desk.night.facts[HUB], desk.week))
    differing = sorted(key for key in shown.keys() | now.keys() if shown.get(key) != now.get(key))
    if not differing:
        return ""
    first = ", ".join(differing[0])
    return f"{len(differing)} figures have changed since the sync of {desk.synced:%d/%m/%Y %H:%M} ({first})"


def _week_rows(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {
        (str(row["Section"]), str(row["Measure"])): cell_text(row["This week"])
        for row in frame.to_dict("records")
        if row["Section"] in WEEK_SECTIONS
    }


# --- Who gets what ---------------------------------------------------------------------------------------


def who_reads(desk: Desk) -> tuple[tuple[Reader, ...], tuple[NotSent, ...]]:
    """The readers of this week's digest, and the rows of Coordinators that get none, with the reason."""
    facts, known = desk.night.facts[HUB], desk.night.facts
    allowed = frozenset(desk.config.mail.allowed_domains)
    found, refused = readers(facts, allowed_domains=allowed, stopped=mail_stops(desk.night.intake.hub))
    refused += tuple(
        NotSent(one.record_id, "the Email cell does not hold one plain address")
        for one in found
        if not is_plain_address(one.email)
    )
    found = tuple(one for one in found if is_plain_address(one.email))
    strangers = tuple(
        NotSent(one.record_id, f"{one.agency} is not an agency of engage.toml")
        for one in found
        if one.agency and one.agency not in known
    )
    return tuple(one for one in found if not one.agency or one.agency in known), (*refused, *strangers)


def mail_stops(hub: Snapshot) -> frozenset[str]:
    """The addresses that nothing may go to, lower-case, however they are written; a hidden tab counts too.

    Raises DigestError if the tab or its heading is gone: then nobody knows who asked for no more mail.
    """
    tab = hub.tab(STOPS)
    rows = tab.rows if tab else ()
    top = header_row(tab, ("When", "Email", "Why", "By")) if tab else 0
    if not rows or "Email" not in rows[top - 1]:
        raise DigestError(
            f"the tab {STOPS}, or its heading Email, is gone, so nobody can see who asked for no more mail",
            where="hub",
            fix=f"restore it from the version history or a backup; if it never was there, add a tab {STOPS} "
            "with the headings When, Email, Why and By",
        )
    cells = (cells["Email"] for _, cells in numbered_rows(tab, rows[top - 1])) if tab else ()
    return frozenset(address for cell in cells for address in read_emails(cell).clean.split("; ") if address)


def digest_for(desk: Desk, reader: Reader, *, folder: Path) -> Digest:
    """One reader's digest. folder: where its page will stand, which links to the hub are relative to."""
    facts = desk.night.facts[audience_of(desk, reader)]
    named = replace(facts, run_id=f"{desk.synced:%d/%m/%Y %H:%M}")
    return build_digest(named, reader, links_from(desk.config, folder), week=desk.week, tabs=desk.tabs)


def audience_of(desk: Desk, reader: Reader) -> str:
    """Whose facts a reader is told from: their agency's, or only the hub's.

    What an agency keeps to itself goes to the mail domains that engage.toml names as its own and to nobody
    else: anyone who can edit the hub can write an agency beside an address.
    """
    agency = desk.config.agency(reader.agency) if reader.agency else None
    if agency is None:
        return HUB
    trusted = reader.email.rpartition("@")[2] in agency.domains
    return agency.name if trusted or desk.night.worlds[agency.name].shared else HUB


def links_from(config: Config, folder: Path) -> Links:
    """Links to the hub's file from a page in this folder; no links if the two share no drive."""
    pause = f"mailto:{config.mail.from_address}?subject=pause" if config.mail.from_address else ""
    try:
        return Links(Path(os.path.relpath(config.hub, folder)).as_posix(), pause=pause)
    except ValueError:  # Windows: on different drives
        return Links("", pause=pause)


# --- Preview and post --------------------------------------------------------------------------------------


def preview(desk: Desk, reader: Reader) -> Path:
    """Write one reader's page to outbox/preview, over an earlier preview, and say where. Nothing is sent."""
    folder = desk.config.mail.outbox / PREVIEW
    digest = digest_for(desk, reader, folder=folder)
    path = folder / f"{file_stem(Send(reader.email, digest.edition, digest.period))}.html"
    write_file(path, render(digest, templates=desk.config.templates).html.encode("utf-8"))
    return path


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one reader's digest: delivered, or left unsent and why."""

    reader: Reader
    delivery: Delivery | None = None
    unsent: str = ""


def our_ledger(desk: Desk) -> Ledger:
    """The ledger that the hub names. Raises DigestError if it is not here: nobody knows what was sent."""
    path, known = desk.config.state / LEDGER_FILE, desk.night.intake.pulled[HUB].state.ledger
    if not known:
        raise DigestError("the hub does not name a ledger of what was sent yet", fix="run: engage sync")
    if not path.exists() or Ledger(path).name != known:
        raise DigestError(
            "the ledger of what was sent is not here, so somebody could get a digest twice",
            where=str(path),
            fix="put its backup in its place; or run engage digest adopt, and see what will count as sent",
        )
    return Ledger(path)


def to_adopt(desk: Desk) -> tuple[Send, ...]:
    """This week's digests, which adopting would count as sent."""
    folder = desk.config.mail.outbox
    digests = (digest_for(desk, reader, folder=folder) for reader in who_reads(desk)[0])
    return tuple(Send(digest.email, digest.edition, digest.period) for digest in digests)


def adopt(desk: Desk, sends: Iterable[Send], hub: Workbook, cache: Cache) -> None:
    """Send by the ledger of this machine from now on, these digests counted as sent.

    Raises LeaseHeld if another machine sends, WorkbookError if the hub cannot be told.
    """
    if desk.held_by:
        raise desk.held_by
    ledger = Ledger(desk.config.state / LEDGER_FILE)
    for send in sends:
        ledger.adopt(send, desk.night.now)
    state = desk.night.intake.pulled[HUB].state
    write_memory(replace(state, ledger=ledger.name), desk.night.intake, hub, cache, run=desk.night.run)


def post(desk: Desk, *, dry_run: bool = False, again: str = "") -> tuple[Posted, ...]:
    """Every reader's digest into the outbox, each at most once ever; dry_run builds all and writes none.

    again: the address of a held digest that a person has looked for and not found; it may be written now.

    Raises DigestError if the ledger is lost or the published Dashboard is not what the rows say now,
    LeaseHeld if another machine sends, ConfigError without a sender; nothing has been written then.
    """
    if desk.held_by:
        raise desk.held_by
    if desk.stale:
        raise DigestError(desk.stale, where="Dashboard (hub)", fix="run: engage sync, then send again")
    sender = sender_of(desk.config)
    folder = desk.config.mail.outbox
    found = [(reader, digest_for(desk, reader, folder=folder)) for reader in who_reads(desk)[0]]
    letters = [(reader, digest, render(digest, templates=desk.config.templates)) for reader, digest in found]
    ledger = Ledger(desk.config.state / LEDGER_FILE) if dry_run else our_ledger(desk)
    if again and not dry_run:
        for _, digest, _ in (each for each in letters if each[0].email == again.strip().lower()):
            release(Send(digest.email, digest.edition, digest.period), ledger, desk.night.now)
    return tuple(_post(desk, each, sender, ledger, dry_run) for each in letters)


def _post(
    desk: Desk, letter: tuple[Reader, Digest, Rendered], sender: Sender, ledger: Ledger, dry_run: bool
) -> Posted:
    reader, digest, page = letter
    if digest.is_quiet and not reader.note_when_quiet:
        return Posted(reader, unsent="a quiet week, and the row says Send nothing")
    send = Send(reader.email, digest.edition, digest.period)
    when = desk.night.now.replace(tzinfo=ZoneInfo(desk.config.time_zone))
    message = build_message(Letter(send, reader.name, digest.subject, page.html, page.text, when), sender)
    if dry_run:
        return Posted(reader, unsent=f"would be written ({ledger.status(send) or 'new'})")
    outbox = desk.config.mail.outbox
    return Posted(reader, deliver(message, page.html, send, folder=outbox, ledger=ledger, now=desk.night.now))


def sender_of(config: Config) -> Sender:
    """Who the digest is from. Raises ConfigError if engage.toml does not say."""
    if not config.mail.from_address:
        raise ConfigError(
            "nobody is named as the sender", where=f"{config.path.name}, [mail]", fix="set from_address there"
        )
    return Sender(config.mail.from_name or config.partnership, config.mail.from_address)

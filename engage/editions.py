"""A week's or month's digests: each built from what its reader may see, then shown or posted, once ever."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .config import Config, GoogleSheet
from .desk import Desk
from .digest.build import build_digest
from .digest.due import MONTHLY, last_period, when_words
from .digest.links import DASHBOARD, Links
from .digest.model import Digest
from .digest.readers import Reader
from .digest.render import Rendered, render
from .errors import ConfigError, DigestError
from .insight.weeks import Period, moment_words
from .ledger import FAILED, SENDING, SENT, Ledger, Send
from .mail.message import Letter, Sender, build_message
from .mail.outbox import PREVIEW, Delivery, deliver, file_stem, release, write_file
from .model import Snapshot
from .our_ledger import our_ledger, take_turn
from .recipients import audience_of, who_reads

if TYPE_CHECKING:
    import pandas as pd

# What a dry run says of a digest, by what the ledger knows of it.
WOULD = {
    SENT: "already there, would be left as it is",
    SENDING: "held: a run was cut off while it wrote this",
}


def digest_for(desk: Desk, reader: Reader, *, folder: Path) -> Digest:
    """One reader's digest. folder: where its page will stand, which links to the hub are relative to."""
    facts = desk.night.facts[audience_of(desk, reader)]
    named = replace(facts, run_id=moment_words(desk.synced.isoformat(" ", "minutes")))
    links = links_from(desk.config, folder, desk.night.intake.hub)
    span = span_of(desk, reader.edition)
    return build_digest(named, reader, links, span=span, tabs=_tabs(desk, reader.edition))


def span_of(desk: Desk, edition: str) -> Period:
    """What an edition is about: the desk's week, or the last month that was over when that week was."""
    if edition != MONTHLY:
        return desk.week
    return last_period(
        edition, desk.night.now.date() if desk.is_latest else desk.week.last + timedelta(days=1)
    )


def _tabs(desk: Desk, edition: str) -> dict[str, pd.DataFrame]:
    """The hub's tabs that tell of the same time: the Dashboard says nothing of a month."""
    return {title: tab for title, tab in desk.tabs.items() if edition != MONTHLY or title != DASHBOARD}


def send_of(digest: Digest) -> Send:
    """What the ledger knows a digest by."""
    return Send(digest.email, digest.edition, digest.period)


def sends_of(desk: Desk) -> tuple[Send, ...]:
    """This week's and month's digests, due today or later, which adopting would count as sent."""
    return tuple(
        Send(reader.email, reader.edition, span_of(desk, reader.edition).label)
        for reader in who_reads(desk)[0]
    )


def not_today(desk: Desk, reader: Reader) -> str:
    """Why a reader's digest does not go out today, by the Day of their row, in words; "" if it does."""
    return when_words(span_of(desk, reader.edition), reader.day, desk.night.now.date())


def links_from(config: Config, folder: Path, hub: Snapshot) -> Links:
    """Links to the hub, or to its file from a page in this folder; no links if the two share no drive."""
    pause = f"mailto:{config.mail.from_address}?subject=pause" if config.mail.from_address else ""
    if isinstance(config.hub, GoogleSheet):
        return Links(config.hub.link, {tab.title: tab.sheet_id for tab in hub.tabs}, pause=pause)
    try:
        return Links(Path(os.path.relpath(config.hub, folder)).as_posix(), pause=pause)
    except ValueError:  # Windows: on different drives
        return Links("", pause=pause)


def preview(desk: Desk, reader: Reader) -> Path:
    """Write one reader's page to outbox/preview, over an earlier preview, and say where. Nothing is sent."""
    folder = desk.config.mail.outbox / PREVIEW
    digest = digest_for(desk, reader, folder=folder)
    path = folder / f"{file_stem(send_of(digest))}.html"
    write_file(path, render(digest, templates=desk.config.templates).html.encode("utf-8"))
    return path


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one reader's digest: delivered, or left unsent and why."""

    reader: Reader
    delivery: Delivery | None = None
    unsent: str = ""


def post(desk: Desk, *, dry_run: bool = False, again: str = "", any_day: bool = False) -> tuple[Posted, ...]:
    """Each reader's digest that is due today into the outbox, at most once ever; dry_run writes none.

    again: the address of a held digest that a person has looked for and not found; it may be written now.
    any_day: whatever Day says, so that a person may send the whole week's at once.

    Raises DigestError if the ledger is lost or older than the last sending, or the published Dashboard is not
    what the rows say now, LeaseHeld if another machine sends, ConfigError without a sender, WorkbookError if
    the hub cannot be told; nothing has been written then.
    """
    if desk.held_by:
        raise desk.held_by
    if desk.stale:
        raise DigestError(desk.stale, where="Dashboard (hub)", fix="run: engage sync, then send again")
    sender, ledger = sender_of(desk.config), our_ledger(desk)
    waits = {reader: "" if any_day else not_today(desk, reader) for reader in who_reads(desk)[0]}
    letters = [_letter(desk, reader) for reader, why in waits.items() if not why]
    if not dry_run:
        _release(letters, again, ledger, desk.night.now)
        if any(_is_open(send_of(digest), ledger) for _, digest, _ in letters):
            take_turn(desk, ledger)
    posted = tuple(_post(desk, each, sender, ledger, dry_run) for each in letters)
    return (*posted, *(Posted(reader, unsent=why) for reader, why in waits.items() if why))


def _letter(desk: Desk, reader: Reader) -> tuple[Reader, Digest, Rendered]:
    digest = digest_for(desk, reader, folder=desk.config.mail.outbox)
    return reader, digest, render(digest, templates=desk.config.templates)


def _release(
    letters: Iterable[tuple[Reader, Digest, Rendered]], again: str, ledger: Ledger, now: datetime
) -> None:
    for reader, digest, _ in letters:
        if again and reader.email == again.strip().lower():
            release(send_of(digest), ledger, now)


def _is_open(send: Send, ledger: Ledger) -> bool:
    return ledger.status(send) in ("", FAILED)


def _post(
    desk: Desk, letter: tuple[Reader, Digest, Rendered], sender: Sender, ledger: Ledger, dry_run: bool
) -> Posted:
    reader, digest, page = letter
    if digest.is_quiet and not reader.note_when_quiet:
        return Posted(reader, unsent=f"a quiet {digest.span.unit}, and the row says Send nothing")
    send = send_of(digest)
    when = desk.night.now.replace(tzinfo=ZoneInfo(desk.config.time_zone))
    message = build_message(Letter(send, reader.name, digest.subject, page.html, page.text, when), sender)
    if dry_run:
        return Posted(reader, unsent=WOULD.get(ledger.status(send), "would be written"))
    outbox = desk.config.mail.outbox
    return Posted(reader, deliver(message, page.html, send, folder=outbox, ledger=ledger, now=desk.night.now))


def sender_of(config: Config) -> Sender:
    """Who the digest is from. Raises ConfigError if engage.toml does not say."""
    if not config.mail.from_address:
        raise ConfigError(
            "nobody is named as the sender", where=f"{config.path.name}, [mail]", fix="set from_address there"
        )
    return Sender(config.mail.from_name or config.partnership, config.mail.from_address)

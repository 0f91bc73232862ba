"""A week's or month's digests: each built from what its reader may see, then shown or posted, once ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from .config import Config
from .corrections.as_sent import asked_by
from .corrections.due import corrections_due
from .desk import Desk
from .digest.look import with_logo
from .digest.model import Digest
from .digest.readers import Reader
from .digest.render import Rendered
from .errors import ConfigError, DigestError, MailError, UsageError
from .issues import Issues, Written, look_of
from .ledger import ADOPTED, FAILED, HELD, LEDGER_FILE, REFUSED, SENDING, SENT, UNKNOWN, Ledger, Send
from .mail.choosing import transport_for
from .mail.delivering import Delivery, check_address, deliver, delivery_of
from .mail.message import Letter, Sender, build_message
from .mail.one_click import KEY_BYTES, OneClick, our_key, read_key
from .mail.outbox import PREVIEW, file_stem, write_file
from .mail.transport import Envelope, Transport
from .our_ledger import our_ledger, take_turn
from .recipients import (
    OBJECTS,
    audience_of,
    due_today,
    mail_stops,
    not_today,
    objecting_addresses,
    span_of,
    who_reads,
)
from .stops import tell_stops_quietly

# What a dry run says of a digest, by what the ledger knows of it.
WOULD = {
    SENT: "already there, would be left as it is",
    SENDING: "held: a run was cut off while it wrote this",
    UNKNOWN: "held: nobody knows whether it arrived",
    REFUSED: "was refused, would not be tried again",
    ADOPTED: "counts as sent",
}
OPEN = frozenset({"waits", "misconfigured"})  # of a delivery: it did not leave, and still may
REFUSALS_IN_A_ROW = 5  # so many in one run mean the server is refusing us, not them


def send_of(digest: Digest) -> Send:
    """What the ledger knows a digest by."""
    return Send(digest.email, digest.edition, digest.period)


def sends_of(desk: Desk) -> tuple[Send, ...]:
    """This week's and month's digests, whatever their day, which adopting would count as sent."""
    return tuple(_send_to(desk, reader) for reader in who_reads(desk)[0])


def _send_to(desk: Desk, reader: Reader) -> Send:
    return Send(reader.email, reader.edition, span_of(desk, reader.edition).label)


def preview(desk: Desk, found: Iterable[Reader]) -> list[Path]:
    """Write readers' pages to outbox/preview, over earlier previews, and say where. Nothing is sent."""
    folder = desk.config.mail.outbox / PREVIEW
    path = desk.config.state / LEDGER_FILE
    issues = Issues(desk, folder, corrections_due(desk, Ledger(path) if path.exists() else None))
    return [_page(issues, reader) for reader in found]


def _page(issues: Issues, reader: Reader) -> Path:
    _, digest, page = issues.written(reader)
    path = issues.desk.config.mail.outbox / PREVIEW / f"{file_stem(send_of(digest))}.html"
    write_file(path, with_logo(page.html, issues.look).encode("utf-8"))
    return path


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one reader's digest: delivered, or left unsent and why.

    later: it was left unsent for this time only.
    """

    reader: Reader
    delivery: Delivery | None = None
    unsent: str = ""
    later: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it should go out and has certainly not gone."""
        return self.later or (self.delivery is not None and self.delivery.status in OPEN)


def waiting(desk: Desk) -> tuple[Posted, ...]:
    """The readers whose digest comes on another day than today, and on which."""
    found = ((reader, not_today(desk, reader)) for reader in who_reads(desk)[0])
    return tuple(Posted(reader, unsent=why) for reader, why in found if why)


def post(
    desk: Desk,
    *,
    dry_run: bool = False,
    again: str = "",
    transport: Transport | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Posted, ...]:
    """Each digest that is due today sent, at most once ever, and whose comes when; dry_run sends none.

    again: the address of a held digest that a person has looked for and not found; it may be sent now.
    transport: another way than that of engage.toml. stop: whether to leave the rest for later, asked before
    each message.

    Raises DigestError if the ledger is lost or older than the last sending, or the published Dashboard is not
    what the rows say now, LeaseHeld if another machine sends, ConfigError without a sender, WorkbookError if
    the hub cannot be told; nothing has been sent then.
    """
    if desk.held_by:
        raise desk.held_by
    if desk.stale:
        raise DigestError(desk.stale, where="Dashboard (hub)", fix="run: engage sync, then send again")
    sender, ledger = sender_of(desk.config, dry_run=dry_run), our_ledger(desk)
    if again and not dry_run:
        _release(desk, again, ledger)
    issues = _issues(desk, ledger)  # what is held may have brought a correction; what was released has not
    letters, others = [issues.written(reader) for reader in due_today(desk)], waiting(desk)
    if dry_run:
        return (*(_would(desk, each, sender, ledger) for each in letters), *others)
    if any(_is_open(send_of(digest), ledger) for _, digest, _ in letters):
        take_turn(desk, ledger)
    way = transport or transport_for(desk.config.mail)
    try:
        return (*_round(desk, letters, sender, ledger, way, stop), *others)
    finally:
        way.close()
        tell_stops_quietly(desk.hub, ledger, desk.cache, run=desk.night.run)


def post_test(desk: Desk, address: str, *, transport: Transport | None = None) -> Delivery:
    """This week's digest to one address, to see whether mail arrives; it never counts as sent.

    It is the address's own digest if it gets one, else what every reader of the hub may see.
    Raises UsageError for an address that nothing may go to.
    """
    if desk.held_by:
        raise desk.held_by
    sender, address = sender_of(desk.config), address.strip().lower()
    _check_test_address(desk, address)
    known = {reader.email: reader for reader in reversed(who_reads(desk)[0])}  # the weekly one, if both
    reader, digest, page = _issues(desk).written(known.get(address, Reader("", address, "")))
    send = Send(address, "test", f"{digest.period}-{desk.night.now:%Y%m%dT%H%M%S}")
    envelope = _envelope(desk, reader, f"Test: {digest.subject}", page, sender, send)
    check_address(envelope, frozenset(desk.config.mail.allowed_domains))
    way = transport or transport_for(desk.config.mail)
    try:
        return delivery_of(send, way.send(envelope))
    finally:
        way.close()


def _check_test_address(desk: Desk, address: str) -> None:
    if why := _why_nothing_goes(desk, address):
        raise UsageError(
            f"nothing may go to {address}: {why}", where="--to", fix="name an address that mail may go to"
        )


def _why_nothing_goes(desk: Desk, address: str) -> str:
    """Why no digest may go to this address, "" if one may."""
    path = desk.config.state / LEDGER_FILE
    here = _stopped(Ledger(path)) if path.exists() else {}
    erased = desk.night.intake.erased.cleansed((address,)) != (address,)
    if erased or address in here or address in mail_stops(desk.night.intake.hub):
        return "mail to it was stopped"
    if objecting_addresses(desk.night)(address):
        return OBJECTS
    known = address.rpartition("@")[2] in desk.config.mail.allowed_domains
    return "" if known else "its domain is not in allowed_domains of engage.toml"


def _issues(desk: Desk, ledger: Ledger | None = None) -> Issues:
    mail = desk.config.mail
    folder = mail.outbox if mail.transport == "outbox" else None
    return Issues(desk, folder, corrections_due(desk, ledger))


def _release(desk: Desk, again: str, ledger: Ledger) -> None:
    for reader in due_today(desk):
        send = _send_to(desk, reader)
        if reader.email == again.strip().lower() and ledger.status(send) in HELD:
            ledger.resolve(send, FAILED, desk.night.now, why="a person looked: it did not go out")


def _is_open(send: Send, ledger: Ledger) -> bool:
    return ledger.status(send) in ("", FAILED)


def _would(desk: Desk, letter: Written, sender: Sender, ledger: Ledger) -> Posted:
    reader, digest, page = letter
    kept_back = _why_kept_back(reader, digest, _stopped(ledger))
    if kept_back:
        return Posted(reader, unsent=kept_back)
    _envelope(desk, reader, digest.subject, page, sender, send_of(digest))
    usual = "would be written" if desk.config.mail.transport == "outbox" else "would be sent"
    return Posted(reader, unsent=WOULD.get(ledger.status(send_of(digest)), usual))


def _round(
    desk: Desk,
    letters: Iterable[Written],
    sender: Sender,
    ledger: Ledger,
    way: Transport,
    stop: Callable[[], bool],
) -> Iterator[Posted]:
    """One after another; when one shows that no other would fare better, the rest are left for next time."""
    over, refusals = "", 0
    for reader, digest, page in letters:
        over = over or ("not tried: told to stop" if stop() else "")
        kept_back = _why_kept_back(reader, digest, _stopped(ledger))
        if kept_back or (over and _is_open(send_of(digest), ledger)):
            yield Posted(reader, unsent=kept_back or over, later=not kept_back)
            continue
        posted = _post(desk, (reader, digest, page), sender, ledger, way)
        yield posted
        done = posted.delivery
        if done is not None and done.tried:
            refusals = refusals + 1 if done.status == "refused" else 0
            over = _over(done, refusals)


def _over(done: Delivery, refusals: int) -> str:
    """Why nobody else is tried in this run; "" to go on."""
    if done.ends_run:
        return "not tried: no message leaves now, see above"
    if refusals >= REFUSALS_IN_A_ROW:
        return f"not tried: {refusals} in a row were refused, so the server may be refusing us"
    return ""


def _post(desk: Desk, letter: Written, sender: Sender, ledger: Ledger, way: Transport) -> Posted:
    reader, digest, page = letter
    now, allowed = desk.night.now, frozenset(desk.config.mail.allowed_domains)
    try:
        envelope = _envelope(desk, reader, digest.subject, page, sender, send_of(digest))
        if digest.corrections and _is_open(send_of(digest), ledger):
            ledger.carry(send_of(digest), (line.key for line in digest.corrections))
        asked = asked_by(reader, audience_of(desk, reader))
        done = deliver(envelope, transport=way, ledger=ledger, now=now, allowed=allowed, asked=asked)
    except MailError as error:  # this person's message alone: nothing of it has left
        return Posted(reader, unsent=f"not sent: {error.what}", later=True)
    return Posted(reader, done)


def _envelope(
    desk: Desk, reader: Reader, subject: str, page: Rendered, sender: Sender, send: Send
) -> Envelope:
    when = desk.night.now.replace(tzinfo=ZoneInfo(desk.config.time_zone))
    look = look_of(desk.config)
    logo = look.logo.content if look.logo else b""
    letter = Letter(send, reader.name, subject, page.html, page.text, when, logo)
    return Envelope(send, build_message(letter, sender), with_logo(page.html, look))


def _why_kept_back(reader: Reader, digest: Digest, stopped: Mapping[str, str]) -> str:
    """Why this reader gets none this week, whatever the transport; "" if they do."""
    if digest.is_quiet and not reader.note_when_quiet:
        return f"a quiet {digest.span.unit}, and the row says Send nothing"
    return f"nothing goes there any more: {stopped[reader.email]}" if reader.email in stopped else ""


def _stopped(ledger: Ledger) -> Mapping[str, str]:
    """Address → why, of the stops that the hub does not know of yet."""
    return {stop.address: stop.why for stop in ledger.untold_stops()}


def sender_of(config: Config, *, dry_run: bool = False) -> Sender:
    """Who the digest is from. dry_run: make no key for one-click unsubscribing where there is none yet.

    Raises ConfigError if engage.toml does not say who, MailError if that key cannot be read or made.
    """
    mail = config.mail
    if not mail.from_address:
        raise ConfigError(
            "nobody is named as the sender", where=f"{config.path.name}, [mail]", fix="set from_address there"
        )
    return Sender(
        mail.from_name or config.partnership,
        mail.from_address,
        unsubscribe=mail.unsubscribe,
        one_click=_one_click(config, dry_run=dry_run),
        reply_to=mail.reply_to,
    )


def _one_click(config: Config, *, dry_run: bool) -> OneClick | None:
    if not config.mail.one_click:
        return None
    key = (read_key(config.state) or bytes(KEY_BYTES)) if dry_run else our_key(config.state)
    return OneClick(config.mail.one_click, key)

"""The mail to a deputy that no sync runs any more: once for each silence, by the ledger of what was sent."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from .config import HUB
from .editions import sender_of
from .errors import DigestError, EngageError
from .ledger import LEDGER_FILE, Ledger, Send
from .mail.choosing import transport_for
from .mail.delivering import Delivery, deliver
from .mail.message import Letter, build_message
from .mail.transport import Envelope, Transport
from .pipeline import Partnership
from .recipients import mail_stops

log = logging.getLogger(__name__)
SILENCE = timedelta(days=2)  # as the formula of Start here has it
NOTICE = "notice"


def tell_deputy(
    partnership: Partnership,
    last: datetime,
    why: str,
    *,
    now: datetime,
    transport: Transport | None = None,
) -> Delivery | None:
    """Tell the deputy of engage.toml that no sync has run since `last`; None if there is nobody to tell.

    why: what the last try said. Nobody is told twice of one silence, whatever becomes of the message; nothing
    goes out where the ledger of what was sent is not, nor to an address in Mail stops as last seen.
    """
    config, path = partnership.config, partnership.config.state / LEDGER_FILE
    to = config.schedule.deputy
    if not to or not partnership.sends or now - last <= SILENCE or not path.exists():
        return None
    ledger = Ledger(path)
    if to in _stopped(partnership, ledger):
        return None
    send = Send(to, NOTICE, f"silent-since-{last:%Y%m%dT%H%M}")
    way = transport or transport_for(config.mail)
    try:
        envelope = _envelope(partnership, send, last, why, now)
        allowed = frozenset(config.mail.allowed_domains)
        return deliver(envelope, transport=way, ledger=ledger, now=now, allowed=allowed)
    except EngageError as error:  # it must not hide what is wrong with the sync
        log.warning("the deputy was not told: %s", type(error).__name__)
        return None
    finally:
        way.close()


def _stopped(partnership: Partnership, ledger: Ledger) -> frozenset[str]:
    seen = partnership.cache.last(HUB)
    try:
        stops = mail_stops(seen[0]) if seen else frozenset[str]()
    except DigestError:
        stops = frozenset[str]()
    return stops | {stop.address for stop in ledger.untold_stops()}


def _envelope(partnership: Partnership, send: Send, last: datetime, why: str, now: datetime) -> Envelope:
    config = partnership.config
    lines = (
        f"The register of {config.partnership} has not been brought up to date since "
        f"{last:%d/%m/%Y}, {last:%H:%M}. The lists and the digests stay as they were then.",
        f"The last try, on the machine {partnership.machine}, said: {why}",
        "You are told because engage.toml names you as the deputy. Please see that somebody looks: "
        "engage status on that machine says how things stand. You will not be told of this again.",
    )
    html = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = f'<!doctype html><html lang="en"><head><title>No sync</title></head><body>{html}</body></html>'
    subject = f"{config.partnership}: no sync has run since {last:%d/%m/%Y}"
    when = now.replace(tzinfo=ZoneInfo(config.time_zone))
    letter = Letter(send, "", subject, page, "\n\n".join(lines) + "\n", when)
    return Envelope(send, build_message(letter, sender_of(config)), page)

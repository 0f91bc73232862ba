"""Who gets a digest, who does not and why, and whose facts each of them is told from."""

from __future__ import annotations

from .built.as_read import header_row
from .config import HUB
from .desk import Desk
from .digest.readers import STOP_HEADINGS, NotSent, Reader, readers, stopped_addresses
from .errors import DigestError
from .mail.message import is_plain_address
from .model import Snapshot

STOPS = "Mail stops"


def who_reads(desk: Desk) -> tuple[tuple[Reader, ...], tuple[NotSent, ...]]:
    """The readers of each edition, and the rows of Coordinators that get none, with the reason.

    Whether an edition is due today is for engage.digest.due to say.
    """
    facts, known = desk.night.facts[HUB], desk.night.facts
    allowed = frozenset(desk.config.mail.allowed_domains)
    found, refused = readers(facts, allowed_domains=allowed, stopped=mail_stops(desk.night.intake.hub))
    refused += tuple(
        NotSent(
            one.record_id,
            f"the {'Deputy' if one.stands_in_for else 'Email'} cell does not hold one plain address",
        )
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
    top = header_row(tab, STOP_HEADINGS) if tab else 0
    if not rows or "Email" not in rows[top - 1]:
        raise DigestError(
            f"the tab {STOPS}, or its heading Email, is gone, so nobody can see who asked for no more mail",
            where="hub",
            fix=f"restore it from the version history or a backup; if it never was there, add a tab {STOPS} "
            "with the headings When, Email, Why and By",
        )
    return stopped_addresses(tab)


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

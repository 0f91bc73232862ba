"""Who gets a digest and when, who does not and why, and whose facts each of them is told from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from .built.as_read import header_row
from .config import HUB
from .coordinators import LEFT
from .deciding import released
from .desk import Desk, differing_figures, published_tabs
from .digest.due import MONTHLY, last_period, when_words
from .digest.readers import STOP_HEADINGS, NotSent, Reader, readers, stopped_addresses
from .digest.standing import YOUR_FIGURES, YOUR_WEEKS
from .errors import DigestError
from .insight.addresses_held import addresses_held
from .insight.facts import Facts
from .insight.leavers import is_gone, leavers
from .insight.weeks import Period
from .mail.message import is_plain_address
from .model import Snapshot
from .night import Night, home_of
from .register.email import read_emails
from .register.text import split_several

if TYPE_CHECKING:
    import pandas as pd

STOPS = "Mail stops"
OBJECTS = "a row says that whoever has this address is not to be contacted"


def who_reads(desk: Desk) -> tuple[tuple[Reader, ...], tuple[NotSent, ...]]:
    """The readers of each edition, and the rows of Coordinators that get none, with the reason."""
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
    gone = {agency.name for agency in desk.config.departed}
    strangers = tuple(
        NotSent(
            one.record_id,
            f"{one.agency} has left"
            if one.agency in gone
            else f"{one.agency} is not an agency of engage.toml",
        )
        for one in found
        if one.agency and one.agency not in known
    )
    objecting = objecting_addresses(desk.night)
    left = leavers(desk.night.intake.records, desk.config.staff_left)
    whys = [
        OBJECTS if objecting(one.email) else LEFT if is_gone(one.name, one.agency, left) else ""
        for one in found
    ]
    held = tuple(NotSent(one.record_id, why) for one, why in zip(found, whys, strict=True) if why)
    may = (one for one, why in zip(found, whys, strict=True) if not why)
    kept = (one for one in may if not one.agency or one.agency in known)
    return tuple(kept), (*refused, *strangers, *held)


def objecting_addresses(night: Night) -> Callable[[str], bool]:
    """Whether an address is somebody's who objects to all contact, by any row of any agency."""
    return addresses_held(night.objections, night.intake.records, released(night))


def due_today(desk: Desk) -> tuple[Reader, ...]:
    """The readers whose digest may go out today by the Day of their row; the ledger knows who has had it."""
    return tuple(reader for reader in who_reads(desk)[0] if not not_today(desk, reader))


def not_today(desk: Desk, reader: Reader) -> str:
    """Why a reader's digest does not go out today: "comes on Thursday 26 November"; "" if it does."""
    return when_words(span_of(desk, reader.edition), reader.day, desk.night.now.date())


def span_of(desk: Desk, edition: str) -> Period:
    """What an edition is about: the desk's week, or the last month that was over when that week was."""
    if edition != MONTHLY:
        return desk.week
    after = desk.night.now.date() if desk.is_latest else desk.week.last + timedelta(days=1)
    return last_period(MONTHLY, after)


def own_figures_of(desk: Desk, facts: Facts) -> Mapping[str, pd.DataFrame]:
    """The two tabs of figures as they stand in the workbook of the agency that these facts are for, by title.

    Nothing if that workbook is the hub or could not be read, and nothing of a tab that does not say what the
    rows say now: it was not written last night, or its agency has typed since.
    """
    home = home_of(desk.config, facts.audience)
    read = desk.night.intake.pulled.get(home)
    if home == HUB or read is None or read.snapshot is None:
        return {}
    tabs = published_tabs(read.snapshot)
    own = (title for title in (YOUR_FIGURES, YOUR_WEEKS) if title in tabs)
    return {title: tabs[title] for title in own if not differing_figures(tabs, title, facts)}


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


def addresses_of(hub: Snapshot) -> tuple[str, ...]:
    """Every plain address in the hub's Coordinators and its Deputy cells, lower-case."""
    tab = hub.tab("Coordinators")
    cells = (cell for row in (tab.rows if tab else ()) for cell in row if "@" in cell)
    return tuple(dict.fromkeys(one for cell in cells for one in split_several(read_emails(cell).clean)))


def audience_of(desk: Desk, reader: Reader) -> str:
    """Whose facts a reader is told from: their agency's, or only the hub's.

    What an agency keeps to itself goes to the mail domains that engage.toml names as its own and to nobody
    else: anyone who can edit the hub can write an agency beside an address.
    """
    agency = desk.config.agency(reader.agency) if reader.agency else None
    if agency is None:
        return HUB
    trusted = reader.email.rpartition("@")[2] in agency.domains
    own, hub = desk.night.facts[agency.name], desk.night.facts[HUB]
    same_rows = desk.night.worlds[agency.name].shared and own.people is hub.people
    return agency.name if trusted or same_rows else HUB

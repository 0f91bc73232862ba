"""Erasing a person: what will be done, doing it, and what only others can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engage.config import HUB
from engage.erased.book import ErasedBook
from engage.erased.key_file import all_erased, hasher, read_key_file, with_key, write_key_file
from engage.erased.matching import Matcher
from engage.erased.unread import ERASED_UNREAD, ask_about_unread
from engage.erased.withheld import ERASED_CELL, ERASED_ROW, withhold
from engage.errors import UsageError
from engage.intake import unread_tabs
from engage.lease import check_lease, write_memory
from engage.model import Erased, Finding
from engage.night import Night
from engage.pipeline import Partnership, Report, look, sync
from engage.register.identity import ALPHABET
from engage.schema import Schema
from engage.stores.clearing import Cleared, clear_stores
from engage.stores.in_sheets import NOT_A_CELL
from engage.stores.registry import STORES
from engage.stores.subject import Subject
from engage.undoing import ERASING

from .access import Access

REFERENCE_LETTERS = 5
ONLY_PEOPLE = frozenset(store.name for store in STORES if store.clear is None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an erasure has come: (workbook's title, agency, whether we may write there) → rows and cells
    that still name the person, and that nobody has said should stay."""

    open: Mapping[tuple[str, str, bool], int]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done. by_hand: where people have to take the person out, as by_hand() says.

    perhaps: store → how many values may be theirs or a namesake's, and so are left where no mark is by them.
    """

    reference: str
    on: datetime
    cleared: Cleared
    standing: Standing
    by_hand: tuple[str, ...]
    perhaps: Mapping[str, int]
    report: Report = field(repr=False)


def new_reference(draw: Callable[[str], str]) -> str:
    """What an erasure is called from now on: "ERA-7K2M9"; it says nothing of the person."""
    return f"ERA-{''.join(draw(ALPHABET) for _ in range(REFERENCE_LETTERS))}"


def check_erasable(access: Access) -> None:
    """Raises UsageError unless it is certain who is meant: a number or an address, and something is held."""
    asked = access.subject.asked.strip().upper()
    if not (asked.startswith("PER-") or "@" in asked):
        known = f": {', '.join(access.subject.ids)}" if access.subject.ids else ""
        raise UsageError(
            "a name alone does not say surely enough whom to erase",
            fix=f"name the person by a PER- number or a mail address{known}",
        )
    if not access.subject.graded:
        raise UsageError(f"nothing is known of {access.subject.asked}", fix="check the number or the address")


def would_ask(access: Access, schema: Schema) -> tuple[Finding, ...]:
    """What the agencies would be asked, in the order of their rows; last, tabs that no night reads."""
    subject, intake = access.subject, access.night.intake
    one = Erased("", "", rows=frozenset({*subject.rows, *subject.ids}), besides=subject.besides)
    book = ErasedBook({"": one}, Matcher(subject.marks))
    found = withhold(intake.records, (), book, schema, settled=lambda _: False).findings
    return (*found, *ask_about_unread(unread_tabs(intake, schema), book))


def erase(partnership: Partnership, access: Access, *, reference: str, now: datetime) -> Erasure:
    """Take a person out of everything that we can reach, and ask their agencies for the rest.

    The hashes are kept first, so that a run that is cut off leaves somebody who is withheld, never somebody
    who is half forgotten. Raises LeaseHeld if another machine syncs, WorkbookError if the hub cannot be
    written.
    """
    check_erasable(access)
    check_lease(access.night.intake, partnership.asker, now)
    remember(partnership, access.night, access.subject, reference, now)
    report = sync(partnership, now=now)
    cleared = report.cleared or clear_stores(partnership.config, partnership.schema, partnership.cache)
    perhaps = {store: doubtful for store, (_, doubtful) in access.counts.items() if doubtful}
    return Erasure(
        reference, now, cleared, standings(report.night)[reference], by_hand(access), perhaps, report
    )


def by_hand(access: Access) -> tuple[str, ...]:
    """Where the person stands and no command takes them out: beside the cells of a workbook's file, or in
    what only people change, such as a line of engage.toml."""
    held = (hit.place for hit in access.hits if hit.store in ONLY_PEOPLE or hit.place.startswith(NOT_A_CELL))
    return tuple(dict.fromkeys(held))


def remember(partnership: Partnership, night: Night, subject: Subject, reference: str, now: datetime) -> None:
    """Keep the keyed hashes of a person, beside their key and in the hub's memory."""
    file = with_key(read_key_file(partnership.config.state))
    spell, state = hasher(file.key), night.intake.pulled[HUB].state
    one = Erased(
        on=now.date().isoformat(),
        key=file.name,
        marks={spell(token): grade for token, grade in subject.graded.items()},
        rows=frozenset({*subject.rows, *subject.ids}),
        besides=subject.besides,
    )
    erased = {**all_erased(file, state.erased), reference: one}
    write_key_file(replace(file, erased=erased, cleared=0, cleared_entry=0, dirty=True))
    hub, run = partnership.workbooks[HUB], f"{ERASING}{night.run}"
    write_memory(replace(state, erased=erased), night.intake, hub, partnership.cache, run=run)


def look_at_standings(partnership: Partnership, now: datetime) -> Mapping[str, Standing]:
    """Every erasure and how far it has come; nothing is written."""
    return standings(look(partnership, now=now))


def standings(night: Night) -> dict[str, Standing]:
    """The same, of a night that has been read."""
    found: dict[str, Counter[tuple[str, str, bool]]] = {one: Counter() for one in night.intake.erased.erased}
    for finding in night.intake.findings:
        if finding.kind in (ERASED_ROW, ERASED_CELL, ERASED_UNREAD):
            pulled = night.intake.pulled[finding.place.workbook]
            writable = finding.kind != ERASED_UNREAD and not pulled.home.view_only
            where = (pulled.title, finding.agency, writable)
            for reference, count in found.items():
                count[where] += reference in finding.wrong
    return {reference: Standing(dict(+count)) for reference, count in found.items()}

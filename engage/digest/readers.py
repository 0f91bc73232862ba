"""Who gets a digest: the Coordinators tab as readers, and why the others get none.

Two rows with one address are one reader: the first row that gets one says what it is about and when it comes,
Gets is taken from all of them together, and a None or a pause in any of them holds for the address. While an
owner is paused, their deputy reads the owner's digest, unless the deputy has one of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from engage.built.as_read import read_rows
from engage.digest.due import MONTHLY, WEEKLY
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, agency_of, rows_of, several
from engage.insight.weeks import british, read_day
from engage.model import Tab
from engage.register.email import read_emails
from engage.register.text import split_several

EDITIONS = {"Weekly": (WEEKLY,), "Monthly": (MONTHLY,), "Both": (WEEKLY, MONTHLY)}
EVERYTHING, MY_AGENCY, MY_SECTORS, MY_EMPLOYERS = "Everything", "My agency", "My sectors", "My employers"
ABOUT = frozenset({MY_AGENCY, MY_SECTORS, MY_EMPLOYERS})
STOP_HEADINGS = ("When", "Email", "Why", "By")


@dataclass(frozen=True, slots=True)
class Reader:
    """One edition of the digest for one address, and what that reader asked for.

    about: "Everything", "My agency", "My sectors" (those of sectors) or "My employers". sections: by name, ()
    for all. day: "Monday" to "Friday", "" for Monday. contacts: asked to be shown whom to speak to.
    stands_in_for: the paused owner's name where this is their deputy, else "".
    """

    name: str
    email: str
    agency: str
    about: str = EVERYTHING
    note_when_quiet: bool = True
    record_id: str = ""
    edition: str = WEEKLY
    day: str = ""
    sectors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    contacts: bool = False
    stands_in_for: str = ""

    @property
    def owner(self) -> str:
        """Whose row it is, by name."""
        return self.stands_in_for or self.name


@dataclass(frozen=True, slots=True)
class NotSent:
    """A row of Coordinators that gets no digest, and why, in words."""

    record_id: str
    why: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """What holds for every row alike."""

    today: date
    allowed: Set[str]
    stopped: Set[str]


def readers(
    facts: Facts, *, allowed_domains: Set[str], stopped: Set[str] = frozenset()
) -> tuple[tuple[Reader, ...], tuple[NotSent, ...]]:
    """The readers of each edition, by row, deputies last, and the rows that get none.

    allowed_domains: mail domains of the configuration, lower-case. stopped: addresses in Mail stops.
    """
    rules = _Rules(facts.today, allowed_domains, stopped)
    by_address: dict[str, list[PlainRow]] = {}
    for row in rows_of(facts, "Coordinators"):
        by_address.setdefault(_address(row), []).append(row)
    found: list[Reader] = []
    refused: list[NotSent] = []
    for email, rows in by_address.items():
        mine, without = _of_address(email, rows, rules)
        found += mine
        refused += without
    deputies = tuple(_deputies(by_address, {(one.email, one.edition) for one in found}, rules))
    told = {one.record_id: one.email for one in deputies}
    return (*found, *deputies), tuple(_with_deputy(one, told) for one in _in_order(refused, facts))


def _address(row: PlainRow) -> str:
    return row.get("Email", "").strip().lower()


def _of_address(
    email: str, rows: Sequence[PlainRow], rules: _Rules
) -> tuple[tuple[Reader, ...], list[NotSent]]:
    """One address's editions, and its rows that add nothing."""
    whys = [why_not(row, email, rules.today, rules.allowed, rules.stopped) for row in rows]
    bar = next((why for row, why in zip(rows, whys, strict=True) if why and _bars(row, rules.today)), "")
    if bar:
        return (), [
            NotSent(row["record_id"], why or f"another row with this address: {bar}")
            for row, why in zip(rows, whys, strict=True)
        ]
    getting = [row for row, why in zip(rows, whys, strict=True) if not why]
    refused = [NotSent(row["record_id"], why) for row, why in zip(rows, whys, strict=True) if why]
    refused += [
        NotSent(row["record_id"], "the same address as an earlier row: one digest is enough")
        for row in getting[1:]
    ]
    wanted = {edition for row in getting for edition in EDITIONS[row["Gets"]]}
    return tuple(
        _reader(getting[0], email, edition) for edition in (WEEKLY, MONTHLY) if edition in wanted
    ), refused


def _bars(row: PlainRow, today: date) -> bool:
    """Whether a row keeps its address from any digest, whatever another row says."""
    return row.get("Gets", "") == "None" or is_paused(row, today)


def _deputies(
    by_address: Mapping[str, Sequence[PlainRow]], taken: Set[tuple[str, str]], rules: _Rules
) -> Iterator[Reader]:
    """The deputies of the paused: each address gets an edition once, and none if its own row bars it."""
    taken = set(taken)
    for email, rows in by_address.items():
        for row in rows:
            deputy = _deputy(row, email, by_address, rules)
            for edition in EDITIONS[row["Gets"]] if deputy else ():
                if (deputy, edition) not in taken:
                    taken.add((deputy, edition))
                    yield _standing_in(_reader(row, deputy, edition), by_address.get(deputy, ()))


def _deputy(row: PlainRow, email: str, by_address: Mapping[str, Sequence[PlainRow]], rules: _Rules) -> str:
    """The address that reads a row's digest meanwhile; "" if the row is not paused, or nobody may."""
    deputy = row.get("Deputy", "").strip().lower()
    awake = why_not({**row, "Paused until": ""}, email, rules.today, rules.allowed, rules.stopped)
    if not deputy or deputy == email or awake or not is_paused(row, rules.today):
        return ""
    if any(other.get("Gets", "") == "None" for other in by_address[email]):
        return ""
    barred = any(_bars(own, rules.today) for own in by_address.get(deputy, ()))
    unfit = why_no_mail(deputy, rules.allowed, rules.stopped)
    return "" if barred or unfit else deputy


def _standing_in(reader: Reader, own: Sequence[PlainRow]) -> Reader:
    """The owner's digest for the deputy, who did not ask for anybody's contact details."""
    name = own[0].get("Name", "") if own else ""
    return replace(reader, name=name, stands_in_for=reader.name or "a colleague", contacts=False)


def _in_order(refused: Iterable[NotSent], facts: Facts) -> list[NotSent]:
    place = {row["record_id"]: number for number, row in enumerate(rows_of(facts, "Coordinators"))}
    return sorted(refused, key=lambda one: place[one.record_id])


def _with_deputy(one: NotSent, told: Mapping[str, str]) -> NotSent:
    deputy = told.get(one.record_id, "")
    return replace(one, why=f"{one.why}; meanwhile {deputy} gets it") if deputy else one


def stopped_addresses(tab: Tab | None) -> frozenset[str]:
    """The addresses in the tab Mail stops, lower-case, however they are written."""
    cells = (row.get("Email", "") for row in read_rows(tab, STOP_HEADINGS))
    return frozenset(address for cell in cells for address in split_several(read_emails(cell).clean))


def why_not(row: PlainRow, email: str, today: date, allowed: Set[str], stopped: Set[str]) -> str:
    """Why a row gets no digest today, in words; "" if it does."""
    gets = row.get("Gets", "")
    reasons = (
        why_no_mail(email, allowed, stopped),
        "" if gets in EDITIONS else f"Gets says {gets or 'nothing'}",
        f"paused until {british(row.get('Paused until', ''))}" if is_paused(row, today) else "",
    )
    return next((why for why in reasons if why), "")


def why_no_mail(email: str, allowed: Set[str], stopped: Set[str]) -> str:
    """Why nothing may go to an address, in words; "" if it may."""
    domain = email.rpartition("@")[2]
    if "@" not in email:
        return "no email address"
    if email in stopped:
        return "asked for no more mail (Mail stops)"
    return "" if domain in allowed else f"{domain} is not among the allowed mail domains of engage.toml"


def is_paused(row: PlainRow, today: date) -> bool:
    """Whether Paused until is later than today, or something we cannot read: in doubt no mail goes out.

    On the day itself it is still a pause.
    """
    until = read_day(row.get("Paused until", ""))
    return bool(row.get("Paused until", "")) and (until is None or today <= until)


def _reader(row: PlainRow, email: str, edition: str) -> Reader:
    about = row.get("About", "")
    return Reader(
        name=row.get("Name", ""),
        email=email,
        agency=agency_of(row),
        about=about if about in ABOUT else EVERYTHING,
        note_when_quiet=row.get("If nothing happened", "") != "Send nothing",
        record_id=row["record_id"],
        edition=edition,
        day=row.get("Day", ""),
        sectors=tuple(several(row.get("Sectors", ""))),
        sections=tuple(several(row.get("Sections", ""))),
        contacts=row.get("Show contact details", "") == "Yes",
    )

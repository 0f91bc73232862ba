"""Who gets a digest: the Coordinators tab as readers, and why the others get none.

Honoured: Gets (Weekly and Both get the weekly one), About (Everything, My agency), Paused until, If nothing
happened. Coming, and read as "Everything" or "any day" until then: About "My sectors" and "My employers",
Sectors, Sections, Day, the monthly edition, Show contact details, Deputy.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from engage.built.as_read import read_rows
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, agency_of, rows_of
from engage.insight.weeks import british, read_day
from engage.model import Tab
from engage.register.email import read_emails
from engage.register.text import split_several

WEEKLY_WORDS = frozenset({"Weekly", "Both"})
MY_AGENCY = "My agency"
STOP_HEADINGS = ("When", "Email", "Why", "By")


@dataclass(frozen=True, slots=True)
class Reader:
    """One address that gets a digest. about: "Everything" or "My agency"."""

    name: str
    email: str
    agency: str
    about: str = "Everything"
    note_when_quiet: bool = True
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """A row of Coordinators that gets no digest, and why, in words."""

    record_id: str
    why: str


def readers(
    facts: Facts, *, allowed_domains: Set[str], stopped: Set[str] = frozenset()
) -> tuple[tuple[Reader, ...], tuple[NotSent, ...]]:
    """The readers of the weekly digest, by row, and the rows that get none.

    allowed_domains: mail domains of the configuration, lower-case. stopped: addresses in Mail stops.
    Two rows with one address are one reader: the first row's settings hold.
    """
    found: dict[str, Reader] = {}
    refused: list[NotSent] = []
    for row in rows_of(facts, "Coordinators"):
        email = row.get("Email", "").strip().lower()
        why = why_not(row, email, facts.today, allowed_domains, stopped)
        if why:
            refused.append(NotSent(row["record_id"], why))
        elif email in found:
            refused.append(
                NotSent(row["record_id"], "the same address as an earlier row: one digest is enough")
            )
        else:
            found[email] = _reader(row, email)
    return tuple(found.values()), tuple(refused)


def stopped_addresses(tab: Tab | None) -> frozenset[str]:
    """The addresses in the tab Mail stops, lower-case, however they are written."""
    cells = (row.get("Email", "") for row in read_rows(tab, STOP_HEADINGS))
    return frozenset(address for cell in cells for address in split_several(read_emails(cell).clean))


def why_not(row: PlainRow, email: str, today: date, allowed: Set[str], stopped: Set[str]) -> str:
    """Why a row gets no weekly digest today, in words; "" if it does."""
    domain = email.rpartition("@")[2]
    reasons = (
        ("@" not in email, "no email address"),
        (email in stopped, "asked for no more mail (Mail stops)"),
        (domain not in allowed, f"{domain} is not among the allowed mail domains of engage.toml"),
        (row.get("Gets", "") not in WEEKLY_WORDS, f"Gets says {row.get('Gets', '') or 'nothing'}"),
        (is_paused(row, today), f"paused until {british(row.get('Paused until', ''))}"),
    )
    return next((why for holds, why in reasons if holds), "")


def is_paused(row: PlainRow, today: date) -> bool:
    """Whether Paused until is today, later, or something we cannot read: in doubt no mail goes out."""
    until = read_day(row.get("Paused until", ""))
    return bool(row.get("Paused until", "")) and (until is None or today <= until)


def _reader(row: PlainRow, email: str) -> Reader:
    return Reader(
        name=row.get("Name", ""),
        email=email,
        agency=agency_of(row),
        about=MY_AGENCY if row.get("About", "") == MY_AGENCY else "Everything",
        note_when_quiet=row.get("If nothing happened", "") != "Send nothing",
        record_id=row["record_id"],
    )

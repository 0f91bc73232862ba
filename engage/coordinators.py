"""The Digest list: what the ledger says was sent to each row of Coordinators, and when the next is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from .built.as_read import read_rows
from .config import HUB, Config
from .digest.readers import readers, stopped_addresses
from .insight.reading import agency_of, rows_of
from .insight.weeks import last_complete_week, week_of
from .ledger import FAILED, STATUS_WORDS, Entry
from .model import CellValue
from .night import Night

TITLE = "Digest list (built nightly)"
WEEKLY = "weekly"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def coordinator_rows(night: Night, config: Config, sent: tuple[Entry, ...]) -> Iterator[dict[str, CellValue]]:
    """A row of the list for each row of Coordinators, by heading. sent: the ledger's entries, oldest first.

    Of an address that this machine's ledger knows nothing of, the list keeps saying what it says.
    """
    hub, facts = night.intake.hub, night.facts[HUB]
    last = {entry.send.key[0]: entry for entry in sent}
    done = {entry.send.key for entry in sent if entry.status != FAILED}
    standing = {row.get("Record", ""): row for row in read_rows(hub.tab(TITLE), ("Record", "Last sent"))}
    allowed = frozenset(config.mail.allowed_domains)
    _, refused = readers(facts, allowed_domains=allowed, stopped=stopped_addresses(hub.tab("Mail stops")))
    why = {one.record_id: one.why for one in refused}
    for row in rows_of(facts, "Coordinators"):
        key, email = row["record_id"], row.get("Email", "").strip().lower()
        sent_week = (email, WEEKLY, last_complete_week(facts.today).label) in done
        due = next_due(row.get("Day", ""), facts.today, sent=sent_week)
        yield {
            "Record": key,
            **{heading: row.get(heading, "") for heading in ("Name", "Email", "Gets")},
            "Agency": agency_of(row),
            **_last(last.get(email), standing.get(key, {}), email),
            "Next due": f"none: {why[key]}" if key in why else due.isoformat(),
        }


def next_due(day: str, today: date, *, sent: bool) -> date:
    """When the weekly digest is due: the chosen day, Monday if none, of the week after the one it is about.

    sent: whether this week's has gone out. While it has not, its day may have passed: then it is late.
    """
    monday = week_of(today).monday
    return monday + timedelta(days=DAYS.index(day) if day in DAYS else 0, weeks=1 if sent else 0)


def _last(entry: Entry | None, standing: Mapping[str, str], email: str) -> dict[str, CellValue]:
    if entry is not None:
        when = entry.when[:16].replace("T", " ")
        return {"Last sent": when, "Last status": STATUS_WORDS.get(entry.status, entry.status)}
    known = standing if standing.get("Email", "").lower() == email else {}
    return {heading: known.get(heading, "") for heading in ("Last sent", "Last status")}

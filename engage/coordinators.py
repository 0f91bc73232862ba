"""The Digest list: what the ledger says was sent to each row of Coordinators, and when the next is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date

from .built.as_read import read_rows
from .config import HUB, Config
from .digest.due import MONTHLY, WEEKLY, last_period, next_due
from .digest.readers import Reader, readers, stopped_addresses
from .insight.leavers import is_gone, leavers
from .insight.reading import agency_of, rows_of
from .ledger import FAILED, STATUS_WORDS, Entry
from .model import CellValue
from .night import Night

LEFT = "has left"
TITLE = "Digest list (built nightly)"


def coordinator_rows(night: Night, config: Config, sent: tuple[Entry, ...]) -> Iterator[dict[str, CellValue]]:
    """A row of the list for each row of Coordinators, by heading. sent: the ledger's entries, oldest first.

    Of an address that this machine's ledger knows nothing of, the list keeps saying what it says.
    """
    hub, facts = night.intake.hub, night.facts[HUB]
    last = {entry.send.key[0]: entry for entry in sent if entry.send.edition in (WEEKLY, MONTHLY)}
    done = {entry.send.key for entry in sent if entry.status != FAILED}
    standing = {row.get("Record", ""): row for row in read_rows(hub.tab(TITLE), ("Record", "Last sent"))}
    allowed = frozenset(config.mail.allowed_domains)
    found, refused = readers(facts, allowed_domains=allowed, stopped=stopped_addresses(hub.tab("Mail stops")))
    left = leavers(night.intake.records, config.staff_left)
    why = {one.record_id: LEFT for one in found if is_gone(one.name, one.agency, left)}
    why |= {one.record_id: one.why for one in refused}
    mine = {key: [one for one in found if one.record_id == key] for key in {one.record_id for one in found}}
    for row in rows_of(facts, "Coordinators"):
        key, email = row["record_id"], row.get("Email", "").strip().lower()
        yield {
            "Record": key,
            **{heading: row.get(heading, "") for heading in ("Name", "Email", "Gets")},
            "Agency": agency_of(row),
            **_last(last.get(email), standing.get(key, {}), email),
            "Next due": f"none: {why[key]}" if key in why else _next(mine[key], done, facts.today),
        }


def _next(editions: Iterable[Reader], done: Set[tuple[str, str, str]], today: date) -> str:
    """The day of whichever edition comes first; a day gone by means that it is late."""
    days = (
        next_due(
            one.day,
            today,
            sent=(one.email, one.edition, last_period(one.edition, today).label) in done,
            edition=one.edition,
        )
        for one in editions
    )
    return min(days).isoformat()


def _last(entry: Entry | None, standing: Mapping[str, str], email: str) -> dict[str, CellValue]:
    if entry is not None:
        when = entry.when[:16].replace("T", " ")
        return {"Last sent": when, "Last status": STATUS_WORDS.get(entry.status, entry.status)}
    known = standing if standing.get("Email", "").lower() == email else {}
    return {heading: known.get(heading, "") for heading in ("Last sent", "Last status")}

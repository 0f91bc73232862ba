"""A town in which two firms at one postcode were taken for one for some weeks, and somebody finds out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from engage.desk import Desk, open_desk
from engage.editions import Posted, post
from engage.ledger import LEDGER_FILE, Ledger
from tests.digest.test_editions import reader, talk
from tests.partnership import COLLEGE, Town, by_heading

MONDAY = datetime.fromisoformat("2026-11-16T02:00")
WEEK = timedelta(days=7)
EMBER, KESTREL = "Ember Digital Ltd", "Kestrel Payroll LLP"
RUTH, TOM = "ruth@marlbeck.example", "tom@marlbeck.example"


def week(number: int) -> datetime:
    """The night before digests go out, so many weeks on."""
    return MONDAY + number * WEEK


def a_talk_with_each(number: int) -> list[list[str]]:
    """In the week that the digest of week(number) tells of."""
    day = f"{week(number) - timedelta(days=3):%d/%m/%Y}"
    return [talk(day, EMBER), talk(day, KESTREL, Type="Email")]


def make_town(folder: Path, *coordinators: list[str], talks: Sequence[list[str]] = ()) -> Town:
    usual = [reader(), reader(Name="Tom", Email=TOM, Agency=COLLEGE)]
    rows = list(talks) or [row for number in range(5) for row in a_talk_with_each(number)]
    town = Town(folder, Coordinators=list(coordinators) or usual, Engagements=rows)
    mail = replace(
        town.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    town.config = replace(town.config, mail=mail)
    town.partnership = replace(town.partnership, config=town.config)
    town.sync(week(0) - timedelta(days=1))
    return town


def merge(town: Town, now: datetime, verdict: str = "Same") -> None:
    """Somebody answers Same, wrongly."""
    rows = town.hub.rows("To review")
    firms = {EMBER, KESTREL}
    number = next(
        at for at, row in enumerate(by_heading(rows), 2) if {row["Employer A"], row["Employer B"]} == firms
    )
    town.hub.type("To review", number, rows[0].index("Decision") + 1, verdict)
    town.sync(now)


def split(town: Town, now: datetime) -> None:
    """Somebody finds out, and chooses Undo."""
    rows = town.hub.rows("Decisions")
    number = max(
        at for at, row in enumerate(by_heading(rows), 2) if row["How decided"] == "by a person"
        and row["Decision"] == "Same"
    )  # fmt: skip
    town.hub.type("Decisions", number, rows[0].index("Undo") + 1, "Undo")
    town.sync(now)


def morning(now: datetime) -> datetime:
    return now + timedelta(hours=3)


def desk_of(town: Town, now: datetime) -> Desk:
    return open_desk(town.partnership, now=morning(now))


def send(town: Town, now: datetime) -> dict[str, Posted]:
    """The sync of a night, and the digests of the morning."""
    town.sync(now)
    return {one.reader.email: one for one in post(desk_of(town, now))}


def ledger_of(town: Town) -> Ledger:
    return Ledger(town.config.state / LEDGER_FILE)


def corrections(town: Town) -> dict[str, list[str]]:
    """Address → what each of its digests puts right, on one line, the oldest digest first; "" nothing."""
    found: dict[str, list[str]] = {}
    for path in sorted(town.config.mail.outbox.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        found.setdefault(message["To"].addresses[0].addr_spec, []).append(put_right(body.get_content()))
    return found


def put_right(text: str) -> str:
    """The section of a digest that says what was told otherwise."""
    said = text.replace("\r\n", "\n").partition("PUT RIGHT\n---------\n")[2]
    return " ".join(re.split(r"\n\n+[A-Z ]+\n-", said)[0].split())

"""An address that the mail server refused: the lead of its agency learns of it, by sheet and next digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.digest.build import build_digest
from engage.digest.links import Links
from engage.digest.readers import Reader
from engage.digest.refusals import refused_addresses
from engage.digest.render import render
from engage.editions import post
from engage.issues import Issues
from engage.ledger import LEDGER_FILE, Ledger, Stop
from engage.model import Refusal, Tab
from engage.recipients import who_reads
from engage.stops import tell_stops
from tests.insight.sample import COLLEGE, COUNCIL, make_facts
from tests.partnership import COUNCIL as MARLBECK

from .test_editions import MONDAY, desk_of, make_town

TOM, RUTH, ANN = "tom@college.example", "ruth@college.example", "ann@dale.example"
REFUSED = {TOM: Refusal("2026-11-16 05:00", "550 5.1.1 <tom@college.example> no such person")}


def facts(lead: str = RUTH, **more):
    people = [("Tom Orme", TOM, COLLEGE), ("Ruth Hale", RUTH, COLLEGE), ("Ann Ogden", ANN, COUNCIL)]
    rows = [{"Name": n, "Email": e, "Agency": a, "agency": a, "Gets": "Weekly"} for n, e, a in people]
    agencies = [{"Agency": COLLEGE, "Lead email": lead}, {"Agency": COUNCIL, "Lead email": ANN}]
    return make_facts({"Coordinators": rows, "Agencies": agencies}, **{"refused": REFUSED, **more})


def told(reader: Reader, known=None) -> list[tuple[str, str]]:
    digest = build_digest(known or facts(), reader, Links("../hub.xlsx"))
    return [(todo.text, todo.detail) for todo in digest.todos.items if todo.kind == "No mail"]


def test_the_lead_of_the_agency_is_told_whom_no_digest_reaches_and_why():
    ((text, detail),) = told(Reader("Ruth Hale", RUTH, COLLEGE))
    assert text == "Correct the address of Tom Orme: no digest gets there"
    assert detail.startswith("The mail server refused it on 16 Nov 2026: 550 5.1.1")
    assert "tom@" not in detail


def test_nobody_else_is_told():
    assert told(Reader("Ann Ogden", ANN, COUNCIL)) == []
    assert told(Reader("Sam Lake", "sam@college.example", COLLEGE)) == []


@pytest.mark.parametrize("lead", ["", TOM, "gone@college.example"])
def test_where_the_lead_gets_no_digest_the_whole_agency_is_told(lead):
    assert told(Reader("Sam Lake", "sam@college.example", COLLEGE), facts(lead))
    assert told(Reader("Ann Ogden", ANN, COUNCIL), facts(lead)) == []


def test_a_refused_deputy_is_told_of_too():
    known = facts()
    record = replace(known.records["R-COORDINATORS2"], clean={"Name": "Ruth Hale", "Deputy": TOM})
    known = replace(known, records={record.record_id: record})
    assert told(Reader("Ruth Hale", RUTH, COLLEGE), known)[0][0].startswith(
        "Correct the address of Ruth Hale’s"
    )


def test_who_asked_for_no_more_mail_is_nobodys_problem():
    rows = (
        ("When", "Email", "Why", "By"),
        ("2026-11-16 05:00", "Tom <Tom@College.example>", "550 no", "Engage"),
        ("2026-11-16 06:00", RUTH, "Asked for no more mail.", RUTH),
    )
    assert refused_addresses(Tab("Mail stops", rows)) == {TOM: Refusal("2026-11-16 05:00", "550 no")}
    assert refused_addresses(None) == {}


def test_a_refusal_stands_in_problems_to_fix_until_the_address_is_corrected(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    refuse(town, "ruth@marlbeck.example")
    town.sync(MONDAY + timedelta(hours=1))
    (row,) = problems(town)
    assert row["Column"] == "Email"
    assert row["Agency"] == MARLBECK
    assert "(23/11/2026: 550 5.1.1 nobody)" in row["What is wrong"]
    at = town.hub.rows("Coordinators")[0].index("Email") + 1
    town.hub.type("Coordinators", 2, at, "ruth.hale@marlbeck.example")
    town.sync(MONDAY + timedelta(hours=2))
    assert problems(town) == []


def test_telling_of_a_refusal_sends_no_message_by_itself(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    post(desk_of(town))
    before = sorted(town.config.mail.outbox.iterdir())
    refuse(town, "ruth@marlbeck.example")
    town.sync(MONDAY + timedelta(hours=1))
    post(desk_of(town))
    assert sorted(town.config.mail.outbox.iterdir()) == before


def test_the_todo_opens_the_row_of_coordinators(tmp_path):
    town = make_town(tmp_path)
    town.hub.type("Coordinators", 3, town.hub.rows("Coordinators")[0].index("Agency") + 1, MARLBECK)
    town.sync(MONDAY)
    refuse(town, "ruth@marlbeck.example")
    desk = desk_of(town)
    (tom,) = who_reads(desk)[0]
    digest = Issues(desk, town.config.mail.outbox).digest(tom)
    assert "#'Coordinators'!A2" in render(digest).html


def test_the_foot_opens_the_readers_own_row_of_coordinators(tmp_path):
    town = make_town(tmp_path)
    town.sync(MONDAY)
    desk = desk_of(town)
    ruth, tom = who_reads(desk)[0]
    pages = [render(Issues(desk, town.config.mail.outbox).digest(one)).html for one in (ruth, tom)]
    assert ["#'Coordinators'!A2" in page for page in pages] == [True, False]
    assert "#'Coordinators'!A3" in pages[1]


def refuse(town, address: str) -> None:
    """As after a sending in which the server refused this address."""
    ledger = Ledger(town.config.state / LEDGER_FILE)
    ledger.stop(Stop(address, "2026-11-23T05:00:00", "550 5.1.1 nobody"))
    tell_stops(town.hub, ledger, town.partnership.cache, run="r")


def problems(town) -> list[dict[str, str]]:
    rows = town.hub.rows("Problems to fix")
    found = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    return [row for row in found if "mail server" in row["What is wrong"]]

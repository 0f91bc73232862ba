"""Each digest on its own day, whoever runs the command how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engage.desk import open_desk
from engage.editions import post, sends_of
from engage.linkage.compared import compared_by
from engage.linkage.linking import LinkSettings, link
from engage.our_ledger import adopt
from engage.recipients import audience_of, who_reads
from engage.worlds import Judge
from tests.partnership import COLLEGE, COUNCIL, Town, row_of

from .test_editions import MONDAY, desk_of, messages, reader, talk

RUTH, TOM, JOAN = (f"{name}@marlbeck.example" for name in ("ruth", "tom", "joan"))


def make_town(folder, *coordinators):
    town = Town(folder, Coordinators=coordinators, Engagements=[talk("17/11/2026"), talk("20/10/2026")])
    mail = replace(
        town.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    town.config = replace(town.config, mail=mail)
    town.partnership = replace(town.partnership, config=town.config)
    return town


def send_on(town, day: datetime) -> dict[str, str]:
    """What the command says of each address and edition on a day, synced that morning."""
    town.sync(day)
    return {
        f"{one.reader.email} {one.reader.edition}": one.delivery.status if one.delivery else one.unsent
        for one in post(desk_of(town, day))
    }


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path, reader(), reader(Name="Tom", Email=TOM, Agency=COLLEGE, Day="Thursday"))


def test_everybodys_digest_comes_on_their_day_and_never_twice(town):
    said = [send_on(town, MONDAY + timedelta(days=number)) for number in range(5)]
    weeks = [[told[f"{who} weekly"] for told in said] for who in (RUTH, TOM)]
    assert weeks[0] == ["sent", *["already"] * 4]
    assert weeks[1] == [*["comes on Thursday 26 November"] * 3, "sent", "already"]


def test_a_day_that_was_missed_is_caught_up_within_the_week(town):
    assert send_on(town, MONDAY + timedelta(days=6)) == {f"{RUTH} weekly": "sent", f"{TOM} weekly": "sent"}


def test_what_was_adopted_does_not_come_on_its_day(town):
    town.sync(MONDAY)
    desk = desk_of(town)
    adopt(desk, sends_of(desk), "this-machine")
    assert send_on(town, MONDAY + timedelta(days=3))[f"{TOM} weekly"] == "already"


def test_the_monthly_digest_comes_once_a_month_beside_the_weekly_one(tmp_path):
    town = make_town(tmp_path, reader(Gets="Both"))
    assert send_on(town, MONDAY)[f"{RUTH} monthly"] == "too late: this month's was due on Monday 2 November"
    december = datetime.fromisoformat("2026-12-07T05:00")
    assert send_on(town, december) == {f"{RUTH} weekly": "sent", f"{RUTH} monthly": "sent"}
    assert send_on(town, december + timedelta(days=7)) == {
        f"{RUTH} weekly": "sent",
        f"{RUTH} monthly": "already",
    }
    names = sorted(path.name for path in town.config.mail.outbox.glob("2026-11-monthly-*.html"))
    assert len(names) == 1
    page = (town.config.mail.outbox / names[0]).read_text(encoding="utf-8")
    assert "The month of November 2026" in page
    assert "#'Weeks%20and%20months'" in page
    assert "‡" not in page


def test_the_digest_list_says_when_the_next_of_either_is_due(tmp_path):
    town = make_town(
        tmp_path, reader(Gets="Both", Day="Friday"), reader(Name="Tom", Email=TOM, Gets="Monthly")
    )
    town.sync(MONDAY)
    header, *rows = town.hub.rows("Digest list (built nightly)")
    due = {row[header.index("Name")]: row[header.index("Next due")] for row in rows}
    assert due == {"Ruth": "2026-11-27", "Tom": "2026-12-07"}


def test_a_deputy_gets_the_owners_digest_and_the_owner_none(tmp_path):
    away = reader(Paused_until="24/12/2026", Deputy="Joan@marlbeck.example")
    town = make_town(tmp_path, away)
    assert send_on(town, MONDAY) == {f"{JOAN} weekly": "sent"}
    assert set(messages(town)) == {JOAN}
    header, first = town.hub.rows("Digest list (built nightly)")[:2]
    assert first[header.index("Next due")] == f"none: paused until 24/12/2026; meanwhile {JOAN} gets it"


def test_a_deputy_elsewhere_reads_no_more_than_the_hub_shows(tmp_path):
    """Whoever can edit the hub can name a deputy: what an agency keeps to itself goes to its own domains."""
    town = make_town(tmp_path, reader(Paused_until="24/12/2026", Deputy=JOAN, Agency=COUNCIL))
    town.sync(MONDAY)
    desk = desk_of(town)
    worlds = {name: replace(world, shared=False) for name, world in desk.night.worlds.items()}
    desk = replace(desk, night=replace(desk.night, worlds=worlds))
    assert audience_of(desk, who_reads(desk)[0][0]) == "hub"


@pytest.mark.slow
@pytest.mark.parametrize(("share", "shown"), [("Yes", True), ("Employer only", False)])
def test_contact_details_come_as_far_as_the_agency_that_has_them_lets_them(tmp_path, share, shown):
    town = make_town(tmp_path, reader(Show_contact_details="Yes", Agency=COUNCIL))
    settings = LinkSettings()
    judge = Judge(lambda records, decisions, before: link(records, decisions, before, settings), compared_by)
    town.partnership = replace(town.partnership, judge=judge)
    plan = {"Status": "Planned", "Contact": "Jo Lund", "Next_step": "Ring", "Next_step_by": "25/11/2026"}
    town.hub.insert_row("Engagements", 2, ["", *talk("26/11/2026", **plan)])
    person = {"First_name": "Jo", "Last_name": "Lund", "Employer": "Ember Digital Ltd", "Agency": COLLEGE}
    town.hub.insert_row("Contacts", 2, ["", *row_of("Contacts", Email="jo@ember.example", **person)])
    sharing = town.hub.rows("Agencies")[0].index("Share contact details with partners") + 1
    number = next(n for n, row in enumerate(town.hub.rows("Agencies"), 1) if COLLEGE in row)
    town.hub.type("Agencies", number, sharing, share)
    send_on(town, MONDAY)
    text = messages(town)[RUTH].get_body(("plain",)).get_content()
    assert "PLANNED FOR THE NEXT 14 DAYS" in text
    assert ("jo@ember.example" in text) == shown


def test_opening_the_desk_for_an_earlier_week_tells_the_month_before_it(tmp_path):
    town = make_town(tmp_path, reader(Gets="Monthly"))
    town.sync(MONDAY)
    desk = open_desk(town.partnership, now=MONDAY)
    assert [(send.edition, send.period) for send in sends_of(desk)] == [("monthly", "2026-10")]

"""Who was told otherwise hears of it, in their next digest, once; and nobody else does."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from engage.config import HUB
from engage.corrections.as_sent import Sent
from engage.corrections.digests import Telling, told_otherwise
from engage.editions import post
from engage.ledger import FAILED, UNKNOWN, Send
from engage.recipients import who_reads
from tests.digest.test_editions import reader, talk
from tests.partnership import COLLEGE, COUNCIL, Town, row_of

from .wrong_merge import (
    EMBER,
    KESTREL,
    RUTH,
    TOM,
    corrections,
    desk_of,
    ledger_of,
    make_town,
    merge,
    send,
    split,
    week,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path):
    """Two digests told of the two as one, and it was found out before the third."""
    return found_out(make_town(tmp_path))


def found_out(town: Town) -> Town:
    merge(town, week(0))
    for number in (0, 1):
        send(town, week(number))
    split(town, week(2))
    return town


def test_whoever_was_told_of_them_as_one_hears_of_it_once(town):
    for number in (2, 3):
        send(town, week(number))
    said = corrections(town)
    assert said[TOM] == said[RUTH]
    first, second, third, fourth = said[RUTH]
    assert (first, second, fourth) == ("", "", "")
    assert f"{EMBER} and {KESTREL} are two employers." in third
    assert "2 digests, from that of 9 to 15 November 2026 to that of 16 to 22" in third
    assert "Employers spoken to: 2, not 1" in third


def test_who_had_no_digest_while_they_were_one_hears_nothing(town):
    town.hub.insert_row("Coordinators", 3, ["", *reader(Name="Ann", Email="ann@marlbeck.example")])
    send(town, week(2))
    said = corrections(town)
    assert said["ann@marlbeck.example"] == [""]
    assert said[RUTH][2]


def test_who_reads_of_other_employers_was_told_nothing_otherwise(tmp_path):
    talks = [
        talk("10/11/2026", EMBER),
        talk("11/11/2026", KESTREL),
        talk("11/11/2026", "Holt Roofing", Agency=COLLEGE),
    ]
    mine = reader(Name="Tom", Email=TOM, Agency=COLLEGE, About="My agency")
    town = make_town(tmp_path, reader(), mine, talks=talks)
    found_out(town)
    send(town, week(2))
    said = corrections(town)
    assert said[RUTH][2]
    assert said[TOM] == ["", "", ""]


def test_what_waits_in_to_review_tonight_is_not_what_was_told_otherwise(tmp_path):
    town = make_town(tmp_path)
    send(town, week(0))
    desk = desk_of(town, week(0))
    facts = desk.night.facts[HUB]
    sent = [Sent(who_reads(desk)[0][0], next(iter(ledger_of(town).entries())), HUB)]
    nothing_asked = {HUB: replace(facts, asked=())}
    assert facts.asked
    assert not list(told_otherwise(Telling({HUB: facts}), Telling(nothing_asked), sent))
    no_talks = {**facts.tables, "Engagements": facts.tables["Engagements"][:0]}
    nobody_met = {HUB: replace(facts, tables=no_talks)}
    assert list(told_otherwise(Telling({HUB: facts}), Telling(nobody_met), sent))


def change(town: Town, email: str, heading: str, word: str) -> None:
    """Somebody asks for something else from now on."""
    rows = town.hub.rows("Coordinators")
    number = next(at for at, row in enumerate(rows, 1) if email in row)
    town.hub.type("Coordinators", number, rows[0].index(heading) + 1, word)


def test_what_a_reader_was_sent_is_judged_by_what_they_asked_for_then(tmp_path):
    talks = [
        talk("10/11/2026", EMBER),
        talk("11/11/2026", KESTREL),
        talk("11/11/2026", "Holt Roofing", Agency=COLLEGE),
    ]
    mine = reader(Name="Tom", Email=TOM, Agency=COLLEGE, About="My agency")
    town = make_town(tmp_path, reader(Agency=COLLEGE), mine, talks=talks)
    found_out(town)
    change(town, RUTH, "About", "My agency")  # she was told of everybody
    change(town, TOM, "About", "Everything")  # he was not
    send(town, week(2))
    said = corrections(town)
    assert "spoken to: 3, not 2" in said[RUTH][2]
    assert said[TOM] == ["", "", ""]


def test_a_digest_from_before_that_was_kept_is_judged_by_the_row_of_today(town):
    with sqlite3.connect(ledger_of(town).path) as database:
        database.execute("UPDATE sends SET asked = ''")
    send(town, week(2))
    assert corrections(town)[RUTH][2]


def test_what_waits_to_be_mended_tonight_is_not_what_was_told_otherwise(tmp_path):
    talks = [
        talk("10/11/2026", EMBER, Agency=COLLEGE),
        talk("11/11/2026", KESTREL, Agency=COLLEGE),
        talk("11/11/2026", "Holt Roofing"),
    ]
    mine = reader(Name="Tom", Email=TOM, About="My agency")
    town = make_town(tmp_path, reader(), mine, talks=talks)
    nowhere = row_of("Attendance", Event="No such fair", Employer="Holt Roofing", Agency=COUNCIL)
    town.hub.insert_row("Attendance", 2, ["", *nowhere])
    found_out(town)
    send(town, week(2))
    said = corrections(town)
    assert said[RUTH][2]
    assert "Problems to fix" not in said[RUTH][2]
    assert said[TOM] == ["", "", ""]


def test_nobody_gets_a_digest_for_the_sake_of_a_correction(tmp_path):
    talks = [talk("10/11/2026", EMBER), talk("11/11/2026", KESTREL)]
    quiet = reader(If_nothing_happened="Send nothing")
    town = make_town(tmp_path, quiet, reader(Name="Tom", Email=TOM, Agency=COLLEGE), talks=talks)
    found_out(town)
    sent = send(town, week(2))
    assert "quiet" in sent[RUTH].unsent
    assert corrections(town)[TOM][-1]
    town.hub.insert_row("Engagements", 2, ["", *talk("02/12/2026", "Holt Roofing")])
    send(town, week(3))
    assert corrections(town)[RUTH][-1]


def test_it_comes_again_with_the_next_digest_if_the_one_that_brought_it_did_not_leave(town):
    send(town, week(2))
    brought = Send(RUTH, "weekly", "2026-W48")
    assert [address for address, _ in sorted(ledger_of(town).corrected())] == [RUTH, TOM]
    ledger_of(town).settle(brought, FAILED, week(2))
    assert [address for address, _ in ledger_of(town).corrected()] == [TOM]
    send(town, week(3))
    assert corrections(town)[RUTH][3]
    assert not corrections(town)[TOM][3]


def test_a_digest_that_a_person_did_not_find_brings_it_when_it_is_sent_again(town):
    send(town, week(2))
    ledger_of(town).settle(Send(RUTH, "weekly", "2026-W48"), UNKNOWN, week(2))
    for path in town.config.mail.outbox.iterdir():
        path.unlink()
    post(desk_of(town, week(2)), again=RUTH)
    assert corrections(town)[RUTH][0]


def test_of_two_digests_on_one_morning_the_first_brings_it(tmp_path):
    town = make_town(tmp_path, reader(Gets="Both"))
    merge(town, week(0))
    for number in (0, 1, 2):
        send(town, week(number))
    split(town, week(3))
    post(desk_of(town, week(3)))
    assert sum(bool(text) for text in corrections(town)[RUTH]) == 1
    assert len(corrections(town)[RUTH]) == 5


def test_an_agency_that_shares_no_more_is_not_spoken_of(town):
    rows = town.hub.rows("Agencies")
    number = next(at for at, row in enumerate(rows, 1) if COLLEGE in row)
    column = rows[0].index("Share contact details with partners") + 1
    town.hub.type("Agencies", number, column, "No")
    send(town, week(2))
    assert set(corrections(town)[RUTH]) == {""}


def test_a_firm_that_comes_apart_because_its_row_was_mended_is_no_wrong_merge(tmp_path):
    talks = [talk("10/11/2026", EMBER), talk("11/11/2026", "Ember Digital Limited")]
    town = make_town(tmp_path, talks=talks)
    send(town, week(0))
    town.college.type("Firms", 3, 1, "Emberly Digital Ltd")
    send(town, week(1))
    assert set(corrections(town)[RUTH]) == {""}


def test_an_undo_that_was_taken_back_is_told_to_nobody(town):
    rows = town.hub.rows("Decisions")
    town.hub.type("Decisions", len(rows), rows[0].index("Undo") + 1, "Undo")
    send(town, week(2))
    assert set(corrections(town)[RUTH]) == {""}

"""A week's digests through a real mail server, from the rows of the sheets to what arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from engage.editions import post, post_test, sender_of
from engage.errors import UsageError, WorkbookBusy
from engage.ledger import LEDGER_FILE, Ledger, Stop
from engage.mail.one_click import address_of, our_key, read_key
from engage.mail.standing import resolve
from engage.stops import add_stops, tell_stops
from tests.digest.test_editions import MONDAY, desk_of, reader, talk
from tests.partnership import COLLEGE, Town, row_of

from .servers import Plan, new_authority, serving, transport

RUTH, TOM, ANN = "ruth@marlbeck.example", "tom@marlbeck.example", "ann@marlbeck.example"
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def town(tmp_path):
    rows = [reader(), reader(Name="Tom", Email=TOM, Agency=COLLEGE), reader(Name="Ann", Email=ANN)]
    found = Town(tmp_path, Coordinators=rows, Engagements=[talk("17/11/2026"), talk("24/11/2026")])
    mail = replace(
        found.config.mail,
        allowed_domains=("marlbeck.example",),
        from_address="us@marlbeck.example",
        transport="smtp",
        unsubscribe="pat@marlbeck.example",
        reply_to="team@marlbeck.example",
    )
    found.config = replace(found.config, mail=mail)
    found.partnership = replace(found.partnership, config=found.config)
    found.sync(MONDAY)
    return found


def sent_by(town, plan, authority, *, now=MONDAY, password=None):
    with serving(plan, authority) as settings:
        way = transport(settings, **({"password": password} if password else {}))
        return post(desk_of(town, now), transport=way)


def what(posted):
    return {one.reader.email: one.delivery.status if one.delivery else one.unsent for one in posted}


def to(plan):
    return [recipients[0] for recipients, _ in plan.taken]


def ledger_of(town):
    return Ledger(town.config.state / LEDGER_FILE)


def test_everybody_gets_one_message_that_says_how_to_stop_it(town, authority):
    plan = Plan()
    assert set(what(sent_by(town, plan, authority)).values()) == {"sent"}
    assert sorted(to(plan)) == [ANN, RUTH, TOM]
    got = message_from_bytes(plan.taken[0][1], policy=policy.default)
    assert got["List-Unsubscribe"] == "<mailto:pat@marlbeck.example?subject=pause>"
    assert got["Reply-To"] == "team@marlbeck.example"
    assert "mailto:pat@marlbeck.example" in got.get_body(("html",)).get_content()


def test_every_reader_has_a_one_click_link_of_their_own_which_stops_them_alone(town, authority):
    plan = Plan()
    with_page(town, "https://marlbeck.example/stop?t={token}")
    sent_by(town, plan, authority)
    key = our_key(town.config.state)
    for [address], raw in plan.taken:
        got = message_from_bytes(raw, policy=policy.default)
        assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        token = got["List-Unsubscribe"].rpartition("?t=")[2].rstrip(">")
        assert address_of(token, [ANN, RUTH, TOM], key) == address


def test_a_dry_run_makes_no_key(town):
    with_page(town, "https://marlbeck.example/stop?t={token}")
    post(desk_of(town), dry_run=True)
    assert read_key(town.config.state) is None


def with_page(town, page):
    town.config = replace(town.config, mail=replace(town.config.mail, one_click=page))
    town.partnership = replace(town.partnership, config=town.config)


def test_a_mail_links_to_no_file_of_the_machine_that_sent_it(town, authority):
    plan = Plan()
    sent_by(town, plan, authority)
    page = message_from_bytes(plan.taken[0][1], policy=policy.default).get_body(("html",)).get_content()
    assert "#'Dashboard'" not in page


def test_running_again_and_again_sends_nobody_a_second_one(town, authority):
    plan = Plan()
    for _ in range(3):
        last = sent_by(town, plan, authority)
    assert len(plan.taken) == 3
    assert set(what(last).values()) == {"already"}


def test_a_greylisted_reader_gets_theirs_with_the_next_run_and_only_they(town, authority):
    plan = Plan(rcpt={RUTH: "450 4.2.0 greylisted"})
    assert what(sent_by(town, plan, authority)) == {RUTH: "waits", TOM: "sent", ANN: "sent"}
    plan.rcpt.clear()
    assert what(sent_by(town, plan, authority)) == {RUTH: "sent", TOM: "already", ANN: "already"}
    assert len(plan.taken) == 3


def test_a_dead_address_is_written_into_mail_stops_and_gets_nothing_next_week(town, authority):
    plan = Plan(rcpt={RUTH: "550 5.1.1 no such person"})
    assert what(sent_by(town, plan, authority))[RUTH] == "refused"
    row = next(row for row in town.hub.rows("Mail stops") if RUTH in row)
    assert "550 5.1.1 no such person" in row[2]
    assert row[3] == "Engage"
    plan.rcpt.clear()
    town.sync(MONDAY + WEEK)
    assert RUTH not in what(sent_by(town, plan, authority, now=MONDAY + WEEK))
    assert RUTH not in to(plan)


def test_a_dead_address_gets_nothing_even_while_the_hub_cannot_be_told(town, authority, monkeypatch):
    plan = Plan(rcpt={RUTH: "550 5.1.1 no such person"})
    with monkeypatch.context() as patched:
        patched.setattr("engage.stops.add_stops", _busy)
        sent_by(town, plan, authority)
        plan.rcpt.clear()
        town.sync(MONDAY + WEEK)
        later = what(sent_by(town, plan, authority, now=MONDAY + WEEK))
    assert "nothing goes there any more" in later[RUTH]
    assert RUTH not in to(plan)
    assert RUTH not in town.texts("hub", "Mail stops")
    sent_by(town, plan, authority, now=MONDAY + WEEK)
    assert RUTH in town.texts("hub", "Mail stops")


def test_a_message_that_may_have_arrived_is_held_until_a_person_says(town, authority):
    plan = Plan(dot="hang up")
    assert set(what(sent_by(town, plan, authority)).values()) == {"held"}
    plan.dot = ""
    assert set(what(sent_by(town, plan, authority)).values()) == {"held"}
    assert len(plan.taken) == 3
    resolve(ledger_of(town), RUTH, arrived=False, now=MONDAY)
    resolve(ledger_of(town), TOM, arrived=True, now=MONDAY)
    assert what(sent_by(town, plan, authority)) == {RUTH: "sent", TOM: "already", ANN: "held"}
    assert to(plan).count(RUTH) == 2  # by a person's word


def test_a_wrong_password_tries_nobody_else_and_harms_nothing(town, authority):
    plan = Plan()
    told = what(sent_by(town, plan, authority, password="wrong"))
    assert told[RUTH] == "misconfigured"
    assert told[TOM].startswith("not tried")
    assert set(what(sent_by(town, plan, authority)).values()) == {"sent"}


def test_a_server_that_refuses_five_in_a_row_is_not_believed_of_the_rest(tmp_path, authority):
    rows = [reader(Email=f"r{number}@marlbeck.example") for number in range(8)]
    town = Town(tmp_path, Coordinators=rows, Engagements=[talk("17/11/2026")])
    mail = replace(
        town.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    town.config = replace(town.config, mail=mail)
    town.partnership = replace(town.partnership, config=town.config)
    town.sync(MONDAY)
    told = list(what(sent_by(town, Plan(dot="554 5.7.1 you look like spam"), authority)).values())
    assert told[:5] == ["refused"] * 5
    assert all("in a row were refused" in each for each in told[5:])


def test_a_kill_in_the_middle_of_a_run_sends_nobody_two_and_forgets_nobody(town, authority):
    plan = Plan()

    class Dying:
        def __init__(self, inner):
            self.inner, self.close, self.trace = inner, inner.close, inner.trace

        def send(self, envelope):
            self.inner.send(envelope)
            raise KeyboardInterrupt

    with serving(plan, authority) as settings, pytest.raises(KeyboardInterrupt):
        post(desk_of(town), transport=Dying(transport(settings)))
    assert len(plan.taken) == 1
    told = what(sent_by(town, plan, authority))
    assert sorted(told.values()) == ["held", "sent", "sent"]
    assert sorted(to(plan)) == [ANN, RUTH, TOM]


def test_a_stop_that_comes_in_the_middle_of_a_run_holds_for_whoever_is_still_to_be_sent_to(town, authority):
    plan = Plan()
    plan.before = lambda: ledger_of(town).stop(Stop(TOM, "2026-11-23T05:00:00", "asked", "Tom"))
    told = what(sent_by(town, plan, authority))
    assert told[TOM].startswith("nothing goes there any more: asked")
    assert TOM not in to(plan)
    assert TOM in town.texts("hub", "Mail stops")


def test_a_test_message_arrives_and_never_counts(town, authority):
    plan = Plan()
    with serving(plan, authority) as settings:
        for _ in range(2):
            assert post_test(desk_of(town), RUTH, transport=transport(settings)).status == "sent"
    assert ledger_of(town).entries() == ()
    got = [message_from_bytes(raw, policy=policy.default) for _, raw in plan.taken]
    assert [one["Subject"].startswith("Test: ") for one in got] == [True, True]
    assert set(what(sent_by(town, plan, authority)).values()) == {"sent"}


@pytest.mark.parametrize("address", ["x@evil.example", "ruth@marlbeck.example.evil.example", ANN.upper()])
def test_a_test_message_goes_nowhere_that_mail_may_not_go(town, address):
    add_stops(town.hub, [Stop(ANN, "2026-11-20T10:00:00", "asked", "Ann")], town.partnership.cache, run="r")
    with pytest.raises(UsageError, match="nothing may go"):
        post_test(desk_of(town), address)


def test_a_test_message_goes_to_nobody_who_objected_to_all_contact(town):
    ruth = row_of("Contacts", First_name="Ruth", Email=RUTH, Do_not_contact="All", Agency=COLLEGE)
    town.hub.insert_row("Contacts", 2, ["", *ruth])
    with pytest.raises(UsageError, match="not to be contacted"):
        post_test(desk_of(town), RUTH.upper())


def test_a_stop_adds_one_row_below_what_stands_there_and_only_once(town):
    town.hub.insert_row("Mail stops", 2, ["2026-11-01 09:00", "old@marlbeck.example", "asked", "Old"])
    before = town.hub.rows("Mail stops")
    stop = Stop(RUTH, "2026-11-20T10:00:00", "asked", "Ruth")
    cache = town.partnership.cache
    assert [add_stops(town.hub, [stop], cache, run=run) for run in ("1", "2")] == [1, 0]
    rows = town.hub.rows("Mail stops")
    assert rows[: len(before)] == before
    assert [row[1] for row in rows[len(before) :]] == [RUTH]


def test_a_stop_finds_its_columns_below_a_title_and_in_another_order(town):
    town.hub.delete_tab("Mail stops")
    town.hub.add_tab(
        "Mail stops", [["Do not write"], ["Email", "When", "By", "Why"], ["o@x.example", "", "", ""]]
    )
    ledger = ledger_of(town)
    ledger.stop(Stop(RUTH, "2026-11-20T10:00:00", "asked", "Ruth"))
    tell_stops(town.hub, ledger, town.partnership.cache, run="r")
    last = town.hub.rows("Mail stops")[-1]
    assert (last[0], last[2], last[3]) == (RUTH, "Ruth", "asked")


def test_a_sync_leaves_mail_stops_as_it_is(town):
    add_stops(town.hub, [Stop(RUTH, "2026-11-20T10:00:00", "asked", "Ruth")], town.partnership.cache, run="r")
    before = town.hub.rows("Mail stops")
    town.sync(MONDAY + timedelta(hours=1))
    assert town.hub.rows("Mail stops") == before


def test_the_sender_is_who_engage_toml_says(town):
    sender = sender_of(town.config)
    assert (sender.unsubscribe, sender.reply_to) == ("pat@marlbeck.example", "team@marlbeck.example")


def _busy(*_: object, **__: object) -> int:
    raise WorkbookBusy("somebody has it open", where="hub")

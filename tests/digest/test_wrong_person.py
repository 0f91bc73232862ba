"""No digest to anybody who asked for none, to no odd address, and from one machine only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.desk import open_desk
from engage.editions import post, preview
from engage.errors import DigestError, LeaseHeld
from engage.recipients import who_reads
from tests.partnership import COLLEGE, Town

from .test_editions import MONDAY, desk_of, messages, reader, talk

RUTH, TOM = "ruth@marlbeck.example", "tom@marlbeck.example"


def make_town(folder, *coordinators):
    town = Town(folder, Coordinators=coordinators, Engagements=[talk("17/11/2026")])
    mail = replace(
        town.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    town.config = replace(town.config, mail=mail)
    town.partnership = replace(town.partnership, config=town.config)
    town.sync(MONDAY)
    return town


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path, reader(), reader(Name="Tom", Email=TOM, Agency=COLLEGE))


def stop(town, words):
    town.hub.type("Mail stops", 2, town.hub.rows("Mail stops")[0].index("Email") + 1, words)


@pytest.mark.parametrize("words", [RUTH, "Ruth Hale <RUTH@Marlbeck.example>", f"x@y.example; {RUTH}"])
def test_a_mail_stop_holds_however_it_is_written(town, words):
    stop(town, words)
    post(desk_of(town))
    assert set(messages(town)) == {TOM}


def test_a_mail_stop_holds_in_a_hidden_tab_and_below_a_title(town):
    stop(town, RUTH)
    rows = town.hub.rows("Mail stops")
    town.hub.delete_tab("Mail stops")
    town.hub.add_tab("Mail stops", [["Do not write to"], *rows], hidden=True)
    post(desk_of(town))
    assert set(messages(town)) == {TOM}


@pytest.mark.parametrize("how", ["the heading", "the tab"])
def test_nothing_goes_out_while_nobody_can_see_who_asked_for_none(town, how):
    stop(town, RUTH)
    if how == "the tab":
        town.hub.delete_tab("Mail stops")
    else:
        town.hub.rename_heading("Mail stops", "Email", "Whom")
    with pytest.raises(DigestError, match="Mail stops"):
        post(desk_of(town))
    assert not town.config.mail.outbox.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "zoë@marlbeck.example",
        f"{RUTH}, x@marlbeck.example",
        "x@marlbeck.example.evil.example",
        "x@evil@marlbeck.example",
        f"{RUTH}\nBcc: x@evil.example",
        "ruth@mаrlbeck.example",
    ],
)
def test_an_odd_address_gets_none_and_keeps_nobody_else_from_theirs(tmp_path, typed):
    town = make_town(tmp_path, reader(Email=typed), reader(Name="Tom", Email=TOM))
    post(desk_of(town))
    assert set(messages(town)) == {TOM}
    assert len(who_reads(desk_of(town))[1]) == 1


def test_a_second_machine_may_look_but_sends_nothing(town, tmp_path):
    mail = replace(town.config.mail, outbox=tmp_path / "its outbox")
    config = replace(town.config, mail=mail, state=tmp_path / "its state")
    laptop = replace(town.partnership, config=config, machine="laptop")
    desk = open_desk(laptop, now=MONDAY + timedelta(hours=1))
    assert preview(desk, who_reads(desk)[0][:1])[0].exists()
    with pytest.raises(LeaseHeld, match="this-machine"):
        post(desk)
    assert not list(mail.outbox.glob("*.eml"))

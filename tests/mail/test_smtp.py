"""Every outcome of SMTP, played by a real server over TLS with a login."""

from __future__ import annotations

import smtplib
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from engage.config import Smtp
from engage.ledger import Ledger, Send
from engage.mail.delivering import deliver
from engage.mail.message import Letter, Sender, build_message
from engage.mail.smtp import as_sent
from engage.mail.standing import standing
from engage.mail.transport import Attempt, Envelope

from .servers import PASSWORD, SENDER, Plan, free_port, new_authority, serving, transport

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
RUTH, TOM = "ruth.hale@harwick.example", "tom.orme@harwick.example"


def envelope(address: str = RUTH, text: str = "Hello\n", name: str = "Ruth") -> Envelope:
    send = Send(address, "weekly", "2026-W47")
    letter = Letter(send, name, "The week", f"<p>{text}</p>", text, NOW)
    return Envelope(send, build_message(letter, Sender("Us", SENDER)), "")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(autouse=True)
def _quiet():
    """aiosmtpd warns of a login without STARTTLS, though its line is encrypted from the first byte."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
        yield


def tried(plan: Plan, authority, *, security: str = "starttls", **more) -> Attempt:
    with serving(plan, authority, security=security) as settings:
        way = transport(settings, **more)
        if plan.body:  # it hangs up before the dot: wait until that has arrived here
            way.listen_seconds = 5
        try:
            return way.send(envelope())
        finally:
            way.close()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_message_arrives_over_tls_as_it_was_written(authority, security):
    plan = Plan()
    assert tried(plan, authority, security=security).result == "sent"
    [(recipients, raw)] = plan.taken
    assert recipients == [RUTH]
    assert raw == envelope().message.as_bytes()


def test_one_line_serves_several_people_each_alone(authority):
    plan = Plan()
    with serving(plan, authority) as settings:
        way = transport(settings)
        assert [way.send(envelope(who)).result for who in (RUTH, TOM, RUTH)] == ["sent"] * 3
        way.close()
    assert [recipients for recipients, _ in plan.taken] == [[RUTH], [TOM], [RUTH]]
    assert plan.connections <= 2  # the controller itself looks in once


@pytest.mark.parametrize(
    ("reply", "result", "dead"),
    [
        ("550 5.1.1 no such person", "permanent", True),
        ("550 no such person", "permanent", True),
        ("550 5.2.1 this account is closed", "permanent", True),
        ("550 5.7.1 you may not write to this list", "permanent", False),
        ("552 5.2.2 the mailbox is full", "permanent", False),
        ("450 4.2.0 greylisted, come back later", "temporary", False),
        ("452 4.2.2 the mailbox is full", "temporary", False),
        ("554 5.7.1 <x>: Relay access denied", "configuration", False),
        ("554 5.7.1 <us@x.example>: Sender address rejected: not you", "configuration", False),
        ("550 5.1.8 no such sender", "configuration", False),
        ("530 5.7.0 sign in first", "configuration", False),
    ],
)
def test_what_a_refused_recipient_means(authority, reply, result, dead):
    attempt = tried(Plan(rcpt={RUTH: reply}), authority)
    assert (attempt.result, attempt.dead) == (result, dead)
    assert reply.partition(" ")[2][:20] in attempt.why


def test_a_refused_person_costs_nobody_else_their_message(authority):
    plan = Plan(rcpt={RUTH: "550 5.1.1 no such person", "x@harwick.example": "hang up"})
    with serving(plan, authority) as settings:
        way = transport(settings)
        results = [way.send(envelope(who)).result for who in (RUTH, "x@harwick.example", TOM)]
        way.close()
    assert results == ["permanent", "temporary", "sent"]
    assert [recipients for recipients, _ in plan.taken] == [[TOM]]


@pytest.mark.parametrize(
    ("plan", "result"),
    [
        (Plan(data="451 4.3.0 not now"), "temporary"),
        (Plan(data="554 5.3.4 too big"), "permanent"),
        (Plan(data="hang up"), "temporary"),
        (Plan(body="hang up"), "temporary"),
        (Plan(body="421 4.3.2 going down"), "temporary"),
        (Plan(dot="451 4.7.1 greylisted after reading"), "temporary"),
        (Plan(dot="554 5.6.0 we do not like it"), "permanent"),
        (Plan(dot="530 5.7.0 sign in first"), "configuration"),
        (Plan(dot="hang up"), "unknown"),
        (Plan(dot="354 what now"), "unknown"),
        (Plan(mail="550 5.7.1 you may not send as this address"), "configuration"),
        (Plan(mail="451 4.3.0 try later"), "temporary"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.mail}{value.data}{value.body}{value.dot}",
)
def test_what_the_server_does_at_each_stage_has_one_outcome(authority, plan, result):
    attempt = tried(plan, authority)
    assert attempt.result == result
    assert not attempt.dead
    assert len(plan.taken) == (plan.dot == "hang up")


def test_a_server_that_never_answers_the_final_dot_leaves_it_unknown(authority):
    import threading  # noqa: PLC0415

    go_on = threading.Event()
    plan = Plan(before=lambda: go_on.wait(5) and None)
    with serving(plan, authority) as settings:
        way = replace(transport(settings), answer_seconds=0.2)
        attempt = way.send(envelope())
        go_on.set()
        way.close()
    assert attempt.result == "unknown"


def test_a_wrong_password_stops_everything_and_is_said(authority):
    attempt = tried(Plan(), authority, password="wrong")
    assert (attempt.result, attempt.ends_run) == ("configuration", True)
    assert "sign in" in attempt.why
    assert PASSWORD not in attempt.why


def test_no_password_at_all_is_the_configuration(authority, monkeypatch):
    monkeypatch.setattr("keyring.get_password", lambda *_: None)
    attempt = tried(Plan(), authority, password="")
    assert attempt.result == "configuration"
    assert "no password" in attempt.why


def test_a_password_with_an_accent_is_said_and_crashes_nothing(authority):
    assert tried(Plan(), authority, password="café").result == "configuration"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_somebody_else_stops_everything_and_nothing_is_told_to_them(
    authority, tmp_path, security
):
    plan = Plan()
    with serving(plan, authority, security=security) as settings:
        way = transport(replace(settings, ca_file=new_authority(tmp_path).file))
        attempt = way.send(envelope())
    assert (attempt.result, plan.taken) == ("configuration", [])
    assert "certificate" in attempt.why


def test_a_certificate_for_another_name_is_not_taken(authority):
    with serving(Plan(), authority, name="mail.other.example") as settings:
        assert transport(settings).send(envelope()).result == "configuration"


def test_a_server_without_encryption_gets_neither_password_nor_message(authority):
    plan = Plan(auth=False)
    with serving(plan, authority, security="bare") as settings:
        attempt = transport(replace(settings, user="engage")).send(envelope())
    assert (attempt.result, plan.taken) == ("configuration", [])


def test_the_wrong_port_is_the_configuration(authority):
    with serving(Plan(auth=False), authority, security="bare") as settings:
        attempt = transport(replace(settings, security="tls")).send(envelope())
    assert attempt.result == "configuration"


def test_a_server_that_is_not_there_is_tried_again_later(authority):
    attempt = transport(Smtp("127.0.0.1", free_port(), "starttls")).send(envelope())
    assert (attempt.result, attempt.ends_run) == ("temporary", True)


def test_checking_signs_in_and_sends_nothing(authority):
    plan = Plan()
    with serving(plan, authority) as settings:
        assert transport(settings).check().result == "sent"
        assert transport(settings, password="wrong").check().result == "configuration"
    assert plan.taken == []


@pytest.mark.parametrize(
    "nasty",
    [
        "Ruth\r\n.\r\nMAIL FROM:<x@evil.example>\r\nRCPT TO:<x@evil.example>\r\nDATA\r\n",
        "Ruth\n.\nRCPT TO:<x@evil.example>",
        "..\r\n.\r\n",
        "=?utf-8?q?Hi=0ABcc:_x@evil.example?=",
    ],
)
def test_no_cell_speaks_to_the_server_or_adds_a_reader(authority, nasty):
    plan = Plan()
    with serving(plan, authority) as settings:
        way = transport(settings)
        letter = Letter(Send(RUTH, "weekly", "2026-W47"), nasty, nasty, f"<p>{nasty}</p>", nasty, NOW)
        message = build_message(letter, Sender("Us", SENDER))
        assert way.send(Envelope(letter.send, message, "")).result == "sent"
        way.close()
    [(recipients, raw)] = plan.taken
    assert recipients == [RUTH]
    got = message_from_bytes(raw, policy=policy.default)
    assert got["Bcc"] is None
    assert got.get_body(("plain",)).get_content().split() == nasty.split()


class Killed(BaseException):
    """The process is gone; nothing catches it."""


@pytest.mark.parametrize("word", range(18))
def test_a_run_cut_off_at_any_word_of_the_conversation_sends_no_second_one_and_forgets_nobody(
    authority, tmp_path, monkeypatch, word
):
    plan, ledger = Plan(), Ledger(tmp_path / "ledger.sqlite")
    with serving(plan, authority) as settings:
        with monkeypatch.context() as patched:
            cut_off_at(patched, word)
            reached = not delivered(settings, ledger)
        later = [delivered(settings, ledger) for _ in range(2)]
    assert reached, "the conversation has fewer words"
    held = [entry.send for entry in standing(ledger.entries()).held]
    assert len(plan.taken) <= 1
    assert later[1] in ("already", "held")
    assert len(plan.taken) == 1 or len(held) == 1


def delivered(settings: Smtp, ledger: Ledger) -> str:
    """What became of the one message; "" if the run was cut off."""
    way, one = transport(settings), envelope()
    try:
        domains = frozenset({"harwick.example"})
        return deliver(one, transport=way, ledger=ledger, now=NOW, allowed=domains).status
    except Killed:
        return ""
    finally:
        way._line = None  # no QUIT: a process that is gone says nothing more


def cut_off_at(patched: pytest.MonkeyPatch, word: int) -> None:
    """From the word-th thing said or heard on the line on, nothing happens any more."""
    left = [word]

    def until(act):
        def done(line, *args):
            left[0] -= 1
            if left[0] < 0:
                line.sock.close()
                raise Killed
            return act(line, *args)

        return done

    patched.setattr(smtplib.SMTP, "send", until(smtplib.SMTP.send))
    patched.setattr(smtplib.SMTP, "getreply", until(smtplib.SMTP.getreply))


def test_a_line_that_begins_with_a_dot_gets_another():
    assert as_sent(b".one\r\ntwo\r\n..\r\n.") == b"..one\r\ntwo\r\n...\r\n..\r\n"

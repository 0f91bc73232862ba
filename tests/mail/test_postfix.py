"""Every outcome once more, by a second server that nobody here wrote: Postfix, over TLS with a login."""

from __future__ import annotations

import time
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from engage.mail.transport import Attempt

from .postfix import DOMAIN, LARGEST, Running, running, why_not
from .servers import new_authority, transport
from .test_smtp import envelope

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
    pytest.mark.xdist_group("postfix"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(new_authority(tmp_path_factory.mktemp("ca"))) as found:
        yield found


def tried(settings, name: str, *, sender: str = "", text: str = "Hello\n", **more) -> Attempt:
    way = transport(settings, **more)
    way.sender = sender or way.sender
    try:
        return way.send(envelope(f"{name}@{DOMAIN}", text))
    finally:
        way.close()


@pytest.mark.parametrize("kind", ["settings", "tls", "without"])
def test_postfix_takes_a_message(server, kind):
    attempt = tried(getattr(server, kind), "tom")
    assert attempt.result == "sent", attempt.why
    assert "queued as" in attempt.why


def test_a_message_is_delivered_as_it_was_written_lines_of_dots_and_all(server):
    text = ".\n..\n. dot\nFrom here on\n" + "é" * 300 + "\n"
    assert tried(server.settings, "ruth", text=text).result == "sent"
    got = message_from_bytes(delivered(server, "ruth"), policy=policy.default)
    assert got["Delivered-To"] == f"ruth@{DOMAIN}"
    assert got["Bcc"] is None
    assert got.get_body(("plain",)).get_content() == text


@pytest.mark.parametrize(
    ("name", "result", "dead"),
    [
        ("nobody", "permanent", True),
        ("grey", "temporary", False),
        ("full", "temporary", False),
        ("nodata", "permanent", False),
        ("spam", "permanent", False),
        ("later", "temporary", False),
    ],
)
def test_what_postfix_refuses_at_each_stage(server, name, result, dead):
    attempt = tried(server.settings, name)
    assert (attempt.result, attempt.dead) == (result, dead), attempt.why


def test_relaying_denied_is_the_configuration(server):
    way = transport(server.without)
    attempt = way.send(envelope("ruth@elsewhere.example"))
    way.close()
    assert (attempt.result, attempt.ends_run) == ("configuration", True)
    assert "Relay access denied" in attempt.why


def test_a_sender_that_is_refused_is_the_configuration(server):
    attempt = tried(server.settings, "ruth", sender=f"stranger@{DOMAIN}")
    assert (attempt.result, attempt.dead) == ("configuration", False), attempt.why


def test_a_message_that_is_too_big_is_refused_for_this_person_alone(server):
    attempt = tried(server.settings, "ruth", text="long " * LARGEST)
    assert (attempt.result, attempt.dead) == ("permanent", False), attempt.why


def test_a_wrong_password_is_the_configuration(server):
    attempt = tried(server.settings, "ruth", password="wrong")
    assert attempt.result == "configuration"
    assert "sign in" in attempt.why


def test_a_certificate_that_is_not_trusted_or_for_another_name_is_not_taken(server, tmp_path):
    stranger = replace(server.settings, ca_file=new_authority(tmp_path).file)
    other_name = replace(server.settings, host="localhost")
    for settings in (stranger, other_name):
        attempt = tried(settings, "ruth")
        assert attempt.result == "configuration"
        assert "certificate" in attempt.why


def test_tls_from_the_first_byte_where_starttls_is_spoken_is_the_configuration(server):
    assert tried(replace(server.settings, security="tls"), "ruth").result == "configuration"


def test_one_refused_reader_costs_the_next_on_the_same_line_nothing(server):
    way = transport(server.settings)
    results = [way.send(envelope(f"{name}@{DOMAIN}")).result for name in ("nobody", "spam", "tom")]
    way.close()
    assert results == ["permanent", "permanent", "sent"]


def delivered(server: Running, name: str) -> bytes:
    """The one message in a mailbox; Postfix delivers a moment after it has answered."""
    until = time.monotonic() + 20
    while not server.delivered(name) and time.monotonic() < until:
        time.sleep(0.02)
    (raw,) = server.delivered(name)
    return raw

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.config_keys import LONGEST_PAGE
from engage.errors import MailError
from engage.ledger import Send
from engage.mail.message import Letter, Sender, build_message, header_text
from engage.mail.one_click import OneClick, token_for

WHEN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SENDER = Sender("Harwick & Dale Skills Partnership", "digest@harwick.example")
SEND = Send("ruth.hale@harwick.example", "weekly", "2026-W47")


def letter(**more: str) -> Letter:
    said = {"name": "Ruth Hale", "subject": "The week", "html": "<p>Hello</p>", "text": "Hello\n", **more}
    return Letter(send=SEND, when=WHEN, **said)


def headers_of(raw: bytes) -> list[str]:
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    return [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith((" ", "\t"))]


def test_a_message_says_that_it_is_automatic_and_how_to_stop_it():
    message = build_message(letter(), SENDER)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "<weekly-digest.harwick.example>"
    assert message["List-Unsubscribe"] == "<mailto:digest@harwick.example?subject=pause>"
    assert message["List-Unsubscribe-Post"] is None


def test_one_click_unsubscribing_is_offered_where_there_is_a_web_page_for_it():
    page = OneClick("https://harwick.example/stop?t={token}", b"k" * 32)
    message = build_message(letter(), Sender("Us", "digest@harwick.example", one_click=page))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = message.as_bytes().replace(b"\r\n ", b" ")
    mine = f"<https://harwick.example/stop?t={token_for(SEND.address, page.key)}>"
    assert f"List-Unsubscribe: <mailto:digest@harwick.example?subject=pause>, {mine}".encode() in raw


def test_the_longest_page_that_may_be_written_into_engage_toml_comes_out_whole():
    page = "https://h.example/" + "x" * (LONGEST_PAGE - 25) + "{token}"
    assert len(page) == LONGEST_PAGE
    raw = build_message(letter(), Sender("Us", "d@h.example", one_click=OneClick(page, b"k" * 32))).as_bytes()
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]


def test_a_message_has_its_text_first_then_its_page_whole():
    text, html = "Tab\tend \n.\nFrom here: =?x?= é\n", "<p>" + "é=" * 500 + "</p>"
    raw = build_message(letter(text=text, html=html), SENDER).as_bytes().replace(b"\r\n", b"\n")
    got = message_from_bytes(raw, policy=policy.default)
    parts = list(got.iter_parts())
    assert (got["MIME-Version"], got.get_content_type()) == ("1.0", "multipart/alternative")
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content() for part in parts] == [text, html + "\n"]
    assert [part["Content-Transfer-Encoding"] for part in parts] == ["quoted-printable"] * 2


def test_the_same_letter_makes_the_same_bytes():
    assert build_message(letter(), SENDER).as_bytes() == build_message(letter(), SENDER).as_bytes()


def test_another_week_has_another_message_id():
    other = Letter(Send(SEND.address, "weekly", "2026-W48"), "Ruth", "s", "<p>", "t", WHEN)
    assert build_message(other, SENDER)["Message-ID"] != build_message(letter(), SENDER)["Message-ID"]


@pytest.mark.parametrize(
    "nasty",
    [
        "Hi\r\nBcc: everybody@evil.example",
        "=?utf-8?q?Hi=0ABcc:_x@evil.example?=",
        "=?utf-8?b?SGkKQmNjOiB4QGV2aWwuZXhhbXBsZQ==?=",
        "==??utf-8?q?Hi=0ABcc:_x@evil.example??==",
        "Hi\u2028Bcc: x@evil.example",
        "Hi\x00\x0bBcc: x@evil.example",
    ],
)
@pytest.mark.parametrize("place", ["subject", "name"])
def test_a_cell_cannot_add_a_header(nasty, place):
    raw = build_message(letter(**{place: nasty}), SENDER).as_bytes()
    assert "Bcc" not in headers_of(raw)
    assert headers_of(raw).count("To") == 1
    parsed = message_from_bytes(raw, policy=policy.default)
    assert parsed["Bcc"] is None
    assert [one.addr_spec for one in parsed["To"].addresses] == [SEND.address]


@pytest.mark.parametrize("nasty", ["<x@evil.example>", '"Boss" <x@evil.example>', "a, b; c: d", "x" * 900])
@pytest.mark.parametrize("place", ["name", "sender"])
def test_a_name_beside_an_address_never_reads_as_another_address(nasty, place):
    said = f"{nasty} <script>alert(1)</script><img src=x onerror=alert(1)> {nasty}"
    name, sender = (said, SENDER) if place == "name" else ("Ruth", replace(SENDER, name=said))
    got = message_from_bytes(build_message(letter(name=name), sender).as_bytes(), policy=policy.default)
    assert [one.addr_spec for one in got["To"].addresses] == [SEND.address]
    assert [one.addr_spec for one in got["From"].addresses] == [SENDER.address]


@given(st.text(max_size=300))
def test_no_text_at_all_adds_a_header_or_an_encoded_word(text):
    line = header_text(text)
    assert "=?" not in line
    assert line.isprintable() or not line.isascii()
    raw = build_message(letter(subject=text, name=text), SENDER).as_bytes()
    to = message_from_bytes(raw, policy=policy.default)["To"]
    assert [one.addr_spec for one in to.addresses] == [SEND.address]
    plain = headers_of(build_message(letter(), SENDER).as_bytes())
    assert [name for name in headers_of(raw) if name not in {"To", "Subject"}] == [
        name for name in plain if name not in {"To", "Subject"}
    ]


def test_long_lines_of_html_go_out_as_quoted_printable():
    html = "<p>" + "é" * 5000 + "</p>"
    raw = build_message(letter(html=html), SENDER).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    parsed = message_from_bytes(raw, policy=policy.default)
    page = parsed.get_body(("html",))
    assert page is not None
    assert page["Content-Transfer-Encoding"] == "quoted-printable"
    assert page.get_content().strip() == html


@pytest.mark.parametrize(
    "address", ["ruth", "a@b", "a b@c.example", "a@c.example\nBcc: x@y.example", "<a@c.example>", ""]
)
def test_what_is_no_address_is_refused(address):
    bad = Letter(Send(address, "weekly", "2026-W47"), "Ruth", "s", "h", "t", WHEN)
    with pytest.raises(MailError, match="not an e-mail address"):
        build_message(bad, SENDER)


def test_an_unsubscribe_address_that_python_would_mangle_is_refused():
    with pytest.raises(MailError, match="longer than"):
        build_message(letter(), Sender("Us", "d@h.example", unsubscribe="x" * 60 + "@h.example"))

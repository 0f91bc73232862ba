from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engage.digest.look import PNG
from engage.mail.message import build_message
from engage.mail.wire import as_bytes

from .test_message import SENDER, letter

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(texts, texts, texts, st.sampled_from([b"", PNG + b"\r\n\x00picture"]))
def test_the_bytes_that_leave_are_those_of_the_email_package(html, text, subject, logo):
    message = build_message(replace(letter(html=html, text=text, subject=subject), logo=logo), SENDER)
    assert as_bytes(message) == message.as_bytes()


def test_every_line_ends_as_mail_servers_want_it():
    raw = as_bytes(build_message(letter(html="<p>\nHello\r\n</p>\r", text="a\n\nb"), SENDER))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")

"""A digest as an e-mail message: headers that cannot be bent, text and HTML in quoted-printable."""

from __future__ import annotations

import re
import unicodedata
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime
from functools import lru_cache
from typing import cast

from engage.errors import MailError
from engage.ledger import Send
from engage.mail.one_click import OneClick
from engage.mail.wire import folded
from engage.model import fingerprint

LOGO = "logo@digest"  # as digest/look.py names it in the page
LONGEST_SUBJECT = 180
LONGEST_TOKEN = 76  # longer ones are folded into =?utf-8?q? by Python, which kills one-click unsubscribing
LONGEST_NAME = 60
_APART = re.compile(r'[<>()\[\]\\,;:@"]')
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes.

    unsubscribe: whom to write to for no more of it, reply_to: who gets the answers ("" is the sender's own
    address). one_click: the web page that stops it, None where there is none.
    """

    name: str
    address: str
    unsubscribe: str = ""
    one_click: OneClick | None = None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is to get. when: an aware time, for the Date header. logo: a PNG that the page shows as
    cid:logo@digest, b"" for none."""

    send: Send
    name: str
    subject: str
    html: str
    text: str
    when: datetime
    logo: bytes = b""


def build_message(letter: Letter, sender: Sender) -> EmailMessage:
    """The message. The same letter always makes the same bytes, with the same Message-ID.

    Raises MailError if an address is not one, or a list header would come out mangled.
    """
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(letter, sender):
        message[name] = value
    _check(message)
    message["MIME-Version"] = _header("MIME-Version", "1.0")
    boundary = f"=_{fingerprint(letter.send.address)}{fingerprint(letter.send.period)}"
    message["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    message.attach(_part("plain", letter.text))
    page = _part("html", letter.html)
    message.attach(_with_logo(page, letter.logo) if letter.logo else page)
    return message


def _headers(letter: Letter, sender: Sender) -> Iterator[tuple[str, BaseHeader]]:
    yield "From", _address("From", sender.name, sender.address)
    yield "To", _address("To", letter.name, letter.send.address)
    if sender.reply_to:
        yield "Reply-To", _address("Reply-To", "", sender.reply_to)
    texts = {
        "Subject": header_text(letter.subject)[:LONGEST_SUBJECT],
        "Date": format_datetime(letter.when),
        "Message-ID": message_id(letter.send, sender),
        **_list_headers(letter.send, sender),
    }
    yield from ((name, _header(name, text)) for name, text in texts.items())


@lru_cache(maxsize=256)  # most of them stand in every message of a morning
def _header(name: str, text: str) -> BaseHeader:
    return cast(BaseHeader, SMTP.header_store_parse(name, text)[1])


def _part(subtype: str, text: str) -> EmailMessage:
    """A text in quoted-printable, which binascii makes twenty times as fast as the email package does.

    Its headers are our own words: under compat32 nothing reads them again.
    """
    part = EmailMessage(policy=compat32)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    part.set_payload(b2a_qp(lines.encode("utf-8")).decode("ascii"))
    return part


def _with_logo(page: EmailMessage, logo: bytes) -> EmailMessage:
    """The page and the picture in it, as one part that mail programs show without fetching anything."""
    both = EmailMessage(policy=SMTP)
    both["Content-Type"] = 'multipart/related; type="text/html"'
    picture = EmailMessage(policy=SMTP)
    picture.set_content(logo, "image", "png", cid=f"<{LOGO}>", disposition="inline", filename="logo.png")
    both.attach(page)
    both.attach(picture)
    both.set_boundary(f"=_{fingerprint(logo.hex())}related")
    return both


def is_plain_address(text: str) -> bool:
    """Whether a text is one address that a message can be sent to, and nothing else."""
    return bool(_PLAIN_ADDRESS.fullmatch(text))


def header_text(text: str) -> str:
    """A cell's text as a header may carry it: one line, no control characters, no encoded word in it.

    "=?utf-8?q?Hi=0ABcc:_x@evil?=" is decoded by Python 3.11 into a Bcc line of its own; broken, it is text.
    """
    line = "".join(
        " " if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text
    )
    while "=?" in line or "?=" in line:
        line = line.replace("=?", "= ?").replace("?=", "? =")
    return " ".join(line.split())


def display_name(text: str) -> str:
    """A name beside an address, without the signs that part addresses: folding loses their quotes."""
    return " ".join(_APART.sub(" ", header_text(text)).split())[:LONGEST_NAME]


def message_id(send: Send, sender: Sender) -> str:
    """The same for the same person, edition and period, so that a message can be traced."""
    return f"<{send.edition}.{send.period}.{fingerprint('|'.join(send.key))}@{_domain(sender.address)}>"


def _list_headers(send: Send, sender: Sender) -> dict[str, str]:
    ways = [f"<mailto:{sender.unsubscribe or sender.address}?subject=pause>"]
    headers = {
        "List-Id": f"<{send.edition}-digest.{_domain(sender.address)}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if sender.one_click is not None:
        ways.append(f"<{sender.one_click.link(send.address)}>")
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    too_long = next((way for way in ways if len(way) > LONGEST_TOKEN), "")
    if too_long:
        raise MailError(
            f"the address for unsubscribing is longer than {LONGEST_TOKEN} characters: {too_long}",
            where="engage.toml, [mail]",
            fix="give a shorter one; mail programs do not understand it otherwise",
        )
    return {**headers, "List-Unsubscribe": ", ".join(ways)}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


@lru_cache(maxsize=64)  # the sender's is in every message
def _address(header: str, name: str, address: str) -> BaseHeader:
    try:
        if not _PLAIN_ADDRESS.fullmatch(address):
            raise ValueError(address)
        whom = Address(display_name(name), addr_spec=address)
        return cast(BaseHeader, SMTP.header_store_parse(header, whom)[1])
    except (ValueError, MessageError, IndexError) as error:
        raise MailError(
            f'"{header_text(address)}" is not an e-mail address',
            where="Coordinators, or [mail] in engage.toml",
            fix="correct it; nothing was sent to it",
        ) from error


def _check(message: EmailMessage) -> None:
    """The list headers as they will leave, folded, must not hold an encoded word."""
    lists = [(name, value) for name, value in message.raw_items() if name.startswith("List-")]
    if any(b"=?" in folded(name, value) for name, value in lists):
        raise MailError(
            "the headers for unsubscribing would come out mangled",
            where="engage.toml, [mail]",
            fix="use short addresses without accents there",
        )

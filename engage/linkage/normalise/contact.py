"""Phones and emails as evidence: E.164, personal or shared mailbox, whose domain it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .words import person_words

if TYPE_CHECKING:
    from tldextract import TLDExtract

_E164 = re.compile(r"^\+\d{8,15}$")
_EMAIL = re.compile(r"[a-z0-9._%+'&-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PHONES = re.compile(r"\s*[;/\n|,]\s*|\s+or\s+", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read_phones(cell: str, country: str = "GB") -> tuple[str, ...]:
    """Every phone number in a cell as E.164, extensions cut; what is no possible number is left out."""
    found = (_phone(piece.strip(), country) for piece in _PHONES.split(cell))
    return tuple(dict.fromkeys(number for number in found if number))


def _phone(text: str, country: str) -> str:
    if _E164.match(text):
        return text
    if sum(letter.isdigit() for letter in text) < 7:
        return ""
    import phonenumbers  # noqa: PLC0415 - large tables: only when a cell was not read before us

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(phone: str) -> bool:
    """True for a UK mobile in E.164 (07…, without 070 personal and 076 pagers)."""
    return phone.startswith("+447") and phone[4:5] not in {"0", "6"}


@lru_cache(maxsize=65536)
def read_emails(cell: str) -> tuple[str, ...]:
    """Every address in a cell, lower-case, in order."""
    return tuple(dict.fromkeys(_EMAIL.findall(cell.casefold())))


def is_shared_mailbox(email: str) -> bool:
    """True for info@, hr@, learning@ …: a mailbox of a firm, not of a person."""
    local = re.split(r"[.+_-]", email.partition("@")[0])
    return any(part in person_words().shared_mailboxes for part in local[:1]) or not any(local)


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract  # noqa: PLC0415 - reads its suffix list: only when there are emails

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def domain_of(address: str) -> str:
    """The registered domain of an email or a web address; "" for free mail and for what has none."""
    host = re.sub(r"^[a-z]+://", "", address.casefold().strip()).rpartition("@")[2]
    host = re.split(r"[/?#:\s]", host)[0].strip(".")
    if "." not in host:
        return ""
    registered = _extract()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])
    return "" if registered in person_words().free_mail else registered


def domain_label(domain: str) -> str:
    """The part of a domain that says whose it is: "peak-side.co.uk" → "peakside"."""
    return domain.partition(".")[0].replace("-", "")

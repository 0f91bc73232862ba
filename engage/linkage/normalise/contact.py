"""Phones, emails and web addresses as evidence: whose line, mailbox and domain it is.

Cells are read by engage/register, so that linkage understands what a person is shown as understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engage.register import email, phone
from engage.register.text import split_several

from .text import within_one_edit

if TYPE_CHECKING:
    from tldextract import TLDExtract


def read_phones(cell: str, country: str = "GB") -> tuple[str, ...]:
    """Every phone number in a cell as E.164; what is no possible number is left out."""
    text = cell if country == "GB" else cell.replace("/", " ")  # "212/307-7311" is one number
    return tuple(
        dict.fromkeys(found.e164 for found in phone.find_phones(text, country=country) if found.e164)
    )


def read_emails(cell: str) -> tuple[str, ...]:
    """Every address in a cell, lower-case, in order."""
    return split_several(email.read_emails(cell).clean)


def is_mobile(number: str) -> bool:
    """True for a UK mobile in E.164 (07…, without 070 personal and 076 pagers)."""
    return number.startswith("+447") and number[4:5] not in {"0", "6"}


# Numbers that Ofcom and the North American plan keep for drama stand in samples one after the other.
_DRAMA = re.compile(r"\+44(?:1632960|7700900|[1-9]{2,3}4960|2079460)|\+1[0-9]{3}55501")


def one_digit_apart(ones: Iterable[str], others: Collection[str]) -> bool:
    """True when two of these numbers (E.164) are one but for a digit: a firm's next line, or a slip."""
    near = (one for one in ones for other in others if within_one_edit(one, other))
    return not all(map(_DRAMA.match, near))


def answered_apart(ones: Collection[str], others: Collection[str]) -> bool:
    """True when two firms' numbers tell them apart: both give landlines, or mobiles, and none that is the
    other's or its next. A mobile and a landline are one firm's as often as not.
    """
    if not {*ones}.isdisjoint(others):
        return False
    return of_a_kind_apart(ones, others) and not one_digit_apart(ones, others)


def of_a_kind_apart(ones: Collection[str], others: Collection[str]) -> bool:
    """True when both give mobiles, or both landlines, and of that kind none in common."""
    mobiles = [{*filter(is_mobile, numbers)} for numbers in (ones, others)]
    lines = [{*numbers} - own for numbers, own in zip((ones, others), mobiles, strict=True)]
    return any(one and other and not one & other for one, other in (mobiles, lines))


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract  # noqa: PLC0415 - reads its suffix list: only when there are emails

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


# Mail services of a whole public sector: a mailbox there says who somebody is, never whom they work for.
# NHSmail is for all who provide health and social care, also GPs, pharmacies and care homes (NHS England);
# CJSM for all in criminal justice, also solicitors and charities (Ministry of Justice).
_OF_A_SECTOR = frozenset({"nhs.net", "cjsm.net"})


@lru_cache(maxsize=65536)
def domain_of(address: str) -> str:
    """The registered domain of an email or a web address; "" for free mail, a whole sector's, and none."""
    host = re.sub(r"^[a-z]+://", "", address.casefold().strip()).rpartition("@")[2]
    host = re.split(r"[/?#:\s]", host)[0].strip(".")
    if "." not in host:
        return ""
    registered = _extract()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])
    return "" if email.is_free_mail(registered) or registered in _OF_A_SECTOR else registered


def domain_label(domain: str) -> str:
    """The part of a domain that says whose it is: "peak-side.co.uk" → "peakside"."""
    return domain.partition(".")[0].replace("-", "")

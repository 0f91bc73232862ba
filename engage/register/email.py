"""Email addresses: several in a cell, with names, brackets and mailto: around them."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Doubt, Reading
from engage.register.text import join_several, squash, word_set

_ADDRESS = re.compile(
    r"[\w!#$%&'*+=?^{|}~-]+(?:\.[\w!#$%&'*+=?^{|}~-]+)*@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}"
)
_BREAKS = re.compile(r"[;,/|<>()\[\]\"\s]+|\bmailto:", re.IGNORECASE)
# "w.rees meadowgate.example": a mailbox with a dot in it is no word of a sentence.
_WITHOUT_AT = re.compile(r"(\w+(?:\.\w+)+) ((?!www\.)(?:[^\W_][\w-]*\.)+[^\W\d_]{2,24})")
_AROUND_AT = re.compile(r"\s*@\s*")
_SHARED = re.compile(
    r"(?:info|office|hello|enquir(?:y|ies)|inquiries|admin|reception|sales|hr|jobs|recruitment|careers|learning"
    r"|training|accounts|contact|contactus|mail|post|team|general|bookings|apprenticeships|marketing|apprentices"
    r"|people|support|help|manager|secretary|head|payroll|customerservices?|ask|email|press|operations|services?"
    r"|school|hi|theteam|events?|hire|orders|returns|customercare|clerk|treasurer|chair|noemail|noreply|no-reply|nomail"
    r"|stores?|shop|franchis(?:e|es|ing)|kitchen|matron|surgery|practice|parish|ledgers?|finance|invoices?|payments?"
    r"|remittances?|purchasing|volunteers?|grants?|fundraising|membership)[0-9._-]*"
)
_FREE = word_set(
    """
    gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk msn.com yahoo.com
    yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com aol.co.uk btinternet.com
    btopenworld.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
    plusnet.com proton.me protonmail.com mail.com gmx.com gmx.co.uk zoho.com fastmail.com
    """
)
# Free mail too, but so seldom met, or so short, that a firm's own domain one letter off is no slip for it.
_SELDOM_FREE = word_set(
    """
    btconnect.com tiscali.com o2.co.uk plus.com orange.net fsnet.co.uk freeserve.co.uk wanadoo.co.uk
    lineone.net supanet.com zen.co.uk pm.me hotmail.fr uwclub.net talk21.com onetel.com tesco.net aim.com
    outlook.co.uk hotmail.org mailbox.org tutanota.com
    """
)
_ENDINGS = {
    ".con": ".com", ".cmo": ".com", ".vom": ".com", ".comm": ".com", ".co.k": ".co.uk", ".co.u": ".co.uk",
    ".couk": ".co.uk", ".co.ukk": ".co.uk", ".co.ul": ".co.uk", ".orguk": ".org.uk", ".gov.k": ".gov.uk",
    ".acuk": ".ac.uk",
}  # fmt: skip
_COMMA_FOR_DOT = re.compile(
    r"(?<=@)[\w.,-]*,(?:com?|uk|org|net|gov|ac)\b(?:[.,]uk\b)?|(?<=\bco),uk\b", re.IGNORECASE
)


@lru_cache(maxsize=65536)
def read_emails(text: str) -> Reading:
    """Every address of a cell in lower case, joined by "; ".

    A piece that should be an address and is none is a doubt, and so is a domain that looks mistyped (the
    address is kept as typed).
    """
    joined = _AROUND_AT.sub("@", squash(text))
    if comma := _comma_for_dot(joined):
        return Reading(
            "", (Doubt("bad-email", "There is a comma where a dot should be.", "Type a dot.", comma),)
        )
    if without_at := _WITHOUT_AT.fullmatch(squash(text).lower()):
        meant = "@".join(without_at.groups())
        return Reading("", (Doubt("bad-email", "The @ is missing.", "Put it in.", meant),))
    pieces = [piece.strip(".:'-").lower() for piece in _BREAKS.split(joined)]
    good = [piece for piece in pieces if _ADDRESS.fullmatch(piece)]
    bad = [piece for piece in pieces if "@" in piece and piece not in good]
    doubts: list[Doubt] = []
    if bad or not good:
        doubts.append(Doubt("bad-email", _wrong(bad), _TYPE_AGAIN, "" if good else _mended(joined)))
    fixed = [suggest_address(address) or address for address in good]
    if fixed != good:
        what, meant = "The part after the @ looks mistyped.", join_several(fixed)
        doubts.append(Doubt("email-typo", what, "Check it and put it right.", meant))
    return Reading(join_several(good), tuple(doubts))


_TYPE_AGAIN = "Type it again, like jo@firm.co.uk, or move what it says to the notes."


def _wrong(bad: list[str]) -> str:
    return (
        f"{' and '.join(bad)} is not an email address." if bad else "There is no email address in this cell."
    )


def _mended(text: str) -> str:
    """What "jo (at) firm dot example" or a slip in the ending means; "" if it is neither."""
    if (ending := suggest_address(text.lower())) and _ADDRESS.fullmatch(ending):
        return ending
    mended = re.sub(r"\s*[(\[]\s*at\s*[)\]]\s*", "@", text.lower())
    mended = re.sub(r"\s*[(\[]?\bdot\b[)\]]?\s*", ".", mended)
    mended = re.sub(r"\.{2,}", ".", mended.replace(" ", ""))
    return mended if _ADDRESS.fullmatch(mended) else ""


def _comma_for_dot(text: str) -> str:
    mended = _COMMA_FOR_DOT.sub(lambda match: match[0].replace(",", "."), text).lower()
    return mended if mended != text.lower() and _ADDRESS.fullmatch(mended) else ""


def suggest_address(address: str) -> str:
    """The address with a likely slip in its domain put right (gmial.com, .co.k); "" if none is seen."""
    local, _, domain = address.partition("@")
    for ending, right in _ENDINGS.items():
        if domain.endswith(ending):
            return f"{local}@{domain.removesuffix(ending)}{right}"
    meant = _free_mail_meant(domain)
    return f"{local}@{meant}" if meant else ""


@lru_cache(maxsize=16384)
def _free_mail_meant(domain: str) -> str:
    """The free mail that this domain is one slip away from; "" if there is none, or more than one."""
    near = [free for free in _FREE if len(free) > 8 and domain not in _FREE and _one_slip(domain, free)]
    return near[0] if len(near) == 1 else ""


def _one_slip(one: str, other: str) -> bool:
    """Whether two domains differ by one letter left out, doubled, changed or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    swapped = one[:start] + one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    rests = {(1, 1), (1, 0), (0, 1)}
    return swapped == other or any(one[start + a :] == other[start + b :] for a, b in rests)


@lru_cache(maxsize=65536)
def is_shared_mailbox(address: str) -> bool:
    """Whether several people read a mailbox (info@, hr.team@, learning@): a firm's, not a person's."""
    local = address.casefold().partition("@")[0]
    return any(_SHARED.fullmatch(part) for part in (local, re.split(r"[.+_-]", local)[0]))


def is_free_mail(address: str) -> bool:
    """Whether the address's domain says nothing of an employer."""
    return address.casefold().rpartition("@")[2] in _FREE | _SELDOM_FREE

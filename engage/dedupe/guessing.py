"""What a column holds whose heading is not known: by the words in its heading, and by its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engage.model import Grid, Row
from engage.register.phone import find_phones
from engage.register.postcode import read_postcode

from .address_parts import is_address_part
from .naming import FEWEST, names_held
from .wording import words

Choices = Callable[[str], Sequence[str]]
"""The schema headings that a spelling may stand for."""

_BY_HEADING = frozenset(
    {"Employer", "Trading as", "Address", "Town", "Postcode", "Phone", "Mobile", "Email", "Website"}
)
# With one of these words a heading is about something, or somebody, else.
OTHERWISE = frozenset(
    {"of", "by", "previous", "former", "old", "last", "next", "past", "new", "future", "parent",
     "guardian", "our", "fax", "bank", "event", "venue", "course", "session", "learner", "student",
     "apprentice", "pupil", "trainee", "adviser", "advisor", "officer", "assessor", "tutor", "coach",
     "owner", "manager", "referrer", "emergency", "id", "ref", "reference", "code", "order", "invoice",
     "account", "vat", "date", "amount", "ip", "is", "has"}
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB = re.compile(r"(https?://|www\.)\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?\d[\d ()/.+-]*")
_DISTRICT = re.compile(r"[a-z]{1,2}\d[\da-z]?( ?\d)?$", re.IGNORECASE)
_PARTS = re.compile(r"[/&|]|\bor\b|\band\b", re.IGNORECASE)  # of a heading
_STREET = re.compile(r"\d+[a-z]?,? +\w+ \w+", re.IGNORECASE)
_NAMES = frozenset({"Employer", "Contact name"})
_MOST = 0.8  # of a column's values must be of the kind
_OFTEN = 4  # rows to each value, on average: somebody who writes the list, not whom it lists


@dataclass(frozen=True, slots=True)
class Guesses:
    """Column from 0 → the schema heading. sure: to be read so; doubtful: to be asked about."""

    sure: Mapping[int, str]
    doubtful: Mapping[int, str]


def guess(header: Row, body: Grid, free: Sequence[int], taken: Sequence[str], choices: Choices) -> Guesses:
    """What the free columns hold of what is not taken; nothing where the heading row is itself of values."""
    if any(map(_is_value, header)):
        return Guesses({}, {})
    sure: dict[int, str] = {}
    doubtful: dict[int, str] = {}
    by_values = {at: kind for at in free if (kind := _held(header[at], values_of(body, at)))}
    for said in ({at: _of_heading(header[at], choices) for at in free}, by_values):
        open_ = {at: meant for at, meant in said.items() if meant and at not in sure | doubtful}
        for at, meant in open_.items():
            slot = _slot(meant, {*taken, *sure.values()})
            rivals = meant == "Employer" and list(open_.values()).count(meant) > 1
            if slot and not _contradicted(slot, values_of(body, at), by_values.get(at, "")):
                shaky = rivals or is_about_else(header[at]) or _is_repeated(slot, values_of(body, at))
                (doubtful if shaky else sure)[at] = slot
    return Guesses(sure, doubtful)


def _of_heading(text: str, choices: Choices) -> str:
    """What a heading of several words means by its parts ("Mobile/Tel") or its last ("Supervisor email")."""
    if choices(text) or is_address_part(text):
        return ""  # known as a whole, and unread for a reason
    found = [meant for part in _PARTS.split(text) if (meant := _of_part(part, choices))]
    phones = {"Phone", "Mobile"}
    if len(set(found)) > 1:
        if set(found) == phones:
            return "Phone"
        others = [meant for meant in found if meant != "Address"]
        return others[0] if set(found) == {"Address", "Town"} else ""
    return found[0] if found else ""


def _of_part(text: str, choices: Choices) -> str:
    said = [*words(text)]
    if is_address_part(" ".join(said)):
        return "Address"
    if said[:2] == ["name", "of"]:
        said = said[2:]
    elif said[1:2] == ["of"]:  # "Address of premises"
        said = said[:1]
    for begin in range(len(said) if said[-1:] != ["name"] else 0):
        known = [one for one in choices(" ".join(said[begin:])) if one in _BY_HEADING]
        if known:
            return known[0]
    return ""


def is_about_else(text: str) -> bool:
    """True for "Event venue"; not for "Venue / Partner", which may be either."""
    plain = (
        re.sub(r"\b(post|postal|zip) code\b|^(name|address) of\b", "", " ".join(words(part)))
        for part in _PARTS.split(text)
    )
    return all(not OTHERWISE.isdisjoint(part.split()) for part in plain)


def _slot(meant: str, taken: set[str]) -> str:
    """Where it is read: a further phone beside the first; "" where there is no room."""
    if meant == "Contact name" and taken & {"First name", "Last name"}:
        return ""
    rooms = ("Phone", "Mobile") if meant == "Phone" else (meant,)
    return next((room for room in rooms if room not in taken), "")


def values_of(body: Grid, at: int) -> list[str]:
    """What the cells of a column say, without the empty ones."""
    return [row[at].strip() for row in body if at < len(row) and row[at].strip()]


def _held(heading: str, values: Sequence[str]) -> str:
    """The kind that nearly all values are of, or most seem to be names of; "" for any other."""
    if len(values) < FEWEST:
        return ""
    tested = (kind for kind, test in _TESTS.items() if sum(map(test, values)) >= _MOST * len(values))
    return next(tested, "") or _postcodes(values) or names_held(heading, values)


def _postcodes(values: Sequence[str]) -> str:
    """ "Postcode" for a column of which half are whole and nearly all at least begun: "BT71"."""
    whole = [bool(_TESTS["Postcode"](text)) for text in values]
    begun = sum(one or bool(_DISTRICT.match(text)) for one, text in zip(whole, values, strict=True))
    return "Postcode" if sum(whole) * 2 > len(values) and begun >= _MOST * len(values) else ""


def are_addresses(body: Grid, at: int) -> bool:
    """Whether most cells of a column begin with a number and a street, or have both behind a unit's."""
    values = values_of(body, at) if at >= 0 else []
    return sum(bool(_STREET.search(text)) for text in values) * 2 > len(values) >= FEWEST


def _contradicted(meant: str, values: Sequence[str], held: str) -> bool:
    """Whether the values are of another kind, or of none where they should be of one."""
    kind = "Phone" if meant == "Mobile" else meant
    if held in _NAMES:
        return kind in _NAMES and held != kind
    if held:
        return held != kind
    if kind in _TESTS:
        return bool(values) and sum(map(_TESTS[kind], values)) * 2 <= len(values)
    return bool(values) and sum(any(map(str.isalpha, text)) for text in values) * 2 <= len(values)


def _is_repeated(meant: str, values: Sequence[str]) -> bool:
    return meant in {"Email", "Phone", "Mobile"} and len(set(values)) * _OFTEN < len(values)


def _is_phone(text: str) -> bool:
    """A number as people write those that they call: ten digits with a leading nought, a plus, or gaps."""
    if not _PHONE.fullmatch(text) or sum(map(str.isdigit, text)) < 9:
        return False
    written = text[0] in "0+(" or bool(re.search(r"[ ()-]", text))
    return written and any(phone.e164 for phone in find_phones(text, country="GB"))


def _is_value(text: str) -> bool:
    return any(test(text.strip()) for kind, test in _TESTS.items() if kind != "Website") or "://" in text


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "Email": lambda text: bool(_EMAIL.fullmatch(text)),
    "Postcode": lambda text: bool(read_postcode(text, country="GB").clean),
    "Phone": _is_phone,
    "Website": lambda text: bool(_WEB.fullmatch(text)),
}

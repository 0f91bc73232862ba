"""UK postcodes by their grammar; another country's postal codes are kept as plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from engage.register.reading import Reading, unreadable
from engage.register.text import squash

# Royal Mail's shapes: first letter never Q V X, second never I J Z, the last two never C I K M O V.
_VALID = re.compile(
    r"^(?:GIR0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}"
    r"|[A-HK-Y][0-9][ABEHMNPRVWXY]))[0-9][ABD-HJLNP-UW-Z]{2})$"
)
_INSIDE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b")
_FIRST_HALF = re.compile(r"[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?")
# A letter typed for the digit that looks like it, or the digit for the letter. Nothing else is guessed: which
# of twenty letters a wrong last one should have been, nobody can say.
_LOOKS_LIKE = {"O": "0", "0": "O", "I": "1", "1": "I"}


@lru_cache(maxsize=65536)
def read_postcode(text: str, *, country: str = "GB") -> Reading:
    """A postcode with its space, in capitals; "" with a doubt if it cannot exist.

    A slip that can be nothing else (0 for O, 1 for I) is suggested, never put right in silence.
    """
    if country != "GB":
        return Reading(squash(text).upper())
    shown = squash(text).upper()
    bare = re.sub(r"[^A-Z0-9]", "", shown)
    if _VALID.match(bare):
        return Reading(_spaced(bare))
    return _not_valid(shown, bare)


def _not_valid(shown: str, bare: str) -> Reading:
    inside = [_spaced(a + b) for a, b in _INSIDE.findall(shown) if _VALID.match(a + b)]
    if len(set(inside)) == 1:
        what = "There is more than a postcode in this cell."
        return unreadable("bad-postcode", what, "Keep the postcode here and move the rest.", inside[0])
    if _FIRST_HALF.fullmatch(bare):
        what = "This is only the first half of a postcode."
        return unreadable("bad-postcode", what, "Type the second half too, or leave the cell empty.")
    if not bare or not any(character.isdigit() for character in bare):
        return unreadable("bad-postcode", "This is not a postcode.", "Type the postcode, or empty the cell.")
    suggestion = suggest_postcode(bare)
    remedy = _SLIP if suggestion else "Look up the address, or ask the employer, and type it again."
    return unreadable("bad-postcode", _why(bare), remedy, suggestion)


def _why(bare: str) -> str:
    if re.fullmatch(r"[0-9][A-Z]{2}", bare[-3:]):
        return "There can be no such postcode."
    return "There can be no such postcode: its second half is not a digit and two letters."


_SLIP = (
    "It looks as if a letter had been typed for a digit, or a digit for a letter; check it and put it right."
)


def suggest_postcode(bare: str) -> str:
    """The one valid postcode that differs by the fewest look-alike characters; "" if there is none or two."""
    if not 5 <= len(bare) <= 7:
        return ""
    options = [{character, _LOOKS_LIKE.get(character, character)} for character in bare]
    tries = ("".join(characters) for characters in product(*options))
    valid = [attempt for attempt in tries if _VALID.match(attempt)]
    fewest = min((_differing(bare, attempt) for attempt in valid), default=0)
    best = [attempt for attempt in valid if _differing(bare, attempt) == fewest]
    return _spaced(best[0]) if len(best) == 1 else ""


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _spaced(bare: str) -> str:
    return f"{bare[:-3]} {bare[-3:]}"

"""The reasons for a pair in words, strongest first, from the match weights themselves."""

from __future__ import annotations

from collections.abc import Callable

from .mentions import Employer, Person
from .model_file import Score
from .normalise.core import core_words
from .normalise.text import same_text, squash

ONLY_BY = "names differ only by "  # the words follow

_EMPLOYER = {
    ("name", "alias"): "one's trading name or name in brackets is the other's name",
    ("name", "same words"): "the same words in another order",
    ("name", "short form"): "one name is a short form of the other",
    ("name", "slip"): "names differ by one letter",
    ("name", "spelling"): "names spelled almost alike",
    ("name", "acronym"): "one name is the other's initials",
    ("name", "most words"): "most words of the names are the same",
    ("name", "a telling word"): "a telling word in both names",
    ("name", "unlike"): "but the names are unlike",
    ("number", "same"): "same company number",
    ("number", "differs"): "but different company numbers",
    ("charity", "same"): "same charity number",
    ("charity", "differs"): "but different charity numbers",
    ("domain", "same"): "same web or email domain",
    ("domain", "one letter off"): "email domains one letter apart",
    ("domain", "differs"): "but different email domains",
    ("phone", "same"): "same phone number",
    ("phone", "differs"): "but different phone numbers",
    ("people", "same"): "the same person works there",
    ("people", "differs"): "but other people are named",
    ("place", "same building"): "same building",
    ("place", "same postcode"): "same postcode",
    ("place", "same address"): "same house number and street, though not surely the same town",
    ("place", "same district"): "same postcode district",
    ("place", "same town"): "same town",
    ("place", "elsewhere"): "but in different places",
}
_PERSON = {
    ("surname", "same"): "same surname",
    ("surname", "half"): "part of the surname is the same",
    ("surname", "spelling"): "surnames spelled almost alike",
    ("surname", "differs"): "but different surnames",
    ("given", "same"): "same first name",
    ("given", "variant"): "first names are forms of one name",
    ("given", "initial"): "an initial that fits",
    ("given", "middle name"): "one's first name is the other's second name",
    ("given", "spelling"): "first names spelled almost alike",
    ("given", "differs"): "but different first names",
    ("mailbox", "same"): "same mailbox",
    ("mailbox", "differs"): "but different mailboxes",
    ("phone", "same line"): "same direct line or mobile",
    ("phone", "same number"): "same phone number, which others use too",
    ("phone", "differs"): "but different phone numbers",
    ("home", "same address"): "same address",
    ("home", "same house"): "same house number and street",
    ("home", "same postcode"): "same postcode",
    ("home", "differs"): "but at different addresses",
    ("employer", "same"): "same employer",
    ("employer", "same domain"): "same email domain",
    ("employer", "differs"): "but different employers",
}


def employer_reasons(a: Employer, b: Employer, score: Score, *last: str) -> tuple[str, ...]:
    """Why two employers may be one, strongest first, then what speaks against it, then what bars it."""
    return _reasons(employer_parts(a, b, score), last)


def person_reasons(a: Person, b: Person, score: Score, *last: str) -> tuple[str, ...]:
    """Why two people may be one, in the same order."""
    return _reasons(person_parts(a, b, score), last)


def employer_parts(a: Employer, b: Employer, score: Score) -> tuple[tuple[str, float], ...]:
    """What is known of both sides of a pair, in words, and how many bits it weighs; in the same order."""
    told = a.by_district or b.by_district
    said = {**_EMPLOYER, ("place", "same town"): "same town, by the postcode"} if told else _EMPLOYER
    return _ordered(score, said, lambda level: said_of_names(a.typed, b.typed))


def person_parts(a: Person, b: Person, score: Score) -> tuple[tuple[str, float], ...]:
    """The same of two people."""
    return _ordered(score, _PERSON, lambda level: "same name")


def _reasons(parts: tuple[tuple[str, float], ...], last: tuple[str, ...]) -> tuple[str, ...]:
    return (*(words for words, _ in parts), *(text for text in last if text))


def _ordered(
    score: Score, said: dict[tuple[str, str], str], same_name: Callable[[str], str]
) -> tuple[tuple[str, float], ...]:
    standing = sorted(
        ((bits, name) for name, bits in score.parts.items() if score.levels[name]),
        key=lambda part: (part[0] <= 0, -abs(part[0]), part[1]),
    )
    return tuple(
        (said.get((name, score.levels[name])) or same_name(score.levels[name]), bits)
        for bits, name in standing
    )


def said_of_names(one: str, other: str) -> str:
    """ "same name", or what little two equal names differ by: "names differ only by Ltd"."""
    left, right = same_text(one).split(), same_text(other).split()
    if left == right:
        return "same name"
    cores = core_words(one)[0], core_words(other)[0]
    if cores[0] != cores[1] and squash(cores[0]) == squash(cores[1]):
        return "names differ only by spaces"
    extra = _as_typed(one, right) + _as_typed(other, left)
    return f"{ONLY_BY}{' / '.join(extra)}" if 0 < len(extra) < 3 else "same name, written in two ways"


def _as_typed(name: str, other: list[str]) -> list[str]:
    return [
        word.strip("(),.")
        for word in name.split()
        if same_text(word) and not set(same_text(word).split()) <= set(other)
    ]

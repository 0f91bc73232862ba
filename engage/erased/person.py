"""A person as rows tell of them → the marks by which any text names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.people import other_forms, person_name
from engage.linkage.normalise.text import words
from engage.register.names import TITLES

from .marks import (
    FAMILY,
    FIRM,
    GIVEN,
    HINT,
    NAME,
    PART,
    RARE,
    STRENGTH,
    SURE,
    WORD,
    mail,
    named,
    part,
    phone,
    role,
)
from .tokens import LONGEST_NAME, PHONE_DIGITS

SHORTEST_RARE = 4  # letters; a shorter word stands in too many others' texts


@dataclass(frozen=True, slots=True)
class Known:
    """What rows say of a person. names: (given, family) as typed. mails, phones (digits): of nobody else.

    firms: the employers' names, as typed.
    """

    names: tuple[tuple[str, str], ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()


def marks_in(person: Known, is_common: Callable[[str], bool]) -> dict[str, str]:
    """Token → grade. is_common: whether a folded word means others, too, as far as the register knows."""
    graded: dict[str, str] = {}
    for token, grade in _all_marks(person, is_common):
        graded[token] = min(grade, graded.get(token, grade), key=STRENGTH.index)
    texts = (token[2:] for token in list(graded) if token.startswith("n:"))
    return graded | {part(word): PART for text in texts for word in text.split()}


def _all_marks(person: Known, is_common: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    yield from ((mail(address), SURE) for address in person.mails)
    digits = ("".join(letter for letter in number if letter.isdigit()) for number in person.phones)
    yield from ((phone(number[-PHONE_DIGITS:]), SURE) for number in digits if len(number) >= PHONE_DIGITS)
    for given, family in person.names:
        yield from _name_marks(given, family, is_common)
    for firm in person.firms:
        core = read_name(firm).core[:LONGEST_NAME]
        if core:
            yield named(core), FIRM


def _name_marks(given: str, family: str, is_common: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    first, last = person_name(f"{given} {family}", given, family).given, words(family)
    if not first or not last:
        yield from ((named(known), HINT) for known in (first, last) if known)
        return
    for form in [first[0], *sorted(other_forms(first[0]))]:
        grade = NAME if len(form) > 1 else HINT
        yield from ((both, grade) for both in _both_ways((form,), last))
    yield from ((both, NAME) for both in _both_ways(first, last))
    yield from ((both, HINT) for both in _both_ways((first[0][0],), last))
    yield from ((named((title, *last)), HINT) for title in TITLES)
    yield from ((role(word, GIVEN), GIVEN) for word in (*first, *other_forms(first[0])))
    yield from ((role(word, FAMILY), FAMILY) for word in (*last, "".join(last)))
    for word in {first[0], "".join(last), *last}:
        rare = len(word) >= SHORTEST_RARE and not is_common(word)
        yield named((word,)), RARE if rare else WORD


def _both_ways(first: tuple[str, ...], last: tuple[str, ...]) -> Iterator[str]:
    """Zyxandra Quillfeather, Quillfeather Zyxandra, and each written as one word."""
    for parts in ((*first, *last), (*last, *first)):
        if len(parts) <= LONGEST_NAME:
            yield named(parts)
        yield named(("".join(parts),))

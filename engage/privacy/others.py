"""Other people in a text that one person asks to see: marked, so that an officer can take them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engage.erased.marks import NAME, PART, SURE, mail, marks_of, named, part, phone
from engage.erased.matching import Matcher
from engage.erased.naming import named_in
from engage.erased.tokens import PHONE_DIGITS, mails_in, phones_in
from engage.linkage.normalise.people import person_name
from engage.linkage.normalise.text import words
from engage.model import Record, mention
from engage.register.text import split_several
from engage.stores.subject import Subject

BLACK = "█"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. others: whether it names somebody else."""

    text: str
    others: bool = False


class Others:
    """Everybody whom the register knows but the subject. records: all of them."""

    def __init__(self, records: Iterable[Record], subject: Subject) -> None:
        mine = frozenset(subject.mentions)
        self._own = Matcher(subject.marks)
        self._known = Matcher(marks_of(dict(_tokens(records, mine))))

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The text cut where others are named; any address or number that is not the subject's counts."""
        own = [(found.start, found.end) for found in self._own.find(text) if found.grade in (SURE, NAME)]
        spans = sorted({span for span in self._spans(text) if not any(_overlap(span, mine) for mine in own)})
        return tuple(_cut(text, spans))

    def blacked_out(self, text: str) -> str:
        """The text with other people's names, addresses and numbers made unreadable."""
        return "".join(BLACK * len(one.text) if one.others else one.text for one in self.pieces(text))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        yield from ((found.start, found.end) for found in self._known.find(text))
        yield from ((token.start, token.end) for token in (*mails_in(text), *phones_in(text)))


def _tokens(records: Iterable[Record], mine: frozenset[str]) -> Iterator[tuple[str, str]]:
    for record in records:
        for at, (given, family) in enumerate(named_in(record), 1):
            if mention(record.record_id, at) not in mine:
                yield from _name(given, family)
        if not any(mention(record.record_id, at) in mine for at in range(1, 10)):
            yield from ((mail(address), SURE) for address in split_several(record["Email"]))
            for number in split_several(record["Mobile"]):
                yield phone(number[-PHONE_DIGITS:]), SURE


def _name(given: str, family: str) -> Iterator[tuple[str, str]]:
    first, last = person_name("", given, family).given[:1], words(family)
    for parts in ((*first, *last), (*last, *first)) if first and last else ():
        yield named(parts), NAME
        yield from ((part(word), PART) for word in parts)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if end > at:
            if start > at:
                yield Piece(text[at:start])
            yield Piece(text[max(start, at) : end], others=True)
            at = end
    if at < len(text):
        yield Piece(text[at:])

"""Where a text, or a row of texts, names one of those who are looked for; and the text without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engage.linkage.normalise.people import other_forms
from engage.register.names import TITLES

from .marks import (
    FAMILY,
    FIRM,
    GIVEN,
    HINT,
    NAME,
    PART,
    RARE,
    SURE,
    WORD,
    Marks,
    mail,
    named,
    part,
    phone,
    role,
)
from .tokens import LONGEST_NAME, Token, adjacent, mails_in, phones_in, words_in

REMOVED = "[removed]"
_SAYS_SOMETHING = re.compile(r"[^\W_]")
_TITLE_BEFORE = re.compile(rf"\b(?:{'|'.join(TITLES)})\b\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that names somebody. whose, grade: as in Marks."""

    start: int
    end: int
    whose: str
    grade: str


class Matcher:
    """Finds marks in texts; remembers what it has seen, since cells repeat."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self._seen: dict[str, tuple[Found, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self.marks)

    def find(self, text: str) -> tuple[Found, ...]:
        """Every mark in a text, also those that say little by themselves."""
        if not self.marks or not text:
            return ()
        if text not in self._seen:
            self._seen[text] = tuple(self._find(text))
        return self._seen[text]

    def _find(self, text: str) -> Iterator[Found]:
        mails = mails_in(text)
        for token in mails:
            yield from self._known(mail(token.text), token.start, token.end)
        for token in phones_in(text):
            yield from self._known(phone(token.text), token.start, token.end)
        for found in self._words(text):
            around = next((m for m in mails if m.start <= found.start < m.end), None)
            yield replace(found, start=around.start, end=around.end) if around else found

    def _words(self, text: str) -> Iterator[Found]:
        found = words_in(text)
        known = [bool(self.marks.of(part(token.text))) for token in found]
        for at in (number for number, is_known in enumerate(known) if is_known):
            token, stretch = found[at], list[Token]()
            for follower, is_known in zip(found[at : at + LONGEST_NAME], known[at:], strict=False):
                if not is_known or (stretch and not adjacent(text, stretch[-1], follower)):
                    break
                stretch.append(follower)
                hits = self._known(named(t.text for t in stretch), token.start, follower.end)
                yield from (hit for hit in hits if not self._is_anothers(text, found, at, stretch, hit))

    def _is_anothers(
        self, text: str, found: Sequence[Token], at: int, stretch: Sequence[Token], hit: Found
    ) -> bool:
        """Whether a lone word is part of somebody else's full name: "Bob Quillfeather", "Zyxandra Jones"."""
        if len(stretch) > 1 or hit.grade not in (RARE, WORD):
            return False
        word = stretch[0]
        first = at > 0 and self._is(word, FAMILY) and self._makes_a_name(text, word, found[at - 1])
        last = at + 1 < len(found) and self._is(word, GIVEN) and self._makes_a_name(text, word, found[at + 1])
        return first or last

    def _is(self, word: Token, which: str) -> bool:
        return bool(self.marks.of(role(word.text, which)))

    def _makes_a_name(self, text: str, word: Token, other: Token) -> bool:
        first, second = sorted((word, other), key=lambda token: token.start)
        said, before = text[other.start : other.end], text[: other.start].rstrip()
        capital = said[:1].isupper() and said[1:].islower() and other.text not in TITLES
        opens = other is first and (not before or before[-1] in ".!?:;\n")  # "Met Quillfeather" is no name
        is_name = capital and (not opens or bool(other_forms(other.text)))
        return is_name and text[first.end : second.start] == " " and not self.marks.of(part(other.text))

    def _known(self, token: str, start: int, end: int) -> Iterator[Found]:
        for whose, grade in sorted(self.marks.of(token)):
            if grade != PART:
                yield Found(start, end, whose, grade)


def whose_row(
    texts: Iterable[str], matcher: Matcher, namesakes: Collection[str] = frozenset()
) -> dict[str, frozenset[str]]:
    """Whose marks stand in a row → their grades. namesakes: of whom a full name alone says too little."""
    grades: dict[str, set[str]] = {}
    for text in texts:
        for found in matcher.find(text):
            grades.setdefault(found.whose, set()).add(found.grade)
    return {whose: frozenset(found) for whose, found in grades.items() if found - {FIRM, WORD}}


def is_sure(grades: Collection[str]) -> bool:
    """Whether the marks of a row leave no doubt: a line of one's own, or the name beside the employer's."""
    return SURE in grades or {NAME, FIRM} <= {*grades} or {HINT, FIRM, RARE} <= {*grades}


def without(text: str, matcher: Matcher, whose: Mapping[str, Collection[str]]) -> str:
    """The text with "[removed]" where it names them; "" if nothing else is said."""
    kept = struck(text, matcher, whose)
    return kept if kept == text or _SAYS_SOMETHING.search(kept.replace(REMOVED, "")) else ""


def struck(text: str, matcher: Matcher, whose: Mapping[str, Collection[str]]) -> str:
    """The text with "[removed]" where it names them.

    whose: each person to be taken out, with the grades of marks that count here.
    """
    spans = [(f.start, f.end) for f in matcher.find(text) if f.grade in whose.get(f.whose, ())]
    if not spans:
        return text
    kept, at = "", 0
    for start, end in _merged(spans):
        before = _TITLE_BEFORE.sub("", text[at:start])
        kept += before + ("" if kept.endswith(REMOVED) and not before.strip() else REMOVED)
        at = end
    return kept + text[at:]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


OPEN = frozenset({SURE, NAME, RARE, HINT, WORD})
"""The grades that are taken out of a row which surely names the person."""

"""People in a cell: one or several, surname first, with titles; roles and mailboxes are no persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engage.register.text import squash, squash_lines, word_set

TITLES = {
    "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss", "mx": "Mx", "dr": "Dr", "doctor": "Dr",
    "prof": "Prof", "professor": "Prof", "rev": "Rev", "revd": "Rev", "reverend": "Rev", "sir": "Sir",
    "dame": "Dame", "lord": "Lord", "lady": "Lady", "cllr": "Cllr", "councillor": "Cllr",
}  # fmt: skip
_AFTER = word_set(
    """
    jr jnr sr snr obe mbe cbe kbe dl jp phd bsc ba ma msc mba mcipd fcipd assoccipd cipd bed llb esq
    frsa aca acca fca
    """
)
_ROLE_WORDS = word_set(
    """
    manager managers director directors owner proprietor partner partners secretary reception
    receptionist administrator admin administration assistant officer officers head lead leader chief
    executive ceo coo cfo md hr personnel people human resources team teams department dept office desk
    unit services service centre section division group committee board staff employee employees
    training learning development l d careers recruitment apprenticeship apprenticeships accounts
    finance payroll sales marketing operations ops general senior deputy regional area local site branch
    store shop registered practice duty works warehouse workshop workforce skills talent customer
    enquiries switchboard front house school headteacher headmaster bursar principal chair chairman
    chairperson trustee clerk franchisee founder coordinator co ordinator supervisor engineer
    engineering project quality health safety property facilities it ict technical production commercial
    business community volunteer liaison contact support helpdesk managing nursing matron care home new
    guest guests delegate delegates attendee attendees place tbc tba
    vacancy position post whoever someone anyone various all multiple person responsible charge named
    above
    """
)
_SMALL_WORDS = word_set("the of for and in at a an & to our their")
_ROLE_ENDS = word_set("team department dept office desk unit reception switchboard helpdesk committee")
PARTICLES = word_set("van von de der den da di du del della la le bin ibn al el ap ab st ter ten")
_CARE_OF = re.compile(r"^\s*(?:c/o|care of|via|fao|f\.a\.o\.?|attn:?|attention)\b[:.\s]*", re.IGNORECASE)
_NOT_NAME = re.compile(
    r"\([^)]*\)?|\[[^\]]*\]?|<[^>]*>?|\S{1,254}@\S+|\+?[0-9][0-9 ]{5,}[0-9]|\s-\s.*$|\"[^\"]*\""
)
_BETWEEN = re.compile(r"[;/|+\n]|\s&\s|\band\b|\bor\b|\s&amp;\s", re.IGNORECASE)
_TOGETHER = re.compile(r"\s&\s|\band\b|\+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:['-]?[^\W\d_])*")


@dataclass(frozen=True, slots=True)
class PersonName:
    """One person. first: given names or initials; last: family name; "" unknown. as_typed: their part."""

    title: str
    first: str
    last: str
    as_typed: str = ""

    @property
    def full(self) -> str:
        """ "First Last"."""
        return " ".join(part for part in (self.first, self.last) if part)


def is_care_of(text: str) -> bool:
    """Whether a contact cell names somebody who acts for the employer ("c/o Ledgerpoint")."""
    return bool(re.match(r"\s*(?:c/o|care of)\b", text, re.IGNORECASE))


@lru_cache(maxsize=65536)
def is_role(text: str) -> bool:
    """Whether a contact cell names a post, a team or an office ("The Manager", "HR"), not a person."""
    words = [word.strip(".'-") for word in re.findall(r"[\w'.-]+|&", squash(text).casefold())]
    words = [part for word in words for part in word.split("-") if part and not part.isnumeric()]
    if not words or is_care_of(text):
        return bool(words)
    telling = [word for word in words if word not in _SMALL_WORDS]
    one = not re.search(r"[;/|,+\n]", text)
    whole = one and (words[0] == "the" or words[-1] in _ROLE_ENDS)
    return whole or all(word in _ROLE_WORDS for word in telling)


@lru_cache(maxsize=65536)
def read_people(text: str) -> tuple[PersonName, ...]:
    """Every person that a cell names, in order; () where it names a post, a team or nobody."""
    whole = "".join(
        sign for sign in squash_lines(text) if sign.isalpha() or sign.isascii() or not sign.isnumeric()
    )
    if is_care_of(whole) or is_role(whole):
        return ()
    pieces = [
        piece for piece in _BETWEEN.split(_NOT_NAME.sub(" ", _CARE_OF.sub("", whole))) if piece.strip(" ,.")
    ]
    typed = [part for piece in pieces for part in _at_commas(squash(piece))]
    people = [person for part in typed if not is_role(part) and (person := _one(part))]
    if _TOGETHER.search(whole) and ";" not in whole:
        people = _share_surname(people)
    return tuple(person for person in people if not is_role(person.full))


def _at_commas(piece: str) -> list[str]:
    """ "O'Connor, Siobhán" is one person, surname first; "Priya Nair, Colin Webb" are two."""
    parts = [part.strip() for part in piece.split(",") if part.strip(" .")]
    parts = [part for part in parts if part.casefold().replace(".", "") not in _AFTER]
    if len(parts) < 2 or all(len(_words(part)) > 1 for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(1 <= len(_words(part)) <= 3 for part in parts):
        return [f"{last}, {first}" for last, first in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def _words(part: str) -> list[str]:
    """The words of a name without titles before it and letters after it ("Wei Ma" keeps the surname)."""
    words = _WORD.findall(part)
    while words and words[0].casefold() in TITLES:
        words.pop(0)
    while len(words) > 2 and words[-1].casefold() in _AFTER and (len(words[-1]) > 2 or words[-1].isupper()):
        words.pop()
    return words


def _title(typed: str) -> str:
    """The title that a name, or what stands after its comma, begins with; "" if none."""
    begins = (words[0].casefold() for part in typed.split(",") if (words := _WORD.findall(part)))
    return next((TITLES[word] for word in begins if word in TITLES), "")


def _one(typed: str) -> PersonName | None:
    """One person's part of the cell; None if no name is in it."""
    title = _title(typed)
    last, comma, first = typed.partition(",")
    if comma and _words(first) and _words(last):
        if is_role(first):
            return _one(last)
        given, family = _words(first), _words(last)
        if len("".join(family)) == 1:  # an initial is no surname
            given, family = family, given
        return PersonName(title, _given(given), _family(family), typed)
    words = _words(typed)
    if not words:
        return None
    if len(words) == 1:
        first, last = ("", _family(words)) if title else (_given(words), "")
        return PersonName(title, first, last, typed)
    if len(words) == 2 and len(words[1]) == 1 and len(words[0]) > 1:
        words.reverse()
    split = next((at for at, word in enumerate(words) if at and word.casefold() in PARTICLES), len(words) - 1)
    return PersonName(title, _given(words[:split]), _family(words[split:]), typed)


def _share_surname(people: list[PersonName]) -> list[PersonName]:
    """ "Jane and John Smith": a first name by itself takes the surname of the next person."""
    shared: list[PersonName] = []
    last = ""
    for person in reversed(people):
        alone = not person.last and len(last) > 1
        shared.insert(0, PersonName(person.title, person.first, last, person.as_typed) if alone else person)
        last = person.last or last
    return shared


def _given(words: list[str]) -> str:
    return " ".join(map(_cased, words))


def _family(words: list[str]) -> str:
    return " ".join(word if word in PARTICLES else _cased(word) for word in words)


def _cased(word: str) -> str:
    """A word in all capitals, or in none, as names are written; else as typed."""
    if len(word) < 2 or not (word.islower() or (word.isupper() and len(word) > 2)):
        return word.upper() if len(word.upper()) == 1 else word
    cased = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word.casefold())
    cased = re.sub(r"'S\b", "'s", cased)
    return re.sub(r"\bMc([a-z])", lambda match: "Mc" + match[1].upper(), cased)


def tidy_name_part(text: str) -> str:
    """A first or last name typed in its own cell, spaced and cased as names are written."""
    return " ".join(word if word in PARTICLES else _cased(word) for word in squash(text).split())

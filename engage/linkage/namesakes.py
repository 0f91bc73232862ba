"""What the list as a whole says about names: which two are one employer's, and which has one owner here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from string import ascii_lowercase

from .at_odds import apart, at_odds, have_two_ways, one_owner
from .doubts import COUNCIL, REGISTERED
from .legal_names import had_the_name, registered, trades_as
from .mentions import Employer
from .model_file import Score
from .normalise.organisations import OrganisationName
from .normalise.text import squash, within_one_edit, words
from .shelf import Held, Shelf
from .signs import Carried, Index, carried, sign
from .slips import plain_slip
from .support import ALIKE, Support, are_strangers, wrote_both
from .towns import in_one_area
from .whose import (
    enough_at_a_place,
    enough_in_town,
    has_many_phones,
    is_a_places_council,
    is_met_once,
    is_met_twice,
    is_no_brand,
    is_no_persons,
    is_of_few,
    may_be_two_persons,
    said_whose,
)

# A name that more rows have is not looked through for namesakes: it is taken to have some.
MOST_OF_A_NAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """What some rows say of names. carried: who has which name; brands: signs of names with a branch."""

    carried: Carried
    brands: frozenset[int]


def named(mentions: Mapping[int, Employer]) -> Named:
    """The names of these rows, as they have them or as others know them."""
    signs = [(sign(name), number) for number, one in mentions.items() for name in _names(one)]
    branches = (one for one in mentions.values() if one.name.branch)
    return Named(carried(signs), frozenset(sign(name) for one in branches for name in _names(one)))


def _names(mention: Employer) -> set[str]:
    return {mention.name.key, *mention.name.aliases, *mention.name.former}


@dataclass(frozen=True, slots=True)
class Names:
    """What a whole list says of names. Rows of a name are looked at when it is asked for, and once.

    rows: without what they share; of_rows: name → rows; brands: the signs of names that some row gives with a
    branch; references: the rows are about people, and say no more of their employers than name and town:
    whoever typed one name twice meant one.
    """

    rows: Shelf[Employer]
    of_rows: Index
    brands: frozenset[int]
    references: bool = False
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, mentions: Iterable[Employer]) -> Names:
        """What these rows say."""
        held = list(mentions)
        return cls.said_by([named(dict(enumerate(held)))], Held(held))

    @classmethod
    def said_by(cls, parts: Iterable[Named], rows: Shelf[Employer], *, references: bool = False) -> Names:
        """What all the parts of a list say together. references: see Names."""
        every = list(parts)
        brands = frozenset(brand for part in every for brand in part.brands)
        return cls(rows, Index(part.carried for part in every), brands, references)

    def declared(self, one: str, other: str) -> bool:
        """Does any row give both as names of one employer?"""
        return one != other and not set(self.of_rows.of(sign(one))).isdisjoint(self.of_rows.of(sign(other)))

    def nearly_declared(self, one: str, other: str) -> bool:
        """Does any row give one name, and the other but for a letter; or do rows of both have one number?"""
        theirs = [self._rows_of(name) for name in (one, other)]
        near = any(
            len(name) > 9 and any(within_one_edit(name, known) for row in rows for known in _names(row))
            for name, rows in zip((other, one), theirs, strict=True)
        )
        numbers = [{row.number.value for row in rows if row.number.certain} for rows in theirs]
        return near or not numbers[0].isdisjoint(numbers[1])

    def _rows_of(self, name: str) -> list[Employer]:
        """The rows of a name; none of a name that too many have."""
        rows = self.of_rows.of(sign(name))
        return [*self.rows.take(rows).values()] if len(rows) <= MOST_OF_A_NAME else []

    def single(self, name: str) -> bool:
        """True when nothing in the rows of this name says that two employers have it."""
        if name not in self.known:
            rows = self.of_rows.of(sign(name))
            few = len(rows) <= MOST_OF_A_NAME
            self.known[name] = few and one_owner([*self.rows.take(rows).values()])
        return self.known[name]

    def one_owner(self, a: Employer, b: Employer, score: Score, support: Support) -> bool:
        """True when two rows have one whole name that nothing here says that two employers have."""
        whole = score.levels["name"] in ALIKE and self._is_whole(a, b)
        return whole and not support.against and self.single(a.name.key) and self.single(b.name.key)

    def alone_in_town(self, a: Employer, b: Employer, score: Score, support: Support) -> bool:
        """True when two rows of one town have one name, be it with a slip, that says whose it is and that
        nothing in the rows of that town says that two employers have: others of the name are elsewhere.
        """
        level, place = score.levels["name"], score.levels["place"]
        slip = level == "slip" and plain_slip(a.name, b.name)
        other = level == "alias" and (trades_as(a.name, b.name) or had_the_name(a, b))
        if support.against or not (level in ALIKE or slip or other):
            return False
        if place not in {"same town", "same district"}:
            return False
        if not self._is_whole(a, b) or wrote_both(a, b):
            return False
        if score.levels["phone"] == "differs" and (are_strangers(score) or not self._is_of_few(a, b)):
            return False
        return self._is_the_only_one_near(a, b, score)

    def _is_the_only_one_near(self, a: Employer, b: Employer, score: Score) -> bool:
        """True when no two rows of their names in their town are at odds, and the name says enough; or it is
        no person's and no two rows of it there have other phones or people.
        """
        if _give_two_names(a, b) or (_is_one_branch(a, b) and score.levels["phone"] != "differs"):
            return True
        rows = [row for name in {a.name.key, b.name.key} for row in self._rows_of(name)]
        near = [row for row in rows if not apart(a, row) and not apart(b, row)]
        said = self.meant_as_one(a, b) or enough_in_town(a, b)
        quiet = a.name.key == b.name.key and is_no_persons(a, b) and score.levels["people"] != "differs"
        if not (said or (quiet and not have_two_ways(near))):
            return False
        return len(near) > 1 and not any(at_odds(x, y) for x, y in combinations(near, 2))

    def both_are_met(self, a: Employer, b: Employer) -> bool:
        """True when either name stands in two rows or more: neither is the other with a word left out."""
        return all(len(self.of_rows.of(sign(one.name.key))) > 1 for one in (a, b))

    def has_another_initial(self, one: OrganisationName, other: OrganisationName) -> bool:
        """True when one name has an initial before the other ("P Brown Roofing", "Brown Roofing"), and rows
        here have another.
        """
        shorter, longer = sorted((one.core, other.core), key=len)
        if len(longer) != len(shorter) + 1 or len(longer[0]) > 1 or longer[1:] != shorter:
            return False
        others = set(ascii_lowercase) - {longer[0]}
        return any(self.of_rows.of(sign(letter + squash(shorter))) for letter in others)

    def is_a_name(self, name: str) -> bool:
        """True when some row has this for its name, not for one that it adds."""
        return any(row.name.key == name for row in self._rows_of(name))

    def one_by_law(self, a: Employer, b: Employer, score: Score) -> str:
        """Why two rows of one name are one body wherever they say it is, in words; "" if they need not be.

        No two companies are registered under one name (Companies Act 2006, section 66), but a clerk may add
        "Ltd" to a firm that is none: believed within one postal area, where nothing else tells two. A borough
        has one council, with offices in all its towns.
        """
        if a.name.key != b.name.key or score.levels["domain"] == "differs":
            return ""
        if is_a_places_council(a) and is_a_places_council(b):
            return COUNCIL
        company = registered(a.name, b.name) and in_one_area(a, b) and score.levels["people"] != "differs"
        rows = self._rows_of(a.name.key) if company else []
        numbers = {row.number.value for row in rows if row.number.certain}
        return REGISTERED if rows and len(numbers) < 2 and is_of_few(a, b) else ""

    def of_two_places(self, a: Employer, b: Employer) -> bool:
        """True when all rows of a name that is no brand's are at one of two places: a firm and its second."""
        rows = self._rows_of(a.name.key)
        further = any(apart(a, row) and apart(b, row) for row in rows)
        return is_no_brand(a) and bool(rows) and not further and not self.of_a_brand(a, b)

    def _is_of_few(self, a: Employer, b: Employer) -> bool:
        """True for a body with a phone in each office; and for a name that few firms have, that is no sole
        trader's, and of which no row names branches.
        """
        if has_many_phones(a):
            return True
        return is_of_few(a, b) and not may_be_two_persons(a, b) and not self.of_a_brand(a, b)

    def of_a_brand(self, a: Employer, b: Employer) -> bool:
        """True when some row here gives the name of one of them with a branch."""
        return sign(a.name.key) in self.brands or sign(b.name.key) in self.brands

    def alone(self, a: Employer, b: Employer, score: Score) -> bool:
        """True when a name that has one owner here is enough with a place alone; or, if it is a rare one,
        with a place that only one of the rows says, while no row of the name has another phone.
        """
        if are_strangers(score):
            return False
        if score.levels["place"]:
            return enough_at_a_place(a, b, score)
        if a.name.key != b.name.key or score.levels["phone"] == "differs" or wrote_both(a, b):
            return False
        if self.meant_as_one(a, b):
            return True
        only = a.is_somewhere != b.is_somewhere and (is_met_once(a) or is_met_twice(a, b))
        return only and not self._answered_twice(a.name.key)

    def _is_whole(self, a: Employer, b: Employer) -> bool:
        """True when both names are whole; where rows refer to employers by name, one word is one too."""
        word = self.references and a.name.key == b.name.key and not a.name.nobody
        return word or (_is_whole(a.name) and _is_whole(b.name))

    def meant_as_one(self, a: Employer, b: Employer) -> bool:
        """True where rows refer to employers by name, and both say one name that is not everybody's, be it
        with a slip.
        """
        one = a.name.key == b.name.key or plain_slip(a.name, b.name)
        return self.references and one and said_whose(a, b)

    def _answered_twice(self, name: str) -> bool:
        """True when rows of a name have two phones, or two people: they may be two."""
        return have_two_ways(self._rows_of(name))


def _is_whole(name: OrganisationName) -> bool:
    """False for one word, which many may have, for a name that breaks off ("Naylor and"), and nobody's."""
    return len(name.core) > 1 and not name.nobody and words(name.typed)[-1:] != ("and",)


def _give_two_names(a: Employer, b: Employer) -> bool:
    """True when both give the same two names, not a name and a place."""
    return a.name.key == b.name.key and bool({*a.name.aliases} & {*b.name.aliases})


def _is_one_branch(a: Employer, b: Employer) -> bool:
    """True for "Wilson Homecare (Hyde)" and "Wilson Homecare - Hyde"."""
    return a.name.key == b.name.key and bool(a.name.branch) and a.name.branch == b.name.branch

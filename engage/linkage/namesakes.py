"""What the list as a whole says about names: which two are one employer's, and which has one owner here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from .mentions import Employer
from .model_file import Score
from .normalise.text import within_one_edit
from .normalise.words import organisation_words
from .support import ALIKE, Support, towns_known

# A name that more rows have is not looked through for namesakes: it is taken to have some.
_MOST = 40
# A list that shows one employer of a name names that one a hundred times as often as another of the name.
ALONE_BITS = 6.6
SAME_DESK = "the same agent or switchboard answers for both"
ALONE = "the only employer of this name here"


@dataclass(frozen=True, slots=True)
class Names:
    """said: pairs of name keys that some row gives as names of one employer. single: name keys of one owner.

    brands: name keys that some row gives with a branch.
    """

    said: frozenset[tuple[str, str]]
    single: frozenset[str]
    brands: frozenset[str]

    @classmethod
    def of(cls, mentions: Iterable[Employer]) -> Names:
        """What these rows say."""
        rows: dict[str, list[Employer]] = defaultdict(list)
        said: set[tuple[str, str]] = set()
        for mention in mentions:
            names = sorted({mention.name.key, *mention.name.aliases})
            said.update((one, other) for one in names for other in names if one != other)
            for name in names:
                rows[name].append(mention)
        single = frozenset(name for name, group in rows.items() if _one_owner(group))
        brands = frozenset(name for name, group in rows.items() if any(row.name.branch for row in group))
        return cls(frozenset(said), single, brands)

    def declared(self, one: str, other: str) -> bool:
        """Does any row give both as names of one employer?"""
        return (one, other) in self.said

    def one_owner(self, a: Employer, b: Employer, score: Score, support: Support) -> bool:
        """True when two rows have one whole name that nothing here says that two employers have."""
        whole = score.levels["name"] in ALIKE and len(a.name.core) > 1 and len(b.name.core) > 1
        return whole and not support.against and {a.name.key, b.name.key} <= self.single

    def of_a_brand(self, a: Employer, b: Employer) -> bool:
        """True when some row here gives the name of one of them with a branch."""
        return a.name.key in self.brands or b.name.key in self.brands

    @staticmethod
    def alone(a: Employer, b: Employer, score: Score) -> bool:
        """True when a name that has one owner here is enough with a place alone, for nothing in the two rows
        differs: at one address; in one street, if it says whose it is; in one town if it has a rare word, or
        says whose it is and two agencies give it. A name with no place at all never is enough.
        """
        place, differs = score.levels["place"], score.levels["phone"] == "differs"
        if place in {"same building", "same address"}:
            return not differs
        town = {*a.town.split(), *b.town.split()}
        own = tuple(word for word in a.name.core if word not in town)
        lists = organisation_words()
        said = any(lists.rarity(word) > 1 and word not in lists.places for word in own)
        if place == "same postcode":
            return said and not differs
        if place != "same town" or not said:
            return False
        rare = any(lists.rarity(word) > 3 for word in own)
        return rare or (not differs and "" != a.agency != b.agency != "")


def _one_owner(rows: list[Employer]) -> bool:
    """True when nothing in the rows of one name says that two employers have it."""
    return len(rows) <= _MOST and not any(_at_odds(a, b) for a, b in combinations(rows, 2))


def _at_odds(a: Employer, b: Employer) -> bool:
    if a.name.branch or b.name.branch:
        return True
    numbers = ((a.number, b.number), (a.charity, b.charity))
    if any(one.certain and other.certain and one.value != other.value for one, other in numbers):
        return True
    if a.domains and b.domains and not set(a.domains) & set(b.domains):
        return True
    return apart(a, b) or _two_addresses(a, b)


def _two_addresses(a: Employer, b: Employer) -> bool:
    """True for two streets of one town, if nobody and nothing answers at both."""
    if not a.postcode or not b.postcode or within_one_edit(a.postcode, b.postcode):
        return False
    ways = ("phones", "domains", "mailboxes", "contacts")
    same_number = a.number.value and a.number.value == b.number.value
    return not same_number and not any(set(getattr(a, way)) & set(getattr(b, way)) for way in ways)


def apart(a: Employer, b: Employer) -> bool:
    """True when both say where they are, and it is neither one district nor one town."""
    if not towns_known(a, b):
        return False
    if a.outward and a.outward == b.outward:
        return False
    one, other = set(a.town.split()), set(b.town.split())
    return not (one and other and (one <= other or other <= one))

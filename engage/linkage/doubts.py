"""What keeps two rows from being one by the machine alone, in words, and what was judged of a pair."""

from __future__ import annotations

from dataclasses import dataclass

from .normalise.packed import Packed

LOOK_ALIKE = "names that look alike may be two firms"
SHORT_FORM = "a short form may also be another firm's name"
INITIALS = "initials may be another firm's too"
ONLY_ALIAS = "only a trading name or a name in brackets is the same"
ONE_BRANCH = "one name is a branch's: perhaps another owner under the same brand"
TWO_BRANCHES = "the names are of two branches: perhaps two owners under one brand"
OTHER_NAME = "the same number under another name: perhaps a new name of the same firm"
LEGAL_FORMS = "the legal forms differ"
FAMILY = "a father's and a son's firm may be two"
ANOTHER_BODY = "one of them may be the group, the charity or a daughter of the other"
COUNCIL = "a place has one council"
REGISTERED = "no two companies are registered under one name"
NUMBER_SLIP = "their numbers differ by one digit: perhaps a slip, perhaps two firms"
SAYS_TWO = "one of the names says that it is not the other's"
NUMBERS_DIFFER = "the numbers in the names differ"
MARKS_DIFFER = "the letters or Roman numerals in the names differ"
OPPOSED = "a word in each name sets them apart"
OTHER_COUNCIL = "each place has a council of its own"
JOINED = "one name is of two places or two bodies that joined"
OTHER_PARENT = "they belong to two others: perhaps it changed hands"
ANOTHER_INITIAL = "others of that name here have another initial"
ANOTHER_COMPANY = "a bracket in a registered name: perhaps another company, or the one that followed"
TENANT = "one name says that it is at the other's: perhaps a tenant"
NOT_THE_SAME = "the names are not the same"
ANOTHER_KIND = "the names say in two ways what kind of place it is: perhaps two"
BRACKET = "what one name adds in brackets may be a branch"
FORMER = "one of them says that it had the other's name: perhaps a new name of the same firm"
BRANDS_WEB = "the web domain is a brand's: perhaps another owner under the same brand"
# Doubts that say no more than that too little is known: a third row may know it.
LITTLE_KNOWN = frozenset({LOOK_ALIKE, ANOTHER_KIND, SHORT_FORM, INITIALS, ONE_BRANCH, OTHER_NAME})
# Doubts about two places of one name, or about whose trading name it is. One company number settles them, one
# person who answers for both, and a row of that name in the very place.
YIELDING = frozenset({ONE_BRANCH, TWO_BRANCHES, ONLY_ALIAS})
OF_NAMES = frozenset({NOT_THE_SAME, ANOTHER_BODY, FAMILY})


@dataclass(frozen=True, slots=True)
class Judgement(Packed):
    """veto: why they are surely two. doubt: why only a person can say. supported: enough speaks for them.

    bars: the veto or doubt also keeps the two out of one automatic cluster when a third fits both; a doubt
    that only says that too little is known does not. bits: evidence of the list as a whole; told: in words.
    ask: a person could say, and answer either way. sure: they are one whatever else their rows say of places.
    hint: bits that count when a person is asked, and merge nobody.
    """

    veto: str = ""
    doubt: str = ""
    supported: bool = False
    bars: bool = True
    bits: float = 0.0
    told: str = ""
    ask: bool = True
    sure: bool = False
    hint: float = 0.0

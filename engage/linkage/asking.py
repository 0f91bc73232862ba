"""Which doubtful pairs of employers a person is asked about: those that one could answer either way.

The answer to the others is known (two numbers, two branches of one brand with nothing else in common, a group
and its daughters), or nothing that the rows say could tell a person more than it told us.
"""

from __future__ import annotations

from .doubts import INITIALS, LOOK_ALIKE, SHORT_FORM
from .model_file import Score
from .short_forms import NEAR
from .support import AGREE, ALIKE, Support, are_strangers

_SOME_WORDS = frozenset({"most words", "a telling word"})


def ask_though_vetoed(support: Support) -> bool:
    """Two numbers are two legal bodies; but if somebody works for both, one may want to say "same group"."""
    return len(support) >= 3 and support.any_of("mailbox", "person")


def ask_of_a_reference(doubt: str, score: Score, support: Support) -> bool:
    """Where a list says no more of employers than name and town: two nearly of one name, in one town."""
    near = doubt in {SHORT_FORM, LOOK_ALIKE, INITIALS} and score.levels["place"] in NEAR
    return near and not support.against and score.levels["people"] != "differs"


def ask_of_branches(_score: Score, support: Support) -> bool:
    """Places of one brand: asked if somebody answers for both, be it the same person or one phone. A web
    domain is the brand's, whoever owns the shop.
    """
    return support.any_of("phone", "mailbox", "person")


def ask_of_a_family(score: Score, support: Support) -> bool:
    """The sons' firm, or another legal form: asked where one name is the other's with a word more, and they
    share something; where they share some words of a name, and who answers there, and the place.
    """
    if support.against:
        return False
    if score.levels["name"] in AGREE:
        return len(support) > 0
    witnesses = support.kinds & {"phone", "place", "mailbox", "person"}
    return _have_some_words(score) and len(witnesses) > 1


def ask_of_another_body(score: Score, support: Support) -> bool:
    """The group, the charity, the daughter: asked as a family's firm, and where three witnesses join them, or
    some words of a name and one phone in one town. "Zarvek Tooling" and "Zarvek Group" are a firm and its
    group, whatever they share.
    """
    if support.against:
        return False
    three = len(support.kinds - {"desk", "line"}) > 2
    in_town = _have_some_words(score) and _answers_in_town(score, support)
    return three or in_town or ask_of_a_family(score, support)


def _have_some_words(score: Score) -> bool:
    """True when two names have words in common, and no two people are named."""
    return _shares_words(score) and score.levels["people"] != "differs"


def _shares_words(score: Score) -> bool:
    return score.levels["name"] in _SOME_WORDS


def ask_of_a_former_name(_score: Score, support: Support) -> bool:
    """A row that says that it had the other's name: asked, whatever web it has now, unless it is elsewhere
    and nobody and nothing is at both.
    """
    return len(support) > 0 or support.against < 2


def ask_of_unlike_names(score: Score, support: Support) -> bool:
    """A firm under a new name keeps its phone or its place, and its web domain or its people; where no other
    phone answers, a house and most of its name. Two firms of one house, each with people of its own, are two,
    unless they have phone and web domain in common as well.
    """
    if score.levels["people"] == "differs":
        return len(support) > 2 or (_shares_words(score) and support.kinds >= {"phone", "domain"})
    if _shares_words(score) and _answers_in_town(score, support):
        return True
    house = score.levels["name"] == "most words" and score.levels["place"] == "same building"
    house = house and score.levels["phone"] != "differs"
    return house or support.two_sources("phone", "place", "mailbox", "person")


def _answers_in_town(score: Score, support: Support) -> bool:
    """True when one phone answers for both in one town."""
    return "phone" in support and score.levels["place"] in NEAR and not support.against


def ask_of_a_short_form(score: Score, support: Support) -> bool:
    """A name and a short form of it on one web domain, each with a phone and people of its own, are places of
    one brand unless they are in one town: only who owns each could tell.
    """
    strangers = support.kinds == {"domain"} and are_strangers(score)
    return ask_for_more(score, support) and (not strangers or score.levels["place"] in NEAR)


def ask_of_a_bracket(_score: Score, support: Support) -> bool:
    """What one name adds in brackets: asked while nothing says that they are two."""
    return not support.against


def ask_of_another_kind(score: Score, support: Support) -> bool:
    """A dentist's and a dental practice of one name in one town, on no two phones."""
    near = score.levels["place"] in NEAR and score.levels["phone"] != "differs"
    return not support.against and (near or len(support) > 0)


def ask_for_more(score: Score, support: Support) -> bool:
    """Names that agree with too little beside them: asked if something connects the two. Names that are only
    alike are not asked about if anything speaks against them.
    """
    return len(support) > 0 and (not support.against or score.levels["name"] in ALIKE)

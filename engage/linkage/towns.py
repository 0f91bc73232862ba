"""Whether two employers are in one town or area: two spellings, two towns of one name, a postcode's slip."""

from __future__ import annotations

from .mentions import Employer
from .normalise.places import postal_area
from .normalise.text import within_one_edit
from .normalise.words import organisation_words

_LEAST = 5  # letters of a town in which one that differs is a slip


def in_two_regions(a: Employer, b: Employer) -> bool:
    """True for Newport NP20 and Newport PO30, Portland 04101 and Portland 97201."""
    areas = [postal_area(one.outward) for one in (a, b)]
    return all(areas) and len({*areas}) > 1


def in_one_area(a: Employer, b: Employer) -> bool:
    """True when two rows say that they are in one postal area (SK1 and SK15), or in one town."""
    areas = a.outward and b.outward and not in_two_regions(a, b)
    return bool(areas or (a.town and a.town == b.town and not in_two_regions(a, b)))


def are_one_town(one: str, other: str) -> bool:
    """True for "sowerby bdge" and "sowerby bridge", which are the same but for one word, and for a known town
    without a letter, "stockprt", or with two swapped; not for "bury" and "banbury", "barton" and "burton".
    """
    left, right = one.split(), other.split()
    if len(left) == len(right) > 1:
        unlike = [pair for pair in zip(left, right, strict=True) if len({*pair}) > 1]
        return len(unlike) == 1 and any(_is_short_for(*pair) for pair in (unlike[0], unlike[0][::-1]))
    known = [town in organisation_words().places for town in (one, other)]
    same_letters = len(one) != len(other) or sorted(one) == sorted(other)
    return known.count(True) == 1 and same_letters and len(one) > _LEAST and within_one_edit(one, other)


def _is_short_for(short: str, word: str) -> bool:
    """True for "bdge" of "bridge": its first letter and its last, and others of its letters in order."""
    letters = iter(word)
    ends = len(short) > 1 and short[0] == word[0] and short[-1] == word[-1]
    return ends and all(letter in letters for letter in short)


def towns_known(a: Employer, b: Employer) -> bool:
    """Whether both say in which town or district they are, so that these can differ."""
    return bool((a.town and b.town) or (a.outward and b.outward))


def slip_of_a_postcode(a: Employer, b: Employer) -> bool:
    """True when two postcodes are one but for a letter, "CB4 7DN" and "CB4 7DH", and no two addresses say
    that these are two streets beside each other.
    """
    streets = bool(a.site and b.site and a.site != b.site)
    return bool(a.postcode) and not streets and within_one_edit(a.postcode, b.postcode)

"""What in the rows of one name says that two employers have it: towns, addresses, phones, people, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .mentions import Employer
from .normalise.contact import answered_apart
from .normalise.text import within_one_edit
from .towns import in_two_regions, towns_known


def have_two_ways(rows: Iterable[Employer]) -> bool:
    """True when two of these rows have phones, or people, and none in common; not two of one street."""
    two = [(a, b) for a, b in combinations(rows, 2) if not (a.postcode and a.postcode == b.postcode)]
    people = any(a.contacts and b.contacts and not {*a.contacts} & {*b.contacts} for a, b in two)
    return people or any(answered_apart(a.phones, b.phones) for a, b in two)


def one_owner(rows: Iterable[Employer]) -> bool:
    """True when no two of these rows of one name say that they are two employers'."""
    return not any(a.name.branch or b.name.branch or at_odds(a, b) for a, b in combinations(rows, 2))


def at_odds(a: Employer, b: Employer) -> bool:
    """True when two rows of a name give other numbers, web domains or towns, or two streets of one town."""
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
    if in_two_regions(a, b):
        return True
    one, other = set(a.town.split()), set(b.town.split())
    return not (one and other and (one <= other or other <= one))

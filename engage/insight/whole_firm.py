"""How large an employer is as a whole: micro, small, medium or large; never judged by one of its sites."""

from __future__ import annotations

from collections.abc import Mapping

from engage.insight.facts import Facts, once_of_rows
from engage.insight.reading import PlainRow, employers_by_id, fold
from engage.register.sizes import Size, size_of

# Companies Act 2006, as the Department for Business counts: fewer than 250 people in the whole enterprise.
MICRO, SMALL, MEDIUM, LARGE = "Micro (0-9)", "Small (10-49)", "Medium (50-249)", "Large (250 or more)"
SME_OTHER = "Under 250, not said how many"
NOT_KNOWN = "Not known"
CLASSES = (MICRO, SMALL, MEDIUM, SME_OTHER, LARGE, NOT_KNOWN)
SME = frozenset({MICRO, SMALL, MEDIUM, SME_OTHER})
_NAMES = {"micro": MICRO, "small": SMALL, "medium": MEDIUM, "large": LARGE}
LIMIT = 250


@once_of_rows
def size_classes(facts: Facts) -> dict[str, str]:
    """EMP- id → its class, by Employees in all; one of `CLASSES`.

    A site of 250 is large whatever the rest. A firm of a large group (Parent employer, by name) is large: it
    is the whole enterprise that counts. A site of fewer says nothing of the whole: Not known, never an SME.
    """
    employers = employers_by_id(facts)
    by_name: dict[str, PlainRow] = {}
    for golden in employers.values():
        for name in (golden.get("Employer", ""), *golden.get("Also known as", "").split("; ")):
            by_name.setdefault(fold(name), golden)
    return {key: _class_of(golden, by_name) for key, golden in employers.items()}


def _class_of(golden: Mapping[str, str], by_name: Mapping[str, PlainRow]) -> str:
    own = _own_class(golden)
    parent = (
        by_name.get(fold(golden.get("Parent employer", ""))) if golden.get("Parent employer", "") else None
    )
    if own != LARGE and parent is not None and parent is not golden and _own_class(parent) == LARGE:
        return LARGE
    return own


def _own_class(golden: Mapping[str, str]) -> str:
    whole, here = size_of(golden.get("Employees in all", "")), size_of(golden.get("Employees here", ""))
    if _at_least(whole) or _at_least(here):
        return LARGE
    if whole.high is None or whole.high >= LIMIT:
        return NOT_KNOWN
    return _NAMES.get(whole.size_class, SME_OTHER)


def _at_least(size: Size) -> bool:
    return size.low is not None and size.low >= LIMIT

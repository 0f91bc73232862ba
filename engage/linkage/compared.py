"""What two mentions are compared by: an answer holds as long as this stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engage.model import Record, fingerprint

from .mentions import Employer, Person, all_mentions


def compared_by(records: Iterable[Record], country: str = "GB") -> Callable[[str, str], str]:
    """(mention, mention) → the fingerprint that Pair.compared will carry; "" if either is not there."""
    employers, people = all_mentions(list(records), country)
    return comparer({**employers, **people})


def comparer(mentions: Mapping[str, Employer | Person]) -> Callable[[str, str], str]:
    """The same for mentions that are made already."""

    def compared(a: str, b: str) -> str:
        first, second = mentions.get(min(a, b)), mentions.get(max(a, b))
        return "" if first is None or second is None else compared_print(first, second)

    return compared


def compared_print(first: Employer | Person, second: Employer | Person) -> str:
    """The fingerprint of two mentions in the order of their keys."""
    return fingerprint(f"{first.compared}\x1f{second.compared}")

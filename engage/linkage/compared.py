"""What two mentions are compared by, before they are: an answer holds as long as this stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engage.model import Record, fingerprint

from .mentions import all_mentions


def compared_by(records: Iterable[Record], country: str = "GB") -> Callable[[str, str], str]:
    """(mention, mention) → the fingerprint that Pair.compared will carry; "" if either is not there."""
    employers, people = all_mentions(list(records), country)
    prints = {key: employer.compared for key, employer in employers.items()}
    prints |= {key: person.compared for key, person in people.items()}

    def compared(a: str, b: str) -> str:
        first, second = prints.get(min(a, b)), prints.get(max(a, b))
        return "" if first is None or second is None else fingerprint(f"{first}\x1f{second}")

    return compared

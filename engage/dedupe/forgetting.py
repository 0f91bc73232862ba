"""What was read lately is remembered, for a night reads the same cells again and again; a list is read once.

Two hundred thousand texts in memory are slower to find again than to read anew, and each helper has its own.
"""

from __future__ import annotations

from typing import Protocol

from engage.linkage.normalise.contact import domain_of
from engage.linkage.normalise.core import name_parts
from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.people import people_of, person_name
from engage.linkage.normalise.places import site_key
from engage.linkage.normalise.text import fold, words
from engage.register.company_number import company_number
from engage.register.email import is_shared_mailbox, read_emails
from engage.register.names import read_people
from engage.register.phone import find_phones
from engage.register.postcode import read_postcode

MOST_TEXTS = 50_000  # of some 15,000 rows


class _Remembers(Protocol):
    def cache_clear(self) -> None: ...


_REMEMBERING: tuple[_Remembers, ...] = (
    fold, words, read_name, name_parts, domain_of, site_key, people_of, person_name, company_number,
    read_emails, is_shared_mailbox, read_people, find_phones, read_postcode,
)  # fmt: skip


def forget_much() -> bool:
    """Forget the texts read lately once they are many; whether they were."""
    many = fold.cache_info().currsize >= MOST_TEXTS
    if many:
        for function in _REMEMBERING:
            function.cache_clear()
    return many

"""Addresses to which nothing at all may go: those of somebody who objects, whichever row gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from engage.linkage.mentions import person_mentions
from engage.model import Objection, Record, fingerprint
from engage.register.text import split_several

from .objections import ALL, marks_of


def addresses_held(
    memory: Mapping[str, Objection],
    records: Iterable[Record],
    released: Callable[[Record], bool] = lambda _: False,
) -> Callable[[str], bool]:
    """Whether nothing is to go to an address: somebody who has it, in any row, objects to all contact.

    records: tonight's, of all agencies. released: whether an agency said of a row that the objection of
    somebody like it is another's.
    """
    marks = {mark for one in memory.values() if one.level == ALL and not one.lifted for mark in one.marks}
    rows: dict[str, list[Record]] = defaultdict(list)
    for record in records if marks else ():
        for address in split_several(record["Email"].lower()):
            rows[address].append(record)

    def is_held(written: str) -> bool:
        address = written.strip().lower()
        there = (record for record in rows.get(address, ()) if not released(record))
        beside = (mark for record in there for mark in _marks_of_owner(record, address))
        return fingerprint(f"m:{address}") in marks or any(mark in marks for mark in beside)

    return is_held


def _marks_of_owner(record: Record, address: str) -> frozenset[str]:
    """Marks of the people of a row whose own address this is."""
    keys = (person.key for person in person_mentions(record) if address in person.mailboxes)
    return frozenset(mark for key in keys for mark in marks_of(record, int(key.rpartition("#")[2])))

"""Record IDs that no longer stand beside their row: somebody sorted one column, or all but that one.

What a row says is remembered of it, cell by cell. A row that reads, to the letter, as another record was
remembered, and not as its own id's, has that record's cells: its id is not believed, and the row is known by
what it says, as a row whose id was wiped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .model import Record
from .register.identity import marks_of
from .state import Remembered

Said = tuple[str, str, frozenset[tuple[str, str]]]  # workbook, tab, the marks of its cells


def without_misplaced_ids(records: Sequence[Record], known: Mapping[str, Remembered]) -> list[Record]:
    """The records, those without an id whose id belongs to another row of the same tab.

    known: as they were remembered at the last sync.
    """
    moved = _moved(records, known)
    owners = set(moved.values())
    return [
        replace(record, record_id="")
        if at in moved or (record.record_id in owners and not _is_as_known(record, known))
        else record
        for at, record in enumerate(records)
    ]


def _moved(records: Sequence[Record], known: Mapping[str, Remembered]) -> dict[int, str]:
    """Position of a record that reads as another was remembered → that one's id, if it is not at home."""
    said: dict[Said, list[str]] = defaultdict(list)
    for key, past in known.items():
        if not past.gone and past.marks:
            said[past.workbook, past.tab, frozenset(past.marks.items())].append(key)
    strangers = [at for at, each in enumerate(records) if not _is_as_known(each, known)]
    at_home = {each.record_id for each in records if _is_as_known(each, known)}
    owners = {at: said.get(_said(records[at]), []) for at in strangers}
    return {at: ids[0] for at, ids in owners.items() if len(ids) == 1 and ids[0] not in at_home}


def _is_as_known(record: Record, known: Mapping[str, Remembered]) -> bool:
    """Whether the row has no id that is known, or reads as its id was remembered."""
    past = known.get(record.record_id)
    return past is None or dict(past.marks) == dict(marks_of(record))


def _said(record: Record) -> Said:
    return record.place.workbook, record.tab, frozenset(marks_of(record).items())

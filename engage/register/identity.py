"""Who is who among the rows of tonight and the records of last night.

A Record ID is "R-", six or more random characters and a check character (Crockford's base 32, without the
letters that people misread), so that a mistyped id is seen as such and never taken for another row's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engage.model import Finding, Record
from engage.state import Remembered, mark

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 7
LIKENESS = 0.6  # a row without an id is last night's if at least this share of its filled cells is the same
TYPED_ID = "typed-record-id"
RowKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Identified:
    """Tonight's records with their ids.

    given: records whose id is not the one in their sheet (new, copied, wiped or typed over), by row.
    reading: record id → what to remember of it. gone: ids that had a row last night and have none now.
    """

    records: tuple[Record, ...]
    given: Mapping[RowKey, str]
    findings: tuple[Finding, ...]
    gone: tuple[str, ...]


def check_character(body: str) -> str:
    """The check character of an id's random part: position-weighted sum, modulo 31 (a prime)."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % 31]


def make_id(draw: Callable[[str], str]) -> str:
    """A new Record ID; draw picks one letter of the alphabet it is given (random.choice, secrets.choice)."""
    body = "".join(draw(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return f"R-{body}{check_character(body)}"


def is_record_id(text: str) -> bool:
    """Whether a text is a Record ID with the right check character."""
    body = text[2:-1]
    shaped = text.startswith("R-") and len(body) == RANDOM_CHARACTERS and set(text[2:]) <= set(ALPHABET)
    return shaped and check_character(body) == text[-1]


def row_key(record: Record) -> RowKey:
    """Where a record stands tonight: workbook, sheet title, row."""
    return record.place.workbook, record.place.tab, record.place.row


def marks_of(record: Record) -> dict[str, str]:
    """Heading → mark, of every filled cell as typed; columns that are not read count for nothing."""
    return {h: mark(text) for h, text in record.typed.items() if h in record.clean and text.strip()}


def identify(
    records: Sequence[Record], known: Mapping[str, Remembered], new_id: Callable[[], str]
) -> Identified:
    """Give every record the id it had, or a new one.

    records: tonight's rows of every workbook that was read, record_id as typed. known: what is remembered of
    those workbooks, by record id. A copied row's original is the one that matches the last snapshot, on a
    tie the upper row. A row that lost its id gets back the id of the missing record that it is most like.
    """
    keepers = _keepers(records, known)
    lost = [record for record in records if row_key(record) not in keepers]
    kept = set(keepers.values())
    missing = {key: past for key, past in known.items() if key not in kept}
    ids = keepers | _returned(lost, missing)
    taken = set(ids.values()) | set(known)
    for record in lost:
        if row_key(record) not in ids:
            ids[row_key(record)] = _fresh(new_id, taken)
    named = tuple(replace(record, record_id=ids[row_key(record)]) for record in records)
    given = {
        row_key(was): now.record_id
        for was, now in zip(records, named, strict=True)
        if was.record_id != now.record_id
    }
    present = set(ids.values())
    return Identified(
        records=named,
        given=given,
        findings=tuple(_typed_ids(records, named)),
        gone=tuple(sorted(key for key, past in known.items() if key not in present and not past.gone)),
    )


def _fresh(new_id: Callable[[], str], taken: set[str]) -> str:
    key = new_id()
    while key in taken:
        key = new_id()
    taken.add(key)
    return key


def _keepers(records: Sequence[Record], known: Mapping[str, Remembered]) -> dict[RowKey, str]:
    """The rows that keep the id in their cell: each well-formed id once."""
    claims: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if is_record_id(record.record_id):
            claims[record.record_id].append(record)
    return {row_key(_original(rows, known.get(key))): key for key, rows in claims.items()}


def _original(rows: Sequence[Record], past: Remembered | None) -> Record:
    if past is None or len(rows) == 1:
        return rows[0]
    return max(rows, key=lambda row: (_likeness(row, past), _at_home(row, past), -row.place.row))


def _at_home(record: Record, past: Remembered) -> bool:
    return (record.place.workbook, record.place.tab) == (past.workbook, past.sheet)


def _likeness(record: Record, past: Remembered) -> float:
    """Share of filled cells that are the same, 0..1."""
    now = marks_of(record)
    same = sum(1 for heading, value in now.items() if past.marks.get(heading) == value)
    return same / max(len(now), len(past.marks), 1)


def _returned(rows: Sequence[Record], missing: Mapping[str, Remembered]) -> dict[RowKey, str]:
    """Ids that go back to rows which lost them: first to rows equal in every cell, then to the likest."""
    ids = _unchanged(rows, missing)
    used = set(ids.values())
    rest = [row for row in rows if row_key(row) not in ids]
    left = {key: past for key, past in missing.items() if key not in used}
    for _, key, record_id in sorted(_claims(rest, left), key=lambda claim: (-claim[0], claim[1], claim[2])):
        if key not in ids and record_id not in used:
            ids[key] = record_id
            used.add(record_id)
    return ids


def _unchanged(rows: Sequence[Record], missing: Mapping[str, Remembered]) -> dict[RowKey, str]:
    """Rows equal to a missing record in every cell, in any tab, since people move rows; its own tab first."""
    waiting: dict[tuple[str, frozenset[tuple[str, str]]], list[str]] = defaultdict(list)
    for record_id, past in sorted(missing.items()):
        waiting[past.tab, frozenset(past.marks.items())].append(record_id)
    ids: dict[RowKey, str] = {}
    for row in rows:
        same = waiting.get((row.tab, frozenset(marks_of(row).items())), [])
        if same:
            best = min(same, key=lambda record_id: not _at_home(row, missing[record_id]))
            same.remove(best)
            ids[row_key(row)] = best
    return ids


def _claims(rows: Sequence[Record], missing: Mapping[str, Remembered]) -> Iterable[tuple[float, RowKey, str]]:
    """(likeness, row, id) of every row that could be a missing record of its own tab, edited since."""
    by_mark: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for record_id, past in missing.items():
        for item in past.marks.items():
            by_mark[past.workbook, past.sheet, *item].add(record_id)
    for row in rows:
        shared = [
            by_mark.get((row.place.workbook, row.place.tab, *item), set()) for item in marks_of(row).items()
        ]
        for record_id in set().union(*shared):
            likeness = _likeness(row, missing[record_id])
            if likeness >= LIKENESS:
                yield likeness, row_key(row), record_id


def _typed_ids(records: Sequence[Record], named: Sequence[Record]) -> Iterable[Finding]:
    """A finding for every text in a Record ID cell that is no id: it is about to be replaced."""
    for was, now in zip(records, named, strict=True):
        if was.record_id and not is_record_id(was.record_id):
            yield Finding(
                kind=TYPED_ID,
                place=replace(was.place, column="Record ID"),
                wrong="This was typed into the Record ID column, which Engage fills in. "
                "If you need it, move it to another column.",
                found=was.record_id,
                record_id=now.record_id,
                agency=was.agency,
            )

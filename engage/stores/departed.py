"""Copies that still show what an agency kept with us, after it has left: taken out wherever we can reach.

The reports that were issued stay as they were, and so does the ledger of what was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engage.built.decision_book import TITLE as DECISIONS
from engage.built.intrusions import OUR_OWN_WORDS
from engage.cache import Cache
from engage.config import Agency, Config
from engage.departures import own_workbook
from engage.errors import EngageError, WorkbookError
from engage.insight.objections import forget_ended
from engage.mail.outbox import PREVIEW
from engage.model import Grid, Snapshot, record_of
from engage.schema import Schema
from engage.state import OBJECTED, decode, encode, owner_of
from engage.state import TAB as MEMORY
from engage.workbook.xlsx.redacting import redacted
from engage.workbook.xlsx.swap import read_file, write_new

from .in_backups import copies
from .in_files import answers, exports, files_in
from .in_packs import packs

log = logging.getLogger(__name__)
# Grey tabs that no night could build again, and that say nothing of its rows.
KEPT = frozenset({OUR_OWN_WORDS, "Mail stops"})
EVER = "9999"  # after every day that a memory names
STAYS = (
    "Reports that were issued (packs): evidence of what was reported, with the figures and names of then.",
    "The ledger: that a digest was sent, to whom and when, so that none is sent twice.",
    "Mail that was sent, with what it said.",
    "Decisions: the pairs and answers by Record ID, without words.",
    "Objections, erasures and stops of mail: they belong to the person.",
    "Rows of Agencies, Coordinators and Targets that name it, and partners' own notes: people wrote them.",
    "Backups of engage backup made before: they have its section of engage.toml, and issued reports. The hub "
    "remembers that it left: after a restore no sync reads its workbook. Make a new one and delete these.",
    "That it left and when, in the hub's hidden notes.",
)


def forget_agency(
    config: Config, schema: Schema, cache: Cache, own: str, records: frozenset[str]
) -> dict[str, int]:
    """Take a departed agency out of cache, journal, copies, previews, lists and answers.

    own: the key of its workbook, "" if others' rows are in it too. records: its Record IDs. Call it after the
    sync that rebuilt the lists without it. Past runs cannot be undone any more. Its own workbook's reading
    goes last: as long as it is there, this was not finished. Returns what → how many.
    """
    pieces = {"entries of the journal": sum(len(cache.entries(run)) for run in cache.runs())}
    cache.rewrite(
        lambda one: one if one.workbook == own else _snapshot(one, schema, records), lambda entry: entry
    )
    found = [(name == own, path) for name, path in copies(config)]
    pieces["copies of workbooks"] = sum(_copy(path, schema, records, whole=mine) for mine, path in found)
    old = list(_to_be_made_again(config))
    for path in old:
        path.unlink()
    cache.forget(own)
    return {**pieces, "previews, lists and answers": len(old)}


def forget_what_came_back(config: Config, schema: Schema, cache: Cache) -> None:
    """Take out again what a restored disk has of agencies that left: readings, copies of their workbooks."""
    for agency in config.held_out:
        if is_left_over(config, cache, agency):
            forget_left_over(config, schema, cache, agency)


def is_left_over(config: Config, cache: Cache, agency: Agency) -> bool:
    """Whether we keep a reading or a copy of the workbook of an agency that left; not where it kept one with
    others, whose rows are in that too.
    """
    everybody = replace(config, agencies=(*config.agencies, *config.departed))
    if own_workbook(everybody, agency) != agency.key:
        return False
    return cache.last(agency.key) is not None or any(key == agency.key for key, _ in copies(config))


def forget_left_over(config: Config, schema: Schema, cache: Cache, agency: Agency) -> dict[str, int]:
    """Take out what is left over of an agency that left, by what was last read of its workbook."""
    last = cache.last(agency.key)
    tab = last[0].tab(MEMORY) if last else None
    records = decode(tab.rows, agency.key).records if tab else {}
    return forget_agency(config, schema, cache, agency.key, frozenset(records))


def _to_be_made_again(config: Config) -> Iterator[Path]:
    """Previews, exported lists, answers to requests for access (whoever asked has theirs), and reports that
    were not issued: a new one is made in a minute."""
    yield from files_in(config.mail.outbox / PREVIEW)
    yield from files_in(exports(config))
    yield from files_in(answers(config))
    yield from (path for path in files_in(packs(config)) if path.parent.name == "now")


def _copy(path: Path, schema: Schema, records: frozenset[str], *, whole: bool) -> int:
    """A copy of its own workbook goes; another's keeps what staff typed. One that cannot be read goes too."""
    try:
        data = b"" if whole else read_file(path, path.name)[0]
        now = (
            b""
            if whole
            else redacted(
                data, path.name, lambda title, rows: _body(title, rows, schema, records), lambda text: text
            )
        )
    except WorkbookError:
        log.warning("a copy cannot be read, and was deleted: %s", path.name)
        now = b""
    if not now:
        path.unlink()
    elif now != data:
        write_new(path, now)
    return int(now != data or not now)


def _snapshot(snapshot: Snapshot, schema: Schema, records: frozenset[str]) -> Snapshot:
    tabs = (replace(tab, rows=_body(tab.title, tab.rows, schema, records)) for tab in snapshot.tabs)
    return replace(snapshot, tabs=tuple(tabs))


def _body(title: str, rows: Grid, schema: Schema, records: frozenset[str]) -> Grid:
    """A grey tab without its body: it is built anew every night. Decisions keeps what is none of theirs."""
    if title == MEMORY:
        return _memory(rows, records)
    spec = schema.tabs.get(title)
    if spec is None or spec.kind != "built" or title in KEPT:
        return rows
    return tuple(
        row if number == 0 or (title == DECISIONS and not _theirs(row, records)) else ("",) * len(row)
        for number, row in enumerate(rows)
    )


def _theirs(row: tuple[str, ...], records: frozenset[str]) -> bool:
    return any(record_of(part) in records for cell in row for part in cell.split(" ~ "))


def _memory(rows: Grid, records: frozenset[str]) -> Grid:
    """The hidden memory without what it keeps of their rows, but that somebody objects."""
    owner = owner_of(rows)
    try:
        state = decode(rows, owner)
    except EngageError:
        return rows
    theirs = {key: one for key, one in state.objections.items() if key in records}
    others = {key: one for key, one in state.objections.items() if key not in records}
    left = replace(
        state,
        objections={**others, **forget_ended(theirs, EVER)},
        records={key: past for key, past in state.records.items() if key not in records},
    )
    wanted = {row[:2]: row for row in encode(left, owner)}
    blank = ("", "", "")
    return tuple(
        (*wanted.get(row[:2], blank), *row[3:]) if row[:1] in (("record",), (OBJECTED,)) else row
        for row in rows
    )

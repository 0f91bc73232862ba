"""Why the next version of a pack is not what the last was: merges taken back, other rows, a person's word."""

from __future__ import annotations

import json
from functools import reduce

from engage.config import HUB
from engage.desk import Desk
from engage.insight.weeks import Period, long_day, moment_words, read_day
from engage.model import Linked
from engage.report.model import Report
from engage.report.packs import MANIFEST, Pack
from engage.report.revision import Document, Revision, changes_in, revision, tables_changed
from engage.report.words import as_document

from .as_told import facts_if
from .packs import document_of, issued_meanwhile
from .splits import Split, as_one, is_apart, splits_in
from .words import sides

GONE = "The figures of version {} are no longer there to be compared with."


def revision_since(
    desk: Desk, last: Pack, report: Report, span: Period, audience: str, why: str = ""
) -> Revision:
    """What stands at the head of a version after the first. last: the one before it, as it was issued."""
    issued = moment_words(last.issued)
    before, now = document_in(last), as_document(report)
    if before is None:
        return Revision(last.version, issued, (), (), (*filter(None, [why]), GONE.format(last.version)))
    splits = _counted(desk, last, now, span, audience)
    whys = [*filter(None, [why]), *(_why(split, last, desk, audience) for split in splits)]
    with_all = reduce(_joined, splits, desk.night.worlds[HUB].linked)
    explained = _same(_document(desk, with_all, span, audience), before) if splits else False
    return revision(before, now, since=last.version, issued=issued, whys=whys, explained=explained)


def document_in(pack: Pack) -> Document | None:
    """The figures as they were frozen; None if they are gone, or cannot be read."""
    name = next((name for name in pack.files if name.endswith(".json") and name != MANIFEST), "")
    try:
        found: Document = json.loads((pack.folder / name).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _counted(desk: Desk, last: Pack, now: Document, span: Period, audience: str) -> tuple[Split, ...]:
    """The merges that the last version counted, and that were taken back since."""
    linked = desk.night.worlds[HUB].linked
    since = (one for one in splits_in(desk.night.book) if issued_meanwhile(one, [last]))
    return tuple(
        split
        for split in since
        if is_apart(split, linked) and not _same(_document(desk, as_one(linked, split), span, audience), now)
    )


def _joined(linked: Linked, split: Split) -> Linked:
    return as_one(linked, split) if is_apart(split, linked) else linked


def _document(desk: Desk, linked: Linked, span: Period, audience: str) -> Document:
    return document_of(facts_if(desk.night, desk.config, desk.schema, linked), desk.schema, span, audience)


def _same(one: Document, other: Document) -> bool:
    return not any(changes_in(one, other)) and not any(tables_changed(one, other))


def _why(split: Split, last: Pack, desk: Desk, audience: str) -> str:
    day = read_day(split.until)
    said = sides(split, desk.night.facts[audience])
    until = f", until {long_day(day)}" if day else ""
    return f"{said}: version {last.version} counted them as one{until}."

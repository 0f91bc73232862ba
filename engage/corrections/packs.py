"""Which packs counted a merge: each period told twice, with it and without, and the two compared.

The file that was issued stays what it is; it is only read to know which period, for whom, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engage.config import HUB, Config
from engage.insight.quarters import quarter_of, year_of
from engage.insight.weeks import Period, month_of, read_day, week_of
from engage.report.build import build_report
from engage.report.packs import Pack
from engage.report.revision import Change, Document, changes_in, tables_changed
from engage.report.words import as_document
from engage.schema import Schema

from .as_told import FactsOf
from .splits import Split, minute


@dataclass(frozen=True, slots=True)
class Counted:
    """One issued pack that counted the merge: its figures, and the names of its tables, that would differ."""

    pack: Pack
    span: Period
    changes: tuple[Change, ...]
    tables: tuple[str, ...]


def issued_meanwhile(split: Split, packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """The newest version of each pack, if it was issued while the two were one."""
    newest: dict[object, Pack] = {}
    for pack in sorted(packs, key=lambda pack: pack.version):
        newest[pack.folder.parent] = pack
    return tuple(pack for pack in newest.values() if split.since <= minute(pack.issued) < split.until)


def counted_otherwise(
    told: FactsOf, right: FactsOf, packs: Iterable[Pack], config: Config, schema: Schema
) -> Iterator[Counted]:
    """Those of the packs that say something else when told from `right` than from `told`."""
    for pack in packs:
        span, audience = span_of_pack(pack, config), audience_of_pack(pack, config)
        if span is None or audience not in right:
            continue
        before, after = (document_of(facts, schema, span, audience) for facts in (told, right))
        changes, tables = tuple(changes_in(before, after)), tuple(tables_changed(before, after))
        if changes or tables:
            yield Counted(pack, span, changes, tables)


def document_of(facts: FactsOf, schema: Schema, span: Period, audience: str) -> Document:
    """The report of a period as one document."""
    return as_document(build_report(facts[audience], schema, span, read=""))


def span_of_pack(pack: Pack, config: Config) -> Period | None:
    """The period of a pack; None if engage.toml counts its years in another way since."""
    last = read_day(pack.as_of)
    if last is None:
        return None
    spans = (quarter_of(last, config.year), year_of(last, config.year), month_of(last), week_of(last))
    return next((span for span in spans if pack.title.endswith(f", {span.label}")), None)


def audience_of_pack(pack: Pack, config: Config) -> str:
    """For whose eyes a pack is: an agency by its full name, or the readers of the hub; "" if it has left."""
    agency = config.agency(pack.audience) if pack.audience else None
    return agency.name if agency else "" if pack.audience else HUB

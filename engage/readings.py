"""Every workbook's tabs, read as their own agency lays them out; a renamed tab or heading is known again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .config import HUB, Config
from .headings_accepted import accepted_headings
from .model import Place, Snapshot
from .pulled import Pulled, known_records, known_tabs
from .register.read import Source, TabReading, read_workbook
from .register.renamed import confirmed_by_cells
from .renamed_tabs import first_title, renamed_tabs, titles_now, told
from .schema import Schema
from .spelled import list_values, list_wordings, spellings
from .state import KnownTab


@dataclass(frozen=True, slots=True)
class Reader:
    """read_workbook with everything but the source given: a renamed heading makes it read twice."""

    snapshot: Snapshot
    schema: Schema
    today: date
    agencies: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    wordings: Mapping[str, Mapping[str, str]]

    def __call__(self, source: Source) -> tuple[TabReading, ...]:
        """The tabs as this source reads them."""
        return read_workbook(
            self.snapshot,
            self.schema,
            source,
            today=self.today,
            agencies=self.agencies,
            lists=self.lists,
            wordings=self.wordings,
        )


def read_all(
    pulled: Mapping[str, Pulled], config: Config, schema: Schema, today: date
) -> Iterable[tuple[str, TabReading]]:
    """The hub first, on its own: it says how agencies and list values are spelled."""
    hub = pulled[HUB].snapshot
    assert hub is not None  # pull raised if the hub could not be read
    titles = renamed_tabs(hub, known_tabs(pulled, HUB))
    plain = read_workbook(hub, schema, Source(HUB, tabs=titles, country=config.country), today=today)
    agencies = spellings(config, plain)
    lists, wordings = list_values(plain), list_wordings(plain)
    accepted = accepted_headings(pulled)
    known = known_records(pulled)
    for key, each in pulled.items():
        if each.snapshot is None:
            continue
        tabs = known_tabs(pulled, key)
        for part, source in parts(each, config, tabs):
            reader = Reader(part, schema, today, agencies, lists, wordings)
            readings = reader(source)
            renamed = confirmed_by_cells(readings, tabs, known)
            if meant := accepted.meant(readings, renamed):
                readings = reader(replace(source, headings=_merged(source.headings, meant)))
            yield from ((key, _with_its_name(reading, each.snapshot, tabs, source)) for reading in readings)


def _with_its_name(
    reading: TabReading, snapshot: Snapshot, tabs: Mapping[str, KnownTab], source: Source
) -> TabReading:
    """The reading, and that its tab had another title, which people may be looking for."""
    title, first = reading.tab.title, first_title(reading.tab, snapshot, tabs)
    if not first or reading.spec is None or first.casefold().split() == title.casefold().split():
        return reading
    finding = told(Place(source.workbook, title), first, source.agency)
    return replace(reading, findings=(*reading.findings, finding))


def parts(pulled: Pulled, config: Config, tabs: Mapping[str, KnownTab]) -> Iterable[tuple[Snapshot, Source]]:
    """A workbook as one source, or, where several agencies keep tabs in it, a source for each of them."""
    snapshot = pulled.snapshot
    assert snapshot is not None
    mine = [agency for agency in pulled.home.agencies if agency.workbook is not None or agency.tabs]
    alone = len(pulled.home.agencies) == 1 and pulled.home.key != HUB
    titles, now = renamed_tabs(snapshot, tabs), titles_now(snapshot, tabs)
    taken: set[str] = set()
    for agency in mine:
        named = {now.get(title, title): spec for title, spec in agency.tabs.items()}
        own = {tab.title for tab in snapshot.tabs} if alone else set(named)
        taken |= own
        part = replace(snapshot, tabs=tuple(tab for tab in snapshot.tabs if tab.title in own))
        headings = {now.get(title, title): meant for title, meant in agency.headings.items()}
        yield part, Source(snapshot.workbook, agency.name, titles | named, headings, config.country)
    rest = tuple(tab for tab in snapshot.tabs if tab.title not in taken)
    if rest:
        yield replace(snapshot, tabs=rest), Source(snapshot.workbook, "", titles, {}, config.country)


def _merged(
    mine: Mapping[str, Mapping[str, str]], more: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    return {sheet: {**more.get(sheet, {}), **mine.get(sheet, {})} for sheet in {*mine, *more}}

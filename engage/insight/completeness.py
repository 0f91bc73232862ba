"""Completeness: which data are held, and where the gaps are in the columns of the core minimum data set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from engage.insight.capability import Capability, CellsByHeading, Headline, Insight, Source, Table
from engage.insight.core_changes import core_changes, is_kept_back
from engage.insight.facts import Facts, once_a_day, once_of_rows
from engage.insight.reading import agencies_of, cells_of, rows_of
from engage.insight.weeks import Period
from engage.schema import Column
from engage.wording import counted

TAB, OWN_TAB = "Completeness", "Your data (built nightly)"
ALL_CORE = "All core columns"
ROWS = ""  # no heading is called so
Counts = Mapping[str, Counter[str]]  # agency → column → rows that say it
LOW = 50  # per cent; below it a column is named as a gap


@dataclass(frozen=True, slots=True)
class Held:
    """One core column, or all of a tab's together. rows: that should say it. agencies: how many hold any."""

    tab: str
    column: str
    rows: int
    filled: int
    agencies: int

    @property
    def share(self) -> int | None:
        """A whole per cent, rounded down; None without rows."""
        return self.filled * 100 // self.rows if self.rows else None


def tell(facts: Facts, span: Period) -> Insight:
    """As of today; what was filled in or emptied, in the period. The hub is told of all agencies together and
    of none alone; an agency of its own rows too, beside all. Cells that an agency does not share are no gaps:
    they are not counted at all."""
    whole = held(facts)
    columns = [one for one in whole if one.column != ALL_CORE and one.rows]
    if not columns:
        return Insight()
    tables = [_table(facts, whole)]
    if facts.audience in facts.agencies.values():
        tables.append(_own(whole, held(facts, facts.audience)))
    filled, cells = (sum(getattr(one, part) for one in columns) for part in ("filled", "rows"))
    gaps = sorted(
        (one for one in columns if (one.share or 0) < LOW), key=lambda one: (one.share or 0, one.tab)
    )
    headlines = (
        Headline(
            "Core fields filled, %", filled * 100 // cells, f"{cells:,} cells of core columns", dated=False
        ),
        Headline("Core columns less than half filled", len(gaps), f"of {len(columns):,}", dated=False),
        *_changes(facts, span),
    )
    return Insight(completeness_words(whole, filled * 100 // cells, gaps), headlines, tuple(tables))


def _changes(facts: Facts, span: Period) -> Iterator[Headline]:
    """A share has no past, for nobody keeps what a cell said before; when it changed, the sync does keep."""
    silent = _employer_only(facts) - {facts.audience}
    last = min(span.last, facts.today).isoformat()
    found = [
        one
        for one in core_changes(facts)
        if span.first.isoformat() <= one.day[:10] <= last and not (one.is_kept_back and one.agency in silent)
    ]
    filled = sum(one.is_filled for one in found)
    yield Headline("Core fields filled in or corrected", filled, "of rows that were there before")
    yield Headline("Core fields emptied", len(found) - filled, "of rows that were there before")


def held(facts: Facts, agency: str = "") -> tuple[Held, ...]:
    """Each core column of each staff tab, the tab's own line first. agency: of its rows alone; "" of all."""
    return _held(facts, agency, _employer_only(facts) - {facts.audience})


@once_a_day
def _held(facts: Facts, agency: str, silent: frozenset[str]) -> tuple[Held, ...]:
    """The same. silent: the agencies whose people and free texts these readers may not see."""
    found: list[Held] = []
    for tab, columns in facts.columns.items():
        core, counts = [column for column in columns if column.core], _counts_by_tab(facts)[tab]
        if agency:
            counts = {agency: counts[agency]} if agency in counts else {}
        if core and counts:
            lines = [_column(tab, column, counts, silent) for column in core]
            cells, filled = sum(one.rows for one in lines), sum(one.filled for one in lines)
            found += [Held(tab, ALL_CORE, cells, filled, len(counts.keys() - {""})), *lines]
    return tuple(found)


def _column(tab: str, column: Column, counts: Counts, silent: frozenset[str]) -> Held:
    is_open = not is_kept_back(column)
    meant = {name: count for name, count in counts.items() if is_open or name not in silent}
    filled = {name: count[column.heading] for name, count in meant.items()}
    agencies = sum(bool(name and count) for name, count in filled.items())
    rows = sum(count[ROWS] for count in meant.values())
    return Held(tab, column.heading, rows, sum(filled.values()), agencies)


@once_of_rows
def _counts_by_tab(facts: Facts) -> dict[str, Counts]:
    """Staff tab → agency, "" where no row says which → how many of its rows say each core column, and under
    ROWS how many it has."""
    return {tab: _counts(facts, tab) for tab in facts.columns}


def _counts(facts: Facts, tab: str) -> Counts:
    core = [column.heading for column in facts.columns[tab] if column.core and column.heading != "Agency"]
    agencies = agencies_of(facts, tab) if core else []
    rows = Counter(agencies)
    counts = {name: Counter({ROWS: count, "Agency": count if name else 0}) for name, count in rows.items()}
    for heading in core:
        for name, filled in _filled(facts, tab, heading, agencies).items():
            counts[name][heading] = filled
    return counts


def _filled(facts: Facts, tab: str, heading: str, agencies: Sequence[str]) -> Counter[str]:
    """Agency → how many of its rows say this. agencies: each row's own."""
    cells = (cell for (cell,) in cells_of(facts, tab, heading))
    return Counter(compress(agencies, cells))


@once_of_rows
def _employer_only(facts: Facts) -> frozenset[str]:
    """The agencies whose people and free texts others may not see."""
    return frozenset(
        facts.agencies.get(row.get("Agency", "").casefold(), row.get("Agency", ""))
        for row in rows_of(facts, "Agencies")
        if row.get("Share contact details with partners", "") == "Employer only"
    )


def _table(facts: Facts, whole: Sequence[Held]) -> Table:
    rows = tuple(_row(one) for one in whole)
    counts = ((tab, _counts_by_tab(facts)[tab].values()) for tab in dict.fromkeys(one.tab for one in whole))
    sources = tuple(Source(tab, sum(one[ROWS] for one in found)) for tab, found in counts)
    return Table(TAB, rows, sources=sources, parts="Tab")


def _row(one: Held) -> CellsByHeading:
    return {
        "Tab": one.tab,
        "Column": one.column,
        "Cells": one.rows,
        "Filled": one.filled,
        "Empty": one.rows - one.filled,
        "%": "" if one.share is None else one.share,
        "Agencies that hold any": one.agencies,
    }


def _own(whole: Sequence[Held], own: Sequence[Held]) -> Table:
    of_all = {(one.tab, one.column): one for one in whole}
    return Table(OWN_TAB, tuple(_own_rows(own, of_all)), parts="Tab")


def _own_rows(own: Sequence[Held], of_all: Mapping[tuple[str, str], Held]) -> Iterator[CellsByHeading]:
    for one in own:
        share = of_all[one.tab, one.column].share
        row = {**_row(one), "All agencies, %": "" if share is None else share}
        yield {heading: cell for heading, cell in row.items() if heading != "Agencies that hold any"}


def completeness_words(whole: Sequence[Held], share: int, gaps: Sequence[Held]) -> str:
    """ "Of the core fields 81 % are filled, over 7 tabs. The widest gaps: Postcode in Employers (38 %)." """
    tabs = sum(one.column == ALL_CORE for one in whole)
    said = f"Of the core fields {share} % are filled, over {counted(tabs, 'tab')}."
    named = ", ".join(f"{one.column} in {one.tab} ({one.share} %)" for one in gaps[:3])
    return said + (f" The widest gaps: {named}." if named else "")


CAPABILITY = Capability(
    key="completeness",
    number=9,
    title="What data are held",
    clause="Tameside 2.4.a: “core minimum data set”",
    tabs=(TAB, OWN_TAB),
    tell=tell,
    asks_who=True,
)

"""The filter of a target: what it may ask for, and which rows pass it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engage.insight.facts import Facts, once, once_of_rows
from engage.insight.reading import PlainRow, agency_of, cells_of, dated_rows, fold, several
from engage.insight.sectors import sector_rows, sectors_by_employer
from engage.insight.whole_firm import CLASSES, NOT_KNOWN, SME, size_classes

FILTERS = (
    "Agency",
    "Sector",
    "Size",
    "Type",
    "Reason",
    "Scheme",
    "Offer made",
    "Who started it",
    "Pledge",
    "Route",
    "Kind",
    "Fund",
    "Need type",
    "Stage",
    "Group",
    "Rule",
    "Plan",
    "Category",
    "Tab",
    "Column",
    "Why",
)
TALK = frozenset(
    {"Agency", "Sector", "Size", "Type", "Reason", "Scheme", "Offer made", "Who started it", "Need type"}
)
EVENT = frozenset({"Agency", "Sector", "Kind"})


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a target counts, both ends in it, and the filter: heading → wanted value, folded."""

    first: date
    last: date
    filters: Mapping[str, str]


Measure = Callable[[Facts, Span, int], float]


class NotUnderstood(Exception):
    """A measure or a filter that the system does not know, or that nothing can pass; its text says which."""


def read_filter(text: str) -> dict[str, str]:
    """ "Sector = Construction; Agency = Dale Council" as heading → value, folded. Raises NotUnderstood."""
    wanted: dict[str, str] = {}
    headings = {fold(name): name for name in FILTERS}
    for part in several(text):
        heading, sign, value = part.partition("=")
        if not sign or fold(heading) not in headings or not value.strip():
            raise NotUnderstood(f"Filter not understood: {part}")
        name = headings[fold(heading)]
        if wanted.setdefault(name, fold(value)) != fold(value):
            raise NotUnderstood(f"No row can pass two filters for {name}: write a target for each")
    return wanted


def rows_within(facts: Facts, tab: str, dated: str, span: Span, allowed: frozenset[str]) -> list[PlainRow]:
    """The rows of a tab within the span that pass the filter. Raises NotUnderstood as `check_filters`."""
    wanted = ids_passing(facts, tab, span, allowed)
    found = dated_rows(facts, tab, dated, span.first, span.last)
    return found if wanted is None else [row for row in found if row["record_id"] in wanted]


def ids_passing(facts: Facts, tab: str, span: Span, allowed: frozenset[str]) -> frozenset[str] | None:
    """The record ids of a tab's rows of any day that pass the filter; None if there is no filter, and all
    pass. Raises NotUnderstood as `check_filters`."""
    check_filters(facts, tab, span, allowed)
    having = [
        _having(facts, tab, name).get(_meant(facts, name, wanted), frozenset())
        for name, wanted in span.filters.items()
    ]
    return frozenset.intersection(*having) if having else None


def check_filters(facts: Facts, tab: str, span: Span, allowed: frozenset[str]) -> None:
    """Raises NotUnderstood for a filter that the measure cannot answer, or that no row of the tab can ever
    pass: a filter is never silently left out."""
    foreign = set(span.filters) - allowed
    if foreign:
        raise NotUnderstood(f"Filter cannot be used with this measure: {', '.join(sorted(foreign))}")
    for name, wanted in span.filters.items():
        _check_possible(facts, tab, name, wanted)


@once_of_rows
def _having(facts: Facts, tab: str, name: str) -> dict[str, frozenset[str]]:
    """Value, folded → the record ids of the tab's rows that have it under this heading."""
    found: dict[str, set[str]] = {}
    for record_id, cell in _cells(facts, tab, name):
        for value in several(cell):
            found.setdefault(fold(value), set()).add(record_id)
    return {value: frozenset(records) for value, records in found.items()}


def _cells(facts: Facts, tab: str, name: str) -> Iterator[tuple[str, str]]:
    """Record id and `_said` of each row of a tab."""
    headings = ("record_id", "agency", "Agency", "employer_id", name)
    for record_id, workbook, agency, employer_id, cell in cells_of(facts, tab, *headings):
        yield record_id, _said(facts, name, workbook or agency, employer_id, cell)


def _said(facts: Facts, name: str, agency: str, employer_id: str, cell: str) -> str:
    """What a row says under a filter's heading: whose it is; its merged employer's sectors, else those
    typed; how large its merged employer is; for any other, the cell."""
    if name == "Agency":
        return agency
    if name == "Sector":
        return "; ".join(sectors_by_employer(facts).get(employer_id, ())) or cell
    if name == "Size":
        return "; ".join(_sizes(size_classes(facts).get(employer_id, NOT_KNOWN)))
    return cell


def _sizes(size: str) -> tuple[str, ...]:
    """A class by each name that a filter may ask for: "Small (10-49)" is Small, and an SME, too."""
    return (size, size.partition(" (")[0], *(("SME",) if size in SME else ()))


def _check_possible(facts: Facts, tab: str, name: str, wanted: str) -> None:
    """Raises NotUnderstood for a value that no list knows and no row has ever had: it would count nothing
    for ever, and nobody would know why."""
    known = known_values(facts, tab, name)
    if known and _meant(facts, name, wanted) not in known:
        raise NotUnderstood(f"Nothing can pass this filter: there is no {name} called “{wanted}”")


@once
def known_values(facts: Facts, tab: str, name: str) -> frozenset[str]:
    """What a filter on this heading may ask for, folded: its list, and whatever stands in the tab."""
    columns = (one for one in facts.columns.get(tab, ()) if one.heading == name)
    listed = [value for one in columns for value in one.values or facts.lists.get(one.list_name, ())]
    if name == "Agency":
        listed += facts.agencies.values()
    if name == "Sector":
        listed += [*sector_rows(facts), *(s for found in sectors_by_employer(facts).values() for s in found)]
    if name == "Size":
        listed += [value for size in CLASSES for value in _sizes(size)]
    return frozenset(fold(value) for value in listed) | _having(facts, tab, name).keys()


def passes(facts: Facts, row: PlainRow, span: Span) -> bool:
    """Whether a row, or a merged employer, has what each filter wants."""
    agency, employer_id = agency_of(row), row.get("employer_id", "")
    said = {name: _said(facts, name, agency, employer_id, row.get(name, "")) for name in span.filters}
    return all(
        _meant(facts, name, wanted) in {fold(value) for value in several(said[name])}
        for name, wanted in span.filters.items()
    )


def _meant(facts: Facts, name: str, wanted: str) -> str:
    """An agency by any of its spellings."""
    return fold(facts.agencies.get(wanted, wanted)) if name == "Agency" else wanted

"""An agency's own workbook, before it is taken in: how it would be read, for its owner to accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .config import HUB, Agency, Config, Home, key_of
from .model import Finding, Snapshot
from .register.headings import heading_key
from .register.read import Source, TabReading, read_workbook
from .schema import Schema
from .spelled import list_values, list_wordings, spellings, words_of
from .state import TAB as MEMORY
from .state import owner_of

EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class TabFound:
    """One sheet tab. spec: the schema's title, "" if it would be left alone, and then why. rows: records.

    understood: (their heading, ours), in the sheet's order; doubtful: (their heading, the question it puts);
    left: headings that would not be read. widen: a Record ID column would be added at the right end.
    """

    title: str
    spec: str
    why: str = ""
    header_row: int = 0
    rows: int = 0
    understood: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    widen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Findings of one kind: how many, and the first of them."""

    kind: str
    count: int
    examples: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """The report for a workbook's owner. file: its name; agency: whose it is.

    copy_of: whose workbook it is by its own memory, in words, if that is not this agency's: then it is a
    copy, and no sync would read it.
    """

    file: str
    agency: str
    tabs: tuple[TabFound, ...]
    asked: tuple[Asked, ...]
    copy_of: str = ""

    @property
    def rows(self) -> int:
        """Rows that would be read."""
        return sum(tab.rows for tab in self.tabs)


def examine(
    snapshot: Snapshot,
    schema: Schema,
    agency: Agency,
    *,
    today: date,
    file: str,
    config: Config | None = None,
    hub: Snapshot | None = None,
) -> Adoption:
    """How this workbook would be read for this agency; nothing is changed.

    config, hub: where there is a partnership already, its names of agencies and its lists are used.
    """
    known = _hub_readings(hub, schema, config, today)
    country = config.country if config else "GB"
    source = Source(snapshot.workbook, agency.name, agency.tabs, agency.headings, country)
    readings = read_workbook(
        snapshot,
        schema,
        source,
        today=today,
        agencies=words_of(agency) | (spellings(config, known) if config else {}),
        lists=list_values(known),
        wordings=list_wordings(known),
    )
    tabs = tuple(_tab(reading) for reading in readings)
    read = {tab.title for tab in tabs if tab.spec}
    findings = (f for reading in readings if reading.tab.title in read for f in reading.findings)
    return Adoption(file, agency.name, tabs, _asked(findings))


def copy_of(snapshot: Snapshot, agency: Agency, config: Config | None, home: Home) -> str:
    """Whose workbook this is by its memory, for Adoption.copy_of; "" if it is this agency's or says nothing.

    home: where it is; a file by its absolute path, for agencies may share one.
    """
    memory = snapshot.tab(MEMORY)
    owner = owner_of(memory.rows) if memory else ""
    sources = config.sources if config else ()
    at_home = any(source.key == owner and source.workbook == home for source in sources)
    if not owner or at_home or owner == (agency.key or key_of(agency.short or agency.name)):
        return ""
    if owner == HUB:
        return "the hub"
    name = next((each.name for each in config.agencies if each.key == owner), "") if config else ""
    return f"the workbook of {name}" if name else f"the workbook “{owner}”"


def _hub_readings(
    hub: Snapshot | None, schema: Schema, config: Config | None, today: date
) -> Sequence[TabReading]:
    if hub is None or config is None:
        return ()
    return read_workbook(hub, schema, Source(hub.workbook, country=config.country), today=today)


def _tab(reading: TabReading) -> TabFound:
    spec = reading.spec
    if spec is None:
        return TabFound(reading.tab.title, "", _UNKNOWN)
    if spec.where == "hub":
        return TabFound(reading.tab.title, "", _HUBS.format(spec.title))
    if not reading.header_row:
        return TabFound(reading.tab.title, "", _NO_HEADINGS.format(spec.title))
    header = reading.tab.rows[reading.header_row - 1]
    columns = sorted(reading.columns.items(), key=lambda item: item[1])
    questions = {f.place.column: f.wrong for f in reading.findings if f.kind == "doubtful-heading"}
    return TabFound(
        title=reading.tab.title, spec=spec.title, header_row=reading.header_row, rows=len(reading.records),
        understood=tuple((header[at], heading) for heading, at in columns),
        doubtful=tuple((heading, questions.get(heading, "")) for heading in reading.doubtful),
        left=reading.unknown, widen=spec.has_ids and reading.id_column is None,
    )  # fmt: skip


_UNKNOWN = "its headings are not those of a tab we know"
_HUBS = "it looks like {}, which the partnership keeps in the hub"
_NO_HEADINGS = "it looks like {}, but no row of headings was found"


def _asked(findings: Iterable[Finding]) -> tuple[Asked, ...]:
    """By kind, the most frequent first; how headings were read is said with their tab, not here."""
    kinds: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.kind not in {"doubtful-heading", "unknown-heading"}:
            kinds[finding.kind].append(finding)
    ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Asked(kind, len(found), tuple(found[:EXAMPLES])) for kind, found in ranked)


COPY_REMEDY = (
    "Name the agency's own file. If the copy is to be its workbook from now on, delete the hidden tab "
    f"{MEMORY} and the grey tabs in it first."
)


def copy_words(adoption: Adoption) -> str:
    """What is said of a copy, before anybody accepts it."""
    return f"By its hidden tab {MEMORY}, {adoption.file} is {adoption.copy_of}, or a copy of it."


def settled_tabs(adoption: Adoption) -> dict[str, str]:
    """Sheet title → what it is read as, "" for those left alone: what accepting the report settles."""
    return {tab.title: tab.spec for tab in adoption.tabs}


def settled_headings(adoption: Adoption) -> dict[str, dict[str, str]]:
    """Sheet title → their heading → ours, or "" to leave it alone.

    Headings that are spelled as ours are not listed; doubtful ones are not settled: they are asked about.
    """
    return {tab.title: settled for tab in adoption.tabs if (settled := _settled(tab))}


def _settled(tab: TabFound) -> dict[str, str]:
    read = {theirs: ours for theirs, ours in tab.understood if heading_key(theirs) != heading_key(ours)}
    taken = {heading_key(theirs) for theirs, _ in (*tab.understood, *tab.doubtful)}
    alone = {theirs: "" for theirs in tab.left if theirs.strip() and heading_key(theirs) not in taken}
    return read | alone


def by_name(config: Config | None, name: str) -> Agency:
    """The agency of engage.toml with this name, or a new one of this name."""
    found = config.agency(name) if config else None
    return found or Agency(name)


def as_document(adoption: Adoption) -> Mapping[str, object]:
    """The report for a program."""
    from dataclasses import asdict  # noqa: PLC0415

    return {"rows": adoption.rows, **asdict(adoption)}

"""A departure: what an agency kept with us is withdrawn everywhere that we reach, its own workbook apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engage.config import HUB, Agency, Config, load_config
from engage.departures import mark_of, own_workbook
from engage.errors import EngageError
from engage.intake import objections_of
from engage.lease import check_lease, write_memory
from engage.model import Snapshot
from engage.night import Night
from engage.pipeline import Partnership, Report, sync
from engage.ports import PublishTab
from engage.pushing import carry_out
from engage.schema import Schema
from engage.state import Left
from engage.stores.departed import forget_agency, forget_left_over

from .toml import change_section

LEAVING = "leave "  # the journal names it "leave <run>"; it is forgotten with the rest
OTHERS = (  # hold what partners know
    "Your employers (built nightly)",
    "Your contacts (built nightly)",
    "Your figures (built nightly)",
    "Your weeks and months",
)


@dataclass(frozen=True, slots=True)
class Departure:
    """What was done. emptied: grey tabs in its workbook; ask: what its own people have to take out, in words.

    forgotten: what → how many pieces of our copies.
    """

    agency: Agency
    report: Report = field(repr=False)
    emptied: int
    ask: tuple[str, ...]
    forgotten: Mapping[str, int]


def leave(
    partnership: Partnership,
    night: Night,
    agency: Agency,
    *,
    now: datetime,
    reopen: Callable[[Config], Partnership],
) -> Departure:
    """Let an agency go. night: as it was looked at; reopen: the partnership of the settings as they are then.

    What people objected to it goes into the memory of the hub, and its two lists are emptied; then come the
    settings, and from then on no sync shows its rows to anybody. Raises LeaseHeld, WorkbookBusy, ConfigError,
    or what a sync raises.
    """
    config = partnership.config
    check_lease(night.intake, partnership.asker, now)
    own = own_workbook(config, agency)
    records = frozenset(r.record_id for r in night.intake.records if r.agency == agency.name)
    day = _note_in_the_hub(partnership, night, agency, own)
    emptied, ask = _empty(partnership, night, own, agency)
    change_section(config, agency.name, {"left": day, "paused": "", "withdrawn": False})
    after = reopen(load_config(config.path))
    report = sync(after, now=now)
    forgotten = forget_agency(after.config, after.schema, after.cache, own, records)
    return Departure(agency, report, emptied, ask, forgotten)


def finish(partnership: Partnership, agency: Agency, *, now: datetime) -> Mapping[str, int]:
    """Do what a departure that was cut off did not come to: the lists without it, then our copies.

    agency: one that has left, of which something is_left_over. Returns what → how many pieces. Raises what a
    sync raises.
    """
    sync(partnership, now=now)
    return forget_left_over(partnership.config, partnership.schema, partnership.cache, agency)


def _note_in_the_hub(partnership: Partnership, night: Night, agency: Agency, own: str) -> str:
    """Have the hub remember that it left, and what people objected to it: its memory is not read after this.

    Returns since when it has left, an ISO date: the first day, if this is a second time.
    """
    state = night.intake.pulled[HUB].state
    kept = objections_of(night.objections, night.intake, HUB, leaving=own)
    mark = mark_of(agency, state.left) or Left(night.now.date().isoformat(), agency.name)
    now = replace(state, objections=kept, left={**state.left, agency.key: mark})
    if now != state:
        hub = partnership.workbooks[HUB]
        write_memory(now, night.intake, hub, partnership.cache, run=f"{LEAVING}{night.run}")
    return mark.on


def _empty(partnership: Partnership, night: Night, own: str, agency: Agency) -> tuple[int, tuple[str, ...]]:
    """Empty the grey tabs in its workbook that show what its partners know."""
    if not own:
        return 0, (
            f"The rows of {agency.name} stand in a workbook that others keep too: take them out there.",
        )
    pulled = night.intake.pulled.get(own)
    if pulled is None or pulled.home.view_only:  # None: the hub says that it left before, and it was not read
        return 0, ()
    ask = (f"{pulled.title}: delete the grey tabs {' and '.join(OTHERS)}; they show what partners know.",)
    if not pulled.writable or pulled.snapshot is None:
        return 0, ask
    intents = tuple(emptied(pulled.snapshot, partnership.schema))
    try:
        done = carry_out(intents, partnership.workbooks[own], partnership.cache, f"{LEAVING}{night.run}")
    except EngageError:
        return 0, ask
    moved = any(one.status == "moved" for one in done)
    return len(done), ask if moved else ()


def emptied(snapshot: Snapshot, schema: Schema) -> list[PublishTab]:
    """Its lists and figures with their headings and nothing below."""
    found = (snapshot.tab(title) for title in OTHERS if title in schema.tabs)
    return [
        PublishTab(tab.title, schema.tabs[tab.title].headings, (), expects=tab.rows)
        for tab in found
        if tab is not None
    ]

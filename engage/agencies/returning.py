"""An agency that left is taken in again: first by engage.toml, last of all by the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from engage.config import HUB, Agency, Config
from engage.config_writing import write_checked
from engage.lease import check_lease, write_memory
from engage.night import run_id
from engage.pipeline import Partnership, pull
from engage.state import TAB, Left, decode
from engage.undoing import RETURNING

from .toml import change_section


def known_as(config: Config, name: str) -> Agency:
    """The agency of engage.toml with this name, short name or key, even one that left; or a new one."""
    everybody = replace(config, agencies=(*config.agencies, *config.departed))
    return everybody.agency(name) or Agency(name.strip())


@contextmanager
def counted_in(config: Config, name: str) -> Iterator[None]:
    """Have engage.toml count in an agency that left, without its old workbook; as it was if that fails."""
    if not any(one.name.casefold() == name.casefold() for one in config.departed):
        yield
        return
    before = config.path.read_text(encoding="utf-8-sig")
    change_section(config, name, {"left": "", "workbook": ""})
    try:
        yield
    except BaseException:
        write_checked(config.path, before, before)
        raise


def take_back(partnership: Partnership, name: str, *, now: datetime) -> bool:
    """Whether the hub had a mark that an agency of this name left; it has none any more.

    Call it last of all: until then no sync opens its workbook. Raises LeaseHeld, WorkbookBusy, or what a sync
    raises.
    """
    hub, agency = partnership.workbooks[HUB], known_as(partnership.config, name)
    if not _marks(decode(hub.peek(TAB), HUB).left, agency):
        return False
    intake = pull(partnership, now, allow_deletions=True)
    check_lease(intake, partnership.asker, now)
    state = intake.pulled[HUB].state
    gone = _marks(state.left, agency)
    left = {key: mark for key, mark in state.left.items() if key not in gone}
    write_memory(replace(state, left=left), intake, hub, partnership.cache, run=f"{RETURNING}{run_id(now)}")
    return True


def _marks(left: Mapping[str, Left], agency: Agency) -> frozenset[str]:
    """The keys of the marks of this agency, by its key or its name."""
    wanted = {agency.key.casefold(), agency.name.casefold()} - {""}
    return frozenset(key for key, one in left.items() if wanted & {key.casefold(), one.agency.casefold()})

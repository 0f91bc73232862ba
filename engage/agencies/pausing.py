"""A workbook that may not be read for now: its rows are shown as they last were, or in no list at all."""

from __future__ import annotations

from datetime import date

from engage.config import Agency, Config
from engage.errors import UsageError

from .toml import change_section


def pause(config: Config, agency: Agency, today: date, *, withdrawn: bool) -> None:
    """Stop reading an agency's workbook; withdrawn: and take its rows out of every list meanwhile.

    Raises UsageError if its rows are in a workbook that is read for others too, unless they are withdrawn.
    """
    home = next((one for one in config.sources if agency in one.agencies), None)
    shared = agency.workbook is None or agency.workbook == config.hub or (home and len(home.agencies) > 1)
    if shared and not withdrawn:
        raise UsageError(
            f"the rows of {agency.name} stand in a workbook that is read for others too",
            fix="add --withdraw, which takes its rows out of every list",
        )
    since = agency.paused or today.isoformat()
    change_section(config, agency.name, {"paused": "" if shared else since, "withdrawn": withdrawn})


def resume(config: Config, agency: Agency) -> None:
    """Read it again from the next sync on, and show its rows."""
    change_section(config, agency.name, {"paused": "", "withdrawn": False})

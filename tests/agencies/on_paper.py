"""The small town with an engage.toml on the disk, in which agencies come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engage.agencies.leaving import Departure, leave
from engage.agencies.returning import take_back
from engage.agencies.standing import Standing, agency_named, standing_of
from engage.agencies.toml import change_section
from engage.cache import Cache
from engage.config import Config, load_config
from engage.pipeline import Partnership, look
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, SCHEMA, Town, agency_rows, row_of

TOML = f"""
state = "state"
[partnership]
name = "Marlbeck Works"
[hub]
path = "hub.xlsx"
[mail]
allowed_domains = ["marlbeck.example"]
from_address = "us@marlbeck.example"
[[agency]]
name = "{COUNCIL}"
short = "MBC"
key = "council"
[[agency]]
name = "{COLLEGE}"  # since 2019
short = "STC"
key = "college"
workbook = "college.xlsx"
tabs = {{ "Firms" = "Employers" }}
[[agency]]
name = "{JOBCENTRE}"
short = "JCP"
key = "jobcentre"
workbook = "jobcentre.xlsx"
view_only = true
tabs = {{ "List" = "Employers" }}
"""


class Changing(Town):
    """Its settings are those of the file."""

    def __init__(self, folder: Path, **more: Any) -> None:
        coordinators = [
            row_of("Coordinators", Name="Tom", Email="tom@marlbeck.example", Agency=COLLEGE, Gets="Weekly")
        ]
        super().__init__(folder, Agencies=agency_rows(), Coordinators=coordinators, **more)
        self.config.path.write_text(TOML, "utf-8")
        self.reload()

    def reload(self) -> None:
        self.config = load_config(self.config.path)
        self.partnership = self.opened(self.config)

    def opened(self, config: Config, cache: Cache | None = None) -> Partnership:
        return replace(self.partnership, config=config, cache=cache or self.partnership.cache)

    def standing(self, name: str, now: datetime = NOW) -> Standing:
        agency = agency_named(self.config, name)
        return standing_of(look(self.partnership, now=now), self.config, SCHEMA, agency)

    def leave(self, name: str, now: datetime = NOW) -> Departure:
        night = look(self.partnership, now=now)
        agency = agency_named(self.config, name)
        done = leave(self.partnership, night, agency, now=now, reopen=self.opened)
        self.reload()
        return done

    def come_back(self, name: str, now: datetime = NOW) -> None:
        """As engage agency join does it for an agency that left."""
        take_back(self.partnership, name, now=now)
        change_section(load_config(self.config.path), name, {"left": ""})
        self.reload()

    def share(self, name: str, answer: str) -> None:
        rows = self.hub.rows("Agencies")
        number = next(n for n, row in enumerate(rows, 1) if name in row)
        column = rows[0].index("Share contact details with partners") + 1
        self.hub.type("Agencies", number, column, answer)

    def places_of(self, mark: str, own: Iterable[str] = ()) -> dict[str, list[str]]:
        """Where a mark stands: cells by workbook and tab, but for those of these workbooks."""
        found = {}
        for name, tabs in self.grids().items():
            for title, rows in tabs.items() if name not in own else ():
                cells = [cell for row in rows for cell in row if mark in cell.casefold()]
                if cells:
                    found[f"{name}: {title}"] = cells
        return found

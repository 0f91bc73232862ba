"""What the partnership's office types into the hub, from office.toml: plan, targets, messages, lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from engage.demo.agencies import AGENCY_LIST, NAMES
from engage.demo.views import Line, Typed

_OFFICE: dict[str, Any] = tomllib.loads((files("engage.demo") / "office.toml").read_text(encoding="utf-8"))
LISTS: dict[str, tuple[str, ...]] = {name: tuple(values) for name, values in _OFFICE["lists"].items()}
SECTORS: tuple[str, ...] = tuple(row["Sector"] for row in _OFFICE["sectors"])
_TABS = {
    "Sectors": "sectors",
    "Schemes": "schemes",
    "Actions": "actions",
    "Targets": "targets",
    "Key messages": "messages",
    "Groups": "groups",
    "Group seats": "seats",
    "Coordinators": "coordinators",
}
_WHEN = re.compile(r"\{([MD])([+-]\d+)\}")


def office_rows(today: date) -> dict[str, list[Line]]:
    """Hub tab → the rows that the office keeps there, days and months counted from the demo's today."""
    rows = {tab: [_line(row, today) for row in _OFFICE[key]] for tab, key in _TABS.items()}
    rows["Coordinators"] = [_addressed(line) for line in rows["Coordinators"]]
    return {"Agencies": list(_agencies()), **rows}


def _agencies() -> Iterator[Line]:
    for agency in AGENCY_LIST:
        cells: dict[str, Typed] = {
            "Agency": agency.name,
            "Short name": agency.short,
            "Also known as": agency.also,
            "Kind": agency.kind,
            "Workbook": agency.file,
            "Lead person": agency.lead,
            "Lead email": agency.address(agency.lead),
            "Lawful basis": agency.basis,
            "Sharing agreement signed": date.fromisoformat(agency.signed) if agency.signed else "",
            "Share contact details with partners": agency.shares,
            "Active": "Yes",
        }
        yield Line(agency.key, cells)


def _line(row: dict[str, Typed], today: date) -> Line:
    cells = {heading: _dated(value, today) for heading, value in row.items()}
    for heading in ("Agency", "Owner"):
        if heading in cells:
            cells[heading] = NAMES[str(cells[heading])]
    return Line("office", cells)


def _addressed(line: Line) -> Line:
    agency = next(each for each in AGENCY_LIST if each.name == line.values["Agency"])
    address = agency.address(str(line.values["Name"]))
    return Line(line.key, {"Email": address, **line.values})


def _dated(value: Typed, today: date) -> Typed:
    if not isinstance(value, str):
        return value
    alone = _WHEN.fullmatch(value)
    if alone and alone[1] == "D":
        return today + timedelta(days=int(alone[2]))
    return _WHEN.sub(lambda found: _in_words(found[1], int(found[2]), today), value)


def _in_words(unit: str, distance: int, today: date) -> str:
    if unit == "D":
        day = today + timedelta(days=distance)
        return f"{day.day} {day:%B %Y}"
    months = today.year * 12 + today.month - 1 + distance
    return f"{date(months // 12, months % 12 + 1, 1):%B %Y}"

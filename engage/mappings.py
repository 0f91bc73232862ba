"""What engage.toml says of agencies' tabs and headings, held against the schema."""

from __future__ import annotations

from collections.abc import Iterator

from .checked_toml import did_you_mean, listed
from .config import Agency, Config
from .errors import ConfigError
from .schema import Schema


def check_mappings(config: Config, schema: Schema) -> None:
    """Raises ConfigError naming every tab and heading in engage.toml that the schema does not have."""
    faults = [fault for agency in config.agencies for fault in _faults(agency, schema)]
    if faults:
        fix = "mend the names; engage schema shows the tabs and engage schema TAB the headings of one"
        raise ConfigError(listed(faults), where=str(config.path), fix=fix)


def _faults(agency: Agency, schema: Schema) -> Iterator[str]:
    staff = [tab.title for tab in schema.tabs.values() if tab.kind == "staff"]
    for sheet, title in agency.tabs.items():
        if title and title not in staff:
            yield f"agency {agency.name}, tabs, {sheet}: {title!r} is no tab" + did_you_mean(title, staff)
    for sheet, headings in agency.headings.items():
        tab = schema.tabs.get(agency.tabs.get(sheet, sheet))
        known = [column.heading for column in tab.columns] if tab else _every_heading(schema)
        for theirs, ours in headings.items():
            if ours and ours not in known:
                where = f"agency {agency.name}, headings, {sheet}, {theirs}"
                yield f"{where}: {ours!r} is no heading" + did_you_mean(ours, known)


def _every_heading(schema: Schema) -> list[str]:
    return list({column.heading for tab in schema.staff_tabs() for column in tab.columns})

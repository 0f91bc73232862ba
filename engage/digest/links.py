"""Where a digest's links lead: the hub workbook's tabs and rows, and nothing that could be an attack.

A workbook on the web (https) is linked by its address, with the tab and row where the service has a way to
say so (Google Sheets, by the tab's number). A workbook file is linked by its path relative to the page
("../hub.xlsx#'Dashboard'!A5"): that opens from the .html copy beside it; a mail reader that refuses file
links still shows the text, and every link's text says which tab is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import pandas as pd

from engage.insight.happened import Line
from engage.insight.reading import PlainRow, plain_rows
from engage.model import cell_text

SAFE_SCHEMES = frozenset({"https", "mailto", "cid"})  # cid: a part of the message itself
# The built tabs' titles, as sheets_schema names them; the first column of each names the row.
EMPLOYERS = "Employer list (built nightly)"
ENGAGEMENTS = "Engagement list (built nightly)"
EVENTS = "Event list (built nightly)"
PLEDGES = "Pledge list (built nightly)"
ACTIONS = "Action list (built nightly)"
DASHBOARD = "Dashboard"
CLASHES = "Clashes"
LINKED = frozenset({EMPLOYERS, ENGAGEMENTS, EVENTS, PLEDGES, ACTIONS, DASHBOARD, CLASHES})
FIGURE_HEADINGS = ("Last whole week", "Week before", "Four-week average")


def is_safe_href(href: str) -> bool:
    """Whether a link may stand in a digest: https, mailto, or a file name relative to the page.

    "javascript:", "data:", "//host", a backslash, a space or a control character are refused.
    """
    if not href or re.search(r"[\x00-\x20\x7f\\]", href):
        return False
    scheme = urlsplit(href).scheme if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href) else ""
    if scheme:
        return scheme.lower() in SAFE_SCHEMES
    return not href.startswith(("/", "#")) and ":" not in href.partition("#")[0].partition("/")[0]


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links into the hub. workbook: its https address, or its path relative to the page.

    tab_numbers: Google's number of each tab, by title. pause: where to ask for a pause (mailto), or "".
    """

    workbook: str
    tab_numbers: Mapping[str, str] = field(default_factory=dict)
    pause: str = ""

    def to(self, tab: str, row: int = 1) -> str:
        """A link to a row of a tab; "" if the workbook's own address is not safe to link."""
        base = self.workbook if "://" in self.workbook else quote(self.workbook, safe="/.~()-_")
        if not is_safe_href(base):
            return ""
        if "://" not in base:
            return base + "#" + quote(f"'{tab}'!A{row}", safe="'!")
        number = self.tab_numbers.get(tab)
        return base if number is None else f"{base.partition('#')[0]}#gid={number}&range=A{row}"


@dataclass(frozen=True, slots=True)
class Published:
    """The built tabs as they stand in the hub: which row says what, and what the Dashboard's figures are.

    rows, cells: (tab, key) → row number, and an event's row as texts by heading. figures: (section, measure)
    → Last whole week, Week before, Four-week average, as texts.
    """

    links: Links
    rows: Mapping[tuple[str, str], int]
    cells: Mapping[tuple[str, str], PlainRow]
    figures: Mapping[tuple[str, str], tuple[str, str, str]]

    def href(self, tab: str, key: str) -> str:
        """Opens the row of a tab with this key; "" if the hub does not show it (it is not for everybody)."""
        row = self.rows.get((tab, key))
        return "" if row is None else self.links.to(tab, row)

    def count_otherwise(self, tab: str, key: str, heading: str, count: int) -> str:
        """What this row of a tab counts, if it is not this count; "" if it is, or the hub has no such row."""
        said = self.cells.get((tab, key), {}).get(heading, str(count)).removesuffix(".0")
        return "" if said == str(count) else said or "nothing"

    def figure_href(self, line: Line) -> str:
        """Opens a figure's row of the Dashboard, if what stands there are the same figures."""
        return self.href(DASHBOARD, f"{line.section}\x1f{line.measure}") if self.says_so(line) else ""

    def says_so(self, line: Line) -> bool:
        """Whether the hub's Dashboard has this row, with the same three figures."""
        return self.figures.get((line.section, line.measure)) == _texts(line)

    def says_otherwise(self, line: Line) -> str:
        """What the hub's Dashboard says where it is not the same, in words; "" if it agrees or is silent."""
        said = self.figures.get((line.section, line.measure))
        if said is None:
            return ""
        when = ("", " for the week before", " as the four-week average")
        pairs = zip(said, _texts(line), when, strict=True)
        return next((f"{shown or 'nothing'}{which}" for shown, mine, which in pairs if shown != mine), "")


def _texts(line: Line) -> tuple[str, str, str]:
    now, before, average = (
        "" if figure is None else cell_text(figure) for figure in (line.now, line.before, line.average)
    )
    return now, before, average


def published(links: Links, tabs: Mapping[str, pd.DataFrame]) -> Published:
    """Where everything stands in these built tabs (title → frame as published, headings in row 1)."""
    rows: dict[tuple[str, str], int] = {}
    cells: dict[tuple[str, str], PlainRow] = {}
    figures: dict[tuple[str, str], tuple[str, str, str]] = {}
    for title in LINKED & tabs.keys():
        frame = tabs[title]
        names = frame[["Section", "Measure"]] if title == DASHBOARD else frame.iloc[:, :1]
        for number, row in enumerate(plain_rows(names), start=2):
            rows[title, "\x1f".join(row.values())] = number
    for row in plain_rows(tabs[EVENTS]) if EVENTS in tabs else ():
        cells[EVENTS, next(iter(row.values()))] = row
    for row in plain_rows(tabs[DASHBOARD]) if DASHBOARD in tabs else ():
        now, before, average = (row[name].removesuffix(".0") for name in FIGURE_HEADINGS)
        figures[row["Section"], row["Measure"]] = (now, before, average)
    return Published(links, rows, cells, figures)

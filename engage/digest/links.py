"""Where a digest's figures stand and its links lead: built tabs and their rows, and nothing that could be an
attack.

A workbook on the web (https) is linked by its address, with the tab and row where the service has a way to
say so (Google Sheets, by the tab's number). A workbook file is linked by its path relative to the page
("../hub.xlsx#'Dashboard'!A5"): that opens from the .html copy beside it; a mail reader that refuses file
links still shows the text, and every link's text says which tab is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote, urlsplit

import pandas as pd

from engage.digest.standing import Key, Standing, count_told, figures_in
from engage.insight.happened import IN_FIGURES, Line
from engage.insight.reading import PlainRow, plain_rows
from engage.insight.weeks import Period

SAFE_SCHEMES = frozenset({"https", "mailto", "cid"})  # cid: a part of the message itself
# The built tabs' titles, as sheets_schema names them; the first column of each names the row.
EMPLOYERS = "Employer list (built nightly)"
ENGAGEMENTS = "Engagement list (built nightly)"
EVENTS = "Event list (built nightly)"
PLEDGES = "Pledge list (built nightly)"
ACTIONS = "Action list (built nightly)"
CLASHES = "Clashes"
LINKED = frozenset({EMPLOYERS, ENGAGEMENTS, EVENTS, PLEDGES, ACTIONS, CLASHES})


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
class Place:
    """Where a figure stands. tab: in words. href: opens its row, trend_href that of its small line; "" where
    nothing can be linked."""

    href: str = ""
    in_dashboard: bool = False
    in_own_tab: bool = False
    trend_href: str = ""
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The built tabs of a workbook as they stand there: which row says what, and which figures there are.

    lists: the lists that there are. rows, cells: (list, key) → row number, and an event's row as texts by
    heading. figures: (section, measure) → how it stands in a tab of figures; none where no tab is about the
    time that is told of. own: the same of the reader's agency's own workbook, if it has a tab of figures.
    """

    links: Links
    rows: Mapping[tuple[str, str], int]
    cells: Mapping[tuple[str, str], PlainRow]
    figures: Mapping[Key, Standing]
    own: Published | None = None
    lists: frozenset[str] = frozenset()

    def href(self, tab: str, key: str) -> str:
        """Opens the row of a tab with this key; "" if the hub does not show it (it is not for everybody)."""
        row = self.rows.get((tab, key))
        return "" if row is None else self.links.to(tab, row)

    def shows(self, tab: str, key: str) -> bool:
        """Whether a list has a row with this key, as far as there is that list."""
        return (tab, key) in self.rows or tab not in self.lists

    def counted(self, tab: str, key: str, heading: str) -> int | None:
        """The count in this row of a tab; None if it is blank or no number, or there is no such row."""
        try:
            return count_told(self.cells.get((tab, key), {}).get(heading, ""))
        except ValueError:
            return None

    @property
    def tells(self) -> bool:
        """Whether a tab of figures is about the time that is told of."""
        return any(section == IN_FIGURES for section, _ in self.figures)

    def as_told(self, line: Line) -> Line | None:
        """The row with the figures that stand in the tab that this reader may quote: of their own agency's
        workbook, else the hub's. None if that has no such row; the row itself where there is no tab."""
        told = self.own if self.own is not None and self.own.tells else self
        if not told.tells:
            return line
        said = told.figures.get((line.section, line.measure))
        if said is None:
            return None
        shown = said.line
        trend = shown.trend if line.trend else ()
        return replace(line, now=shown.now, before=shown.before, average=shown.average, trend=trend)

    def place_of(self, line: Line) -> Place:
        """The row of the hub that says the same figures, else of the agency's own tab."""
        for one in (self, self.own):
            said = one.figures.get((line.section, line.measure)) if one is not None else None
            if one is not None and said is not None and said.says(line):
                trend = one.links.to(said.trend_tab, said.trend_row) if said.trend_row else ""
                href, tab = one.links.to(said.tab, said.row), said.tab.removesuffix(" (built nightly)")
                return Place(href, one is self, one is not self, trend, tab)
        return Place()


def published(
    links: Links, tabs: Mapping[str, pd.DataFrame], span: Period | None = None, today: date | None = None
) -> Published:
    """Where everything stands in these built tabs (title → frame as published, headings in row 1).

    span: what is told of, and today: the day of the sync; without them there are no figures.
    """
    rows: dict[tuple[str, str], int] = {}
    cells: dict[tuple[str, str], PlainRow] = {}
    for title in LINKED & tabs.keys():
        for number, row in enumerate(plain_rows(tabs[title].iloc[:, :1]), start=2):
            rows[title, next(iter(row.values()))] = number
    for row in plain_rows(tabs[EVENTS]) if EVENTS in tabs else ():
        cells[EVENTS, next(iter(row.values()))] = row
    figures = figures_in(tabs, span, today) if span and today else {}
    return Published(links, rows, cells, figures, lists=LINKED & tabs.keys())

"""Where a digest's figures stand and its links lead: built tabs and their rows, and nothing that could be an
attack.

A workbook on the web (https) is linked by its address, with the tab and row where the service has a way to
say so (Google Sheets, by the tab's number). A workbook file is linked by its path relative to the page
("../hub.xlsx#'Dashboard'!A5"): that opens from the .html copy beside it; a mail reader that refuses file
links still shows the text, and every link's text says which tab is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit

import pandas as pd

from engage.insight.happened import Line
from engage.insight.own_figures import TITLE
from engage.insight.reading import PlainRow, plain_rows

SAFE_SCHEMES = frozenset({"https", "mailto", "cid"})  # cid: a part of the message itself
# The built tabs' titles, as sheets_schema names them; the first column of each names the row.
EMPLOYERS = "Employer list (built nightly)"
ENGAGEMENTS = "Engagement list (built nightly)"
EVENTS = "Event list (built nightly)"
PLEDGES = "Pledge list (built nightly)"
ACTIONS = "Action list (built nightly)"
DASHBOARD = "Dashboard"
YOUR_FIGURES = TITLE
CLASHES = "Clashes"
FIGURES = (DASHBOARD, YOUR_FIGURES)  # the tabs of figures: of the hub, and of an agency's own workbook
LINKED = frozenset({EMPLOYERS, ENGAGEMENTS, EVENTS, PLEDGES, ACTIONS, CLASHES, *FIGURES})
FIGURE_HEADINGS = ("Last whole week", "Week before", "Four-week average")
Numbers = tuple[int | None, int | None, float | None]  # now, before, average


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
    """Where a figure stands. href: opens its row, "" where nothing can be linked."""

    href: str = ""
    in_dashboard: bool = False
    in_own_tab: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The built tabs of a workbook as they stand there: which row says what, and which figures there are.

    rows, cells: (tab, key) → row number, and an event's row as texts by heading. figures: (section, measure)
    → Last whole week, Week before, Four-week average; none where no tab of figures is about the time that is
    told of. own: the same of the reader's agency's own workbook, if it has a tab of figures.
    """

    links: Links
    rows: Mapping[tuple[str, str], int]
    cells: Mapping[tuple[str, str], PlainRow]
    figures: Mapping[tuple[str, str], Numbers]
    own: Published | None = None

    def href(self, tab: str, key: str) -> str:
        """Opens the row of a tab with this key; "" if the hub does not show it (it is not for everybody)."""
        row = self.rows.get((tab, key))
        return "" if row is None else self.links.to(tab, row)

    def counted(self, tab: str, key: str, heading: str) -> int | None:
        """The count in this row of a tab; None if it is blank or no number, or there is no such row."""
        try:
            return count_told(self.cells.get((tab, key), {}).get(heading, ""))
        except ValueError:
            return None

    def as_told(self, line: Line) -> Line | None:
        """The row with the figures that stand in the tab that this reader may quote: of their own agency's
        workbook, else the Dashboard. None if that has no such row; the row itself where there is no tab."""
        told = (self.own or self).figures
        if not told:
            return line
        said = told.get((line.section, line.measure))
        if said is None or said == _numbers(line):
            return None if said is None else line
        now, before, mean = said
        trend = line.trend if now == line.now else ()
        return replace(line, now=now, before=before, average=mean, trend=trend)

    def place_of(self, line: Line) -> Place:
        """The row of the Dashboard that says the same three figures, else of the agency's own tab."""
        key = f"{line.section}\x1f{line.measure}"
        if self._says(line):
            return Place(self.href(DASHBOARD, key), in_dashboard=True)
        if self.own is not None and self.own._says(line):
            return Place(self.own.href(YOUR_FIGURES, key), in_own_tab=True)
        return Place()

    def _says(self, line: Line) -> bool:
        return self.figures.get((line.section, line.measure)) == _numbers(line)


def _numbers(line: Line) -> Numbers:
    return line.now, line.before, line.average


def published(links: Links, tabs: Mapping[str, pd.DataFrame], own: Published | None = None) -> Published:
    """Where everything stands in these built tabs (title → frame as published, headings in row 1)."""
    rows: dict[tuple[str, str], int] = {}
    cells: dict[tuple[str, str], PlainRow] = {}
    figures: dict[tuple[str, str], Numbers] = {}
    for title in LINKED & tabs.keys():
        frame = tabs[title]
        names = frame[["Section", "Measure"]] if title in FIGURES else frame.iloc[:, :1]
        for number, row in enumerate(plain_rows(names), start=2):
            rows[title, "\x1f".join(row.values())] = number
    for row in plain_rows(tabs[EVENTS]) if EVENTS in tabs else ():
        cells[EVENTS, next(iter(row.values()))] = row
    for title in tabs.keys() & set(FIGURES):
        figures.update(_figures(tabs[title]))
    return Published(links, rows, cells, figures, own)


def _figures(frame: pd.DataFrame) -> Iterable[tuple[tuple[str, str], Numbers]]:
    """Those whose three cells are numbers or blank, as we write them."""
    for row in plain_rows(frame):
        try:
            now, before = (count_told(row[name]) for name in FIGURE_HEADINGS[:2])
            mean = float(row[FIGURE_HEADINGS[2]]) if row[FIGURE_HEADINGS[2]] else None
        except ValueError:  # somebody typed a word there: until the next sync it is no figure
            continue
        yield (row["Section"], row["Measure"]), (now, before, mean)


def count_told(text: str) -> int | None:
    """The count in a cell of a built tab; None if it is blank. Raises ValueError if it is none."""
    return int(text.removesuffix(".0")) if text else None

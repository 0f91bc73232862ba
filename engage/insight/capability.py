"""What a capability is: one pure function of this room, and what it says of one audience's facts.

A module makes one and capabilities.py names it. Its built tab, its section of the report, its rows of the
Dashboard, its line of the digest and its rows of Problems to fix follow (docs/how-to/add-a-capability.md).
It never asks who may see what: it gets the facts of one audience, and says what those say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engage.insight.facts import Facts
from engage.insight.weeks import Period
from engage.model import Finding
from engage.wording import counted

Cell = str | int | float
CellsByHeading = Mapping[str, Cell]

PERIOD = "Period"  # a built tab with this heading is told for several periods, and the house says which


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that people remember: a row of the Dashboard, a number at the head of the report's section.

    value: None where nobody knows, which is never 0. note: what to know before quoting it.
    dated: whether the rows say what it was a week ago. A stage or a status has no day: its figure has no
    past, and cannot be said to have changed.
    """

    label: str
    value: int | None
    note: str = ""
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """What a table was counted from. rows: of this tab, that count. left_out: that do not, and why."""

    tab: str
    rows: int
    left_out: int = 0
    why: str = ""

    @property
    def words(self) -> str:
        """ "From 340 rows of Engagements; 12 more left out: no date that can be read"."""
        counting = f"From {counted(self.rows, 'row')} of {self.tab}"
        return f"{counting}; {self.left_out:,} more left out: {self.why}" if self.left_out else counting


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of a table. label: the heading whose cells name the bars; those of one name are added up. values:
    headings of numbers; several are drawn side by side. part: of a table told in parts, the one that is
    drawn; "" all of it. most: so many bars, the first ones."""

    title: str
    label: str
    values: tuple[str, ...]
    part: str = ""
    most: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one built tab, cells by its headings; dates ISO, blanks "", numbers as numbers.

    sources: what it was counted from. The rest is how it is told on paper. parts: a heading; the rows of each
    of its values are a table of their own, but for those in `skipped`, which the headlines say already.
    shown: the headings that are shown; () all of them (never the Period). across: a heading whose values
    stand side by side, each a column that holds the number under the heading `cells`.
    """

    tab: str
    rows: tuple[CellsByHeading, ...]
    sources: tuple[Source, ...] = ()
    parts: str = ""
    skipped: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    across: str = ""
    cells: str = ""
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened in the period, for the digest. employers: keys of merged employers, and
    agencies: those whom it concerns; a reader who asked about their own is told only of those."""

    text: str
    employers: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Insight:
    """What a capability says. says: all of it in a sentence or two, as they stand in report and digest; ""
    when there is nothing to say. problems: rows to mend, without a suggestion (Leave as it is settles one).
    """

    says: str = ""
    headlines: tuple[Headline, ...] = ()
    tables: tuple[Table, ...] = ()
    news: tuple[News, ...] = ()
    problems: tuple[Finding, ...] = ()


Tell = Callable[[Facts, Period], Insight]


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that partnerships asked for.

    key: its slug. number: its place in the order of the report. clause: whose words it answers.
    tabs: the built tabs that its tables fill, as sheets_schema names them.
    tell: facts and a period → what it says. What happened is counted in the period; how things stand, as of
    facts.today, which the house sets back to tell of an earlier day: rows with a later day count for nothing.
    told_in: the digest section that tells all of it already, so that it has no line of its own; "" none.
    on_dashboard: whether its headlines are rows of the Dashboard; not where they stand there already.
    asks_who: whether it looks at facts.audience, and so may say other things to another audience of the same
    rows; one that does not is told once for all of them. None may look at facts.findings or facts.run_id.
    """

    key: str
    number: int
    title: str
    clause: str
    tabs: tuple[str, ...]
    tell: Tell
    told_in: str = ""
    on_dashboard: bool = True
    asks_who: bool = False

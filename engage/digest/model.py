"""The digest as a frozen value: everything that a template may say, already worked out and safe to link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any, Generic, TypeVar

from engage.insight.weeks import Period

T = TypeVar("T")
BLOCKS = "▁▂▃▄▅▆▇█"
OWN_TAB, NO_TAB = "†", "‡"
About = tuple[str, frozenset[str]] | str | None  # what a thing to do stands for, in the lists below


@dataclass(frozen=True, slots=True)
class Figure:
    """One number against the week before. None means that nobody knows, which is never 0.

    href: opens the row in which it stands, "" where no tab is about its time or nothing can be linked.
    in_dashboard: whether that is a row of the hub's Dashboard or Weeks and months; in_own_tab: whether it is
    one of the same two tabs in the agency's own workbook. trend: the counts of the last eight periods, the
    oldest first, () if it has none; trend_href: opens the row in which those stand.
    """

    label: str
    now: int | None
    before: int | None = None
    average: float | None = None
    href: str = ""
    in_dashboard: bool = False
    in_own_tab: bool = False
    trend: tuple[int | None, ...] = ()
    trend_href: str = ""

    @property
    def heights(self) -> tuple[int | None, ...]:
        """The trend as whole per cent of its highest; () where there is no highest. None: not known."""
        highest = max((count for count in self.trend if count is not None), default=0)
        return (
            tuple(None if one is None else round(100 * one / highest) for one in self.trend)
            if highest
            else ()
        )

    @property
    def blocks(self) -> str:
        """The trend as signs of one line, ▁ to █; "" where there is none. "·": not known."""
        return "".join("·" if one is None else BLOCKS[one * 7 // 100] for one in self.heights)

    @property
    def trend_words(self) -> str:
        """The trend for whoever hears it: "eight weeks: 21, 25, not known, 30 …"."""
        return ", ".join("not known" if one is None else f"{one:,}" for one in self.trend)

    @property
    def text(self) -> str:
        """The number, or that it is not known."""
        return "not known" if self.now is None else f"{self.now:,}"

    @property
    def sign(self) -> str:
        """The sign of a figure of the agency's own workbook, or of one in no tab; "" for the hub's."""
        return "" if self.in_dashboard else OWN_TAB if self.in_own_tab else NO_TAB

    @property
    def marked(self) -> str:
        """The number with that sign."""
        return f"{self.text}{self.sign}"

    @property
    def before_text(self) -> str:
        """The week before, or a dash."""
        return "–" if self.before is None else f"{self.before:,}"

    @property
    def average_text(self) -> str:
        """The average of the four weeks before, or a dash."""
        return "–" if self.average is None else f"{self.average:,.1f}".removesuffix(".0")

    @property
    def change(self) -> str:
        """The change in words: "up 3", "down 2", "no change"; "" where either week is not known."""
        if self.now is None or self.before is None:
            return ""
        step = self.now - self.before
        return "no change" if step == 0 else f"{'up' if step > 0 else 'down'} {abs(step):,}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. width: whole per cent of the longest, at least 1 if there is anything; 0 draws none."""

    figure: Figure
    width: int

    @property
    def blocks(self) -> str:
        """The bar as signs of one line, ten at most."""
        return "▇" * -(-self.width // 10)


@dataclass(frozen=True, slots=True)
class Capped(Generic[T]):
    """The first rows of a list and how many more there are. more_href opens the whole list.

    more: as many as the whole list shows; left_out: more that it does not, for only the reader's agency may
    see them, or they were typed since the sync. unlisted: which of the items it leaves out; () none.
    is_counted: whether anybody could count them there: of another list nobody is told how many there are.
    """

    items: tuple[T, ...] = ()
    more: int = 0
    more_href: str = ""
    left_out: int = 0
    unlisted: tuple[bool, ...] = ()
    is_counted: bool = True

    def __bool__(self) -> bool:
        return bool(self.items)

    def at_most(self, rows: int) -> Capped[T]:
        """The same list cut to so many rows."""
        if len(self.items) <= rows:
            return self
        cut, left_out = len(self.items) - rows, sum(self.unlisted[rows:])
        more, beyond = self.more + cut - left_out, self.left_out + left_out
        few = replace(self, items=self.items[:rows], unlisted=self.unlisted[:rows])
        return replace(few, more=more, left_out=beyond)

    def after(self, first: tuple[T, ...]) -> Capped[T]:
        """The same list below these."""
        unlisted = (*(False for _ in first), *self.unlisted) if self.unlisted else ()
        return replace(self, items=(*first, *self.items), unlisted=unlisted) if first else self

    @property
    def listed(self) -> int:
        """How many rows of the whole list it is about."""
        return len(self.items) - sum(self.unlisted) + self.more

    @property
    def beside(self) -> int:
        """How many it is about that the whole list leaves out."""
        return self.left_out + sum(self.unlisted)


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart with its heading. tab: where its figures stand, in words; "" if in none."""

    title: str
    bars: Capped[Bar]
    note: str = ""
    tab: str = ""


@dataclass(frozen=True, slots=True)
class ClashItem:
    """One clash. first, second: agency, type and day in words."""

    employer: str
    first: str
    second: str
    lead: str
    why: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action that is late, at risk or stale, and not among what needs the reader. rag: a colour, "" for
    none; word: what it means."""

    ref: str
    action: str
    owners: str
    due: str
    rag: str
    word: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do. kind: a word or two before it ("Overdue"); detail: the reason, in small type; about:
    what of the lists below it stands for: clashes to come, by the employer's key and the two agencies, or an
    action, by its record id; None: nothing; row: as that stands in its list, which shows it where there is no
    room for this."""

    kind: str
    text: str
    detail: str = ""
    href: str = ""
    colour: str = ""
    about: About = None
    row: ClashItem | ActionItem | None = None


@dataclass(frozen=True, slots=True)
class EventItem:
    """One event. turnout: "26 booked of 40 wanted"; width: whole per cent of the target, None without one.
    input_wanted: what partners could bring to one that is still to come and open to their input, or "".
    count_href: opens the row where the count stands, where that is not the event's own; in_own_tab: whether
    that is one of Your figures."""

    event: str
    when: str
    lead: str
    turnout: str
    width: int | None = None
    href: str = ""
    input_wanted: str = ""
    count_href: str = ""
    in_own_tab: bool = False


@dataclass(frozen=True, slots=True)
class EmployerItem:
    """One new employer."""

    employer: str
    about: str
    agencies: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PledgeItem:
    """One sign-up of the week."""

    employer: str
    pledge: str
    how: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class TalkItem:
    """One engagement, done or planned. words: agency, type and day; aim: what a planned one is to achieve;
    detail: whom to speak to, or ""."""

    employer: str
    words: str
    detail: str = ""
    href: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """What one agency plans: the first few, and how many more there are."""

    agency: str
    talks: Capped[TalkItem]


@dataclass(frozen=True, slots=True)
class QuietItem:
    """One employer that nobody has spoken to for long."""

    employer: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """One capability that has changed: its title, what it says, and the figures that are not as before."""

    title: str
    words: str
    figures: tuple[Figure, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """All that has changed of one capability. lines: its figures, and its news in words."""

    title: str
    href: str
    lines: tuple[Figure | str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What an earlier digest told this reader otherwise. key: the merge that was taken back; detail: the
    figures that were told, or ""; href: opens Decisions."""

    key: str
    text: str
    detail: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """How fresh one agency's rows are."""

    agency: str
    words: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """One reader's week or month. A section that has nothing to say, or that the reader did not choose, is
    empty and is left out by the templates.

    edition: "weekly" or "monthly". span: its week or month; period: that one's label. about: what the reader
    reads about, "" for everything. warning: whose figures may be missing, "" if nobody's. why: why it came;
    row_href: opens the row of Coordinators that asks for it.
    is_quiet: nothing at all was recorded in it that concerns the reader, and every agency could be read.
    headline_href: opens what the headline counts.
    own_href: opens Your figures in the agency's own workbook. in_part: whether the figures leave out what
    only the reader's agency may see, or what was typed since, because no tab has them otherwise.
    """

    partnership: str
    reader: str
    email: str
    agency: str
    about: str
    edition: str
    span: Period
    run_id: str
    headline: str
    warning: str
    is_quiet: bool
    key_figures: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    todos: Capped[Todo]
    charts: tuple[Chart, ...]
    newcomers: Capped[EmployerItem]
    clashes: Capped[ClashItem]
    clashes_ahead: Capped[ClashItem]
    events_past: Capped[EventItem]
    events_ahead: Capped[EventItem]
    pledges: Capped[PledgeItem]
    pledge_figures: tuple[Figure, ...]
    actions: Capped[ActionItem]
    waiting: tuple[Figure, ...]
    reads: tuple[ReadItem, ...]
    workbook_href: str
    pause_href: str = ""
    why: str = ""
    row_href: str = ""
    how_to_stop: str = ""
    quiet_words: str = "by any agency"
    messages: tuple[str, ...] = ()
    introduction: str = ""
    talks: Capped[TalkItem] = Capped()
    planned: Capped[PlanItem] = Capped()
    silent: Capped[QuietItem] = Capped()
    funnel: tuple[Figure, ...] = ()
    action_figures: tuple[Figure, ...] = ()
    changes: Capped[ChangeItem] = Capped()
    corrections: tuple[Correction, ...] = ()
    own_href: str = ""
    in_part: bool = False
    headline_href: str = ""

    def at_most(self, rows: int) -> Digest:
        """The same digest with every list cut to so many rows. A clash or an action for which there is no
        room any more among what needs the reader stands first in its own list."""
        no_room = [todo.row for todo in self.todos.items[rows:] if todo.row]
        lists = {one.name: getattr(self, one.name) for one in fields(self)}
        lists["clashes_ahead"] = self.clashes_ahead.after(
            tuple(one for one in no_room if isinstance(one, ClashItem))
        )
        lists["actions"] = self.actions.after(tuple(one for one in no_room if isinstance(one, ActionItem)))
        cut: dict[str, Any] = {
            name: value.at_most(rows) for name, value in lists.items() if isinstance(value, Capped)
        }
        charts = tuple(replace(chart, bars=chart.bars.at_most(rows)) for chart in self.charts)
        return replace(self, charts=charts, **cut)

    @property
    def counts(self) -> tuple[Figure, ...]:
        """Every figure of it, wherever it stands."""
        bars = (bar.figure for chart in self.charts for bar in chart.bars.items)
        changed = (figure for change in self.changes.items for figure in change.figures)
        own = (*self.pledge_figures, *self.funnel, *changed, *self.action_figures, *self.waiting)
        return (*self.key_figures, *self.figures, *bars, *own)

    @property
    def shown_counts(self) -> tuple[Figure, ...]:
        """Those that it shows: of a quiet week no more than what stands below."""
        return self.counts[len(self.key_figures + self.figures) :] if self.is_quiet else self.counts

    @property
    def is_dashboard(self) -> bool:
        """Whether every figure stands in a tab: a row of the Dashboard or of Weeks and months, but for those
        with a sign."""
        return all(one.in_dashboard or one.in_own_tab for one in self.counts)

    @property
    def changed(self) -> tuple[Changed, ...]:
        """What else has changed, by capability."""
        return tuple(_changed(list(group)) for _, group in groupby(self.changes.items, lambda one: one.title))

    @property
    def others_late(self) -> bool:
        """Whether an action stands among what needs the reader, and not in the list of actions."""
        return any(isinstance(todo.row, ActionItem) for todo in self.todos.items)

    @property
    def has_own(self) -> bool:
        """Whether a figure is one of the agency's own workbook."""
        events = (*self.events_past.items, *self.events_ahead.items)
        return any(one.in_own_tab for one in self.shown_counts) or any(one.in_own_tab for one in events)

    @property
    def quotes_hub(self) -> bool:
        """Whether figures are taken from the shared workbook, but for those with a sign."""
        return not self.shown_counts or any(one.in_dashboard for one in self.shown_counts)

    @property
    def has_untold(self) -> bool:
        """Whether a figure stands in no tab."""
        return any(one.sign == NO_TAB for one in self.shown_counts)

    @property
    def period(self) -> str:
        """What makes it the one digest of its week or month: "2026-W47", "2026-11"."""
        return self.span.label

    @property
    def subject(self) -> str:
        """The subject line: what it is, and its dates."""
        return f"{self.partnership}: {self.title[0].lower()}{self.title[1:]}"

    @property
    def title(self) -> str:
        """Its heading: "The week of 16 to 22 November 2026", "The month of November 2026"."""
        return f"The {self.span.unit} of {self.span.words}"


def _changed(items: Sequence[ChangeItem]) -> Changed:
    lines = (line for one in items for line in one.figures or (one.words,))
    return Changed(items[0].title, items[0].href, tuple(lines))

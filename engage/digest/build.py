"""Facts and a reader → their Digest: every section worked out, nothing yet written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from engage.digest.changes import changes
from engage.digest.due import MONTHLY, WEEKLY, last_period
from engage.digest.figures import (
    KEY_MEASURES,
    action_figures,
    as_told,
    charts,
    figure,
    find,
    waiting_figures,
    week_figures,
)
from engage.digest.happenings import (
    clash_items,
    clashes_of_week,
    clashes_to_come,
    events_of_week,
    events_to_come,
    new_employers,
    new_pledges,
    who_about_whom,
)
from engage.digest.links import (
    ACTIONS,
    CLASHES,
    EMPLOYERS,
    ENGAGEMENTS,
    EVENTS,
    PLEDGES,
    Links,
    Published,
    published,
)
from engage.digest.messages import introduction, messages
from engage.digest.model import ActionItem, Capped, ClashItem, Digest, Figure, ReadItem, TalkItem, Todo
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING, MY_AGENCY, Reader
from engage.digest.scope import Scope, scope_of
from engage.digest.sections import only
from engage.digest.sentences import agency_headline, headline, how_to_stop, own_headline, why_it_came
from engage.digest.standing import DASHBOARD, WEEKS, YOUR_FIGURES
from engage.digest.talks import planned, silent, talks_of
from engage.digest.todos import action_items, todos
from engage.insight.clashes import Clash
from engage.insight.dashboard import WEEK_SECTIONS, lines
from engage.insight.facts import Facts
from engage.insight.freshness import missing_from, read_words, without_words
from engage.insight.happened import IN_FIGURES, Line
from engage.insight.lists import (
    action_list,
    clash_list,
    dashboard,
    engagement_list,
    event_list,
    pledge_list,
    weeks_and_months,
)
from engage.insight.weeks import Month, Period

PLEDGE_MEASURES = ("Pledge sign-ups", "Pledge page views")


@dataclass(frozen=True, slots=True)
class Issue:
    """What all readers of one edition and audience are told from, worked out once.

    span: its week or month. shown: the built tabs as published. counted: the rows of the Dashboard about the
    span, from these facts; rows: the same as the tab has them that the readers may quote. known: what was
    told already of a scope.
    """

    facts: Facts
    span: Period
    shown: Published
    counted: tuple[Line, ...]
    rows: tuple[Line, ...]
    known: dict[Scope, tuple[Digest, tuple[Clash, ...]]] = field(default_factory=dict, compare=False)


def make_issue(facts: Facts, shown: Published, span: Period) -> Issue:
    """The issue of one audience. shown: what to link to and to check the figures against."""
    counted = lines(facts, span)
    return Issue(facts, span, shown, counted, as_told(counted, shown))


def in_part(issue: Issue) -> bool:
    """Whether the tab counts another than these facts: it leaves out what only this audience may see."""
    told = {(line.section, line.measure): line.now for line in issue.rows}
    of_span = (line for line in issue.counted if line.section in WEEK_SECTIONS)
    return any(told.get((line.section, line.measure)) != line.now for line in of_span)


def build_digest(
    facts: Facts,
    reader: Reader,
    links: Links,
    *,
    span: Period | None = None,
    tabs: Mapping[str, pd.DataFrame] | None = None,
) -> Digest:
    """The digest of a single reader.

    span: default the last whole week or month before facts.today. tabs: the hub's built tabs as published
    (title → frame); default those that these facts give.
    """
    span = span or last_period(reader.edition, facts.today)
    shown = published(links, built_tabs(facts) if tabs is None else tabs, span, facts.today)
    return digest_of(make_issue(facts, shown, span), reader)


def digest_of(issue: Issue, reader: Reader) -> Digest:
    """One edition for one reader, from what their agency may see and about what they asked for.

    issue: of the reader's own audience and edition.
    """
    facts, shown, scope = issue.facts, issue.shown, scope_of(issue.facts, reader)
    if scope not in issue.known:
        issue.known[scope] = _common(issue, scope)
    common, ahead = issue.known[scope]
    own = todos(facts, reader, scope, ahead, issue.rows, shown)
    whole = replace(
        common,
        reader=reader.name,
        email=reader.email,
        agency=plain(reader.agency, 80),
        todos=own,
        clashes_ahead=_not_told(common, ahead, own, shown),
        actions=_other_actions(common, issue, scope, own),
        why=why_it_came(reader),
        row_href=_own_row(facts, reader, shown.links),
        how_to_stop=how_to_stop(reader),
        messages=messages(facts, reader.agency),
        introduction=introduction(facts, reader.agency),
        planned=planned(facts, reader, scope, shown) if reader.contacts else common.planned,
    )
    return _said_once(only(whole, reader.sections), scope)


def _said_once(digest: Digest, scope: Scope) -> Digest:
    """Without the pledges of everybody below, where they stand above in the figures of everybody."""
    above = digest.key_figures and scope.about == EVERYTHING and not digest.is_quiet
    return replace(digest, pledge_figures=()) if above else digest


def _not_told(
    common: Digest, ahead: Sequence[Clash], own: Capped[Todo], shown: Published
) -> Capped[ClashItem]:
    """The clashes to come but for those that stand among what needs the reader."""
    told = {todo.about for todo in own.items if todo.about}
    rest = (one for one in ahead if who_about_whom(one) not in told)
    return clash_items(rest, shown) if told else common.clashes_ahead


def _other_actions(common: Digest, issue: Issue, scope: Scope, own: Capped[Todo]) -> Capped[ActionItem]:
    """The actions but for those that stand among what needs the reader."""
    told = {todo.about for todo in own.items if isinstance(todo.row, ActionItem)}
    return action_items(issue.facts, scope, issue.shown, told) if told else common.actions


def _common(issue: Issue, scope: Scope) -> tuple[Digest, tuple[Clash, ...]]:
    """What all readers who ask about the same are told, and the clashes to come that it speaks of."""
    facts, span, shown, rows = issue.facts, issue.span, issue.shown, issue.rows
    figures = week_figures(rows, scope, shown)
    ahead = clashes_to_come(facts, scope)
    talks = talks_of(facts, span, scope, shown)
    told = Digest(
        partnership=plain(facts.partnership, 100),
        reader="",
        email="",
        agency="",
        about=scope.words,
        edition=MONTHLY if isinstance(span, Month) else WEEKLY,
        span=span,
        run_id=plain(facts.run_id, 60),
        headline=_headline(issue, talks, scope),
        warning=_warning(facts, span),
        is_quiet=False,
        key_figures=figures[: len(KEY_MEASURES)],
        figures=figures[len(KEY_MEASURES) :],
        todos=Capped(),
        charts=charts(rows, shown) if scope.about == EVERYTHING else (),
        newcomers=new_employers(facts, span, scope, shown),
        clashes=clash_items(clashes_of_week(facts, span, scope), shown),
        clashes_ahead=clash_items(ahead, shown),
        events_past=events_of_week(facts, span, scope, shown),
        events_ahead=events_to_come(facts, scope, shown),
        pledges=new_pledges(facts, span, scope, shown),
        pledge_figures=_pledge_figures(rows, scope, shown),
        actions=action_items(facts, scope, shown),
        waiting=waiting_figures(rows, scope, shown),
        reads=tuple(
            ReadItem(plain(read.agency or read.workbook, 80), plain(read_words(read)), read.ok)
            for read in facts.reads
        ),
        workbook_href=shown.links.to("Start here"),
        pause_href=shown.links.pause,
        quiet_words="by any agency" if scope.employers is None else f"about {scope.words}",
        talks=talks,
        planned=planned(facts, Reader("", "", scope.agency), scope, shown),
        silent=silent(facts, span, scope, shown),
        funnel=_funnel(rows, shown) if scope.about == EVERYTHING else (),
        action_figures=action_figures(rows, scope, shown),
        changes=changes(facts, span, scope, rows, shown),
        own_href=shown.own.links.to(YOUR_FIGURES) if shown.own else "",
        headline_href=_headline_href(issue, scope),
        in_part=in_part(issue),
    )
    nothing = is_quiet(issue.counted) if scope.employers is None else is_quiet_for(told)
    return replace(told, is_quiet=nothing and not missing_from(facts, span)), ahead


def _headline(issue: Issue, talks: Capped[TalkItem], scope: Scope) -> str:
    """In the figures of the tab; where those leave something out, it says so."""
    if scope.employers is not None:
        return own_headline(talks, scope, issue.span)
    told, counted = (_words(rows, scope, issue.span) for rows in (issue.rows, issue.counted))
    return told if told == counted else f"{told}, by the Dashboard's count"


def _headline_href(issue: Issue, scope: Scope) -> str:
    """Opens the row, or the list, that the headline counts."""
    if scope.employers is not None:
        return issue.shown.links.to(ENGAGEMENTS)
    named = ("By agency", scope.agency) if scope.about == MY_AGENCY else (IN_FIGURES, "Engagements")
    line = find(issue.rows, *named)
    return issue.shown.place_of(line).href if line else ""


def _words(rows: Sequence[Line], scope: Scope, span: Period) -> str:
    return agency_headline(rows, scope.agency, span) if scope.about == MY_AGENCY else headline(rows, span)


def _own_row(facts: Facts, reader: Reader, links: Links) -> str:
    record = facts.records.get(reader.record_id)
    return links.to(record.place.tab, record.place.row) if record is not None else ""


def built_tabs(facts: Facts) -> dict[str, pd.DataFrame]:
    """The built tabs that a digest links to, as these facts give them."""
    return {
        DASHBOARD: dashboard(facts),
        WEEKS: weeks_and_months(facts),
        ENGAGEMENTS: engagement_list(facts),
        EVENTS: event_list(facts),
        PLEDGES: pledge_list(facts),
        ACTIONS: action_list(facts),
        CLASHES: clash_list(facts),
        EMPLOYERS: facts.employers[["employer_id"]]
        if len(facts.employers)
        else pd.DataFrame({"employer_id": []}),
    }


def is_quiet_for(digest: Digest) -> bool:
    """Whether nothing happened to anybody whom this reader reads of."""
    happened = (digest.talks, digest.newcomers, digest.clashes, digest.events_past, digest.pledges)
    return not any(happened)


def is_quiet(rows: Sequence[Line]) -> bool:
    """Whether nothing at all happened in the week (page views are not something that people did)."""
    happened = [line for line in rows if line.section == "The week" and line.measure != "Pledge page views"]
    return not any(line.now for line in happened)


def _warning(facts: Facts, week: Period) -> str:
    said = without_words(missing_from(facts, week))
    return plain(f"This {week.unit}'s figures {said}.", 400) if said else ""


def _pledge_figures(rows: Sequence[Line], scope: Scope, shown: Published) -> tuple[Figure, ...]:
    """Of everybody, whatever the reader asked about: nobody counts page views by agency."""
    whose = "" if scope.about == EVERYTHING else ", all agencies"
    found = (
        figure(line, shown, f"{line.measure}{whose}")
        for line in rows
        if line.section == "The week" and line.measure in PLEDGE_MEASURES
    )
    known = tuple(one for one in found if one.now is not None)
    return known if any(one.now or one.before for one in known) else ()


def _funnel(rows: Sequence[Line], shown: Published) -> tuple[Figure, ...]:
    return tuple(figure(line, shown) for line in rows if line.section == "Pledges")

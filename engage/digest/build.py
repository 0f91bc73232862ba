"""Facts and a reader → their Digest: every section worked out, nothing yet written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from engage.digest.changes import changes
from engage.digest.due import last_period
from engage.digest.figures import (
    KEY_MEASURES,
    action_figures,
    charts,
    figure,
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
)
from engage.digest.links import (
    ACTIONS,
    DASHBOARD,
    EMPLOYERS,
    ENGAGEMENTS,
    EVENTS,
    PLEDGES,
    Links,
    Published,
    published,
)
from engage.digest.messages import introduction, messages
from engage.digest.model import Capped, Digest, Figure, ReadItem, TalkItem
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING, MY_EMPLOYERS, Reader
from engage.digest.scope import Scope, scope_of
from engage.digest.sections import only
from engage.digest.talks import planned, silent, talks_of
from engage.digest.todos import action_items, todos
from engage.insight.dashboard import lines
from engage.insight.facts import Facts
from engage.insight.freshness import missing_from, read_words, without_words
from engage.insight.happened import Line
from engage.insight.lists import action_list, clash_list, dashboard, engagement_list, event_list, pledge_list
from engage.insight.weeks import Period
from engage.wording import counted

PLEDGE_MEASURES = ("Pledge sign-ups", "Pledge page views")


def build_digest(
    facts: Facts,
    reader: Reader,
    links: Links,
    *,
    span: Period | None = None,
    tabs: Mapping[str, pd.DataFrame] | None = None,
) -> Digest:
    """One edition for one reader, from what their agency may see and about what they asked for.

    facts: of the reader's own audience. span: its week or month; default the last whole one before
    facts.today. tabs: the hub's built tabs as published (title → frame), to link to and to
    check the figures against; default those that these facts give.
    """
    span = span or last_period(reader.edition, facts.today)
    shown = published(links, built_tabs(facts, span) if tabs is None else tabs)
    scope, rows = scope_of(facts, reader), lines(facts, span)
    figures = week_figures(rows, scope, shown)
    ahead = clashes_to_come(facts, scope)
    talks = talks_of(facts, span, scope, shown)
    whole = Digest(
        partnership=plain(facts.partnership, 100),
        reader=reader.name,
        email=reader.email,
        agency=plain(reader.agency, 80),
        about=scope.words,
        edition=reader.edition,
        span=span,
        run_id=plain(facts.run_id, 60),
        headline=headline(rows, span) if scope.employers is None else own_headline(talks, scope, span),
        warning=_warning(facts, span),
        is_quiet=False,
        key_figures=figures[: len(KEY_MEASURES)],
        figures=figures[len(KEY_MEASURES) :],
        todos=todos(facts, reader, scope, ahead, rows, shown),
        charts=charts(rows, shown) if scope.about == EVERYTHING else (),
        newcomers=new_employers(facts, span, scope, shown),
        clashes=clash_items(clashes_of_week(facts, span, scope), shown),
        clashes_ahead=clash_items(ahead, shown),
        events_past=events_of_week(facts, span, scope, shown),
        events_ahead=events_to_come(facts, scope, shown),
        pledges=new_pledges(facts, span, scope, shown),
        pledge_figures=_pledge_figures(rows, shown),
        actions=action_items(facts, scope, shown),
        waiting=waiting_figures(rows, scope, shown),
        reads=tuple(
            ReadItem(plain(read.agency or read.workbook, 80), plain(read_words(read)), read.ok)
            for read in facts.reads
        ),
        workbook_href=links.to("Start here"),
        pause_href=links.pause,
        why=why_it_came(reader),
        row_href=_own_row(facts, reader, links),
        how_to_stop=how_to_stop(reader),
        quiet_words="by any agency" if scope.employers is None else f"about {scope.words}",
        messages=messages(facts, reader.agency),
        introduction=introduction(facts, reader.agency),
        talks=talks,
        planned=planned(facts, reader, scope, shown),
        silent=silent(facts, span, scope, shown),
        funnel=_funnel(rows, shown) if scope.about == EVERYTHING else (),
        action_figures=action_figures(rows, scope, shown),
        changes=changes(facts, span, scope, rows, shown),
    )
    nothing = is_quiet(rows) if scope.employers is None else is_quiet_for(whole)
    return only(replace(whole, is_quiet=nothing and not missing_from(facts, span)), reader.sections)


def why_it_came(reader: Reader) -> str:
    """Why somebody gets this, in words that follow "You get this because"."""
    agency = f", for {plain(reader.agency, 80)}" if reader.agency else ""
    if reader.stands_in_for:
        away = f"{plain(reader.stands_in_for, 80)} is away"
        return f"{away} and their row in the Coordinators tab names you as Deputy{agency}"
    return f"your row in the Coordinators tab asks for a {reader.edition} digest{agency}"


def how_to_stop(reader: Reader) -> str:
    """What to do if it is not wanted."""
    if reader.stands_in_for:
        return "If it should not come to you, they can take your address out of Deputy."
    return "To pause it, put a date in Paused until; to stop it, choose None in Gets."


def _own_row(facts: Facts, reader: Reader, links: Links) -> str:
    record = facts.records.get(reader.record_id)
    return links.to(record.place.tab, record.place.row) if record is not None else ""


def built_tabs(facts: Facts, week: Period) -> dict[str, pd.DataFrame]:
    """The built tabs that a digest links to, as these facts give them."""
    return {
        DASHBOARD: dashboard(facts, week),
        ENGAGEMENTS: engagement_list(facts),
        EVENTS: event_list(facts),
        PLEDGES: pledge_list(facts),
        ACTIONS: action_list(facts),
        "Clashes": clash_list(facts),
        EMPLOYERS: facts.employers[["employer_id"]]
        if len(facts.employers)
        else pd.DataFrame({"employer_id": []}),
    }


def headline(rows: Sequence[Line], span: Period) -> str:
    """The week in one sentence: "6 engagements with 5 employers, up 4 on the week before"."""
    known = {line.measure: line for line in rows if line.section == "The week"}
    talks, firms = known["Engagements"], known["Employers spoken to"]
    if not talks.now:
        return f"No engagements were recorded in the {span.unit}"
    said = f"{counted(talks.now, 'engagement')} with {counted(firms.now or 0, 'employer')}"
    change = Figure("", talks.now, talks.before).change
    if not change:
        return said
    return (
        f"{said}, as many as the {span.unit} before"
        if change == "no change"
        else f"{said}, {change} on the {span.unit} before"
    )


def own_headline(talks: Capped[TalkItem], scope: Scope, span: Period) -> str:
    """The same for somebody who reads of their own employers or sectors: the rows that are listed below."""
    count = len(talks.items) + talks.more
    where = f"with {scope.words}" if scope.about == MY_EMPLOYERS else f"in {scope.words}"
    return (
        f"{counted(count, 'engagement')} {where}" if count else f"No engagements {where} in the {span.unit}"
    )


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


def _pledge_figures(rows: Sequence[Line], shown: Published) -> tuple[Figure, ...]:
    found = (
        figure(line, shown) for line in rows if line.section == "The week" and line.measure in PLEDGE_MEASURES
    )
    known = tuple(one for one in found if one.now is not None)
    return known if any(one.now or one.before for one in known) else ()


def _funnel(rows: Sequence[Line], shown: Published) -> tuple[Figure, ...]:
    return tuple(figure(line, shown) for line in rows if line.section == "Pledges")

"""Facts and a reader → their Digest: every section worked out, nothing yet written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from engage.digest.figures import KEY_MEASURES, charts, figure, waiting_figures, week_figures
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
from engage.digest.model import Digest, Figure, ReadItem
from engage.digest.readers import MY_AGENCY, Reader
from engage.digest.todos import action_items, todos
from engage.insight.dashboard import Line, lines
from engage.insight.facts import Facts
from engage.insight.freshness import missing_from, read_words, without_words
from engage.insight.lists import action_list, clash_list, dashboard, engagement_list, event_list, pledge_list
from engage.insight.weeks import Week, last_complete_week
from engage.wording import counted

WEEKLY = "weekly"
PLEDGE_MEASURES = ("Pledge sign-ups", "Pledge page views")


def build_digest(
    facts: Facts,
    reader: Reader,
    links: Links,
    *,
    week: Week | None = None,
    tabs: Mapping[str, pd.DataFrame] | None = None,
) -> Digest:
    """The weekly digest of one reader, from what their agency may see.

    facts: of the reader's own audience. week: default the last complete one before facts.today.
    tabs: the hub's built tabs as published (title → frame), to link to and to
    check the figures against; default those that these facts give.
    """
    week = week or last_complete_week(facts.today)
    shown = published(links, built_tabs(facts, week) if tabs is None else tabs)
    rows = lines(facts, week)
    figures = week_figures(rows, reader, shown)
    ahead = clashes_to_come(facts, reader)
    mine = reader.about == MY_AGENCY
    return Digest(
        partnership=facts.partnership,
        reader=reader.name,
        email=reader.email,
        agency=reader.agency,
        about=reader.about,
        edition=WEEKLY,
        week=week,
        run_id=facts.run_id,
        headline=headline(rows),
        warning=_warning(facts, week),
        is_quiet=is_quiet(rows) and not missing_from(facts, week),
        key_figures=figures[: len(KEY_MEASURES)],
        figures=figures[len(KEY_MEASURES) :],
        todos=todos(facts, reader, ahead, rows, shown),
        charts=() if mine else charts(rows, shown),
        newcomers=new_employers(facts, week, reader, shown),
        clashes=clash_items(clashes_of_week(facts, week, reader), shown),
        clashes_ahead=clash_items(ahead, shown),
        events_past=events_of_week(facts, week, reader, shown),
        events_ahead=events_to_come(facts, reader, shown),
        pledges=new_pledges(facts, week, reader, shown),
        pledge_figures=_pledge_figures(rows, shown),
        actions=action_items(facts, reader, shown),
        waiting=waiting_figures(rows, reader, shown),
        reads=tuple(
            ReadItem(read.agency or read.workbook, read_words(read), read.ok) for read in facts.reads
        ),
        workbook_href=links.to("Start here"),
        pause_href=links.pause,
    )


def built_tabs(facts: Facts, week: Week) -> dict[str, pd.DataFrame]:
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


def headline(rows: Sequence[Line]) -> str:
    """The week in one sentence: "6 engagements with 5 employers, up 4 on the week before"."""
    known = {line.measure: line for line in rows if line.section == "The week"}
    talks, firms = known["Engagements"], known["Employers spoken to"]
    if not talks.now:
        return "No engagements were recorded in the week"
    said = f"{counted(talks.now, 'engagement')} with {counted(firms.now or 0, 'employer')}"
    change = Figure("", talks.now, talks.before).change
    if not change:
        return said
    return (
        f"{said}, as many as the week before"
        if change == "no change"
        else f"{said}, {change} on the week before"
    )


def is_quiet(rows: Sequence[Line]) -> bool:
    """Whether nothing at all happened in the week (page views are not something that people did)."""
    happened = [line for line in rows if line.section == "The week" and line.measure != "Pledge page views"]
    return not any(line.now for line in happened)


def _warning(facts: Facts, week: Week) -> str:
    said = without_words(missing_from(facts, week))
    return f"This week's figures {said}." if said else ""


def _pledge_figures(rows: Sequence[Line], shown: Published) -> tuple[Figure, ...]:
    found = (
        figure(line, shown) for line in rows if line.section == "The week" and line.measure in PLEDGE_MEASURES
    )
    known = tuple(one for one in found if one.now is not None)
    return known if any(one.now or one.before for one in known) else ()

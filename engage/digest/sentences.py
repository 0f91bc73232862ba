"""The digest's own sentences: the week in one line, why it came, how to stop it."""

from __future__ import annotations

from collections.abc import Sequence

from engage.digest.figures import find
from engage.digest.model import Capped, Figure, TalkItem
from engage.digest.plain import plain
from engage.digest.readers import MY_EMPLOYERS, Reader
from engage.digest.scope import Scope
from engage.insight.happened import Line
from engage.insight.weeks import Period
from engage.wording import counted


def headline(rows: Sequence[Line], span: Period) -> str:
    """The week in one sentence: "6 engagements with 5 employers, up 4 on the week before"."""
    known = {line.measure: line for line in rows if line.section == "The week"}
    none = Line("The week", "", 0)
    talks, firms = known.get("Engagements", none), known.get("Employers spoken to", none)
    if not talks.now:
        return f"No engagements were recorded in the {span.unit}"
    said = f"{counted(talks.now, 'engagement')} with {counted(firms.now or 0, 'employer')}"
    return f"{said}{_change(talks, span)}"


def agency_headline(rows: Sequence[Line], agency: str, span: Period) -> str:
    """The same of one agency: "10 engagements by Harwick College, up 1 on the week before"."""
    line = find(rows, "By agency", agency) or Line("By agency", agency, 0)
    who = plain(agency, 80)
    if line.now is None:
        return f"What {who} did in the {span.unit} is not known: its workbook could not be read"
    if not line.now:
        return f"No engagements by {who} were recorded in the {span.unit}"
    return f"{counted(line.now, 'engagement')} by {who}{_change(line, span)}"


def _change(line: Line, span: Period) -> str:
    change = Figure("", line.now, line.before).change
    if not change:
        return ""
    same = change == "no change"
    return f", as many as the {span.unit} before" if same else f", {change} on the {span.unit} before"


def own_headline(talks: Capped[TalkItem], scope: Scope, span: Period) -> str:
    """The same for somebody who reads of their own employers or sectors: the rows that are listed below."""
    where = f"with {scope.words}" if scope.about == MY_EMPLOYERS else f"in {scope.words}"
    if not (talks.listed or talks.beside):
        return f"No engagements {where} in the {span.unit}"
    beside = f", and {talks.beside:,} that the Engagement list leaves out" if talks.beside else ""
    return f"{counted(talks.listed, 'engagement')} {where}{beside}"


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

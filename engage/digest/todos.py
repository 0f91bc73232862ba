"""What needs the reader this week: only what their own agency can do something about, most pressing first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from engage.digest.figures import cap, cap_of, find
from engage.digest.happenings import approach, clash_item, who_about_whom
from engage.digest.links import ACTIONS, CLASHES, Published
from engage.digest.model import About, ActionItem, Capped, Todo
from engage.digest.next_steps import next_steps
from engage.digest.plain import plain
from engage.digest.readers import EVERYTHING, Reader
from engage.digest.refusals import refusal_todos
from engage.digest.scope import Scope
from engage.insight.action_list import Action
from engage.insight.activity import Engagement
from engage.insight.clashes import Clash
from engage.insight.dashboard import PAIRS, PROBLEMS
from engage.insight.facts import Facts
from engage.insight.happened import Line
from engage.insight.late_actions import RANK, late_actions, stale_actions
from engage.insight.weeks import read_day, short_day

TODO_CAP = 7
ACTION_CAP = 8


def todos(
    facts: Facts,
    reader: Reader,
    scope: Scope,
    ahead: Sequence[Clash],
    lines: Sequence[Line],
    shown: Published,
) -> Capped[Todo]:
    """The reader's own list: workbook not read, colleagues not reached, clashes to avoid, late actions, next
    steps, answers."""
    found = [
        *_unread(facts, reader),
        *refusal_todos(facts, reader, shown),
        *_clashing(ahead, reader, shown),
        *_late(facts, reader, shown),
        *next_steps(facts, reader, scope, shown),
        *_answers(lines, reader, shown),
    ]
    return replace(cap(found, TODO_CAP), is_counted=False)  # they stand in no one list


def _unread(facts: Facts, reader: Reader) -> Iterable[Todo]:
    for read in facts.reads:
        if read.agency == reader.agency and not read.ok:
            why = plain(read.problem).rstrip(".") or "the reason is in the Sync log"
            yield Todo(
                "Not read", "Your agency's workbook could not be read last night", f"{why}.", colour="red"
            )


def _clashing(ahead: Iterable[Clash], reader: Reader, shown: Published) -> Iterable[Todo]:
    """One thing to agree on with each agency about each employer, however often both mean to call."""
    found: dict[tuple[str, frozenset[str]], list[tuple[Clash, Engagement, Engagement]]] = {}
    for clash in ahead:
        ours = [one for one in (clash.first, clash.second) if one.agency == reader.agency]
        theirs = [one for one in (clash.first, clash.second) if one.agency != reader.agency]
        if ours and theirs:
            found.setdefault(who_about_whom(clash), []).append((clash, ours[0], theirs[0]))
    for (clash, our, other), *more in found.values():
        text = f"Agree with {plain(other.agency, 80)} who speaks to {plain(clash.first.employer)}"
        detail = f"They: {approach(other)}. You: {approach(our)}. Suggested lead: {plain(clash.lead)}."
        again = f" It is one of {len(more) + 1}." if more else ""
        about, href = who_about_whom(clash), shown.href(CLASHES, clash.key)
        row = clash_item([clash, *(one for one, _, _ in more)], shown)
        yield Todo("Clash ahead", text, f"{detail}{again}", href, "red", about, row)


def _late(facts: Facts, reader: Reader, shown: Published) -> Iterable[Todo]:
    for one in late_actions(facts):
        if reader.agency in one.agencies:
            kind = one.word.capitalize() if len(one.word) < 10 else f"Marked {one.rag.lower()}"
            text, href, colour = plain(f"{one.ref} {one.action}"), shown.href(ACTIONS, one.record_id), one.rag
            row = _action_item(one, shown)
            yield Todo(kind, text, f"{due_words(one)}.", href, colour.lower(), one.record_id, row)


def stale_words(one: Action) -> str:
    """ "No change since 5 Jan 2026"."""
    day = read_day(one.changed)
    return f"No change since {short_day(day)}" if day else "No change for long"


def due_words(one: Action) -> str:
    """ "Due 31 Oct 2026, 23 days ago"; in the owner's words where no day could be read."""
    if one.ongoing and one.days_left is None:
        return "Ongoing"
    if one.due is None or one.days_left is None:
        return f"Due “{plain(one.due_typed, 60)}”, which we cannot read" if one.due_typed else "No due date"
    days = abs(one.days_left)
    away = f"{days} {'day' if days == 1 else 'days'}"
    when = "today" if not days else f"{away} ago" if one.days_left < 0 else f"in {away}"
    return f"Due {short_day(one.due)}, {when}"


def _answers(lines: Sequence[Line], reader: Reader, shown: Published) -> Iterable[Todo]:
    pairs = find(lines, "Waiting", f"{PAIRS}: {reader.agency}")
    if pairs is not None and pairs.now:
        what = (
            "pair of rows that may be one and the same"
            if pairs.now == 1
            else "pairs of rows that may be the same"
        )
        yield Todo(
            "To review",
            f"Decide on {pairs.now:,} {what}",
            "In the tab To review.",
            shown.links.to("To review"),
        )
    problems = find(lines, "Waiting", f"{PROBLEMS}: {reader.agency}")
    if problems is not None and problems.now:
        what = "row of Problems to fix" if problems.now == 1 else "rows of Problems to fix"
        href = (shown.own or shown).links.to("Problems to fix")
        beside = "Texts typed where Engage writes stand there too and are not counted."
        yield Todo("To fix", f"Look at {problems.now:,} {what}", beside, href)


def action_items(
    facts: Facts, scope: Scope, shown: Published, told: Collection[About] = ()
) -> Capped[ActionItem]:
    """The plan's late and shaky actions as rows, then the stale ones; only their own agency's unless a reader
    reads of everything, for an action is no employer's. told: those that stand above, by record id."""
    both = (*late_actions(facts), *stale_actions(facts))
    theirs = (one for one in both if scope.about == EVERYTHING or scope.agency in one.agencies)
    rest = (one for one in theirs if one.record_id not in told)
    return cap_of(
        rest,
        ACTION_CAP,
        lambda one: _action_item(one, shown),
        shown.links.to(ACTIONS),
        lambda one: shown.shows(ACTIONS, one.record_id),
    )


def _action_item(one: Action, shown: Published) -> ActionItem:
    is_late = one.rag in RANK
    due = due_words(one) if is_late else f"{due_words(one)}. {stale_words(one)}"
    words = plain(one.ref, 20), plain(one.action), plain(one.responsible), due
    word = one.word if is_late else "stale"
    return ActionItem(*words, one.rag, word, shown.href(ACTIONS, one.record_id))

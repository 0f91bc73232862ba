"""The law: taking a wrong merge back leaves every figure as it would be had nobody ever merged the two."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engage.built.answers import undo
from engage.built.decision_book import Book
from engage.corrections.as_told import facts_if
from engage.corrections.packs import document_of
from engage.corrections.splits import as_one, splits_in
from engage.insight.dashboard import dashboard
from engage.insight.facts import Facts
from engage.insight.quarters import quarter_of
from engage.insight.reading import plain_rows
from engage.model import Decision, Linked
from engage.pipeline import look
from engage.report.revision import changes_in, tables_changed
from engage.sharing import HUB
from tests.digest.test_editions import talk
from tests.linkage.sample import linked
from tests.linkage.test_laws import few, registers
from tests.partnership import SCHEMA, Town

from .wrong_merge import EMBER, KESTREL, a_talk_with_each, make_town, merge, split, week

pytestmark = pytest.mark.slow


def clusters(night: Linked) -> tuple[set[frozenset[str]], ...]:
    kinds = night.membership()
    return tuple(set(one.values()) for one in (kinds.employers, kinds.sites, kinds.people))


@few
@given(registers(), st.data())
def test_real_linkage_parts_a_wrong_merge_into_what_was_there_before(rows, data):
    """Night one they are two, night two somebody says Same, night three somebody takes it back."""
    first = linked(*rows)
    keys = [f"{row.record_id}#0" for row in rows]
    pairs = [(a, b) for a in keys for b in keys if a < b and first.employer_of[a] != first.employer_of[b]]
    assume(pairs)
    a, b = data.draw(st.sampled_from(pairs))
    wrong = Book().add(Decision(a, b, "employer", "Same", "2026-05-04T02:00"), "A", "B")
    merged = linked(*rows, decisions=wrong.decisions, before=first.membership())
    back = undo(wrong, wrong.entries[0], now="2026-11-16T09:30", by="", seeing=lambda one: one)
    parted = linked(*rows, decisions=back.decisions, before=merged.membership())
    never = linked(*rows, decisions=(Decision(a, b, "employer", "Different"),), before=first.membership())
    assert clusters(parted) == clusters(never)


def test_a_split_leaves_every_figure_as_if_the_two_had_never_been_one(tmp_path):
    rows = [
        *a_talk_with_each(0),
        talk("03/11/2026", KESTREL, Type="Vacancy"),
        talk("04/11/2026", "Holt Roofing"),
    ]
    (tmp_path / "wrong").mkdir()
    (tmp_path / "never").mkdir()
    wrong, never = (make_town(tmp_path / name, talks=rows) for name in ("wrong", "never"))
    merge(wrong, week(0))
    merge(never, week(0), "Different")
    as_one_then = told(wrong, 0)
    for town in (wrong, never):
        town.hub.insert_row("Engagements", 2, ["", *talk("17/11/2026", EMBER, Type="Redundancy")])
    split(wrong, week(1))
    never.sync(week(1))
    assert told(wrong, 1) == told(never, 1)
    assert told(wrong, 0) != as_one_then
    wrong.hub.delete_row("Engagements", 2)
    before, again = ({"sections": one[0]} for one in (as_one_then, told_again(wrong, 0)))
    assert not list(changes_in(before, again))
    assert not list(tables_changed(before, again))


def told(town: Town, number: int) -> list[object]:
    return figures(look(town.partnership, now=week(number)).facts[HUB])


def told_again(town: Town, number: int) -> list[object]:
    """What was told of the two as one, worked out after they were parted."""
    night = look(town.partnership, now=week(number))
    (one,) = splits_in(night.book)
    linked_then = as_one(night.worlds[HUB].linked, one)
    return figures(facts_if(night, town.config, SCHEMA, linked_then)[HUB])


def figures(facts: Facts) -> list[object]:
    """Every figure and table of the quarter's report, the Dashboard, and the merged employers."""
    report = document_of({HUB: facts}, SCHEMA, quarter_of(facts.today), HUB)
    known = plain_rows(facts.employers.sort_values("employer_id"))
    return [report["sections"], plain_rows(dashboard(facts)), known]

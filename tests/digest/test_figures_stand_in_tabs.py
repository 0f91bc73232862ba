"""Every number of a rendered digest is the one in the row that it opens, as saved in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest

from engage.digest.model import NO_TAB, Digest
from engage.digest.standing import DASHBOARD, WEEKS, YOUR_FIGURES, YOUR_WEEKS
from engage.insight.weeks import Week, week_named

from .shire import UNIVERSITY, Shire, words

OF_WEEK = ("Last whole week", "Week before", "Four-week average")
OF_PERIOD = ("In the period", "Period before", "Four-period average")
OF_EIGHT = (*(f"{number} before" for number in range(7, 1, -1)), "Period before", "In the period")
LATEST, EARLIER, LONG_AGO = None, week_named("2026-W45"), week_named("2026-W41")
Number = tuple[str, tuple[str, ...], str, tuple[str, ...]]


def numbers(page: Element) -> Iterator[Number]:
    """(the link, the numbers) of every row of figures of a page, and of every large one; for its small bars
    the same, "" and () where it has none."""
    for row in page.iter("tr"):
        cells = [one for one in row.findall("td") if set(one.get("class", "").split()) & {"n", "cell"}]
        if cells:
            yield href(*(one for one in row if not is_title(one))), tuple(map(words, cells)), "", ()
    for said in (one for one in page.iter("p") if one.find("b") is not None and ": " in words(one)):
        if found := re.search(r": ([\d,]+[†‡]?)(?: \((?:week|month) before: ([\d,]+)\))?$", words(said)):
            yield href(said), tuple(one for one in found.groups() if one), "", ()
    for large in (one for one in page.iter("td") if one.get("class") == "key"):
        now, _, small = large.findall("p")
        said = re.search(r"before(?: \(|: )([\d,–]+).*average ([\d,.–]*[\d–])", words(small))
        assert said
        bars = [one.get("aria-label", "").partition(": ")[2] for one in large.iter("table")]
        eight = tuple(bars[0].split(", ")) if bars else ()
        yield href(now), (words(now), said[1], said[2]), href(small), eight


def plain(number: str) -> str:
    return "–" if number.startswith("not known") else number.rstrip("†")


def is_title(cell: Element) -> bool:
    """Whether it names the capability that several rows are of, and opens its tab."""
    return "about" in cell.get("class", "").split()


def href(*parts: Element) -> str:
    """Their one link; "" if there is none."""
    found = {one.get("href", "") for part in parts for one in part.iter("a")}
    assert len(found) <= 1
    return next(iter(found), "")


def shown(cell: str) -> str:
    """How a digest writes a number of a tab."""
    return "–" if not cell else f"{float(cell):,.1f}".removesuffix(".0")


def cells(town: Shire, link: str, digest: Digest, headings: tuple[str, ...]) -> list[str]:
    """What stands in the row that a link opens; a row that is about another time is none of this digest."""
    _, row = town.row(link)
    assert "Period" not in row or row["Period"] == digest.period
    assert "Period" in row or digest.period == "2026-W46" or not (row[OF_WEEK[1]] + row[OF_WEEK[2]]), row
    wanted = dict(zip(OF_WEEK, OF_PERIOD, strict=True)) if "Period" in row else {}
    return [shown(row[wanted.get(heading, heading)]) for heading in headings]


CASES: dict[str, dict[str, Any]] = {
    "which shares": {"signed": "2026-01-05"},
    "which does not": {"signed": ""},
    "which does not, in a workbook that we may not write": {"signed": "", "view_only": True},
}


@pytest.mark.slow
@pytest.mark.parametrize("week", [LATEST, EARLIER], ids=["last week", "earlier"])
@pytest.mark.parametrize("case", CASES)
def test_every_number_equals_the_cell_of_the_tab_that_it_opens(case, week, tmp_path):
    town = Shire(tmp_path, **CASES[case])
    town.sync()
    town.sync()
    opened: set[tuple[str, str]] = set()
    for _, digest, page in town.told(week):
        for link, found, trend_link, eight in numbers(page):
            assert cells(town, link, digest, OF_WEEK)[: len(found)] == list(map(plain, found))
            opened.add((digest.edition, unquote(link).partition("!")[0].rpartition("/")[2]))
            if eight:
                assert cells(town, trend_link, digest, OF_EIGHT) == list(map(plain, eight))
                opened.add(("bars", unquote(trend_link).partition("!")[0].rpartition("/")[2]))
        assert all(one.href and one.sign != NO_TAB for one in digest.counts)
        turned = {unquote(link).partition("!")[0] for link in turnouts_checked(town, digest)}
        opened |= {("events", place.rpartition("/")[2]) for place in turned}
    assert opened >= expected(week, own=not CASES[case].get("view_only") and not CASES[case]["signed"])


def expected(week: Week | None, *, own: bool) -> set[tuple[str, str]]:
    """The tabs that are opened, by what for."""
    hub, ours = (DASHBOARD, YOUR_FIGURES) if week is LATEST else (WEEKS, YOUR_WEEKS)
    both = [("weekly", hub), ("weekly", DASHBOARD), ("monthly", WEEKS), ("bars", WEEKS)]
    private = [("weekly", ours), ("monthly", YOUR_WEEKS), ("bars", YOUR_WEEKS)]
    found = {(what, f"hub#'{tab}'") for what, tab in both}
    return found | ({(what, f"university#'{tab}'") for what, tab in private} if own else set())


@pytest.mark.slow
def test_a_figure_of_a_week_that_no_tab_is_about_says_so_and_no_other_does(tmp_path):
    town = Shire(tmp_path, signed="")
    town.sync()
    for _, digest, page in town.told(LONG_AGO):
        for link, found, _, _ in numbers(page):
            assert found[0].endswith(NO_TAB) != bool(link)
            if link:
                assert cells(town, link, digest, OF_WEEK)[: len(found)] == list(map(plain, found))
        said = words(page)
        assert ("‡ Worked out again" in said) == ("‡" in said.partition("‡ Worked out again")[0])
        assert "‡" in said or digest.edition == "monthly" or digest.is_quiet


def turnouts_checked(town: Shire, digest: Digest) -> Iterator[str]:
    for event in (*digest.events_past.items, *digest.events_ahead.items):
        if event.turnout:
            link = event.count_href or event.href
            tab, row = town.row(link)
            stage = "came" if "came" in event.turnout else "booked"
            wanted = {YOUR_FIGURES: OF_WEEK[0], YOUR_WEEKS: OF_PERIOD[0]}
            count = row[wanted.get(tab, f"Employers {stage}")]
            assert event.turnout.startswith(f"{count} employer")
            yield link


@pytest.mark.slow
def test_what_only_its_own_agency_may_see_is_in_its_figures_only_where_a_tab_has_it(tmp_path):
    for case, own in (
        ("which does not", True),
        ("which does not, in a workbook that we may not write", False),
    ):
        town = Shire(tmp_path / str(own), **CASES[case])
        town.sync()
        theirs = {
            digest.about: (digest, words(page))
            for _, digest, page in town.told()
            if digest.agency == UNIVERSITY and digest.edition == "weekly"
        }
        digest, text = theirs[UNIVERSITY]
        said = f"4 engagements by {UNIVERSITY}" if own else f"No engagements by {UNIVERSITY} were recorded"
        assert said in digest.headline
        assert ("by the Dashboard's count" in digest.headline) != own
        assert ("† A row of Your figures" in text, "What only your agency may see" in text) == (own, not own)
        assert not digest.is_quiet
        (fair,) = (one for one in digest.events_past.items if one.event == "Our own fair")
        assert fair.turnout == ("1 employer came of 9 wanted†" if own else "")


@pytest.mark.slow
def test_a_tab_of_figures_that_is_about_another_time_is_not_quoted(tmp_path):
    town = Shire(tmp_path, signed="")
    town.sync()
    rows = town.books["university"].rows(YOUR_FIGURES)
    number = next(at for at, row in enumerate(rows, start=1) if row[:2] == ("The week", "Engagements"))
    town.books["university"].type(YOUR_FIGURES, number, 3, "999")
    for _, digest, page in town.told():
        assert not digest.own_href or digest.agency != UNIVERSITY
        assert "999" not in words(page)

"""Every count in a sentence of a digest is as many rows of the tab that it opens, or a cell of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from engage.digest.model import ActionItem, Capped, ClashItem, Digest
from engage.digest.readers import EVERYTHING, MY_AGENCY, Reader
from engage.digest.scope import Scope, scope_of
from engage.insight.gone_quiet import QUIET_DAYS
from engage.insight.pledge_list import SIGNED
from engage.insight.reading import fold
from engage.insight.weeks import read_day
from engage.recipients import audience_of
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, row_of

from .shire import FIRMS, UNIVERSITY, Shire, fair, readers_of, talk, words

Row = dict[str, str]
TODAY = NOW.date()
FORTNIGHT = TODAY + timedelta(days=13)
MANY = [f"{name} Ltd" for name in ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Maple", "Rowan")]
OTHERS = [f"{place} Training" for place in ("Ashcombe", "Brackley", "Corsham")]
KINDS = ("Phone call", "Meeting", "Email", "Vacancy", "Work placement", "Site visit", "Curriculum design")
AGENCY = {
    "Share_contact_details_with_partners": "Yes",
    "Lawful_basis": "Public task",
    "Sharing_agreement_signed": "2026-01-05",
}


def plan(day: str, firm: str, agency: str, staff: str = "", **more: str) -> list[str]:
    cells = {"Date": day, "Employer": firm, "Staff_member": staff, "Agency": agency, "Status": "Planned"}
    return row_of("Engagements", **cells, Type="Visit", **more)


def kind_of_talk(kind: str, **more: str) -> list[str]:
    cells = {"Date": "2026-11-14", "Employer": "Yew Ltd", "Agency": COUNCIL, "Status": "Done"}
    return row_of("Engagements", **{**cells, "Type": kind, "Reason": "Recruitment", **more})


def steps(agency: str, staff: str) -> list[list[str]]:
    said = {"Next_step": "Send the form", "Next_step_by": "2026-11-18"}
    return [talk("2026-10-20", firm, staff, agency, **said) for firm in MANY]


def signed(firm: str, day: str) -> list[str]:
    return row_of(
        "Pledges", Pledge="Good work", Employer=firm, Date_signed=day, Stage="Signed", Agency=COUNCIL
    )


def action(number: int) -> list[str]:
    about = {"Ref": f"2.{number}", "Action": "Write to all", "Responsible": COUNCIL, "RAG": "Red"}
    return row_of("Actions", **about, Due_date=f"2026-10-{number + 10}")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A shire in which every list is longer than a digest shows."""
    everybody = [COUNCIL, COLLEGE, JOBCENTRE, *OTHERS]
    talks = [
        *(talk("2026-11-10", firm, "Ann Dhale", COUNCIL) for firm in (*MANY, *FIRMS[:1] * 7)),
        *(talk("2026-11-12", firm, "Bo Dhale", COLLEGE) for firm in MANY),
        *(
            talk(f"2026-05-{11 + at % 7}", f"Old {firm}", "Ann Dhale", COUNCIL)
            for at, firm in enumerate(MANY)
        ),
        *(plan("2026-11-24", f"{firm} {each}", each) for each in everybody for firm in MANY),
        *(plan("2026-11-20", firm, COUNCIL, "Ann Dhale") for firm in MANY),
        *(plan("2026-11-23", firm, COLLEGE, "Bo Dhale") for firm in MANY),
        plan("2026-11-28", MANY[0], COUNCIL),
        *(talk(f"2026-11-{day}", FIRMS[0], "", COLLEGE) for day in ("09", "13")),
        *(kind_of_talk(kind) for kind in KINDS),
        kind_of_talk("Redundancy", Date="2026-11-03", Employer="Yarrow Ltd", Number_of_jobs="12"),
        *steps(JOBCENTRE, "Dee Dhale"),
    ]
    hub = {
        "Agencies": [row_of("Agencies", Agency=name, **AGENCY) for name in OTHERS],
        "Coordinators": readers_of(JOBCENTRE, "Dee"),
        "Engagements": talks,
        "Events": [
            fair(f"Fair {firm}", day, COUNCIL) for firm in MANY for day in ("2026-11-11", "2026-11-25")
        ],
        "Pledges": [signed(firm, day) for firm in MANY for day in ("2026-11-12", "2026-11-13")],
        "Actions": [action(number) for number in range(1, 13)],
    }
    own = {
        "Employers": [row_of("Employers", Employer=name, Sector="Construction") for name in MANY],
        "Engagements": [
            *(talk("2026-11-11", firm, "Cy Dhale", "") for firm in MANY),
            *(plan("2026-11-26", firm, "", "Cy Dhale") for firm in MANY),
            *steps("", "Cy Dhale"),
        ],
    }
    made = Shire(tmp_path_factory.mktemp("shire"), signed="", hub=hub, own=own)
    made.sync()
    made.sync()
    return made


@dataclass(frozen=True)
class Asked:
    """What one digest is about."""

    digest: Digest
    scope: Scope

    def is_about(self, row: Row, *agencies: str) -> bool:
        return self.scope.holds({row["Employer ID"] or fold(row["Employer"])}, agencies)

    def in_span(self, text: str, days: int = 0) -> bool:
        day = read_day(text)
        return day is not None and day + timedelta(days=days) in self.digest.span


def ahead(text: str) -> bool:
    day = read_day(text)
    return day is not None and TODAY <= day <= FORTNIGHT


def is_talk(asked: Asked, row: Row) -> bool:
    held = row["Status"] in {"Done", ""} and asked.in_span(row["Date"])
    return asked.scope.employers is not None and held and asked.is_about(row, row["Agency"])


def is_plan(asked: Asked, row: Row) -> bool:
    return row["Status"] in {"Planned", ""} and ahead(row["Date"]) and asked.is_about(row, row["Agency"])


def is_clash(when: Callable[[Asked, str], bool]) -> Callable[[Asked, Row], bool]:
    return lambda asked, row: (
        when(asked, row["Second date"]) and asked.is_about(row, row["First agency"], row["Second agency"])
    )


def is_event(when: Callable[[Asked, str], bool]) -> Callable[[Asked, Row], bool]:
    return lambda asked, row: when(asked, row["Date"]) and row["Status"] not in {"Cancelled", "Postponed"}


def is_pledge(asked: Asked, row: Row) -> bool:
    new = row["Stage"] in SIGNED and not row["Duplicate sign-up of"] and asked.in_span(row["Date signed"])
    return new and asked.is_about(row, row["Agency"])


def is_late(asked: Asked, row: Row) -> bool:
    mine = asked.scope.agency in row["Agencies matched"].split("; ")
    return row["RAG"].startswith(("Red", "Amber")) and (asked.scope.about == EVERYTHING or mine)


def is_silent(asked: Asked, row: Row) -> bool:
    quiet = not row["Next planned"] and asked.in_span(row["Last contact"], QUIET_DAYS)
    return quiet and asked.is_about(row, *row["Agencies"].split("; "))


def of_row(row: Row) -> Any:
    return id(row)


def of_clash(row: Row) -> Any:
    return row["Employer ID"], frozenset((row["First agency"], row["Second agency"]))


def in_span(asked: Asked, text: str) -> bool:
    return asked.in_span(text)


# Field → which rows of the tab that it opens it is about, and which of them are one item of it.
LISTS: dict[str, tuple[Callable[[Asked, Row], bool], Callable[[Row], Any]]] = {
    "talks": (is_talk, of_row),
    "planned": (is_plan, lambda row: row["Agency"]),
    "clashes": (is_clash(in_span), of_clash),
    "clashes_ahead": (is_clash(lambda _, text: ahead(text)), of_clash),
    "events_past": (is_event(in_span), of_row),
    "events_ahead": (is_event(lambda _, text: ahead(text)), of_row),
    "pledges": (is_pledge, of_row),
    "actions": (is_late, of_row),
    "silent": (is_silent, of_row),
}
ABOVE = {
    "clashes_ahead": ClashItem,
    "actions": ActionItem,
}  # some of theirs stand among what needs the reader


def asked_of(town: Shire) -> Iterator[tuple[Reader, Asked, Element]]:
    desk = town.desk()
    for reader, digest, page in town.told():
        yield reader, Asked(digest, scope_of(desk.night.facts[audience_of(desk, reader)], reader)), page


@pytest.mark.slow
def test_and_12_more_are_as_many_rows_of_the_list_that_it_opens(town):
    seen: Counter[str] = Counter()
    for _, asked, page in asked_of(town):
        said = Counter(counted_lists(town, asked, seen))
        assert said == Counter(sentences(page))
        assert not asked.digest.newcomers.more
    assert set(LISTS) <= {name for name in seen if seen[name]}
    assert seen["bars"]


def counted_lists(town: Shire, asked: Asked, seen: Counter[str]) -> Iterator[tuple[str, int, str]]:
    """(what is said, how many, link) of each list, once its count was found in the tab."""
    for name, (is_theirs, one) in LISTS.items():
        found: Capped[Any] = getattr(asked.digest, name)
        if not found.is_counted or not found.items:
            continue
        rows = [row for row in town.list_of(found.more_href)[1] if is_theirs(asked, row)]
        above = sum(isinstance(todo.row, ABOVE.get(name, ())) for todo in asked.digest.todos.items)
        assert found.listed + above == len(set(map(one, rows))), name
        yield from said_of(found, seen, name)
        if name == "planned":
            for each in found.items:
                theirs = [row for row in rows if row["Agency"] == each.agency]
                assert each.talks.listed == len(theirs)
                yield from said_of(each.talks, seen, "plans")
    yield from counted_bars(town, asked.digest, seen)


def counted_bars(town: Shire, digest: Digest, seen: Counter[str]) -> Iterator[tuple[str, int, str]]:
    for chart in digest.charts:
        tab, first = town.row(chart.bars.more_href)
        rows = [row for row in town.list_of(chart.bars.more_href)[1] if row["Section"] == first["Section"]]
        heading = "In the period" if "Period" in first else "Last whole week"
        same = [row for row in rows if row.get("Period", "") == first.get("Period", "")]
        assert chart.bars.listed == sum(row[heading] != "0" for row in same), tab
        yield from said_of(chart.bars, seen, "bars")


def said_of(found: Capped[Any], seen: Counter[str], name: str) -> Iterator[tuple[str, int, str]]:
    if found.more:
        seen[name] += 1
        yield "and more", found.more, found.more_href
    if found.left_out:
        yield "left out", found.left_out, found.more_href if found.more else ""


def sentences(page: Element) -> Iterator[tuple[str, int, str]]:
    """(what is said, how many, link) of every such sentence of a page."""
    for said in (one for one in page.iter("p") if one.get("class") == "more"):
        href = next((link.get("href", "") for link in said.iter("a")), "")
        if found := re.match(r"and (\d+) more", words(said)):
            yield "and more", int(found[1]), href
        if found := re.search(r"leaves out (\d+) more", words(said)):
            yield "left out", int(found[1]), href


@pytest.mark.slow
def test_what_the_hubs_lists_leave_out_are_rows_of_the_agencys_own_workbook(town):
    _, *own = town.books["university"].rows("Engagements")
    rows = [dict(zip(town.books["university"].rows("Engagements")[0], row, strict=False)) for row in own]
    seen = 0
    for reader, asked, _ in asked_of(town):
        if (
            reader.agency == UNIVERSITY
            and asked.digest.planned
            and asked.scope.about in {EVERYTHING, MY_AGENCY}
        ):
            plans = [row for row in rows if row["Status"] == "Planned" and ahead(row["Date"])]
            (ours,) = [one for one in asked.digest.planned.items if one.agency == UNIVERSITY] or [None]
            assert ours is None or ours.talks.beside == len(plans)
            seen += ours is not None
        if reader.agency == UNIVERSITY and asked.digest.talks.beside:
            done = [row for row in rows if row["Status"] == "Done" and asked.in_span(row["Date"])]
            assert 0 < asked.digest.talks.beside <= len(done)
            assert (
                f", and {asked.digest.talks.beside} that the Engagement list leaves out"
                in asked.digest.headline
            )
            seen += 1
    assert seen >= 4


@pytest.mark.slow
def test_the_headline_is_what_stands_where_it_opens(town):
    for _, asked, page in asked_of(town):
        (title,) = page.iter("h1")
        if asked.digest.is_quiet or words(title).startswith("No engagements"):
            continue
        (href,) = {one.get("href", "") for one in title.iter("a")}
        count = int(words(title).split()[0])
        if asked.scope.employers is not None:
            assert count == sum(is_talk(asked, row) for row in town.list_of(href)[1])
            continue
        _, row = town.row(href)
        heads = ("In the period", "Period before") if "Period" in row else ("Last whole week", "Week before")
        now, before = (int(row[head] or 0) for head in heads)
        assert count == now
        step = re.search(r"(up|down) (\d+) on", words(title))
        assert (int(step[2]) if step else 0) == abs(now - before)
        if firms := re.search(r"with (\d+) employers?", words(title)):
            (beside,) = (
                one
                for one in town.list_of(href)[1]
                if one["Measure"] == "Employers spoken to" and one.get("Period") == row.get("Period")
            )
            assert int(firms[1]) == int(beside[heads[0]])


@pytest.mark.slow
def test_what_needs_a_reader_is_counted_in_the_tab_that_it_opens(town):
    seen = set()
    for reader, asked, _ in asked_of(town):
        for todo in asked.digest.todos.items:
            count = int((re.findall(r"\d+", todo.text) or ["0"])[0])
            rows = town.list_of(todo.href)[1] if todo.href and todo.kind != "Next step" else []
            if todo.kind == "Next steps" and todo.href:
                theirs = {fold(row["Employer"]) for row in rows if is_due(row, reader.agency)}
                assert count + sum(one.kind == "Next step" for one in asked.digest.todos.items) == len(theirs)
            elif todo.kind == "To review":
                assert count == sum(reader.agency in row["For"] for row in rows)
            elif todo.kind == "To fix":
                assert count == sum(row["Agency"] in {reader.agency, ""} for row in rows)
            elif todo.kind == "Clash ahead" and "one of" in todo.detail:
                same = next(row for row in rows if town.row(todo.href)[1]["Clash"] == row["Clash"])
                found = [row for row in rows if of_clash(row) == of_clash(same) and ahead(row["Second date"])]
                assert int(todo.detail.rpartition("one of ")[2].rstrip(".")) == len(found)
            elif todo.kind == "Overdue":
                assert f"{-int(town.row(todo.href)[1]['Days left'])} days ago" in todo.detail
            else:
                continue
            seen.add(todo.kind)
    assert seen >= {"Next steps", "To fix", "Clash ahead"}


def is_due(row: Row, agency: str) -> bool:
    day = read_day(row["Next step by"])
    return row["Agency"] == agency and day is not None and abs((day - TODAY).days) <= 7


@pytest.mark.slow
def test_what_an_item_counts_stands_in_its_row(town):
    seen = Counter[str]()
    for _, asked, _ in asked_of(town):
        for one in (*asked.digest.clashes.items, *asked.digest.clashes_ahead.items):
            if again := re.search(r"It is one of (\d+)", one.why):
                (same,) = [of_clash(town.row(one.href)[1])]
                rows = town.list_of(one.href)[1]
                found = [row for row in rows if of_clash(row) == same]
                when = ahead if one in asked.digest.clashes_ahead.items else asked.in_span
                assert int(again[1]) == sum(when(row["Second date"]) for row in found)
                seen["clashes"] += 1
        for action in asked.digest.actions.items:
            assert f"{-int(town.row(action.href)[1]['Days left'])} days ago" in action.due
            seen["actions"] += 1
        for event in (*asked.digest.events_past.items, *asked.digest.events_ahead.items):
            if event.href and "wanted" in event.turnout:
                assert f"of {town.row(event.href)[1]['Target employers']} wanted" in event.turnout
                seen["events"] += 1
        for change in asked.digest.changes.items:
            if jobs := re.search(r"at (.+) \((\d+) jobs\)", change.words):
                rows = town.list_of(change.href)[1]
                assert jobs[2] in {row["Jobs"] for row in rows if row["Employer"] == jobs[1]}
                seen["jobs"] += 1
    assert set(seen) == {"clashes", "actions", "events", "jobs"}


# Whatever else has a number in it: days, what somebody typed, and what the tests above have counted.
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
ACCOUNTED = (
    rf"\d+(?: {MONTH})? to \d+ {MONTH} \d{{4}}",
    rf"\d+ {MONTH}(?: \d{{4}})?(?:, \d\d:\d\d)?|month of {MONTH} \d{{4}}",
    r"and \d+ more(?= with plans|:)|leaves out \d+ more",
    r"\d+ engagements? (?:with \d+ employers?|with|by|in)\b|(?:up|down) \d+ on the|and \d+ that the Eng",
    r"Pledge (?:sign-ups|page views), all agencies: \d+[†‡]?(?: \((?:week|month) before: \d+\))?",
    r"\d+ more steps?|Decide on \d+|Look at \d+|one of \d+|\d+ days? ago",
    r"\(\d+ jobs\)|\d+ employers? (?:came|booked)(?: of \d+ wanted)?",
    r"next 14 days|in 90 days|in 5 working days|2\.\d+ Write|1\.1 Ring",
)


@pytest.mark.slow
def test_no_sentence_has_a_number_that_is_not_looked_after(town):
    for _, _, page in asked_of(town):
        left = " | ".join(parts_with_numbers(page))
        for pattern in ACCOUNTED:
            left = re.sub(pattern, "", left)
        assert not re.search(r"\d", left), left


def parts_with_numbers(page: Element) -> Iterator[str]:
    """The texts that are not figures in a row of their own, which the walk of figures looks at."""
    for part in page.iter():
        kinds = set(part.get("class", "").split())
        if part.tag in {"p", "h1", "h2", "h3", "th"} and not kinds & {"num", "word", "keysmall", "colhead"}:
            said = words(part)
            if re.search(r"\d", said):
                yield said

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import html5lib
import pytest

from engage.digest.build import build_digest, built_tabs
from engage.digest.happenings import LIST_CAP
from engage.digest.links import Links, is_safe_href
from engage.digest.model import ActionItem, Capped, Digest, EventItem, Figure
from engage.digest.plain import LEFT_OUT, plain
from engage.digest.readers import MY_AGENCY, Reader
from engage.digest.render import MOST_BYTES, render, render_html, render_text
from engage.digest.standing import DASHBOARD
from engage.errors import DigestError
from engage.insight.weeks import Week, last_complete_week
from tests.insight.sample import CHAMBER, COLLEGE, COUNCIL, TODAY, make_facts, rich_facts

READER = Reader("Ruth Hale", "ruth.hale@harwick-college.example", COLLEGE)
LINKS = Links("../hub.xlsx")
WEEK = last_complete_week(TODAY)


def digest_of(facts=None, reader: Reader = READER, **more: object) -> Digest:
    return build_digest(facts or rich_facts(), reader, LINKS, **more)


class Page(HTMLParser):
    """What a reader of the HTML sees: its words, its headings, its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._hidden = tag in {"style", "title"}
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def figures_of(digest: Digest) -> list[Figure]:
    return list(digest.counts)


# --- Figures -------------------------------------------------------------------------------------------


def test_every_figure_is_linked_to_the_dashboard_row_that_says_the_same():
    facts = rich_facts()
    frame = built_tabs(facts)[DASHBOARD]
    for figure in figures_of(digest_of(facts)):
        row = frame.iloc[int(figure.href.rpartition("A")[2]) - 2]
        assert row["Last whole week"] == ("" if figure.now is None else figure.now)
        assert row["Week before"] == ("" if figure.before is None else figure.before)
        assert row["Four-week average"] == ("" if figure.average is None else figure.average)
        assert row["Measure"].partition(":")[0] in figure.label or figure.label == row["Measure"]


def test_a_figure_is_told_as_the_dashboard_has_it_and_what_is_left_out_is_said():
    facts = rich_facts()
    tabs = built_tabs(facts)
    tabs[DASHBOARD].loc[0, ["Last whole week", "Week before"]] = [5, 1]
    digest = digest_of(facts, tabs=tabs)
    engagements = digest.key_figures[0]
    assert (engagements.now, engagements.before, engagements.trend) == (5, 1, ())
    assert engagements.href.endswith("!A2")
    assert digest.headline.endswith("up 4 on the week before, by the Dashboard's count")
    assert "What only your agency may see" in Page(render_html(digest)).text


def test_a_figure_that_the_dashboard_does_not_have_is_left_out():
    facts = rich_facts()
    tabs = built_tabs(facts)
    frame = tabs[DASHBOARD]
    frame.loc[frame["Measure"] == "Agencies active", "Last whole week"] = "a few"
    tabs[DASHBOARD] = frame[frame["Measure"] != "Events held"]
    labels = {figure.label for figure in figures_of(digest_of(facts, tabs=tabs))}
    assert {"Agencies active", "Events held"} & {one.label for one in figures_of(digest_of(facts))}
    assert not labels & {"Agencies active", "Events held"}


def test_a_dashboard_without_its_figures_is_no_crash():
    facts = rich_facts()
    tabs = built_tabs(facts)
    tabs[DASHBOARD] = tabs[DASHBOARD].iloc[-1:]
    for reader in (READER, replace(READER, about=MY_AGENCY)):
        assert render(digest_of(facts, reader, tabs=tabs)).html


def test_a_turnout_is_told_as_the_event_list_has_it():
    facts = rich_facts()
    tabs = built_tabs(facts)
    tabs["Event list (built nightly)"]["Employers came"] = 1
    assert digest_of(facts, tabs=tabs).events_past.items[0].turnout.startswith("1 employer came")


def test_html_and_text_print_the_same_figures():
    digest = digest_of()
    out = render(digest)
    seen = Page(out.html).text
    for figure in figures_of(digest):
        assert figure.label in seen
        assert re.search(rf"{re.escape(figure.label)}:?\s+{re.escape(figure.text)}\b", out.text), figure.label
    numbers = {figure.text for figure in figures_of(digest)}
    assert numbers <= set(seen.replace(":", " ").split()) | {"not known"}


def test_html_and_text_hold_the_same_rows():
    digest = digest_of()
    out = render(digest)
    seen, text = Page(out.html).text, " ".join(out.text.split())
    rows = [
        *(todo.text for todo in digest.todos.items),
        *(todo.detail for todo in digest.todos.items),
        *(part for one in digest.clashes.items for part in (one.employer, one.first, one.second, one.why)),
        *(one.turnout for one in (*digest.events_past.items, *digest.events_ahead.items)),
        *(one.due for one in digest.actions.items),
        *(one.words for one in digest.reads),
    ]
    assert len(rows) > 15
    assert all(row in seen and row in text for row in rows)


def test_an_agency_that_could_not_be_read_is_never_a_zero():
    out = render(digest_of())
    for words in (Page(out.html).text, " ".join(out.text.split())):
        assert re.search(rf"{CHAMBER} not known", words)
        assert "may lack the latest of Harwick Chamber (last read 12 Nov 2026)" in words
        assert "could not be read tonight" in words


# --- Sections -------------------------------------------------------------------------------------------


def test_a_section_with_nothing_to_say_is_not_there():
    page = Page(render_html(digest_of(make_facts())))
    assert page.headings == ["h1"]
    assert "A quiet week" in page.text


def test_a_quiet_week_with_an_unread_agency_is_not_called_quiet():
    facts = make_facts(reads=rich_facts().reads)
    assert not digest_of(facts).is_quiet


def test_clashes_name_both_agencies_and_the_suggested_lead():
    text = Page(render_html(digest_of())).text
    assert (
        "Harwick College, Visit, Monday 16 November Dale Borough Council, Phone call, Wednesday 18 November"
        in text
    )
    assert "Suggested lead: Harwick College" in text


def test_what_needs_the_reader_comes_first_and_is_their_own_agencys():
    digest = digest_of(reader=replace(READER, agency=COUNCIL))
    assert [todo.kind for todo in digest.todos.items] == ["Clash ahead", "Overdue", "At risk", "To fix"]
    html = render_html(digest)
    assert html.index("What needs you") < html.index("The week in figures")


def test_an_employer_that_two_agencies_mean_to_see_again_and_again_is_one_thing_to_agree_on():
    talk = {"employer_id": "EMP-1", "Employer": "Acorn Bakery", "Status": "Planned", "Type": "Visit"}
    days = (
        ("2026-11-24", COLLEGE),
        ("2026-11-25", COUNCIL),
        ("2026-12-01", COLLEGE),
        ("2026-12-02", COUNCIL),
    )
    rows = [{**talk, "Date": day, "agency": agency, "Agency": agency} for day, agency in days]
    firm = {"employer_id": "EMP-1", "Employer": "Acorn Bakery"}
    facts = make_facts({"Engagements": rows}, employers=[firm])
    other = digest_of(facts, replace(READER, agency=CHAMBER))
    (clash,) = other.clashes_ahead.items
    assert other.todos.items == ()
    digest = digest_of(facts)
    (todo,) = [todo for todo in digest.todos.items if todo.kind == "Clash ahead"]
    count = todo.detail.rpartition("It is one of ")[2]
    assert int(count.strip(".")) > 1
    assert clash.why.endswith(f"It is one of {count.strip('.')} between these two.")


def test_a_clash_to_come_stands_among_what_needs_the_reader_or_below_and_never_twice():
    facts = rich_facts()
    found = {
        agency: digest_of(facts, replace(READER, agency=agency)) for agency in (COLLEGE, COUNCIL, CHAMBER)
    }
    employers = {clash.employer for digest in found.values() for clash in digest.clashes_ahead.items}
    assert employers
    for digest in found.values():
        mine = [todo.text for todo in digest.todos.items if todo.kind == "Clash ahead"]
        below = [clash.employer for clash in digest.clashes_ahead.items]
        for employer in employers:
            assert sum(employer in text for text in mine) + (employer in below) == 1


def test_a_clash_for_which_there_is_no_room_among_what_needs_the_reader_stands_below():
    talk = {"Status": "Planned", "Type": "Visit"}
    firms = [{"employer_id": f"EMP-{number}", "Employer": f"Firm {number}"} for number in range(9)]
    met = [(firm, agency, "24") for firm in firms for agency in (COLLEGE, COUNCIL)]
    met.append((firms[0], CHAMBER, "26"))
    rows = [
        {**talk, **firm, "Date": f"2026-11-{day}", "agency": agency, "Agency": agency}
        for firm, agency, day in met
    ]
    digest = digest_of(make_facts({"Engagements": rows}, employers=firms))
    told = [todo.text for todo in digest.todos.items if "Firm 0" in todo.text]
    assert told == [f"Agree with {COUNCIL} who speaks to Firm 0"]
    below = {(clash.employer, clash.first.partition(",")[0]) for clash in digest.clashes_ahead.items}
    assert ("Firm 0", COLLEGE) in below


def two_agencies_at(firms: int):
    """Facts in which both councils' people mean to see each of so many firms."""
    talk = {"Status": "Planned", "Type": "Visit", "Date": "2026-11-24"}
    known = [{"employer_id": f"EMP-{number}", "Employer": f"Firm {number}"} for number in range(firms)]
    both = [{**talk, **firm, "agency": who, "Agency": who} for firm in known for who in (COLLEGE, COUNCIL)]
    return make_facts({"Engagements": both}, employers=known)


@pytest.mark.parametrize("rows", [20, 6, 4, 2])
def test_a_clash_that_is_cut_from_what_needs_the_reader_for_size_stands_below(rows):
    whole = digest_of(two_agencies_at(5))
    assert (len(whole.todos.items), len(whole.clashes_ahead.items)) == (5, 0)
    few = whole.at_most(rows)
    shown = [todo.text.partition("speaks to ")[2] for todo in few.todos.items]
    shown += [clash.employer for clash in few.clashes_ahead.items]
    assert len(shown) == len(set(shown)) == min(5, 2 * rows)
    assert few.clashes_ahead.more == 5 - len(shown)
    assert few.clashes_ahead.more_href == whole.clashes_ahead.more_href
    other = digest_of(two_agencies_at(5), replace(READER, agency=CHAMBER)).clashes_ahead
    assert set(few.clashes_ahead.items) <= set(other.items)  # told as any other reader reads of it


def test_who_did_not_choose_clashes_gets_none_back_for_want_of_room():
    digest = digest_of(two_agencies_at(5), replace(READER, sections=("Events",)))
    assert digest.at_most(2).clashes_ahead == Capped()
    assert len(digest.at_most(2).todos.items) == 2


def test_sign_ups_and_views_of_everybody_are_told_once():
    facts = rich_facts()
    everything = digest_of(facts)
    assert "Pledge page views" in [one.label for one in everything.figures]
    assert everything.pledge_figures == ()
    for other in (replace(READER, sections=("Pledges",)), replace(READER, about=MY_AGENCY)):
        assert "Pledge page views" in " ".join(one.label for one in digest_of(facts, other).pledge_figures)


def test_each_event_begins_on_a_line_of_its_own_in_the_text():
    ahead = (
        EventItem("Jobs fair", "Friday", "", "3 booked"),
        EventItem("Forum", "Monday", "", "7 booked", input_wanted="A slot"),
        EventItem("Drop-in", "Tuesday", "", "1 booked"),
    )
    text = render_text(replace(digest_of(), events_ahead=Capped(ahead)))
    assert "  3 booked\n* Forum\n" in text
    assert "  7 booked\n  Open to partners' input: A slot\n* Drop-in\n" in text


def test_a_page_holds_no_tag_that_every_mail_program_puts_there_by_itself():
    html = render_html(digest_of())
    assert "<tbody>" not in html
    assert html.count("<table") == html.count("</table>")


def test_many_promises_are_told_in_one_line():
    step = {"agency": COLLEGE, "Date": "2026-11-10", "Next step": "x", "Next step by": "2026-11-24"}
    facts = make_facts({"Engagements": [{**step, "Employer": f"Firm {number}"} for number in range(9)]})
    texts = [todo.text for todo in digest_of(facts).todos.items]
    assert texts[-1] == "6 more steps that your agency noted"
    assert len(texts) == 4


def test_a_next_step_says_what_it_is_with_whom_and_by_when():
    step = {"agency": COLLEGE, "Date": "2026-11-10", "Employer": "Acorn Bakery", "Next step by": "2026-11-24"}
    facts = make_facts({"Engagements": [{**step, "Next step": "Send the plan to jo@acorn.example"}]})
    (todo,) = digest_of(facts).todos.items
    assert todo.text == "Acorn Bakery: Send the plan to (contact details left out)"
    assert todo.detail == "Due by Tuesday 24 November."


def test_what_was_agreed_in_a_sensitive_row_is_for_the_sheet_to_say():
    step = {"agency": COLLEGE, "Employer": "Acorn Bakery", "Next step by": "2026-11-24", "Sensitive": "Yes"}
    facts = make_facts({"Engagements": [{**step, "Next step": "Talk about the closure"}]})
    out = render(digest_of(facts))
    assert "closure" not in out.html + out.text
    assert "marked sensitive" in Page(out.html).text


@pytest.mark.parametrize(
    ("sensitive", "told"), [("", True), ("Public", True), ("Yes", False), ("Dale Council", False)]
)
def test_what_a_plan_is_for_is_told_unless_its_row_is_marked_sensitive(sensitive, told):
    plan = {"agency": COLLEGE, "Employer": "Acorn Bakery", "Date": "2026-11-26", "Status": "Planned"}
    plan |= {"Aim / Summary": "Talk about the closure", "Sensitive": sensitive}
    out = render(digest_of(make_facts({"Engagements": [plan]})))
    for part in (out.html, out.text):
        assert ("closure" in part, "Acorn Bakery" in part) == (told, True)


def test_the_footer_claims_the_dashboard_only_for_what_it_says():
    facts, mine = rich_facts(), replace(READER, about=MY_AGENCY)
    tabs = built_tabs(facts)
    said = [" ".join(render_text(digest_of(facts, tabs=tabs)).split())]
    tabs[DASHBOARD].loc[0, "Last whole week"] = 5
    said += [" ".join(render_text(digest_of(facts, reader=who, tabs=tabs)).split()) for who in (READER, mine)]
    del tabs[DASHBOARD]
    said += [" ".join(render_text(digest_of(facts, tabs=tabs)).split())]
    claims = "Every figure is a row of the Dashboard"
    assert [claims in text for text in said] == [True, True, True, False]
    left_out = "or was typed since then, is not counted in it"
    assert [left_out in text for text in said] == [False, True, True, False]
    assert ["‡ Worked out again" in text for text in said] == [False, False, False, True]
    assert "6‡" in said[3]


def test_a_reader_learns_of_their_own_agencys_problems_only():
    labels = {figure.label for figure in digest_of().waiting}
    assert "Problems to fix in your rows" in labels
    assert not any(COUNCIL in figure.label for figure in figures_of(digest_of()) if "roblem" in figure.label)


def test_my_agency_leaves_out_what_is_not_theirs():
    mine = digest_of(reader=Reader("Tom", "tom@dale.example", COUNCIL, MY_AGENCY))
    assert mine.charts == ()
    assert [figure.label for figure in mine.key_figures] == [
        f"Engagements by {COUNCIL}",
        "Engagements by everyone",
    ]
    assert [event.event for event in mine.events_ahead.items] == ["Winter jobs fair"]
    assert not mine.events_past
    assert not mine.pledges


def test_next_weeks_digest_is_about_next_week():
    later = rich_facts(today=date(2026, 11, 30))
    assert digest_of(later).span == Week(date(2026, 11, 23))
    assert digest_of(rich_facts(), span=Week(date(2026, 11, 9))).key_figures[0].now == 2


# --- Size ------------------------------------------------------------------------------------------------


def crowd(count: int):
    """A partnership in which a great deal happens to everybody in one week."""
    names = [f"Agency number {number} of the partnership" for number in range(30)]
    firms = [_firm(number, names) for number in range(count)]
    tables = {
        "Employers": [{**firm, "agency": names[0]} for firm in firms],
        "Engagements": [_talk(number, names) for number in range(count)],
        "Events": [_event(number) for number in range(count)],
        "Pledges": [_pledge(number) for number in range(count)],
        "Actions": [_action(number, names[0]) for number in range(count)],
    }
    seen = {f"R-EMPLOYERS{number}": "2026-11-18" for number in range(2, count)}
    return make_facts(tables, employers=firms, agencies={name: name for name in names}, first_seen=seen)


def _firm(number: int, names: list[str]) -> dict[str, str]:
    return {
        "employer_id": f"EMP-{number}",
        "Employer": f"A firm with quite a long name {number} Ltd",
        "First seen": "2026-11-18",
        "Sector": f"Sector {number % 25}",
        "Agencies": "; ".join(names[:6]),
        "Town": "Harwick",
    }


def _talk(number: int, names: list[str]) -> dict[str, str]:
    return {
        "Date": f"2026-11-{16 + number % 12}",
        "employer_id": f"EMP-{number % 20}",
        "agency": names[number % 30],
        "Type": f"Type {number % 22}",
        "Status": "Done" if number % 12 < 7 else "Planned",
        "Next step": "x",
        "Next step by": "2026-11-24",
    }


def _event(number: int) -> dict[str, str]:
    return {"Event": f"Event {number}", "Date": f"2026-11-{16 + number % 14}", "Target employers": "9"}


def _pledge(number: int) -> dict[str, str]:
    return {"Pledge": "Pledge", "Employer": f"F{number}", "Date signed": "2026-11-18", "Stage": "Signed"}


def _action(number: int, owner: str) -> dict[str, str]:
    return {"Ref": str(number), "Action": "long " * 80, "Responsible": owner, "Due date": "1 June 2026"}


def test_the_fullest_week_stays_below_what_mail_readers_cut_off():
    digest = digest_of(crowd(300), replace(READER, agency="Agency number 0 of the partnership"))
    assert digest.newcomers.more > 0
    assert digest.clashes.more > 0
    out = render(digest)
    assert len(out.html.encode()) < MOST_BYTES
    page, text = Page(out.html).text, " ".join(out.text.split())
    assert re.findall(r"and \d+ more", page) == re.findall(r"and \d+ more", text)


def test_long_lists_are_cut_and_say_by_how_many():
    digest = digest_of(crowd(100), replace(READER, sections=("Pledges",)))
    shown = len(digest.pledges.items)
    assert f"and {100 - shown} more" in Page(render_html(digest)).text
    assert f"and {100 - shown} more" in render_text(digest)


def test_a_digest_that_would_be_cut_off_is_refused():
    digest = digest_of()
    with pytest.raises(DigestError, match="KB and mail readers cut it off"):
        render_html(replace(digest, reads=digest.reads * 200))


# --- Safety -----------------------------------------------------------------------------------------------

NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}{% raw %}"


def nasty_facts():
    facts = rich_facts()
    tables = {tab: frame.copy() for tab, frame in facts.tables.items()}
    for tab, heading in (
        ("Events", "Event"),
        ("Actions", "Action"),
        ("Engagements", "Type"),
        ("Pledges", "Pledge"),
    ):
        tables[tab][heading] = NASTY
    employers = facts.employers.assign(Employer=NASTY, Sector=NASTY, Town=NASTY, Agencies=NASTY)
    return replace(facts, tables=tables, employers=employers, partnership=NASTY)


def test_markup_in_a_cell_is_shown_and_never_run():
    html = render_html(digest_of(nasty_facts(), replace(READER, name=NASTY)))
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in Page(html).text
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "\\\\evil\\share",
        "http://plain.example",
        "file:///etc/passwd",
        "/etc/passwd",
        "",
    ],
)
def test_a_link_that_could_do_harm_is_refused(href):
    assert not is_safe_href(href)
    with pytest.raises(DigestError, match="not safe"):
        render_html(replace(digest_of(), pause_href=href or "javascript:"))


@pytest.mark.parametrize(
    "href", ["https://sheets.example/d/1#gid=2&range=A5", "mailto:us@harwick.example", "../hub.xlsx#'A'!B1"]
)
def test_web_mail_and_the_workbook_may_be_linked(href):
    assert is_safe_href(href)


def test_a_google_workbook_is_linked_to_the_row():
    links = Links("https://sheets.example/d/1/edit", {"Dashboard": "77"})
    assert links.to("Dashboard", 5) == "https://sheets.example/d/1/edit#gid=77&range=A5"


def test_every_link_of_a_digest_opens_the_workbook():
    links = Page(render_html(digest_of())).links
    assert len(links) > 20
    assert all(link.startswith("../hub.xlsx#'") for link in links)


def test_nobodys_phone_or_email_is_in_a_digest():
    facts = rich_facts()
    actions = facts.tables["Actions"].assign(Action="Ring Jo on 07700 900123 or jo.bloggs@firm.example")
    told = facts.tables["Engagements"].assign(Type="Rang 07700 900123", Reason="a@firm.example")
    employers = facts.employers.assign(
        Phone="+441614960123",
        Email="boss@firm.example",
        Town="ask jo.bloggs@firm.example",
        Sector="Care 07700 900123",
    )
    records = {key: record for key, record in facts.records.items() if record.tab != "Actions"}
    out = render(
        digest_of(
            replace(
                facts,
                tables={**facts.tables, "Actions": actions, "Engagements": told},
                employers=employers,
                records=records,
            )
        )
    )
    for text in (out.html, out.text):
        assert "Ring Jo on" in text
        assert not re.search(r"07700|900123|4960123|900555|boss@|bloggs|private\.example", text)


@pytest.mark.parametrize(
    "typed",
    [
        "0161 496 0123",
        "+44 161 496 0123",
        "(0161) 4960123",
        "07700-900-123",
        "0044 7700 900123",
        "a.b+c@d-e.example",
        "mailto:x@y.example",
    ],
)
def test_contact_details_typed_into_a_text_are_left_out(typed):
    assert plain(f"Ask {typed} today") == f"Ask {LEFT_OUT} today"


@pytest.mark.parametrize(
    "kept",
    ["Q3 2026/27: 14 of 100", "01/04/2026 to 31/03/2027", "Company 01234567", "3.3.b", "1,204 employers"],
)
def test_dates_and_figures_are_kept(kept):
    assert plain(kept) == kept


# --- The page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [rich_facts(), make_facts()], ids=["rich", "quiet"])
def test_the_page_is_correct_html(facts):
    html = render_html(digest_of(facts))
    document = html5lib.HTMLParser(strict=True).parse(html)
    assert document is not None
    assert html.startswith("<!DOCTYPE html>") or html.startswith("<!doctype html>")
    assert 'lang="en-GB"' in html


def test_headings_are_in_order():
    levels = [int(tag[1]) for tag in Page(render_html(digest_of())).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("facts", [rich_facts(), make_facts()], ids=["rich", "quiet"])
def test_a_screen_reader_hears_of_each_table_what_it_is_and_what_its_cells_are(facts):
    html = render_html(digest_of(facts))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r'<table[^>]* aria-labelledby="([^"]+)"', html)
    assert set(named) <= set(ids)
    assert all(" scope=" in tag for tag in re.findall(r"<th\b[^>]*>", html))
    trends = re.sub(r'<table role="img" aria-label="[^"]+".*?</table></td></tr></table>', "", html)
    for tag in re.findall(r"<table\b[^>]*>", trends):
        assert 'role="presentation"' in tag or "aria-labelledby" in tag, tag


def test_dark_mode_and_the_phone_survive_inlining_and_nothing_unsafe_for_mail_is_used():
    html = render_html(digest_of())
    assert "prefers-color-scheme: dark" in html
    assert "max-width: 480px" in html
    assert not re.search(r"<svg|base64|display:\s*flex|var\(--|<link|@import|<script", html)


def test_the_text_part_fits_a_narrow_window():
    assert max(len(line) for line in render_text(digest_of()).splitlines()) <= 80


# --- Templates of the partnership's own ------------------------------------------------------------------


def test_a_partnerships_own_template_takes_the_place_of_ours(tmp_path):
    own = '{% extends "shipped/digest.html" %}{% block footer %}<p>Our own words</p>{% endblock %}'
    (tmp_path / "digest.html").write_text(own, encoding="utf-8")
    html = render_html(digest_of(), templates=tmp_path)
    assert "Our own words" in html
    assert "The week in figures" in html


@pytest.mark.parametrize(
    "template",
    [
        "{{ digest.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__ }}{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ digest.nonsense }}",
        "{{ nonsense }}",
        "{% for %}",
        "{% include '../../../etc/passwd' %}",
        "{% set x = digest.__setattr__('run_id', 'x') %}",
    ],
)
def test_a_template_that_is_broken_or_reaches_out_is_an_error_with_a_remedy(tmp_path, template):
    (tmp_path / "digest.html").write_text(template, encoding="utf-8")
    with pytest.raises(DigestError, match="cannot be filled"):
        render_html(digest_of(), templates=tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        '<a href="javascript:alert(1)">x</a>',
        "<A HREF='javascript:alert(1)'>x</A>",
        "<a href=javascript:alert(1)>x</a>",
        '<a title="a > b" href="&#106;avascript:alert(1)">x</a>',
        '<a href="java&#10;script:alert(1)">x</a>',
        '<svg><a xlink:href="javascript:alert(1)"></a></svg>',
        '<img src="http://track.example/pixel.gif">',
        '<td background="//track.example/pixel.gif">',
        "<!--[if mso]><a href='javascript:alert(1)'>x</a><![endif]-->",
    ],
)
def test_a_template_cannot_link_to_a_script_or_load_what_is_not_safe(tmp_path, template):
    table = f"<!doctype html><html><body><table><tr>{template}</tr></table></body></html>"
    (tmp_path / "digest.html").write_text(table, encoding="utf-8")
    with pytest.raises(DigestError, match="not safe"):
        render_html(digest_of(), templates=tmp_path)


def test_a_text_that_only_speaks_of_links_keeps_nobody_from_their_digest():
    digest = replace(digest_of(), headline="""<a href="javascript:x"> and <a href='javascript:y'>""")
    assert "javascript:x" in Page(render_html(digest)).text


def test_an_empty_cap_is_false_and_a_single_row_too_many_is_shown():
    assert not Capped()
    for count, shown, more in ((LIST_CAP + 1, LIST_CAP + 1, 0), (LIST_CAP + 2, LIST_CAP, 2)):
        pledges = digest_of(make_facts({"Pledges": [_pledge(number) for number in range(count)]})).pledges
        assert (len(pledges.items), pledges.more) == (shown, more)


def test_an_action_among_what_needs_the_reader_stands_there_alone_while_there_is_room():
    digest = digest_of()
    above = [todo.row for todo in digest.todos.items if isinstance(todo.row, ActionItem)]
    assert above
    assert not {one.action for one in above} & {one.action for one in digest.actions.items}
    assert digest.others_late
    assert "Others overdue, at risk or stale" in Page(render(digest).html).text
    cut = digest.at_most(0)
    assert cut.actions.more == len(above) + len(digest.actions.items) + digest.actions.more
    assert not cut.others_late

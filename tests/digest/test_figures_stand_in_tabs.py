"""Every number of a rendered digest is the one in the row that it opens, as saved in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest

from engage.config import Agency
from engage.desk import Desk, open_desk
from engage.digest.links import DASHBOARD, EVENTS, YOUR_FIGURES
from engage.digest.model import Digest
from engage.issues import Issues
from engage.recipients import who_reads
from engage.workbook.memory import MemoryWorkbook
from tests.partnership import COLLEGE, COUNCIL, NOW, SCHEMA, Town, agency_rows, row_of

UNIVERSITY = "University of Thornvale"
FIGURES = ("Last whole week", "Week before", "Four-week average")
ABOUT = ("Everything", "My agency", "My sectors", "My employers")
FIRMS = ("Ember Digital Ltd", "Thorn Bakery", "Holt Roofing")


def talk(day: str, firm: str, staff: str, agency: str, **more: str) -> list[str]:
    cells = {"Date": day, "Employer": firm, "Staff_member": staff, "Agency": agency, "Status": "Done"}
    return row_of("Engagements", **cells, Type="Visit", Reason="Recruitment", **more)


def reader(name: str, agency: str, about: str, **more: str) -> list[str]:
    email = f"{name.replace(' ', '.').lower()}@{'thornvale' if agency == UNIVERSITY else 'council'}.example"
    cells = {"Name": name, "Email": email, "Agency": agency, "About": about, "Gets": "Weekly"}
    return row_of("Coordinators", **cells, Sectors="Construction", **more)


def fair(name: str, day: str, agency: str) -> list[str]:
    return row_of("Events", Event=name, Date=day, Lead_agency=agency, Target_employers="9", Agency=agency)


def came(event: str, firm: str, status: str, agency: str) -> list[str]:
    return row_of("Attendance", Event=event, Employer=firm, Status=status, Agency=agency)


def laid_out(**rows: list[list[str]]) -> dict[str, list[list[str]]]:
    return {
        tab: [["Record ID", *SCHEMA.tabs[tab].headings], *(["", *row] for row in found)]
        for tab, found in rows.items()
    }


def readers_of(agency: str, staff: str) -> list[list[str]]:
    return [reader(f"{staff} {'ABCD'[at]}hale", agency, about) for at, about in enumerate(ABOUT)]


class Shire(Town):
    """The small town with a university that signed so, and whose workbook may be written or not."""

    def __init__(self, folder: Path, *, signed: str, view_only: bool = False) -> None:
        agreement = {"Agency": UNIVERSITY, "Short_name": "UoT", "Lawful_basis": "Public task"}
        agreement["Share_contact_details_with_partners"] = "Yes"
        agencies = [*agency_rows(), row_of("Agencies", **agreement, Sharing_agreement_signed=signed)]
        people = [*readers_of(COUNCIL, "Ann"), *readers_of(COLLEGE, "Bo"), *readers_of(UNIVERSITY, "Cy")]
        council = [
            talk("2026-11-10", FIRMS[0], "Ann Ahale", COUNCIL),
            talk("2026-11-03", FIRMS[1], "", COUNCIL),
        ]
        action = {"Ref": "1.1", "Action": "Ring round", "Responsible": COUNCIL, "Due_date": "2026-10-31"}
        super().__init__(
            folder,
            Agencies=agencies,
            Coordinators=people,
            Engagements=council,
            Events=[fair("Jobs fair", "2026-11-12", COUNCIL), fair("Open day", "2026-11-20", COUNCIL)],
            Attendance=[
                came("Jobs fair", FIRMS[0], "Came", COUNCIL),
                came("Open day", "Acorn", "Booked", COUNCIL),
            ],
            Actions=[row_of("Actions", **action, RAG="Red")],
        )
        firms = [row_of("Employers", Employer=name, Sector="Construction", Phone="n/k") for name in FIRMS]
        own = [talk(f"2026-11-{day:02}", FIRMS[day % 3], "Cy Dhale", "") for day in (2, 9, 10, 11, 13)]
        self.books["university"] = MemoryWorkbook(
            "university",
            laid_out(
                Employers=firms,
                Engagements=own,
                Events=[fair("Our own fair", "2026-11-13", UNIVERSITY)],
                Attendance=[
                    came("Jobs fair", FIRMS[2], "Came", ""),
                    came("Our own fair", FIRMS[1], "Came", ""),
                ],
            ),
            view_only=view_only,
        )
        domains = ("thornvale.example",)
        campus = Agency(UNIVERSITY, "UoT", "university", folder / "university", view_only, domains=domains)
        mail = replace(self.config.mail, allowed_domains=("council.example", *domains))
        self.config = replace(self.config, agencies=(*self.config.agencies, campus), mail=mail)
        self.partnership = replace(self.partnership, config=self.config)

    def desk(self) -> Desk:
        return open_desk(self.partnership, now=NOW)

    def row(self, href: str) -> tuple[str, dict[str, str]]:
        """The tab that a link opens and the row at which it opens it."""
        file, _, place = unquote(href).partition("#")
        tab, number = re.fullmatch(r"'(.+)'!A(\d+)", place).groups()  # type: ignore[union-attr]
        rows = self.books[file.rpartition("/")[2]].rows(tab)
        return tab, dict(zip_longest(rows[0], rows[int(number) - 1], fillvalue=""))


def told(town: Shire) -> Iterator[tuple[Digest, Element]]:
    desk = town.desk()
    issues = Issues(desk, desk.config.mail.outbox / "preview")
    found = who_reads(desk)[0]
    assert len(found) == 12
    for one in found:
        _, digest, page = issues.written(one)
        yield digest, html5lib.parse(page.html, namespaceHTMLElements=False)


def words(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())


def numbers(page: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(the link, the numbers) of every row of figures of a page, and of every large one."""
    for row in page.iter("tr"):
        cells = [one for one in row.findall("td") if set(one.get("class", "").split()) & {"n", "cell"}]
        if cells:
            yield hrefs(*(one for one in row if not is_title(one))), tuple(map(plain, map(words, cells)))
    for large in (one for one in page.iter("td") if one.get("class") == "key"):
        now, *_ = (words(one) for one in large.iter("p"))
        small = words(next(one for one in large.iter("p") if one.get("class") == "keysmall"))
        before = re.search(r"before(?: \(|: )([\d–]+)", small)
        assert before
        yield hrefs(large), (plain(now), before[1], small.rpartition(" ")[2])


def plain(number: str) -> str:
    return "–" if number == "not known" else number.rstrip("†")


def is_title(cell: Element) -> bool:
    """Whether it names the capability that several rows are of, and opens its tab."""
    return "about" in cell.get("class", "").split()


def hrefs(*parts: Element) -> str:
    (href,) = {one.get("href", "") for part in parts for one in part.iter("a")}
    return href


def shown(cell: str) -> str:
    """How a digest writes a number of a tab."""
    return "–" if not cell else f"{float(cell):,.1f}".removesuffix(".0")


CASES: dict[str, dict[str, Any]] = {
    "which shares": {"signed": "2026-01-05"},
    "which does not": {"signed": ""},
    "which does not, in a workbook that we may not write": {"signed": "", "view_only": True},
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_number_equals_the_cell_of_the_tab_that_it_opens(case, tmp_path):
    town = Shire(tmp_path, **CASES[case])
    town.sync()
    town.sync()
    opened: set[str] = set()
    for digest, page in told(town):
        for href, found in numbers(page):
            _, row = town.row(href)
            assert [shown(row[heading]) for heading in FIGURES][: len(found)] == list(found), row
            opened.add(unquote(href).partition("!")[0])
        assert digest.counts
        assert all(one.href for one in digest.counts)
        opened |= {unquote(href).partition("!")[0] for href in turnouts_checked(town, digest)}
    tabs = {place.rpartition("/")[2] for place in opened}
    own = f"university#'{YOUR_FIGURES}'"
    assert {f"hub#'{DASHBOARD}'", f"hub#'{EVENTS}'", f"college#'{YOUR_FIGURES}'"} <= tabs
    assert (own in tabs) != CASES[case].get("view_only", False)


def turnouts_checked(town: Shire, digest: Digest) -> Iterator[str]:
    for event in (*digest.events_past.items, *digest.events_ahead.items):
        if event.turnout:
            href = event.count_href or event.href
            tab, row = town.row(href)
            stage = "came" if "came" in event.turnout else "booked"
            count = row["Last whole week" if tab == YOUR_FIGURES else f"Employers {stage}"]
            assert event.turnout.startswith(f"{count} employer")
            yield href


@pytest.mark.slow
def test_what_only_its_own_agency_may_see_is_in_its_figures_only_where_a_tab_has_it(tmp_path):
    for case, own in (
        ("which does not", True),
        ("which does not, in a workbook that we may not write", False),
    ):
        town = Shire(tmp_path / str(own), **CASES[case])
        town.sync()
        theirs = {
            digest.about: (digest, words(page)) for digest, page in told(town) if digest.agency == UNIVERSITY
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
    for digest, page in told(town):
        assert not digest.own_href or digest.agency != UNIVERSITY
        assert "999" not in words(page)

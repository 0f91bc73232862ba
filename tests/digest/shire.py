"""A partnership in memory whose university signs the sharing agreement or not, and readers of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

from engage.config import Agency
from engage.desk import Desk, open_desk
from engage.digest.model import Digest
from engage.digest.readers import Reader
from engage.insight.weeks import Week
from engage.issues import Issues
from engage.recipients import who_reads
from engage.workbook.memory import MemoryWorkbook
from tests.partnership import COLLEGE, COUNCIL, NOW, SCHEMA, Town, agency_rows, row_of

UNIVERSITY = "University of Thornvale"
ABOUT = ("Everything", "My agency", "My sectors", "My employers")
FIRMS = ("Ember Digital Ltd", "Thorn Bakery", "Holt Roofing")


def talk(day: str, firm: str, staff: str, agency: str, **more: str) -> list[str]:
    cells = {"Date": day, "Employer": firm, "Staff_member": staff, "Agency": agency, "Status": "Done"}
    return row_of("Engagements", **cells, Type="Visit", Reason="Recruitment", **more)


def reader(name: str, agency: str, about: str, **more: str) -> list[str]:
    email = f"{name.replace(' ', '.').lower()}@{'thornvale' if agency == UNIVERSITY else 'council'}.example"
    cells = {"Name": name, "Email": email, "Agency": agency, "About": about, "Gets": "Both"}
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


Tabs = Mapping[str, Sequence[list[str]]]
NONE: Tabs = {}


class Shire(Town):
    """The small town with a university that signed so, and whose workbook may be written or not."""

    def __init__(
        self, folder: Path, *, signed: str, view_only: bool = False, hub: Tabs = NONE, own: Tabs = NONE
    ) -> None:
        """hub, own: more rows, of the hub and of the university's own workbook."""
        agreement = {"Agency": UNIVERSITY, "Short_name": "UoT", "Lawful_basis": "Public task"}
        agreement["Share_contact_details_with_partners"] = "Yes"
        agencies = [*agency_rows(), row_of("Agencies", **agreement, Sharing_agreement_signed=signed)]
        agencies += hub.get("Agencies", ())
        people = [*readers_of(COUNCIL, "Ann"), *readers_of(COLLEGE, "Bo"), *readers_of(UNIVERSITY, "Cy")]
        people += hub.get("Coordinators", ())
        council = [
            talk("2026-11-10", FIRMS[0], "Ann Ahale", COUNCIL),
            talk("2026-11-03", FIRMS[1], "", COUNCIL),
            talk("2026-10-14", FIRMS[1], "", COUNCIL),
            talk("2026-09-23", FIRMS[2], "", COUNCIL),
            *hub.get("Engagements", ()),
        ]
        action = {"Ref": "1.1", "Action": "Ring round", "Responsible": COUNCIL, "Due_date": "2026-10-31"}
        self.readers = people
        super().__init__(
            folder,
            Agencies=agencies,
            Coordinators=people,
            Engagements=council,
            Events=[
                fair("Jobs fair", "2026-11-12", COUNCIL),
                fair("Open day", "2026-11-20", COUNCIL),
                *hub.get("Events", ()),
            ],
            Attendance=[
                came("Jobs fair", FIRMS[0], "Came", COUNCIL),
                came("Open day", "Acorn", "Booked", COUNCIL),
            ],
            Actions=[row_of("Actions", **action, RAG="Red"), *hub.get("Actions", ())],
            Pledges=hub.get("Pledges", ()),
        )
        firms = [row_of("Employers", Employer=name, Sector="Construction", Phone="n/k") for name in FIRMS]
        days = (
            "2026-10-05",
            "2026-10-27",
            *(f"2026-11-{day:02}" for day in (2, 9, 10, 11, 13)),
        )
        talks = [talk(day, FIRMS[int(day[-2:]) % 3], "Cy Dhale", "") for day in days]
        self.books["university"] = MemoryWorkbook(
            "university",
            laid_out(
                Employers=[*firms, *own.get("Employers", ())],
                Engagements=[*talks, *own.get("Engagements", ())],
                Events=[
                    fair("Our own fair", "2026-11-13", UNIVERSITY),
                    fair("Our own October", "2026-10-08", UNIVERSITY),
                ],
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
        at = SCHEMA.tabs["Agencies"].headings.index("Agency")
        more = (Agency(row[at], row[at], row[at]) for row in hub.get("Agencies", ()))
        self.config = replace(self.config, agencies=(*self.config.agencies, campus, *more), mail=mail)
        self.partnership = replace(self.partnership, config=self.config)

    def desk(self, week: Week | None = None) -> Desk:
        return open_desk(self.partnership, now=NOW, week=week)

    def told(self, week: Week | None = None) -> Iterator[tuple[Reader, Digest, Element]]:
        """Every reader's digest, and its page as a tree."""
        desk = self.desk(week)
        issues = Issues(desk, desk.config.mail.outbox / "preview")
        found = who_reads(desk)[0]
        assert len(found) == 2 * len(self.readers)
        for one in found:
            reader, digest, page = issues.written(one)
            yield reader, digest, html5lib.parse(page.html, namespaceHTMLElements=False)

    def list_of(self, href: str) -> tuple[str, list[dict[str, str]]]:
        """The tab that a link opens, and its rows by heading."""
        tab, _ = self.row(href)
        file = unquote(href).partition("#")[0].rpartition("/")[2]
        top, *rows = self.books[file].rows(tab)
        return tab, [dict(zip_longest(top, row, fillvalue="")) for row in rows]

    def row(self, href: str) -> tuple[str, dict[str, str]]:
        """The tab that a link opens and the row at which it opens it."""
        file, _, place = unquote(href).partition("#")
        tab, number = re.fullmatch(r"'(.+)'!A(\d+)", place).groups()  # type: ignore[union-attr]
        rows = self.books[file.rpartition("/")[2]].rows(tab)
        return tab, dict(zip_longest(rows[0], rows[int(number) - 1], fillvalue=""))


def words(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())

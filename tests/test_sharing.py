"""What an agency has not agreed to share is in no file, list, question, command or message of anyone else."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from engage.config import Agency
from engage.desk import open_desk
from engage.editions import preview
from engage.insight.quarters import quarter_of
from engage.linkage.compared import compared_by
from engage.linkage.linking import LinkSettings, link
from engage.model import Place, Record
from engage.packing import write_now
from engage.pipeline import look
from engage.recipients import who_reads
from engage.sharing import HUB, Agreement, agreements, kept_to_themselves, visible
from engage.telling import as_document, in_words
from engage.workbook.memory import MemoryWorkbook
from engage.worlds import Judge

from .partnership import COLLEGE, JOBCENTRE, NOW, SCHEMA, Town, agency_rows, row_of

UNIVERSITY = "University of Thornvale"
MARK = "Zyx"
TABS = ("Employers", "Contacts", "Engagements", "Attendance", "Pledges", "Actions")


def marked(tab: str, number: int) -> list[str]:
    """A row with the mark in every field that takes words, and telling values elsewhere."""
    shaped = {
        "date": "2026-11-12",
        "number": "77",
        "phone": f"0161 496 09{number}9",
        "email": f"{MARK.lower()}{number}@{MARK.lower()}firm.example",
        "postcode": "OL6 8QQ",
    }
    keep = {
        "Employer": f"{MARK} Bridge Cafe {number}" if number else "Ember Digital Ltd",
        "Agency": "",
        "Sensitive": "",
    }
    return [
        keep.get(c.heading, shaped.get(c.type, f"{MARK}{c.heading}{number}"))
        for c in SCHEMA.tabs[tab].columns
        if c.laid_out
    ]


def university_tabs() -> dict[str, list[list[str]]]:
    return {
        tab: [["Record ID", *SCHEMA.tabs[tab].headings], *([["", *marked(tab, n)] for n in range(3)])]
        for tab in TABS
    }


class Campus(Town):
    """The small town with a university of this agreement."""

    def __init__(self, folder: Path, *, basis: str, signed: str, share: str) -> None:
        agreement = row_of(
            "Agencies",
            Agency=UNIVERSITY,
            Short_name="UoT",
            Lawful_basis=basis,
            Sharing_agreement_signed=signed,
            Share_contact_details_with_partners=share,
        )
        people = [
            row_of(
                "Coordinators",
                Name="Helen Price",
                Email="helen@council.example",
                Agency=COLLEGE,
                Gets="Weekly",
            ),
            row_of(
                "Coordinators",
                Name="Ida Moss",
                Email="ida@thornvale.example",
                Agency=UNIVERSITY,
                Gets="Weekly",
            ),
            row_of(
                "Coordinators",
                Name="Sly Fox",
                Email="sly@council.example",
                Agency=UNIVERSITY,
                Gets="Weekly",
            ),
        ]
        super().__init__(folder, Agencies=[*agency_rows(), agreement], Coordinators=people)
        self.university = MemoryWorkbook("university", university_tabs())
        self.books["university"] = self.university
        campus = Agency(
            UNIVERSITY, "UoT", "university", folder / "university", domains=("thornvale.example",)
        )
        mail = type(self.config.mail)(folder / "outbox", ("council.example", "thornvale.example"))
        fields = {name: getattr(self.config, name) for name in self.config.__slots__}
        self.config = type(self.config)(
            **(fields | {"agencies": (*self.config.agencies, campus), "mail": mail})
        )
        parts = {name: getattr(self.partnership, name) for name in self.partnership.__slots__}
        settings = LinkSettings()
        judge = Judge(
            lambda records, decisions, before: link(records, decisions, before, settings), compared_by
        )
        self.partnership = type(self.partnership)(**(parts | {"config": self.config, "judge": judge}))


def elsewhere(town: Campus) -> str:
    """Every text of every workbook but the university's own, the hidden tabs too."""
    grids = town.grids()
    return json.dumps(
        {name: tabs for name, tabs in grids.items() if name != "university"}, ensure_ascii=False
    )


NOTHING = [
    {"basis": "", "signed": "2026-01-05", "share": "Yes"},
    {"basis": "Public task", "signed": "", "share": "Yes"},
    {"basis": "Public task", "signed": "2026-01-05", "share": "No"},
    {"basis": "Public task", "signed": "2026-01-05", "share": ""},
]


@pytest.mark.parametrize(
    ("agreed", "why"),
    [
        ({}, "no row names it"),
        ({"Dale": Agreement("Dale", False, True, "Yes")}, "nothing stands under Lawful basis"),
        ({"Dale": Agreement("Dale", True, False, "Yes")}, "no day stands under Sharing agreement signed"),
        ({"Dale": Agreement("Dale", True, True, "")}, "does not say Yes or Employer only"),
    ],
)
def test_whose_rows_nobody_is_shown_is_said_with_what_is_missing(agreed, why):
    rows = [record("Employers", name) for name in ("Dale", "Dale", "")]
    dale, nobodys = kept_to_themselves(rows, ["Dale", "Harwick"], agreed)
    assert dale.startswith("Dale: 2 rows shown to nobody else, because ")
    assert why in dale
    assert nobodys.startswith("1 row shown to nobody, ")
    shares = {"Dale": Agreement("Dale", True, True, "Employer only")}
    assert list(kept_to_themselves(rows[:2], ["Dale"], shares)) == []


@pytest.mark.slow
@pytest.mark.parametrize("agreement", NOTHING, ids=["no lawful basis", "not signed", "shares No", "blank"])
def test_an_agency_that_shares_nothing_is_found_nowhere_else(tmp_path, agreement, caplog):
    town = Campus(tmp_path, **agreement)
    with caplog.at_level(logging.DEBUG):
        report = town.sync()
        town.sync(NOW + timedelta(days=7))
    assert any(words.startswith(f"{UNIVERSITY}: ") for words in report.night.kept)
    told = json.dumps(as_document(report)) + in_words(report) + caplog.text
    assert MARK.casefold() not in elsewhere(town).casefold()
    assert MARK.casefold() not in told.casefold()
    assert MARK in json.dumps(town.grids()["university"]["Your employers (built nightly)"])


@pytest.mark.slow
def test_its_values_reach_no_digest_but_its_own_and_no_command(tmp_path):
    town = Campus(tmp_path, basis="", signed="", share="No")
    town.sync()
    now = NOW + timedelta(days=7)
    town.sync(now)
    desk = open_desk(town.partnership, now=now)
    found, _ = who_reads(desk)
    pages = dict(zip((one.email for one in found), preview(desk, found), strict=True))
    told = {email.partition("@")[0]: path.read_text("utf-8").casefold() for email, path in pages.items()}
    night = look(town.partnership, now=now)
    span = quarter_of(now.date())
    pages = {
        whom: write_now(desk, SCHEMA, span, whom).with_suffix(".json").read_text("utf-8")
        for whom in (HUB, COLLEGE, UNIVERSITY)
    }
    assert [whom for whom, page in pages.items() if MARK in page] == [UNIVERSITY]
    assert MARK.casefold() in told["ida"]
    assert MARK.casefold() not in told["helen"] + told["sly"]
    shown = [r for r in night.facts[HUB].records.values() if r.place.workbook == "university"]
    assert not shown


@pytest.mark.slow
def test_an_agency_that_shares_employers_only_keeps_its_people_to_itself(tmp_path):
    town = Campus(tmp_path, basis="Public task", signed="2026-01-05", share="Employer only")
    town.sync()
    said = elsewhere(town)
    personal = [
        c
        for tab in TABS
        for c in SCHEMA.tabs[tab].columns
        if (c.personal or c.type == "long-text") and c.laid_out
    ]
    assert f"{MARK} Bridge Cafe" in said
    assert not [c.heading for c in personal if f"{MARK}{c.heading}" in said]
    assert f"{MARK.lower()}firm.example" not in said.casefold()


@pytest.mark.slow
def test_what_an_agency_withdraws_leaves_every_other_place_at_the_next_sync(tmp_path):
    town = Campus(tmp_path, basis="Public task", signed="2026-01-05", share="Yes")
    town.sync()
    assert MARK in elsewhere(town)
    rows = town.hub.rows("Agencies")
    at = rows[0].index("Share contact details with partners") + 1
    number = next(n for n, row in enumerate(rows, 1) if UNIVERSITY in row)
    town.hub.type("Agencies", number, at, "No")
    town.sync(NOW + timedelta(days=1))
    assert MARK.casefold() not in elsewhere(town).casefold()


def agreement(**changes):
    return Agreement(**({"agency": "A", "lawful_basis": True, "signed": True, "details": "Yes"} | changes))


def record(tab="Engagements", agency="A", workbook="a", **cells):
    cells = {
        "Employer": "Acorn",
        "Contact": "Jo Whittle",
        "Aim / Summary": "met Jo",
        "Status": "Done",
    } | cells
    return Record("R-1", tab, agency, Place(workbook, tab, 2), cells, cells)


# The table of docs/reference/sharing.md: what the owner agreed to, the row, and who sees what of it.
TABLE = [
    (agreement(), record(), {"A": "all", "B": "all", HUB: "all"}),
    (agreement(signed=False), record(), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(lawful_basis=False), record(), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(details="No"), record(), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(details=""), record(), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(details="Employer only"), record(), {"A": "all", "B": "no people", HUB: "no people"}),
    (agreement(details="Employer only"), record(tab="Contacts"), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(), record(Sensitive="Yes"), {"A": "all", "B": "none", HUB: "none"}),
    (agreement(), record(Sensitive="B; C"), {"A": "all", "B": "all", HUB: "none"}),
    (agreement(), record(Sensitive="Public"), {"A": "all", "B": "all", HUB: "all"}),
    (agreement(), record(agency="", workbook=HUB), {"A": "all", "B": "all", HUB: "all"}),
    (agreement(), record(agency=""), {"A": "none", "B": "none", HUB: "none"}),
    (agreement(agency="Z"), record(), {"A": "all", "B": "none", HUB: "none"}),
]


@pytest.mark.parametrize(("agreed", "row", "expected"), TABLE)
def test_each_audience_sees_what_the_table_says(agreed, row, expected):
    for audience, what in expected.items():
        seen = visible([row], audience, {agreed.agency: agreed}, SCHEMA)
        said = " ".join(seen[0].clean.values()) + " ".join(seen[0].typed.values()) if seen else None
        found = "none" if said is None else "all" if "Jo" in said else "no people"
        assert found == what, (audience, agreed, row)


def test_two_rows_of_one_agency_that_disagree_share_nothing():
    def row(share):
        cells = {"Agency": "A", "Lawful basis": "x", "Sharing agreement signed": "2026-01-01",
                 "Share contact details with partners": share}  # fmt: skip
        return Record("R-1", "Agencies", "", Place(HUB, "Agencies", 2), cells, cells)

    assert not agreements([row("Yes"), row("No")], {})["A"].shares


def test_a_sensitive_row_names_agencies_in_any_spelling(tmp_path):
    talk = row_of(
        "Engagements", Date="12/11/2026", Employer="Acorn Trust", Agency="MBC", Sensitive="STC; jcp"
    )
    town = Town(tmp_path, Engagements=[talk])
    night = town.sync().night
    (row,) = (record for record in night.intake.records if record.tab == "Engagements")
    assert row["Sensitive"] == f"{COLLEGE}; {JOBCENTRE}"
    assert row.record_id in night.facts[COLLEGE].records
    assert row.record_id not in night.facts[HUB].records
    assert not [found for found in night.intake.findings if found.found == "STC; jcp"]


def test_the_name_of_a_tab_of_an_agency_that_shares_nothing_is_in_no_log(tmp_path):
    town = Campus(tmp_path, basis="", signed="", share="No")
    town.university.rename_tab("Employers", f"{MARK} firms")
    town.sync()
    town.university.delete_tab(f"{MARK} firms")
    report = town.sync(NOW + timedelta(days=1))
    assert report.exit_code == 4
    assert MARK.casefold() not in elsewhere(town).casefold()

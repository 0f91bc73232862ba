"""engage dedupe from end to end: files in, files out, words, exit codes."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main

MEMBERS = """Company,Post code,Telephone,Contact,Email,Colour
Peakside Precision Ltd,SK16 4AA,0161 496 0101,Joanne Whittle,j.whittle@peakside.example,red
Bridge Cafe,OL6 6AA,0161 496 0160,Mick Doyle,,blue
PEAKSIDE PRECISION LIMITED,sk164aa,+44 (0)161 4960101,Jo Whittle,J.Whittle@peakside.example,
The Bridge Café Ltd,SG1 1AA,01632 960110,Marta Nowak,hello@bridgecafe.example,green
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["dedupe", *arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clusters(path: Path, name: str = "Company") -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(path):
        found.setdefault(row["cluster_id"], set()).add(row[name])
    return {frozenset(names) for names in found.values()}


def test_rows_come_back_in_order_with_every_cell_as_typed(here):
    shown = run("members.csv", "--out", "c.csv", "--people")
    assert shown.exit_code == 0, shown.output
    typed = [
        {k: v for k, v in row.items() if k in MEMBERS.partition("\n")[0]} for row in rows(here / "c.csv")
    ]
    assert typed == rows(here / "members.csv")
    assert list(rows(here / "c.csv")[0])[-3:] == ["cluster_id", "confidence", "person_id"]
    assert (here / "members.csv").read_text("utf-8") == MEMBERS


def test_what_is_surely_one_has_one_cluster_and_a_namesake_elsewhere_has_its_own(here):
    run("members.csv", "--out", "c.csv")
    ids = [row["cluster_id"] for row in rows(here / "c.csv")]
    assert ids[0] == ids[2]
    assert len(set(ids)) == 3


def test_people_are_told_apart_too(here):
    run("members.csv", "--out", "c.csv", "--people")
    persons = [row["person_id"] for row in rows(here / "c.csv")]
    assert persons[0] == persons[2]
    assert len(set(persons)) == 3


def test_a_hundred_people_in_one_row_are_nobody_elses(here):
    team = "; ".join(f"Sue Zarv{chr(97 + n // 26)}{chr(97 + n % 26)}el" for n in range(120))
    firms = "".join(f"Zarvek {letter}ton Tooling,Al Fox\n" for letter in "ABC")
    (here / "members.csv").write_text(f'Firm,Contact\n{firms}Oak Farm,"{team}"\n', "utf-8")
    assert run("members.csv", "--out", "c.csv", "--people").exit_code in {0, 3}
    assert [row["person_id"].count("PER-") for row in rows(here / "c.csv")] == [1, 1, 1, 120]


def test_what_may_be_one_is_for_a_person_to_say_and_the_exit_code_says_so(here):
    more = "Peakside,,0161 496 0101,,info@peakside.example,\n"
    (here / "members.csv").write_text(MEMBERS + more, "utf-8")
    shown = run("members.csv", "--review", "r.csv")
    assert shown.exit_code == 3
    asked = rows(here / "r.csv")
    assert [row["row_b"] for row in asked] == ["5"]
    assert 0 <= float(asked[0]["probability"]) <= 1
    assert "same phone number" in asked[0]["reasons"]
    named = {asked[0]["name_a"], asked[0]["name_b"]}
    assert "Peakside" in named
    assert named <= {row["Company"] for row in rows(here / "members.csv")}


def test_people_who_may_be_one_are_named_and_a_reason_is_said_once(here):
    people = "First name,Surname,Email\nAda,Fox,fox@post.example\nAmy,Fox,fox@post.example\n"
    (here / "people.csv").write_text(people, "utf-8")
    run("people.csv", "--review", "r.csv")
    (asked,) = rows(here / "r.csv")
    assert (asked["name_a"], asked["name_b"]) == ("Ada Fox", "Amy Fox")
    assert asked["reasons"].count("different first names") == 1


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (bytes(range(256)) * 8, "this is no list"),
        (b"%PDF-1.7\nName,Town\n", "this is no list"),
        (b"Acorn Ltd,Hull,01632 960001\nOak Farm,York,01632 960002\n", "put one above it"),
    ],
)
def test_what_is_no_list_or_has_no_headings_is_said_to_be_so(here, begins, said):
    (here / "odd.csv").write_bytes(begins)
    shown = run("odd.csv", "--out", "c.csv")
    assert shown.exit_code in {1, 2}
    assert said in " ".join(shown.output.split())
    assert not (here / "c.csv").exists()


def test_the_same_list_gets_the_same_ids_in_whatever_order_its_rows_stand(here):
    run("members.csv", "--out", "c.csv")
    head, *body = MEMBERS.splitlines()
    random.Random(1).shuffle(body)
    (here / "other.csv").write_text("\n".join([head, *body]), "utf-8")
    run("other.csv", "--out", "d.csv")
    ids = [{row["Company"]: row["cluster_id"] for row in rows(here / name)} for name in ("c.csv", "d.csv")]
    assert ids[0] == ids[1]


def test_the_order_of_the_columns_and_a_stranger_change_no_cluster(here):
    run("members.csv", "--out", "c.csv")
    turned = [list(reversed(row.split(","))) for row in MEMBERS.splitlines()]
    turned.append(["", "", "", "", "M34 9ZZ", "Quite Another Foundry"])
    (here / "other.csv").write_text("\n".join(map(",".join, turned)), "utf-8")
    run("other.csv", "--out", "d.csv")
    assert clusters(here / "d.csv") == clusters(here / "c.csv") | {frozenset({"Quite Another Foundry"})}


def test_a_workbook_is_read_too_whatever_stands_above_its_headings(here):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Members, November"], [], *(line.split(",") for line in MEMBERS.splitlines())):
        sheet.append(row)
    book.create_sheet("Notes").append(["nothing here"])
    book.save(here / "members.xlsx")
    run("members.csv", "--out", "c.csv")
    assert run("members.xlsx", "--out", "d.csv").exit_code == 0
    assert clusters(here / "c.csv") == clusters(here / "d.csv")


def test_a_site_is_not_its_organisation(here):
    text = "Company,Company number,Postcode\nPeakside Ltd,99000001,SK16 4AA\nPeakside Ltd,99000001,SK14 2BB\n"
    (here / "sites.csv").write_text(text, "utf-8")
    run("sites.csv", "--out", "c.csv")
    run("sites.csv", "--out", "d.csv", "--level", "site")
    counted = [len({row["cluster_id"] for row in rows(here / name)}) for name in ("c.csv", "d.csv")]
    assert counted == [1, 2]


def test_a_list_of_people_needs_no_employer(here):
    text = (
        "First name,Last name,Email,Mobile\nJoanne,Whittle,jo.whittle@mailbox.example,07700 900123\n"
        "Jo,Whittle,,07700900123\nJohn,Whittle,john@mailbox.example,\n"
    )
    (here / "people.csv").write_text(text, "utf-8")
    run("people.csv", "--out", "c.csv", "--people")
    ids = [row["cluster_id"] for row in rows(here / "c.csv")]
    assert ids == [row["person_id"] for row in rows(here / "c.csv")]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


def test_an_address_in_several_columns_says_who_lives_there(here):
    text = (
        "given_name,surname,street_number,address_1,suburb,Post code\n"
        "Joanne,Whittle,17,Station Road,Hyde,SK14 1AA\n"
        "Joanne,Whittle,,17 Station Rd,Hyde,SK14 1AA\n"
        "Joanne,Whittle,71,Station Road,Hyde,SK14 1AA\n"
    )
    (here / "people.csv").write_text(text, "utf-8")
    run("people.csv", "--out", "c.csv", "--people")
    ids = [row["person_id"] for row in rows(here / "c.csv")]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


def test_rows_that_name_nobody_stay_alone(here):
    (here / "blank.csv").write_text("Company,Postcode\n,SK16 4AA\n,SK16 4AA\nn/a,SK16 4AA\n", "utf-8")
    shown = run("blank.csv", "--out", "c.csv")
    assert shown.exit_code == 0
    assert len({row["cluster_id"] for row in rows(here / "c.csv")}) == 3
    assert "3 rows named nobody" in shown.output


def test_a_row_longer_or_shorter_than_the_headings_is_kept_whole(here):
    (here / "ragged.csv").write_text("Company,Town\nA Firm,Hyde,loose end\nB Firm\n", "utf-8")
    run("ragged.csv", "--out", "c.csv")
    lines = (here / "c.csv").read_text("utf-8").splitlines()
    assert lines[0] == "Company,Town,,cluster_id,confidence"
    assert lines[1].startswith("A Firm,Hyde,loose end,EMP-")
    assert lines[2].startswith("B Firm,,,EMP-")


def test_json_is_one_document_and_the_rest_goes_to_stderr(here):
    shown = run("members.csv", "--json", "--out", "c.csv")
    told = json.loads(shown.stdout)
    assert (told["rows"], told["clusters"], told["columns"]["Company"]) == (4, 3, "Employer")
    assert "Comparing 4 rows" in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("missing.csv",), 1, "there is no file"),
        (("empty.csv",), 2, "nothing in it"),
        (("odd.csv",), 2, '--column "name=Colour" or --column "name=Shape"'),
        (("old.xls",), 1, "save it as"),
        (("bad.xlsx",), 1, "What to do"),
        (("members.csv", "--column", "name=Firm"), 2, "Firm"),
        (("members.csv", "--column", "name"), 2, "--column name=Firm"),
        (("members.csv", "--column", "shade=Colour"), 2, "shade"),
        (("members.csv", "--country", "Mars"), 2, "two letters"),
        (("members.csv", "--out", "members.csv"), 2, "same one"),
        (("members.csv", "--out", "no/such/c.csv"), 2, "no folder"),
        (("done.csv", "--out", "c.csv"), 2, "cluster_id already"),
        ((".",), 1, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(here, arguments, code, said):
    (here / "empty.csv").write_text("\n\n", "utf-8")
    (here / "odd.csv").write_text("Colour,Shape\nred,round\n", "utf-8")
    (here / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    (here / "bad.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (here / "done.csv").write_text("Company,cluster_id\nA,1\n", "utf-8")
    shown = run(*arguments)
    assert (shown.exit_code, said in shown.output) == (code, True), shown.output
    assert "Traceback" not in shown.output
    assert not (here / "c.csv").exists()


def test_american_lists_are_read_as_american(here):
    text = (
        "name,address,city,state,zip,phone\n"
        "Harbor Light Books,1204 5th Ave. at Pine St.,new york,NY,10029-1234,212/555-0142\n"
        "Harbor Light Books,1204 Fifth Avenue,new york city,NY,10029,(212) 555-0142\n"
        "Harbor Light Books,88 Ocean Dr,miami,FL,33139,305-555-0107\n"
    )
    (here / "us.csv").write_text(text, "utf-8")
    run("us.csv", "--country", "US", "--out", "c.csv")
    ids = [row["cluster_id"] for row in rows(here / "c.csv")]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)

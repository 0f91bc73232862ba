"""Lists of people that say where they work by a name, and no more: attendances, mailing lists."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main


def clustered(folder: Path, text: str) -> list[dict[str, str]]:
    (folder / "list.csv").write_text(text, "utf-8")
    arguments = ["dedupe", str(folder / "list.csv"), "--out", str(folder / "c.csv"), "--people"]
    assert CliRunner().invoke(main, arguments).exit_code in {0, 3}
    with (folder / "c.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(rows: list[dict[str, str]], what: str, *numbers: int) -> int:
    return len({rows[number - 1][what] for number in numbers})


def test_whoever_types_one_name_in_one_town_twice_means_one_employer(tmp_path):
    rows = clustered(
        tmp_path,
        "Attendee,Company,Town\n"
        "Ann Frost,Kirkby & Sons Joinery,York\nBob Heaton,Kirkby & Sons Joinery Ltd,York\n"
        "Cara Doyle,Kirkby & Sons Joinery,Hull\n"
        "Dan Lister,Hyde Cleaning Services,Hyde\nEve Ogden,Hyde Cleaning,Hyde\n",
    )
    assert said(rows, "cluster_id", 1, 2) == 1
    assert said(rows, "cluster_id", 1, 3) == 2
    assert said(rows, "cluster_id", 4, 5) == 2


def test_in_a_register_of_organisations_the_same_two_rows_may_be_two(tmp_path):
    rows = clustered(
        tmp_path,
        "Company,Address,Town,Contact\nSmith Plumbing,,York,Ann Frost\nSmith Plumbing,,York,Bob Heaton\n",
    )
    assert said(rows, "cluster_id", 1, 2) == 2


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ("Christine Wragg,Oddfell Ltd,York", "Mrs Christine Wragg,Oddfell,York", 1),
        ("Christine Wragg,Oddfell,York", "Wragg Christine,Oddfell,York", 1),
        ("Christine Wragg,Oddfell,York", "Christine Wragg,Oddfell,West Yorkshire", 1),
        ("Christine Smith,Oddfell,York", "Christine Smith,Oddfell,York", 2),
        ("Christine Wragg,Oddfell,York", "Chris Wragg,Oddfell,York", 2),
        ("Christine Wragg,Oddfell,York", "Christine Wragg,Zarvek,York", 2),
    ],
)
def test_a_full_name_twice_at_one_employer_is_one_person_unless_it_is_everybodys(
    tmp_path, one, other, people
):
    rows = clustered(tmp_path, f"Attendee,Company,Town\n{one}\n{other}\n")
    assert said(rows, "person_id", 1, 2) == people


def test_a_log_that_names_employers_and_nothing_else_means_one_by_one_name(tmp_path):
    rows = clustered(
        tmp_path,
        "Employer,Vacancy\nKPS Ltd,Driver\nKPS Ltd,Welder\nValley Decorators,Chef\nvalley decorators,Cook\n"
        "Mitchell & Co,Chef\nMitchell & Daughters,Cook\n",
    )
    assert said(rows, "cluster_id", 1, 2) == 1
    assert said(rows, "cluster_id", 3, 4) == 1
    assert said(rows, "cluster_id", 5, 6) == 2


def test_an_initial_at_a_mailbox_that_two_of_a_family_have_is_nobodys(tmp_path):
    rows = clustered(
        tmp_path,
        "First name,Surname,Email\nT,Wray,wray@post.example\nTina,Wray,wray@post.example\n"
        "Tony,Wray,wray@post.example\n",
    )
    assert said(rows, "cluster_id", 1, 2, 3) == 3


def test_a_father_and_a_son_of_one_mailbox_and_two_mobiles_are_asked_about(tmp_path):
    rows = clustered(
        tmp_path,
        "Name,Company,Email,Mobile\nPeter Vowles,Vowles Farms,office@vowles.example,01632 960580\n"
        "Peter Vowles (Jnr),Vowles Farms,office@vowles.example,07700 900581\n",
    )
    assert said(rows, "person_id", 1, 2) == 2


def test_colleagues_on_the_web_of_their_firm_are_of_one_firm_whatever_their_phones_and_towns(tmp_path):
    rows = clustered(
        tmp_path,
        "Attendee,Company,Email,Phone,Town\n"
        "Ann Frost,Zarvek Buses,ann@zarvekbuses.example,0161 234 5670,Hyde\n"
        "Bob Heaton,Zarvek Buses Ltd,bob@zarvekbuses.example,07911 123456,Luton\n"
        "Cara Doyle,Bap & Bean Hyde (Doyle Ltd),hyde@bapandbean.example,0161 234 1111,Hyde\n"
        "Dan Lister,Bap & Bean Luton (Lister Ltd),luton@bapandbean.example,01582 234222,Luton\n"
        "Eve Ogden,Zarvek Buses Charity,eve@zarvekbuses.example,07911 654321,Hyde\n",
    )
    assert said(rows, "cluster_id", 1, 2) == 1
    assert said(rows, "cluster_id", 3, 4) == 2  # two owners of a brand
    assert said(rows, "cluster_id", 1, 5) == 2


def test_a_row_that_names_a_provider_but_no_setting_is_the_providers(tmp_path):
    rows = clustered(
        tmp_path,
        "Service Name,Registered provider,Address,Postcode\n"
        ",Kirkby Dental Ltd,2 High Street,YO1 7AA\nKirkby Dental,Kirkby Dental Ltd,2 High St,YO1 7AA\n",
    )
    assert said(rows, "cluster_id", 1, 2) == 1

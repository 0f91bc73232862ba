"""How many people are asked at most: of a long list what is likelier, of a short list all of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from cli import main
from engage.dedupe.asking import ALWAYS

TREES = (
    "Alder",
    "Birch",
    "Cedar",
    "Damson",
    "Elm",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Larch",
    "Maple",
)
HOMES = ("Manor", "Grange", "Lodge", "Court")


def asked(folder: Path, pairs: int) -> tuple[int, int, str]:
    """(questions, left out, the words) of a list of so many pairs of names, each with a phone of its own."""
    given, review = folder / "list.csv", folder / "review.csv"
    with given.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Company", "Phone"])
        for number in range(pairs):
            tree, home = TREES[number % len(TREES)], HOMES[number // len(TREES)]
            phone = f"01632 960{number:03d}"
            table.writerows([[f"{tree} {home}", phone], [f"Zarvek{tree.lower()}{home.lower()}", phone]])
    shown = CliRunner().invoke(
        main, ["dedupe", str(given), "--out", str(folder / "out.csv"), "--review", str(review)]
    )
    document = CliRunner().invoke(main, ["dedupe", str(given), "--out", str(folder / "again.csv"), "--json"])
    with review.open(encoding="utf-8", newline="") as file:
        questions = len(list(csv.DictReader(file)))
    said = json.loads(document.stdout)
    assert said["review_pairs"] == questions, document.output
    return questions, said["pairs_left_out"], shown.output


def test_all_of_a_short_list_is_asked_about(tmp_path):
    questions, left, said = asked(tmp_path, 10)
    assert (questions, left) == (10, 0)
    assert "left out" not in said


def test_of_more_than_people_can_answer_the_rest_is_left_out_and_counted(tmp_path):
    questions, left, said = asked(tmp_path, ALWAYS + 12)
    assert (questions, left) == (ALWAYS, 12)
    assert "12 less likely pairs left out" in said

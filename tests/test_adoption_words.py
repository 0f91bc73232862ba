"""The report of engage adopt, in words that the owner of a workbook knows."""

from __future__ import annotations

import re
from pathlib import Path

from engage.adopting import Adoption, Asked
from engage.adoption_words import KINDS, in_words
from engage.model import Finding, Place
from engage.wording import counted

REGISTER = Path(__file__).parents[1] / "engage" / "register"
PLACE = Place("college", "Firms", 3, "Post code")


def words_of(finding: Finding) -> str:
    return " ".join(
        in_words(Adoption("c.xlsx", "College", (), (Asked(finding.kind, 1, (finding,)),))).split()
    )


def test_every_kind_of_doubt_about_a_cell_has_plain_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in REGISTER.glob("*.py"))
    kinds = set(re.findall(r'(?:Doubt|unreadable)\(\s*"([a-z-]+)"', source)) - {
        "doubtful-heading",
        "unknown-heading",
    }
    assert len(kinds) > 20
    assert kinds <= KINDS.keys()


def test_a_value_that_the_sentence_names_is_not_printed_a_second_time() -> None:
    said = words_of(Finding("bad-postcode", PLACE, "“SKI5 1QQ” is not a postcode.", "SKI5 1QQ", "SK15 1QQ"))
    assert said.count("SKI5 1QQ") == 1
    assert (
        "1 not a postcode Firms, row 3, Post code: “SKI5 1QQ” is not a postcode. Suggestion: SK15 1QQ" in said
    )


def test_a_value_that_the_sentence_does_not_name_stands_before_it() -> None:
    said = words_of(Finding("bad-date", PLACE, "This is no day.", "30/02/26", "2026-03-02"))
    assert 'Post code: "30/02/26". This is no day. Suggestion: 02/03/2026' in said


def test_one_is_one_and_many_are_many() -> None:
    said = [counted(1, "accepted suggestion"), counted(0, "cell"), counted(1204, "person", "people")]
    assert said == ["1 accepted suggestion", "0 cells", "1,204 people"]

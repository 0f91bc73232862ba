import pytest

from engage.register.bodies import read_bodies

from .sample import rows_of

NAMES = (
    "Employment Sub Group",
    "Skills Sub Group",
    "City Strategy Steering Group",
    "TMBC Economic Development Unit",
    "TMBC Community Regeneration",
    "TMBC",
    "Tameside MBC",
    "Tameside College",
    "GM Chamber of Commerce",
    "LSC",
    "Jobcentre Plus",
    "14-18 sub group",
    "14-19 sub group",
    "Tameside Business Family",
    "Halton Borough Council",
    "Tameside Adult Learning Skills and Employment Group",
)
ALIASES = {name.casefold(): name for name in NAMES} | {
    "tmbc edu": "TMBC Economic Development Unit",
    "community regeneration": "TMBC Community Regeneration",
    "job centre plus": "Jobcentre Plus",
}


@pytest.mark.parametrize("row", rows_of("responsible.csv"), ids=lambda row: row["as_typed"])
def test_owners_in_one_cell_are_parted_as_the_sample_says(row):
    bodies = read_bodies(row["as_typed"], ALIASES)
    assert "; ".join(body.name for body in bodies) == row["bodies (; separated)"]
    assert any(body.ask for body in bodies) == row["note"].startswith("ask")


def test_a_group_with_another_number_is_neither_taken_for_the_known_one_nor_asked_about():
    known = {"14-19 sub group": "14-19 sub group"}
    assert [(b.name, b.known, b.ask) for b in read_bodies("14 – 18 sub group", known)] == [
        ("14-18 sub group", False, "")
    ]


def test_a_body_named_twice_counts_once():
    bodies = read_bodies("TMBC EDU, TMBC Economic Development Unit", ALIASES)
    assert [body.name for body in bodies] == ["TMBC Economic Development Unit"]


def test_a_slip_in_a_known_name_is_asked_about_and_kept_as_typed():
    (body,) = read_bodies("Tameside Colege", ALIASES)
    assert (body.name, body.known) == ("Tameside Colege", False)
    assert body.ask == 'Is "Tameside Colege" the same as "Tameside College"?'


def test_without_aliases_everything_is_kept_as_typed():
    assert [body.name for body in read_bodies("External consultants; LSC.", {})] == [
        "External consultants",
        "LSC",
    ]

from engage.linkage.alongside import add_alone
from engage.model import Linked, Membership, Place, Record

HUB = Linked(
    {"R-HUB00001#0": "EMP-HUB0001", "R-COL00001#0": "EMP-HUB0001"}, {}, {"R-HUB00001#1": "PER-HUB0001"}
)


def row(key, tab="Employers", agency="University", **cells):
    cells = {"Employer": "Acorn Trust"} | {name.replace("_", " "): text for name, text in cells.items()}
    return Record(key, tab, agency, Place("university", tab, 2), cells, cells)


OPEN = [row("R-HUB00001", agency="Council", Contact_name="Jo Whittle"), row("R-COL00001", agency="College")]


def test_the_hubs_clusters_stay_as_they_are():
    seen = add_alone(HUB, [*OPEN, row("R-UNI00001")], Membership())
    assert HUB.employer_of.items() <= seen.employer_of.items()
    assert HUB.person_of.items() <= seen.person_of.items()


def test_a_row_that_is_kept_back_is_merged_with_nobody_however_alike():
    own = [row("R-UNI00001", Postcode="OL6 8QQ"), row("R-UNI00002", Postcode="OL6 8QQ")]
    seen = add_alone(HUB, [*OPEN, *own], Membership())
    ids = [seen.employer_of[f"{record.record_id}#0"] for record in own]
    assert len({*ids, "EMP-HUB0001"}) == 3


def test_a_name_in_free_text_is_the_row_of_its_own_agency_that_is_called_so():
    talk = row("R-UNI00009", tab="Engagements", Employer="ACORN TRUST")
    seen = add_alone(HUB, [*OPEN, row("R-UNI00001"), talk], Membership())
    assert seen.employer_of["R-UNI00009#0"] == seen.employer_of["R-UNI00001#0"]


def test_a_name_that_fits_two_rows_or_only_another_agencys_is_not_guessed():
    rows = [row("R-UNI00001"), row("R-UNI00002"), row("R-UNI00009", tab="Engagements")]
    assert "R-UNI00009#0" not in add_alone(HUB, [*OPEN, *rows], Membership()).employer_of
    alone = add_alone(HUB, [*OPEN, row("R-UNI00009", tab="Engagements")], Membership())
    assert alone.employer_of["R-UNI00009#0"] != "EMP-HUB0001"


def test_identifiers_are_the_same_the_next_night_and_never_the_hubs():
    own = [row("R-UNI00001"), row("R-UNI00002", Contact_name="Ida Moss")]
    first = add_alone(HUB, [*OPEN, *own], Membership())
    again = add_alone(HUB, [*OPEN, *reversed(own)], first.membership())
    assert again.employer_of == first.employer_of
    assert again.person_of == first.person_of

"""What one cell of an address says: the house and its street, the postcode, the town."""

from __future__ import annotations

import pytest

from engage.linkage.mentions import employer_mention
from engage.linkage.normalise.places import first_half, postcode_in, site_key, town_in

from .sample import employer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lindenweg 66", "66 Lindenweg"),
        ("Hauptstraße 3", "Hauptstr. 3"),
        ("12 rue Victor Hugo", "Rue Victor-Hugo 12"),
        ("Aire Business Park, Unit 5", "Unit 5, Aire Business Pk"),
    ],
)
def test_a_number_may_stand_before_its_street_or_behind_it(one, other):
    assert site_key(one) == site_key(other) != ""


@pytest.mark.parametrize(
    "address", ["High Street, Floor 2", "High Street, PO Box 12", "3rd Street", "Unit 4"]
)
def test_the_number_of_a_floor_or_a_box_is_no_houses(address):
    assert site_key(address) == ""


@pytest.mark.parametrize(
    ("address", "postcode", "town"),
    [
        ("36 Beck Lane, Leeds LS1 4AA", "LS1 4AA", "leeds"),
        ("36 beck lane leeds ls14aa", "ls14aa", "leeds"),
        ("Alexandra Dock, Hull, HU9", "HU9", "hull"),
        ("Unit A1", "", ""),
        ("12 Halifax", "", ""),
        ("9 York Place", "", ""),
        ("M62 Trading Estate, Building C4", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_may_end_with_its_town_and_postcode(address, postcode, town):
    assert (postcode_in(address), town_in(address)) == (postcode, town)


def test_half_a_postcode_is_a_district():
    assert [first_half(cell) for cell in ("bd9 ", "BD9 8LF", "A1", "Mill")] == ["BD9", "", "", ""]


def test_columns_of_their_own_say_more_than_the_address():
    cells = {"Address": "36 Beck Lane, Leeds LS1 4AA", "Town": "Morley", "Postcode": "LS27 8AA"}
    mention = employer_mention(employer("R-1", "Oddfell", **cells))
    assert mention
    assert (mention.postcode, mention.outward, mention.town) == ("LS27 8AA", "LS27", "morley")
    mention = employer_mention(employer("R-1", "Oddfell", Address=cells["Address"]))
    assert mention
    assert (mention.postcode, mention.outward, mention.town) == ("LS1 4AA", "LS1", "leeds")
    mention = employer_mention(employer("R-1", "Oddfell", Address=cells["Address"]), "DE")
    assert mention
    assert (mention.postcode, mention.town) == ("", "")


def test_umlauts_are_written_out_where_people_write_them_out():
    cells = {"Town": "Köln", "Address": "Schäferweg 3"}
    german, plain = (
        employer_mention(employer("R-1", name, **said), "DE")
        for name, said in (
            ("Müller Bau", cells),
            ("Mueller Bau", {"Town": "Koeln", "Address": "Schaeferweg 3"}),
        )
    )
    assert german
    assert plain
    assert (german.name.key, german.town, german.site) == (plain.name.key, plain.town, plain.site)
    british = employer_mention(employer("R-1", "Zoë's Café"))
    assert british
    assert british.name.key == "zoescafe"

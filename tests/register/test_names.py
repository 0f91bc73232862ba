import pytest

from engage.register.names import is_role, read_people


def people(text):
    return [(person.title, person.first, person.last) for person in read_people(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Joanne Whittle", ("", "Joanne", "Whittle")),
        ("JOANNE WHITTLE", ("", "Joanne", "Whittle")),
        ("Mrs. O'Connor, Siobhán", ("Mrs", "Siobhán", "O'Connor")),
        ("Siobhan OConnor-Reid", ("", "Siobhan", "OConnor-Reid")),
        ("J Whittle", ("", "J", "Whittle")),
        ("G. Adeyemi", ("", "G", "Adeyemi")),
        ("Smith J", ("", "J", "Smith")),
        ("Dr. A. N. Other", ("Dr", "A N", "Other")),
        ("mcdonald, fiona", ("", "Fiona", "McDonald")),
        ("Ludwig van Beethoven", ("", "Ludwig", "van Beethoven")),
        ("Prof Jane Smith OBE", ("Prof", "Jane", "Smith")),
        ("Joanne Whittle (HR Manager)", ("", "Joanne", "Whittle")),
        ("Joanne Whittle - HR", ("", "Joanne", "Whittle")),
        ("Sandra Hussain, Training Lead", ("", "Sandra", "Hussain")),
        ("FAO Jo Whittle <jo@peakside.example>", ("", "Jo", "Whittle")),
        ("Tom Ferris 07700 900456", ("", "Tom", "Ferris")),
        ("Mrs Patel", ("Mrs", "", "Patel")),
        ("Wei Ma", ("", "Wei", "Ma")),
        ("Jack Lord", ("", "Jack", "Lord")),
        ("Whittle, Mrs. Jo", ("Mrs", "Jo", "Whittle")),
        ("Jo", ("", "Jo", "")),
    ],
)
def test_one_person_is_read_in_whatever_order_the_name_is_typed(typed, expected):
    assert people(typed) == [expected]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Priya Nair / Colin Webb", ["Priya Nair", "Colin Webb"]),
        ("Priya Nair, Colin Webb", ["Priya Nair", "Colin Webb"]),
        ("Nair, Priya; Webb, Colin", ["Priya Nair", "Colin Webb"]),
        ("Priya Nair and Colin Webb", ["Priya Nair", "Colin Webb"]),
        ("Priya Nair\nColin Webb", ["Priya Nair", "Colin Webb"]),
        ("Jane & John Smith", ["Jane Smith", "John Smith"]),
        ("Priya Nair / HR team", ["Priya Nair"]),
    ],
)
def test_several_people_in_one_cell_are_parted(typed, expected):
    assert [person.full for person in read_people(typed)] == expected


@pytest.mark.parametrize(
    "typed",
    [
        "Registered Manager",
        "The Manager",
        "c/o Ledgerpoint",
        "Learning & Development Team",
        "HR",
        "Head of HR",
        "",
        "?",
    ],
)
def test_a_post_a_team_or_an_agent_is_no_person(typed):
    assert read_people(typed) == ()


def test_a_person_with_a_word_like_a_post_in_the_name_is_still_a_person():
    assert not is_role("Sam Manager")
    assert people("Sam Manager") == [("", "Sam", "Manager")]


def test_each_person_keeps_what_was_typed_of_them():
    assert [person.as_typed for person in read_people("Priya Nair / Colin Webb")] == [
        "Priya Nair",
        "Colin Webb",
    ]

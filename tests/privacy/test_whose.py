"""Whom a text names: found in every way of writing, and nobody else with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.erased.marks import marks_of
from engage.erased.matching import OPEN, Matcher, is_sure, whose_row, without
from engage.erased.person import Known, marks_in

HER = Known(
    (("Zyxandra", "Quillfeather"),),
    ("zyxandra.quillfeather@ember.example",),
    ("+441614960991",),
    ("Ember Digital Ltd",),
)
JO = Known((("Joanna", "Smith"),), ("jo.smith@holt.example",), (), ("Holt Roofing",))
COMMON = frozenset({"joanna", "jo", "smith", "holt", "roofing", "ember", "digital"})


def matcher(person: Known) -> Matcher:
    return Matcher(marks_of(marks_in(person, COMMON.__contains__)))


def left_of(text: str, person: Known = HER) -> str:
    return without(text, matcher(person), {"": OPEN})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Met Zyxandra Quillfeather about skills", "Met [removed] about skills"),
        ("QUILLFEATHER, Zyxandra", ""),
        ("Ms Quillfeather's diary", "[removed]'s diary"),
        ("ask Z. Quillfeather or Bob Marsh", "ask [removed] or Bob Marsh"),
        (
            "mailto:Zyxandra.Quillfeather@Ember.example; bob@ember.example",
            "mailto:[removed]; bob@ember.example",
        ),
        ("her old one, zyxandra.quillfeather@elsewhere.example", "her old one, [removed]"),
        ("on 0161 496 0991 ext 4", "on [removed] ext 4"),
        ("+44 (0)161 496-0991", ""),
        ("1614960991", ""),
        ("rang 0161 496 0992", "rang 0161 496 0992"),
        ("Bob Quillfeather, her brother", "Bob Quillfeather, her brother"),
        ("Ember Digital Ltd", "Ember Digital Ltd"),
        ("zyx\u200bandra quill\u00adfeather", ""),
        ("Zyxandra  Quillfeather rang; Zyxandra will call", "[removed] rang; [removed] will call"),
    ],
)
def test_a_person_is_taken_out_of_a_text_however_they_are_written(text, left):
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text", ["Jo Smith", "Joanna Smith", "Smith, Jo", "jo.smith@holt.example", "Smith Joanna"]
)
def test_pet_names_and_both_orders_are_known(text):
    assert left_of(text, JO) == ""


def test_a_common_surname_alone_is_nobodys():
    assert whose_row(["Smith & Sons rang", "Stephen Smith"], matcher(JO)) == {}
    assert left_of("Smith & Sons") == "Smith & Sons"


def test_a_name_beside_its_employer_is_sure_and_elsewhere_it_is_not():
    assert is_sure(whose_row(["Jo Smith", "Holt Roofing Limited"], matcher(JO))[""])
    assert not is_sure(whose_row(["Jo Smith", "Dobson Joinery"], matcher(JO))[""])


WAYS = ("Zyxandra Quillfeather", "quillfeather, zyxandra", "Ms Quillfeather", "Z Quillfeather",
        "zyxandra.quillfeather@ember.example", "0161 496 0991", "+44 161 4960991", "Zyxandra")  # fmt: skip
FILLERS = (
    "rang about",
    "two apprentices",
    "Bob Marsh",
    "0161 496 0777",
    "see notes;",
    "12/11/2026",
    "(urgent)",
    "and",
)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(WAYS), st.sampled_from(FILLERS)), min_size=1, max_size=6))
def test_whatever_the_mixture_nothing_of_the_person_is_left_and_all_of_the_rest_is(pieces):
    left = left_of(". ".join(f"{filler} {way}" for way, filler in pieces) + ".").casefold()
    assert not any(mark in left for mark in ("zyxandra", "quillfeather", "4960991", "496 0991"))
    assert all(filler.casefold() in left for _, filler in pieces)

"""One body in Wales by its Welsh name and by its English one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.linkage.normalise.organisations import read_name
from engage.linkage.normalise.welsh import town_in_english

from .sample import employer
from .test_asked_or_not import LINE, OTHER_LINE, are_one, asked, two


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("Cyngor Cymuned Llanwern", "Llanwern Community Council"),
        ("Ysgol Gynradd Llanwern", "Llanwern Primary School"),
        ("Clwb Pêl-droed Llanwern", "Llanwern Football Club"),
        ("Côr Meibion Gwenffrwd", "Gwenffrwd Male Voice Choir"),
        ("Cyngor Caerdydd", "Cardiff Council"),
        ("Sied Dynion Llanwern", "Llanwern Mens Shed"),
        ("Gofal Cartref Gwenffrwd Cyf", "Gwenffrwd Home Care Ltd"),
    ],
)
def test_a_body_has_one_name_in_both_tongues(welsh, english):
    assert read_name(welsh).core == read_name(english).core
    assert are_one(*two(welsh, english, Town="Harlech", Phone=LINE))


@pytest.mark.parametrize("name", ["Ysgol", "Tafarn y Bont", "Siopa Cymru", "Sian Coleg Ltd"])
def test_what_is_no_kind_of_body_before_a_name_stays(name):
    assert read_name(name).core[0] == read_name(name).typed.split()[0].lower()


def test_a_town_has_one_name_in_both_tongues():
    assert [town_in_english(town) for town in ("caerdydd", "y fenni", "dinbych-y-pysgod", "hull")] == [
        "cardiff",
        "abergavenny",
        "tenby",
        "hull",
    ]
    rows = (
        two("Zarvek Tooling", "Zarvek Tooling Ltd", Town="Caerdydd")[0],
        two("", "Zarvek Tooling Ltd", Town="Cardiff")[1],
    )
    assert are_one(*rows)


def test_whose_a_welsh_body_is_stays_in_its_name_though_the_row_is_there():
    welsh = employer("R-1", "Neuadd Goffa Llanfair y Cwm", Town="Llanfair-y-Cwm", Phone=LINE)
    english = employer("R-2", "Llanfair-y-Cwm Memorial Hall", "College", Town="Lampeter", Phone=LINE)
    assert are_one(welsh, english)
    assert not are_one(replace(welsh, clean={**welsh.clean, "Phone": ""}), english)
    assert not are_one(replace(welsh, clean={**welsh.clean, "Phone": OTHER_LINE}), english)


def test_two_places_on_one_web_are_asked_about_though_both_have_a_town_in_their_name():
    name, web = "Ashton-under-Lyne Training Services", {"Website": "ashtonunderlynetraining.example"}
    here = employer("R-1", name, Town="Ashton-under-Lyne", Phone=LINE, Contact_name="Jo Frost", **web)
    there = employer("R-2", name, "College", Town="Newport", Phone=OTHER_LINE, Contact_name="Al Hale", **web)
    assert not are_one(here, there)
    assert asked(here, there) == 1


def test_a_legal_form_is_no_part_of_whose_a_body_is():
    assert read_name("Siop Gymunedol Pentre-bach Cyf").key == read_name("Pentrebach Community Shop").key

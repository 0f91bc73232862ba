"""Whatever people type, the server answers; what is written raw comes back as it was."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from .asking import Book
from .people import Browser
from .world import World

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FORMULAS = st.lists(
    st.sampled_from(
        [
            "1",
            "0",
            "A1",
            "B2:C3",
            "Nope",
            '"x"',
            "+",
            "-",
            "/",
            "^",
            "&",
            "=",
            "(",
            ")",
            ",",
            "SUM(",
            "IF(",
            "%",
            " ",
        ]
    ),
    max_size=8,
).map(lambda parts: "=" + "".join(parts))
RENDERS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")


@settings(max_examples=150, deadline=None)
@given(TEXTS | FORMULAS, st.sampled_from(["en_GB", "en_US", "fr_FR"]))
@example("1e999", "en_GB")
@example("=9^9^9^9", "en_GB")
@example("=(0-1)^0.5", "en_GB")
@example("=DATE(1,13,1)", "en_GB")
@example("=D1+1", "en_GB")
@example("99999999999999999", "en_GB")
@example("-1E+300", "en_GB")
def test_any_typed_text_can_be_read_back(text, locale):
    world = World()
    file = world.create("Employers", locale=locale)
    browser, book = Browser(world, file.id), Book(world, file)
    browser.type("Sheet1", 1, 4, text)
    for render in RENDERS:
        assert book.read("A1:D4", valueRenderOption=render).status == 200
    assert book.get(includeGridData=True).status == 200
    browser.insert_rows("Sheet1", 1)
    browser.copy_row("Sheet1", 2, 1)
    browser.sort("Sheet1", 4)
    assert book.get(fields="sheets.data.rowData").status == 200


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
def test_raw_texts_come_back_as_they_were(texts):
    world = World()
    book = Book(world, world.create("Employers"))
    assert book.write("A1", [texts]).status == 200
    for render in RENDERS:
        assert book.values("A1:D1", valueRenderOption=render) == [texts]

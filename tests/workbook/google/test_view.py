"""By what titles the pipeline sees tabs that people have renamed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engage.workbook.cells import Seen
from engage.workbook.google.keeping import Memory
from engage.workbook.google.reading import Book, Sheet
from engage.workbook.google.view import pipeline_view

BUILT = {"Clashes": 1, "Figures": 2, "Targets": 3}
TITLES = [*BUILT, "Our own", "Old"]


def shown(titles: dict[int, str]) -> dict[int, str]:
    sheets = tuple(Sheet(number, title, Seen(()), 10, 5) for number, title in titles.items())
    book = Book("id", "Town", "en_GB", "Europe/London", sheets)
    return {sheet.sheet_id: sheet.title for sheet in pipeline_view(book, Memory(tabs=BUILT)).sheets}


@given(st.permutations(TITLES), st.sets(st.sampled_from(range(1, 6)), min_size=1))
def test_no_two_tabs_are_ever_shown_by_one_title(titles: list[str], here: set[int]) -> None:
    seen = shown({number: titles[number - 1] for number in sorted(here)})
    assert len(set(seen.values())) == len(seen)


@given(st.permutations(list(BUILT)))
def test_built_tabs_that_changed_titles_among_themselves_each_have_their_own(titles: list[str]) -> None:
    assert shown(dict(enumerate(titles, start=1))) == {number: title for title, number in BUILT.items()}


def test_a_tab_of_a_persons_own_under_a_free_title_is_that_tab_and_the_rest_move_up() -> None:
    assert shown({1: "Figures", 2: "Old", 9: "Clashes"}) == {1: "Figures", 2: "Old", 9: "Clashes"}
    assert shown({1: "Old", 9: "Our own"}) == {1: "Clashes", 9: "Our own"}

"""The lines of the plain-text part."""

from hypothesis import given
from hypothesis import strategies as st

from engage.digest.filling import wrapped


@given(text=st.text(alphabet="ab -é", max_size=200), width=st.integers(5, 30))
def test_wrapping_loses_no_word_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")

    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_address_is_left_whole_where_words_are_not_to_be_cut() -> None:
    assert wrapped("see " + "x" * 20, 10, break_long_words=False) == "see\n" + "x" * 20

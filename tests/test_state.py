import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.errors import UnsafePlan
from engage.model import Membership, fingerprint
from engage.state import HEADINGS, KnownTab, Remembered, State, decode, encode
from engage.state_cells import CELL_LIMIT
from engage.state_formats import FORMAT

texts = st.text(max_size=12)
ids = st.from_regex(r"[A-Z]{3}-[0-9A-Z]{7}", fullmatch=True)
clusters = st.dictionaries(
    ids, st.frozensets(st.from_regex(r"R-[0-9A-Z]{8}#[0-3]", fullmatch=True), min_size=1)
)
rungs = st.lists(st.tuples(texts, texts)).map(tuple)
states = st.builds(
    State,
    records=st.dictionaries(
        ids,
        st.builds(
            Remembered,
            st.just("hub"),
            texts,
            texts,
            texts,
            st.dictionaries(texts, texts),
            gone=texts,
            rungs=rungs,
        ),
    ),
    tabs=st.dictionaries(st.tuples(texts, texts), st.builds(KnownTab, texts, texts, st.integers(0))),
    membership=st.builds(Membership, clusters, clusters, clusters),
    settled=st.frozensets(ids),
    holder=texts,
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(states)
def test_what_is_written_is_what_is_remembered(state):
    assert decode((HEADINGS, *encode(state, "hub")), "hub") == state


def test_a_long_value_is_split_over_cells_and_joined_again():
    members = frozenset(f"R-{number:08d}#0" for number in range(9_000))
    state = State(membership=Membership({"EMP-0000001": members}))
    rows = encode(state, "hub")
    assert max(len(cell) for row in rows for cell in row) <= CELL_LIMIT
    assert decode((HEADINGS, *rows), "hub").membership.employers["EMP-0000001"] == members


def test_published_rows_are_remembered_by_the_fingerprint_of_their_key():
    marks = {fingerprint("EMP-1"): fingerprint("a"), fingerprint("EMP-2"): fingerprint("b")}
    again = decode((HEADINGS, *encode(State(published={"Employer list": marks}), "hub")), "hub")
    assert again.published["Employer list"] == marks


def test_a_row_of_the_memory_that_somebody_copied_counts_once():
    rows = encode(State(holder="desk"), "hub")
    assert decode((HEADINGS, *rows, *rows), "hub") == State(holder="desk")


def test_a_memory_whose_columns_somebody_moved_is_said_to_be_changed_by_hand():
    rows = [(kind, "", key, value) for kind, key, value in encode(State(holder="desk"), "hub")]
    with pytest.raises(UnsafePlan, match="changed by hand"):
        decode((HEADINGS, *rows), "hub")


def test_a_newer_format_is_refused_in_plain_words():
    with pytest.raises(UnsafePlan, match="install the newer version"):
        decode((HEADINGS, ("format", "", str(int(FORMAT) + 1)), ("strange", "", "to this version")), "hub")


def test_a_damaged_memory_is_never_read_as_an_empty_one():
    with pytest.raises(UnsafePlan, match="changed by hand"):
        decode((HEADINGS, ("record", "R-1", "oops")), "hub")

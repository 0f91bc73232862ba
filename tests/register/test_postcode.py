import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.register.postcode import read_postcode, suggest_postcode

GOOD = "SK16 4AA, OL6 7ZZ, SG1 2FX, M1 1AE, B33 8TH, CR2 6XH, DN55 1PT, W1A 1HQ, EC1A 1BB, N1P 1AA, GIR 0AA"


@pytest.mark.parametrize("typed", GOOD.split(", "))
def test_a_good_postcode_is_spaced_and_in_capitals(typed):
    assert read_postcode(typed.lower().replace(" ", "")).clean == typed
    assert read_postcode(f" {typed}. ").doubts == ()


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("0L6 7ZZ", "OL6 7ZZ"),
        ("SK14 5QO", ""),
        ("SK14 5Q0", ""),
        ("SK14 50Q", ""),
        ("SK14 5QC", ""),
        ("SKI4 5QQ", "SK14 5QQ"),
        ("M1 IAE", "M1 1AE"),
        ("AI1 1AA", "A11 1AA"),
        ("QL6 7ZZ", ""),
        ("SK16", ""),
        ("Dukinfield", ""),
        ("Dukinfield SK16 4AA", "SK16 4AA"),
    ],
)
def test_a_bad_one_is_blank_and_a_slip_is_suggested_never_put_right_in_silence(typed, suggestion):
    reading = read_postcode(typed)
    assert reading.clean == ""
    assert [(doubt.kind, doubt.suggestion) for doubt in reading.doubts] == [("bad-postcode", suggestion)]


@given(st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9A-Z][0-9A-Z]{2}", fullmatch=True))
def test_what_is_suggested_never_changes_a_last_letter_or_anything_but_o_and_i(bare):
    suggestion = suggest_postcode(bare).replace(" ", "")
    if suggestion:
        assert read_postcode(suggestion).clean.replace(" ", "") == suggestion
        assert suggestion[-2:] == bare[-2:]
        changed = {(a, b) for a, b in zip(bare, suggestion, strict=True) if a != b}
        assert changed <= {("O", "0"), ("0", "O"), ("I", "1"), ("1", "I")}


def test_another_countrys_code_is_kept_as_plain_text():
    assert read_postcode(" 10115 ", country="DE").clean == "10115"

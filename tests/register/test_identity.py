import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engage.model import Place, Record
from engage.register.identity import identify, is_record_id, make_id, marks_of
from engage.state import Remembered

RANDOM = random.Random(1)


def fresh() -> str:
    return make_id(RANDOM.choice)


def row(number, record_id="", sheet="Employers", workbook="college", **cells):
    cells = {"Employer": "Ember Digital", "Town": "Hyde", "Phone": "0161 496 0200"} | cells
    return Record(record_id, "Employers", "College", Place(workbook, sheet, number), cells, cells)


def remember(record, record_id):
    return Remembered(record.place.workbook, record.place.tab, record.tab, "2026-11-01", marks_of(record))


def ids(identified):
    return [record.record_id for record in identified.records]


@given(st.integers())
def test_an_id_is_recognised_and_a_slip_of_one_character_is_not(seed):
    record_id = make_id(random.Random(seed).choice)
    slipped = record_id[:4] + ("2" if record_id[4] != "2" else "3") + record_id[5:]
    assert is_record_id(record_id)
    assert not is_record_id(slipped)
    assert not is_record_id(record_id.lower())


def test_a_new_row_gets_an_id_and_keeps_it():
    first = identify([row(2)], {}, fresh)
    again = identify(first.records, {ids(first)[0]: remember(first.records[0], "")}, fresh)
    assert ids(again) == ids(first)
    assert not again.given


def test_of_a_copied_row_the_original_is_the_one_that_matches_last_night():
    known = fresh()
    past = {known: remember(row(2), known)}
    edited_above = row(2, known, Employer="Ember Digital (Leeds)")
    result = identify([edited_above, row(3, known)], past, fresh)
    assert ids(result)[1] == known
    assert ids(result)[0] != known


def test_a_copy_that_ties_leaves_the_id_with_the_upper_row():
    known = fresh()
    result = identify([row(2, known), row(3, known)], {known: remember(row(2), known)}, fresh)
    assert ids(result)[0] == known
    assert list(result.given) == [("college", "Employers", 3)]


def test_a_wiped_id_comes_back_though_the_row_was_edited_and_moved():
    known = fresh()
    past = {known: remember(row(2), known)}
    result = identify([row(9, Phone="0161 496 0999")], past, fresh)
    assert ids(result) == [known]


def test_a_row_moved_to_another_tab_without_its_id_is_known_by_its_cells():
    known = fresh()
    result = identify([row(4, sheet="Old employers")], {known: remember(row(2), known)}, fresh)
    assert ids(result) == [known]


def test_a_new_row_that_only_shares_the_town_is_nobody_known():
    known = fresh()
    result = identify(
        [row(2, Employer="Kestrel", Phone="0161 496 0300")], {known: remember(row(2), known)}, fresh
    )
    assert ids(result) != [known]
    assert result.gone == (known,)


def test_what_a_person_typed_into_the_id_column_is_a_finding():
    result = identify([row(2, "ask Jo")], {}, fresh)
    assert [finding.found for finding in result.findings] == ["ask Jo"]
    assert is_record_id(ids(result)[0])


@given(st.data())
def test_ids_are_unique_and_follow_their_rows_through_sorts_and_copies(data):
    names = data.draw(st.lists(st.sampled_from(["Acorn", "Birch", "Cedar", "Acorn"]), min_size=1, max_size=6))
    first = identify([row(n, Employer=name, Notes=str(n)) for n, name in enumerate(names, 2)], {}, fresh)
    past = {r.record_id: remember(r, "") for r in first.records}
    shuffled = data.draw(st.permutations(first.records))
    copies = data.draw(st.lists(st.sampled_from(first.records), max_size=2))
    wiped = [replace(r, record_id="") if data.draw(st.booleans()) else r for r in shuffled]
    tonight = [replace(r, place=replace(r.place, row=n)) for n, r in enumerate([*wiped, *copies], 2)]
    result = identify(tonight, past, fresh)
    assert len(set(ids(result))) == len(tonight)
    assert set(past) <= set(ids(result))
    for was, now in zip(shuffled, result.records, strict=False):
        if now.record_id in past and not copies:
            assert was.record_id == now.record_id

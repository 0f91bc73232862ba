from __future__ import annotations

from engage.demo.score import score_employers, score_people, true_mentions, wrong_merges
from engage.demo.truth import TruthRow
from engage.model import Linked, Pair, Place, Record

TRUTH = (
    TruthRow("council", "Visits", 2, "G1", "E1", people=("P1", "P2")),
    TruthRow("college", "Employers", 2, "E1", "E1"),
    TruthRow("college", "Employers", 3, "E2", "E2", record_id="R-3"),
)


def record(record_id: str, workbook: str, tab: str, row: int) -> Record:
    return Record(record_id, "Employers", workbook, Place(workbook, tab, row), {}, {})


RECORDS = (
    record("R-1", "council", "Visits", 2),
    record("R-2", "college", "Employers", 2),
    record("R-3", "college", "Employers", 99),
)


def test_a_row_names_its_employer_and_its_people_in_order() -> None:
    named = true_mentions(RECORDS, TRUTH)
    assert named == {"R-1#0": "E1", "R-1#1": "P1", "R-1#2": "P2", "R-2#0": "E1", "R-3#0": "E2"}


def test_all_together_finds_everything_and_is_partly_wrong() -> None:
    linked = Linked({"R-1#0": "EMP-1", "R-2#0": "EMP-1", "R-3#0": "EMP-1"}, {}, {})
    score = score_employers(linked, true_mentions(RECORDS, TRUTH))
    assert (score.recall, score.precision) == (1.0, 1 / 3)


def test_all_apart_is_never_wrong_and_finds_nothing() -> None:
    linked = Linked({"R-1#0": "EMP-1", "R-2#0": "EMP-2"}, {}, {"R-1#1": "PER-1"})
    named = true_mentions(RECORDS, TRUTH)
    assert (score_employers(linked, named).precision, score_employers(linked, named).recall) == (1.0, 0.0)
    assert score_people(linked, named).recall == 1.0


def test_a_merge_of_two_truths_is_wrong() -> None:
    pairs = tuple(Pair("R-2#0", other, "employer", 1, 9, "automatic", ()) for other in ("R-1#0", "R-3#0"))
    linked = Linked({}, {}, {}, merges=pairs)
    assert wrong_merges(linked, true_mentions(RECORDS, TRUTH)) == [("R-2#0", "R-3#0")]

from engage.built.problem_groups import group_findings
from engage.model import Finding, Place


def said(kind, row, found, *, record_id="", suggestion="", agency="College", wrong="What. Remedy."):
    place = Place("college", "Visits", row, "Type", 4)
    return Finding(kind, place, wrong, found, suggestion, record_id, agency)


def test_one_wording_in_many_cells_is_one_finding_that_names_them():
    cells = [said("not-in-list", row, "phoned", record_id=f"R-{row}") for row in (9, 3, 12)]
    (one,) = group_findings([*cells])
    assert (one.place.row, one.place.column_number, one.found) == (3, 4, "phoned")
    assert one.cells == ((3, "R-3"), (9, "R-9"), (12, "R-12"))
    assert one.wrong == "What. Remedy. It stands in 3 cells, in rows 3, 9 and 12."


def test_many_rows_are_counted_and_the_first_named():
    (one,) = group_findings(said("not-in-list", row, "phoned") for row in range(3, 20))
    assert one.wrong.endswith("in rows 3, 4, 5, 6, 7 and 12 more.")


def test_an_answer_to_a_wording_outlives_a_sort_and_a_second_cell():
    (alone,) = group_findings([said("not-in-list", 3, "phoned", record_id="R-A")])
    (two,) = group_findings(
        [said("not-in-list", 8, "phoned", record_id="R-A"), said("not-in-list", 9, "phoned")]
    )
    assert alone.key == two.key
    assert alone.wrong == "What. Remedy."


def test_two_wordings_are_two_findings_and_other_kinds_stay_a_cell_each():
    findings = [
        said("not-in-list", 3, "phoned"),
        said("not-in-list", 4, "Mtg"),
        said("bad-date", 5, "x"),
        said("bad-date", 6, "x"),
    ]
    assert len(group_findings(findings)) == 4


def test_one_cell_alone_does_not_repeat_the_number_of_its_row():
    (one,) = group_findings([said("phone-lost-zero", 94, "1614960102")])
    assert one.wrong == "What. Remedy."


def test_the_lost_zeros_of_a_column_are_one_finding():
    (one,) = group_findings(said("phone-lost-zero", row, f"161496010{row}") for row in range(2, 5))
    assert one.found == ""
    assert one.wrong == (
        "3 numbers of this column have lost their first 0; we read them with it. "
        "Format the column as text, so that it keeps what is typed. Rows 2, 3 and 4."
    )


def test_the_title_rows_of_a_tab_are_one_finding_with_their_words():
    (one,) = group_findings([said("row-passed-over", 3, "NOV 25"), said("row-passed-over", 30, "DEC 25")])
    assert one.wrong.startswith("2 rows hold only a title, a total or a remark")
    assert one.wrong.endswith("Rows 3 (“NOV 25”) and 30 (“DEC 25”).")


def test_no_two_groups_of_a_night_share_a_key():
    kinds = ("not-in-list", "phone-lost-zero", "row-passed-over", "agency-missing")
    found = group_findings(said(kind, row, f"{row % 2}") for kind in kinds for row in range(4))
    assert len({finding.key for finding in found}) == len(found) == 5


def test_a_group_of_several_agencies_belongs_to_none():
    (one,) = group_findings([said("not-in-list", 3, "x"), said("not-in-list", 4, "x", agency="Council")])
    assert one.agency == ""

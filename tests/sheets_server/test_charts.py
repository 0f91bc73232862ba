"""Charts over the cells of a tab: added, shown, refused, and going along with their rows and columns."""

from __future__ import annotations

from typing import Any


def chart(**more: Any) -> dict[str, Any]:
    """Names in A2:A5, numbers in B2:B5, over the cell E3."""

    def cells(column: int, wide: int = 1) -> dict[str, Any]:
        area = {
            "startRowIndex": 1,
            "endRowIndex": 5,
            "startColumnIndex": column,
            "endColumnIndex": column + wide,
        }
        return {"sourceRange": {"sources": [area]}}

    basic = {
        "chartType": "BAR",
        "domains": [{"domain": cells(0)}],
        "series": [{"series": cells(1, more.pop("wide", 1)), "targetAxis": more.pop("axis", "BOTTOM_AXIS")}],
    }
    over = {"anchorCell": {"rowIndex": more.pop("row", 2), "columnIndex": 4}}
    spec = {"title": "Week", "basicChart": basic}
    return {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": over}, **more}}}


def shown(book) -> list[dict[str, Any]]:
    (sheet,) = book.get(fields="sheets(charts)").body["sheets"]
    return sheet.get("charts", [])


def test_a_chart_gets_an_id_and_the_usual_size_and_is_read_back_as_answered(book):
    answer = book.batch(chart()).body["replies"][0]["addChart"]["chart"]
    assert answer["position"]["overlayPosition"]["widthPixels"] == 600
    assert shown(book) == [answer]
    assert book.get(fields="sheets(charts(chartId))").body["sheets"] == [
        {"charts": [{"chartId": answer["chartId"]}]}
    ]


def test_a_chart_that_cannot_be_is_refused_and_none_is_left(book):
    refused = book.batch(chart(wide=2)).message
    assert refused.startswith("Invalid requests[0].addChart: ChartSourceRange ranges require all rows or all")
    for wrong in (chart(axis="LEFT_AXIS"), chart(row=1000)):
        assert book.batch(chart(), wrong).status == 400
    assert book.batch(chart(chartId=7), chart(chartId=7)).status == 400
    assert shown(book) == []


def test_a_chart_draws_the_same_cells_after_rows_and_columns_came_and_went(book, kim):
    book.batch(chart())
    kim.insert_rows("Sheet1", 1, 3)
    kim.insert_columns("Sheet1", 1)
    kim.delete_rows("Sheet1", 5)
    (held,) = shown(book)
    (area,) = held["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]["sources"]
    assert (area["startRowIndex"], area["endRowIndex"], area["startColumnIndex"]) == (4, 7, 2)
    assert held["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 4, "columnIndex": 5}


def test_a_chart_whose_row_is_gone_stands_at_the_next(book, kim):
    book.batch(chart())
    kim.delete_rows("Sheet1", 2, 3)
    assert shown(book)[0]["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 1, "columnIndex": 4}


def test_a_chart_is_deleted_by_its_id(book):
    book.batch(chart(chartId=7), chart())
    book.batch({"deleteEmbeddedObject": {"objectId": 7}})
    assert [each["chartId"] == 7 for each in shown(book)] == [False]
    assert book.batch({"deleteEmbeddedObject": {"objectId": 7}}).status == 400

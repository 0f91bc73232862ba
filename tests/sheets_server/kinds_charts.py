"""Kinds about charts that lie over the cells of a tab."""

from __future__ import annotations

import copy

from .cells import Json
from .charts import source_ranges
from .drawing import chart
from .errors import Refused, not_played
from .kinds import Context, kind, needed, only
from .tab import Tab

SPEC = {"title", "subtitle", "altText", "hiddenDimensionStrategy", "basicChart"}
BASIC = {"chartType", "legendPosition", "headerCount", "axis", "domains", "series"}
USUAL_SIZE = {"widthPixels": 600, "heightPixels": 371}
VALUE_AXES = {
    "BAR": {"BOTTOM_AXIS"},
    "COLUMN": {"LEFT_AXIS", "RIGHT_AXIS"},
    "LINE": {"LEFT_AXIS", "RIGHT_AXIS"},
}


@kind("addChart")
def add_chart(context: Context, body: Json) -> Json:
    """A bar, column or line chart over the cells of a tab."""
    given = copy.deepcopy(needed(body, "chart"))
    only(given, {"chartId", "spec", "position"}, "chart")
    spec, place = needed(given, "spec"), needed(given, "position").get("overlayPosition")
    only(spec, SPEC, "chart.spec")
    if place is None or "basicChart" not in spec:
        raise not_played("a chart of another kind, or on a tab of its own")
    _check_basic(context, spec["basicChart"])
    tab = _anchored(context, place)
    number = given.setdefault("chartId", context.world.new_number())
    if any(number in other.charts for other in context.book.tabs):
        raise Refused(f"A chart with id {number} already exists.")
    given["position"] = {"overlayPosition": {**USUAL_SIZE, **place}}
    tab.charts[number] = given
    return {"chart": chart(given)}


def _anchored(context: Context, place: Json) -> Tab:
    corner = needed(place, "anchorCell")
    row, column = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    tab = context.tab(corner)
    context.editable({"sheetId": tab.sheet_id})
    if row >= tab.row_count or column >= tab.column_count:
        raise Refused(f"The anchor cell ({row}, {column}) is not on the sheet.")
    return tab


def _check_basic(context: Context, basic: Json) -> None:
    only(basic, BASIC, "chart.spec.basicChart")
    axes = VALUE_AXES.get(basic.get("chartType", ""))
    if axes is None:
        raise not_played(f"chartType {basic.get('chartType')}")
    for series in basic.get("series", []):
        if series.get("targetAxis", min(axes)) not in axes:
            raise Refused(
                f"{series['targetAxis']} is no axis of values of a chart of type {basic['chartType']}."
            )
    for span in (each for one in source_ranges({"spec": {"basicChart": basic}}) for each in one["sources"]):
        area = context.book.area(span)
        if area.r1 - area.r0 > 1 and area.c1 - area.c0 > 1:
            raise Refused("ChartSourceRange ranges require all rows or all columns to have length of 1")


@kind("deleteEmbeddedObject")
def delete_embedded_object(context: Context, body: Json) -> None:
    """The chart of this id."""
    for tab in context.book.tabs:
        if body.get("objectId", 0) in tab.charts:
            context.editable({"sheetId": tab.sheet_id})
            del tab.charts[body["objectId"]]
            return
    raise Refused(f"No embedded object with id: {body.get('objectId', 0)}")

"""The lists that insight makes ready: its frames, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from engage.built.material import CellsByHeading, Material
from engage.built.registry import Builder
from engage.insight import lists
from engage.insight.facts import Facts


def _from(make: Callable[[Facts], pd.DataFrame]) -> Builder:
    def rows(material: Material) -> Iterator[CellsByHeading]:
        frame = make(material.facts)
        for record in frame.to_dict("records"):
            yield {str(heading): value for heading, value in record.items()}

    return rows


BUILDS: dict[str, Builder] = {
    "Engagement list (built nightly)": _from(lists.engagement_list),
    "Event list (built nightly)": _from(lists.event_list),
    "Attendance list (built nightly)": _from(lists.attendance_list),
    "Pledge list (built nightly)": _from(lists.pledge_list),
    "Clashes": _from(lists.clash_list),
    "Dashboard": _from(lists.dashboard),
    "Weeks and months": _from(lists.weeks_and_months),
    "Your figures (built nightly)": _from(lists.own_figures),
    "Your weeks and months": _from(lists.own_weeks_and_months),
}

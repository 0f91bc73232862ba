"""A tab's basic filter, made longer or wider so that a sort takes new rows and ids along. Pure."""

from __future__ import annotations

from typing import Any

from .reading import Sheet


def wider_filter(sheet: Sheet, **ends: int) -> dict[str, Any]:
    """The request that gives it new ends; what it hides stays hidden.

    Of what Google answers, `criteria` says again what `filterSpecs` says, and to send `sortSpecs` would sort
    people's rows anew.
    """
    kept = "filterSpecs" if "filterSpecs" in sheet.filter else "criteria"
    held = {name: sheet.filter[name] for name in (kept,) if name in sheet.filter}
    area = {"sheetId": sheet.sheet_id, **sheet.filter.get("range", {}), **ends}
    return {"setBasicFilter": {"filter": {**held, "range": area}}}

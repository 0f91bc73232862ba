"""A workbook that may only be looked at."""

from __future__ import annotations

from engage.errors import WorkbookError


def view_only(title: str) -> WorkbookError:
    """What to tell whoever would write to it. title: what people call it."""
    return WorkbookError(
        "this workbook may be read but not written to",
        where=title,
        fix="ask its owner for edit access, or mark it view-only in engage.toml",
    )

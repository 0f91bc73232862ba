"""The sections of a digest that a coordinator may choose, as the Digest section list names them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from engage.digest.model import ActionItem, Capped, ClashItem, Digest
from engage.insight.reading import fold

# A section's name in the Lists tab → the fields of the digest that are in it. What needs the reader, the key
# messages and the warning of a workbook that could not be read belong to none: they always come.
SECTIONS = {
    "Week in figures": ("key_figures", "figures"),
    "Engagements": ("charts", "talks"),
    "Next 14 days": ("planned",),
    "New employers": ("newcomers",),
    "Clashes": ("clashes", "clashes_ahead"),
    "Events": ("events_past", "events_ahead"),
    "Pledges": ("pledges", "pledge_figures", "funnel"),
    "Actions": ("actions", "action_figures"),
    "What else has changed": ("changes",),
    "Employers gone quiet": ("silent",),
    "Waiting for review": ("waiting",),
    "How fresh the data are": ("reads",),
}
# The lists whose rows stand among what needs the reader instead, while there is room for them there.
ROWS = {"clashes_ahead": ClashItem, "actions": ActionItem}


def only(digest: Digest, sections: Collection[str]) -> Digest:
    """The digest with these sections and no others; with all of them if none of these names is one."""
    wanted = {fold(name) for name in sections}
    if not wanted & {fold(name) for name in SECTIONS}:
        return digest
    left_out = [field for name, fields in SECTIONS.items() if fold(name) not in wanted for field in fields]
    empty: dict[str, Any] = {
        field: Capped() if isinstance(getattr(digest, field), Capped) else () for field in left_out
    }
    unwanted = tuple(kind for field, kind in ROWS.items() if field in left_out)
    if unwanted:  # nor do those come back for which there is no room among what needs them
        items = (
            replace(one, row=None) if isinstance(one.row, unwanted) else one for one in digest.todos.items
        )
        empty["todos"] = replace(digest.todos, items=tuple(items))
    return replace(digest, **empty)

"""The table of batchUpdate's kinds, and what each is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import masks
from .a1 import Area
from .cells import Json
from .entering import check_may_edit
from .errors import Refused, not_played
from .spreadsheet import Spreadsheet
from .tab import Tab
from .world import World


@dataclass(frozen=True, slots=True)
class Context:
    """Where a request is applied, and for whom."""

    world: World
    book: Spreadsheet
    caller: str

    def tab(self, body: Json) -> Tab:
        """The tab of a sheetId; one left out is 0."""
        return self.book.tab(body.get("sheetId", 0), "sheet")

    def editable(self, span: Json) -> Area:
        """The rectangle of a GridRange, which no protection may shut this caller out of."""
        area = self.book.area(span)
        self.check(area)
        return area

    def check(self, area: Area) -> None:
        """Refuse where a protection shuts this caller out."""
        check_may_edit(self.book, area.tab, (area.r0, area.r1, area.c0, area.c1), self.caller)


Kind = Callable[[Context, Json], Json | None]
"""The reply; None stands for {}."""
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Enter a function in the table."""

    def enter(play: Kind) -> Kind:
        KINDS[name] = play
        return play

    return enter


def mask(body: Json, schema: str) -> masks.Tree:
    """The field mask of an update, which must name something."""
    if not body.get("fields"):
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        return masks.parsed(body["fields"].replace(" ", ""), schema)
    except masks.BadMask as bad:
        raise Refused(f"Invalid field: {bad.path}") from bad


def needed(body: Json, name: str) -> Json:
    """A part that the request cannot do without."""
    if name not in body:
        raise Refused(f"Must specify {name}." if name != "range" else "range is required")
    return body[name]  # type: ignore[no-any-return]


def only(body: Json, known: set[str], what: str) -> None:
    """Refuse, by name, parts that this server does not play."""
    for name in body:
        if name not in known:
            raise not_played(f"{what}.{name}")

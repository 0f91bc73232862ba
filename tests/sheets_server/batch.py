"""spreadsheets.batchUpdate: requests in order, all or nothing, one reply each."""

from __future__ import annotations

from . import a1, drawing, kinds, masks
from .cells import Json
from .errors import Refused, not_played
from .spreadsheet import Spreadsheet
from .world import World

# Imported for what they add to the table of kinds.
from . import (  # isort:skip
    kinds_cells,  # noqa: F401
    kinds_charts,  # noqa: F401
    kinds_copying,  # noqa: F401
    kinds_dimensions,  # noqa: F401
    kinds_duplicating,  # noqa: F401
    kinds_formats,  # noqa: F401
    kinds_merging,  # noqa: F401
    kinds_protecting,  # noqa: F401
    kinds_ranges,  # noqa: F401
    kinds_replacing,  # noqa: F401
    kinds_sorting,  # noqa: F401
    kinds_tables,  # noqa: F401
    kinds_tabs,  # noqa: F401
)

MOST_REQUESTS = 100_000


def update(world: World, book: Spreadsheet, body: Json, query: Json, caller: str) -> Json:
    """Apply the requests and answer as asked; nothing is applied if one of them is refused.

    The spreadsheet comes along where asked; its grid data as the field mask says, or responseIncludeGridData.
    """
    requests = body.get("requests", [])
    if not requests:
        raise Refused("Must specify at least one request.")
    if len(requests) > MOST_REQUESTS:
        raise Refused(f"Too many requests in one batch: {len(requests)}, at most {MOST_REQUESTS}.")
    for hook in list(world.before_batch):
        hook(world, book.id, requests)
    with book.all_or_nothing():
        replies = [_reply(world, book, caller, at, each) for at, each in enumerate(requests)]
    tree = masks.parsed(query["fields"], "BatchUpdateSpreadsheetResponse") if query.get("fields") else {}
    answer: Json = masks.applied(tree, {"spreadsheetId": book.id, "replies": replies})
    below = masks.below(tree, "updatedSpreadsheet")
    if body.get("includeSpreadsheetInResponse") and below is not None:
        with_grid = bool(query.get("fields")) or body.get("responseIncludeGridData", False)
        areas = [a1.parsed(book, each) for each in body.get("responseRanges", [])] or None
        answer["updatedSpreadsheet"] = drawing.spreadsheet(book, below, areas, with_grid, caller)
    return answer


def _reply(world: World, book: Spreadsheet, caller: str, at: int, request: Json) -> Json:
    if not request:
        raise Refused(f"Invalid requests[{at}]: Must specify a request kind.")
    (name, body), *more = request.items()
    if more:
        set_ = f"oneof field 'kind' is already set. Cannot set '{more[0][0]}'"
        raise Refused(f"Invalid value at 'requests[{at}]' (oneof), {set_}")
    play = kinds.KINDS.get(name)
    if play is None:
        raise not_played(f"requests[{at}].{name}")
    book.results = {}
    try:
        reply = play(kinds.Context(world, book, caller), body)
    except Refused as refused:
        if refused.status != "INVALID_ARGUMENT":
            raise
        raise Refused(f"Invalid requests[{at}].{name}: {refused.message}") from refused
    return {name: reply} if reply is not None else {}

"""What was sent to change a Google Sheet, kept beside engage.toml: the proof of what a run touched.

One JSON object a line, for one batch: `cells` ([tab, row, column, what]) and `shapes` ([kind, tab]), read off
the very requests that were sent, and whether it put back what a write had covered. A cell's text is kept only
if it is a Record ID or that heading; of any other, its fingerprint, so that the log holds nobody's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.model import fingerprint
from engage.ports import RECORD_ID, Change

from .keeping import LIKE_AN_ID
from .view import ENGAGE

RUNS_KEPT = 14
MAKES_ROOM = frozenset({"appendDimension"})  # empty rows and columns at the end of a grid
LOOKS = "looks"  # formats and drop-downs: no cell holds anything else for them


@dataclass(frozen=True, slots=True)
class Sent:
    """One batch. cells: before is always "", after what as_logged gives. shapes: (kind of request, tab).

    put_back: it returned what stood in cells that somebody edited while they were being written.
    """

    stamp: str
    cells: tuple[Change, ...]
    shapes: tuple[tuple[str, str], ...]
    put_back: bool = False


@dataclass(frozen=True, slots=True)
class RequestLog:
    """The log of one workbook.

    folder: where its runs are, a file each. stamp: names this run and sorts by time.
    """

    folder: Path
    stamp: str

    def write(
        self, requests: Sequence[Mapping[str, Any]], titles: Mapping[int, str], *, put_back: bool = False
    ) -> None:
        """Note a batch that was applied. titles: tab id → title, of new tabs too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        cells = [[*address, as_logged(text)] for address, text in _cells(requests, titles)]
        held = {"cells": cells, "shapes": list(_shapes(requests, titles)), "put_back": put_back}
        line = json.dumps(held, ensure_ascii=False)
        with (self.folder / f"{self.stamp}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")
        for old in sorted(self.folder.glob("*.jsonl"))[:-RUNS_KEPT]:
            old.unlink(missing_ok=True)


def last_sent(folder: Path) -> tuple[Sent, ...]:
    """The batches of the newest run that changed this spreadsheet; () if none is known."""
    runs = sorted(folder.glob("*.jsonl"))
    if not runs:
        return ()
    lines = runs[-1].read_text(encoding="utf-8").splitlines()
    return tuple(_sent(runs[-1].stem, json.loads(line)) for line in lines)


def as_logged(text: str) -> str:
    """How the log has a text: a Record ID as it is, anything else by its fingerprint."""
    return text if text == RECORD_ID or LIKE_AN_ID.fullmatch(text) else f"~{fingerprint(text)}"


def _sent(stamp: str, line: Mapping[str, Any]) -> Sent:
    cells = tuple(Change(tab, row, column, "", text) for tab, row, column, text in line["cells"])
    return Sent(stamp, cells, tuple((kind, tab) for kind, tab in line["shapes"]), line["put_back"])


def _cells(
    requests: Sequence[Mapping[str, Any]], titles: Mapping[int, str]
) -> Iterator[tuple[tuple[str, int, int], str]]:
    for request in requests:
        body = request.get("updateCells")
        if body is None or titles.get(body["start"]["sheetId"]) == ENGAGE:
            continue
        top, left = body["start"].get("rowIndex", 0), body["start"].get("columnIndex", 0)
        for row, values in enumerate(body["rows"], top + 1):
            for column, cell in enumerate(values.get("values", ()), left + 1):
                yield (titles.get(body["start"]["sheetId"], "?"), row, column), _entered(cell)


def _entered(cell: Mapping[str, Any]) -> str:
    held = cell.get("userEnteredValue", {})
    return str(next(iter(held.values()), ""))


def _shapes(requests: Sequence[Mapping[str, Any]], titles: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Requests that change something other than cells by their text, in any tab but our own memory."""
    for request in requests:
        kind, body = next(iter(request.items()))
        tab = "?" if (number := _tab_id(body)) is None else titles.get(number, "?")
        if kind != "updateCells" and kind not in MAKES_ROOM and tab != ENGAGE:
            yield LOOKS if _is_looks(kind, body) else kind, tab


def _is_looks(kind: str, body: Mapping[str, Any]) -> bool:
    formats = all(part.startswith("userEnteredFormat") for part in str(body.get("fields", "*")).split(","))
    return kind == "setDataValidation" or (kind == "repeatCell" and formats)


def _tab_id(body: Any) -> int | None:
    """The tab that a request is about: of a copy, the one that it is pasted into."""
    if not isinstance(body, Mapping):
        return None
    if "destination" in body:
        return _tab_id(body["destination"])
    if isinstance(body.get("sheetId"), int):
        return int(body["sheetId"])
    found = (_tab_id(value) for value in body.values())
    return next((number for number in found if number is not None), None)

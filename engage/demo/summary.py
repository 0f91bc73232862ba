"""What engage demo says at the end: found, merged, asked, and which files to open. 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from engage.demo.agencies import AGENCY_LIST
from engage.demo.build import Demo
from engage.demo.score import score_employers, score_people, true_mentions, wrong_merges
from engage.demo.truth import read_truth
from engage.demo.words import PARTNERSHIP
from engage.model import Linked
from engage.pipeline import Report
from engage.sharing import HUB
from engage.telling import as_document

WIDTH = 80
_MOST_PLAYED = 40


def summary(
    demo: Demo,
    first: Report,
    played: Sequence[str],
    second: Report,
    digests: Sequence[str],
    *,
    elsewhere: Mapping[str, str] | None = None,
) -> str:
    """The whole text. played: what week_of_edits did. digests: the .eml files in the outbox.

    elsewhere: workbook key → where it is, if not in the folder.
    """
    return "\n".join(
        [
            *_heading(demo),
            *_night(f"Night one, {_day(demo.first_night)}", demo.folder, first),
            "",
            "Then people worked on their workbooks",
            *(line for text in played[:_MOST_PLAYED] for line in _item(text)),
            "",
            *_night(f"Night two, {_day(second.night.now.date())}", demo.folder, second),
            "",
            *_files(demo.folder, digests, elsewhere or {}),
        ]
    )


def _heading(demo: Demo) -> Iterator[str]:
    yield f"{PARTNERSHIP}: an invented partnership in {demo.folder} (seed {demo.seed})"
    yield ""


def _night(title: str, folder: Path, report: Report) -> Iterator[str]:
    told: dict[str, Any] = as_document(report)
    linked = report.night.worlds[HUB].linked
    rows = sum(book["rows"] for book in told["workbooks"])
    yield title
    yield _figure(rows, f"rows read in {len(told['workbooks'])} workbooks")
    named = true_mentions(report.night.intake.records, read_truth(folder))
    yield _figure(told["employers"], f"employers (truly {_distinct(linked.employer_of, named):,})")
    yield _figure(told["people"], f"people (truly {_distinct(linked.person_of, named):,})")
    yield _figure(told["automatic_merges"], "merged by themselves, each in Decisions with Undo")
    yield _figure(
        told["questions"], f"questions in To review, {told['questions_waiting']:,} more in later weeks"
    )
    yield _figure(told["problems_to_fix"], "rows in Problems to fix")
    yield from _against_truth(linked, named)
    for problem in report.problems.values():
        yield from _item(problem.message)


def _distinct(resolved: Mapping[str, str], named: Mapping[str, str]) -> int:
    """How many there truly are among the mentions that were resolved."""
    return len({named[key] for key in resolved if key in named})


def _against_truth(linked: Linked, named: Mapping[str, str]) -> Iterator[str]:
    """The demo knows what its rows truly are: say how it went."""
    wrong = len(wrong_merges(linked, named))
    yield _figure(wrong, "wrong merges, by the truth that the demo keeps")
    for whose, score in (
        ("employers'", score_employers(linked, named)),
        ("people's", score_people(linked, named)),
    ):
        found, right = _share(score.recall), _share(score.precision)
        yield f"{found:>7} of {whose} true pairs found; {right} of those joined are right"


def _share(part: float) -> str:
    """A share in per cent, rounded down: 100% means every one."""
    return f"{int(part * 1000) / 10:g}%"


def _files(folder: Path, digests: Sequence[str], elsewhere: Mapping[str, str]) -> Iterator[str]:
    yield "Open"
    hub = elsewhere.get("hub") or str(folder / "hub.xlsx")
    yield from _file(hub, "Start here, To review, Employer list, Dashboard")
    for agency in AGENCY_LIST:
        yield from _file(elsewhere.get(agency.key) or str(folder / agency.file), _about(agency.key))
    yield from _file(str(folder / "outbox"), f"{len(digests)} digests: open an .html in a browser")
    yield ""
    yield "Try"
    yield f"  engage sync --config {folder / 'engage.toml'}"
    yield "      a second sync on the same day writes nothing but its time stamp"
    yield f"  engage report --html --config {folder / 'engage.toml'}"
    yield "      how the quarter stands, as a page to print and a spreadsheet with charts"


def _about(key: str) -> str:
    return {
        "council": "employer and contact in one row; a budget tab with a chart",
        "college": "three tabs of its own making",
        "jobcentre": "view-only: read, never written to",
        "chamber": "Engage's own layout; shares employers, not people",
        "university": "no sharing agreement yet: its rows stay its own",
    }[key]


def _file(path: str, what: str) -> Iterator[str]:
    line = f"  {path:<26} {what}"
    if len(line) <= WIDTH:
        yield line
    else:
        yield f"  {path}"
        yield from textwrap.wrap(what, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _figure(number: int, what: str) -> str:
    return f"{number:>7,} {what}"


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"

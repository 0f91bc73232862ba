"""What `engage doctor` says: one line a thing looked at, with its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engage.config import HUB, Source
from engage.errors import EXIT_DONE, EXIT_FAILED, EngageError

Verdict = Literal["ok", "look", "wrong"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at. part: what of ("Settings", "Credentials", a workbook …).

    verdict: "ok"; "look": it works, but somebody should look; "wrong": a sync or a digest would fail.
    what: a sentence without a full stop. where, fix: "" if the sentence says it.
    """

    part: str
    verdict: Verdict
    what: str
    where: str = ""
    fix: str = ""


def of_error(part: str, error: EngageError) -> Line:
    """What went wrong while something was looked at."""
    return Line(part, "wrong", error.what, error.where, error.fix)


def exit_code(lines: Iterable[Line]) -> int:
    """1 if anything is wrong, else 0: what is only to be looked at stops nothing."""
    return EXIT_FAILED if any(line.verdict == "wrong" for line in lines) else EXIT_DONE


def part_of(source: Source) -> str:
    """What a workbook's lines begin with."""
    return "Hub" if source.key == HUB else ", ".join(agency.name for agency in source.agencies)

"""What reading one cell yields: the value as understood, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding before it has a place. wrong: one plain sentence. suggestion: what the cell might hold."""

    kind: str
    wrong: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as understood. clean: "" if unknown or unreadable; several values joined by "; "."""

    clean: str
    doubts: tuple[Doubt, ...] = ()


def unreadable(kind: str, wrong: str, suggestion: str = "") -> Reading:
    """A cell that could not be understood: nothing clean, one doubt."""
    return Reading("", (Doubt(kind, wrong, suggestion),))

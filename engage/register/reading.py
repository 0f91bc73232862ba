"""What reading one cell yields: the value as understood, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding before it has a place.

    what: what is wrong, one plain sentence. remedy: what a person should do about it, another; there is no
    doubt without one. suggestion: what the cell might hold, almost surely, else "".
    """

    kind: str
    what: str
    remedy: str
    suggestion: str = ""

    @property
    def wrong(self) -> str:
        """Both sentences, as people read them."""
        return f"{self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as understood. clean: "" if unknown or unreadable; several values joined by "; "."""

    clean: str
    doubts: tuple[Doubt, ...] = ()


def unreadable(kind: str, what: str, remedy: str, suggestion: str = "") -> Reading:
    """A cell that could not be understood: nothing clean, one doubt."""
    return Reading("", (Doubt(kind, what, remedy, suggestion),))

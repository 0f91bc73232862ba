"""What is judged about the rows of registers (engage/linkage/models/*.judged.toml), read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engage.errors import UsageError
from engage.linkage.model_file import Level
from engage.linkage.normalise.words import read_toml

SUBJECTS = ("employer", "site", "person")


@dataclass(frozen=True, slots=True)
class JudgedComparison:
    """One comparison. levels: those that are judged; rest: the name of the last one, everything else.

    simulated: whether the invented register can say anything of it.
    """

    name: str
    columns: tuple[str, ...]
    why: str
    simulated: bool
    levels: tuple[Level, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One model as it is judged. prior: that two rows picked at random are one; why: from what."""

    subject: str
    version: str
    prior: float
    why: str
    term_frequency: dict[str, Any]
    comparisons: tuple[JudgedComparison, ...]


def read_judged(subject: str) -> Judged:
    """The judgements on "employer", "site" or "person". Raises UsageError if they cannot be a model."""
    name = f"{subject}.judged.toml"
    raw = read_toml(name)
    judged = Judged(
        raw["subject"],
        raw["version"],
        _prior(raw["prior"]),
        raw["prior"]["why"],
        raw.get("term_frequency", {}),
        tuple(_comparison(one) for one in raw["comparison"]),
    )
    for comparison in judged.comparisons:
        _check(comparison, name)
    return judged


def _prior(raw: dict[str, Any]) -> float:
    """The chance that another row names the same: so many others, of all the other rows."""
    found = raw["share"] if "share" in raw else raw["others"] / (raw["rows"] - 1)
    return significant(float(found))


def _comparison(raw: dict[str, Any]) -> JudgedComparison:
    *judged, rest = raw["level"]
    return JudgedComparison(
        raw["name"],
        tuple(raw["columns"]),
        raw["why"],
        raw.get("simulated", True),
        tuple(
            Level(
                level["name"],
                level["m"],
                level["u"],
                tuple(tuple(test) for test in level["test"]),
                level.get("term_frequency", False),
            )
            for level in judged
        ),
        rest["name"],
    )


def _check(comparison: JudgedComparison, where: str) -> None:
    for what in ("m", "u"):
        shares = [getattr(level, what) for level in comparison.levels]
        if min(shares) <= 0 or sum(shares) >= 1:
            raise UsageError(
                f"the {what} of {comparison.name} leave nothing for “{comparison.rest}”, or one is 0 or less",
                where=where,
                fix="shares of one comparison are above 0 and together below 1",
            )


def significant(share: float, digits: int = 2) -> float:
    """A share in so many significant digits."""
    return float(f"{share:.{digits}g}")

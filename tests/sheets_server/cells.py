"""One cell: what was entered, its format, note and validation; never changed, only replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_CHARACTERS = 50_000
Json = dict[str, Any]


class Formula(str):
    """A formula as entered, with its equals sign."""

    __slots__ = ()


class Spilled(str):
    """What the array formula of another cell shows here: nothing was entered, and typing breaks the array."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CellError:
    """The result of a formula that failed: shown is "#REF!", kind is Google's name, "REF"."""

    kind: str
    message: str = ""

    @property
    def shown(self) -> str:
        """What stands in the cell."""
        return SHOWN_ERRORS[self.kind]


SHOWN_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}
Value = str | bool | int | float | CellError | None
"""A result; None is an empty cell."""


class Cell:
    """What a cell holds; `drawn` is its last reading (mask, locale, JSON), kept for the next."""

    __slots__ = ("drawn", "entered", "extra", "format", "note", "validation")

    def __init__(
        self,
        entered: Any = None,
        format: Json | None = None,
        note: str | None = None,
        validation: Json | None = None,
        extra: Json | None = None,
    ) -> None:
        self.entered: str | bool | int | float | Formula | None = entered
        self.format = format
        self.note = note
        self.validation = validation
        self.extra = extra
        self.drawn: tuple[Json, Any, Json] | None = None

    def holding(self, entered: Any) -> Cell:
        """The same cell with another value."""
        return Cell(entered, self.format, self.note, self.validation, self.extra)

    def shaped(self, format: Json | None) -> Cell:
        """The same cell with another format."""
        return Cell(self.entered, format or None, self.note, self.validation, self.extra)

    @property
    def is_bare(self) -> bool:
        """A value alone: no format, note, validation or anything else."""
        return self.format is None and self.note is None and self.validation is None and self.extra is None

    @property
    def is_blank(self) -> bool:
        """Nothing in it at all: no value, format, note or validation."""
        return self.entered is None and not (self.format or self.note or self.validation or self.extra)

    def number_format(self) -> Json:
        """{"type", "pattern"}, or {} where none was given."""
        return (self.format or {}).get("numberFormat") or {}


EMPTY = Cell()


def entered_json(entered: Any) -> Json:
    """Google's ExtendedValue of what was entered."""
    if isinstance(entered, Formula):
        return {"formulaValue": str(entered)}
    return result_json(entered)


def result_json(value: Any) -> Json:
    """Google's ExtendedValue of a result."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, CellError):
        return {"errorValue": {"type": value.kind, **({"message": value.message} if value.message else {})}}
    return {"stringValue": value}


def from_extended(value: Json) -> Any:
    """What an ExtendedValue enters: a string stays a string, whatever it looks like."""
    if "formulaValue" in value:
        return Formula(value["formulaValue"])
    for name in ("stringValue", "numberValue", "boolValue"):
        if name in value:
            return None if value[name] == "" else plain(value[name])
    return None


def plain(value: Any) -> Any:
    """A whole number without its ".0", as Google answers it."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value

"""The functions that formulas may use here; any other is #NAME?, as an unknown one is in Google."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import a1, formats, locales
from .cells import SHOWN_ERRORS, CellError, Value
from .errors import Refused
from .formula import Call, Literal, Reference
from .typed import typed

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab

Grid = list[list[Value]]
Result = Value | Grid


class Failure(Exception):
    """A formula that comes to an error."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.error = CellError(kind, message)


class Scope:
    """Where a formula stands, and how it looks things up."""

    def __init__(self, book: Spreadsheet, tab: Tab, row: int, column: int) -> None:
        self.book, self.tab, self.row, self.column = book, tab, row, column

    def area(self, text: str) -> a1.Area:
        """The rectangle that a reference names, of this tab where it names none."""
        try:
            if "!" not in text and self.book.named_area(text) is None:
                text = f"{a1.quoted(self.tab.title)}!{text}"
            return a1.parsed(self.book, text)
        except Refused as refused:
            looks_like_cells = a1.CELLS.fullmatch(text.rpartition("!")[2])
            kind = "REF" if looks_like_cells else "NAME"
            raise Failure(kind, f"Unknown range name: '{text}'.") from refused

    def read(self, text: str) -> Result:
        """One value for one cell, rows of values for more."""
        area = self.area(text)
        rows = [
            [self.book.value(area.tab, row, col, area.tab.cell(row, col)) for col in range(area.c0, area.c1)]
            for row in range(area.r0, min(area.r1, max(len(area.tab.rows), area.r0 + 1)))
        ]
        return rows[0][0] if area.is_one_cell else rows

    def number(self, value: Result) -> int | float:
        """A number as arithmetic takes it: blank is 0, a typed number counts, a text does not."""
        value = one(value)
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int | float):
            return value
        if value is None:
            return 0
        read, _ = typed(str(value), locales.of(self.book.locale), self.book.local_now().date())
        if isinstance(read, int | float) and not isinstance(read, bool):
            return read
        raise Failure(
            "VALUE", f"Expects number values. But '{value}' is a text and cannot be coerced to a number."
        )

    def text(self, value: Result) -> str:
        """A value as concatenation takes it."""
        return formats.shown(one(value), {}, locales.of(self.book.locale))


def evaluate(tree: Any, book: Spreadsheet, tab: Tab, row: int, column: int) -> Result:
    """The result of a formula's tree; raises Failure."""
    return _value(tree, Scope(book, tab, row, column))


def one(value: Result) -> Value:
    """The single value of a result; an error inside is a failure."""
    if isinstance(value, list):
        value = value[0][0] if value and value[0] else None
    if isinstance(value, CellError):
        raise Failure(value.kind, value.message)
    return value


def _value(tree: Any, scope: Scope) -> Result:
    if tree is None:
        return None
    if isinstance(tree, Literal):
        return tree.value  # type: ignore[no-any-return]
    if isinstance(tree, Reference):
        return scope.read(tree.text)
    assert isinstance(tree, Call)
    if tree.name in LAZY:
        return LAZY[tree.name](scope, tree.arguments)
    play = FUNCTIONS.get(tree.name)
    if play is None:
        raise Failure("NAME", f"Unknown function: '{tree.name}'.")
    try:
        return play(scope, *[_value(argument, scope) for argument in tree.arguments])
    except TypeError as error:
        raise Failure("N_A", f"Wrong number of arguments to {tree.name}.") from error
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise Failure("NUM", f"Function {tree.name} has no result for these values.") from error


def _if(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    if not 2 <= len(arguments) <= 3:
        raise Failure("N_A", "Wrong number of arguments to IF.")
    chosen = 1 if _truth(scope, _value(arguments[0], scope)) else 2
    return _value(arguments[chosen], scope) if chosen < len(arguments) else False


def _iferror(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    try:
        return one(_value(arguments[0], scope))
    except Failure:
        return _value(arguments[1], scope) if len(arguments) > 1 else None


def _error(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    text = arguments[0].value
    kinds = {shown: kind for kind, shown in SHOWN_ERRORS.items()}
    raise Failure(kinds.get(text, "ERROR"), "Reference does not exist." if text == "#REF!" else "")


def _row(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    return scope.area(arguments[0].text).r0 + 1 if arguments else scope.row + 1


def _column(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    return scope.area(arguments[0].text).c0 + 1 if arguments else scope.column + 1


def _truth(scope: Scope, value: Result) -> bool:
    value = one(value)
    if isinstance(value, str) and value.upper() in {"TRUE", "FALSE"}:
        return value.upper() == "TRUE"
    return bool(scope.number(value))


def _flat(values: tuple[Result, ...]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, list):
            for row in value:
                yield from row
        else:
            yield value


def _numbers(values: tuple[Result, ...]) -> list[int | float]:
    found = []
    for value in _flat(values):
        if isinstance(value, CellError):
            raise Failure(value.kind, value.message)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.append(value)
    return found


def _divide(scope: Scope, left: Result, right: Result) -> Result:
    below = scope.number(right)
    if below == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    return scope.number(left) / below


def _average(scope: Scope, *values: Result) -> Result:
    numbers = _numbers(values)
    if not numbers:
        raise Failure("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(numbers) / len(numbers)


def _compared(test: Callable[[Any, Any], bool]) -> Callable[..., Result]:
    def play(scope: Scope, left: Result, right: Result) -> Result:
        return test(_rank(one(left), one(right)), _rank(one(right), one(left)))

    return play


def _rank(value: Value, other: Value) -> tuple[int, Any]:
    """Numbers before texts before booleans; texts without case; a blank is the other's nothing."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0
    if isinstance(value, bool):
        return (2, value)
    if isinstance(value, str):
        return (1, value.casefold())
    return (0, value)


def _joined(scope: Scope, gap: Result, skip: Result, *values: Result) -> Result:
    texts = [scope.text(value) for value in _flat(values)]
    return scope.text(gap).join(text for text in texts if text or not _truth(scope, skip))


def _as_text(scope: Scope, value: Result, pattern: Result) -> Result:
    text = scope.text(pattern)
    is_date = any(letter in text.lower() for letter in "ymdhs")
    number_format = {"type": "DATE_TIME" if is_date else "NUMBER", "pattern": text}
    return formats.shown(scope.number(value), number_format, locales.of(scope.book.locale))


def _rounded(scope: Scope, value: Result, places: Result = 0) -> Result:
    number, by = scope.number(value), 10 ** int(scope.number(places))
    return math.copysign(math.floor(abs(number) * by + 0.5) / by, number)


LAZY: dict[str, Callable[[Scope, tuple[Any, ...]], Result]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "#ERROR": _error,
    "ROW": _row,
    "COLUMN": _column,
}
FUNCTIONS: dict[str, Callable[..., Result]] = {
    "+": lambda scope, left, right: scope.number(left) + scope.number(right),
    "-": lambda scope, left, right: scope.number(left) - scope.number(right),
    "*": lambda scope, left, right: scope.number(left) * scope.number(right),
    "/": _divide,
    "^": lambda scope, left, right: math.pow(scope.number(left), scope.number(right)),
    "%": lambda scope, value: scope.number(value) / 100,
    "u-": lambda scope, value: -scope.number(value),
    "u+": lambda scope, value: one(value),
    "&": lambda scope, left, right: scope.text(left) + scope.text(right),
    "=": _compared(lambda left, right: left == right),
    "<>": _compared(lambda left, right: left != right),
    "<": _compared(lambda left, right: left < right),
    ">": _compared(lambda left, right: left > right),
    "<=": _compared(lambda left, right: left <= right),
    ">=": _compared(lambda left, right: left >= right),
    "HYPERLINK": lambda scope, url, label=None: one(url) if label is None else one(label),
    "NOW": lambda scope: formats.serial(scope.book.local_now()),
    "TODAY": lambda scope: math.floor(formats.serial(scope.book.local_now())),
    "TRUE": lambda scope: True,
    "FALSE": lambda scope: False,
    "AND": lambda scope, *values: all(_truth(scope, value) for value in _flat(values) if value is not None),
    "OR": lambda scope, *values: any(_truth(scope, value) for value in _flat(values) if value is not None),
    "NOT": lambda scope, value: not _truth(scope, value),
    "SUM": lambda scope, *values: sum(_numbers(values)),
    "MIN": lambda scope, *values: min(_numbers(values), default=0),
    "MAX": lambda scope, *values: max(_numbers(values), default=0),
    "AVERAGE": _average,
    "COUNT": lambda scope, *values: len(_numbers(values)),
    "COUNTA": lambda scope, *values: sum(value is not None for value in _flat(values)),
    "CONCATENATE": lambda scope, *values: "".join(scope.text(value) for value in _flat(values)),
    "CONCAT": lambda scope, left, right: scope.text(left) + scope.text(right),
    "TEXTJOIN": _joined,
    "TEXT": _as_text,
    "LEN": lambda scope, value: len(scope.text(value)),
    "UPPER": lambda scope, value: scope.text(value).upper(),
    "LOWER": lambda scope, value: scope.text(value).lower(),
    "TRIM": lambda scope, value: " ".join(scope.text(value).split()),
    "LEFT": lambda scope, value, count=1: scope.text(value)[: int(scope.number(count))],
    "RIGHT": lambda scope, value, count=1: scope.text(value)[
        -int(scope.number(count)) or len(scope.text(value)) :
    ],
    "ABS": lambda scope, value: abs(scope.number(value)),
    "INT": lambda scope, value: math.floor(scope.number(value)),
    "ROUND": _rounded,
    "ISBLANK": lambda scope, value: value is None,
    "DATE": lambda scope, year, month, day: formats.serial(
        dt.datetime(  # noqa: DTZ001  # a cell knows no time zone
            int(scope.number(year)), int(scope.number(month)), int(scope.number(day))
        )
    ),
}

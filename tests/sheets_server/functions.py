"""The functions that formulas may use here; any other is #NAME?, as an unknown one is in Google."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

from . import formats, locales
from .cells import Value
from .formula_scope import Failure, Result, Scope, flat, numbers, one, truth


def _divide(scope: Scope, left: Result, right: Result) -> Result:
    below = scope.number(right)
    if below == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    return scope.number(left) / below


def _average(scope: Scope, *values: Result) -> Result:
    found = numbers(values)
    if not found:
        raise Failure("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(found) / len(found)


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
    texts = [scope.text(value) for value in flat(values)]
    return scope.text(gap).join(text for text in texts if text or not truth(scope, skip))


def _as_text(scope: Scope, value: Result, pattern: Result) -> Result:
    text = scope.text(pattern)
    is_date = any(letter in text.lower() for letter in "ymdhs")
    number_format = {"type": "DATE_TIME" if is_date else "NUMBER", "pattern": text}
    return formats.shown(scope.number(value), number_format, locales.of(scope.book.locale))


def _rounded(scope: Scope, value: Result, places: Result = 0) -> Result:
    number, by = scope.number(value), 10 ** int(scope.number(places))
    return math.copysign(math.floor(abs(number) * by + 0.5) / by, number)


def _not_available(scope: Scope) -> Result:
    raise Failure("N_A")


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
    "NA": _not_available,
    "TODAY": lambda scope: math.floor(formats.serial(scope.book.local_now())),
    "TRUE": lambda scope: True,
    "FALSE": lambda scope: False,
    "AND": lambda scope, *values: all(truth(scope, value) for value in flat(values) if value is not None),
    "OR": lambda scope, *values: any(truth(scope, value) for value in flat(values) if value is not None),
    "NOT": lambda scope, value: not truth(scope, value),
    "SUM": lambda scope, *values: sum(numbers(values)),
    "MIN": lambda scope, *values: min(numbers(values), default=0),
    "MAX": lambda scope, *values: max(numbers(values), default=0),
    "AVERAGE": _average,
    "COUNT": lambda scope, *values: len(numbers(values)),
    "COUNTA": lambda scope, *values: sum(value is not None for value in flat(values)),
    "CONCATENATE": lambda scope, *values: "".join(scope.text(value) for value in flat(values)),
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
    "ISNUMBER": lambda scope, value: isinstance(value, int | float) and not isinstance(value, bool),
    "ISTEXT": lambda scope, value: isinstance(value, str),
    "VALUE": lambda scope, value: scope.number(value),
    "MOD": lambda scope, value, by: scope.number(value) % scope.number(by),
    "MID": lambda scope, value, start, count: scope.text(value)[int(scope.number(start)) - 1 :][
        : int(scope.number(count))
    ],
    "YEAR": lambda scope, value: formats.moment(scope.number(value)).year,
    "MONTH": lambda scope, value: formats.moment(scope.number(value)).month,
    "DAY": lambda scope, value: formats.moment(scope.number(value)).day,
    "DATE": lambda scope, year, month, day: formats.serial(
        dt.datetime(  # noqa: DTZ001  # a cell knows no time zone
            int(scope.number(year)), int(scope.number(month)), int(scope.number(day))
        )
    ),
}

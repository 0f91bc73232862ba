"""The result of a formula's tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .cells import SHOWN_ERRORS
from .formula import Call, Literal, Reference
from .formula_scope import Failure, Result, Scope, one, truth
from .functions import FUNCTIONS

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet
    from .tab import Tab


def evaluate(tree: Any, book: Spreadsheet, tab: Tab, row: int, column: int) -> Result:
    """The result of a formula's tree; raises Failure."""
    return _value(tree, Scope(book, tab, row, column))


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
    except ZeroDivisionError as error:
        raise Failure("DIVIDE_BY_ZERO", f"Function {tree.name} parameter 2 cannot be zero.") from error
    except (ValueError, OverflowError) as error:
        raise Failure("NUM", f"Function {tree.name} has no result for these values.") from error


def _if(scope: Scope, arguments: tuple[Any, ...]) -> Result:
    if not 2 <= len(arguments) <= 3:
        raise Failure("N_A", "Wrong number of arguments to IF.")
    chosen = 1 if truth(scope, _value(arguments[0], scope)) else 2
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


LAZY: dict[str, Callable[[Scope, tuple[Any, ...]], Result]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "#ERROR": _error,
    "ROW": _row,
    "COLUMN": _column,
}

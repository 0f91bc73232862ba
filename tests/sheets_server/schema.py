"""Which names and types Google's own discovery documents allow, so that nothing unknown is taken in silence.

`data/google_discovery.json` is boiled down from the discovery documents of Sheets v4 and Drive v3:
schema -> field -> type, where a type is "@Schema", ["item type"], {"*": "value type"}, "enum:A|B", "string",
"bool", "int32", "int64", "double" or "any".
"""

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from .errors import Refused

Check = Callable[[Any, str], Any]
DOCUMENT = json.loads((Path(__file__).parent / "data" / "google_discovery.json").read_text("utf-8"))
SCHEMAS: dict[str, dict[str, Any]] = {k: v for api in DOCUMENT.values() for k, v in api["schemas"].items()}
SCHEMAS["Permission"]["withLink"] = "bool"  # of Drive v2; gspread sends it and v3 takes it
METHODS: dict[str, dict[str, Any]] = {k: v for api in DOCUMENT.values() for k, v in api["methods"].items()}
COMMON: dict[str, Any] = DOCUMENT["sheets.v4"]["parameters"]


PACKAGE = "google.apps.sheets.v4"
BODY_OF = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.append": "data",
    "sheets.spreadsheets.values.update": "data",
}
"""What Google calls a body that is one field of its message ("Unknown name "a" at 'data'"; issue reports)."""

ENUM_TYPES = {
    "dateTimeRenderOption": "DateTimeRenderOption",
    "dimension": "Dimension",
    "majorDimension": "Dimension",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "valueInputOption": "ValueInputOption",
    "valueRenderOption": "ValueRenderOption",
}
"""Types that Google names when a value is none of theirs (issue reports); of others it is not known."""


def checked(value: Any, schema: str, path: str = "") -> Any:
    """The value without its nulls and with whole numbers as int.

    path: what Google calls the whole. Raises Refused in Google's words, a line for each thing that is wrong.
    """
    return _message(schema)(value, path)


def query(method: str, given: dict[str, list[str]]) -> dict[str, Any]:
    """Query parameters of a method with their types; an unknown one is refused by name."""
    known = METHODS[method]["query"] | COMMON
    answer: dict[str, Any] = {}
    for name, texts in given.items():
        kind = known.get(name)
        if kind is None:
            raise Refused(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
        item = kind[0] if isinstance(kind, list) else kind
        values = [_from_text(item, text, name) for text in texts]
        answer[name] = values if isinstance(kind, list) else values[-1]
    return answer


def _from_text(kind: str, text: str, name: str) -> Any:
    if kind == "bool":
        if text.lower() not in {"true", "false"}:
            raise _wrong_type(name, "TYPE_BOOL", text)
        return text.lower() == "true"
    return _checker(kind)(text, name)


@cache
def _message(schema: str) -> Check:
    fields = {name: _lazy(kind) for name, kind in SCHEMAS[schema].items()}

    def check(value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong_type(path, f"type.googleapis.com/{PACKAGE}.{schema}", value)
        found, wrong = {}, Wrong()
        for name, item in value.items():
            with wrong.noted():
                if name not in fields:
                    raise _unknown(name, path)
                if item is not None:
                    found[name] = fields[name](item, f"{path}.{name}" if path else name)
        wrong.raise_all()
        return found

    return check


def _unknown(name: str, path: str) -> Refused:
    at = f" at '{_snake(path)}'" if path else ""
    return Refused(f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.')


class Wrong:
    """Google names all that is wrong with a body in one answer, a line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextlib.contextmanager
    def noted(self) -> Iterator[None]:
        """Whatever is refused in here is refused at the end."""
        try:
            yield
        except Refused as refused:
            self.lines.append(refused.message)

    def raise_all(self) -> None:
        """Refuse, if anything was wrong."""
        if self.lines:
            raise Refused("\n".join(self.lines))


def _lazy(kind: Any) -> Check:
    """Schemas refer to each other in circles, so a checker is built when it is first asked."""
    built: list[Check] = []

    def check(value: Any, path: str) -> Any:
        if not built:
            built.append(_checker_of(kind))
        return built[0](value, path)

    return check if not isinstance(kind, str) or kind.startswith("@") else _checker(kind)


def _checker_of(kind: Any) -> Check:
    if kind == ["any"]:
        return _list_value
    if isinstance(kind, list):
        return _repeated(_lazy(kind[0]))
    if isinstance(kind, dict):
        return lambda value, path: value
    return _checker(kind)


def _repeated(item: Check) -> Check:
    def check(value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return [item(value, path)]
        found, wrong = [], Wrong()
        for at, each in enumerate(value):
            with wrong.noted():
                found.append(item(each, f"{path}[{at}]"))
        wrong.raise_all()
        return found

    return check


def _list_value(value: Any, path: str) -> list[Any]:
    """A row of values: the one list that Google takes no single thing for (issue reports)."""
    if not isinstance(value, list):
        raise _wrong_type(path, "type.googleapis.com/google.protobuf.ListValue", value)
    return value


def _wrong_type(path: str, kind: str, value: Any) -> Refused:
    return Refused(f"Invalid value at '{_snake(path)}' ({kind}), {json.dumps(value, ensure_ascii=False)}")


@cache
def _checker(kind: str) -> Check:
    if kind.startswith("@"):
        return _message(kind[1:])
    if kind.startswith("enum:"):
        return _enum(frozenset(kind[5:].split("|")))
    return {"string": _string, "bool": _bool, "double": _double, "any": _any}.get(kind, _whole)


def _enum(names: frozenset[str]) -> Check:
    def check(value: Any, path: str) -> Any:
        if value not in names:
            named = ENUM_TYPES.get(path.rpartition(".")[2])
            raise _wrong_type(path, f"type.googleapis.com/{PACKAGE}.{named}" if named else "TYPE_ENUM", value)
        return value

    return check


def _string(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise _wrong_type(path, "TYPE_STRING", value)
    return value


def _bool(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type(path, "TYPE_BOOL", value)
    return value


def _double(value: Any, path: str) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong_type(path, "TYPE_DOUBLE", value)
    return value


def _whole(value: Any, path: str) -> int:
    """proto3's JSON takes 3, 3.0 and "3" for a whole number."""
    if not isinstance(value, bool):
        try:
            if float(value) == int(float(value)):
                return int(value)
        except (TypeError, ValueError):
            pass
    raise _wrong_type(path, "TYPE_INT32", value)


def _any(value: Any, path: str) -> Any:
    return value


def _snake(path: str) -> str:
    """Google names the place in its own snake case: requests[0].add_sheet."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), path)

"""Which names and types Google's own discovery documents allow, so that nothing unknown is taken in silence.

`data/google_discovery.json` is boiled down from the discovery documents of Sheets v4 and Drive v3:
schema -> field -> type, where a type is "@Schema", ["item type"], {"*": "value type"}, "enum:A|B", "string",
"bool", "int32", "int64", "double" or "any".
"""

import json
import re
from collections.abc import Callable
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


def checked(value: Any, schema: str) -> Any:
    """The value without its nulls and with whole numbers as int; raises Refused in Google's words."""
    return _message(schema)(value, "")


def field_type(schema: str, name: str) -> Any:
    """The type of a field, or None where the schema has no such field."""
    return SCHEMAS[schema].get(name)


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
            raise Refused(f"Invalid value at '{_snake(name)}' (TYPE_BOOL), \"{text}\"")
        return text.lower() == "true"
    return _checker(kind)(text, name)


@cache
def _message(schema: str) -> Check:
    fields = {name: _lazy(kind) for name, kind in SCHEMAS[schema].items()}

    def check(value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            raise Refused(f"Invalid value at '{_snake(path)}' ({schema}), {json.dumps(value)}")
        answer = {}
        for name, item in value.items():
            test = fields.get(name)
            if test is None:
                at = f" at '{_snake(path)}'" if path else ""
                raise Refused(f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.')
            if item is not None:
                answer[name] = test(item, f"{path}.{name}" if path else name)
        return answer

    return check


def _lazy(kind: Any) -> Check:
    """Schemas refer to each other in circles, so a checker is built when it is first asked."""
    built: list[Check] = []

    def check(value: Any, path: str) -> Any:
        if not built:
            built.append(_checker_of(kind))
        return built[0](value, path)

    return check if not isinstance(kind, str) or kind.startswith("@") else _checker(kind)


def _checker_of(kind: Any) -> Check:
    if isinstance(kind, list):
        return _repeated(_lazy(kind[0]))
    if isinstance(kind, dict):
        return lambda value, path: value
    return _checker(kind)


def _repeated(item: Check) -> Check:
    def check(value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return [item(value, f"{path}[0]")]
        return [item(each, f"{path}[{at}]") for at, each in enumerate(value)]

    return check


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
            raise Refused(f"Invalid value at '{_snake(path)}' (TYPE_ENUM), {json.dumps(value)}")
        return value

    return check


def _string(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise Refused(f"Invalid value at '{_snake(path)}' (TYPE_STRING), {json.dumps(value)}")
    return value


def _bool(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"Invalid value at '{_snake(path)}' (TYPE_BOOL), {json.dumps(value)}")
    return value


def _double(value: Any, path: str) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"Invalid value at '{_snake(path)}' (TYPE_DOUBLE), {json.dumps(value)}")
    return value


def _whole(value: Any, path: str) -> int:
    """proto3's JSON takes 3, 3.0 and "3" for a whole number."""
    if not isinstance(value, bool):
        try:
            if float(value) == int(float(value)):
                return int(value)
        except (TypeError, ValueError):
            pass
    raise Refused(f"Invalid value at '{_snake(path)}' (TYPE_INT32), {json.dumps(value)}")


def _any(value: Any, path: str) -> Any:
    return value


def _snake(path: str) -> str:
    """Google names the place in its own snake case: requests[0].add_sheet."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), path)

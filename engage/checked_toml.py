"""A TOML file and a pydantic form → the values, or every fault in plain words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

Form = TypeVar("Form", bound="Strict")


class Strict(BaseModel):
    """A form that knows its keys: an unknown one is a fault, and text is never taken for a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def read_toml(file: Path | Traversable) -> dict[str, Any]:
    """The file's values. Raises ValueError in plain words if it is not TOML in UTF-8; OSError."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"this is not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ValueError("this is not a text file in UTF-8; save it again as UTF-8") from error


def fill(form: type[Form], values: dict[str, Any]) -> tuple[Form | None, list[str]]:
    """The filled form, or None and every fault as "key: what is wrong and what to write instead"."""
    try:
        return form.model_validate(values), []
    except ValidationError as error:
        return None, [_in_words(form, dict(fault)) for fault in error.errors()]


def _in_words(form: type[BaseModel], fault: dict[str, Any]) -> str:
    return f"{_key(fault['loc'])}: {_wrong(form, fault)}"


def _key(loc: tuple[str | int, ...]) -> str:
    """agency, 1, workbook → "agency 2, workbook": people count from one."""
    text = ""
    for part in loc:
        text += f" {part + 1}" if isinstance(part, int) else f", {part}" if text else part
    return text or "the file"


_WRONG = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number, without quotes",
    "float_type": "must be a number, without quotes",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": "must be a list in square brackets",
    "list_type": "must be a list in square brackets",
    "dict_type": "must be a section of its own",
    "model_type": "must be a section of its own",
}
_SHAPES = {  # a pattern that a form asks for → what is wrong with a text that has another shape
    "^[A-Z]{2}$": "not two capital letters, such as GB",
    "^(#[0-9a-fA-F]{6})?$": 'not a colour such as "#1f5f7a"',
    r"^(\d{4}-\d\d-\d\d)?$": "not a day such as 2026-11-23",
    "^[a-z0-9][a-z0-9-]*$": "not made of small letters, digits and hyphens alone, such as stevenport-college",
    r"^[A-Za-z0-9.-]+$": "not made of letters, digits, dots and hyphens alone",
}


def _wrong(form: type[BaseModel], fault: dict[str, Any]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return "is not a key that Engage knows" + did_you_mean(
            str(fault["loc"][-1]), _known(form, fault["loc"])
        )
    if kind == "literal_error":
        return f"{fault['input']!r} is not one of {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"{fault['input']!r} is {_SHAPES.get(context['pattern'], 'not written as it must be')}"
    return _WRONG.get(kind) or fault["msg"].replace("Input should be", "must be")


def listed(faults: Sequence[str]) -> str:
    """The faults under one another, counted."""
    count = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
    return "\n  - ".join([count, *faults])


def did_you_mean(word: str, known: list[str]) -> str:
    """' (did you mean "workbook"?)', or what there is to choose from when nothing is like it."""
    close = get_close_matches(word, known, n=1)
    return f' (did you mean "{close[0]}"?)' if close else f" (known: {', '.join(sorted(known))})"


def _known(form: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    for part in loc[:-1]:
        if isinstance(part, str) and part in form.model_fields:
            form = _form_in(form.model_fields[part].annotation) or form
    return list(form.model_fields)


def _form_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _form_in(part))), None)

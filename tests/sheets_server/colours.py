"""Colours as Google answers them: 32-bit, zeros left out, and each in its old form and its new one."""

from __future__ import annotations

import struct
from typing import Any

from .masks import Tree
from .schema import SCHEMAS


def painted(value: Any, kind: Any) -> Any:
    """The value with every colour in it as Google would answer it. kind: a schema's type, "@CellFormat"."""
    if isinstance(kind, list):
        return [painted(each, kind[0]) for each in value]
    if not isinstance(kind, str) or not kind.startswith("@") or not isinstance(value, dict):
        return value
    if kind == "@Color":
        return {name: part(each) for name, each in value.items() if each or name == "alpha"}
    fields = SCHEMAS[kind[1:]]
    answer = {name: painted(each, fields[name]) for name, each in value.items() if each is not None}
    for name in twins(kind):
        style = answer.get(name + "Style") or {}
        if "rgbColor" in style:
            answer[name] = style["rgbColor"]
        elif answer.get(name) is not None and not style:
            answer[name + "Style"] = {"rgbColor": answer[name]}
    return answer


def twins(kind: Any) -> list[str]:
    """Fields of a schema that hold a colour and have a newer "…Style" beside them."""
    fields = SCHEMAS[kind[1:]] if isinstance(kind, str) and kind.startswith("@") else {}
    return [name for name, inner in fields.items() if inner == "@Color" and name + "Style" in fields]


def part(value: float) -> float | int:
    """The shortest number that is the same as a 32-bit one: 0.84705883."""
    single = struct.pack("f", value)
    for digits in range(1, 10):
        short = float(f"{value:.{digits}g}")
        if struct.pack("f", short) == single:
            return int(short) if short.is_integer() else short
    return value


def both_forms(tree: Tree, kind: Any) -> Tree:
    """The mask, naming the other form too wherever it names one."""
    fields = SCHEMAS[kind[1:]] if isinstance(kind, str) and kind.startswith("@") else {}
    answer = {name: both_forms(below, fields.get(name)) for name, below in tree.items()}
    for name in twins(kind):
        if name in answer or name + "Style" in answer:
            answer[name] = answer[name + "Style"] = {}
    return answer

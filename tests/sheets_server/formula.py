"""Formulas to trees: a small grammar over openpyxl's tokens; what it cannot read is #ERROR!, as in Google."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openpyxl.formula import Tokenizer

BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 6}


class Unreadable(Exception):
    """The text is no formula."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text, boolean or error."""

    value: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """A1, A1:B2, Tab!A:A or a named range, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator with its arguments; None is an argument left out."""

    name: str
    arguments: tuple[Any, ...]


@lru_cache(maxsize=4096)
def parsed(text: str) -> Any:
    """The tree of a formula; raises Unreadable."""
    try:
        items = [token for token in Tokenizer(text).items if token.type != "WHITE-SPACE"]
    except Exception as error:  # the tokenizer raises its own and IndexError on text that is no formula
        raise Unreadable(text) from error
    reader = _Reader(items)
    try:
        tree = reader.expression(0)
    except (IndexError, ValueError) as error:
        raise Unreadable(text) from error
    if reader.at != len(items):
        raise Unreadable(text)
    return tree


class _Reader:
    def __init__(self, items: list[Any]) -> None:
        self.items = items
        self.at = 0

    def expression(self, least: int) -> Any:
        left = self.prefix()
        while self.at < len(self.items):
            token = self.items[self.at]
            if token.type == token.OP_POST:
                self.at += 1
                left = Call("%", (left,))
                continue
            if token.type != token.OP_IN or BINDING.get(token.value, 0) <= least:
                break
            self.at += 1
            left = Call(token.value, (left, self.expression(BINDING[token.value])))
        return left

    def prefix(self) -> Any:
        token = self.items[self.at]
        self.at += 1
        if token.type == token.OP_PRE:
            return Call("u" + token.value, (self.expression(7),))
        if token.type == token.OPERAND:
            return _operand(token)
        if token.type == token.PAREN and token.subtype == token.OPEN:
            inner = self.expression(0)
            self._close(token.PAREN)
            return inner
        if token.type == token.FUNC and token.subtype == token.OPEN:
            return Call(token.value[:-1].upper(), tuple(self._arguments(token.FUNC)))
        if token.type == token.ARRAY and token.subtype == token.OPEN:
            raise ValueError("arrays in braces are not played")
        raise ValueError(token.value)

    def _arguments(self, kind: str) -> list[Any]:
        arguments: list[Any] = []
        if self._is_close(kind):
            self.at += 1
            return arguments
        while True:
            token = self.items[self.at]
            is_left_out = token.type == token.SEP or self._is_close(kind)
            arguments.append(None if is_left_out else self.expression(0))
            if self._is_close(kind):
                self.at += 1
                return arguments
            if self.items[self.at].type != token.SEP:
                raise ValueError("a comma is missing")
            self.at += 1

    def _is_close(self, kind: str) -> bool:
        token = self.items[self.at]
        return bool(token.type == kind and token.subtype == token.CLOSE)

    def _close(self, kind: str) -> None:
        if not self._is_close(kind):
            raise ValueError("a bracket is missing")
        self.at += 1


def _operand(token: Any) -> Any:
    if token.subtype == token.NUMBER:
        return Literal(float(token.value) if any(mark in token.value for mark in ".eE") else int(token.value))
    if token.subtype == token.TEXT:
        return Literal(token.value[1:-1].replace('""', '"'))
    if token.subtype == token.LOGICAL:
        return Literal(token.value.upper() == "TRUE")
    if token.subtype == token.ERROR:
        return Call("#ERROR", (Literal(token.value),))
    if not token.value or (any(mark in token.value for mark in " \t\n") and "'" not in token.value):
        raise ValueError(token.value)
    return Reference(token.value)

"""Field masks, `sheets(properties.title,data/rowData/values/note)`: `fields` of queries and updates."""

from functools import lru_cache
from typing import Any

from .errors import Refused
from .schema import SCHEMAS

Tree = dict[str, Any]
"""Name -> the tree below it; an empty tree means all below."""


@lru_cache(maxsize=512)
def parsed(text: str, schema: str) -> Tree:
    """The mask as a tree, every name known to the schema; "*" gives the empty tree, which means everything.

    Callers share the tree and must not change it. Raises BadMask; a blank is part of a name, as in the
    queries of Sheets (an issue report: "fields=properties, sheets" is refused).
    """
    tree, at = _group(text, 0, text)
    if at != len(text):
        raise BadMask(text, text)
    tree = _starless(tree)
    _known(tree, "@" + schema, "", text)
    return tree


def of_drive(text: str, schema: str) -> Tree:
    """A mask as Drive takes it: blanks are nothing to it, and it refuses in words of its own."""
    try:
        return parsed(text.replace(" ", ""), schema)
    except BadMask as bad:
        where = {"reason": "invalidParameter", "location": "fields", "locationType": "parameter"}
        raise Refused(f"Invalid field selection {bad.path}", drive=where) from bad


class BadMask(Refused):
    """path: the part that names nothing. Raised in the words for a query of Sheets."""

    def __init__(self, path: str, whole: str) -> None:
        words = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
        super().__init__("Request contains an invalid argument.", violation=(whole, words))
        self.path = path


def _group(text: str, at: int, whole: str) -> tuple[Tree, int]:
    """Paths with commas between them, up to the end or the closing bracket."""
    tree: Tree = {}
    while True:
        names, inner, at = _path(text, at, whole)
        _add(tree, names, inner)
        if at >= len(text) or text[at] == ")":
            return tree, at
        if text[at] != ",":
            raise BadMask(whole, whole)
        at += 1


def _path(text: str, at: int, whole: str) -> tuple[list[str], Tree, int]:
    """a.b.c or a/b(c,d): its names, and what is in the bracket."""
    names: list[str] = []
    while True:
        start = at
        while at < len(text) and text[at] not in "./,()":
            at += 1
        if at == start:
            raise BadMask(whole, whole)
        names.append(text[start:at])
        if at >= len(text) or text[at] in ",)":
            return names, {}, at
        if text[at] == "(":
            inner, at = _group(text, at + 1, whole)
            if at >= len(text):
                raise BadMask(whole, whole)
            return names, inner, at + 1
        at += 1


def _add(tree: Tree, names: list[str], inner: Tree) -> None:
    """Everything below a name swallows a part of it."""
    first, *rest = names
    if first in tree and not tree[first]:
        return
    if not rest and not inner:
        tree[first] = {}
        return
    below = tree.setdefault(first, {})
    if rest:
        _add(below, rest, inner)
    else:
        for name, each in inner.items():
            _add(below, [name], each)


def _starless(tree: Tree) -> Tree:
    return {} if "*" in tree else {name: _starless(below) for name, below in tree.items()}


def _known(tree: Tree, kind: Any, path: str, whole: str) -> None:
    while isinstance(kind, list):
        kind = kind[0]
    if not tree or isinstance(kind, dict) or kind == "any":
        return
    fields = SCHEMAS[kind[1:]] if kind.startswith("@") else {}
    for name, below in tree.items():
        if name not in fields:
            raise BadMask(path + name, whole)
        _known(below, fields[name], f"{path}{name}.", whole)


def applied(tree: Tree, value: Any) -> Any:
    """The value with only what the mask names; messages inside a list stay, if only as {}."""
    if not tree:
        return value
    if isinstance(value, list):
        return [applied(tree, each) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: applied(tree[name], each) for name, each in value.items() if name in tree}


def below(tree: Tree | None, name: str) -> Tree | None:
    """The mask under a name; None means that the name is not wanted, an empty tree that all of it is."""
    if tree is None:
        return None
    return tree if not tree else tree.get(name)


def leaves(tree: Tree, prefix: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every full path that the mask names."""
    answer: list[tuple[str, ...]] = []
    for name, inner in tree.items():
        answer += leaves(inner, (*prefix, name)) if inner else [(*prefix, name)]
    return answer

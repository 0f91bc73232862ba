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

    Callers share the tree and must not change it.
    """
    tree, at = _group(text.replace(" ", ""), 0, text)
    if at != len(text.replace(" ", "")):
        raise _bad(text)
    tree = _starless(tree)
    _known(tree, "@" + schema, "", text)
    return tree


def _group(text: str, at: int, whole: str) -> tuple[Tree, int]:
    """Paths with commas between them, up to the end or the closing bracket."""
    tree: Tree = {}
    while True:
        names, inner, at = _path(text, at, whole)
        _add(tree, names, inner)
        if at >= len(text) or text[at] == ")":
            return tree, at
        if text[at] != ",":
            raise _bad(whole)
        at += 1


def _path(text: str, at: int, whole: str) -> tuple[list[str], Tree, int]:
    """a.b.c or a/b(c,d): its names, and what is in the bracket."""
    names: list[str] = []
    while True:
        start = at
        while at < len(text) and text[at] not in "./,()":
            at += 1
        if at == start:
            raise _bad(whole)
        names.append(text[start:at])
        if at >= len(text) or text[at] in ",)":
            return names, {}, at
        if text[at] == "(":
            inner, at = _group(text, at + 1, whole)
            if at >= len(text):
                raise _bad(whole)
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
            raise _bad(path + name)
        _known(below, fields[name], f"{path}{name}.", whole)


def _bad(path: str) -> Refused:
    return Refused(
        "Request contains an invalid argument. Error expanding 'fields' parameter. "
        f"Cannot find matching fields for path '{path}'."
    )


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

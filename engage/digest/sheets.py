"""Our own templates filled block by block, so that what many readers are told alike is drawn once.

A block says the same whenever the fields of the digest that it names are the same: it is filled, its styles
put into its tags and its links looked at for the first reader, and remembered for the others. What stands
between the blocks, the sheet, names no field of the digest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Template, nodes

from engage.digest.filling import environment
from engage.digest.inlining import inlined, inlined_part, styles_of, without_blank_lines
from engage.digest.look import Look
from engage.digest.model import Digest

MOST_BLOCKS = 2048  # remembered: those of the last hundred readers who share nothing, or of all who do
_PLACE = re.compile(r"\[\[block (\w+)\]\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """parts: a text, the name of the block that follows it, a text, and so on. fields: block → the fields of
    the digest that it names. macros: what the blocks call. styles: those that go into their tags."""

    parts: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    macros: Mapping[str, Any]
    styles: str


def filled(name: str, digest: Digest, look: Look) -> str:
    """One of our templates, filled; a page has its styles in its tags. Raises DigestError for an unsafe link,
    and what jinja2 raises."""
    sheet = sheet_of(name, look)
    parts = list(sheet.parts)
    for at in range(1, len(parts), 2):
        fields = sheet.fields[parts[at]]
        parts[at] = _block(name, parts[at], look, tuple(getattr(digest, field) for field in fields))
    whole = "".join(parts)
    return without_blank_lines(whole) if name.endswith(".html") else whole


@lru_cache(maxsize=16)
def sheet_of(name: str, look: Look) -> Sheet:
    """What stands between the blocks. Blocks that name no field of the digest are filled with it."""
    template, fields = _template(name), fields_of(name)
    context = template.new_context({"look": look})
    context.blocks.update({block: [_placed(block)] for block, named in fields.items() if named})
    page = "".join(template.root_render_func(context))
    styles = styles_of(page)
    parts = _PLACE.split(inlined(page) if name.endswith(".html") else page)
    return Sheet(tuple(parts), fields, context.get_exported(), styles)


def _placed(block: str) -> Any:
    return lambda _: (f"[[block {block}]]",)


@lru_cache(maxsize=MOST_BLOCKS)
def _block(name: str, block: str, look: Look, values: tuple[Any, ...]) -> str:
    sheet, template = sheet_of(name, look), _template(name)
    digest = SimpleNamespace(**dict(zip(sheet.fields[block], values, strict=True)))
    context = template.new_context({**sheet.macros, "digest": digest, "look": look})
    text = "".join(template.blocks[block](context))
    return inlined_part(text, sheet.styles) if name.endswith(".html") else text


@lru_cache(maxsize=4)
def fields_of(name: str) -> dict[str, tuple[str, ...]]:
    """Block → the fields of the digest that it names, as the template is written. None may hand on the whole
    digest, nor may anything outside the blocks name it."""
    source = environment(None, name.endswith(".html"))
    tree = source.parse(source.loader.get_source(source, name)[0])  # type: ignore[union-attr]
    found = {block.name: _named(block) for block in tree.find_all(nodes.Block)}
    assert _uses(tree) == sum(map(_uses, tree.find_all(nodes.Block))), f"{name} names the digest outside"
    return found


def _named(block: nodes.Block) -> tuple[str, ...]:
    named = [one for one in block.find_all(nodes.Getattr) if _is_digest(one.node)]
    assert len(named) == _uses(block), f"the block {block.name} hands on the whole digest"
    return tuple(sorted({one.attr for one in named}))


def _uses(tree: nodes.Node) -> int:
    return sum(_is_digest(one) for one in tree.find_all(nodes.Name))


def _is_digest(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "digest"


def _template(name: str) -> Template:
    return environment(None, name.endswith(".html")).get_template(name)

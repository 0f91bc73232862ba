"""Where templates come from: ours, and under the same names those of the partnership's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


@lru_cache(maxsize=8)
def environment(templates: Path | None, escape: bool) -> Environment:
    """Our templates under the partnership's own; an unknown name is an error. A partnership's own run in a
    sandbox; ours alone are our own code, and need none."""
    shipped = PackageLoader("engage.templates", "")
    own = [FileSystemLoader(templates)] if templates else []
    kind = ImmutableSandboxedEnvironment if templates else Environment
    made = kind(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})]),
        autoescape=escape,  # never select_autoescape(): it is off for names it does not know
        undefined=StrictUndefined,
        auto_reload=bool(templates),  # ours do not change under us
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["wordwrap"] = wrapped
    return made


def wrapped(text: str, width: int = 79, break_long_words: bool = True) -> str:
    """In place of Jinja's wordwrap, which takes a millisecond of a digest's ten: lines broken at spaces.

    break_long_words: a word that is longer than a line is cut.
    """
    return text if len(text) <= width else "\n".join(_lines(text, width, break_long_words))


def _lines(text: str, width: int, cut: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        rest = word
        if line and len(line) + 1 + len(rest) > width:
            yield line
            line = ""
        while cut and len(rest) > width:
            yield rest[:width]
            rest = rest[width:]
        line = f"{line} {rest}" if line else rest
    yield line

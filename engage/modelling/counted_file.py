"""What was counted, as a file of whole numbers: engage/linkage/models/counted.toml."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from engage.linkage.normalise.words import read_toml

from .counting import APART, ROWS, SEEDS, Counted, Hits

NAME = "counted.toml"
ON = f"registers of {ROWS} rows with seeds {' and '.join(map(str, SEEDS))}, {APART} pairs of strangers each"


def counted_text(counted: Counted) -> str:
    """The file, the same bytes every time."""
    return "\n".join(_lines(counted)) + "\n"


def _lines(counted: Counted) -> Iterator[str]:
    yield "# Made by `engage model build --count`: how many pairs of invented registers stand on each level."
    yield f"# On {ON}."
    yield '# "level" = [pairs that are one: on the level, in all; pairs that are two: on the level, in all]'
    table = ("", "")
    for (subject, comparison, level), hits in counted.items():
        if (subject, comparison) != table:
            table = (subject, comparison)
            yield f"\n[{subject}.{comparison}]"
        yield f'"{level}" = [{hits.same}, {hits.same_of}, {hits.apart}, {hits.apart_of}]'


def shipped_text(name: str) -> str:
    """A file of engage/linkage/models as it ships, "" if there is none."""
    file = files("engage.linkage") / "models" / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def shipped_counts() -> Counted:
    """What was counted for the models that ship."""
    return {
        (subject, comparison, level): Hits(*hits)
        for subject, comparisons in read_toml(NAME).items()
        for comparison, levels in comparisons.items()
        for level, hits in levels.items()
    }

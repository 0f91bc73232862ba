"""What came of a list, in words and as one document for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .clusters import Clustered
from .columns import PEOPLE, Columns


@dataclass(frozen=True, slots=True)
class Told:
    """The figures. clusters: of one row or more; merged: of two or more, with rows_merged in them."""

    rows: int
    clusters: int
    merged: int
    rows_merged: int
    largest: int
    people: int
    review: int
    left_out: int
    nameless: int


def count(clustered: Clustered) -> Told:
    """The figures of one run."""
    sizes = Counter(clustered.cluster_ids)
    several = [size for size in sizes.values() if size > 1]
    people = {one for cell in clustered.person_ids for one in cell.split("; ") if one}
    return Told(
        rows=len(clustered.cluster_ids),
        clusters=len(sizes),
        merged=len(several),
        rows_merged=sum(several),
        largest=max(sizes.values(), default=0),
        people=len(people),
        review=len(clustered.doubtful),
        left_out=clustered.left_out,
        nameless=clustered.nameless,
    )


def read_as(columns: Columns, sheet: str = "") -> Iterator[str]:
    """How the list was understood, in lines."""
    what = "people" if columns.kind == PEOPLE else "organisations"
    where = f", sheet “{sheet}”" if sheet else ""
    yield f"Read as a list of {what}{where}; headings in row {columns.header_row}:"
    for theirs, ours in columns.understood:
        yield f"  {theirs.strip()} → {ours}"
    for at in sorted(columns.guessed & columns.read.keys()):
        heading = columns.header[at].strip()
        yield (
            f"  “{heading}” is read as {columns.read[at]} by what it holds or a part of its heading;"
            f' if it is not: --column "ignore={heading}"'
        )
    left = [text.strip() for at, text in enumerate(columns.header) if at not in columns.read and text.strip()]
    if left:
        yield f"  kept and not compared: {', '.join(left)}"
    for heading, choices in columns.doubtful.items():
        yield f"  “{heading.strip()}” is not read; {_ways_to_say(heading.strip(), choices)}"


def _ways_to_say(heading: str, choices: Sequence[str]) -> str:
    """How to have a doubtful column read."""
    ways = " or ".join(f'--column "{choice.lower()}={heading}"' for choice in choices)
    if len(choices) > 1:
        return f"it may mean {len(choices)} things, say which: {ways}"
    return f"if it holds what we call {choices[0]}, say so: {ways}"


def in_words(told: Told, columns: Columns, *, level: str, people: bool) -> Iterator[str]:
    """The summary, in lines."""
    noun = "people" if columns.kind == PEOPLE else "sites" if level == "site" else "organisations"
    one = {"people": "person", "sites": "site", "organisations": "organisation"}[noun]
    yield f"{_rows(told.rows)}: {told.clusters:,} {noun if told.clusters != 1 else one}."
    if told.merged:
        are = "is" if told.merged == 1 else "are"
        yield (
            f"{told.merged:,} {noun if told.merged != 1 else one} {are} in more than one row"
            f" ({_rows(told.rows_merged)} in all, {told.largest:,} at most)."
        )
    if people and columns.kind != PEOPLE:
        yield f"{told.people:,} {'people' if told.people != 1 else 'person'} named in them."
    if told.nameless:
        yield f"{_rows(told.nameless)} named nobody and stayed alone."
    yield (
        f"{told.review:,} pair{'s' if told.review != 1 else ''} may be one; a person should look at them."
        if told.review
        else "No pair is in doubt."
    )
    if told.left_out:
        yield f"{told.left_out:,} less likely {'pairs' if told.left_out != 1 else 'pair'} left out of them."


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def as_document(told: Told, columns: Columns, **more: object) -> Mapping[str, object]:
    """The same for a program."""
    return {
        "read_as": "people" if columns.kind == PEOPLE else "organisations",
        "header_row": columns.header_row,
        "columns": dict(columns.understood),
        "rows": told.rows,
        "clusters": told.clusters,
        "clusters_of_several_rows": told.merged,
        "rows_in_them": told.rows_merged,
        "people": told.people,
        "review_pairs": told.review,
        "pairs_left_out": told.left_out,
        "rows_without_a_name": told.nameless,
        **more,
    }

"""engage model: how the shipped model does on a partnership's own decisions; how it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import QUIT, SKIP, echo_json, is_terminal, look_at, pick
from .model_words import in_words, in_words_built, in_words_check
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.built.decision_book import Book
    from engage.built.sampling import Check
    from engage.night import Night
    from engage.pipeline import Partnership


@click.group("model")
def command() -> None:
    """Measure the model that decides what is merged; check some of what it merged; make it."""


@command.command("evaluate")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Only decisions from this day on."
)
@config_option
@json_option
def evaluate_command(since: datetime | None, config_path: Path, as_json: bool) -> None:
    """Say how often the automatic merges were right, and whether a limit should move.

    From the partnership's own decisions: answers in To review, Undo, and merges that were drawn to be checked
    (engage model check). It changes nothing: a limit is moved in engage.toml, by a person.
    """
    from engage.built.evaluation import evaluate  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415

    from .opening import settings_of  # noqa: PLC0415

    partnership, night, _ = look_at(config_path)
    settings = settings_of(partnership.config)
    day = since.date().isoformat() if since else ""
    found = evaluate(night.book, night.worlds[HUB].linked, settings, since=day)
    if as_json:
        echo_json(found.document() | {"versions": versions()})
    else:
        click.echo("\n".join(in_words(found, versions())))


@command.command("check")
@click.option(
    "--sample", "size", type=click.IntRange(1, 2000), default=20, show_default=True, help="How many to draw."
)
@click.option(
    "--about", type=click.Choice(["employer", "person"]), default=None, help="Only merges of these."
)
@click.option("--seed", default="", help="Names the sample; the same seed draws the same merges again.")
@click.option("--by", default="", help="Who checks.")
@config_option
@json_option
def check_command(size: int, about: str | None, seed: str, by: str, config_path: Path, as_json: bool) -> None:
    """Draw some automatic merges at random and ask whether each is right.

    What is found is written into Decisions: a merge that is wrong is undone at the next sync, one that is
    right holds from then on. With --json the merges are listed and nothing is asked.
    """
    from engage.built.sampling import draw  # noqa: PLC0415
    from engage.lock import one_at_a_time  # noqa: PLC0415

    partnership, night, facts = look_at(config_path)
    name = seed or night.now.isoformat(timespec="minutes")
    checks = draw(night.book, facts.records, size, seed=name, kind=about or "")
    if as_json:
        echo_json({"sample": name, "merges": [_document(check) for check in checks]})
        return
    _refuse_to_wait(checks)
    book, right, wrong = _dialogue(partnership, night, checks, by)
    if book != night.book:
        from engage.answering import write_decisions  # noqa: PLC0415

        with one_at_a_time(partnership.config.state):
            write_decisions(partnership, night, book)
    left = len(checks) - right - wrong
    click.echo(f"{right} right, {wrong} wrong, {left} left. What that says: engage model evaluate")


@command.command("build")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--count", "recount", is_flag=True, help="Count on the invented registers again (a minute).")
@click.option(
    "--check", is_flag=True, help="Write nothing: say whether the shipped models are what this makes."
)
def build_command(folder: Path | None, recount: bool, check: bool) -> None:
    """Make the models' files in FOLDER from what is judged, and show it beside what is counted.

    For whoever works on Engage itself: models/*.judged.toml say what is judged and why, the seeded registers
    of engage/modelling may weaken it. The same judgements and seeds make the same bytes on every machine.
    """
    from engage.errors import UsageError  # noqa: PLC0415
    from engage.modelling.build import build  # noqa: PLC0415
    from engage.modelling.counted_file import (  # noqa: PLC0415
        NAME,
        ON,
        counted_text,
        shipped_counts,
        shipped_text,
    )

    if not folder and not check:
        raise UsageError("no folder is named", fix="engage model build FOLDER, or --check to write nothing")
    counted = shipped_counts()
    if recount:
        from engage.modelling.counting import count  # noqa: PLC0415 - brings Splink

        counted = count()
    made = {NAME: counted_text(counted), **build(counted, ON)}
    click.echo("\n".join(in_words_built(counted)))
    if folder and not check:
        _write(folder, made)
    other = ", ".join(name for name, text in made.items() if text != shipped_text(name))
    click.echo(f"\nNot as shipped: {other}." if other else "\nThe shipped models are what this makes.")
    click.get_current_context().exit(1 if other and check else 0)


def _write(folder: Path, made: Mapping[str, str]) -> None:
    from engage.errors import EngageError  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise EngageError(
            f"the models cannot be written: {error.strerror or error}",
            where=str(folder),
            fix="name another folder",
        ) from error


RIGHT, WRONG = "One: the merge is right", "Two: it is wrong"


def _dialogue(
    partnership: Partnership, night: Night, checks: Sequence[Check], by: str
) -> tuple[Book, int, int]:
    """The book with what was found until the person had enough, and how many were right and wrong."""
    from engage.answering import seeing_tonight  # noqa: PLC0415
    from engage.built.sampling import record_check  # noqa: PLC0415

    seeing, now = seeing_tonight(partnership, night), night.now.isoformat(timespec="minutes")
    book, found = night.book, {RIGHT: 0, WRONG: 0}
    for number, check in enumerate(checks, 1):
        click.echo("\n".join(in_words_check(check, f"Merge {number} of {len(checks)}")))
        chosen = pick((RIGHT, WRONG))
        if chosen == QUIT:
            break
        if chosen != SKIP:
            found[chosen] += 1
            book = record_check(book, check, right=chosen == RIGHT, by=by, now=now, seeing=seeing)
    return book, found[RIGHT], found[WRONG]


def _refuse_to_wait(checks: Sequence[Check]) -> None:
    from engage.errors import UsageError  # noqa: PLC0415

    if not checks:
        raise UsageError("there is no automatic merge that nobody has judged yet")
    if not is_terminal():
        raise UsageError("there is no terminal to answer in", fix="run it in a terminal, or use --json")


def _document(check: Check) -> dict[str, object]:
    sides = {"a": dict(check.a.shown), "b": dict(check.b.shown)}
    return {"pair": check.entry.key, "why": check.entry.cells.get("Reason", ""), **sides}


def versions() -> dict[str, str]:
    """The versions of the shipped models."""
    from engage.linkage.model_file import fixed_model  # noqa: PLC0415

    return {subject: fixed_model(subject).version for subject in ("employer", "person")}

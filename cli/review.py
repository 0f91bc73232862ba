"""engage review: answer the questions of To review in a terminal, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import QUIT, SKIP, echo_json, is_terminal, look_at, pick
from .layout import field, preview_lines, side_by_side
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.built.decision_book import Book
    from engage.built.questions import Question
    from engage.night import Night
    from engage.pipeline import Partnership


@click.command("review")
@click.argument("pair", required=False, default="")
@click.option("--answer", "verdict", default="", help="Answer the question PAIR so, without a dialogue.")
@click.option("--by", default="", help="Who answers; otherwise the agencies that were asked.")
@click.option("--agency", default="", help="Only the questions for this agency.")
@config_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, pair: str, verdict: str, by: str, agency: str, config_path: Path, as_json: bool
) -> None:
    """Answer the questions of To review, one at a time, seeing what each answer would change.

    An answer is written into Decisions at the end, as one given in the sheet would be; the next sync acts on
    it. With --json the questions are listed and nothing is asked. Ends with 3 while questions are open.
    """
    from engage.lock import one_at_a_time  # noqa: PLC0415

    partnership, night, _ = look_at(config_path)
    asked = [q for q in night.asking.questions if _is_wanted(q, pair, agency)]
    if as_json and not verdict:
        echo_json({"questions": [_document(q, night) for q in asked], "waiting": night.asking.waiting})
        ctx.exit(3 if asked else 0)
    _refuse_to_wait(asked, pair, verdict)
    answering = _answering(partnership, night, by)
    book = answering(night.book, asked[0], verdict) if verdict else _dialogue(night, asked, answering)
    if book != night.book:
        from engage.answering import write_decisions  # noqa: PLC0415

        with one_at_a_time(partnership.config.state):
            write_decisions(partnership, night, book)
    given = len(book.entries) - len(night.book.entries)
    left = sum(_is_wanted(q, "", agency) for q in night.asking.questions) - given
    if as_json:
        echo_json({"answered": given, "open": left})
    else:
        click.echo(f"{given} answered, {left} left. The next sync acts on what you decided.")
    ctx.exit(3 if left > 0 else 0)


def _is_wanted(question: Question, pair: str, agency: str) -> bool:
    named = not pair or question.key == pair.strip()
    return named and (not agency or agency.casefold() in {name.casefold() for name in question.agencies})


def _refuse_to_wait(asked: Sequence[Question], pair: str, verdict: str) -> None:
    from engage.errors import UsageError  # noqa: PLC0415

    if verdict and (not pair or not asked):
        raise UsageError(
            "--answer needs the PAIR of one open question", fix="list them with: engage review --json"
        )
    if asked and not verdict and not is_terminal():
        raise UsageError(
            "there is no terminal to answer in",
            fix="run it in a terminal, or use --json, or --answer with one PAIR",
        )


def _answering(partnership: Partnership, night: Night, by: str) -> Callable[[Book, Question, str], Book]:
    """(book, question, verdict) → the book with that answer, given to the rows as they are tonight."""
    from engage.answering import answer, seeing_tonight  # noqa: PLC0415

    seeing = seeing_tonight(partnership, night)
    return lambda book, question, verdict: answer(
        book, question, verdict, by=by, now=night.now, seeing=seeing
    )


def _dialogue(
    night: Night, asked: Sequence[Question], answering: Callable[[Book, Question, str], Book]
) -> Book:
    """The book with what was answered until the end, or until the person had enough."""
    from engage.built.decision_book import VERDICTS  # noqa: PLC0415

    book = night.book
    for number, question in enumerate(asked, 1):
        words = VERDICTS[question.pair.kind]
        click.echo("\n".join(show(question, night, f"Question {number} of {len(asked)}")))
        chosen = pick(words)
        if chosen == QUIT:
            break
        if chosen != SKIP:
            book = answering(book, question, chosen)
    return book


def show(question: Question, night: Night, title: str) -> Iterator[str]:
    """Both rows side by side, the differing cells marked, and what "Same" would change."""
    from engage.built.preview import if_merged  # noqa: PLC0415
    from engage.built.questions import how_sure  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415

    pair, a, b = question.pair, question.a, question.b
    kind = "employers" if pair.kind == "employer" else "people"
    yield f"\n{title}: two {kind}, one or different?  {how_sure(pair)}"
    yield from field("Why", "; ".join(pair.reasons))
    yield from side_by_side(a, b)
    yield "\nIf they are the same"
    yield from preview_lines(if_merged(night.facts[HUB], pair.kind, pair.a, pair.b))


def _document(question: Question, night: Night) -> dict[str, object]:
    from dataclasses import asdict  # noqa: PLC0415

    from engage.built.preview import if_merged  # noqa: PLC0415
    from engage.built.questions import question_cells  # noqa: PLC0415
    from engage.config import HUB  # noqa: PLC0415
    from engage.model import cell_text  # noqa: PLC0415

    pair = question.pair
    cells = {heading: cell_text(value) for heading, value in question_cells(question).items()}
    return {**cells, "If the same": asdict(if_merged(night.facts[HUB], pair.kind, pair.a, pair.b))}

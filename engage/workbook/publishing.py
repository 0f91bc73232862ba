"""How a built tab is to read, given how it stands: answers carried over, nothing taken from under a hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engage.model import Grid, Link, Row
from engage.ports import Change, PublishTab

from .cells import (
    PART_OF,
    Formula,
    Located,
    Seen,
    TabEdit,
    Value,
    cell_at,
    storable,
    text_of,
    trim,
    trim_grid,
)

Body = list[tuple[Value, ...]]


def locate_publish(intent: PublishTab, tabs: Mapping[str, Seen], spell: Callable[[Link], str]) -> Located:
    """The tab as it should read, "same" if it does, "moved" if people have changed it since it was read."""
    seen = tabs.get(intent.tab)
    if seen is None and any(title.casefold() == intent.tab.casefold() for title in tabs):
        return Located(intent, "moved", note="a tab of almost the same name is in the way")
    if not _stands_as_read(intent, seen):
        return Located(intent, "moved", note="the tab has changed since it was read")
    rows = (tuple(storable(heading) for heading in intent.headings), *_body(intent, seen))
    before = seen.rows if seen else None
    changes = tuple(_changes(intent.tab, rows, seen or Seen(()), spell))
    if seen and any(table.top == change.row for table in seen.tables for change in changes):
        return Located(intent, "moved", note="somebody made a table of it: turn that into a plain range")
    if seen and not changes:
        return Located(intent, "same")
    return Located(intent, "done", TabEdit(intent.tab, rows, before, intent.hidden), changes)


def _stands_as_read(intent: PublishTab, seen: Seen | None) -> bool:
    if seen is None or intent.expects is None:
        return seen is None and intent.expects is None
    return without_answers(seen.rows, intent.answers) == without_answers(intent.expects, intent.answers)


def without_answers(rows: Grid, answers: frozenset[str]) -> Grid:
    """The grid with the cells under these headings of row 1 blanked."""
    hidden = {at for at, heading in enumerate(rows[0] if rows else ()) if heading in answers}
    if not hidden:
        return trim_grid(rows)
    blanked = [tuple("" if at in hidden else cell for at, cell in enumerate(row)) for row in rows[1:]]
    return trim_grid([rows[0], *blanked])


def _body(intent: PublishTab, seen: Seen | None) -> Body:
    wanted = [tuple(storable(value) for value in row) for row in intent.rows]
    if not intent.answers or not intent.key or seen is None or not seen.rows:
        return list(wanted)
    stands = _Standing(seen, intent)
    key_at = intent.headings.index(intent.key)
    by_key = {text_of(row[key_at]): row for row in wanted}
    body: Body = []
    for number in stands.numbers:
        key = stands.key(number)
        if key in by_key and stands.is_first(number):
            body.append(stands.answered_row(by_key.pop(key), key))
        elif stands.must_stay(number):
            body.append(stands.as_it_is(number))
    return body + list(by_key.values())


class _Standing:
    """The rows that stand in a keyed tab now, and what people have answered there."""

    def __init__(self, seen: Seen, intent: PublishTab) -> None:
        self._seen, self._intent = seen, intent
        header = seen.rows[0]
        self._at = {heading: at for at, heading in reversed(list(enumerate(header, 1)))}
        self._key_at = self._at.get(intent.key, 0)
        self._answered = dict(intent.answered)
        numbers = range(2, len(seen.rows) + 1)
        self.numbers = [number for number in numbers if self._key_at and self.key(number)]
        self._first: dict[str, int] = {}
        for number in self.numbers:
            self._first.setdefault(self.key(number), number)
        self._answers = self._answers_by_key()

    def key(self, number: int) -> str:
        return cell_at(self._seen.rows, number, self._key_at)

    def is_first(self, number: int) -> bool:
        """Whether no row above has the same key (people copy rows)."""
        return self._first[self.key(number)] == number

    def _answer_cells(self, number: int) -> Row:
        headings = [heading for heading in self._intent.headings if heading in self._intent.answers]
        return tuple(cell_at(self._seen.rows, number, self._at.get(heading, 0)) for heading in headings)

    def _answers_by_key(self) -> dict[str, Row]:
        """The first answer given under each key, whichever copy of the row it was given in."""
        answers: dict[str, Row] = {}
        for number in self.numbers:
            cells = self._answer_cells(number)
            if not any(answers.get(self.key(number), ())):
                answers[self.key(number)] = cells
        return answers

    def must_stay(self, number: int) -> bool:
        """Whether a row that should go holds an answer that nobody has taken in yet."""
        key, cells = self.key(number), self._answer_cells(number)
        if not self.is_first(number) and (not any(cells) or cells == self._answers[key]):
            return False
        return "\n".join(trim(cells)) != self._answered.get(key, "")

    def answered_row(self, row: tuple[Value, ...], key: str) -> tuple[Value, ...]:
        """The new row with the answers that stand under its key."""
        headings = [heading for heading in self._intent.headings if heading in self._intent.answers]
        given = dict(zip(headings, self._answers[key], strict=True))
        pairs = zip(self._intent.headings, row, strict=False)
        return tuple(
            given[heading] if heading in self._at and heading in given else v for heading, v in pairs
        )

    def as_it_is(self, number: int) -> tuple[Value, ...]:
        """The row that stands there, its links kept, under today's headings."""
        return tuple(self._value(number, self._at.get(heading, 0)) for heading in self._intent.headings)

    def _value(self, number: int, column: int) -> Value:
        text = cell_at(self._seen.rows, number, column)
        formula = self._seen.formulas.get((number, column))
        return Formula(formula, text) if formula and not formula.startswith(PART_OF) else text


def _changes(
    tab: str, rows: tuple[tuple[Value, ...], ...], seen: Seen, spell: Callable[[Link], str]
) -> Iterable[Change]:
    """Every position at which the tab would read, or link, otherwise than it does."""
    for (number, column), value in stands_otherwise(rows, seen, spell):
        yield Change(tab, number, column, cell_at(seen.rows, number, column), text_of(value))


def stands_otherwise(
    rows: tuple[tuple[Value, ...], ...], seen: Seen, spell: Callable[[Link], str]
) -> Iterable[tuple[tuple[int, int], Value]]:
    """Address and value of every cell that is not as rows would have it; "" where it is to be blank."""
    behind: dict[int, int] = {}
    for row, column in seen.formulas:  # a formula may show nothing, and still has to go
        behind[row] = max(behind.get(row, 0), column)
    for number in range(1, max([len(rows), len(seen.rows), *behind]) + 1):
        values = rows[number - 1] if number <= len(rows) else ()
        width = max(len(values), len(seen.rows[number - 1]) if number <= len(seen.rows) else 0)
        for column in range(1, max(width, behind.get(number, 0)) + 1):
            value = values[column - 1] if column <= len(values) else ""
            formula = seen.formulas.get((number, column))
            reads_so = cell_at(seen.rows, number, column) == text_of(value)
            if not reads_so or _links_elsewhere(value, formula, spell):
                yield (number, column), value


def _links_elsewhere(value: Value, formula: str | None, spell: Callable[[Link], str]) -> bool:
    """Whether the formula behind a cell is not the one that the value is written as."""
    if isinstance(value, Link):
        return formula != spell(value)
    return formula is not None and formula != (value.formula if isinstance(value, Formula) else None)

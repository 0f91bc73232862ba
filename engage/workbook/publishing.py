"""How a built tab is to read, given how it stands: answers carried over, nothing taken from under a hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engage.model import Grid, Link
from engage.ports import Change, PublishTab

from .cells import Formula, Located, Seen, TabEdit, Value, cell_at, storable, text_of, trim_grid
from .standing import Standing

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
    key = intent.headings.index(intent.key) + 1 if intent.key else 0
    answers = frozenset(at for at, heading in enumerate(intent.headings, 1) if heading in intent.answers)
    return Located(intent, "done", TabEdit(intent.tab, rows, before, intent.hidden, key, answers), changes)


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
    stands = Standing(seen, intent)
    key_at = intent.headings.index(intent.key)
    by_key: dict[str, tuple[Value, ...]] = {}
    for row in wanted:
        by_key.setdefault(text_of(row[key_at]), row)
    more = [row for row in wanted if by_key[text_of(row[key_at])] is not row]
    body: Body = []
    for number in stands.numbers:
        key = stands.key(number)
        if key in by_key and stands.is_first(number):
            body.append(stands.answered_row(by_key.pop(key), key))
        elif stands.must_stay(number):
            body.append(stands.as_it_is(number))
    return body + list(by_key.values()) + more


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

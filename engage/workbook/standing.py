"""The rows that stand in a built tab that people answer in: what they are, and what was answered."""

from __future__ import annotations

from engage.model import Row
from engage.ports import PublishTab

from .cells import PART_OF, Formula, Seen, Value, cell_at, trim

# How far down the headings may have been pushed by rows that people inserted above them.
HEADER_DEPTH = 10


class Standing:
    """A keyed tab as it stands, whatever people renamed or inserted in it.

    numbers: the rows below the headings that have a key, counted from 1.
    """

    def __init__(self, seen: Seen, intent: PublishTab) -> None:
        self._seen, self._intent = seen, intent
        self._answered = dict(intent.answered)
        self._answer_headings = [heading for heading in intent.headings if heading in intent.answers]
        header = self._header_row()
        self._at = {heading: self._column(header, heading) for heading in intent.headings}
        below = range(header + 1, len(seen.rows) + 1)
        self.numbers = [number for number in below if self.key(number)]
        self._first: dict[str, int] = {}
        for number in self.numbers:
            self._first.setdefault(self.key(number), number)
        self._answers = self._answers_by_key()

    def _header_row(self) -> int:
        """The row with the most of our headings: the first, unless people inserted rows above it."""
        ours = set(self._intent.headings)
        near = self._seen.rows[:HEADER_DEPTH]
        return 1 + max(range(len(near)), key=lambda at: (len(ours & set(near[at])), -at))

    def _column(self, header: int, heading: str) -> int:
        """The column of a heading; where people renamed it, the place that we gave it; 0 for none."""
        cells = self._seen.rows[header - 1]
        if heading in cells:
            return cells.index(heading) + 1
        place = self._intent.headings.index(heading) + 1
        return place if cell_at(self._seen.rows, header, place) not in self._intent.headings else 0

    def key(self, number: int) -> str:
        """What names the row."""
        return cell_at(self._seen.rows, number, self._at[self._intent.key])

    def is_first(self, number: int) -> bool:
        """Whether no row above has the same key (people copy rows)."""
        return self._first[self.key(number)] == number

    def _answer_cells(self, number: int) -> Row:
        return tuple(cell_at(self._seen.rows, number, self._at[heading]) for heading in self._answer_headings)

    def _answers_by_key(self) -> dict[str, Row]:
        """The first answer given under each key, whichever copy of the row it was given in."""
        answers: dict[str, Row] = {}
        for number in self.numbers:
            if not any(answers.get(self.key(number), ())):
                answers[self.key(number)] = self._answer_cells(number)
        return answers

    def must_stay(self, number: int) -> bool:
        """Whether a row that should go holds an answer that nobody has taken in yet."""
        key, cells = self.key(number), self._answer_cells(number)
        if not self.is_first(number) and (not any(cells) or cells == self._answers[key]):
            return False
        read = trim(tuple(cell.strip() for cell in cells))
        return "\n".join(read) != self._answered.get(key, "")

    def answered_row(self, row: tuple[Value, ...], key: str) -> tuple[Value, ...]:
        """The new row with the answers that stand under its key."""
        given = dict(zip(self._answer_headings, self._answers[key], strict=True))
        pairs = zip(self._intent.headings, row, strict=False)
        return tuple(given[heading] if self._at[heading] and heading in given else v for heading, v in pairs)

    def as_it_is(self, number: int) -> tuple[Value, ...]:
        """The row that stands there, its links kept, under today's headings."""
        return tuple(self._value(number, self._at[heading]) for heading in self._intent.headings)

    def _value(self, number: int, column: int) -> Value:
        text = cell_at(self._seen.rows, number, column)
        formula = self._seen.formulas.get((number, column))
        return Formula(formula, text) if formula and not formula.startswith(PART_OF) else text

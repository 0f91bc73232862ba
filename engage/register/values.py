"""How a cell of each type of column is understood: one reader a type, each text read once a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from engage.register.bodies import body_keys, find_bodies
from engage.register.company_number import company_number, read_charity_number, read_company_number
from engage.register.dates import read_date
from engage.register.due import DueDate, read_due
from engage.register.email import read_emails
from engage.register.formulas import read_formula
from engage.register.lists import CHOOSE, Choices, list_reader, read_yes_no
from engage.register.names import TITLES, read_people
from engage.register.numbers import read_money, read_number, read_percent, read_time
from engage.register.objection import read_do_not_contact
from engage.register.phone import find_phones, read_phones
from engage.register.postcode import read_postcode
from engage.register.reading import Doubt, Reading
from engage.register.sic import read_sic
from engage.register.sizes import read_size
from engage.register.text import is_blank, join_several, squash, squash_lines
from engage.register.url import read_url
from engage.schema import Column, Schema

Reader = Callable[[str], Reading]
NOTHING = Reading("")


@dataclass(frozen=True, slots=True)
class Context:
    """What cells are read by. agencies: spelling, case-folded → the agency; lists: name → its values.

    wordings: list name → other spelling → the value it stands for.
    """

    today: date
    blanks: frozenset[str] = frozenset()
    country: str = "GB"
    agencies: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def bodies(self) -> dict[str, str]:
        """Agencies and groups by the words of their spellings."""
        return {
            **body_keys({group: group for group in self.lists.get("Groups", ())}),
            **body_keys(self.agencies),
        }


STRICT = frozenset({"Do not contact"})  # what cannot be read there holds all contact, a formula too


def reader_for(column: Column, context: Context) -> Reader:
    """The reader of this column: cell as typed → Reading; a blank or a word for unknown is clean ""."""
    read = _parser(column, context)
    strict = column.heading in STRICT
    allowed = {value.casefold() for value in _values(column, context)}
    known: dict[str, Reading] = {"": NOTHING}

    def blank(text: str) -> bool:
        return is_blank(text, context.blanks) and squash(text).casefold() not in allowed

    def cell(text: str) -> Reading:
        reading = known.get(text)
        if reading is None:
            reading = NOTHING if blank(text) else (not strict and read_formula(text)) or read(text)
            reading = known[text] = NOTHING if reading.clean and blank(reading.clean) else reading
        return reading

    return cell


def _read_people(text: str) -> Reading:
    """People as "First Last; First Last"; a post or a team ("HR") is kept as typed."""
    people = read_people(text)
    return Reading(join_several([person.full for person in people]) if people else squash(text))


_SIMPLE: Mapping[str, Reader] = {
    "long-text": lambda text: Reading(squash_lines(text)),
    "number": read_number,
    "money": read_money,
    "percent": read_percent,
    "size": read_size,
    "email": read_emails,
    "url": read_url,
    "company-number": read_company_number,
    "charity-number": read_charity_number,
    "sic": read_sic,
    "time": read_time,
    "yes-no": read_yes_no,
    "people": _read_people,
}


def _parser(column: Column, context: Context) -> Reader:
    if column.heading == "Do not contact":
        return read_do_not_contact
    if column.type in _SIMPLE:
        return _SIMPLE[column.type]
    by_context: Mapping[str, Callable[[], Reader]] = {
        "date": lambda: partial(read_date, today=context.today),
        "due-date": lambda: _due_reader(column, context),
        "phone": lambda: partial(read_phones, country=context.country),
        "postcode": lambda: partial(read_postcode, country=context.country),
        "bodies": lambda: _bodies_reader(context),
        "audience": lambda: _audience_reader(column, context),
    }
    if column.type in by_context:
        return by_context[column.type]()
    if column.list_name or column.values:
        return _list_reader(column, context)
    return lambda text: Reading(squash(text))


def _values(column: Column, context: Context) -> Sequence[str]:
    """What a column allows: its fixed values, or what its list holds tonight."""
    if column.list_name == "Agencies" and context.agencies:
        return tuple(dict.fromkeys(context.agencies.values()))
    return column.values or context.lists.get(column.list_name, ())


def wordings_of(schema: Schema) -> dict[str, dict[str, str]]:
    """List name → how people also say its values, as lists.toml knows it."""
    lists = schema.tabs.get("Lists")
    return {column.heading: dict(column.wordings) for column in lists.columns} if lists else {}


def _choices(column: Column, context: Context) -> Choices:
    return Choices.of(_values(column, context), _wordings(column, context))


def _wordings(column: Column, context: Context) -> Mapping[str, str]:
    if column.list_name == "Agencies":
        return context.agencies
    return context.wordings.get(column.list_name, {}) if column.list_name else dict(column.wordings)


def _list_reader(column: Column, context: Context) -> Reader:
    return list_reader(_choices(column, context), several=column.several, remedy=_where_to_choose(column))


_FEW = 7  # so many values are named in a sentence


def _where_to_choose(column: Column) -> str:
    """What to do about a wording that is in no list: choose another, or add it where the list is kept."""
    match column.list_name:
        case "":
            few = 0 < len(column.values) <= _FEW
            return f"Choose one of: {'; '.join(column.values)}." if few else CHOOSE
        case "Agencies":
            return (
                "Choose an agency from the list, or put this under Also known as in the hub's tab Agencies."
            )
        case "Sectors":
            return "Choose one from the list, or put this under Also called in the hub's tab Sectors."
        case "Schemes" | "Events" | "Groups" as tab:
            return f"Choose one from the drop-down list, or add a row for it to the hub's tab {tab}."
        case name:
            return f"Choose one from the drop-down list, or add it to {name} in the hub's tab Lists."


def _audience_reader(column: Column, context: Context) -> Reader:
    """One of the column's words, or agencies in any spelling: their names, joined by "; "."""
    named = dict.fromkeys(context.agencies.values())
    return list_reader(Choices.of((*column.values, *named), context.agencies), several=True)


_SEPARATE = "Write each body as it stands in Agencies, with semicolons between."


def _bodies_reader(context: Context) -> Reader:
    known = context.bodies

    def read(text: str) -> Reading:
        bodies = find_bodies(text, known)
        asks = tuple(Doubt("doubtful-body", body.ask, _SEPARATE) for body in bodies if body.ask)
        return Reading(join_several([body.name for body in bodies]), asks)

    return read


def is_start(column: Column) -> bool:
    """Whether a column of dates in words holds beginnings ("Start date", "From")."""
    return column.heading.casefold().startswith(("start", "from", "begin"))


def _due_reader(column: Column, context: Context) -> Reader:
    start = is_start(column)

    def read(text: str) -> Reading:
        due = read_due(text, today=context.today)
        iso = (due.start or due.due) if start else due.due
        if not due.ask:
            return Reading(iso)
        remedy = _IF_WRONG if iso else _TYPE_THE_DAY
        return Reading(iso, (Doubt("doubtful-date", due.note, remedy, _suggested(due, iso)),))

    return read


_TYPE_THE_DAY = "Type the day, like 31/03/2027, or Ongoing if there is no end."
_IF_WRONG = "Type the day that is meant, like 31/03/2027."


def _suggested(due: DueDate, iso: str) -> str:
    return due.suggestion or iso


def looks_like(column: Column, values: Sequence[str], context: Context) -> bool | None:
    """Whether values seem to belong in a column: True, False, or None where they cannot tell."""
    said = [value for value in values if not is_blank(value, context.blanks)]
    test = _test(column, context)
    if test is None or not said:
        return False if test and column.list_name == "Agencies" else None
    return sum(map(test, said)) * 2 > len(said)


def _test(column: Column, context: Context) -> Callable[[str], bool] | None:
    if column.heading == "Title":
        return lambda text: text.casefold().strip(" .") in TITLES
    if column.list_name or (column.values and column.filled_by == "list"):
        choices = _choices(column, context)
        sure = choices.values or column.list_name == "Agencies"
        return (lambda text: bool(choices.find(text))) if sure else None
    tests: Mapping[str, Callable[[str], bool]] = {
        "date": lambda text: bool(read_date(text).clean),
        "phone": lambda text: any(phone.e164 for phone in find_phones(text, country=context.country)),
        "company-number": lambda text: (
            company_number(text).kind in {"company", "charity?"} and len(squash(text)) > 5
        ),
        "size": lambda text: bool(read_size(text).clean) and len(squash(text)) < 8,
        "number": lambda text: bool(read_number(text).clean),
    }
    return tests.get(column.type)

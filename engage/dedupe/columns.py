"""What the headings of somebody's own list mean: the schema's headings, by the schema's own spellings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files

from engage.errors import UsageError
from engage.model import Grid, Row
from engage.register.headings import HeadingIndex, HeadingMatch, heading_key, index_headings, match_headings
from engage.register.values import Context, looks_like
from engage.schema import Column, Schema, TabSpec

from .address_parts import AddressParts, address_parts, is_address_part
from .guessing import are_addresses, guess, is_about_else, values_of
from .local_numbers import area_code
from .naming import FEWEST, are_titles, names_held
from .plain_headings import BARE, FIRMS, plain_heading
from .reaching import reached_by
from .wording import words

ORGANISATIONS, PEOPLE = "Employers", "Contacts"
HEADER_WITHIN = 20
_SAMPLE = 200  # rows below the headings, to see what a column holds
LOOKED_AT = HEADER_WITHIN + _SAMPLE
# What linkage compares; any other column is kept and not read.
COMPARED = (
    "Employer", "Trading as", "Site", "Address", "Town", "Postcode", "Company number", "Charity number",
    "Parent employer", "Website", "Phone", "Mobile", "Email", "Contact name", "First name", "Last name",
    "Job title", "Contact kind", "Agency",
)  # fmt: skip
_OF_A_REGISTER = frozenset({"Address", "Postcode", "Company number", "Charity number"})
PERSON_NAMES = frozenset({"Contact name", "First name", "Last name"})
LEAVE = "ignore"
# Whose a place is, that has a name of its own; and whose name is no firm's.
_OWNERS = frozenset({"provider", "operator", "proprietor", "owner", "group"})
_USERS = frozenset({"user", "file", "domain", "column", "middle", "nick"})  # "User name" is nobody's name
_NOT_A_FIRMS = _USERS | {
    "contact", "first", "last", "given", "family", "full", "person", "manager", "owner", "head", "site",
    "street", "road", "town", "event", "course", "learner", "student", "adviser", "parent", "trading",
    "house", "building",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """How a list is read. kind: a list of ORGANISATIONS or of PEOPLE. header_row from 1, 0 without one.

    at: schema heading → column from 0. address: the columns that go on with that of the address. doubtful:
    the list's headings that may mean two things, or one that the values do not look like, and are not read →
    what they may mean of what is compared. guessed: columns that are read so by a part of the heading, or by
    their values. title: the column of "Mr" and "Mrs" from 0, -1 without one. else_named: columns that name
    the organisation where its own is empty, as in exports pasted below each other. area: the telephone code
    that the list leaves out, "" if none.
    """

    kind: str
    header_row: int
    header: Row
    at: Mapping[str, int] = field(default_factory=dict)
    address: AddressParts = field(default_factory=AddressParts)
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()
    title: int = -1
    else_named: tuple[int, ...] = ()
    area: str = ""

    @property
    def names_only(self) -> bool:
        """True for a list that says of employers no more than name, town and how to reach them: attendances,
        vacancies, mailing lists. One name typed twice there is one employer; in a register it may be two.
        """
        return not _OF_A_REGISTER & set(self.at)

    @property
    def understood(self) -> tuple[tuple[str, str], ...]:
        """(the list's heading, ours), in the list's order."""
        return tuple((self.header[at], heading) for at, heading in sorted(self.read.items()))

    @property
    def read(self) -> dict[int, str]:
        """Column from 0 → what it means of ours, "Phone and Email" where its cells say both."""
        found: dict[int, str] = {}
        for heading, at in self.at.items():
            found[at] = f"{found[at]} and {heading}" if at in found else heading
        titles = {self.title: "Title"} if self.title >= 0 else {}
        titles |= dict.fromkeys(self.else_named, "Employer, where that is empty")
        return found | titles | dict.fromkeys((*self.address.before, *self.address.behind), "Address")


def find_columns(
    rows: Grid, schema: Schema, given: Mapping[str, str], *, country: str, people: bool, today: date
) -> Columns | None:
    """How a list is to be read, by the best heading row among the first twenty; None if there is none.

    rows: its first LOOKED_AT rows, or more.

    given: what the caller said of columns, the list's heading → a schema word. people: names are wanted, so a
    lone "name" beside no firm's is a person's. Raises UsageError for a word or heading that is not there.
    """
    context = Context(today, schema.blanks, country)
    best: tuple[tuple[int, int], Columns] | None = None
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        if given and not _has_all(row, given):
            continue
        found = _read_as(rows, number, schema, given, context, people)
        more = _second_look(found, rows[number:][:_SAMPLE])
        if more and not _keys(more) & _keys(given):
            found = _read_as(rows, number, schema, {**more, **given}, context, people)
        rank = (len(found.at), -number)
        if not given and _is_data(rows[:number], found):
            continue
        found = _with_guesses(rows, found, schema, {**more, **given}, context, people)
        if found.at and _named(found) and (best is None or rank > best[0]):
            best = (rank, found)
    return _with_habits(rows, best[1], _keys(given), country) if best else None


def _with_habits(rows: Grid, found: Columns, given: set[str], country: str) -> Columns:
    """The list with what its rows leave to be understood: whom they name elsewhere, and an area code.

    given: the headings that the caller said something of.
    """
    below = rows[found.header_row :][:_SAMPLE]
    phones = [found.at[heading] for heading in ("Phone", "Mobile") if heading in found.at]
    numbers = (text for at in phones for text in values_of(below, at))
    else_named = _else_named(found, below, given) if found.kind == ORGANISATIONS else ()
    return replace(
        found,
        else_named=else_named,
        guessed=found.guessed | {*else_named},
        area=area_code(numbers) if country == "GB" else "",
    )


def _else_named(found: Columns, body: Grid, given: set[str]) -> tuple[int, ...]:
    """The columns of organisations' names that have some where the column of names has none."""
    named = found.at.get("Employer", found.at.get("Parent employer", -1))
    unnamed = tuple(row for row in body if named >= 0 and not "".join(row[named : named + 1]).strip())
    others = (
        (at, text) for at, text in enumerate(found.header)
        if text.strip() and at not in found.read and text not in found.doubtful
        and heading_key(text) not in given and not is_about_else(text)
    )  # fmt: skip
    return tuple(
        at
        for at, text in others
        if len(values_of(unnamed, at)) >= FEWEST and names_held(text, values_of(body, at)) == "Employer"
    )


def _is_data(above: Grid, found: Columns) -> bool:
    """True when a row says "Charity" in one column because its organisation is one: the row above is as wide
    as it is, and a row of headings would say more. above: the rows down to it.
    """
    widths = [sum(bool(cell.strip()) for cell in row) for row in above]
    understood = len(found.at)
    few = understood < 3 and not 1 < understood == widths[-1]
    return few and max(widths[:-1], default=0) >= max(widths[-1], 2)


def _has_all(row: Row, given: Mapping[str, str]) -> bool:
    return _keys(given) <= _keys(row)


def _keys(headings: Iterable[str]) -> set[str]:
    return {heading_key(heading) for heading in headings}


def _named(found: Columns) -> bool:
    return "Employer" in found.at or bool(PERSON_NAMES & set(found.at))


def _second_look(found: Columns, body: Grid) -> dict[str, str]:
    """What the list's other headings say of its names, as a caller would say it; {} where nothing does.

    "Name" beside "Organisation" is who works there. Where no heading is known to be a name's, the first that
    ends in "name" is: "Outlet name"; so is "Setting name" beside "Registered provider", whose it is, or else
    one that holds names ("Provider / Home").
    """
    at = found.at.get("Employer")
    owner = found.header[at] if at is not None and _is_an_owners(found.header[at]) else ""
    named = (_ending_in_name(found.header, _NOT_A_FIRMS) or _with_names(found, body)) if owner else ""
    if named and words(owner)[-1:] != ["name"]:
        return {named: "employer", owner: "parent employer"}
    firms = [heading for heading in found.doubtful if heading_key(heading) in FIRMS]
    if at is not None and firms and heading_key(found.header[at]) == "name":
        return {firms[0]: "employer", found.header[at]: "contact name"}
    if _named(found):
        return {}
    named = _ending_in_name(found.header, _USERS)
    return {named: "employer"} if named else {}


def _is_an_owners(text: str) -> bool:
    """True for "Registered provider"; not for "Business / Group", which is whoever is listed."""
    return all(_OWNERS & {*words(part)} for part in text.split("/"))


def _with_names(found: Columns, body: Grid) -> str:
    """The first heading that is not read, of a column of organisations' names; "" if there is none."""
    unread = ((at, text) for at, text in enumerate(found.header) if text.strip() and at not in found.read)
    return next((text for at, text in unread if names_held(text, values_of(body, at)) == "Employer"), "")


def _ending_in_name(header: Row, others: frozenset[str]) -> str:
    """The first heading that ends in "name", if it has none of these words; "" if there is none."""
    named = (text for text in header if words(text)[-1:] == ["name"])
    return next((text for text in named if others.isdisjoint(words(text))), "")


def _with_guesses(
    rows: Grid, found: Columns, schema: Schema, said: Mapping[str, str], context: Context, people: bool
) -> Columns:
    """The list with what the rest of its headings and its values make likely, told as such."""
    index = index_headings(_spec(schema, ORGANISATIONS))
    header, given = found.header, _keys(said)
    below = rows[found.header_row :][:_SAMPLE]
    site = found.at.get("Site")
    if site is not None and "Address" not in found.at and heading_key(header[site]) not in given:
        said = {header[site]: "address", **said} if are_addresses(below, site) else said  # "Premises"
        found = _read_as(rows, found.header_row, schema, said, context, people)
    free = [
        at for at, text in enumerate(header)
        if text.strip() and at not in found.read and heading_key(text) not in given
    ]  # fmt: skip
    guesses = guess(header, below, free, [*found.at], index.choices)
    if not (found.at or guesses.sure):
        return found
    likely = {header[at]: meant.lower() for at, meant in guesses.sure.items()}
    if likely:
        found = _read_as(rows, found.header_row, schema, {**likely, **said}, context, people)
    left = [at for at in free if at not in found.read]
    ways = {heading: at for heading, at in reached_by(header, below, left).items() if heading not in found.at}
    asked = {
        header[at]: (meant,)
        for at, meant in guesses.doubtful.items()
        if at in left and at not in ways.values()
    }
    return replace(
        found,
        at={**ways, **found.at},
        doubtful={**found.doubtful, **asked},
        guessed=frozenset({*guesses.sure, *ways.values()}),
        title=next((at for at in left if are_titles(values_of(below, at))), -1),
    )


def _read_as(
    rows: Grid, number: int, schema: Schema, given: Mapping[str, str], context: Context, people: bool
) -> Columns:
    firms = _match(rows, number, schema, ORGANISATIONS, given, context)
    persons = _match(rows, number, schema, PEOPLE, given, context)
    at = firms.at.get("Employer")
    only_a_name = at is not None and heading_key(firms.header[at]) in BARE and "Employer" not in _said(given)
    has_names = bool({"First name", "Last name"} & set(persons.at))
    alone = people and "Contact name" not in firms.at  # else the name is a firm's, and they work there
    if at is None or (only_a_name and "Employer" not in persons.at and (has_names or alone)):
        return persons
    return firms


def _match(
    rows: Grid, number: int, schema: Schema, kind: str, given: Mapping[str, str], context: Context
) -> Columns:
    index = index_headings(_spec(schema, kind))
    header, body = rows[number - 1], rows[number:]
    confirmed = {}
    for heading, word in given.items():
        at = next(at for at, text in enumerate(header) if heading_key(text) == heading_key(heading))
        confirmed[header[at]] = _meant(word, index, kind)
    said = _keys(confirmed)
    plain = tuple(
        text if heading_key(text) in said else plain_heading(text, index.choices) for text in header
    )
    match = match_headings(
        plain, index, confirmed=confirmed, body=body[:_SAMPLE],
        fits=lambda column, values: looks_like(column, values, context),
    )  # fmt: skip
    read = {heading: place for heading, place in match.columns.items() if heading in COMPARED}
    unread = {*match.unknown, *match.twice} if "Address" in read else set()
    lines = [plain_heading(text, lambda said: ("Address",) * is_address_part(said)) for text in header]
    parts = address_parts(lines, unread)
    return Columns(kind, number, header, read, parts, _doubtful(header, match))


def _spec(schema: Schema, kind: str) -> TabSpec:
    """The tab's columns; a list of people has an employer's columns too, for it gives addresses itself."""
    spec = schema.tabs[kind]
    others = schema.tabs[ORGANISATIONS].columns if kind == PEOPLE else ()
    more = tuple(
        column for column in others if column.heading in COMPARED and not spec.column(column.heading)
    )
    return replace(spec, columns=tuple(map(_spelled, (*spec.columns, *more))))


def _spelled(column: Column) -> Column:
    return replace(column, aliases=(*column.aliases, *_spellings().get(column.heading, ())))


@cache
def _spellings() -> dict[str, list[str]]:
    """Schema heading → how other people's lists call it (spellings.toml)."""
    return tomllib.loads((files("engage.dedupe") / "spellings.toml").read_text(encoding="utf-8"))


def _doubtful(header: Row, match: HeadingMatch) -> dict[str, tuple[str, ...]]:
    may_be = {
        header[at]: tuple(one for one in some if one in COMPARED) for at, some in match.doubtful.items()
    }
    return {heading: choices for heading, choices in may_be.items() if choices}


def _said(given: Mapping[str, str]) -> set[str]:
    named = {"employer", "organisation", "organization", "company", "firm"}
    return {"Employer"} if named & {heading_key(word) for word in given.values()} else set()


def _meant(word: str, index: HeadingIndex, kind: str) -> str:
    """The schema heading that a person means by a word; "" to leave a column alone. Raises UsageError."""
    key = heading_key(word)
    if key == LEAVE:
        return ""
    if key == "name":
        return "Employer" if kind == ORGANISATIONS else "Contact name"
    choices = [heading for heading in index.choices(word) if heading in COMPARED]
    if choices:
        return choices[0]
    known = ", ".join(("name", *(h.lower() for h in COMPARED[1:]), LEAVE))
    raise UsageError(f"“{word}” is nothing that a column can hold here", fix=f"say one of: {known}")

"""What only the whole row tells: names in several cells, an objection in the notes, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.register.company_number import legal_form_hint
from engage.register.due import read_due
from engage.register.formulas import read_formula
from engage.register.lists import Choices
from engage.register.names import TITLES, is_care_of, is_role, read_people, tidy_name_part
from engage.register.objection import HELD, objects
from engage.register.reading import Doubt
from engage.register.text import is_blank, join_several, squash
from engage.register.values import Context
from engage.schema import TabSpec

Typed = Mapping[str, str]
Clean = dict[str, str]
Found = tuple[str, Doubt]
"""The heading a doubt is about (as in Record.typed), and the doubt."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """The rules of one tab, ready for its rows.

    names: whether its rows may name a person in parts. remarks: the headings where people write freely.
    legal_forms: the wording that Legal form allows; required: headings that no row should be without.
    shown: schema heading → how the sheet spells it. objections: whether it has Do not contact.
    """

    names: bool
    remarks: tuple[str, ...]
    required: tuple[str, ...]
    legal_forms: Choices | None
    due_dates: bool
    contact_kind: bool
    blanks: frozenset[str]
    shown: Mapping[str, str]
    objections: bool

    def named(self, heading: str) -> str:
        """A column as its sheet heads it."""
        return squash(self.shown.get(heading, heading))


def rules_for(
    spec: TabSpec, context: Context, unread: Sequence[str], shown: Mapping[str, str] = {}
) -> RowRules:
    """The rules of a tab. unread: the names in Record.typed of columns that are kept and not read.

    shown: schema heading → the sheet's own.
    """
    headings = {column.heading: column for column in spec.columns}
    about_people = "Do not contact" in headings or "Employer" in headings
    remarks = [
        h for h, c in headings.items() if c.type in {"text", "long-text"} and not c.list_name and not c.values
    ]
    form = headings.get("Legal form")
    allowed = (form.values or context.lists.get(form.list_name, ())) if form else ()
    return RowRules(
        names=bool({"Contact name", "Last name"} & set(headings)),
        remarks=(*remarks, *unread) if about_people else (),
        required=tuple(c.heading for c in spec.columns if c.required),
        legal_forms=Choices.of(allowed) if form else None,
        due_dates={"Start date", "Due date"} <= set(headings),
        contact_kind="Contact kind" in headings,
        blanks=context.blanks,
        shown=shown,
        objections="Do not contact" in headings,
    )


def understand_row(rules: RowRules, typed: Typed, clean: Clean) -> Iterator[Found]:
    """Complete `clean` by what the row says as a whole; yields what people should look at."""
    if rules.names:
        _understand_names(rules, typed, clean)
    if rules.legal_forms is not None and not clean.get("Legal form"):
        hint = legal_form_hint(typed.get("Company number", ""))
        clean["Legal form"] = (
            (rules.legal_forms.find(hint) or ("" if rules.legal_forms.values else hint)) if hint else ""
        )
    if rules.due_dates:
        _understand_due(typed, clean)
    if objection := next((h for h in rules.remarks if typed.get(h) and objects(typed[h])), ""):
        yield from _hold(rules, objection, typed, clean)
    for heading in rules.required:
        if not clean.get(heading) and is_blank(typed.get(heading, ""), rules.blanks):
            named = rules.named(heading)
            remedy = f"Fill in {named}, or delete the row if it is not needed."
            yield heading, Doubt("missing", f"{named} is empty; without it the row says little.", remedy)


def _hold(rules: RowRules, heading: str, typed: Typed, clean: Clean) -> Iterator[Found]:
    """All contact is held at once; the agency is asked to write it in the column made for it."""
    if clean.get("Do not contact") != HELD:
        clean["Do not contact"] = HELD
        named, column = rules.named(heading), rules.named("Do not contact")
        what = f"{named} reads like an objection to being contacted, so all contact is held."
        otherwise = f"If it is none, or is about news alone, reword {named}."
        if not rules.objections:
            yield heading, Doubt("objection", what, f"Leave as it is keeps it so. {otherwise}")
        elif "Do not contact" in typed:
            yield "Do not contact", Doubt("objection", what, f"Choose All under {column}. {otherwise}", HELD)
        else:
            remedy = f'Confirm it with All in a column headed "{column}". {otherwise}'
            yield heading, Doubt("objection", what, remedy)


def _understand_names(rules: RowRules, typed: Typed, clean: Clean) -> None:
    """Contact name from its parts or the parts from it; a post ("The Manager") is no person."""
    title = clean.get("Title", "")
    clean["Title"] = TITLES.get(title.casefold().strip(" ."), title)
    parts = [tidy_name_part(clean.get(heading, "")) for heading in ("First name", "Last name")]
    clean["First name"], clean["Last name"] = parts
    contact = typed.get("Contact name", "")
    if is_blank(contact, rules.blanks) or read_formula(contact):
        contact = " ".join(filter(None, parts))
        whole = is_role(contact) and " " in contact
        clean["Contact name"] = "" if whole else contact
        if whole:
            _take_for_role(rules, contact, clean)
        return
    people = read_people(contact)
    clean["Contact name"] = join_several([person.full for person in people])
    if not people:
        _take_for_role(rules, contact, clean)
    elif len(people) == 1 and not any(parts):
        clean["Title"] = clean["Title"] or people[0].title
        clean["First name"], clean["Last name"] = people[0].first, people[0].last


def _take_for_role(rules: RowRules, contact: str, clean: Clean) -> None:
    clean["First name"] = clean["Last name"] = ""
    if is_care_of(contact):
        if rules.contact_kind and not clean.get("Contact kind"):
            clean["Contact kind"] = "Agent"
    elif is_role(contact) and not clean.get("Job title"):
        clean["Job title"] = squash(contact)


def _understand_due(typed: Typed, clean: Clean) -> None:
    """What a due date in words says besides its day: a start, that it goes on, that it is done."""
    due = read_due(typed.get("Due date", ""))
    period = due.start and due.start[:7] != due.due[:7]
    if period and not clean.get("Start date"):
        clean["Start date"] = due.start
    clean["Ongoing"] = "Yes" if due.ongoing else ""
    if due.done and not clean.get("Status"):
        clean["Status"] = "Done"

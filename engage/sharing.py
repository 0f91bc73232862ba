"""The one policy: who may see which record where. Pure; applied before linking and before anything is shown.

An audience is a set of readers: HUB (everyone who can open the hub), or one agency by its name. What an
agency has not agreed to share is taken out here, once, so that no later stage has to think of it: what is
not in an audience's records cannot be in its lists, questions, clashes, messages or commands.
The table of every audience and case is docs/reference/sharing.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .model import Finding, Record
from .register.text import split_several
from .schema import Schema
from .wording import counted

HUB = "hub"
PUBLIC = frozenset({"", "no", "public"})
ALONE = frozenset({"yes", "sensitive", "true", "y"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one agency has agreed to. details: "Yes", "Employer only" or "No"; blank counts as No."""

    agency: str
    lawful_basis: bool
    signed: bool
    details: str

    @property
    def shares(self) -> bool:
        """Whether anything at all of this agency may be shown to others."""
        return self.lawful_basis and self.signed and self.details in {"Yes", "Employer only"}

    @property
    def shares_people(self) -> bool:
        """Whether the people it knows may be shown to others."""
        return self.shares and self.details == "Yes"


def agreements(
    agencies: Iterable[Record], spelled: Mapping[str, str], withdrawn: Collection[str] = ()
) -> dict[str, Agreement]:
    """Agency's name → its agreement, from the rows of the Agencies tab.

    spelled: spelling of an agency, case-folded → its name. An agency that is not there, or has two rows that
    disagree, shares nothing. withdrawn: those of which engage.toml says that nothing is to be shown.
    """
    found: dict[str, Agreement] = {}
    for row in agencies:
        name = spelled.get(row["Agency"].casefold(), row["Agency"])
        basis, signed = bool(row["Lawful basis"]), _is_signed(row["Sharing agreement signed"])
        mine = Agreement(name, basis, signed, row["Share contact details with partners"])
        found[name] = mine if found.get(name, mine) == mine else Agreement(name, False, False, "No")
    return {name: one for name, one in found.items() if name not in withdrawn}


def kept_to_themselves(
    records: Iterable[Record], agencies: Iterable[str], agreed: Mapping[str, Agreement]
) -> Iterator[str]:
    """A sentence for each of these agencies whose rows nobody else is shown, with what is missing; and one
    for rows in agencies' workbooks that are no agency's.
    """
    rows = Counter(record.agency for record in records if record.place.workbook != HUB)
    for name in sorted(agencies):
        mine = agreed.get(name)
        if rows[name] and (mine is None or not mine.shares):
            count = counted(rows[name], "row")
            yield f"{name}: {count} shown to nobody else, because {_missing(mine)} in the hub's Agencies tab"
    if rows[""]:
        count = counted(rows[""], "row")
        yield f"{count} shown to nobody, because nothing under Agency says whose they are"


def _missing(agreement: Agreement | None) -> str:
    if agreement is None:
        return "no row names it"
    if not agreement.lawful_basis:
        return "nothing stands under Lawful basis"
    if not agreement.signed:
        return "no day stands under Sharing agreement signed"
    return "Share contact details with partners does not say Yes or Employer only"


def visible(
    records: Sequence[Record], audience: str, agreed: Mapping[str, Agreement], schema: Schema
) -> tuple[Record, ...]:
    """The records that this audience may see, with the cells that it may not see made blank.

    The tabs that only the hub has (Agencies, Targets, …) are everybody's, and so are the hub's records of no
    agency; one in an agency's own workbook is shown to nobody until somebody says whose it is.
    """
    seen = (_seen(record, audience, agreed, schema) for record in records)
    return tuple(record for record in seen if record is not None)


def sensitive_in_the_open(records: Iterable[Record]) -> tuple[Finding, ...]:
    """A finding for each sensitive row of the hub itself: everyone who can open the hub reads it there."""
    return tuple(
        Finding(
            kind="sensitive-in-shared-workbook",
            place=replace(record.place, column="Sensitive"),
            wrong="This row is marked sensitive, but everyone who can open this workbook can read it. "
            "Move it to your own workbook.",
            found=record["Sensitive"],
            record_id=record.record_id,
            agency=record.agency,
        )
        for record in records
        if record.place.workbook == HUB and record["Sensitive"].casefold() not in PUBLIC
    )


def _is_signed(cell: str) -> bool:
    return bool(cell) and cell.casefold() not in {"no", "n", "false", "not yet", "pending"}


def _seen(record: Record, audience: str, agreed: Mapping[str, Agreement], schema: Schema) -> Record | None:
    if record.agency == audience or schema.tabs[record.tab].where == HUB:
        return record
    if not record.agency:
        return record if record.place.workbook == HUB else None
    theirs = agreed.get(record.agency)
    if theirs is None or not theirs.shares or not _may_see_sensitive(record, audience):
        return None
    if theirs.shares_people:
        return record
    return None if record.tab == "Contacts" else _without_people(record, schema)


def _may_see_sensitive(record: Record, audience: str) -> bool:
    """A sensitive row is for its agency and those that its cell names, until the cell says it is public."""
    cell = record["Sensitive"].casefold()
    if cell in PUBLIC:
        return True
    named = set(split_several(cell))
    return cell not in ALONE and audience.casefold() in named


def _without_people(record: Record, schema: Schema) -> Record:
    """The record with every personal column blank, and every free text that could name a person."""
    spec = schema.tabs[record.tab]
    open_columns = {
        column.heading for column in spec.columns if not column.personal and column.type != "long-text"
    }
    return replace(
        record,
        typed={heading: text for heading, text in record.typed.items() if heading in open_columns},
        clean={heading: text for heading, text in record.clean.items() if heading in open_columns},
    )

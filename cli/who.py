"""engage who: which agencies know an employer, the people there, and who spoke to them last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import agency_option, echo_json, look_at
from .layout import bullet, day_words, field
from .options import config_option, json_option

if TYPE_CHECKING:
    from engage.built.who import EmployerKnown, PersonKnown

IN_FULL = 3


@click.command("who")
@click.argument("name")
@agency_option
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, name: str, agency: str, config_path: Path, as_json: bool) -> None:
    """Show who knows the employer called NAME.

    NAME may be a part of the name, another spelling, a postcode, a company number or an EMP- number. Of more
    than three that fit, a line each is shown. Ends with 1 if nobody knows such an employer.
    """
    from engage.built.who import who_knows  # noqa: PLC0415

    partnership, _, facts = look_at(config_path, agency)
    found = who_knows(facts, name, country=partnership.config.country)
    if as_json:
        echo_json({"asked": name, "employers": [one.document() for one in found]})
    elif len(found) > IN_FULL:
        click.echo(f"{len(found)} employers fit. Ask again with the number of one of them.\n")
        click.echo("\n".join(line for one in found for line in bullet(f"{one.employer_id}  {_short(one)}")))
    else:
        click.echo("\n\n".join("\n".join(describe(one)) for one in found) or f"Nobody knows “{name}” yet.")
    ctx.exit(0 if found else 1)


def _short(one: EmployerKnown) -> str:
    place = f", {one.cells['Sites']}" if one.cells.get("Sites") else ""
    return f"{one.employer}{place}: known to {one.agencies}"


def describe(one: EmployerKnown) -> Iterator[str]:
    """One employer in lines of at most 79 characters."""
    yield f"{one.employer}  ({one.employer_id})"
    yield from field("Known to", one.agencies)
    last = f"{day_words(one.last_contact)} by {one.last_contact_by}" if one.last_contact else "nobody yet"
    yield from field("Last contact", last)
    yield from field("Next planned", day_words(one.next_planned))
    yield from field("Pledges", one.pledges)
    for heading, text in one.cells.items():
        yield from field(heading, day_words(text))
    for at, person in enumerate(one.people):
        yield from field("" if at else "People", _person_words(person))
    for at, talk in enumerate(one.talks):
        planned = " (planned)" if talk.status == "Planned" else ""
        who = ", ".join(part for part in (talk.agency, talk.staff) if part)
        yield from field(
            "" if at else "Talks", f"{day_words(talk.day)}: {talk.type or 'contact'}, {who}{planned}"
        )


def _person_words(person: PersonKnown) -> str:
    parts = [person.name, person.job_title, person.email, person.phone]
    words = ", ".join(part for part in parts if part)
    last = f"; last contact {day_words(person.last_contact)}" if person.last_contact else ""
    stop = f"; DO NOT CONTACT: {person.do_not_contact}" if person.do_not_contact else ""
    return f"{words} ({person.agencies}{last}{stop})"

"""Whom to speak to at an employer: only for a reader who asked, and only as the sharing policy lets them.

The people come from the facts of the reader's own audience, in which the policy has already left out what
that audience may not see.
"""

from __future__ import annotations

from engage.digest.plain import one_line
from engage.digest.readers import Reader
from engage.insight.facts import Facts
from engage.insight.reading import PlainRow, person_by_id, several
from engage.register.phone import national_phone
from engage.sharing import PUBLIC


def speak_to(facts: Facts, reader: Reader, row: PlainRow) -> str:
    """ "Speak to Jo Lund, HR manager, jo@acorn.example, 0161 496 0101."; "" where there is nothing to show.

    row: of Engagements. A sensitive row's people, and anybody who asked not to be contacted or has left, are
    never shown.
    """
    if not reader.contacts or row.get("Sensitive", "").casefold() not in PUBLIC:
        return ""
    person = person_by_id(facts).get(row.get("person_id", ""), {})
    if not person or person.get("Do not contact", "") == "All" or person.get("Still in post?", "") == "No":
        return ""
    name = " ".join(part for part in (person.get("First name", ""), person.get("Last name", "")) if part)
    phones = [national_phone(one) for head in ("Phone", "Mobile") for one in several(person.get(head, ""))]
    parts = [name, person.get("Job title", ""), *several(person.get("Email", "")), *phones]
    said = ", ".join(one_line(part, 80) for part in parts if part)
    return f"Speak to {said}." if said else ""

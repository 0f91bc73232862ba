"""A heading without what surrounds it: an export's words, the other half of "Enw / Name"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engage.register.headings import heading_key

from .wording import registers_number, words

# Words that exports put behind a heading ("phone_as_typed"), or before it ("RegAddress.PostCode").
_BEHIND = frozenset({"as", "typed", "raw", "original", "text", "value", "1"})
_BEFORE = frozenset(
    {"reg", "registered", "office", "address", "main", "primary", "business", "company", "organisation",
     "organization", "org", "employer", "charity", "contact", "correspondence", "work", "the", "client",
     "customer", "supplier", "vendor", "billing", "mailing"}
)  # fmt: skip
BARE = frozenset({"name", "who"})  # a firm's or a person's
FIRMS = frozenset({"organisation", "organization", "org"})


def plain_heading(text: str, known: Callable[[str], Sequence[str]]) -> str:
    """A heading without what an export put around it, if that makes it one we know; else as it is."""
    if known(text):
        return text
    number = registers_number(text)
    if number and known(number):
        return number
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 1:
        return _of_parts(parts, known) or text
    said = words(text)
    while said and said[-1] in _BEHIND:
        said = said[:-1]
    while said:
        if known(" ".join(said)) and said != ["number"]:  # "Supplier number" is nobody's telephone
            return " ".join(said)
        if said[0] not in _BEFORE:
            return text
        said = said[1:]
    return text


def _of_parts(parts: Sequence[str], known: Callable[[str], Sequence[str]]) -> str:
    """The part that a heading of several is known by, "" if none: "Enw / Name", "Business / Group"."""
    meant = {part: {*known(part)} for part in parts}
    bare = [part for part in parts if meant[part] and heading_key(part) in BARE | FIRMS | {"employer"}]
    if len(bare) == 1 and len(parts) == 2:
        return bare[0]
    whose = [part for part in parts if "Employer" in meant[part]]
    if whose and all(one and one <= {"Employer", "Parent employer"} for one in meant.values()):
        return whose[0]
    return parts[0] if len({*map(frozenset, meant.values())}) == 1 and meant[parts[0]] else ""

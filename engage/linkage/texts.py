"""Employers that rows outside the Employers tab name: one group an agency's typing, resolved as a whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from .at_odds import one_owner
from .mentions import Employer
from .normalise.organisations import read_name
from .normalise.text import same_text

_MARKED = re.compile(r"[(\[,@]|\s[-–—]\s")  # what comes before the name of a branch


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions that one agency typed alike. key: the first of them, which stands for all in questions.

    contacts: how many of them are rows of a Contacts tab.
    """

    key: str
    members: tuple[str, ...]
    mention: Employer
    contacts: int = 0


def group_texts(employers: Iterable[Employer]) -> list[Group]:
    """The mentions outside the Employers tabs, by agency, typing and (for contacts) email domain.

    Where the agency lists two namesakes, contacts of one phone, mailbox or name are their own group: each
    says which of the two it means. employers: all mentions, those of the Employers tabs too.
    """
    every = list(employers)
    places = _places_of_names(every)
    rows = Counter((row.agency, name) for row in every if row.listed for name in {row.text, row.name.key})
    found: dict[tuple[str, ...], list[Employer]] = defaultdict(list)
    for mention in (_placed(one, places) for one in every):
        if not mention.listed:
            namesakes = max(rows[mention.agency, mention.text], rows[mention.agency, mention.name.key]) > 1
            ways = sorted(mention.domains + (_ways(mention) if namesakes else ()))
            found[mention.agency, mention.text, *ways].append(mention)
    return sorted(
        (_group(sorted(same, key=lambda m: m.key)) for same in found.values()), key=lambda group: group.key
    )


def _ways(mention: Employer) -> tuple[str, ...]:
    return mention.phones + mention.mailboxes + mention.contacts


def _places_of_names(employers: Iterable[Employer]) -> dict[str, frozenset[str]]:
    """Name, as a text would be read → the words of the towns and sites where rows have it."""
    places: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in employers:
        if row.listed and (where := frozenset(f"{row.town} {row.site_name}".split())):
            for key in {row.name.key, read_name(row.typed).key}:
                places[key] |= where
    return places


def _placed(mention: Employer, places: Mapping[str, frozenset[str]]) -> Employer:
    """A text read as the rows of its name would be: "(Stevenport)" is a branch if one of them is there."""
    where = places.get(mention.name.key)
    if mention.listed or not where or not _MARKED.search(mention.typed):
        return mention
    name = read_name(mention.typed, "", " ".join(sorted(where)))
    return replace(mention, name=name) if name.branch else mention


def _group(same: Sequence[Employer]) -> Group:
    whole = replace(
        same[0],
        phones=_all(mention.phones for mention in same),
        mailboxes=_all(mention.mailboxes for mention in same),
        shared_mailboxes=_all(mention.shared_mailboxes for mention in same),
        contacts=_all(mention.contacts for mention in same),
        by_agent=any(mention.by_agent for mention in same),
        agent=next((mention.agent for mention in same if mention.agent), ""),
    )
    contacts = sum(mention.tab == "Contacts" for mention in same)
    return Group(same[0].key, tuple(mention.key for mention in same), whole, contacts)


def _all(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for found in values for value in found}))


def named_rows(listed: Iterable[Employer]) -> dict[tuple[str, str, str], set[str]]:
    """(agency, how, name) → rows of its Employers tab: how is "text" (as typed) or "key" (normalised)."""
    index: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in listed:
        index[row.agency, "text", row.text].add(row.key)
        for name in (row.name.key, *row.name.aliases):
            index[row.agency, "key", name].add(row.key)
    return index


def rows_meant(
    mention: Employer, index: Mapping[tuple[str, str, str], set[str]], listed: Mapping[str, Employer]
) -> set[str]:
    """The rows of the same agency's Employers tab that this name can mean, typed alike or read alike.

    Those that have its phone, a mailbox or its domain, typed alike first; a branch that it does not name has
    its brand's domain and says nothing. If none has, all of them: an agency that lists two namesakes does not
    mind their spelling elsewhere.
    """
    typed = index.get((mention.agency, "text", same_text(mention.typed)), set())
    read = index.get((mention.agency, "key", mention.name.key), set())
    fitting = {row for row in typed | read if _meets(mention, listed[row])}
    return fitting & typed or fitting or typed | read


def _meets(mention: Employer, row: Employer) -> bool:
    ways = {*mention.phones, *mention.mailboxes} & {*row.phones, *row.mailboxes}
    same_branch = mention.name.branch == row.name.branch
    return bool(ways) or (same_branch and bool(set(mention.domains) & set(row.domains)))


def enrich(listed: Mapping[str, Employer], groups: Sequence[Group]) -> dict[str, Employer]:
    """The rows with the domains, phones and mailboxes of the contacts that name exactly one of them."""
    index = named_rows(listed.values())
    richer = dict(listed)
    for group in groups:
        rows = rows_meant(group.mention, index, listed)
        alike = rows & index.get((group.mention.agency, "text", group.mention.text), set())
        rows = alike if len(alike) == 1 else rows  # a contact's row is copied from the employer's with care
        if len(rows) == 1:
            row = richer[next(iter(rows))]
            richer[row.key] = _richer(row, group.mention)
    for key, mailboxes, names in _entered_with_each(richer, groups):
        row = richer[key]
        richer[key] = replace(
            row, mailboxes=_all((row.mailboxes, mailboxes)), contacts=_all((row.contacts, names))
        )
    return richer


def _entered_with_each(
    listed: Mapping[str, Employer], groups: Iterable[Group]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """(row, mailboxes, names) of the people whom an agency entered once with each of its rows of one name.

    It lists an employer twice and one person of it twice: two of that name would have each its own people,
    though perhaps one agent. Rows that say themselves that they are two, or have other phones, are left
    alone: one person may be entered twice by mistake.
    """
    rows: dict[tuple[str, str], list[Employer]] = defaultdict(list)
    for row in listed.values():
        rows[row.agency, row.name.key].append(row)
    said: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        name = (group.mention.agency, group.mention.name.key)
        if group.contacts and not group.mention.by_agent and len(rows.get(name, ())) > 1:
            said[name].append(group)
    for name, theirs in said.items():
        twice = rows[name]
        if (
            sum(group.contacts for group in theirs) < len(twice)
            or not one_owner(twice)
            or _other_phones(twice)
        ):
            continue
        mailboxes, names = (_as_often(theirs, way, len(twice)) for way in ("mailboxes", "contacts"))
        if mailboxes or names:
            yield from ((row.key, mailboxes, names) for row in twice)


def _other_phones(rows: Iterable[Employer]) -> bool:
    """True when two rows have phones, and none in common."""
    lines = (set(row.phones) for row in rows if row.phones)
    return any(one.isdisjoint(other) for one, other in combinations(lines, 2))


def _as_often(groups: Iterable[Group], way: str, times: int) -> tuple[str, ...]:
    """The mailboxes, or the names, that stand in so many contacts' rows."""
    found: Counter[str] = Counter()
    for group in groups:
        found.update(dict.fromkeys(getattr(group.mention, way), group.contacts))
    return tuple(sorted(value for value, often in found.items() if often >= times))


def _richer(row: Employer, said: Employer) -> Employer:
    if said.by_agent:
        return row
    return replace(
        row,
        domains=tuple(dict.fromkeys((*row.domains, *said.domains))),
        phones=tuple(dict.fromkeys((*row.phones, *said.phones))),
        mailboxes=tuple(dict.fromkeys((*row.mailboxes, *said.mailboxes))),
        shared_mailboxes=tuple(dict.fromkeys((*row.shared_mailboxes, *said.shared_mailboxes))),
        contacts=tuple(dict.fromkeys((*row.contacts, *said.contacts))),
    )

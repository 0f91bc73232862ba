"""Organisations' names: the name itself, its legal form, other names, which branch it says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .core import core_words, key_of, name_parts
from .initials import acronyms, without_initials
from .packed import Packed
from .text import fold, squash, words
from .welsh import kind_in_front
from .words import organisation_words

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
# What a place that belongs to the name may follow: "Bank of Wigan", "The Bell at Hyde", "Royal London".
_LEADS_ON = frozenset(
    {"of", "in", "at", "for", "to", "by", "near", "royal", "greater", "new", "and", "the", "st"}
)
_LABELLED = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|(?<=\S)\s+[-–—]\s+[^-–—(\[]*$")
_TAIL = re.compile(r"\s+[-–—]\s+|\s*,\s*|\s+@\s+")


@dataclass(frozen=True, slots=True)
class OrganisationName(Packed):
    """A name taken apart. core: its words without legal form and noise; key: core written as one.

    aliases: keys of trading and bracketed names; former: keys of names it says it had; branch: place words
    that tell one outlet from another; legal: the legal form's words, "" if it names none; kind: of place, as
    written, where core has the one way of it that is compared.
    """

    typed: str
    core: tuple[str, ...]
    key: str
    legal: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    branch: frozenset[str] = frozenset()
    kind: str = ""
    acronyms: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        """True for what stands where nobody is named: "TBC", "see notes", "various employers"."""
        lists = organisation_words()
        said = frozenset(words(self.typed))
        return bool(said & lists.placeholders) and said <= lists.placeholders | lists.beside


@lru_cache(maxsize=65536)
def read_name(typed: str, trading_as: str = "", place: str = "") -> OrganisationName:
    """A name as typed, with what its row says it trades as, and the row's town and site (for its branch)."""
    base, others, former = _separate(_with_regions(_without_notes(typed)))
    base, others = without_initials(base, others)
    bases, branch = _split_branch(base, frozenset(words(place)))
    if not branch and not kind_in_front(words(bases)):
        bases, branch = _split_town(bases, frozenset(words(place)))
    traded = [name.strip() for name in trading_as.replace("/", ";").split(";")]
    here = [_split_town(name, frozenset(words(place)))[0] for name in traded]
    aliases: list[str] = [key_of(name) for name in (*traded, *here)]
    for other in others:
        what, value = _bracket(other, frozenset(words(place)))
        if what == "branch":
            branch |= value
        elif what == "alias":
            aliases += [key_of(other), key_of(_split_town(other, frozenset(words(place)))[0])]
    core, legal, kind = name_parts(bases)
    key = squash(core)
    return OrganisationName(
        typed=typed,
        core=core,
        key=key,
        legal=legal,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != key)),
        former=tuple(dict.fromkeys(name for name in map(key_of, former) if name and name != key)),
        branch=branch,
        kind=kind,
        acronyms=acronyms(bases),
    )


def at_place(name: OrganisationName, place: str) -> OrganisationName:
    """The name read again, now that it is known where its row is: a place at its end is its branch."""
    if name.branch or not set(words(name.typed)).intersection(words(place)):
        return name
    was, now = read_name(name.typed), read_name(name.typed, "", place)
    told = tuple(alias for alias in name.aliases if alias not in was.aliases)
    return replace(now, aliases=(*told, *now.aliases)) if now.branch else name


def _with_regions(typed: str) -> str:
    """ "Kestrel Roofing (North West) Ltd" without the brackets: a part of a country makes another firm."""
    if "(" not in typed and "[" not in typed:
        return typed
    regions = organisation_words().regions
    return _BRACKETS.sub(
        lambda found: f" {found.group(1)} " if {*words(found.group(1))} <= regions else found.group(), typed
    )


def _separate(typed: str) -> tuple[str, list[str], list[str]]:
    """The name itself, its other names, its former names: "X t/a Y", "X (Y)", "X (formerly Z)"."""
    lists = organisation_words()
    former: list[str] = []
    others = _BRACKETS.findall(typed)
    base, tail = _cut(_BRACKETS.sub(" ", typed), (*lists.trading_as, "t/a"))
    base, past = _cut(base, tuple(word for word in lists.formerly if word not in {"was", "ex"}))
    bracketed = (*lists.formerly, *lists.renamed)
    former += past
    kept: list[str] = []
    for other in [*others, *tail]:
        past = _cut("x " + other, bracketed)[1]
        former += past
        kept += [] if past else _cut("x " + other, (*lists.trading_as, "t/a"))[1] or [other]
    if not words(base) and kept:
        base = kept.pop(0)
    return base, kept, former


def _without_notes(typed: str) -> str:
    """A name without what a clerk noted behind it: "re inv 4471", "- BACS", "(FACTORED - PAY BIBBY)"."""
    return _LABELLED.sub(_no_label, _noted().sub("", typed))


@cache
def _noted() -> re.Pattern[str]:
    notes = "|".join(map(re.escape, organisation_words().notes))
    return re.compile(rf"(?<=\w)[\W_]+(?:{notes})\b.*$", re.IGNORECASE)


def _no_label(found: re.Match[str]) -> str:
    said = words(found.group())
    return " " if said and organisation_words().labels.issuperset(said) else found.group()


def _cut(text: str, marks: tuple[str, ...]) -> tuple[str, list[str]]:
    """The text before the first of these marks, and [what follows] if one stands there between words."""
    folded = fold(text)
    if len(folded) != len(text):  # accents decomposed: positions still agree with the folded text only
        text = folded
    for mark in marks:
        if mark not in folded:
            continue
        found = re.search(rf"(?<=\S)[\s,;:-]+{re.escape(mark)}[\s:]+(?=\S)", folded)
        if found:
            return text[: found.start()], [text[found.end() :]]
    return text, []


def _split_branch(name: str, place: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Take "- Denton" or ", Hyde" off the end if it is a place or the row's own town or site."""
    parts = [part for part in _TAIL.split(name) if words(part)]
    branch: frozenset[str] = frozenset()
    while len(parts) > 1 and (_is_department(parts[-1]) or _place_named(parts[-1], place)):
        branch |= _place_named(parts.pop(), place)
    return " ".join(parts), branch


def _split_town(name: str, place: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Take the town off "Delta Signs Wigan", if what is left may be a name ("Bank of Wigan" is whole)."""
    said = words(name)
    end = len(said)
    if said and said[-1] in organisation_words().places:
        end -= 1
    while end and said[end - 1] in place:
        end -= 1
    town, rest = said[end:], said[:end]
    if not town or len(core_words(" ".join(rest))[0]) < 2 or rest[-1] in _LEADS_ON:
        return name, frozenset()
    return " ".join(rest), frozenset(town)


def _is_department(text: str) -> bool:
    """True for "HR Dept", "Training team"; not for "Training", which may be another body's."""
    lists = organisation_words()
    said = {lists.written(word) for word in words(text)}
    return said <= lists.departments and not said.isdisjoint(lists.own_departments)


def _place_named(text: str, place: frozenset[str]) -> frozenset[str]:
    """Where "Hyde" is, and "Hyde shop", "Otley office", what it is called there; nothing of other texts."""
    lists = organisation_words()
    named = frozenset(words(text)) - lists.outlets
    return named if named - place <= lists.places else frozenset()


def _bracket(text: str, place: frozenset[str]) -> tuple[str, frozenset[str]]:
    """What a bracket says: ("branch", its words), ("alias", …), or ("", …) for a department or noise."""
    said, lists = frozenset(words(text)), organisation_words()
    if said <= lists.noise:
        return "", frozenset()
    if branch := _place_named(text, place):
        return "branch", branch
    return ("", frozenset()) if said & lists.departments else ("alias", said)

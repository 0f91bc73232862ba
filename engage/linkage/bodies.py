"""Names that differ by what makes another body: its group, the sons' firm, another legal form, a number."""

from __future__ import annotations

from .doubts import ANOTHER_BODY, FAMILY, LEGAL_FORMS
from .legal_names import legal_forms
from .marks import told_apart
from .normalise.organisations import OrganisationName
from .normalise.text import within_one_edit, words
from .normalise.words import organisation_words
from .short_forms import unknown_form


def body_doubt(one: OrganisationName, other: OrganisationName, level: str, cut_off: bool) -> str:
    """cut_off: the shorter name is the longer one without its end."""
    whole = level not in {"alias", "acronym"}
    doubt = told_apart(one, other, whole=whole) or _legal_doubt(one, other)
    if doubt or not whole:
        return doubt
    if one.key == other.key or unknown_form(one.core, other.core):
        return ""
    sons = _sons_between(one.key, other.key) and not cut_off
    if sons or (breaks_off_before_another(one, other) and not is_beside(one, other)):
        return FAMILY
    return _other_body(one.core, other.core, level, cut_off)


def _sons_between(one: str, other: str) -> bool:
    """True when one name is the other with "& Sons" put in, however its spaces fell: "Webb andS ons"."""
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    more = longer[at : at + len(longer) - len(shorter)]
    fits = longer[at + len(more) :] == shorter[at:]
    return fits and more.removeprefix("and") in organisation_words().family


def _other_body(one: tuple[str, ...], other: tuple[str, ...], level: str, cut_off: bool) -> str:
    lists, extra = organisation_words(), _extra(one, other)
    if _family(extra, one, other) and extra != {"son", "sons"} and not cut_off:
        return FAMILY
    # "Hyde Group" is what "Hyde Food Group Supplies" belongs to.
    ends = {bool(_bodies_meant(core[-1])) for core in (one, other)}
    group = level == "short form" and len(ends) > 1
    extra |= {body for word in extra for body in _bodies_meant(word)}
    body = group or (extra & lists.bodies and not (cut_off and not any(ends)))
    # A church's school is no church; a school with no word for it ("Holly Bank") is most often one cut off.
    school = {*one} & {*other} & _WORSHIP and extra & lists.institutions
    return ANOTHER_BODY if body or school or (extra & lists.structure and not cut_off) else ""


_WORSHIP = frozenset({"church", "chapel", "mosque", "temple"})


def _family(extra: set[str], *cores: tuple[str, ...]) -> set[str]:
    """The words of these that make a son's firm: not what a school or a carer calls its people."""
    family = extra & organisation_words().family
    whose = not {"care", "school", "living", "club", "academy"}.isdisjoint(
        word for core in cores for word in core
    )
    return family - {"junior", "senior"} if whose else family


def no_body(one: OrganisationName, other: OrganisationName) -> bool:
    """True when what two names differ by is in no way another body beside a firm: its group, its trust."""
    lists = organisation_words()
    return not _extra(one.core, other.core) & (lists.bodies | lists.family)


def ends_otherwise(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one name is two words or more of the other, which has a group's or a trust's word within but
    does not end so: "Penket Food" and "Penket Food Group Supplies". A third row may show that it was cut off.
    """
    shorter, longer = sorted((one.core, other.core), key=len)
    begun = len(shorter) > 1 and longer[: len(shorter)] == shorter
    within = not set(longer) & organisation_words().family
    return begun and within and not any(_bodies_meant(core[-1]) for core in (shorter, longer))


def _bodies_meant(word: str) -> set[str]:
    """The bodies that a word says, be it with a letter wrong or more: "groups"."""
    bodies = organisation_words().bodies
    return {body for body in bodies if word == body or (len(word) > 3 and within_one_edit(word, body))}


def is_beside(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one is a group's or a trust's name, and the other has a trade where it has that word, or
    breaks off before another: "Zarvek Tooling" and "Zarvek Holdings", "Naylor &" and "Naylor Group".
    """
    left, right = each_alone(one.core, other.core)
    if not (left | right) & organisation_words().bodies:
        return False
    return bool(left and right) or breaks_off_before_another(one, other)


def are_of_two_trades(one: OrganisationName, other: OrganisationName) -> bool:
    """True for "Zarvek Logistics" and "Zarvek Packaging": each has a trade where the other has another."""
    lists = organisation_words()
    trades = lists.common | lists.sectors.keys()
    alone = each_alone(one.core, other.core)
    sectors = [{number for word in words for number in lists.sectors.get(word, ())} for words in alone]
    return all(bool(words) and words <= trades for words in alone) and sectors[0].isdisjoint(sectors[1])


def each_alone(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The words that only one of two names has, of either; a word with one letter wrong is in both."""
    return _only_in(one, other), _only_in(other, one)


def breaks_off_before_another(one: OrganisationName, other: OrganisationName) -> bool:
    """True when one name breaks off where the other does not go on so: "Webb &" beside "Webb Electrical"."""
    said = [_without_the(words(name.typed)) for name in (one, other)]
    ends = ((a, b) for a, b in (said, said[::-1]) if len(a) > 1 and a[-1] == "and")
    return any("and" not in longer[len(broken) - 1 : len(broken)] for broken, longer in ends)


def _without_the(said: tuple[str, ...]) -> tuple[str, ...]:
    return said[1:] if said[:1] == ("the",) else said


def _legal_doubt(one: OrganisationName, other: OrganisationName) -> str:
    return LEGAL_FORMS if len(legal_forms(one, other)) == 2 else ""


def _extra(one: tuple[str, ...], other: tuple[str, ...]) -> set[str]:
    """The words that only one of two names has; a word with one letter wrong is in both."""
    return set.union(*each_alone(one, other))


def _only_in(one: tuple[str, ...], other: tuple[str, ...]) -> set[str]:
    left, right = set(one) - set(other), set(other) - set(one)
    return {word for word in left if not any(_one_word(word, theirs) for theirs in right)}


def _one_word(a: str, b: str) -> bool:
    """One letter wrong, or a space that strayed: "vehicle hire", "vehiclehire"; or two slips of one of the
    words that make another body: "sos" for "sons", "oHldings" and "Hodlings".
    """
    lists = organisation_words()
    if {a, b} <= lists.structure:
        return False
    if min(len(a), len(b)) > 3:
        if within_one_edit(a, b) or a in b or b in a:
            return True
        return any(within_one_edit(a, body) and within_one_edit(b, body) for body in lists.bodies)
    return min(len(a), len(b)) > 2 and within_one_edit(a, b) and not lists.family.isdisjoint((a, b))

"""Who else has the name of whoever is asked about, and which words of it are nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from engage.erased.naming import Name, mails_of, named_in, phones_of
from engage.linkage.normalise.people import other_forms, person_name, surname_rarity
from engage.linkage.normalise.text import words
from engage.model import Record, mention, record_of
from engage.night import Night
from engage.sharing import HUB

RARE_SURNAME = 0.0001  # share of people; above it a surname stands in our lists of known ones
PLACES = ("Employer", "Trading as", "Town", "Address", "Parent employer", "Site")


def is_same_name(one: Name, other: Name) -> bool:
    """Whether two names are written alike, capitals and accents apart."""
    mine, theirs = person_name("", *one), person_name("", *other)
    return bool(mine.first and mine.surname) and (mine.first, mine.surname) == (theirs.first, theirs.surname)


def is_like_name(one: Name, other: Name) -> bool:
    """Whether one may be the other's, shortened: "Z. Quillfeather", "Jo" for Joanna."""
    mine, theirs = person_name("", *one), person_name("", *other)
    if not mine.surname or mine.surname != theirs.surname or not (mine.first and theirs.first):
        return False
    short, long = sorted((mine.first, theirs.first), key=len)
    return long == short or (len(short) == 1 and long[0] == short) or short in other_forms(long)


def sort_namesakes(
    night: Night,
    records: Iterable[Record],
    names: tuple[Name, ...],
    mine: frozenset[str],
) -> tuple[frozenset[str], frozenset[str]]:
    """(record ids that may be theirs, those of the same name that are surely somebody else's).

    mine: the mentions that are theirs. A row that its agency keeps to itself was compared with nobody's, so
    that nothing tells whose it is but the name.
    """
    compared = night.worlds[HUB].linked.person_of if mine & {*night.worlds[HUB].linked.person_of} else {}
    asked = _asked(night, mine)
    firms = {night_employer(night, key) for key in mine} - {""}
    doubtful, besides = {record_of(key) for key in asked}, set[str]()
    for record in records:
        for key, name in _people(record):
            if key in mine or not any(is_like_name(name, known) for known in names):
                continue
            same = any(is_same_name(name, known) for known in names)
            if key not in compared or (not same and night_employer(night, key) in firms):
                doubtful.add(record.record_id)
            elif same:
                besides.add(record.record_id)
    own = {record_of(key) for key in mine}
    return frozenset(doubtful - own), frozenset(besides - doubtful - own)


def same_at_work(
    night: Night,
    records: Iterable[Record],
    clusters: Mapping[str, str],
    names: tuple[Name, ...],
    rows: Mapping[str, Record],
) -> frozenset[str]:
    """The mentions of the very name, at an employer of theirs, that nothing sets apart from the person.

    Set apart is whoever is asked about, whom somebody called different, or who has an address or a line of
    their own, here or in a row of that name that is merged with this one. clusters: mention → PER-….
    rows: the mentions that are theirs → their rows. What an answer about whoever stood in a row before holds
    in another cluster is found by this alone.
    """
    mine = frozenset(rows)
    named = {key: record for key, record in _named(records, names) if key not in mine}
    firms = {night_employer(night, key) for key in mine} - {""}
    theirs = {each for key, record in rows.items() for each in _reached_by(key, record)}
    apart = {clusters.get(key) for key in _asked(night, mine) | _called_different(night, mine)}
    apart |= {
        clusters.get(key)
        for key, record in named.items()
        if _reached_by(key, record) - theirs or night_employer(night, key) not in firms
    }
    return frozenset(key for key in named if clusters.get(key) not in apart)


def _reached_by(key: str, record: Record) -> set[str]:
    at = int(key.rpartition("#")[2] or 1)
    return {*mails_of(record, at), *phones_of(record, at)}


def _named(records: Iterable[Record], names: tuple[Name, ...]) -> Iterator[tuple[str, Record]]:
    for record in records:
        for key, name in _people(record):
            if any(is_same_name(name, other) for other in names):
                yield key, record


def _asked(night: Night, mine: frozenset[str]) -> set[str]:
    """Whoever is in a question with one of the mentions."""
    pairs = ({pair.a, pair.b} for world in night.worlds.values() for pair in world.linked.questions)
    return {key for pair in pairs if pair & mine for key in pair - mine}


def _called_different(night: Night, mine: frozenset[str]) -> set[str]:
    said = ({one.a, one.b} for one in night.book.decisions if one.verdict == "Different" and not one.undone)
    return {key for pair in said if pair & mine for key in pair - mine}


def night_employer(night: Night, key: str) -> str:
    """The merged employer of the row that a mention stands in, as whoever may see it knows it; "" if none."""
    first = mention(record_of(key))
    found = (world.linked.employer_of.get(first, "") for world in night.worlds.values())
    return next(filter(None, found), "")


def common_words(
    records: Iterable[Record], names: tuple[Name, ...], mine: frozenset[str]
) -> Callable[[str], bool]:
    """Whether a folded word means others too: said of them or of anything, or a name that many have."""
    texts = (text for record in records for text in _said(record, names, mine))
    said = frozenset(word for text in texts for word in words(text))

    def is_common(word: str) -> bool:
        return word in said or bool(other_forms(word)) or surname_rarity(word) > RARE_SURNAME

    return is_common


def _said(record: Record, names: tuple[Name, ...], mine: frozenset[str]) -> Iterator[str]:
    for text in record.typed.values():
        yield " ".join(word for word in text.split() if word.islower() and "@" not in word)
    yield from (record[heading] for heading in PLACES)
    for key, name in _people(record):
        if key not in mine and not any(is_like_name(name, known) for known in names):
            yield " ".join(name)


def _people(record: Record) -> Iterator[tuple[str, Name]]:
    yield from ((mention(record.record_id, at), name) for at, name in enumerate(named_in(record), 1))

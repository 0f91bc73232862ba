"""Questions to an agency: is this person the one who objects elsewhere, or said no to news there?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from engage.model import ON_NEWS, Finding, Objection, Record

from .objections import HEADING, LEVELS, NEWS, NO, marks_of

FOLLOWS = "objection-follows"


def ask_whether_they_object(
    records: Iterable[Record],
    memory: Mapping[str, Objection],
    together: Callable[[str, str], bool],
    may_be_told: Callable[[Objection, Record], bool],
) -> Iterator[Finding]:
    """A question for each row of Contacts whose person has the marks of somebody who objects elsewhere.

    together: whether two record ids are one person's already, so that there is nothing to ask. may_be_told:
    whether the row's agency may know of an objection. Of a No to news only a row that says Yes is asked.
    """
    in_force = {key: one for key, one in memory.items() if not one.lifted}
    by_mark: dict[str, set[str]] = defaultdict(set)
    for key, one in in_force.items():
        for mark in one.marks:
            by_mark[mark].add(key)
    for record in records if in_force else ():
        own = in_force.get(record.record_id)
        if record.tab != "Contacts" or (own and own.level != NEWS):
            continue
        alike = {key for mark in marks_of(record) for key in by_mark.get(mark, ())} - {record.record_id}
        apart = (in_force[key] for key in sorted(alike) if not together(key, record.record_id))
        found = [one for one in apart if _is_news_to(one, record) and may_be_told(one, record)]
        if found:
            yield _question(record, min(found, key=lambda one: (LEVELS.index(one.level), one.on)))


def _is_news_to(one: Objection, record: Record) -> bool:
    """Whether a row says less than an objection does, so that its agency is to be asked."""
    return one.level != NEWS or record[ON_NEWS].startswith("Yes")


def _question(record: Record, one: Objection) -> Finding:
    heading, suggestion = (ON_NEWS, NO) if one.level == NEWS else (HEADING, one.level)
    can_write = heading in record.typed
    return Finding(
        kind=FOLLOWS,
        place=replace(record.place, column=heading),
        wrong=f"{_ALIKE}{_NEWS if one.level == NEWS else _OBJECTED}{_ACCEPT if can_write else ''}{_LEAVE}",
        found=record.typed.get(heading, ""),
        suggestion=suggestion if can_write else "",
        record_id=record.record_id,
        agency=record.agency,
    )


_ALIKE = "Somebody with the same address, or the same name at the same employer, "
_OBJECTED = "has asked not to be contacted, so this person is held too. "
_NEWS = "has said no to news by e-mail, so this person is sent none either. "
_ACCEPT = "Accept suggestion if it is the same person. "
_LEAVE = "Choose Leave as it is if this is somebody else, who has not objected."

"""Every merge and split since last night, in the words of the Sync log: whose rows, and why.

An employer or site is called as a row on its line calls it, so that tab_sync_log.py can take the names off
again when one of those rows may not be seen any more. People are never named there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .built.rows_then import who_said
from .config import HUB
from .linkage.causes import Cause, joining, parting
from .linkage.mentions import COMPARED_AT_HOME, COMPARED_OF_EMPLOYER
from .model import Change, Record, record_of
from .night import Night
from .wording import in_a_row

KINDS = {"EMP": "employers", "SIT": "sites", "PER": "people"}
NAMES = frozenset({"Employer", "First name", "Last name", "Contact name"})
COMPARED = NAMES.union(COMPARED_OF_EMPLOYER, COMPARED_AT_HOME)
MOST_ROWS = 5  # of a cluster, told by their ids; the rest are counted
MOST_REASONS = 4
LONGEST = 60  # characters of a name; the Employer list has it whole

Keys = frozenset[str]


def change_lines(night: Night) -> Iterator[str]:
    """A line for each merge and split of what the hub's readers may see."""
    linked, past = night.worlds[HUB].linked, night.intake.pulled[HUB].state.membership
    tonight = linked.membership()
    for change in linked.changes:
        name = KINDS[change.id[:3]]
        teller = _Teller(night, name, getattr(tonight, name), getattr(past, name))
        yield teller.merge(change) if change.kind == "merge" else teller.split(change)


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows that came or left under an identifier. key: the one of them that is spoken of; other: its like in
    the cluster that stayed; why: in words."""

    id: str
    keys: Keys
    key: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of one kind of cluster. now, before: identifier → mention keys, tonight and last night."""

    night: Night
    name: str
    now: Mapping[str, Keys]
    before: Mapping[str, Keys]

    @property
    def records(self) -> Mapping[str, Record]:
        """What the hub's readers may see."""
        return self.night.facts[HUB].records

    @property
    def kind(self) -> str:
        """What decisions call it; "" for sites, on which nobody decides."""
        return {"employers": "employer", "people": "person"}.get(self.name, "")

    def merge(self, change: Change) -> str:
        """ "EMP-1 “…” now includes EMP-2 “…” (whose rows): which of them are one, and why"."""
        here = self.now[change.id]
        gone = [self._came(change.id, other) for other in change.others]
        told = in_a_row([f"{self._called(part.id, part.key)} ({self._rows(part)})" for part in gone])
        head = self._called(change.id, gone[0].other or min(here))
        return f"{head} now includes {told}: {'; '.join(part.why for part in gone)}"

    def split(self, change: Change) -> str:
        """ "EMP-1 “…” was split into EMP-1 and EMP-2 “…” (whose rows): why"."""
        old = self.before[change.id]
        stays, *leave = sorted(
            change.others, key=lambda one: (one != change.id, -len(self.now[one] & old), one)
        )
        gone = [self._left(stays, part, old) for part in leave]
        told = in_a_row(
            [stays, *(f"{self._called(part.id, part.key)} ({self._rows(part)})" for part in gone)]
        )
        why = dict.fromkeys(part.why for part in gone)
        return f"{self._called(change.id, gone[0].other)} was split into {told}: {'; '.join(why)}"

    def _came(self, into: str, gone: str) -> _Part:
        here = self.now[into]
        own, came = here & self.before.get(into, frozenset()), here & self.before[gone]
        linked, decisions = self.night.worlds[HUB].linked, self.night.book.decisions
        causes = joining(own, came, linked, decisions, self.kind)
        ends = [key for cause in causes for key in (cause.a, cause.b)]
        key, other = _among(came, ends), _among(own, ends)
        why = "; ".join(self._are_one(cause) for cause in causes) or self._alike(key, other)
        return _Part(gone, came, key, other, why)

    def _left(self, stays: str, part: str, old: Keys) -> _Part:
        linked, decisions = self.night.worlds[HUB].linked, self.night.book.decisions
        cause = parting(self.now[stays], self.now[part], linked, decisions, self.kind)
        ends = [cause.a, cause.b] if cause else []
        gone = self.now[part] & old
        key, other = _among(gone, ends), _among(self.now[stays] & old, ends)
        return _Part(part, gone, key, other, self._are_two(cause, old, key, other))

    # --- In words ----------------------------------------------------------------------------------------

    def _are_one(self, cause: Cause) -> str:
        ends = f"{self._row(cause.a)} and {self._row(cause.b)} are one"
        if cause.answer:
            return f"{ends}, as {who_said(cause.answer)}"
        return f"{ends}: {'; '.join(cause.reasons[:MOST_REASONS])} (merged automatically; Undo in Decisions)"

    def _alike(self, key: str, other: str) -> str:
        how = "are at one place" if self.name == "sites" else "are called the same"
        return f"{self._row(other)} and {self._row(key)} {how}"

    def _are_two(self, cause: Cause | None, old: Keys, key: str, other: str) -> str:
        """Why two parts are no longer one, as far as it can be known."""
        if cause and cause.answer:
            return who_said(cause.answer)
        ends = f"{self._row(other)} and {self._row(key)}"
        tonight = {one for keys in self.now.values() for one in keys}
        if cause:
            why = f"{ends} are not surely one: {'; '.join(cause.reasons[:MOST_REASONS])}"
        elif not old <= tonight:
            why = f"a row that held {ends} together is no longer there"
        elif self.name == "sites":
            why = f"{ends} are no longer at one place of one employer"
        else:
            why = f"nothing holds {ends} together any more"
        return "; ".join([why, *self._changed(old)])

    def _changed(self, keys: Keys) -> Iterator[str]:
        """ "today Harwick College changed Phone and Postcode in R-…" of rows that changed today."""
        today = self.night.now.date().isoformat()
        for record_id in sorted({record_of(key) for key in keys} & self.records.keys()):
            history = self.night.intake.histories.get(record_id)
            changed = sorted(h for h, day in history.changed.items() if day == today) if history else []
            if found := [heading for heading in changed if heading in COMPARED]:
                yield f"{self._owner(record_id)} changed {in_a_row(found)} of {record_id} today"

    def _rows(self, part: _Part) -> str:
        """ "Harwick College's R-…, R-…; Dale Council's R-…; 3 more": the row spoken of first."""
        ids = dict.fromkeys([record_of(part.key), *sorted(record_of(key) for key in part.keys)])
        owners: dict[str, list[str]] = defaultdict(list)
        for record_id in list(ids)[:MOST_ROWS]:
            owners[self._owner(record_id)].append(record_id)
        more = [f"{len(ids) - MOST_ROWS} more"] if len(ids) > MOST_ROWS else []
        return "; ".join([f"{owner}'s {', '.join(found)}" for owner, found in owners.items()] + more)

    def _row(self, key: str) -> str:
        record_id = record_of(key)
        return f"{self._owner(record_id)}'s {record_id}"

    def _owner(self, record_id: str) -> str:
        record = self.records.get(record_id)
        return record.agency if record and record.agency else "the hub"

    def _called(self, identifier: str, key: str) -> str:
        record = self.records.get(record_of(key))
        if record is None or self.name == "people" or not record["Employer"]:
            return identifier
        where = (record["Site"] or record["Town"]) if self.name == "sites" else ""
        name = f"{record['Employer']}, {where}" if where else record["Employer"]
        return f"{identifier} “{name.translate(_QUOTES)[:LONGEST]}”"


_QUOTES = str.maketrans({"“": "'", "”": "'"})


def _among(keys: Iterable[str], first: Iterable[str]) -> str:
    """The first of some keys that is among these, or the first of these."""
    return next((key for key in first if key in set(keys)), min(keys, default=""))

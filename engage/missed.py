"""What is said of slots that were missed, for everybody to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import zip_longest

from .slots import BEGUN, SYNC, Mark, Marks, Slot
from .wording import counted


def missed_words(slots: Collection[Slot], marks: Marks) -> Iterator[tuple[Slot, str]]:
    """Each slot and its sentence; of nights in a row the last has one for all, and the others "".

    marks: what became of them until now.
    """
    nights = sorted(slot for slot in slots if slot.job == SYNC)
    first = nights[:1]
    for night, after in zip_longest(nights, nights[1:]):
        if after is not None and after.due == night.until:
            yield night, ""
            continue
        yield night, _nights_words(first[0], night, marks.get(night.key))
        first = [after] if after else []
    for slot in sorted(slot for slot in slots if slot.job != SYNC):
        yield slot, _digest_words(slot, marks.get(slot.key))


def _nights_words(first: Slot, last: Slot, mark: Mark | None) -> str:
    count = (last.due - first.due) // timedelta(days=1) + 1
    when = f"the night of {last.due:%d/%m/%Y}"
    if count > 1:
        when = f"{count} nights, {first.due:%d/%m/%Y} to {last.due:%d/%m/%Y}"
    return f"No sync ran in {when} (due at {last.due:%H:%M}): {_why(mark)}."


def _digest_words(slot: Slot, mark: Mark | None) -> str:
    return (
        f"The {slot.job} digest of {slot.about}, due on {slot.due:%d/%m/%Y} at {slot.due:%H:%M}, "
        f"was missed: {_why(mark)}."
    )


def _why(mark: Mark | None) -> str:
    if mark is None:
        return "nothing was running, or this machine was off"
    if mark.status == BEGUN:
        return "it was begun and cut off; engage digest status says what went to whom"
    return f"tried {counted(mark.tries, 'time')}, at last: {mark.why}"

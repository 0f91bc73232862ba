"""What engage digest send says: a line a digest for people, one document for programs, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engage.digest.readers import NotSent
    from engage.editions import Posted
    from engage.mail.delivering import Delivery

WORDS = {
    "sent": "sent",
    "already": "sent before, left as it is",
    "held": "HELD, nobody knows whether it arrived: look before anything is repeated",
    "waits": "not sent yet, may be tried again",
    "refused": "REFUSED by the mail server",
    "misconfigured": "NOT SENT, and nothing else would be",
}

CODES = {"held": 1, "waits": 1, "refused": 1, "misconfigured": 2}


def in_words(posted: Sequence[Posted], refused: Sequence[NotSent]) -> Iterator[str]:
    """A line a digest, with its edition, then the rows that get none and why."""
    for one in posted:
        what = one.unsent if one.delivery is None else words_of(one.delivery)
        yield f"{one.reader.email}, {one.reader.edition}: {what}"
    for row in refused:
        yield f"{row.record_id} in Coordinators: none, {row.why}"
    if not posted and not refused:
        yield "Nobody is in the Coordinators tab yet."


def as_document(posted: Sequence[Posted], refused: Sequence[NotSent]) -> dict[str, object]:
    """The same for a program."""
    return {
        "digests": [
            {
                "to": one.reader.email,
                "edition": one.reader.edition,
                "status": "unsent" if one.delivery is None else one.delivery.status,
                "why": one.unsent if one.delivery is None else one.delivery.why,
                "fix": "" if one.delivery is None else one.delivery.fix,
                "path": "" if one.delivery is None else str(one.delivery.path or ""),
            }
            for one in posted
        ],
        "none": [{"record": row.record_id, "why": row.why} for row in refused],
    }


def words_of(done: Delivery) -> str:
    """What became of one message: the word, then why or where, then what to do."""
    more = done.path or done.why
    what = f"{WORDS[done.status]}: {more}" if more else WORDS[done.status]
    return f"{what}. What to do: {done.fix}" if done.fix else what


def exit_code(posted: Sequence[Posted]) -> int:
    """2 if the mail server does not let us in, 1 if any message has not gone out as it should, else 0."""
    return max((CODES.get(one.delivery.status, 0) for one in posted if one.delivery), default=0)


def json_text(document: object) -> str:
    """One JSON document."""
    import json  # noqa: PLC0415

    return json.dumps(document, ensure_ascii=False, indent=2)

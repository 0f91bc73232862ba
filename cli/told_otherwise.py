"""What a wrong merge reached, in words: the digests that told of it, the packs that counted it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .layout import bullet, field

if TYPE_CHECKING:
    from engage.built.decision_book import Entry
    from engage.corrections.affected import Affected
    from engage.corrections.as_told import FactsOf
    from engage.corrections.packs import Counted
    from engage.night import Night
    from engage.pipeline import Partnership
    from engage.report.revision import Change

MOST = 8


def reached_by(partnership: Partnership, night: Night, entry: Entry, right: FactsOf) -> Affected:
    """What a merge has reached that is about to be taken back. right: the facts without it."""
    from engage.corrections.affected import affected  # noqa: PLC0415
    from engage.corrections.splits import split_of  # noqa: PLC0415
    from engage.desk import desk_at  # noqa: PLC0415
    from engage.pipeline import sent_from  # noqa: PLC0415
    from engage.report.packs import all_packs  # noqa: PLC0415
    from engage.stores.in_packs import packs  # noqa: PLC0415

    split = split_of(entry, night.now.isoformat(timespec="minutes"))
    assert split is not None
    desk, sent = desk_at(partnership, night), sent_from(partnership)
    return affected(desk, split, night.facts, right, sent, all_packs(packs(partnership.config)))


def reached_lines(reached: Affected) -> Iterator[str]:
    """In words, for a terminal."""
    for change in reached.quarter[:MOST]:
        yield from field("This quarter", _arrow(change))
    if len(reached.quarter) > MOST:
        yield from field("", f"and {len(reached.quarter) - MOST} more figures")
    yield from field("Digests", _digests(reached))
    for span, count in _by_span(reached):
        yield from field("", f"{span}: {_readers(count)}")
    if reached.gone:
        yield from field("", f"{len(reached.gone)} who had one then get none any more: they are not told")
    yield from field("Packs", _packs(reached))
    for one in reached.packs:
        yield from _pack(one)


def what_follows(reached: Affected) -> Iterator[str]:
    """What happens next, and what somebody has to do, once the merge is taken back."""
    if reached.readers:
        many = len(reached.readers)
        whose = "The next digest" if many == 1 else f"The next digests of {many} readers"
        yield from bullet(f"{whose} will say so.")
    for one in reached.packs:
        yield from bullet(f"After the sync, issue {one.pack.title} again: {again(one)}")


def again(one: Counted) -> str:
    """The command that issues a pack again."""
    unit = one.span.unit
    label = one.span.label.partition(" (")[0].replace(" ", "-")
    audience = f' --agency "{one.pack.audience}"' if one.pack.audience else ""
    return f"engage report --{unit} {label}{audience} --again"


def reached_document(reached: Affected) -> dict[str, object]:
    """The same for a program."""
    return {
        "since": reached.split.since,
        "until": reached.split.until,
        "digests_sent": reached.sent,
        "digests": [
            {
                "to": one.reader.email,
                "edition": one.reader.edition,
                "period": one.span.label,
                "figures": [moved.words for moved in one.moved],
            }
            for one in reached.digests
        ],
        "no_longer_readers": list(reached.gone),
        "packs_issued": reached.issued,
        "packs": [
            {
                "page": str(one.pack.page),
                "version": one.pack.version,
                "figures": [change.words for change in one.changes],
                "tables": list(one.tables),
                "again": again(one),
            }
            for one in reached.packs
        ],
        "quarter": [f"{change.section}: {_arrow(change)}" for change in reached.quarter],
    }


def _digests(reached: Affected) -> str:
    from engage.wording import counted  # noqa: PLC0415

    if not reached.sent:
        return "none was sent since"
    if not reached.digests:
        return f"{counted(reached.sent, 'digest')} sent since; none says anything else without it"
    wrong, who = counted(len(reached.digests), "digest"), counted(len(reached.readers), "reader")
    return f"{wrong} of {reached.sent:,} sent since told {who} otherwise"


def _by_span(reached: Affected) -> Iterable[tuple[str, int]]:
    """The newest periods first."""
    spans = {one.span.label: one.span for one in reached.digests}
    counts = Counter(one.span.label for one in reached.digests)
    newest = sorted(spans.values(), key=lambda span: span.last, reverse=True)
    shown = [(span.words, counts[span.label]) for span in newest[:MOST]]
    rest = sum(counts[span.label] for span in newest[MOST:])
    return [*shown, ("earlier ones", rest)] if rest else shown


def _readers(count: int) -> str:
    from engage.wording import counted  # noqa: PLC0415

    return counted(count, "reader")


def _packs(reached: Affected) -> str:
    from engage.wording import counted  # noqa: PLC0415

    if not reached.issued:
        return "none was issued since"
    issued = counted(reached.issued, "pack")
    return (
        f"{len(reached.packs)} of {issued} issued since counted it"
        if reached.packs
        else (f"{issued} issued since; none says anything else without it")
    )


def _pack(one: Counted) -> Iterator[str]:
    from engage.wording import counted  # noqa: PLC0415

    whom = f", for {one.pack.audience}" if one.pack.audience else ""
    tables = f"; {counted(len(one.tables), 'table')} with other rows" if one.tables else ""
    figures = "; ".join(_arrow(change) for change in one.changes[:MOST])
    more = f"; {len(one.changes) - MOST} more" if len(one.changes) > MOST else ""
    head = f"{one.pack.title}{whom}, version {one.pack.version}"
    yield from field("", f"{head}: {figures or 'no figure'}{more}{tables}")


def _arrow(change: Change) -> str:
    before, now = ("not known" if one is None else f"{one:,}" for one in (change.before, change.now))
    return f"{change.label}: {before} → {now}"

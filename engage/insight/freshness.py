"""How fresh each agency's data are, and whose may be missing from a week."""

from __future__ import annotations

from collections.abc import Iterable

from engage.insight.facts import Facts, once
from engage.insight.weeks import Period, read_day, short_day
from engage.model import AgencyRead


@once
def missing_from(facts: Facts, week: Period) -> tuple[AgencyRead, ...]:
    """The reads that failed and whose last good one did not see the whole week."""
    return tuple(read for read in facts.reads if not read.ok and not _saw(read, week))


def _saw(read: AgencyRead, week: Period) -> bool:
    last = read_day(read.last_read)
    return last is not None and last > week.last


def read_words(read: AgencyRead) -> str:
    """One read in words: "read, newest change 20 Nov 2026", "could not be read; as of 12 Nov 2026: …"."""
    changed, last = read_day(read.last_changed), read_day(read.last_read)
    if read.ok:
        return f"read; newest change {short_day(changed)}" if changed else "read"
    as_of = f"shown as of {short_day(last)}" if last else "never read yet, so nothing of it is shown"
    return f"could not be read tonight; {as_of}" + (f": {read.problem.rstrip('.')}" if read.problem else "")


def without_words(reads: Iterable[AgencyRead]) -> str:
    """Whose figures may be missing: "may lack the latest of Business Link (last read 12 Nov 2026)"."""
    parts = []
    for read in reads:
        last = read_day(read.last_read)
        parts.append(
            f"{read.agency or read.workbook} ({f'last read {short_day(last)}' if last else 'never read'})"
        )
    return f"may lack the latest of {', '.join(sorted(set(parts)))}" if parts else ""

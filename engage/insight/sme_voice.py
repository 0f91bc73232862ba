"""SME voice: how much of the engagement is with small and medium-sized firms, beside their benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.insight.activity import done_within
from engage.insight.capability import Capability, CellsByHeading, Chart, Headline, Insight, Source, Table
from engage.insight.facts import Facts, once_of_rows
from engage.insight.group_members import sitting
from engage.insight.known import known_employers
from engage.insight.pledge_list import signed_within
from engage.insight.reading import fold, rows_of
from engage.insight.target_talks import SME_SHARE
from engage.insight.weeks import Period
from engage.insight.whole_firm import CLASSES, NOT_KNOWN, SME, size_classes
from engage.wording import counted

TAB = "SME voice"
ALL_SMES = "SMEs together"


@dataclass(frozen=True, slots=True)
class Voices:
    """Employers by class, as keys: in the register, spoken to, pledged, on a group; and engagements."""

    known: Sequence[str]
    spoken: Sequence[str]
    engagements: Sequence[str]
    pledged: Sequence[str]
    seated: Sequence[str]


def tell(facts: Facts, span: Period) -> Insight:
    """The share of SMEs in the period. Merged employers, each once; an unknown size is in no share."""
    voices = voices_in(facts, span)
    if not voices.known and not voices.engagements:
        return Insight()
    share, mark = share_of_smes(voices.spoken), benchmark(facts)
    unknown = voices.spoken.count(NOT_KNOWN)
    of = len(voices.spoken) - unknown
    note = f"of {counted(of, 'employer')} whose whole size is known; {unknown:,} not known"
    return Insight(
        sme_words(voices.spoken, mark),
        (
            Headline("SMEs among employers spoken to, %", share, note),
            Headline("Employers of unknown size spoken to", unknown, "Employees in all is blank or unclear"),
        ),
        (
            Table(
                TAB,
                tuple(_row(name, classes, voices, mark) for name, classes in _lines()),
                sources=(
                    Source("Engagements", len(voices.engagements), unknown, "size of the firm not known"),
                ),
                charts=(Chart("Employers spoken to, by size of the whole firm", "Size", ("Spoken to",)),),
            ),
        ),
    )


def _lines() -> list[tuple[str, frozenset[str]]]:
    return [(ALL_SMES, SME), *((name, frozenset({name})) for name in CLASSES)]


def voices_in(facts: Facts, span: Period) -> Voices:
    """The class of each employer, and of each engagement, that counts in the period."""
    classes = size_classes(facts)
    talks = [one for one in done_within(facts, span) if one.employer_key]
    signed = (one for one in signed_within(facts, span) if one.day and one.day <= facts.today)

    def of(keys: Iterable[str]) -> list[str]:
        return [classes.get(key, NOT_KNOWN) for key in keys]

    return Voices(
        known=of(known_employers(facts)),
        spoken=of({one.employer_key for one in talks}),
        engagements=of(one.employer_key for one in talks),
        pledged=of({one.employer_key for one in signed} - {""}),
        seated=of(sitting(facts)),
    )


def _row(name: str, classes: frozenset[str], voices: Voices, mark: float | None) -> CellsByHeading:
    counts = {
        heading: sum(one in classes for one in found)
        for heading, found in (
            ("Known to us", voices.known),
            ("Spoken to", voices.spoken),
            ("Engagements", voices.engagements),
            ("Pledged", voices.pledged),
            ("On a group", voices.seated),
        )
    }
    known = name != NOT_KNOWN
    shares = {
        "% of spoken to": _share(voices.spoken, classes) if known else None,
        "% of engagements": _share(voices.engagements, classes) if known else None,
        "Benchmark, %": mark if name == ALL_SMES else None,
    }
    return {"Size": name, **counts, **{key: "" if one is None else one for key, one in shares.items()}}


def _share(found: Sequence[str], classes: frozenset[str]) -> int | None:
    """A whole per cent, rounded down, of those whose size is known; None where that is nobody."""
    known = [one for one in found if one != NOT_KNOWN]
    return sum(one in classes for one in known) * 100 // len(known) if known else None


def share_of_smes(found: Sequence[str]) -> int | None:
    """How many in a hundred of those whose size is known are SMEs."""
    return _share(found, SME)


@once_of_rows
def benchmark(facts: Facts) -> float | None:
    """The share of SMEs in the business base, in per cent: the Benchmark of the target with this measure."""
    for row in rows_of(facts, "Targets"):
        if fold(row.get("Measure", "")) == SME_SHARE and (
            found := re.search(r"\d+(?:\.\d+)?", row.get("Benchmark", ""))
        ):
            number = float(found[0])
            return int(number) if number.is_integer() else number
    return None


def sme_words(spoken: Sequence[str], mark: float | None) -> str:
    """ "Of 61 employers spoken to whose whole size is known, 52 are SMEs: 85%, where SMEs are 90% of all
    businesses. Of 14 more nobody has said how many work there in all." """
    if not spoken:
        return ""
    unknown, smes, share = spoken.count(NOT_KNOWN), sum(one in SME for one in spoken), share_of_smes(spoken)
    if share is None:
        return (
            f"Of none of {counted(len(spoken), 'employer')} spoken to is it known how many work there in all."
        )
    beside = f", where SMEs are {mark:g}% of all businesses" if mark is not None else ""
    known = counted(len(spoken) - unknown, "employer")
    are = "1 is an SME" if smes == 1 else f"{smes:,} are SMEs"
    said = f"Of {known} spoken to whose whole size is known, {are}: {share}%{beside}."
    return said + (f" Of {unknown:,} more nobody has said how many work there in all." if unknown else "")


CAPABILITY = Capability(
    key="sme-voice",
    number=11,
    title="SME voice",
    clause="Lancashire: “concern that SME voice is insufficiently heard”; Stevenage: “SMEs make up "
    "roughly 90%”",
    tabs=(TAB,),
    tell=tell,
)

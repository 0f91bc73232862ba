"""The parts of RESULTS.md: what each table says, and the measuring of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log

from engage.linkage.settings import LinkSettings

from . import digests, figures, google, linkage, lists, nights, workbooks
from .apart import run_apart
from .peers import PEERS

SEED = 1
BANDS = (LinkSettings().automatic, LinkSettings().review)


def linkage_part(sizes: Sequence[int]) -> Iterator[str]:
    """Linkage on generated registers of growing size."""
    yield """
## Linkage as registers grow

Registers made by `benchmarks/linkage_register.py` (seeded, with the truth: five agencies and their mess,
groups, franchises, tenants, namesakes). Rows: of Employers, Contacts and Engagements together. Recall: the
share of true pairs merged with nobody asked; answered: the same if every question were answered rightly.
Impure: clusters that hold two employers or two people. Employers are linked here with the Contacts that name
them: whoever is given the Employers rows alone, as the peers and `engage dedupe` below, finds less.
"""
    yield from head(
        "Rows", "What|", "Precision", "Recall", "Answered", "Impure", "Asked", "of true pairs", "s", "MB"
    )
    seen: list[linkage.Line] = []
    for size in sizes:
        lines, peak = run_apart(linkage.measure, size, SEED, *BANDS)
        seen.append(lines[0])
        for line in lines:
            quality = (*_quality(line.scores), line.asked, line.asked_rightly)
            yield row(line.rows, line.what, *quality, f"{line.seconds:.1f}", peak)
    if len(seen) > 1:
        yield f"\n{growth(seen[-2], seen[-1])}"


def growth(small: linkage.Line, large: linkage.Line) -> str:
    """How time grows between two sizes, as a power of the number of rows."""
    times, rows = large.seconds / small.seconds, large.rows / small.rows
    power = log(times) / log(rows)
    return (
        f"From {small.rows} to {large.rows} rows ({rows:.1f} times as many) linkage takes {times:.1f} times"
        f" as long:\nit grows with the rows to the power of {power:.2f}."
    )


def list_part(sizes: Sequence[int], peers: Sequence[str] = tuple(PEERS)) -> Iterator[str]:
    """engage dedupe and these peers on lists of growing size, beside Splink's scoring alone."""
    yield """
## engage dedupe beside other ways to link a list

The Employers rows of a generated register as one .csv. engage dedupe: from the file to both results, without
a label; it reads the rows' contacts, addresses and trading names as well. The peers (`benchmarks/peers.py`)
get names, postcodes, numbers, phones and domains as Engage has read them, and ask nobody; dedupe is taught by
a hundred labels that are all right. Precision and recall of pairs; B³: F1 by row; wrong: pairs joined that
are not one; asked: pairs for a person, per 1,000 rows. Splink's scoring alone: the same fixed model on
columns that are made already, contacts and addresses among them, blocked as Splink's tutorial blocks, nothing
clustered, nothing written. Processor: seconds of it, helpers included. MB: the most that any one process
held; on more than 20,000 rows engage dedupe has a helper for each core besides.
"""
    yield from head(
        "Rows", "Who|", "Precision", "Recall", "F1", "B³", "Wrong", "Asked", "s", "processor, s", "MB"
    )
    found: dict[tuple[str, int], lists.Line] = {}
    for size in sizes:
        for name in (lists.ENGAGE, lists.SCORING, *peers):
            if size <= lists.MOST.get(name, size):
                line, peak = run_apart(lists.measure, name, size, SEED)
                found[name, size] = line
                yield row(*_list_line(line), peak)
    yield from _ratios(found, sizes)


def _list_line(line: lists.Line) -> tuple[object, ...]:
    times = (f"{line.seconds:.1f}", f"{line.work:.1f}")
    if line.missing:
        return (line.rows, line.name, *["not installed"] * 6, "", "")
    if line.quality is None:
        return (line.rows, line.name, *[""] * 6, *times)
    said = line.quality
    shares = (f"{share:.4f}" for share in (said.precision, said.recall, said.f1, said.bcubed))
    return (line.rows, line.name, *shares, said.wrong, f"{1000 * said.asked / line.rows:.1f}", *times)


def _ratios(found: Mapping[tuple[str, int], lists.Line], sizes: Sequence[int]) -> Iterator[str]:
    """How Engage stands to Splink's scoring alone, and how its time grows."""
    largest = sizes[-1]
    own, scoring = found[lists.ENGAGE, largest], found[lists.SCORING, largest]
    yield (
        f"\nOn {largest} rows engage dedupe takes {own.seconds / scoring.seconds:.1f} times as long"
        f" as Splink's scoring alone by the clock,"
        f"\nand {own.work / scoring.work:.1f} times as much of the processor."
    )
    if len(sizes) > 1:
        small = found[lists.ENGAGE, sizes[-2]]
        yield (
            f"From {small.rows} to {own.rows} rows ({own.rows / small.rows:.1f} times as many) it takes"
            f" {own.seconds / small.seconds:.1f} times as long,"
            f"\n{own.work / small.work:.1f} times as much of the processor."
        )


def night_part() -> Iterator[str]:
    """The demo, night by night."""
    found, peak = run_apart(nights.measure)
    yield f"""
## A night on the demo

{found.rows} rows in six workbooks, linked once, shown to the hub and to each agency; {peak} MB.
"""
    yield from head("What|", "s", "Cells written")
    for what, seconds, cells in found.steps:
        yield row(what, f"{seconds:.1f}", "" if cells is None else cells)


def figures_part(sizes: Sequence[int]) -> Iterator[str]:
    """Every figure of a register, told once."""
    yield """
## All figures in one pass

An invented register of twenty agencies, already linked, with rows in every staff tab: situations and offers,
needs, feedback, outcomes, page views, groups and seats, sectors by SIC code, 138 targets: each measure, whole
and of one agency. Gathering: making the rows and their golden records, which every night does before; to
compare with. Tabs: the built tabs of every capability, for three periods. Weeks: the tab Weeks and months.
All figures: Tabs, Dashboard, Weeks and Problems together. Report: a quarter's, with its page and its .xlsx.
Seconds of the processor, each step after the one before it, so that what they share is counted in the first.
"""
    steps = ("Gathering", "Tabs", "Dashboard", "Weeks", "Problems", "All figures", "Report")
    yield from head("Engagements", *(f"{step}, s" for step in steps), "MB")
    passes = []
    for size in sizes:
        found, peak = run_apart(figures.measure, size)
        passes.append(found)
        *told, report = (f"{seconds:.2f}" for _, seconds in found.steps)
        yield row(found.engagements, *told, f"{found.told:.2f}", report, peak)
    yield "\nOf the Tabs, by capability, in their order; the first has read the rows for all.\n"
    yield from head("Capability|", *(f"{found.engagements:,}, s" for found in passes))
    for each in zip(*(found.capabilities for found in passes), strict=True):
        yield row(each[0][0], *(f"{seconds:.2f}" for _, seconds in each))


def digest_part(rows: int, people: int) -> Iterator[str]:
    """A morning's digests."""
    found, peak = run_apart(digests.measure, rows, people, SEED)
    yield f"""
## A morning's digests

{found.messages:,} coordinators of 20 agencies, a quarter each asking about everything, their agency,
their sectors and their employers, told of an invented register of {found.rows:,} rows, already linked. The
facts are worked out once, what an agency is told once for each agency, the rest for each reader. Each message
goes to a mail server in a process of its own on this machine, over STARTTLS with a login; its two commits to
the ledger are on the disk before the next. Not counted: the pace of `per_minute`, and a quarter of a second a
message in which Engage listens whether the server has hung up. The middle page has {found.middle // 1000} KB,
the largest {found.largest // 1000}. {peak} MB.
"""
    yield from head("What|", "s by the clock", "s of the processor", "ms a message", "share")
    whole = sum(found.work.values())
    for step, seconds in found.seconds.items():
        work = found.work[step]
        each = f"{1000 * work / found.messages:.1f}" if step in digests.EACH else ""
        yield row(step, f"{seconds:.1f}", f"{work:.1f}", each, f"{work / whole:.0%}")
    each = 1000 * sum(found.work[step] for step in digests.EACH) / found.messages
    written = 1000 * sum(found.work[step] for step in digests.WRITTEN) / found.messages
    yield (
        f"\nOf the processor, a message takes {written:.1f} ms to be told, rendered and made,"
        f" {each:.1f} ms with its sending."
    )


def file_part(sizes: Sequence[int]) -> Iterator[str]:
    """Reading and patching .xlsx files."""
    yield """
## Reading and writing .xlsx

One tab of seven columns. Ids: one into every row; publish: a new built tab of as many rows. Both patch the
file: nothing else in it changes.
"""
    yield from head("Rows", "File, MB", "Read, s", "Ids, s", "Publish, s", "MB")
    for size in sizes:
        found, peak = run_apart(workbooks.measure, size)
        times = (f"{seconds:.2f}" for seconds in (found.megabytes, found.read, found.ids, found.publish))
        yield row(found.rows, *times, peak)


def google_part(partnerships: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Nights on Google Sheets. partnerships: (agencies, rows of a tab in each agency's spreadsheet)."""
    yield """
## Nights on Google Sheets

A hub and agencies' spreadsheets at a server on this machine that answers as Google does
(`tests/sheets_server/`), in the same process. Rows: of each of Employers, Contacts and Engagements in each
agency's spreadsheet, dealt out of one register, so that most employers are known to several. Rows of one name
are one: linking is measured above. On the busy day every agency adds 20 rows to each of the three tabs and
types over 30 cells there. At most: the requests of the spreadsheet that took most, one of its
reads being Drive's word on the bin. Busiest minute: the most requests of one user in one minute, reads or
writes (Google allows 60), by a clock that stands still but for waiting. Everyday: the requests that gspread's
`get_all_records` tab by tab take, and an update for every row that the night wrote in, in the same run.
"""
    yield from head(
        "Agencies", "Rows", "Night|", "Reads, at most", "Writes, at most", "Requests in all",
        "Busiest minute", "MB sent", "MB got", "s", "s waiting", "Everyday", "MB",
    )  # fmt: skip
    for agencies, rows in partnerships:
        found, peak = run_apart(google.measure, agencies, rows)
        for night in found:
            most = night.most_reads, night.most_writes, night.reads + night.writes, night.busiest
            wires = (f"{figure:.1f}" for figure in (night.sent, night.got, night.seconds, night.at_google))
            everyday = "" if night.everyday is None else night.everyday
            yield row(agencies, rows, night.what, *most, *wires, everyday, peak)


def head(*names: str) -> Iterator[str]:
    """The head of a table; a name that ends with | heads words, the others figures."""
    yield row(*(name.rstrip("|") for name in names))
    yield row(*("---" if name.endswith("|") else "---:" for name in names))


def row(*cells: object) -> str:
    """One line of a table; None (no memory on Windows) reads as ?."""
    return f"| {' | '.join('?' if cell is None else str(cell) for cell in cells)} |"


def _quality(scores: linkage.Scores) -> tuple[str, str, str, int]:
    return f"{scores.precision:.4f}", f"{scores.recall:.3f}", f"{scores.reached:.3f}", scores.impure

"""engage dedupe: any list of organisations or people, with no set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from .options import json_option

if TYPE_CHECKING:
    from engage.dedupe.clusters import Clustered
    from engage.dedupe.columns import Columns
    from engage.dedupe.listing import Listing
    from engage.dedupe.telling import Told
    from engage.model import Row

OLD_EXCEL, ZIPPED = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
SAVE_AS = "save it as .csv or .xlsx, then run again"
csv_file = click.Path(path_type=Path, dir_okay=False)


@click.command("dedupe")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "given",
    multiple=True,
    metavar="MEANING=HEADING",
    help="What a column holds, where its heading does not say it: name=Firm, postcode=PC1, ignore=Type.",
)
@click.option(
    "--country",
    default="",
    metavar="CODE",
    help="Whose phones and postcodes: GB, US … If not said, as the phone numbers look, else GB.",
)
@click.option(
    "--level",
    type=click.Choice(["organisation", "site"]),
    default="organisation",
    show_default=True,
    help="What a cluster_id stands for.",
)
@click.option("--people", is_flag=True, help="Tell the people in the rows apart too: adds person_id.")
@click.option("--out", type=csv_file, help="Write the rows with their cluster_id here, as CSV.")
@click.option("--review", type=csv_file, help="Write the pairs that a person should look at here, as CSV.")
@click.option("--sheet", default="", metavar="TITLE", help="The sheet of a workbook, if not the first list.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What compares the rows: DuckDB, or Apache Spark (pip install 'engage-register[spark]').",
)
@click.option(
    "--spark-master",
    default="local[*]",
    show_default=True,
    metavar="URL",
    help="With --engine spark: the cluster's master, or local[N] for N processors of this machine.",
)
@json_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Path,
    given: Sequence[str],
    country: str,
    level: str,
    people: bool,
    out: Path | None,
    review: Path | None,
    sheet: str,
    engine: str,
    spark_master: str,
    as_json: bool,
) -> None:
    """Find the rows of FILE (.csv or .xlsx) that are one organisation, or one person.

    Nothing has to be set up, and FILE is never changed. Rows that are surely one get one cluster_id; rows
    that may be one go to the review file.
    """
    from engage.dedupe.telling import count  # noqa: PLC0415
    from engage.errors import EXIT_DECISIONS_WAIT  # noqa: PLC0415

    _check_targets(file, out, review)
    with _opened(file) as opened:
        listing = _understand(file, opened, sheet, _pairs(given), _checked(country), people)
        spark = spark_master if engine == "spark" else ""
        clustered = _cluster(listing, level, people, spark)
        _write(out, review, listing, clustered, people)
    told = count(clustered)
    _show(told, listing.columns, level, people, out, review, as_json)
    click.get_current_context().exit(EXIT_DECISIONS_WAIT if told.review else 0)


def _checked(country: str) -> str:
    from engage.errors import UsageError  # noqa: PLC0415

    if not country:
        return ""
    code = {"UK": "GB", "USA": "US"}.get(country.strip().upper(), country.strip().upper())
    import phonenumbers  # noqa: PLC0415

    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise UsageError(f"“{country}” is no country's code", fix="say two letters: GB, IE, US, FR …")
    return code


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """The --column options. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415

    said: dict[str, str] = {}
    for text in given:
        meaning, sign, heading = (part.strip() for part in text.partition("="))
        if not (meaning and sign and heading):
            raise UsageError(f"“{text}” does not say a meaning and a heading", fix="write --column name=Firm")
        said[heading] = meaning
    return said


def _check_targets(file: Path, *targets: Path | None) -> None:
    """The list itself is never written over, nor one result over the other. Raises UsageError."""
    from engage.errors import UsageError  # noqa: PLC0415

    named = [path.resolve() for path in (file, *targets) if path is not None]
    if len(set(named)) < len(named):
        raise UsageError("two of the files are the same one", fix="give the results names of their own")
    for target in targets:
        if target is not None and not target.resolve().parent.is_dir():
            raise UsageError(
                f"there is no folder {target.resolve().parent}", fix="make it, or write somewhere else"
            )


def _understand(
    file: Path, opened: BinaryIO, sheet: str, given: Mapping[str, str], country: str, people: bool
) -> Listing:
    """The list, what its columns mean and whose phones it holds, told on stderr. country: "" unless said."""
    from datetime import date  # noqa: PLC0415
    from itertools import islice  # noqa: PLC0415

    from engage.dedupe.columns import LOOKED_AT, find_columns  # noqa: PLC0415
    from engage.dedupe.country import HOME, likely_country  # noqa: PLC0415
    from engage.dedupe.listing import Listing  # noqa: PLC0415
    from engage.dedupe.telling import read_as  # noqa: PLC0415
    from engage.dedupe.writing import check_headings  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    sheets, schema = _sheets(file, opened, sheet), load_schema()
    today = date.today()  # noqa: DTZ011 - only to tell columns of dates from others
    for title, rows in sheets:
        head = tuple(islice(iter(rows), LOOKED_AT))
        columns = find_columns(head, schema, given, country=country or HOME, people=people, today=today)
        if columns is None:
            continue
        theirs = country or likely_country(head, columns)
        if theirs != (country or HOME):
            again = find_columns(head, schema, given, country=theirs, people=people, today=today)
            columns = again or columns
        check_headings(columns, people=people)
        _progress("\n".join(read_as(columns, title)))
        if not country and theirs != HOME:
            _progress(
                f"The phone numbers look like those of {theirs}; --country {HOME} reads them otherwise."
            )
        return Listing(rows, columns, theirs)
    raise _no_list(file, sheets, given)


def _cluster(listing: Listing, level: str, people: bool, spark: str) -> Clustered:
    from engage.dedupe.clusters import cluster_rows  # noqa: PLC0415
    from engage.dedupe.columns import PEOPLE  # noqa: PLC0415
    from engage.dedupe.row_ids import RowIds  # noqa: PLC0415
    from engage.dedupe.taking_in import Reading  # noqa: PLC0415
    from engage.linkage.settings import LinkSettings  # noqa: PLC0415
    from engage.schema import load_schema  # noqa: PLC0415

    columns, country = listing.columns, listing.country
    ids = RowIds(listing, columns.header)
    _progress(f"Comparing {len(ids):,} rows …")
    wanted = people or columns.kind == PEOPLE
    reading = Reading(columns, frozenset(load_schema().blanks), country, wanted)
    return cluster_rows(listing, ids, reading, LinkSettings(country=country, spark=spark), level=level)


def _no_list(file: Path, sheets: Sequence[tuple[str, Iterable[Row]]], given: Mapping[str, str]) -> Exception:
    from engage.errors import UsageError  # noqa: PLC0415

    first = next((row for _, rows in sheets for row in rows if any(cell.strip() for cell in row)), ())
    if not first:
        return UsageError("there is nothing in it", where=file.name, fix="check that it is the right file")
    headings = [cell.strip() for cell in first if cell.strip()]
    named = ", ".join(headings[:12])
    ways = " or ".join(f'--column "name={heading}"' for heading in headings[:4])
    what = f"no column is known to hold names; the first row says: {named[:200]}"
    if given:
        what = f"no row has all of these headings: {', '.join(given)}; the first row says: {named[:200]}"
    if any(character.isdigit() for character in named):
        row = "if it is no row of headings, put one above it: Name, Town, Postcode, Phone"
        return UsageError(
            what, where=file.name, fix=f"{row}; if it is, say which column holds the names: {ways}"
        )
    return UsageError(what, where=file.name, fix=f"say which column holds the names: {ways}")


def _sheets(file: Path, opened: BinaryIO, sheet: str) -> Sequence[tuple[str, Iterable[Row]]]:
    """(title, rows) of each sheet; a text file is one of no title. Raises EngageError."""
    from engage.dedupe.reading import TextRows, is_no_text  # noqa: PLC0415
    from engage.errors import UsageError, WorkbookUnreadable  # noqa: PLC0415

    begin = opened.read(4096)
    if begin.startswith(OLD_EXCEL):
        raise WorkbookUnreadable("this is an old or a locked Excel file", where=file.name, fix=SAVE_AS)
    if not begin.startswith(ZIPPED):
        if is_no_text(begin):
            raise WorkbookUnreadable(
                "this is no list: neither text nor a workbook", where=file.name, fix=SAVE_AS
            )
        return [("", TextRows(opened))]
    from engage.workbook.xlsx import XlsxWorkbook  # noqa: PLC0415

    tabs = XlsxWorkbook("list", file).read().tabs
    found = [(tab.title, tab.rows) for tab in tabs if sheet.casefold() in {"", tab.title.casefold()}]
    if not found:
        titles = ", ".join(tab.title for tab in tabs)
        raise UsageError(f"there is no sheet “{sheet}”", where=file.name, fix=f"say one of: {titles}")
    return found


def _opened(file: Path) -> BinaryIO:
    """The file, open for as long as it is read. Raises EngageError."""
    from engage.errors import WorkbookMissing, WorkbookUnreadable  # noqa: PLC0415

    try:
        return file.open("rb")
    except FileNotFoundError:
        raise WorkbookMissing(f"there is no file {file}", fix="check its name and folder") from None
    except OSError as error:
        why = error.strerror or "the system does not let us"
        raise WorkbookUnreadable(
            f"{file} cannot be read ({why})", fix="check that it is a file, and yours"
        ) from error


def _write(
    out: Path | None, review: Path | None, listing: Listing, clustered: Clustered, people: bool
) -> None:
    from engage.dedupe.writing import write_clusters, write_review  # noqa: PLC0415

    if out is not None:
        _save(out, lambda file: write_clusters(file, listing, clustered, people=people))
    if review is not None:
        _save(review, lambda file: write_review(file, listing, clustered))


def _save(path: Path, write: Callable[[TextIO], None]) -> None:
    """Write a whole file or none: a run that is stopped leaves what was there."""
    from engage.errors import WorkbookError  # noqa: PLC0415

    half = path.with_name(f"{path.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="", errors="replace") as file:
            write(file)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        why = error.strerror or "the system does not let us"
        raise WorkbookError(
            f"{path} cannot be written ({why})", fix="close it, or write somewhere else"
        ) from error


def _progress(text: str) -> None:
    click.echo(text, err=True)


def _show(
    told: Told,
    columns: Columns,
    level: str,
    people: bool,
    out: Path | None,
    review: Path | None,
    as_json: bool,
) -> None:
    from engage.dedupe.telling import as_document, in_words  # noqa: PLC0415

    if as_json:
        import json  # noqa: PLC0415

        files = {"out": str(out or ""), "review": str(review or "")}
        click.echo(json.dumps(as_document(told, columns, **files), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(in_words(told, columns, level=level, people=people)))
    for path in (out, review):
        if path is not None:
            click.echo(f"Written: {path}")
    if out is None:
        click.echo(
            "Nothing was written; to have the rows with their clusters, add --out clusters.csv", err=True
        )

"""Reports made and issued: built from what their audience may see, written as page, .xlsx and figures.

A pack is frozen: asked for again it is found, not made. What is not issued is written over each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from .built.typed import typed_row
from .config import HUB, Config
from .corrections.reissue import revision_since
from .desk import Desk
from .errors import ReportError, UsageError
from .insight.capabilities import CAPABILITIES, tab_rows
from .insight.weeks import Period, long_day, moment_words
from .mail.outbox import write_file
from .model import cell_text
from .report.build import build_report
from .report.model import Report
from .report.packs import Pack, issue, slug_of, versions
from .report.page import render_page
from .report.spreadsheet import render_spreadsheet
from .report.words import as_document
from .schema import Schema

PACKS, NOW = "packs", "now"


def packs_folder(config: Config) -> Path:
    """Where packs stand: beside engage.toml, where people find them."""
    return config.path.parent / PACKS


def folder_of(config: Config, audience: str, span: Period) -> Path:
    """The folder of one period's pack. An agency's own are apart from those for everybody."""
    agency = config.agency(audience)
    apart = packs_folder(config) if agency is None else packs_folder(config) / f"for-{agency.key}"
    return apart / slug_of(span.label)


def report_for(desk: Desk, schema: Schema, span: Period, audience: str, *, version: int = 0) -> Report:
    """One period as this audience may see it; version: of a pack, 0 for one that is not kept."""
    issued = long_day(desk.night.now.date()) if version else ""
    read = moment_words(desk.night.now.isoformat(" ", "minutes"))
    return build_report(desk.night.facts[audience], schema, span, read=read, version=version, issued=issued)


def write_now(desk: Desk, schema: Schema, span: Period, audience: str) -> Path:
    """A report that is not kept, over the last one: its page, with the .xlsx beside it."""
    report = report_for(desk, schema, span, audience)
    folder = folder_of(desk.config, audience, span).parent / NOW
    stem = slug_of(span.label)
    for name, content in files_of(report, stem, desk).items():
        write_file(folder / name, content)
    return folder / f"{stem}.html"


def issue_pack(desk: Desk, schema: Schema, span: Period, audience: str, *, why: str = "") -> Pack:
    """The next version of a period's pack, frozen; a later one says what has changed since the last, and why.

    why: somebody's own words for it.
    Raises UsageError while the period runs, ReportError if the built tabs do not say what the rows say now.
    """
    now = desk.night.now
    if span.last >= now.date():
        raise UsageError(
            f"{span.label} runs until {long_day(span.last)}, and a pack is of what is over",
            fix="see how it stands with --html, and issue it after that day",
        )
    differing = desk.stale or not_published(desk, schema)
    if differing:
        raise ReportError(differing, where="hub", fix="run: engage sync, then issue the report again")
    folder = folder_of(desk.config, audience, span)
    known = versions(folder)
    version = max((pack.version for pack in known), default=0) + 1
    report = report_for(desk, schema, span, audience, version=version)
    if known:
        report = replace(report, revision=revision_since(desk, known[-1], report, span, audience, why))
    pack = Pack(
        folder=folder / f"v{version}",
        title=report.title,
        partnership=report.partnership,
        audience=report.audience,
        version=version,
        issued=now.isoformat(timespec="minutes"),
        read=now.isoformat(timespec="minutes"),
        as_of=report.as_of.isoformat(),
        files={},
    )
    return issue(pack, files_of(report, f"{slug_of(span.label)}-v{version}", desk))


def files_of(report: Report, stem: str, desk: Desk) -> Mapping[str, bytes]:
    """File name → bytes: the page, the .xlsx, the figures."""
    figures = json.dumps(as_document(report), ensure_ascii=False, indent=1)
    return {
        f"{stem}.html": render_page(report, templates=desk.config.templates).encode("utf-8"),
        f"{stem}.xlsx": render_spreadsheet(report, made=desk.night.now),
        f"{stem}.json": figures.encode("utf-8"),
    }


def not_published(desk: Desk, schema: Schema) -> str:
    """In words, which built tab of a capability is not what the rows say now; "" if all are."""
    for tab, rows in _published(desk, schema):
        shown = desk.tabs.get(tab)
        headings = list(schema.tabs[tab].headings)
        if shown is None or list(shown.columns[: len(headings)]) != headings:
            return f"the tab {tab} is not there yet, or has other headings"
        stands = [tuple(row[: len(headings)]) for row in shown.to_numpy(dtype=object).tolist()]
        if [row for row in stands if any(row)] != rows:
            return f"the tab {tab} does not say what the rows say now"
    return ""


def _published(desk: Desk, schema: Schema) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Each tab of the hub, and the texts that its rows should read as."""
    facts = desk.night.facts[HUB]
    for capability in CAPABILITIES:
        for tab in capability.tabs:
            spec = schema.tabs[tab]
            if spec.where != "agency":
                rows = tab_rows(facts, capability, tab, spec.headings)
                typed = (typed_row(spec, cells, desk.config.country) for cells in rows)
                yield tab, [tuple(cell_text(value) for value in row) for row in typed]

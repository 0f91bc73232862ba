"""A morning's digests: what the facts cost, what writing each message costs, what handing it over costs."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from engage.config import Smtp
from engage.digest.build import built_tabs, digest_of, make_issue
from engage.digest.links import Links, published
from engage.digest.readers import readers
from engage.digest.render import render
from engage.insight.facts import with_same_rows
from engage.insight.weeks import last_complete_week
from engage.ledger import Ledger, Send
from engage.mail.delivering import deliver
from engage.mail.message import Letter, Sender, build_message
from engage.mail.transport import Envelope
from tests.mail.servers import Plan, new_authority, serving, transport

from .big_register import facts_of

Made = TypeVar("Made")
ALLOWED = frozenset({"harwick.example"})
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SENDER = Sender("Harwick and Dale Skills Partnership", "digest@harwick.example")
LINKS = Links("https://sheets.example/d/1")
WRITTEN = ("telling", "rendering", "making the message")
EACH = (*WRITTEN, "sending")  # the steps that each message takes


@dataclass(frozen=True, slots=True)
class Morning:
    """rows of the register, messages sent, seconds a step by the clock and of the processor, and bytes of the
    middle and the largest page."""

    rows: int
    messages: int
    seconds: dict[str, float]
    work: dict[str, float]
    middle: int
    largest: int


def measure(rows: int, people: int, seed: int) -> Morning:
    """Gather the facts of a register, write everybody's digest, and hand each to a mail server here."""
    watch, sizes = Watch(), []
    facts = watch.time("gathering the facts", lambda: facts_of(rows, people, seed))
    found, _ = watch.time("who gets one", lambda: readers(facts, allowed_domains=ALLOWED))
    week = last_complete_week(facts.today)
    tabs = watch.time("the hub's tabs", lambda: built_tabs(facts))
    shown = watch.time("the issue of each agency", lambda: published(LINKS, tabs, week, facts.today))
    issues = {
        agency: watch.time(
            "the issue of each agency",
            lambda agency=agency: make_issue(with_same_rows(facts, audience=agency), shown, week),
        )
        for agency in dict.fromkeys(one.agency for one in found)
    }
    with a_mail_server() as settings, tempfile.TemporaryDirectory() as folder:
        way, ledger = transport(settings), Ledger(Path(folder) / "ledger.sqlite")
        way.listen_seconds = 0.0001
        for one in found:
            digest = watch.time("telling", lambda one=one: digest_of(issues[one.agency], one))
            page = watch.time("rendering", lambda digest=digest: render(digest))
            send = Send(one.email, digest.edition, digest.period)
            letter = Letter(send, one.name, digest.subject, page.html, page.text, NOW)
            message = watch.time("making the message", lambda letter=letter: build_message(letter, SENDER))
            sealed = Envelope(send, message, page.html)
            done = watch.time(
                "sending",
                lambda sealed=sealed: deliver(sealed, transport=way, ledger=ledger, now=NOW, allowed=ALLOWED),
            )
            assert done.status == "sent", done
            sizes.append(len(page.html.encode()))
        way.close()
    sizes.sort()
    seconds, work = dict(watch.seconds), dict(watch.work)
    return Morning(len(facts.records), len(found), seconds, work, sizes[len(sizes) // 2], sizes[-1])


class Watch:
    """Seconds by step: by the clock, and of the processor (of this process alone)."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.work: dict[str, float] = defaultdict(float)

    def time(self, step: str, make: Callable[[], Made]) -> Made:
        """Do it, and add its time to the step's."""
        started, worked = time.perf_counter(), time.process_time()
        made = make()
        self.seconds[step] += time.perf_counter() - started
        self.work[step] += time.process_time() - worked
        return made


@contextmanager
def a_mail_server() -> Iterator[Smtp]:
    """A server with STARTTLS and a login in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        server = context.Process(target=_serve, args=(there, folder))
        server.start()
        try:
            yield replace(here.recv(), ca_file=Path(folder) / "ca.pem")
        finally:
            here.send("stop")
            server.join()


def _serve(line: Connection, folder: str) -> None:
    with serving(Plan(), new_authority(Path(folder))) as settings:
        line.send(settings)
        line.recv()

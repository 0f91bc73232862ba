"""A watcher elsewhere is told of each run, and whatever it does never matters to the run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from engage import runner
from engage.errors import WorkbookBusy
from engage.pinging import Ping
from engage.runner import Means
from engage.slot_book import SlotBook
from tests.partnership import NOW, Town

from .test_runner import LATER, tick_the_box


class Watcher(ThreadingHTTPServer):
    """Writes down what it is asked for. gate: until it is set, it does not answer."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate, self.status = threading.Event(), 200
        self.gate.set()
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/0b5c-job"


class Answer(BaseHTTPRequestHandler):
    server: Watcher

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.gate.wait(20)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    server = Watcher()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def town(tmp_path) -> Town:
    made = Town(tmp_path)
    made.sync(NOW)
    return made


def tick(town: Town, watcher: Watcher) -> None:
    means = Means(ping=Ping(watcher.url))
    runner.tick(town.partnership, SlotBook(None), now=LATER, means=means)


def test_a_run_that_goes_well_says_that_it_began_and_that_it_is_done(town, watcher):
    tick_the_box(town)
    tick(town, watcher)
    assert watcher.asked == ["/0b5c-job/start", "/0b5c-job"]


def test_a_look_at_which_nothing_is_due_says_nothing(town, watcher):
    tick(town, watcher)
    assert watcher.asked == []


def test_a_sync_that_fails_says_so(town, watcher, monkeypatch):
    monkeypatch.setattr(runner, "sync", _busy)
    tick_the_box(town)
    tick(town, watcher)
    assert watcher.asked == ["/0b5c-job/start", "/0b5c-job/fail"]


def test_a_hub_that_cannot_be_looked_at_says_so(town, watcher, monkeypatch):
    monkeypatch.setattr(town.hub, "peek", _busy)
    with pytest.raises(WorkbookBusy):
        tick(town, watcher)
    assert watcher.asked == ["/0b5c-job/fail"]


def test_a_defect_says_that_it_failed_and_is_not_hidden(town, watcher, monkeypatch):
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "sync", breaks)
    tick_the_box(town)
    with pytest.raises(ZeroDivisionError):
        tick(town, watcher)
    assert watcher.asked == ["/0b5c-job/start", "/0b5c-job/fail"]


def test_a_watcher_that_does_not_answer_holds_nothing_up(watcher):
    watcher.gate.clear()
    Ping(watcher.url, patience_seconds=0.05)("start")
    assert not watcher.gate.is_set()  # we are here, and it still has not answered


@pytest.mark.parametrize("status", [404, 500])
def test_a_watcher_that_knows_nothing_of_it_is_no_failure(watcher, status):
    watcher.status = status
    Ping(watcher.url)("success")
    assert watcher.asked == ["/0b5c-job"]


def test_a_watcher_that_is_not_there_is_no_failure():
    Ping("http://127.0.0.1:1/job", patience_seconds=5)("fail")
    Ping("")("start")


def _busy(*_: object, **__: object) -> None:
    raise WorkbookBusy("somebody has it open", where="hub.xlsx", fix="close it")

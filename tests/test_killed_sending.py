"""A machine that dies at any moment of a round of digests: no second message ever, nobody is forgotten."""

from __future__ import annotations

import copy
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from engage import ledger, slot_book
from engage.cache import Cache
from engage.config import Config, Schedule
from engage.ledger import LEDGER_FILE, Ledger
from engage.linkage.compared import compared_by
from engage.mail.standing import standing
from engage.mail.transport import Attempt, Envelope
from engage.own_files import open_database
from engage.pipeline import Partnership, sync
from engage.register.identity import make_id
from engage.runner import Means, tick
from engage.slot_book import book_of
from engage.slots import DONE
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx import XlsxWorkbook
from engage.worlds import Judge
from tests.digest.test_editions import MONDAY, reader, talk
from tests.partnership import SCHEMA, Town, agency_rows, same_name

SOAK = bool(os.environ.get("ENGAGE_SOAK"))
EVERY = 1 if SOAK else 13
FIRST_PROCESS, EVERY_PROCESS = (1, 1) if SOAK else (7, 40)
SEVEN = MONDAY.replace(hour=7, minute=5)
NAMES = ("ruth", "tom", "ann")
EVERYBODY = sorted(f"{name}@marlbeck.example" for name in NAMES)


class Died(BaseException):
    """The machine is gone."""


def die() -> None:
    raise Died


class Machine:
    """Dies at a step, a thing that leaves a mark in the world; what it would do after that has no effect.

    post: a file of those to whom a message left, which no death takes back.
    """

    def __init__(self, post: Path, last: int = 0, death: Callable[[], object] = die) -> None:
        self.post, self.steps, self.last, self.death = post, 0, last, death

    def step(self, *_: object) -> None:
        self.steps += 1
        if self.last and self.steps >= self.last:
            self.death()

    @contextmanager
    def database(self, *args: object) -> Iterator[object]:
        self.step()
        with open_database(*args) as database:
            yield database
            self.step()  # before it is on the disk
        self.step()

    def send(self, envelope: Envelope) -> Attempt:
        self.step()
        with self.post.open("a", encoding="utf-8") as file:
            file.write(envelope.send.address + "\n")
        self.step()
        return Attempt("sent")

    def trace(self, *_: object) -> None:
        return None

    def close(self) -> None:
        self.step()


def with_clock(config: Config) -> Config:
    mail = replace(config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example")
    return replace(config, mail=mail, schedule=Schedule(time(2), 5, time(7)))


def coordinators() -> list[list[str]]:
    return [reader(Name=name, Email=f"{name}@marlbeck.example") for name in NAMES]


def look(partnership: Partnership, machine: Machine, patch: pytest.MonkeyPatch, minutes: int = 0) -> None:
    with patch.context() as patched:
        patched.setattr(ledger, "open_database", machine.database)
        patched.setattr(slot_book, "open_database", machine.database)
        now, book = SEVEN + timedelta(minutes=minutes), book_of(partnership.config.state)
        tick(partnership, book, now=now, means=Means(transport=machine))


def begin_again(pristine: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine, folder)
    return folder / "post"


def check(state: Path, post: Path, step: int) -> int:
    """Returns how many are held, of whom nobody knows whether they got theirs."""
    left = post.read_text("utf-8").split()
    held = {entry.send.address for entry in standing(Ledger(state / LEDGER_FILE).entries()).held}
    assert max(Counter(left).values()) == 1, step
    assert sorted({*left} | held) == EVERYBODY, step
    assert book_of(state).marks["weekly", "2026-W47 Monday"].status == DONE, step
    return len(held)


@pytest.mark.slow
def test_after_a_death_at_any_step_nobody_gets_two_and_nobody_is_forgotten(tmp_path, monkeypatch):
    town = Town(tmp_path / "town", Coordinators=coordinators(), Engagements=[talk("17/11/2026")])
    config = with_clock(town.config)
    town.partnership, state = replace(town.partnership, config=config), config.state
    town.sync(MONDAY)
    book_of(state).watch(MONDAY)
    shutil.copytree(state, tmp_path / "state")
    books = {name: copy.deepcopy(book) for name, book in town.books.items()}

    def spend(machine: Machine, minutes: int = 0) -> None:
        town.books["hub"].between = machine.step
        look(town.partnership, machine, monkeypatch, minutes)

    whole = Machine(state / "post")
    spend(whole)
    assert sorted((state / "post").read_text("utf-8").split()) == EVERYBODY
    held = Counter[int]()
    for step in range(1, whole.steps + 1, EVERY):
        post = begin_again(tmp_path / "state", state)
        town.books.update({name: copy.deepcopy(book) for name, book in books.items()})
        with pytest.raises(Died):
            spend(Machine(post, step))
        for minutes in (6, 30, 90):
            spend(Machine(post), minutes)
        held[check(state, post, step)] += 1
    assert held.keys() == {0, 1}  # a death leaves one message of which nobody knows, or none


# --- the same with processes that are killed, and real files -----------------------------------------------


def on_files(folder: Path, machine: Machine) -> Partnership:
    config = Town(folder.parent / "town").config
    config = with_clock(replace(config, agencies=config.agencies[:1], state=folder / "state"))
    hub = XlsxWorkbook(
        "hub", folder / "hub.xlsx", backups=folder / "backups", stamp="now", on_step=machine.step
    )
    draw = random.Random(1).choice
    return Partnership(
        config, SCHEMA, {"hub": hub}, Cache(folder / "state" / "cache.sqlite"),
        Judge(same_name, compared_by), lambda: make_id(draw), "this-machine",
    )  # fmt: skip


def look_and_be_killed(folder: Path, step: int, patch: pytest.MonkeyPatch) -> int:
    child = os.fork()
    if child == 0:
        machine = Machine(folder / "post", step, lambda: os._exit(9))
        look(on_files(folder, machine), machine, patch)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by forking it; POSIX only")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_killed_at_any_step_sends_nobody_two_and_forgets_nobody(tmp_path, monkeypatch):
    pristine, folder = tmp_path / "pristine", tmp_path / "now"
    pristine.mkdir()
    rows = {"Agencies": agency_rows(), "Coordinators": coordinators(), "Engagements": [talk("17/11/2026")]}
    lay_out(pristine / "hub.xlsx", SCHEMA.tabs_of("hub"), rows=rows)
    sync(on_files(pristine, Machine(pristine / "post")), now=MONDAY)
    book_of(pristine / "state").watch(MONDAY)
    whole = Machine(begin_again(pristine, folder))
    look(on_files(folder, whole), whole, monkeypatch)
    assert whole.steps > EVERY_PROCESS
    for step in range(FIRST_PROCESS, whole.steps + 1, EVERY_PROCESS):
        post = begin_again(pristine, folder)
        assert look_and_be_killed(folder, step, monkeypatch) == 9
        for minutes in (6, 30, 90):
            look(on_files(folder, Machine(post)), Machine(post), monkeypatch, minutes)
        check(folder / "state", post, step)

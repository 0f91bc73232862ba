from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage import own_files
from engage.ledger import FAILED, SENDING, SENT, Ledger, Send
from engage.mail import outbox
from engage.mail.delivering import Delivery, deliver
from engage.mail.message import Letter, Sender, build_message
from engage.mail.outbox import Outbox, file_stem
from engage.mail.transport import Envelope

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SEND = Send("ruth.hale@harwick.example", "weekly", "2026-W47")


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "state" / "ledger.sqlite")


def put(folder: Path, ledger: Ledger, text: str = "Hello", send: Send = SEND) -> Delivery:
    html = f"<p>{text}</p>"
    message = build_message(
        Letter(send, "Ruth", "The week", html, text, NOW), Sender("Us", "digest@harwick.example")
    )
    envelope = Envelope(send, message, html)
    allowed = frozenset({"harwick.example"})
    return deliver(envelope, transport=Outbox(folder), ledger=ledger, now=NOW, allowed=allowed)


def test_a_message_and_its_page_are_written_side_by_side(tmp_path, ledger):
    done = put(tmp_path / "outbox", ledger)
    assert done.status == "sent"
    assert sorted(path.suffix for path in (tmp_path / "outbox").iterdir()) == [".eml", ".html"]
    assert ledger.status(SEND) == SENT


def test_a_second_run_rewrites_nothing(tmp_path, ledger):
    first = put(tmp_path, ledger)
    before = first.path.read_bytes()
    assert put(tmp_path, ledger, "Other words").status == "already"
    assert first.path.read_bytes() == before


def test_capitals_do_not_make_another_reader(tmp_path, ledger):
    put(tmp_path, ledger)
    assert (
        put(tmp_path, ledger, send=Send("Ruth.Hale@Harwick.example", "weekly", "2026-W47")).status
        == "already"
    )


def test_a_message_that_was_taken_out_of_the_folder_is_not_written_again(tmp_path, ledger):
    put(tmp_path, ledger).path.unlink()
    assert put(tmp_path, ledger).status == "already"


def test_without_its_ledger_a_message_that_stands_there_is_still_not_rewritten(tmp_path, ledger):
    before = put(tmp_path, ledger).path.read_bytes()
    new = Ledger(tmp_path / "new.sqlite")
    done = put(tmp_path, new, "Other words")
    assert (done.status, done.path.read_bytes()) == ("already", before)


def test_a_run_that_was_cut_off_is_held_for_a_person_and_not_repeated(tmp_path, ledger):
    ledger.claim(SEND, NOW)
    assert put(tmp_path, ledger).status == "held"
    assert not list(tmp_path.glob("*.eml"))
    assert ledger.resolve(SEND, FAILED, NOW, why="looked")
    assert put(tmp_path, ledger).status == "sent"


def test_the_ledger_row_is_on_the_disk_before_the_first_byte(tmp_path, ledger, monkeypatch):
    seen = []

    def look(path: Path, content: bytes) -> None:
        with closing(sqlite3.connect(ledger.path)) as database:
            seen.extend(database.execute("SELECT status FROM sends").fetchall())

    monkeypatch.setattr(outbox, "write_file", look)
    put(tmp_path, ledger)
    assert seen == [(SENDING,), (SENDING,)]


@pytest.mark.skipif(os.name != "posix", reason="on Windows the folder's rights decide")
def test_a_message_and_its_page_are_for_their_owner_alone(tmp_path, ledger):
    put(tmp_path / "outbox", ledger)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "outbox").iterdir()} == {0o600}


def test_a_full_disk_leaves_no_half_message_and_may_be_tried_again(tmp_path, ledger, monkeypatch):
    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(own_files.os, "replace", full)
        done = put(tmp_path / "outbox", ledger)
    assert (done.status, done.ends_run) == ("waits", True)
    assert "No space left" in done.why
    assert list((tmp_path / "outbox").iterdir()) == []
    assert ledger.status(SEND) == FAILED
    assert put(tmp_path / "outbox", ledger).status == "sent"


@given(st.text(max_size=80), st.text(max_size=80))
def test_file_names_are_safe_everywhere_and_never_shared(one, other):
    stems = {file_stem(Send(text + "@harwick.example", "weekly", "2026-W47")) for text in (one, other)}
    same = Send(one + "@harwick.example", "w", "p").key == Send(other + "@harwick.example", "w", "p").key
    assert len(stems) == (1 if same else 2)
    assert all(set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-W") for stem in stems)


def test_only_one_of_two_claims_wins(ledger):
    assert [ledger.claim(SEND, NOW), ledger.claim(SEND, NOW)] == [True, False]
    assert [entry.send for entry in ledger.entries()] == [SEND]

"""engage agency and engage staff, from the command line to engage.toml and the sheets."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from cli import asking, main, opening
from engage import accepting
from engage.agencies import leaving
from engage.config import load_config
from engage.errors import ConfigError
from engage.state import decode
from tests.agencies.on_paper import Changing
from tests.partnership import COLLEGE, COUNCIL, NOW, row_of


@pytest.fixture
def town(tmp_path, monkeypatch):
    town = Changing(tmp_path)
    town.sync(NOW)
    monkeypatch.setattr(opening, "open_partnership", lambda config, **_: town.opened(config))
    monkeypatch.setattr(opening, "local_now", lambda _: NOW)
    monkeypatch.setattr(asking, "open_partnership", lambda config, **_: town.opened(config))
    monkeypatch.setattr(asking, "local_now", lambda _: NOW)
    monkeypatch.setattr(opening, "open_alone", lambda *_: town.hub)
    return town


def run(town, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(town.config.path)])


def test_leaving_is_shown_first_then_done(town):
    shown = run(town, "agency", "leave", "STC", "--dry-run")
    assert "Employers that leave the lists: 3; recomputed: 1" in shown.stdout
    assert "after a restore no sync reads its workbook" in " ".join(shown.stdout.split())
    assert load_config(town.config.path).agency("STC") is not None
    done = run(town, "agency", "leave", "STC", "--yes")
    assert (done.exit_code, "Stevenport College has left" in done.stdout) == (0, True)
    assert load_config(town.config.path).agency("STC") is None
    assert town.places_of("kestrel", {"college"}) == {}
    again = run(town, "agency", "leave", "STC", "--yes")
    assert (again.exit_code, "has left" in again.output) == (2, True)


def test_leaving_again_finishes_a_departure_that_was_cut_off(town, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(leaving, "sync", _cut_off)
        assert run(town, "agency", "leave", "STC", "--yes").exit_code == 1
    assert load_config(town.config.path).agency("STC") is None
    shown = run(town, "agency", "leave", "STC", "--dry-run")
    assert (shown.exit_code, "copies of its rows are still here" in shown.stdout) == (0, True)
    again = run(town, "agency", "leave", "STC", "--yes")
    assert (again.exit_code, "What was left over of its departure is done" in again.stdout) == (0, True)
    assert "cleared" not in shown.stdout
    assert run(town, "agency", "leave", "STC").exit_code == 2
    assert town.places_of("kestrel", {"college"}) == {}


def _cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_joining_again_after_a_restore_takes_it_back(town, monkeypatch):
    before = town.config.path.read_text("utf-8")
    town.leave("STC")
    town.config.path.write_text(before, "utf-8")
    town.reload()
    assert town.sync(NOW).night.held_out != ()
    where = str(town.config.path.parent / "college.xlsx")
    books = {"college": town.college}
    monkeypatch.setattr(opening, "open_alone", lambda home, *_: books.get(home.stem, town.hub))
    town.config.hub.touch()
    shown = run(town, "agency", "join", COLLEGE, where, "--dry-run")
    assert (shown.exit_code, town.sync(NOW).night.held_out != ()) == (0, True)
    done = run(town, "agency", "join", COLLEGE, where, "--yes")
    assert "does not any more" in done.stderr
    assert done.stdout.count("would be read for") == 1
    assert "read for" not in done.stdout.replace("would be read for", "")
    assert "--accept" not in done.stdout
    assert town.sync(NOW).night.held_out == ()
    assert "hub: Employer list (built nightly)" in town.places_of("kestrel")


@pytest.fixture
def back(town, monkeypatch):
    """The town after a departure, on the settings of before it: the hub remembers who left."""
    before = town.config.path.read_text("utf-8")
    town.leave("STC")
    town.config.path.write_text(before, "utf-8")
    town.reload()
    books = {"college": town.college, "other": town.college}
    monkeypatch.setattr(opening, "open_alone", lambda home, *_: books.get(home.stem, town.hub))
    town.config.hub.touch()
    return town


def remembered(town: Changing) -> list[str]:
    return [one.agency for one in decode(town.hub.rows("_engage"), "hub").left.values()]


def test_a_join_that_fails_leaves_settings_and_hub_as_they_were(back, tmp_path):
    before = back.config.path.read_bytes()
    done = run(back, "agency", "join", COLLEGE, str(tmp_path / "other.xlsx"), "--yes")
    assert (done.exit_code, "has another workbook in engage.toml" in done.stderr) == (2, True)
    assert remembered(back) == [COLLEGE]
    back.sync(NOW)
    assert back.config.path.read_bytes() == before
    assert back.places_of("kestrel", {"college"}) == {}


def test_a_join_that_fails_after_a_finished_departure_counts_nobody_in(back, tmp_path, monkeypatch):
    back.leave("STC")
    before = back.config.path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise ConfigError("it cannot be written", where="engage.toml", fix="try again")

    monkeypatch.setattr(accepting, "accept", refuse)
    done = run(back, "agency", "join", COLLEGE, str(tmp_path / "other.xlsx"), "--yes")
    assert (done.exit_code, remembered(back)) == (2, [COLLEGE])
    assert back.config.path.read_bytes() == before


def test_a_join_names_the_agency_as_the_settings_do(back, tmp_path):
    done = run(back, "agency", "join", "stc", str(tmp_path / "college.xlsx"), "--yes")
    assert f"The hub remembered that {COLLEGE} had left, and does not any more." in done.stderr
    assert "stc had left" not in done.stderr
    assert remembered(back) == []
    assert [one.name for one in load_config(back.config.path).agencies].count(COLLEGE) == 1


def test_a_question_about_an_agency_that_the_hub_says_has_left_is_refused(town, monkeypatch):
    monkeypatch.setattr(asking, "open_partnership", lambda config, **_: town.opened(config))
    monkeypatch.setattr(asking, "local_now", lambda _: NOW)
    before = town.config.path.read_text("utf-8")
    town.leave("STC")
    town.config.path.write_text(before, "utf-8")
    asked = run(town, "who", "Kestrel", "--agency", "STC")
    assert (asked.exit_code, "has left, as the hub remembers" in asked.stderr) == (2, True)


def test_nothing_is_done_without_a_yes(town):
    assert run(town, "agency", "leave", "STC").exit_code == 2  # there is no terminal
    assert run(town, "agency", "pause", "STC").exit_code == 2
    assert load_config(town.config.path).agency("STC") is not None


def test_a_pause_begins_and_ends(town):
    assert run(town, "agency", "pause", "STC", "--withdraw", "--yes").exit_code == 0
    assert load_config(town.config.path).agency("STC").withdrawn
    assert run(town, "agency", "pause", "STC", "--resume", "--yes").exit_code == 0
    assert not load_config(town.config.path).agency("STC").paused


def test_somebody_elses_file_is_not_taken_for_its_workbook(town, tmp_path):
    done = run(town, "agency", "move", "STC", str(tmp_path / "other.xlsx"), "--yes")
    assert (done.exit_code, "0 of 4 rows" in done.stdout) == (2, True)


def test_a_colleague_who_left_is_noted_and_taken_back(town):
    assert "Nothing hangs on" in run(town, "staff", "leave", "Tom Dean", "--dry-run").stdout
    assert run(town, "staff", "leave", "Tom Dean", "--agency", "STC", "--to", "Ann Lee").exit_code == 0
    assert [one.to for one in load_config(town.config.path).staff_left] == ["Ann Lee"]
    assert run(town, "staff", "leave", "Tom Dean", "--back").exit_code == 0
    assert load_config(town.config.path).staff_left == ()


def test_whoever_only_reads_digests_has_them_listed_and_is_known_by_their_agency(town):
    cells = {"Name": "Tom Dean", "Email": "tom@marlbeck.example", "Agency": COUNCIL, "Gets": "Weekly"}
    town.hub.insert_row("Coordinators", 2, ["", *row_of("Coordinators", **cells)])
    assert "gets a digest: Weekly" in run(town, "staff", "leave", "Tom Dean").stdout
    assert [one.agency for one in load_config(town.config.path).staff_left] == [COUNCIL]

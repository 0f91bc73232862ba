"""Settings from before a departure bring nobody back: the hub remembers who left, until they join again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engage.agencies import leaving
from engage.agencies.returning import take_back
from engage.agencies.toml import change_section
from engage.cache import CACHE_FILE, Cache
from engage.config import Source, load_config
from engage.departures import as_the_hub_says
from engage.desk import open_desk
from engage.doctor.examining import Tools, examine
from engage.errors import EXIT_DECISIONS_WAIT
from engage.health import health
from engage.moving import contents
from engage.moving.backing_up import back_up, folder_of
from engage.moving.handover import handover
from engage.moving.restoring import restore
from engage.recipients import who_reads
from engage.state import Left, decode
from engage.telling import in_words
from engage.undoing import last_run, undo_run
from engage.workbook.memory import MemoryWorkbook
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, row_of
from tests.privacy.planted import traces

from .on_paper import Changing

pytestmark = pytest.mark.slow

A_DAY = timedelta(days=1)
KESTREL = "kestrel"  # only the college knows this firm


@pytest.fixture
def town(tmp_path):
    (tmp_path / "old").mkdir()
    town = Changing(tmp_path / "old")
    town.sync(NOW)
    return town


def backup(town: Changing, to: Path) -> Path:
    report = town.config.path.parent / "packs" / "now" / "week.html"
    report.parent.mkdir(parents=True)
    report.write_text("Kestrel Payroll LLP", "utf-8")
    made = back_up(town.config, folder_of(town.config), machine="this-machine", now=NOW).path
    return made.rename(to)


def restored(town: Changing, file: Path, to: Path) -> None:
    """A new disk, settings of then, the same sheets."""
    town.config = restore(file, to).config
    town.partnership = town.opened(town.config, Cache(town.config.state / CACHE_FILE))


@pytest.fixture
def back(town, tmp_path):
    """The town after a departure, on the settings of before it."""
    file = backup(town, tmp_path / "before.zip")
    town.leave(COLLEGE, NOW + A_DAY)
    restored(town, file, tmp_path / "new")
    return town


def left(town: Changing) -> dict[str, Left]:
    return dict(decode(town.hub.rows("_engage"), "hub").left)


def test_a_departure_is_remembered_in_the_hub(town):
    town.leave(COLLEGE, NOW + A_DAY)
    assert left(town) == {"college": Left("2026-11-17", COLLEGE)}
    town.sync(NOW + 2 * A_DAY)
    assert left(town) == {"college": Left("2026-11-17", COLLEGE)}


def test_after_a_restore_nothing_of_it_is_anywhere_but_in_its_own_workbook(back, tmp_path):
    assert back.config.agency(COLLEGE) is not None
    own = back.college.read().tabs
    back.sync(NOW + 3 * A_DAY)
    assert back.places_of(KESTREL, {"college"}) == {}
    assert traces(back, tmp_path / "new", (KESTREL,)).keys() <= {
        "college: Firms", "college: _engage"
    }  # fmt: skip
    assert back.college.read().tabs == own
    readers, refused = who_reads(open_desk(back.partnership, now=NOW + 3 * A_DAY))
    assert (readers, "College has left" in " ".join(one.why for one in refused)) == ((), True)


def test_it_is_not_even_opened(back, monkeypatch):
    monkeypatch.setattr(back.college, "read", lambda: pytest.fail("it was read"))
    back.sync(NOW + 3 * A_DAY)


def test_whoever_syncs_is_told_what_it_means_and_what_to_do(back):
    report = back.sync(NOW + 3 * A_DAY)
    words = " ".join(in_words(report).split())
    assert f"{COLLEGE} left on 17/11/2026, as the hub remembers" in words
    assert f'engage agency leave "{COLLEGE}"' in words
    assert report.exit_code == EXIT_DECISIONS_WAIT
    for tab in ("Start here", "Sync log"):
        assert any("engage agency leave" in text for text in back.texts("hub", tab))
    assert back.sync(NOW + 3 * A_DAY + timedelta(minutes=5)).cells_written == 0


def test_status_doctor_and_the_deputys_page_say_that_it_left_and_what_finishes_it(back):
    words, wanted = {}, f'engage agency leave "{COLLEGE}"'
    words["status"] = " ".join(health(back.partnership, now=NOW + 3 * A_DAY).waits)
    back.sync(NOW + 3 * A_DAY)
    page = handover(back.config, machine="m", now=NOW + 3 * A_DAY)
    words["handover"] = page
    opened: list[str] = []

    def open_file(source: Source) -> MemoryWorkbook:
        opened.append(source.key)
        return back.books[source.key]

    for book in back.config.sources:
        book.workbook.touch()
    tools = Tools(lambda: pytest.fail("nothing is on Google"), open_file, lambda: ("ok", ""), "m", NOW, NOW)  # type: ignore[arg-type,return-value]
    lines = [line for line in examine(back.config, tools) if line.part == "Who has left"]
    words["doctor"] = " ".join(f"{line.what}. {line.fix}" for line in lines)
    for text in words.values():
        assert f"{COLLEGE} left on 17/11/2026, as the hub remembers" in text
        assert wanted in text
    assert "| Workbook college" not in page
    assert opened == ["hub", "jobcentre"]


def test_whoever_has_not_left_is_not_said_to_have(town):
    assert not any("left" in one for one in health(town.partnership, now=NOW).waits)
    assert "Not finished" not in handover(town.config, machine="m", now=NOW)


def test_leaving_again_finishes_it_with_its_first_day(back):
    back.sync(NOW + 3 * A_DAY)
    done = back.leave(COLLEGE, NOW + 3 * A_DAY)
    assert done.ask == ()
    assert [(one.name, one.left) for one in back.config.departed] == [(COLLEGE, "2026-11-17")]
    assert back.sync(NOW + 4 * A_DAY).night.held_out == ()


def test_it_comes_back_when_it_is_taken_in_again(back):
    back.sync(NOW + 3 * A_DAY)
    assert take_back(back.partnership, COLLEGE, now=NOW + 3 * A_DAY)
    assert not take_back(back.partnership, COLLEGE, now=NOW + 3 * A_DAY)
    back.sync(NOW + 4 * A_DAY)
    assert "hub: Employer list (built nightly)" in back.places_of(KESTREL)
    assert left(back) == {}


def test_a_line_of_the_settings_changed_by_hand_brings_nobody_back(town):
    town.leave(COLLEGE, NOW + A_DAY)
    change_section(town.config, COLLEGE, {"left": ""})
    town.reload()
    town.sync(NOW + 2 * A_DAY)
    assert town.places_of(KESTREL, {"college"}) == {}


def test_rows_that_were_typed_into_the_hub_stay_hidden_too(town, tmp_path):
    ours = row_of("Employers", Employer="Zyxqwv Works", Agency=COUNCIL)
    town.hub.insert_row("Employers", 2, ["", *ours])
    town.sync(NOW)
    file = backup(town, tmp_path / "before.zip")
    town.leave(COUNCIL, NOW + A_DAY)
    restored(town, file, tmp_path / "new")
    town.sync(NOW + 3 * A_DAY)
    assert set(town.places_of("zyxqwv")) == {"hub: Employers"}


def test_a_workbook_that_may_only_be_looked_at_is_not_looked_at(town, tmp_path):
    file = backup(town, tmp_path / "before.zip")
    town.leave(JOBCENTRE, NOW + A_DAY)
    restored(town, file, tmp_path / "new")
    town.sync(NOW + 3 * A_DAY)
    assert town.places_of("riverside", {"jobcentre"}) == {}


def test_a_disk_that_was_put_back_whole_loses_its_readings_of_it_again(town, tmp_path):
    kept = (town.config.state / CACHE_FILE).read_bytes()
    text = town.config.path.read_text("utf-8")
    town.leave(COLLEGE, NOW + A_DAY)
    (town.config.state / CACHE_FILE).write_bytes(kept)
    town.config.path.write_text(text, "utf-8")
    town.reload()
    assert CACHE_FILE in traces(town, town.config.state, (KESTREL,))
    town.sync(NOW + 3 * A_DAY)
    assert CACHE_FILE not in traces(town, town.config.state, (KESTREL,))
    assert town.partnership.cache.runs() == ()


def test_an_undone_night_does_not_forget_who_left(town):
    change_section(town.config, COLLEGE, {"left": "2026-11-17"})
    town.reload()
    town.sync(NOW + 2 * A_DAY)
    cache = town.partnership.cache
    undo_run(last_run(cache), town.books, town.partnership.schema, cache)
    assert left(town) == {"college": Left("2026-11-17", COLLEGE)}


def test_a_departure_that_was_cut_off_before_the_settings_holds(town, monkeypatch):
    def cut_off(*_: object) -> None:
        raise OSError("the power went")

    monkeypatch.setattr(leaving, "change_section", cut_off)
    with pytest.raises(OSError, match="power"):
        town.leave(COLLEGE, NOW + A_DAY)
    town.sync(NOW + 2 * A_DAY)
    assert town.places_of(KESTREL, {"college"}) == {}


def test_a_report_that_was_not_issued_does_not_come_back_out_of_an_older_backup(town, tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "NOT_ISSUED", "")  # as backups were made before
    file = backup(town, tmp_path / "before.zip")
    restored(town, file, tmp_path / "new")
    assert list((tmp_path / "new").rglob("week.html")) == []


def test_another_name_or_another_key_is_the_same_agency(town):
    config = load_config(town.config.path)
    for key, name in (("college", "The old name"), ("stc", COLLEGE.upper())):
        held = as_the_hub_says(config, {key: Left("2026-11-17", name)})
        assert [one.name for one in held.held_out] == [COLLEGE]
        assert COLLEGE not in [one.name for one in held.agencies]

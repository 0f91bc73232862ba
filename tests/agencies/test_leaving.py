"""An agency that leaves is found nowhere but in its own workbook, and nobody else's rows suffer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engage.agencies.moving_file import Compared, compare, doubts, move, remembered
from engage.agencies.pausing import pause, resume
from engage.agencies.standing import agency_named
from engage.agencies.toml import change_section
from engage.config import load_config
from engage.desk import open_desk
from engage.errors import UsageError
from engage.pipeline import look
from engage.recipients import who_reads
from engage.state import State, decode
from tests.partnership import COLLEGE, COUNCIL, JOBCENTRE, NOW, by_heading
from tests.privacy.planted import traces

from .on_paper import Changing

pytestmark = pytest.mark.slow

A_DAY = timedelta(days=1)
KESTREL = "kestrel"  # only the college knows this firm


@pytest.fixture
def town(tmp_path):
    town = Changing(tmp_path)
    town.sync(NOW)
    return town


def hub_state(town) -> State:
    return decode(town.hub.rows("_engage"), "hub")


def test_before_it_leaves_one_sees_what_goes_and_what_is_recomputed(town):
    standing = town.standing(COLLEGE)
    assert standing.rows == {"Employers": 4}
    assert (standing.alone, standing.shared) == (3, 1)  # the jobcentre knows Ember Digital too
    assert standing.readers == 1


def test_what_it_kept_is_found_nowhere_but_in_its_own_workbook(town, tmp_path):
    assert town.places_of(KESTREL, {"college"}) != {}
    town.leave(COLLEGE, NOW + A_DAY)
    assert town.places_of(KESTREL, {"college"}) == {}
    found = traces(town, tmp_path, (KESTREL,))
    assert [place for place in found if not place.startswith("college")] == []
    assert "Kestrel Payroll LLP" in town.texts("college", "Firms")


def test_answers_to_requests_and_lists_that_may_quote_it_go_with_it(town):
    for folder in ("access", "exports"):
        (town.config.state / folder).mkdir(parents=True)
        (town.config.state / folder / "made-before.html").write_text("Kestrel Payroll LLP", "utf-8")
    done = town.leave(COLLEGE, NOW + A_DAY)
    assert done.forgotten["previews, lists and answers"] == 2
    assert list(town.config.state.glob("*/made-before.html")) == []


def test_its_own_workbook_no_longer_shows_what_partners_know(town):
    assert "Ember Digital Ltd" in town.texts("college", "Your employers (built nightly)")
    done = town.leave(COLLEGE, NOW + A_DAY)
    assert len(town.college.rows("Your employers (built nightly)")) == 1
    assert (done.emptied, done.ask) == (4, ())


def test_what_it_shared_with_others_stays_theirs(town):
    town.leave(COLLEGE, NOW + A_DAY)
    (ember,) = [row for row in by_heading(town.hub.rows("Employer list (built nightly)"))
                if row["Employer"].startswith("Ember")]  # fmt: skip
    assert ember["Agencies"] == JOBCENTRE
    assert "X1" not in str(town.hub.rows("Employer list (built nightly)"))


def test_the_memory_of_the_hub_forgets_it(town):
    town.leave(COLLEGE, NOW + A_DAY)
    state = hub_state(town)
    assert "college" not in {*state.kept, *state.reads}
    ids = {row[town.college.rows("Firms")[1].index("Record ID")] for row in town.college.rows("Firms")[2:]}
    assert ids & {key[:9] for keys in state.membership.employers.values() for key in keys} == set()


def test_a_workbook_that_was_only_looked_at_leaves_no_memory_in_the_hub(town):
    assert any(past.workbook == "jobcentre" for past in hub_state(town).records.values())
    town.leave(JOBCENTRE, NOW + A_DAY)
    assert not any(past.workbook == "jobcentre" for past in hub_state(town).records.values())
    assert town.places_of("riverside", {"jobcentre"}) == {}


def test_rows_that_were_typed_into_the_hub_stay_there_and_are_shown_in_no_list(town):
    town.hub.insert_row("Employers", 2, ["", *_firm("Zyxqwv Works", COUNCIL)])
    town.sync(NOW + A_DAY)
    assert "hub: Employer list (built nightly)" in town.places_of("zyxqwv")
    town.leave(COUNCIL, NOW + 2 * A_DAY)
    assert set(town.places_of("zyxqwv")) == {"hub: Employers"}


def _firm(name: str, agency: str) -> list[str]:
    from tests.partnership import row_of  # noqa: PLC0415

    return row_of("Employers", Employer=name, Agency=agency)


def test_its_people_get_no_digest_any_more(town):
    town.leave(COLLEGE, NOW + A_DAY)
    readers, refused = who_reads(open_desk(town.partnership, now=NOW + A_DAY))
    assert readers == ()
    assert "College has left" in " ".join(one.why for one in refused)


def test_the_settings_keep_every_other_line_and_say_since_when(town):
    town.leave(COLLEGE, NOW + A_DAY)
    text = town.config.path.read_text("utf-8")
    assert "# since 2019" in text
    assert 'left = "2026-11-17"' in text
    assert [one.name for one in town.config.departed] == [COLLEGE]


def test_the_nights_after_it_left_change_nothing(town):
    town.leave(COLLEGE, NOW + A_DAY)
    assert town.sync(NOW + A_DAY + timedelta(minutes=5)).cells_written == 0
    before = town.college.read().tabs
    town.sync(NOW + 9 * A_DAY)
    assert town.college.read().tabs == before


def test_an_agency_that_comes_back_has_the_same_rows(town):
    ids = {key for key, past in _own_records(town).items()}
    town.leave(COLLEGE, NOW + A_DAY)
    town.come_back(COLLEGE, NOW + 5 * A_DAY)
    town.sync(NOW + 5 * A_DAY)
    assert set(_own_records(town)) == ids
    assert "hub: Employer list (built nightly)" in town.places_of(KESTREL)


def _own_records(town):
    return decode(town.college.rows("_engage"), "college").records


def test_a_departure_that_was_cut_off_after_the_settings_is_finished_by_the_next_sync(town):
    change_section(town.config, COLLEGE, {"left": "2026-11-17"})
    town.reload()
    town.sync(NOW + A_DAY)
    assert town.places_of(KESTREL, {"college"}) == {}


def test_a_paused_workbook_is_not_opened_and_its_rows_stay_with_their_age(town, monkeypatch):
    pause(town.config, agency_named(town.config, "STC"), NOW.date(), withdrawn=False)
    town.reload()
    with monkeypatch.context() as patch:
        patch.setattr(town.college, "read", lambda: pytest.fail("it was opened"))
        report = town.sync(NOW + 3 * A_DAY)
    assert report.exit_code in (0, 3)
    assert "hub: Employer list (built nightly)" in town.places_of(KESTREL)
    assert "16 Nov 2026" in str(town.hub.rows("Dashboard"))


def test_rows_that_were_not_read_for_long_are_a_persons_to_decide(town):
    pause(town.config, agency_named(town.config, "STC"), NOW.date(), withdrawn=False)
    town.reload()
    town.sync(NOW + 31 * A_DAY)
    assert "Stevenport College are 31 days old" in str(town.hub.rows("Start here"))
    pause(town.config, agency_named(town.config, "STC"), NOW.date(), withdrawn=True)
    town.reload()
    town.sync(NOW + 32 * A_DAY)
    assert town.places_of(KESTREL, {"college"}) == {}
    assert "days old" not in str(town.hub.rows("Start here"))


def test_a_pause_ends_where_it_began(town):
    agency = agency_named(town.config, "STC")
    text = town.config.path.read_text("utf-8")
    pause(town.config, agency, NOW.date(), withdrawn=True)
    resume(load_config(town.config.path), agency)
    assert town.config.path.read_text("utf-8") == text
    town.reload()
    town.sync(NOW + A_DAY)
    assert town.sync(NOW + A_DAY + timedelta(minutes=5)).cells_written == 0
    assert "hub: Employer list (built nightly)" in town.places_of(KESTREL)


def test_a_paused_workbook_that_nobody_remembers_holds_up_nobody(town, tmp_path):
    pause(town.config, agency_named(town.config, "STC"), NOW.date(), withdrawn=False)
    town.reload()
    town.partnership.cache.forget("college")
    report = town.sync(NOW + A_DAY)
    assert report.night.intake.blind == ()


def test_rows_in_a_workbook_of_several_can_only_be_withdrawn(town):
    with pytest.raises(UsageError, match="others too"):
        pause(town.config, agency_named(town.config, "MBC"), NOW.date(), withdrawn=False)


def test_a_file_that_moved_is_known_by_its_rows_and_its_memory(town, tmp_path):
    known = remembered(town.partnership.cache, "college")
    compared = compare(town.college.read(), known, "college")
    assert (compared.known, compared.found, compared.memory) == (4, 4, "college")
    assert list(doubts(compared, "college")) == []
    move(town.config, COLLEGE, tmp_path / "elsewhere.xlsx", compared)
    town.reload()
    assert town.config.agency("STC").workbook == tmp_path / "elsewhere.xlsx"
    assert town.sync(NOW + timedelta(minutes=5)).cells_written == 0


def test_a_file_named_from_another_folder_is_the_one_that_was_compared(town, tmp_path, monkeypatch):
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    move(town.config, COLLEGE, Path("new.xlsx"), Compared(4, 4, "college"))
    town.reload()
    assert town.config.agency("STC").workbook == tmp_path / "desk" / "new.xlsx"


def test_somebody_elses_file_is_refused(town):
    known = remembered(town.partnership.cache, "college")
    compared = compare(town.hub.read(), known, "college")
    assert compared.found == 0
    assert len(list(doubts(compared, "college"))) == 2
    with pytest.raises(UsageError, match="hub"):
        move(town.config, COLLEGE, town.config.hub, compared)


def test_of_a_workbook_that_was_only_looked_at_the_hub_remembers_the_rows(town):
    compared = compare(town.jobcentre.read(), remembered(town.partnership.cache, "jobcentre"), "jobcentre")
    assert (compared.known, compared.found) == (2, 0)  # no id was ever written there
    assert "no hidden tab" in " ".join(doubts(compared, "jobcentre"))


def test_an_agency_that_has_left_is_said_to_have_left(town):
    town.leave(COLLEGE, NOW + A_DAY)
    with pytest.raises(UsageError, match="has left"):
        agency_named(town.config, COLLEGE)
    night = look(town.partnership, now=NOW + A_DAY)
    assert COLLEGE not in {read.agency for read in night.reads}

from dataclasses import replace

import pytest

from engage.config import HUB
from engage.log_names import with_names
from engage.model import mention
from engage.night_log import log_lines

from .partnership import COLLEGE, Town, agency_rows, row_of


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path)


def employer_called(night, name):
    frame = night.facts[HUB].employers
    return frame.loc[frame["Employer"].str.startswith(name), "employer_id"].iloc[0]


def test_the_sync_log_names_the_employers_that_it_tells_of(town):
    night = town.sync().night
    ember, dobson = (employer_called(night, name) for name in ("Ember Digital", "Dobson Joinery"))
    hub = night.worlds[HUB]
    told = replace(hub, linked=replace(hub.linked, changes=(f"{ember} now includes {dobson}",)))
    lines = [what for _, _, what in log_lines(replace(night, worlds={**night.worlds, HUB: told}))]
    assert any(
        f"{ember} (Ember Digital" in what and f"now includes {dobson} (Dobson Joinery)" in what
        for what in lines
    )


def test_an_identifier_that_is_gone_is_named_by_what_its_row_says(town):
    night = town.sync().night
    row = next(r for r in night.facts[HUB].records.values() if r["Employer"].startswith("Dobson"))
    hub = night.intake.pulled[HUB]
    past = replace(hub.state.membership, employers={"EMP-0000000": frozenset({mention(row.record_id)})})
    pulled = {**night.intake.pulled, HUB: replace(hub, state=replace(hub.state, membership=past))}
    night = replace(night, intake=replace(night.intake, pulled=pulled))
    assert with_names(night)("EMP-0000000") == "EMP-0000000 (Dobson Joinery)"


def test_neither_a_person_nor_an_employer_that_the_hub_may_not_see_is_named(tmp_path):
    agencies = [
        row if row[0] != COLLEGE else row_of("Agencies", Agency=COLLEGE, Short_name="STC", Active="Yes")
        for row in agency_rows()
    ]
    night = Town(tmp_path, Agencies=agencies).sync().night
    own = night.worlds[COLLEGE].linked.membership().employers
    line = "; ".join(["PER-4QX7M2A was split: PER-4QX7M2B", *own])
    assert own
    named = with_names(night)(line)
    assert "Kestrel" not in named
    assert "PER-4QX7M2A was split: PER-4QX7M2B" in named

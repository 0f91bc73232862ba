"""What a capability finds to mend: a row of Problems to fix, counted there, settled by an answer."""

from __future__ import annotations

from datetime import timedelta

from .partnership import NOW, Town, by_heading, row_of

SMILES = row_of("Targets", Target="Happiness", Measure="Smiles", At_least="5", By="2027-03-31")


def waiting(town: Town) -> list[dict[str, str]]:
    rows = by_heading(town.hub.rows("Problems to fix"))
    return [row for row in rows if row["What it says"] == "Happiness"]


def dashboard_figure(town: Town) -> int:
    rows = by_heading(town.hub.rows("Dashboard"))
    return next(int(row["Last whole week"]) for row in rows if row["Measure"] == "Problems to fix")


def test_it_is_asked_once_counted_and_gone_for_good_once_it_is_left(tmp_path):
    town = Town(tmp_path, Targets=[SMILES])
    town.sync()
    (row,) = waiting(town)
    assert "Measure not known: Smiles" in row["What is wrong"]
    assert row["Where"].startswith("Targets, row 2")
    problems = [one for one in by_heading(town.hub.rows("Problems to fix")) if one["Problem"]]
    assert dashboard_figure(town) == len(problems)

    town.sync(NOW + timedelta(days=1))
    assert [one["Problem"] for one in waiting(town)] == [row["Problem"]]

    number = next(n for n, cells in enumerate(town.hub.rows("Problems to fix"), 1) if row["Problem"] in cells)
    column = town.hub.rows("Problems to fix")[0].index("Decision") + 1
    town.hub.type("Problems to fix", number, column, "Leave as it is")
    for days in (2, 3):
        town.sync(NOW + timedelta(days=days))
        assert waiting(town) == []
    left = [one for one in by_heading(town.hub.rows("Decisions")) if one["Decision"] == "Leave as it is"]
    assert len(left) == 1


def test_it_goes_when_the_row_is_mended(tmp_path):
    town = Town(tmp_path, Targets=[SMILES])
    town.sync()
    column = town.hub.rows("Targets")[0].index("Measure") + 1
    town.hub.type("Targets", 2, column, "Engagements")
    town.sync(NOW + timedelta(days=1))
    assert waiting(town) == []

"""engage erase, before it does anything: what it says that it would take out, and what only people can."""

from __future__ import annotations

from click.testing import CliRunner

from cli import main, opening
from tests.partnership import NOW
from tests.privacy.planted import MAIL, Planted


def test_a_line_of_the_settings_is_shown_as_peoples_work_and_not_as_taken_out(tmp_path, monkeypatch):
    town = Planted(tmp_path)
    town.sync()
    toml = '[partnership]\nname = "Marlbeck Works"\n[[staff_left]]\nname = "Zyxandra Quillfeather"\n'
    town.config.path.write_text(toml, "utf-8")
    monkeypatch.setattr(opening, "open_partnership", lambda *_, **__: town.partnership)
    monkeypatch.setattr(opening, "local_now", lambda _: NOW)
    asked = ["erase", MAIL, "--dry-run", "--config", str(town.config.path)]
    said = CliRunner().invoke(main, asked).stdout
    taken, _, by_people = said.partition("What only people can reach:")
    assert "Workbooks" in taken
    assert "Settings" not in taken
    assert "engage.toml, line 4" in by_people

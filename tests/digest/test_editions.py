from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner

from cli import main
from cli.digest import chosen, show, week_gone_by
from engage.desk import open_desk
from engage.editions import post, preview, sends_of
from engage.errors import ConfigError, DigestError, UsageError, WorkbookMissing
from engage.insight.weeks import week_named
from engage.ledger import Ledger
from engage.our_ledger import adopt
from engage.recipients import who_reads
from tests.partnership import COLLEGE, COUNCIL, Town, row_of

MONDAY = datetime.fromisoformat("2026-11-23T05:00")


def reader(**cells: str) -> list[str]:
    usual = {"Name": "Ruth", "Email": "ruth@marlbeck.example", "Agency": COUNCIL, "Gets": "Weekly"}
    return row_of("Coordinators", **{**usual, **cells})


def talk(day: str, employer: str = "Ember Digital Ltd", **cells: str) -> list[str]:
    usual = {"Date": day, "Employer": employer, "Agency": COUNCIL, "Status": "Done", "Type": "Visit"}
    return row_of("Engagements", **{**usual, **cells})


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


def make_town(folder, *rows, talks=None):
    usual = [reader(), reader(Name="Tom", Email="tom@marlbeck.example", Agency=COLLEGE)]
    if talks is None:
        talks = [talk("17/11/2026"), talk("18/11/2026", "Holt Roofing"), talk("11/11/2026", Type="Email")]
    found = Town(folder, Coordinators=list(rows) or usual, Engagements=talks)
    mail = replace(
        found.config.mail, allowed_domains=("marlbeck.example",), from_address="us@marlbeck.example"
    )
    config = replace(found.config, mail=mail)
    found.partnership = replace(found.partnership, config=config)
    found.config = config
    return found


def desk_of(town, now=MONDAY, **more):
    return open_desk(town.partnership, now=now, **more)


def messages(town):
    folder = town.config.mail.outbox
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))
    ]
    return {one["To"].addresses[0].addr_spec: one for one in found}


def test_every_coordinator_gets_one_message_with_the_figures_of_the_dashboard(town):
    town.sync(MONDAY)
    posted = post(desk_of(town))
    assert [one.delivery.status for one in posted] == ["sent", "sent"]
    found = messages(town)
    assert set(found) == {"ruth@marlbeck.example", "tom@marlbeck.example"}
    text = found["ruth@marlbeck.example"].get_body(("plain",)).get_content()
    shown = {(row[0], row[1]): row[2] for row in town.hub.rows("Dashboard")[1:]}
    assert shown["The week", "Engagements"] == "2"
    assert "2 engagements with 2 employers, up 1 on the week before." in text
    assert "as of the sync of 23 November 2026, 05:00." in " ".join(text.split())


def test_sending_again_sends_nothing(town):
    town.sync(MONDAY)
    post(desk_of(town))
    before = {path: path.read_bytes() for path in town.config.mail.outbox.iterdir()}
    again = post(desk_of(town, MONDAY + timedelta(hours=2)))
    assert [one.delivery.status for one in again] == ["already", "already"]
    assert {path: path.read_bytes() for path in town.config.mail.outbox.iterdir()} == before


def test_a_dry_run_writes_nothing_at_all(town):
    town.sync(MONDAY)
    assert {one.unsent for one in post(desk_of(town), dry_run=True)} == {"would be written"}
    assert not town.config.mail.outbox.exists()


def test_a_dry_run_says_of_what_was_sent_that_it_would_stay(town):
    town.sync(MONDAY)
    post(desk_of(town))
    told = {one.unsent for one in post(desk_of(town), dry_run=True)}
    assert told == {"already there, would be left as it is"}


def test_nothing_is_sent_when_the_sheets_have_moved_on_since_the_sync(town):
    town.sync(MONDAY)
    town.hub.insert_row("Engagements", 2, ["", *talk("20/11/2026")])
    with pytest.raises(DigestError, match="have changed since the sync"):
        post(desk_of(town))
    assert not town.config.mail.outbox.exists()


def test_nothing_is_sent_before_the_first_sync(town):
    with pytest.raises(DigestError, match="no sync has run"):
        desk_of(town)


def test_last_weeks_dashboard_is_not_taken_for_this_weeks(town):
    town.sync(MONDAY - timedelta(days=7))
    assert "have changed since the sync of 16/11/2026" in desk_of(town).stale


def test_nobody_is_written_to_without_a_sender(town):
    town.sync(MONDAY)
    config = replace(town.config, mail=replace(town.config.mail, from_address=""))
    with pytest.raises(ConfigError, match="named as the sender"):
        post(replace(desk_of(town), config=config))


@pytest.mark.parametrize(("choice", "messages_left"), [("Send nothing", 0), ("Send short note", 1), ("", 1)])
def test_a_quiet_week_is_a_short_note_or_nothing_as_the_coordinator_chose(tmp_path, choice, messages_left):
    town = make_town(tmp_path, reader(If_nothing_happened=choice), talks=[])
    town.sync(MONDAY)
    (posted,) = post(desk_of(town))
    assert len(messages(town)) == messages_left
    if messages_left:
        text = messages(town)["ruth@marlbeck.example"].get_body(("plain",)).get_content()
        assert "A quiet week: nothing was recorded" in " ".join(text.split())
    else:
        assert posted.unsent == "a quiet week, and the row says Send nothing"


def test_a_mail_stop_outranks_the_coordinators_tab(town):
    rows = town.hub.rows("Mail stops")
    town.hub.insert_row(
        "Mail stops", len(rows) + 1, ["2026-11-20 10:00", "Ruth@marlbeck.example", "asked", "Ruth"]
    )
    town.sync(MONDAY)
    assert [one.reader.email for one in post(desk_of(town))] == ["tom@marlbeck.example"]


def test_an_agency_that_is_not_of_the_partnership_gets_nothing(town):
    town.hub.insert_row("Coordinators", 2, ["", *reader(Email="x@marlbeck.example", Agency="Somebody else")])
    town.sync(MONDAY)
    found, refused = who_reads(desk_of(town))
    assert "x@marlbeck.example" not in {one.email for one in found}
    assert any("Somebody else" in one.why for one in refused)


def test_an_unreadable_workbook_is_told_as_such_and_its_week_is_not_zero(town, monkeypatch):
    town.sync(MONDAY - timedelta(days=7))

    def gone() -> object:
        raise WorkbookMissing("the file is not there", where="college")

    monkeypatch.setattr(town.college, "read", gone)
    town.sync(MONDAY)
    post(desk_of(town))
    text = messages(town)["tom@marlbeck.example"].get_body(("plain",)).get_content()
    assert "Your agency's workbook could not be read" in text
    assert re.search(r"Stevenport College +not known", text)
    assert "may lack the latest of Stevenport College" in " ".join(text.split())


def test_a_tab_that_is_suddenly_empty_is_not_read_as_a_week_without_work(town):
    town.sync(MONDAY)
    before = desk_of(town).night.reads
    for _ in range(len(town.college.rows("Firms")) - 2):
        town.college.delete_row("Firms", 3)
    now = {read.agency: read for read in desk_of(town).night.reads}
    assert not now[COLLEGE].ok
    assert {read.agency: read.rows for read in before} == {name: read.rows for name, read in now.items()}


def test_a_preview_is_only_a_page_to_look_at(town):
    town.sync(MONDAY)
    desk = desk_of(town)
    first = preview(desk, who_reads(desk)[0][:1])[0]
    assert first.parent.name == "preview"
    assert "The week of 16 to 22 November 2026" in first.read_text(encoding="utf-8")
    assert preview(desk, who_reads(desk)[0][:1])[0] == first
    assert not list(town.config.mail.outbox.glob("*.eml"))
    assert post(desk_of(town))[0].delivery.status == "sent"


def test_an_earlier_week_may_be_previewed_with_the_figures_of_weeks_and_months(town):
    town.sync(MONDAY)
    desk = desk_of(town, week=week_named("2026-W46"))
    page = preview(desk, who_reads(desk)[0][:1])[0].read_text(encoding="utf-8")
    assert "9 to 15 November 2026" in page
    assert "1 engagement with 1 employer" in page
    assert "#'Weeks%20and%20months'" in page
    assert "‡" not in page


def test_a_week_that_no_tab_is_about_any_more_says_so_at_each_figure(town):
    town.sync(MONDAY)
    desk = desk_of(town, week=week_named("2026-W42"))
    page = preview(desk, who_reads(desk)[0][:1])[0].read_text(encoding="utf-8")
    assert "12 to 18 October 2026" in page
    assert "5‡" in page  # employers without a sector, of those spoken to by then
    assert "‡ Worked out again" in page
    assert "#'Weeks%20and%20months'" not in page


def test_the_preview_links_to_the_hub_from_where_it_stands(town):
    town.sync(MONDAY)
    desk = desk_of(town)
    page = preview(desk, who_reads(desk)[0][:1])[0].read_text(encoding="utf-8")
    assert "../../hub#'Dashboard'!A2" in page


def test_a_held_message_is_written_when_a_person_says_so(town, monkeypatch):
    town.sync(MONDAY)
    with monkeypatch.context() as patched:
        patched.setattr("engage.mail.outbox.write_file", _killed)
        with pytest.raises(KeyboardInterrupt):
            post(desk_of(town))
    assert [one.delivery.status for one in post(desk_of(town))] == ["held", "sent"]
    again = post(desk_of(town), again="Ruth@marlbeck.example")
    assert [one.delivery.status for one in again] == ["sent", "already"]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_week_is_named_as_the_sheet_names_it():
    assert week_gone_by("", MONDAY.date()) is None
    assert str(week_gone_by("2026-W47", MONDAY.date()).monday) == "2026-11-16"
    for label in ("47", "2026-W60", "next week"):
        with pytest.raises(UsageError, match="is no week"):
            week_gone_by(label, MONDAY.date())


def test_a_week_that_is_not_over_has_no_digest_to_look_at():
    with pytest.raises(UsageError, match="2026-W48 is not over yet"):
        week_gone_by("2026-W48", MONDAY.date())


def test_one_persons_preview_opens_in_the_browser_and_everybodys_does_not(monkeypatch, capsys, tmp_path):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: not opened.append(address))
    show([tmp_path / "a.html", tmp_path / "b.html"])
    show([tmp_path / f"{number}.html" for number in range(9)])
    assert opened == [(tmp_path / name).as_uri() for name in ("a.html", "b.html")]
    assert "--for EMAIL" in capsys.readouterr().err


def test_without_a_browser_the_preview_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    show([tmp_path / "a.html"])
    assert "by hand" in capsys.readouterr().err


def test_asking_for_somebody_who_gets_none_says_why(town):
    town.sync(MONDAY)
    found, refused = who_reads(desk_of(town))
    assert [one.email for one in chosen(found, refused, "TOM@marlbeck.example")] == ["tom@marlbeck.example"]
    with pytest.raises(UsageError, match=r"no digest would go to a@b\.example"):
        chosen(found, refused, "a@b.example")


@pytest.mark.parametrize("words", [["digest"], ["digest", "preview"], ["digest", "send"]])
def test_every_command_has_help(words):
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0
    assert "outbox" in shown.output


def test_without_the_ledger_nothing_is_sent_until_a_person_adopts(town, tmp_path):
    town.sync(MONDAY)
    post(desk_of(town))
    (tmp_path / "state" / "ledger.sqlite").unlink()
    with pytest.raises(DigestError, match="engage digest adopt"):
        post(desk_of(town))
    desk = desk_of(town)
    adopt(desk, sends_of(desk), "this-machine")
    again = post(desk_of(town))
    assert {one.delivery.status for one in again if one.delivery} == {"already"}


def test_another_machines_ledger_is_not_taken_for_ours(town, tmp_path):
    town.sync(MONDAY)
    path = tmp_path / "state" / "ledger.sqlite"
    path.unlink()
    Ledger(path)
    with pytest.raises(DigestError, match="ledger of what was sent"):
        post(desk_of(town))

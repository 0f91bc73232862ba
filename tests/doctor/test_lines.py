"""What doctor says of facts: every fault has its word and its remedy. No network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from engage.config import Agency, Config, Google, Mail, Smtp, Source
from engage.doctor import credentials, files, headings, mail, sheets
from engage.doctor.lines import Line, exit_code
from engage.mail.app_certificate import runs_out
from engage.mail.one_click import KEY_FILE, our_key
from engage.mail.transport import Attempt
from engage.model import Grid, Snapshot, Tab
from engage.schema import load_schema
from engage.workbook.google.layout_standing import Standing, TabStanding
from engage.workbook.google.protecting import BUILT
from engage.workbook.google.stale_warning import AT, STALE
from tests.mail.microsoft import pem
from tests.mail.servers import Plan, new_authority, serving, transport

SCHEMA = load_schema()
TO_REVIEW = SCHEMA.tabs["To review"].headings
APP = Smtp("graph.microsoft.com", 587, user="d@x.example", sign_in="microsoft-app")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEY = rsa.generate_private_key(65537, 2048)
ANSWER = TO_REVIEW.index("Decision")
OURS = {
    "description": BUILT,
    "requestingUserCanEdit": True,
    "unprotectedRanges": [{"startRowIndex": 1, "startColumnIndex": ANSWER, "endColumnIndex": ANSWER + 1}],
}


def config(folder: Path, **more: Any) -> Config:
    made = Config(folder / "engage.toml", "P", folder / "hub.xlsx", folder / "state", Mail(folder / "outbox"))
    return replace(made, **more)


def found(lines: Iterable[Line]) -> dict[str, str]:
    """The faults: what → remedy. Every one of them has a remedy."""
    faults = {line.what: line.fix for line in lines if line.verdict != "ok"}
    assert all(faults.values()), faults
    return faults


def standing(*tabs: TabStanding, **more: Any) -> Standing:
    start = TabStanding(1, "Start here", (("Start here",),), 60, 3, formulas={AT: STALE}, protected=())
    fine = Standing("1x", "Hub", "en_GB", "Europe/London", tabs or (start,), 1000, "1x")
    return replace(fine, **more)


def review(**more: Any) -> TabStanding:
    return replace(TabStanding(2, "To review", (TO_REVIEW,), 60, 30, protected=(OURS,)), **more)


# --- a Google Sheet ---


def settings(**more: Any) -> dict[str, str]:
    lines = sheets.check_settings(standing(**more), "Hub", sheet="1x", time_zone="Europe/London")
    return found(lines)


def test_a_spreadsheet_as_it_should_be_has_no_fault() -> None:
    assert settings() == {}
    assert found(sheets.check_tabs(standing(), [], "Hub")) == {}
    assert found(sheets.check_protections(standing(review()), SCHEMA, "Hub", laid_out=True)) == {}


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"locale": "en_US"}, "locale is en_US"),
        ({"time_zone": "America/New_York"}, "time zone is America/New_York"),
        ({"cells": 6_000_000}, "60% of the 10 million cells"),
        ({"self_id": "1other"}, "a copy of another spreadsheet"),
    ],
)
def test_settings_that_are_amiss_are_named(fault: dict[str, Any], said: str) -> None:
    assert [what for what in settings(**fault) if said in what]


def test_a_spreadsheet_that_is_almost_full_is_wrong() -> None:
    lines = sheets.check_settings(standing(cells=9_700_000), "Hub", sheet="1x", time_zone="Europe/London")
    assert exit_code(lines) == 1


def in_drive(before: str = "", **file: Any) -> list[Line]:
    fine = {"owners": [{"emailAddress": "jo@college.example"}], "capabilities": {"canEdit": True}}
    return list(
        sheets.check_file(fine | file, "Hub", owner_before=before, view_only=False, address="e@x.example")
    )


def test_a_spreadsheet_in_the_bin_is_wrong() -> None:
    lines = in_drive(trashed=True)
    assert exit_code(lines) == 1
    assert "this spreadsheet is in the bin of Google Drive" in found(lines)


def test_a_new_owner_is_said() -> None:
    assert found(in_drive(before="jo@college.example")) == {}
    assert "new owner: jo@college.example" in next(iter(found(in_drive(before="pat@council.example"))))


def test_view_only_is_wrong_unless_engage_toml_says_so() -> None:
    lines = in_drive(capabilities={"canEdit": False})
    assert exit_code(lines) == 1
    assert "e@x.example" in next(iter(found(lines)))
    allowed = sheets.check_file({"capabilities": {}}, "A", owner_before="", view_only=True, address="")
    assert found(allowed) == {}


def test_open_to_everybody_with_the_link_is_said() -> None:
    assert "anyone who has the link" in next(iter(found(sheets.check_sharing([{"type": "anyone"}], "Hub"))))


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        (review(protected=()), "not protected any more: To review"),
        (review(protected=(OURS | {"unprotectedRanges": []},)), "people cannot answer in: To review"),
        (review(protected=(OURS | {"requestingUserCanEdit": False},)), "signed in with another account"),
    ],
)
def test_protections_that_are_amiss_are_named(tab: TabStanding, said: str) -> None:
    faults = found(sheets.check_protections(standing(tab), SCHEMA, "Hub", laid_out=True))
    assert [what for what in faults if said in what]


def test_the_headings_of_an_agencys_own_tabs_need_no_protection() -> None:
    own = TabStanding(3, "Employers", (("Employer", "Town", "Postcode"),), 60, 3)
    assert found(sheets.check_protections(standing(own), SCHEMA, "A", laid_out=False)) == {}


def test_a_missing_tab_and_a_lost_warning_are_named() -> None:
    bare = TabStanding(1, "Start here", (("Start here",),), 60, 3)
    faults = found(sheets.check_tabs(standing(bare), ["Decisions"], "Hub"))
    assert list(faults) == [
        "tabs are missing: Decisions",
        "Start here has lost the formula that warns when no sync has run for two days",
    ]


# --- tabs, headings, memory ---


def read(tmp_path: Path, *tabs: tuple[str, Grid]) -> list[Line]:
    snapshot = Snapshot("a", tuple(Tab(title, rows) for title, rows in tabs))
    source = Source("a", tmp_path / "a.xlsx", (Agency("A", key="a"),))
    return list(headings.check_headings(snapshot, source, config(tmp_path), SCHEMA, "A", date(2026, 11, 22)))


def test_tabs_that_are_understood_are_counted(tmp_path: Path) -> None:
    lines = read(tmp_path, ("Employers", (("Employer", "Town", "Postcode", "Our code"),)))
    assert [line.what for line in lines] == ["1 tab understood, 1 column left alone"]


def test_a_workbook_of_which_nothing_is_understood_is_wrong(tmp_path: Path) -> None:
    assert exit_code(read(tmp_path, ("Budget", (("Item", "Pounds"),)))) == 1


def test_a_tab_of_ours_without_headings_is_said(tmp_path: Path) -> None:
    faults = found(read(tmp_path, ("Employers", ()), ("Contacts", (("First name", "Last name", "Email"),))))
    assert 'the tab "Employers" has no row of headings that is understood' in faults


def test_a_heading_in_doubt_is_named(tmp_path: Path) -> None:
    faults = found(read(tmp_path, ("Employers", (("Employer", "Postcode", "Phone", "Location"),))))
    assert '"Location" in Employers' in next(iter(faults))


def test_a_damaged_memory_is_wrong() -> None:
    rows = (("Kind", "Key", "Value"), ("record", "R-1", "no JSON at all"))
    line, state = headings.check_memory(Snapshot("a", (Tab("_engage", rows),)), "a", "A")
    assert (line.verdict, state) == ("wrong", None)
    assert line.fix


def test_the_memory_of_another_workbook_is_wrong() -> None:
    rows = (("Kind", "Key", "Value"), ("format", "", "1"), ("workbook", "", "hub"))
    line, _ = headings.check_memory(Snapshot("a", (Tab("_engage", rows),)), "a", "A")
    assert line.verdict == "wrong"


# --- files, mail, key ---


def test_a_missing_file_is_wrong(tmp_path: Path) -> None:
    assert exit_code(files.check_file(tmp_path / "a.xlsx", "A", view_only=False)) == 1


def test_a_file_that_somebody_has_open_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    assert found(files.check_file(path, "A", view_only=False)) == {}
    (tmp_path / ".~lock.a.xlsx#").write_text("Pat Hale,pat,desk,22.11.2026 09:00,x;", "utf-8")
    assert "Pat Hale" in next(iter(found(files.check_file(path, "A", view_only=False))))


def test_a_state_folder_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", "utf-8")
    line = files.check_state(tmp_path / "state")
    assert (line.verdict, bool(line.fix)) == ("wrong", True)


def test_mail_that_would_reach_nobody_or_come_from_nobody_is_said(tmp_path: Path) -> None:
    assert len(of_mail(config(tmp_path))) == 2
    fine = Mail(tmp_path / "outbox", ("council.example",), "Us", "us@council.example")
    assert of_mail(config(tmp_path, mail=fine)) == {}
    assert len(of_mail(config(tmp_path, mail=replace(fine, from_address="us at home")))) == 1


def test_an_outbox_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("", "utf-8")
    assert exit_code(mail.check_mail(config(tmp_path), lambda: Attempt("sent"), NOW)) == 1


def test_a_mail_server_that_lets_us_in_gets_no_message(tmp_path: Path) -> None:
    plan = Plan()
    with serving(plan, new_authority(tmp_path)) as smtp:
        assert of_mail(by_mail(tmp_path, smtp), transport(smtp).check) == {}
    assert plan.taken == []


def test_each_way_in_which_a_mail_server_keeps_us_out_has_its_remedy(tmp_path: Path) -> None:
    authority = new_authority(tmp_path)
    with serving(Plan(), authority) as smtp:
        wrong_password = of_mail(by_mail(tmp_path, smtp), transport(smtp, password="wrong").check)
        other_door = replace(smtp, security="tls")
        wrong_port = of_mail(by_mail(tmp_path, other_door), transport(other_door).check)
        (tmp_path / "other").mkdir()
        stranger = replace(smtp, ca_file=new_authority(tmp_path / "other").file)
        certificate = of_mail(by_mail(tmp_path, stranger), transport(stranger).check)
    gone = of_mail(by_mail(tmp_path, smtp), transport(smtp).check)
    told = [next(iter(lines.values())) for lines in (wrong_password, wrong_port, certificate, gone)]
    for fix, word in zip(told, ("engage mail password", "587", "ca_file", "firewall"), strict=True):
        assert word in fix


def test_no_password_anywhere_is_said_with_the_command_that_keeps_one(tmp_path: Path) -> None:
    attempt = Attempt("configuration", "there is no password", fix="run engage mail password")
    smtp = Smtp("mail.council.example", 587, user="us")
    assert of_mail(by_mail(tmp_path, smtp), lambda: attempt) == {attempt.why: attempt.fix}


@pytest.mark.parametrize(
    ("days", "verdict", "says"),
    [
        (-1, "wrong", "ran out on"),
        (20, "look", "no digest can leave after that"),
        (40, "ok", "is good until"),
    ],
)
def test_the_certificate_of_an_app_is_looked_at_before_it_runs_out(
    tmp_path: Path, days: int, verdict: str, says: str
) -> None:
    app = replace(APP, certificate=pem(tmp_path, KEY))
    ends = runs_out(app.certificate)
    (line,) = mail.check_certificate(app, ends - timedelta(days=days))
    assert (line.verdict, says in line.what, f"{ends.day} {ends:%B %Y}" in line.what) == (verdict, True, True)
    assert ("Certificates & secrets" in line.fix) == (verdict != "ok")


def test_a_certificate_that_is_none_is_wrong_and_an_app_with_a_secret_has_none(tmp_path: Path) -> None:
    (tmp_path / "c.pem").write_text("no certificate", "utf-8")
    (line,) = mail.check_certificate(replace(APP, certificate=tmp_path / "c.pem"), NOW)
    assert (line.verdict, "holds no certificate" in line.what) == ("wrong", True)
    assert list(mail.check_certificate(APP, NOW)) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are not in the mode")
def test_a_certificate_that_others_can_read_is_to_be_looked_at(tmp_path: Path) -> None:
    path = pem(tmp_path, KEY)
    path.chmod(0o644)
    lines = mail.check_certificate(replace(APP, certificate=path), NOW)
    assert [line.fix for line in lines if line.verdict == "look"] == [f'run: chmod 600 "{path}"']


def test_doctor_names_who_signs_in_at_microsoft(tmp_path: Path) -> None:
    sender = Mail(tmp_path, ("x.example",), "Us", "us@x.example", transport="graph", smtp=APP)
    (line,) = mail.check_mail(config(tmp_path, mail=sender), lambda: Attempt("sent"), NOW)
    assert "the app by itself (app-only sign-in, by its secret, for the mailbox d@x.example)" in line.what
    by_smtp = replace(sender, transport="smtp", smtp=replace(APP, certificate=tmp_path / "c.pem"))
    assert "and lets the app by itself (app-only sign-in, by its certificate" in mail.let_in(by_smtp)
    person = replace(sender, smtp=replace(APP, sign_in="microsoft"))
    assert "gives d@x.example (a person's sign-in) a token" in mail.let_in(person)


@pytest.mark.skipif(os.name != "posix", reason="rights are not in the mode")
def test_a_key_of_one_click_that_others_can_read_is_to_be_looked_at(tmp_path: Path) -> None:
    asked = Mail(tmp_path, ("x.example",), "Us", "us@x.example", one_click="https://x.example/{token}")
    assert of_mail(config(tmp_path, mail=asked)) == {}
    our_key(tmp_path / "state")
    assert of_mail(config(tmp_path, mail=asked)) == {}
    (tmp_path / "state" / KEY_FILE).chmod(0o644)
    assert "chmod 600" in next(iter(of_mail(config(tmp_path, mail=asked)).values()))
    (tmp_path / "state" / KEY_FILE).write_text("no key", "ascii")
    assert "backup" in next(iter(of_mail(config(tmp_path, mail=asked)).values()))


def of_mail(settings: Config, try_server: Callable[[], Attempt] = lambda: Attempt("sent")) -> dict[str, str]:
    return found(mail.check_mail(settings, try_server, NOW))


def by_mail(folder: Path, smtp: Smtp) -> Config:
    sender = Mail(folder, ("x.example",), "Us", "us@x.example", transport="smtp", smtp=smtp)
    return config(folder, mail=sender)


def test_a_key_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    assert exit_code(credentials.check_key_file(Google(credentials=tmp_path / "key.json"))) == 1
    assert found(credentials.check_key_file(Google(sign_in="default"))) == {}

"""engage digest status and resolve, engage mail: what they say, what they write, how they end."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from cli.digest_said import words_of
from engage.config import HUB, load_config
from engage.ledger import LEDGER_FILE, REFUSED, SENT, UNKNOWN, Ledger, Send
from engage.lock import one_at_a_time
from engage.mail.choosing import service_for, tokens_for, transport_for
from engage.mail.delivering import delivery_of
from engage.mail.graph import GraphTransport
from engage.mail.microsoft import APPS_SCOPE, PERSONS_SCOPE, PersonTokens
from engage.mail.one_click import our_key, token_for
from engage.mail.pacing import Paced
from engage.mail.smtp import SmtpTransport
from engage.mail.transport import Attempt
from engage.recipients import mail_stops
from engage.schema import load_schema
from engage.workbook.layout_xlsx import lay_out
from engage.workbook.xlsx import XlsxWorkbook
from tests.mail.servers import PASSWORD, Plan, new_authority, serving
from tests.partnership import row_of

NOW = datetime.fromisoformat("2026-11-23T05:00")
RUTH, TOM = "ruth@marlbeck.example", "tom@marlbeck.example"
SETTINGS = '[partnership]\nname = "Marlbeck Works"\n[mail]\nallowed_domains = ["marlbeck.example"]\n'


def run(folder: Path, *words: str, **more) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(folder / "engage.toml")], **more)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "engage.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


@pytest.fixture
def ledger(folder):
    made = Ledger(folder / ".engage" / LEDGER_FILE)
    for address, status, why in ((RUTH, UNKNOWN, "the line broke"), (TOM, SENT, "")):
        send = Send(address, "weekly", "2026-W47")
        made.claim(send, NOW)
        made.settle(send, status, NOW, why=why)
    return made


def stops(folder: Path) -> frozenset[str]:
    return mail_stops(XlsxWorkbook("hub", folder / "hub.xlsx").read())


def test_status_lists_what_waits_for_a_person_and_ends_with_3(folder, ledger):
    shown = run(folder, "digest", "status")
    assert shown.exit_code == 3
    assert f"{RUTH}: weekly 2026-W47" in shown.output.splitlines()[1]
    assert "the line broke" in shown.output
    assert f"{TOM}: weekly 2026-W47, 2026-11-23 05:00, sent" in shown.output


def test_status_for_a_program_is_one_document(folder, ledger):
    told = json.loads(run(folder, "digest", "status", "--json").stdout)
    assert [row["to"] for row in told["waiting"]] == [RUTH]
    assert {row["to"]: row["status"] for row in told["digests"]} == {RUTH: "unknown", TOM: "sent"}


def test_what_a_person_resolves_no_longer_waits(folder, ledger):
    assert "counts as sent" in run(folder, "digest", "resolve", RUTH, "sent").output
    assert run(folder, "digest", "status").exit_code == 0
    again = run(folder, "digest", "resolve", RUTH, "not-sent")
    assert (again.exit_code, "nothing for" in again.output) == (2, True)


def test_a_month_is_asked_for_and_settled_by_its_name(folder, ledger):
    monthly = Send(TOM, "monthly", "2026-10")
    ledger.claim(monthly, NOW)
    assert f"{TOM}: monthly 2026-10" in run(folder, "digest", "status", "--month", "2026-10").output
    told = run(folder, "digest", "resolve", TOM, "sent", "--month", "2026-10")
    assert f"{TOM}, monthly 2026-10: counts as sent" in told.output
    assert ledger.status(monthly) == SENT


def test_a_week_is_known_however_it_is_written_and_nonsense_is_not(folder, ledger):
    assert f"{TOM}: weekly 2026-W47" in run(folder, "digest", "status", "--week", "2026-w47").output
    shown = run(folder, "digest", "status", "--week", "2026-13")
    assert (shown.exit_code, "neither a week nor a month" in shown.output) == (2, True)


def test_what_was_refused_may_be_tried_again_by_a_persons_word(folder, ledger):
    send = Send(TOM, "weekly", "2026-W47")
    ledger.settle(send, REFUSED, NOW)
    assert run(folder, "digest", "resolve", TOM, "not-sent").exit_code == 0
    assert ledger.claim(send, NOW)


def test_where_nothing_was_ever_sent_no_ledger_is_made_by_looking(folder):
    shown = run(folder, "digest", "status")
    assert (shown.exit_code, "the machine that sends" in shown.output) == (1, True)
    assert not (folder / ".engage" / LEDGER_FILE).exists()


def test_stopping_an_address_adds_it_to_the_hub_once(folder):
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows={})
    first = run(folder, "mail", "stop", RUTH.upper(), "--why", "rang us", "--by", "Pat")
    assert (first.exit_code, "added to Mail stops" in first.output) == (0, True)
    assert stops(folder) == {RUTH}
    assert "stands already" in run(folder, "mail", "stop", RUTH).output
    tab = XlsxWorkbook("hub", folder / "hub.xlsx").read().tab("Mail stops")
    assert [row[1:4] for row in tab.rows[1:]] == [(RUTH, "rang us", "Pat")]


def test_a_second_stop_leaves_the_first_ones_row_as_it_was(folder):
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows={})
    run(folder, "mail", "stop", RUTH)
    before = XlsxWorkbook("hub", folder / "hub.xlsx").read().tab("Mail stops").rows
    run(folder, "mail", "stop", TOM)
    after = XlsxWorkbook("hub", folder / "hub.xlsx").read().tab("Mail stops").rows
    assert after[: len(before)] == before
    assert stops(folder) == {RUTH, TOM}


def test_a_stop_holds_here_even_if_the_hub_cannot_be_written(folder, ledger):
    assert run(folder, "mail", "stop", RUTH).exit_code == 1  # there is no hub.xlsx
    assert [stop.address for stop in ledger.untold_stops()] == [RUTH]


def test_a_stop_holds_at_once_though_another_run_is_at_work(folder, ledger):
    with one_at_a_time(folder / ".engage"):
        shown = run(folder, "mail", "stop", RUTH)
    assert (shown.exit_code, "another run" in shown.output) == (1, True)
    assert [stop.address for stop in ledger.untold_stops()] == [RUTH]


def test_what_is_no_address_is_not_stopped(folder):
    assert run(folder, "mail", "stop", "ruth").exit_code == 2


def test_one_click_stops_whoever_the_token_was_made_for(folder, ledger):
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows={})
    token = token_for(TOM, our_key(folder / ".engage"))
    assert f"{TOM}: added to Mail stops" in run(folder, "mail", "stop", token).output
    tab = XlsxWorkbook("hub", folder / "hub.xlsx").read().tab("Mail stops")
    assert [row[1:4] for row in tab.rows[1:]] == [(TOM, "Pressed unsubscribe in a digest.", TOM)]


def test_one_click_is_understood_of_a_coordinator_whom_the_ledger_has_never_met(folder):
    rows = {"Coordinators": [row_of("Coordinators", Name="Ann", Email="Ann@marlbeck.example")]}
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows=rows)
    token = token_for("ann@marlbeck.example", our_key(folder / ".engage"))
    assert run(folder, "mail", "stop", token).exit_code == 0
    assert stops(folder) == {"ann@marlbeck.example"}


def test_a_forged_token_is_refused_in_words_and_stops_nobody(folder, ledger):
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows={})
    our_key(folder / ".engage")
    shown = run(folder, "mail", "stop", token_for(TOM, b"somebody else's key, 32 bytes lon"))
    assert (shown.exit_code, "was not made here" in shown.output) == (2, True)
    assert "the address instead" in shown.output
    assert (stops(folder), ledger.untold_stops()) == (frozenset(), ())


def test_a_token_where_no_key_is_says_which_machine_to_use(folder):
    shown = run(folder, "mail", "stop", token_for(TOM, b"k" * 32))
    assert (shown.exit_code, "machine that sends" in shown.output) == (2, True)
    assert not (folder / ".engage").exists()


def test_mail_that_came_back_is_written_down_as_a_refusal(folder):
    lay_out(folder / "hub.xlsx", load_schema().tabs_of(HUB), rows={})
    run(folder, "mail", "stop", TOM, "--bounced")
    tab = XlsxWorkbook("hub", folder / "hub.xlsx").read().tab("Mail stops")
    assert [row[2:4] for row in tab.rows[1:]] == [("Its mail came back.", "Engage")]


def test_checking_the_server_says_whether_it_lets_us_in(tmp_path, monkeypatch):
    authority = new_authority(tmp_path)
    with serving(Plan(), authority) as smtp:
        more = f'transport = "smtp"\nhost = "{smtp.host}"\nport = {smtp.port}\nuser = "{smtp.user}"\n'
        more += 'ca_file = "ca.pem"\n'
        (tmp_path / "engage.toml").write_text(SETTINGS + more, "utf-8")
        monkeypatch.setenv("ENGAGE_MAIL_PASSWORD", PASSWORD)
        assert run(tmp_path, "mail", "check").exit_code == 0
        monkeypatch.setenv("ENGAGE_MAIL_PASSWORD", "wrong")
        shown = run(tmp_path, "mail", "check")
    assert (shown.exit_code, "does not let us sign in" in shown.output) == (2, True)


def test_what_keeps_everything_from_leaving_comes_with_its_remedy():
    send = Send(TOM, "weekly", "2026-W47")
    attempt = Attempt("configuration", "Microsoft says no", ends_run=True, fix="run engage mail sign-in")
    said = words_of(delivery_of(send, attempt))
    assert said.endswith("nothing else would be: Microsoft says no. What to do: run engage mail sign-in")
    assert "What to do" not in words_of(delivery_of(send, Attempt("sent", "202")))


def test_a_password_is_kept_in_the_keyring_and_never_asked_for_without_a_terminal(tmp_path):
    more = 'transport = "smtp"\nhost = "mail.marlbeck.example"\nuser = "engage"\n'
    (tmp_path / "engage.toml").write_text(SETTINGS + more, "utf-8")
    shown = run(tmp_path, "mail", "password")
    assert (shown.exit_code, "ENGAGE_MAIL_PASSWORD" in shown.output) == (2, True)


def test_the_outbox_has_no_server_to_check(folder):
    assert run(folder, "mail", "check").exit_code == 2


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('password = "secret words"', "does not belong in this file"),
        ('transport = "smtp"', "mail, host: is missing"),
        ('host = "mail.x.example"\nsecurity = "none"', "without encryption"),
        ('host = "localhost"\nsecurity = "none"\nuser = "u"', "not encrypted"),
        ('ca_file = "gone.pem"', "there is no file"),
        ('unsubscribe = "Pat"', "no e-mail address"),
        ('one_click = "http://x.example/{token}"', "no page for one-click unsubscribing"),
        ('one_click = "https://x.example/stop"', "no page for one-click unsubscribing"),
        (f'one_click = "https://x.example/{"s" * 40}{{token}}"', "longer than 55 characters"),
        ('transport = "graph"\nuser = "u"', 'write "microsoft"'),
        ('user = "u"\nsign_in = "microsoft"', "mail, client_id: is missing"),
        ('client_id = "c"\nsign_in = "microsoft"', "mail, user: is missing"),
        ('user = "u"\nsign_in = "google"', "mail, client_file: is missing"),
        ('client_id = "c"\nuser = "u"\nsign_in = "microsoft-app"', "mail, tenant: is missing"),
        ('user = "u"\ntenant = "t"\nsign_in = "microsoft-app"', "mail, client_id: is missing"),
        ('certificate = "engage.toml"', "microsoft-app"),
        ('certificate = "gone.pem"', "there is no file"),
    ],
)
def test_what_is_wrong_in_the_mail_section_is_said(tmp_path, lines, says):
    (tmp_path / "engage.toml").write_text(SETTINGS + lines + "\n", "utf-8")
    shown = run(tmp_path, "digest", "status")
    assert shown.exit_code == 2
    assert says in " ".join(shown.output.split())
    assert "secret words" not in shown.output


@pytest.mark.parametrize(
    ("sign_in", "graph", "smtp"),
    [
        ("microsoft", "https://graph.microsoft.com/Mail.Send", "https://outlook.office.com/SMTP.Send"),
        ("microsoft-app", "https://graph.microsoft.com/.default", "https://outlook.office365.com/.default"),
    ],
)
def test_the_way_out_is_the_one_that_engage_toml_names(folder, sign_in, graph, smtp):
    account = f'user = "u@x.example"\nsign_in = "{sign_in}"\nclient_id = "c"\ntenant = "t.example"\n'
    for lines, kind, scope in (
        (f'transport = "smtp"\nhost = "m.x.example"\n{account}', SmtpTransport, smtp),
        (f'transport = "graph"\n{account}', GraphTransport, graph),
    ):
        (folder / "engage.toml").write_text(SETTINGS + lines, "utf-8")
        mail = load_config(folder / "engage.toml").mail
        assert isinstance(transport_for(mail), Paced)
        assert isinstance(service_for(mail), kind)
        tokens = tokens_for(mail)
        scopes = PERSONS_SCOPE if isinstance(tokens, PersonTokens) else APPS_SCOPE
        assert scopes[tokens.way] == scope


def test_signing_in_by_a_code_is_for_microsoft_alone(folder):
    more = 'transport = "smtp"\nhost = "mail.x.example"\nuser = "u"\n'
    (folder / "engage.toml").write_text(SETTINGS + more, "utf-8")
    shown = run(folder, "mail", "sign-in")
    assert (shown.exit_code, "engage mail password" in shown.output) == (2, True)


def test_a_person_at_microsoft_gives_no_password_here(folder):
    more = 'transport = "graph"\nuser = "u@x.example"\nsign_in = "microsoft"\nclient_id = "c"\n'
    (folder / "engage.toml").write_text(SETTINGS + more, "utf-8")
    shown = run(folder, "mail", "password")
    assert (shown.exit_code, "engage mail sign-in" in shown.output) == (2, True)


def test_the_usual_ports_are_known(folder):
    for security, port in (("starttls", 587), ("tls", 465)):
        text = f'{SETTINGS}transport = "smtp"\nhost = "mail.x.example"\nsecurity = "{security}"\n'
        (folder / "engage.toml").write_text(text, "utf-8")
        assert load_config(folder / "engage.toml").mail.smtp.port == port

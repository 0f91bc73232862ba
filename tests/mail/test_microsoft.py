"""Signing in at Microsoft, as an app and as a person: what each answer means; no secret is repeated."""

from __future__ import annotations

import io
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
import trustme
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from keyring.backends.fail import Keyring as NoKeyring

from cli import main
from engage.config import Mail, Smtp
from engage.errors import MailError
from engage.mail import graph, microsoft
from engage.mail.app_certificate import certificate_in, credential_of
from engage.mail.choosing import service_for, tokens_for
from engage.mail.microsoft import PersonTokens
from engage.mail.microsoft_faults import refused
from engage.mail.passwords import SERVICE, entry_of, keep_password, password_for
from engage.mail.transport import Attempt
from tests.sheets_server.consent import InMemory, ring

from .microsoft import (
    CLIENT,
    LONG,
    PERSON,
    SECRET,
    TENANT,
    AtMicrosoft,
    Tenant,
    at_microsoft,
    busy,
    pem,
    refusal,
)
from .servers import Plan, free_port, new_authority, serving
from .test_google_tokens import Bearer
from .test_smtp import envelope

__all__ = ["ring"]
ENV = "ENGAGE_MAIL_PASSWORD"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def one_server(authority) -> Iterator[AtMicrosoft]:
    with at_microsoft(authority) as ours:
        yield ours


@pytest.fixture
def there(one_server, authority, monkeypatch) -> AtMicrosoft:
    """Microsoft, as far as this machine can tell."""
    one_server.tenant = Tenant()
    monkeypatch.setattr(microsoft, "LOGIN", one_server.base)
    monkeypatch.setattr(graph, "BASE", f"{one_server.base}/v1.0")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    monkeypatch.setenv(ENV, SECRET)
    return one_server


def as_app(**more) -> Mail:
    smtp = Smtp(graph.HOST, 587, user=PERSON, sign_in="microsoft-app", client_id=CLIENT, tenant=TENANT)
    return Mail(Path(), from_address=PERSON, transport="graph", smtp=replace(smtp, **more))


@pytest.fixture
def person(monkeypatch, there, ring: InMemory) -> Mail:
    monkeypatch.delenv(ENV)
    return as_app(sign_in="microsoft", tenant="organizations")


def tried(mail: Mail) -> Attempt:
    way = service_for(mail)
    try:
        return way.send(envelope())
    finally:
        way.close()


# --- the app by itself -------------------------------------------------------------------------------------


def test_an_app_sends_our_whole_message_from_the_mailbox_that_is_named(there):
    way = service_for(as_app())
    assert [way.send(envelope()).result, way.send(envelope()).result] == ["sent", "sent"]
    assert there.tenant.sent == [(PERSON, envelope().message.as_bytes())] * 2
    (form,) = there.tenant.asked  # one token for both
    assert (form["scope"], form["client_secret"]) == ("https://graph.microsoft.com/.default", SECRET)


def answers(*said, **changes):
    """A tenant that differs so, and gives these answers first."""
    return Tenant(says=list(said), **changes)


ENDPOINTS = "discovery"
CASES = [
    (answers(secrets={}), "configuration", "AADSTS7000215", "which is not its ID"),
    (
        answers(secrets={SECRET: True}),
        "configuration",
        "the app's secret has run out",
        "engage mail password",
    ),
    (answers(may_send=False), "configuration", "ErrorAccessDenied", "permission Mail.Send"),
    (answers(mailboxes=()), "configuration", "ErrorInvalidUser", "under user"),
    (
        answers(ENDPOINTS, refusal(400, "invalid_grant", 65001)),
        "configuration",
        "agreed",
        "Grant admin consent",
    ),
    (
        answers(ENDPOINTS, refusal(400, "invalid_client", 1234567)),
        "configuration",
        "AADSTS1234567",
        "make a new",
    ),
    (answers(ENDPOINTS, refusal(400, "unheard_of", 0)), "configuration", "unheard_of", "look the code up"),
    (answers(busy(429, 30)), "temporary", "answers 429, and asks us to wait 30 seconds", ""),
    (answers(ENDPOINTS, busy(429, 17)), "temporary", "asks us to wait 17 seconds", ""),
    (answers(ENDPOINTS, busy(503, 5)), "temporary", "answers 503", ""),
    (answers(ENDPOINTS, refusal(400, "temporarily_unavailable", 90033)), "temporary", "unavailable", ""),
    (answers((200, {"page": "<h1>Sign in to the WiFi</h1>"}, {})), "temporary", "something else answers", ""),
    (answers(graph_says=[busy(429, 12)]), "temporary", "asks us to wait 12 seconds", ""),
]


@pytest.mark.parametrize(("tenant", "result", "says", "fix"), CASES, ids=[case[2] for case in CASES])
def test_what_keeps_an_app_from_sending_is_said_with_its_remedy_and_without_a_secret(
    there, tenant, result, says, fix, heard
):
    one = there._endpoints(TENANT)
    said = [(200, one, {}) if answer == ENDPOINTS else answer for answer in tenant.says]
    there.tenant = replace(tenant, says=said, asked=[], sent=[], tokens={}, graph_says=[*tenant.graph_says])
    attempt = tried(as_app())
    assert (attempt.result, attempt.ends_run) == (result, True)
    assert says in attempt.why
    assert fix in attempt.fix
    assert there.tenant.sent == []
    for told in (attempt.why, attempt.fix, heard.getvalue()):
        assert all(word not in told for word in (SECRET, "secret-token", "Trace ID"))


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """All that any library logs, at any level."""
    text = io.StringIO()
    handler, root = logging.StreamHandler(text), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_tenant_or_app_that_is_not_there_is_the_configuration(there):
    gone = tried(as_app(tenant="nobody.example"))
    assert (gone.result, "AADSTS90002" in gone.why, "tenant" in gone.fix) == ("configuration", True, True)
    stranger = tried(as_app(client_id="99999999-0000"))
    assert (stranger.result, "AADSTS700016" in stranger.why) == ("configuration", True)


def test_a_sign_in_service_that_cannot_be_reached_is_tried_later(there, monkeypatch):
    monkeypatch.setattr(microsoft, "LOGIN", f"https://localhost:{free_port()}")
    attempt = tried(as_app())
    assert (attempt.result, "it cannot be reached" in attempt.why) == ("temporary", True)


def test_one_whose_certificate_this_machine_does_not_trust_gets_no_secret(there, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    attempt = tried(as_app())
    assert (attempt.result, "REQUESTS_CA_BUNDLE" in attempt.fix) == ("configuration", True)
    assert there.tenant.asked == []


def test_an_app_without_a_secret_is_told_how_to_have_one(there, monkeypatch, ring: InMemory):
    monkeypatch.delenv(ENV)
    attempt = tried(as_app())
    assert (attempt.result, "no secret to sign the app in" in attempt.why) == ("configuration", True)
    ring.set_password(SERVICE, entry_of(as_app().smtp), SECRET)
    assert tried(as_app()).result == "sent"


def test_an_app_signs_in_at_the_mail_server_by_xoauth2(there, authority, monkeypatch):
    monkeypatch.setattr("tests.mail.servers.Hooks", Bearer)
    monkeypatch.setattr(Bearer, "wanted", f"user={PERSON}\x01auth=Bearer secret-token-0\x01\x01")
    plan = Plan()
    with serving(plan, authority) as host:
        mail = replace(as_app(host=host.host, port=host.port, ca_file=host.ca_file), transport="smtp")
        assert tried(mail).result == "sent"
        there.tenant.says = [busy(429, 9)]
        later = tried(mail)
    assert there.tenant.asked[0]["scope"] == "https://outlook.office365.com/.default"
    assert (later.result, "asks us to wait 9 seconds" in later.why, len(plan.taken)) == ("temporary", True, 1)


# --- by certificate ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def upload(there: AtMicrosoft, path: Path) -> None:
    there.tenant.certificates = x509.load_pem_x509_certificates(path.read_bytes())


@pytest.mark.parametrize("words", [b"", b"a passphrase"])
def test_an_app_signs_in_by_its_certificate_and_the_key_stays_here(there, tmp_path, key, words, monkeypatch):
    path = pem(tmp_path, key, words=words)
    monkeypatch.setenv(ENV, words.decode())
    upload(there, path)
    assert tried(as_app(certificate=path)).result == "sent"
    (asked,) = there.tenant.asked
    assert "PRIVATE KEY" not in str(asked)
    assert "client_secret" not in asked


def test_a_certificate_that_was_not_uploaded_is_said(there, tmp_path, key):
    attempt = tried(as_app(certificate=pem(tmp_path, key)))
    assert (attempt.result, "AADSTS700027" in attempt.why) == ("configuration", True)
    assert "upload the certificate" in attempt.fix


def test_a_file_that_is_no_certificate_with_its_key_is_said_before_anything_is_asked(there, tmp_path, key):
    path = pem(tmp_path, key)
    whole = path.read_bytes()
    private, public = whole.split(b"-----BEGIN CERT")
    curved = ec.generate_private_key(ec.SECP256R1())
    other = rsa.generate_private_key(65537, 2048)
    foreign = pem(tmp_path, other).read_bytes().split(b"-----BEGIN CERT")[1]
    unknown = b"-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n" % b64encode(
        bytes.fromhex("302e020100300506032b657f04220420") + bytes(32)  # an algorithm that nobody has
    )
    for content, says in (
        (private, "no certificate"),
        (unknown + b"-----BEGIN CERT" + public, "no private key that opens"),
        (b"-----BEGIN CERT" + public, "no private key"),
        (b"", "no certificate"),
        (pem(tmp_path, curved).read_bytes(), "no RSA key"),
        (private + b"-----BEGIN CERT" + foreign, "do not belong together"),
    ):
        path.write_bytes(content)
        attempt = tried(as_app(certificate=path))
        assert (attempt.result, says in attempt.why) == ("configuration", True), says
    path.unlink()
    assert "cannot be read" in tried(as_app(certificate=path)).why
    assert there.tenant.asked == []


def test_a_wrong_passphrase_is_said(there, tmp_path, key, monkeypatch):
    path = pem(tmp_path, key, words=b"a passphrase")
    assert "no private key that opens" in tried(as_app(certificate=path)).why  # the secret is none
    monkeypatch.delenv(ENV)
    keyring.set_keyring(NoKeyring())
    assert "no passphrase" in tried(as_app(certificate=path)).why


def test_a_certificate_is_found_below_its_issuers_and_its_file_is_read_once(tmp_path, monkeypatch):
    issuer = trustme.CA()
    leaf = issuer.issue_cert("engage.example", key_type=trustme.KeyType.RSA)
    theirs, public = leaf.private_key_pem.bytes(), leaf.cert_chain_pems[0].bytes()
    path = tmp_path / "chain.pem"
    path.write_bytes(issuer.cert_pem.bytes() + public + theirs)
    seen, read = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: seen.append(file) or read(file))
    assert x509.load_pem_x509_certificate(credential_of(path, str)["public_certificate"].encode()) == (
        x509.load_pem_x509_certificate(public)
    )
    assert seen == [path]
    assert certificate_in(path) == x509.load_pem_x509_certificate(public)


# --- a person ----------------------------------------------------------------------------------------------


def test_no_way_to_sign_in_reads_or_overwrites_what_another_keeps(person, ring: InMemory):
    ways = [replace(person.smtp, sign_in=way) for way in ("password", "microsoft", "microsoft-app", "google")]
    for way in ways:
        keep_password(way, f"for {way.sign_in}")
    assert [password_for(way) for way in ways] == [f"for {way.sign_in}" for way in ways]
    keep_password(ways[0], "a new password")
    assert password_for(ways[1]) == "for microsoft"


def test_a_password_kept_for_the_mail_server_is_never_sent_to_microsoft_as_a_token(there, person, ring):
    keep_password(replace(person.smtp, sign_in="password"), "the mail server's own")
    assert "nobody has signed in" in tried(person).why
    assert there.tenant.asked == []


def signed_in(mail: Mail) -> tuple[str, list[str]]:
    told: list[str] = []
    tokens = tokens_for(mail)
    assert isinstance(tokens, PersonTokens)
    return tokens.sign_in(told.append), told


def test_a_person_types_a_code_once_and_sends_ever_after(there, person):
    there.tenant.typed = ["authorization_pending", "authorization_pending", "yes"]
    assert signed_in(person) == (PERSON, ["Type ABC-DEF"])
    for _ in range(2):  # each a run of its own, which asks the keyring
        assert tried(person).result == "sent"
    refreshed = [form for form in there.tenant.asked if form.get("grant_type") == "refresh_token"]
    assert [form["refresh_token"] for form in refreshed] == [f"{LONG}1", f"{LONG}2"]  # the newer one is kept
    assert refreshed[0]["scope"].startswith("https://graph.microsoft.com/Mail.Send")


def test_the_keyring_holds_no_access_token_and_nothing_too_long_for_windows(there, person, ring: InMemory):
    signed_in(person)
    tried(person)
    kept = ring.entries.values()
    assert len(kept) == 4  # a head, and three parts; those of the sign-in before are gone
    assert max(len(part.encode("utf-16-le")) for part in kept) <= 2560
    assert "secret-token" not in "".join(kept)
    assert LONG in "".join(text for name, text in sorted(ring.entries.items()))


def test_a_machine_that_dies_while_it_keeps_a_sign_in_has_the_old_one(there, person, ring, monkeypatch):
    signed_in(person)
    before = dict(ring.entries)
    put, done = InMemory.set_password, []
    total = 4
    for last in range(total):
        ring.entries = dict(before)
        done.clear()

        def dying(self, service, name, text, last=last):
            if len(done) == last:
                raise OSError("power cut")
            done.append(name)
            put(self, service, name, text)

        with monkeypatch.context() as patch:
            patch.setattr(InMemory, "set_password", dying)
            assert tried(person).result == "sent"  # what cannot be kept costs nothing now
        assert len(done) == last
        assert tried(person).result == "sent"


@pytest.mark.parametrize("at", ["keyring", "environment"])
def test_a_refresh_token_as_earlier_versions_kept_it_still_signs_in(there, person, ring, at, monkeypatch):
    if at == "keyring":
        ring.set_password(SERVICE, entry_of(person.smtp), f"{LONG}0")
    else:
        monkeypatch.setenv(ENV, f"{LONG}0")
    assert [tried(person).result, tried(person).result] == ["sent", "sent"]
    assert len(ring.entries) == (0 if at == "environment" else 4)  # what is given by hand is not copied


@pytest.mark.parametrize(
    ("number", "says"), [(700082, "not used for a long time"), (50173, "new password"), (70043, "rules")]
)
def test_a_sign_in_that_ran_out_names_the_command_and_is_not_forgotten(there, person, ring, number, says):
    signed_in(person)
    kept = dict(ring.entries)
    there.tenant.refresh[f"{LONG}1"] = number
    attempt = tried(person)
    assert (attempt.result, attempt.fix) == ("configuration", "run engage mail sign-in")
    assert says in attempt.why
    assert ring.entries == kept  # a rule may be taken back


def test_one_who_has_not_signed_in_or_for_another_app_is_told_to(there, person):
    assert "nobody has signed in" in tried(person).why
    signed_in(person)
    other = replace(person, smtp=replace(person.smtp, client_id="another"))
    assert "nobody has signed in" in tried(other).why


def test_without_consent_the_administrator_is_named(there, person):
    there.tenant.consented = False
    with pytest.raises(MailError, match="agreed") as caught:
        signed_in(person)
    assert "administrator" in caught.value.fix


@pytest.mark.parametrize(
    ("typed", "lasts", "says"),
    [
        ("authorization_declined", 900, "said no"),
        ("expired_token", 900, "in time"),
        ("authorization_pending", -5, "in time"),
        ("bad", 900, "AADSTS70018"),
    ],
)
def test_a_person_who_declines_or_never_comes_is_said(there, person, ring, typed, lasts, says):
    there.tenant.typed, there.tenant.code_lasts, there.tenant.pause = [typed], lasts, 1
    with pytest.raises(MailError, match=says):
        signed_in(person)
    assert ring.entries == {}


def test_a_sign_in_that_cannot_be_kept_is_said_at_once(there, person):
    keyring.set_keyring(NoKeyring())
    with pytest.raises(MailError, match="no keyring that opens"):
        signed_in(person)


def test_a_throttled_sign_in_service_leaves_the_sign_in_alone(there, person, ring):
    signed_in(person)
    there.tenant.says = [busy(429, 60)]
    attempt = tried(person)
    assert (attempt.result, "wait 60 seconds" in attempt.why) == ("temporary", True)
    assert tried(person).result == "sent"


@pytest.mark.parametrize("answer", [{}, {"error": None}, {"error_codes": "7"}, {"error_codes": ["x"]}])
def test_an_answer_that_says_nothing_is_still_told(answer):
    assert "Microsoft" in refused(answer).what


def test_parts_that_do_not_fit_their_head_count_as_nothing(there, person, ring):
    ring.set_password(SERVICE, entry_of(person.smtp), "in parts: 0badf00d 2")
    assert "nobody has signed in" in tried(person).why


# --- by the commands ---------------------------------------------------------------------------------------


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(folder / "engage.toml")])


def settings(folder: Path, *lines: str) -> None:
    text = f"""
[partnership]
name = "Marlbeck Works"
[mail]
allowed_domains = ["harwick.example"]
from_address = "{PERSON}"
transport = "graph"
user = "{PERSON}"
client_id = "{CLIENT}"
tenant = "{TENANT}"
"""
    (folder / "engage.toml").write_text("\n".join((text, *lines)), encoding="utf-8")


def test_the_commands_sign_a_person_in_and_try_it(there, person, tmp_path):
    settings(tmp_path, 'sign_in = "microsoft"')
    before = run(tmp_path, "mail", "check")
    assert (before.exit_code, "run engage mail sign-in" in before.output) == (2, True)
    shown = run(tmp_path, "mail", "sign-in")
    assert (shown.exit_code, "Type ABC-DEF" in shown.output) == (0, True)
    assert f"Signed in as {PERSON}." in shown.output
    assert run(tmp_path, "mail", "check").exit_code == 0
    assert there.tenant.sent == []


def test_one_who_signed_in_as_somebody_else_is_told(there, person, tmp_path):
    settings(tmp_path, 'sign_in = "microsoft"')
    text = (
        (tmp_path / "engage.toml").read_text("utf-8").replace(f'user = "{PERSON}"', 'user = "pat@x.example"')
    )
    (tmp_path / "engage.toml").write_text(text, "utf-8")
    assert "names pat@x.example as user" in run(tmp_path, "mail", "sign-in").output


def test_a_sign_in_while_microsoft_is_busy_is_to_be_run_again(there, person, tmp_path):
    settings(tmp_path, 'sign_in = "microsoft"')
    there.tenant.says = [busy(503, 5)]
    shown = run(tmp_path, "mail", "sign-in")
    assert (shown.exit_code, "run it again in a while" in shown.output) == (1, True)


def test_the_check_of_an_app_says_who_signs_in_and_when_its_certificate_runs_out(there, key, tmp_path):
    settings(tmp_path, 'sign_in = "microsoft-app"')
    shown = run(tmp_path, "mail", "check")
    assert (shown.exit_code, "app-only sign-in, by its secret" in shown.output) == (0, True)
    upload(there, pem(tmp_path, key, days=20))
    settings(tmp_path, 'sign_in = "microsoft-app"', 'certificate = "engage-mail.pem"')
    shown = run(tmp_path, "mail", "check")
    assert (shown.exit_code, "the app's certificate runs out on" in shown.output) == (0, True)
    assert run(tmp_path, "mail", "sign-in").exit_code == 2

"""What lines of engage.toml that are right by themselves get wrong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .config import HUB, Config, Mail

LARGEST_LOGO = 100_000  # bytes
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_TENANT = frozenset({"organizations", "common", "consumers"})


def faults_together(config: Config) -> Iterator[str]:
    """Each fault in a line of words, section and key first."""
    agencies = (*config.agencies, *config.departed)
    names = Counter(word.casefold() for a in agencies for word in {a.name, a.short} if word)
    yield from (f"agency: {name!r} stands for two agencies" for name, times in names.items() if times > 1)
    keys = Counter(agency.key for agency in agencies)
    keys[HUB] += 1
    yield from (
        f"agency: the key {key!r} is taken twice; give one of them another" for key in keys if keys[key] > 1
    )
    automatic, review = config.linkage.automatic, config.linkage.review
    if automatic is not None and review is not None and automatic < review:
        yield f"linkage: automatic ({automatic}) must not be below review ({review})"
    for number, agency in enumerate(config.agencies, 1):
        if agency.workbook == config.hub and agency.view_only:
            yield f"agency {number}, view_only: the hub must be writable; give {agency.name} its own workbook"
    yield from _mail_faults(config.mail)
    yield from _schedule_faults(config)
    for heading, name in config.source_of_truth.items():
        if config.agency(name) is None and name.casefold() not in names:
            yield f"source_of_truth, {heading}: no agency is called {name!r}"
    yield from _logo_faults(config.logo)
    for key, folder in (("schema", config.schema), ("templates", config.templates)):
        if folder is not None and not folder.is_dir():
            yield f"partnership, {key}: there is no folder {folder}"


def _schedule_faults(config: Config) -> Iterator[str]:
    deputy, mail = config.schedule.deputy, config.mail
    if config.schedule.send_at is not None and not mail.from_address:
        yield "mail, from_address: is missing; with send_at digests go out by themselves, and need a sender"
    if deputy and not ADDRESS.fullmatch(deputy):
        yield f"sync, deputy: {deputy!r} is no e-mail address"
    elif deputy and mail.allowed_domains and deputy.rpartition("@")[2] not in mail.allowed_domains:
        yield "sync, deputy: its domain must be in allowed_domains of [mail]"
    if deputy and not mail.from_address:
        yield "mail, from_address: is missing; the deputy is told by mail, which needs a sender"


def _logo_faults(path: Path | None) -> Iterator[str]:
    if path is None:
        return
    try:
        content = path.read_bytes()
    except OSError:
        yield f"partnership, logo: there is no file {path}"
        return
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "partnership, logo: is no PNG image; save it as PNG"
    if len(content) > LARGEST_LOGO:
        yield f"partnership, logo: is {len(content) // 1000} KB, and goes out in each message; 100 at most"


def _mail_faults(mail: Mail) -> Iterator[str]:
    if mail.transport == "smtp" and not mail.smtp.host:
        yield 'mail, host: is missing; the mail server\'s name, for example "smtp.office365.com"'
    if mail.smtp.security == "none" and mail.smtp.host not in ("", *THIS_MACHINE):
        yield "mail, security: only a server on this machine may be spoken to without encryption"
    if mail.smtp.security == "none" and mail.smtp.user:
        yield "mail, user: nobody signs in on a line that is not encrypted; take user out, or set security"
    if mail.smtp.ca_file is not None and not mail.smtp.ca_file.is_file():
        yield f"mail, ca_file: there is no file {mail.smtp.ca_file}"
    yield from _sign_in_faults(mail)
    for key, address in (("unsubscribe", mail.unsubscribe), ("reply_to", mail.reply_to)):
        if address and not ADDRESS.fullmatch(address):
            yield f"mail, {key}: {address!r} is no e-mail address"


def _sign_in_faults(mail: Mail) -> Iterator[str]:
    smtp, at_microsoft = mail.smtp, mail.smtp.sign_in in ("microsoft", "microsoft-app")
    if mail.transport == "graph" and not at_microsoft:
        yield 'mail, sign_in: Graph takes no password; write "microsoft", or "microsoft-app"'
    if smtp.sign_in != "password" and not smtp.user:
        yield "mail, user: is missing; the account that signs in, or whose mailbox the app sends from"
    if at_microsoft and not smtp.client_id:
        yield "mail, client_id: is missing; the Application (client) ID of the app registration"
    if smtp.sign_in == "microsoft-app" and smtp.tenant in ANY_TENANT:
        yield "mail, tenant: is missing; an app that signs in by itself does so in one tenant, by its ID"
    if smtp.certificate is not None and smtp.sign_in != "microsoft-app":
        yield 'mail, certificate: is for sign_in = "microsoft-app" alone'
    if smtp.certificate is not None and not smtp.certificate.is_file():
        yield f"mail, certificate: there is no file {smtp.certificate}"
    if smtp.sign_in == "google" and smtp.client_file is None:
        yield "mail, client_file: is missing; the JSON file of the OAuth client, or of a service account"

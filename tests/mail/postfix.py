"""Postfix on this machine for tests: an instance of its own with TLS and a login, in a folder that goes away.

Starting it takes an administrator: root, or a sudo that asks nothing, as on the machines of a CI service.
"""

from __future__ import annotations

import base64
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engage.config import Smtp

from .servers import PASSWORD, USER, Authority, free_port

POSTFIX = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
DOMAIN = "harwick.example"
# What becomes of whom: the words of an administrator's own tables, at RCPT, at DATA and after the final dot.
AT_RCPT = {"grey": "450 4.2.0 Greylisted, come back later", "full": "452 4.2.2 Mailbox full"}
AT_DATA = {"nodata": "554 5.7.1 Not today"}
AT_DOT = {"spam": "550 5.7.1 It looks like spam", "later": "451 4.7.1 Greylisted after reading"}
KNOWN = ("ruth", "tom", *AT_RCPT, *AT_DATA, *AT_DOT)
LARGEST = 20_000  # bytes

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
myhostname = mail.{domain}
mydestination =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
message_size_limit = {largest}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_chain_files = {folder}/server.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = check_sender_access inline:{{ {{ stranger@{domain} = 550 5.7.1 Not yours }} }}
smtpd_recipient_restrictions = check_recipient_access inline:{{ {at_rcpt} }}
smtpd_data_restrictions = check_recipient_access inline:{{ {at_data} }}
smtpd_end_of_data_restrictions = check_recipient_access inline:{{ {at_dot} }}
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
127.0.0.1:{open_port} inet n - n - - smtpd -o smtpd_sasl_auth_enable=no
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Running:
    """An instance that runs. settings: STARTTLS with a login; tls: the same from the first byte; without:
    STARTTLS at a door that knows no login."""

    settings: Smtp
    tls: Smtp
    without: Smtp
    mail: Path

    def delivered(self, name: str) -> list[bytes]:
        """What stands in somebody's mailbox, whole."""
        return [path.read_bytes() for path in sorted((self.mail / name / "new").glob("*"))]


@cache
def why_not() -> str:
    """Why Postfix cannot be started here; "" if it can."""
    if POSTFIX is None:
        return "needs Postfix (Debian, Ubuntu: apt-get install postfix); the CI script installs it"
    if os.geteuid() != 0 and not may_be_root():
        return "starting Postfix needs root, or a sudo that asks for no password"
    return ""


def may_be_root() -> bool:
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


@contextmanager
def running(authority: Authority) -> Iterator[Running]:
    """An instance of its own, stopped and taken away at the end."""
    folder = Path(
        tempfile.mkdtemp(prefix="engage-postfix-")
    )  # pytest's own folders are shut to its processes
    with signing_in() as auth_port:
        ports = {name: free_port() for name in ("port", "tls_port", "open_port")}
        set_up(folder, authority, auth_port=auth_port, **ports)
        try:
            as_root("postfix", "-c", str(folder), "start")
            reached = Smtp("127.0.0.1", ports["port"], "starttls", USER, ca_file=authority.file)
            tls = Smtp("127.0.0.1", ports["tls_port"], "tls", USER, ca_file=authority.file)
            without = Smtp("127.0.0.1", ports["open_port"], "starttls", ca_file=authority.file)
            yield Running(reached, tls, without, folder / "mail")
        finally:
            as_root("postfix", "-c", str(folder), "abort", check=False)
            as_root("rm", "-rf", str(folder))


def set_up(folder: Path, authority: Authority, **ports: int) -> None:
    """The files of an instance."""
    folder.chmod(0o755)
    for name in ("queue", "data", "mail"):
        (folder / name).mkdir()
    as_root("chown", "postfix", str(folder / "data"))
    uid = os.geteuid()
    if uid == 0:  # Postfix delivers as nobody's root
        as_root("chown", "postfix", str(folder / "mail"))
        uid = (folder / "mail").stat().st_uid
    authority.ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(folder / "server.pem")
    )
    words = {
        "folder": folder, "domain": DOMAIN, "largest": LARGEST, "uid": uid, **ports,
        "mailboxes": table({name: f"{name}/" for name in KNOWN}),
        "at_rcpt": table(AT_RCPT), "at_data": table(AT_DATA), "at_dot": table(AT_DOT),
    }  # fmt: skip
    (folder / "main.cf").write_text(MAIN.format(**words), "utf-8")
    (folder / "master.cf").write_text(MASTER.format(**words), "utf-8")
    (folder / "log").touch()


def table(words: dict[str, str]) -> str:
    """What Postfix calls an inline table, by address."""
    return ", ".join(f"{{ {name}@{DOMAIN} = {said} }}" for name, said in words.items())


def as_root(*command: str, check: bool = True) -> None:
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    done = subprocess.run(
        [*sudo, *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PATH": path},
    )
    assert not check or done.returncode == 0, (command, done.stdout, done.stderr)


class Door(socketserver.StreamRequestHandler):
    """Dovecot's protocol for asking whether a password is right, as far as Postfix speaks it."""

    def handle(self) -> None:
        self.wfile.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n")
        for line in self.rfile:
            word, *cells = line.decode().rstrip("\n").split("\t")
            if word == "AUTH":
                given = next((cell[5:] for cell in cells if cell.startswith("resp=")), "")
                right = base64.b64decode(given).split(b"\0")[1:] == [USER.encode(), PASSWORD.encode()]
                self.wfile.write(f"{'OK' if right else 'FAIL'}\t{cells[0]}\tuser={USER}\n".encode())


@contextmanager
def signing_in() -> Iterator[int]:
    """Somebody who knows the password, for Postfix to ask; the port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()

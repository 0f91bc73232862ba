"""What `engage doctor --security` looks at: who else could read what is kept here, and what leaves."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from engage.config import Config
from engage.moving.backing_up import folder_of
from engage.moving.contents import packs_of

from .lines import Line

FILES, KEYS, MAIL, PLACE = "Files", "Keys", "Mail", "Where it lies"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_security(config: Config, *, posix: bool = os.name == "posix") -> Iterator[Line]:
    """Every line; nothing is opened but engage.toml. posix: whether files have an owner's rights here."""
    if posix:
        yield from _rights(config)
        yield from _rights_beside(config)
    else:
        yield Line(FILES, "look", "the rights of the folder decide who can read what is kept here",
                   str(config.state), "give that folder to the account that runs Engage alone")  # fmt: skip
    yield from _beside_workbooks(config)
    yield from _keys(config)
    yield from _mail(config)


def _rights(config: Config) -> Iterator[Line]:
    """The state folder keeps others out by itself; if it does not, each file in it has to."""
    if not config.state.is_dir():
        return
    if not config.state.stat().st_mode & OTHERS:
        yield Line(FILES, "ok", "nobody else can open the state folder", str(config.state))
        return
    found = [path for path in sorted(config.state.rglob("*")) if path.is_file() and _is_open(path)]
    if not found:
        yield Line(FILES, "ok", "every file of the state folder is its owner's alone", str(config.state))
        return
    yield Line(
        FILES,
        "look",
        f"other accounts of this machine can read {len(found):,} files of the state folder, {found[0].name} "
        "among them; it holds everything that was read",
        str(config.state),
        f"run: chmod -R go-rwx '{config.state}'",
    )


def _rights_beside(config: Config) -> Iterator[Line]:
    """Messages, packs and machine backups: they lie outside the state folder."""
    for folder in (config.mail.outbox, packs_of(config), folder_of(config)):
        kept = any(not one.stat().st_mode & OTHERS for one in (folder, folder.parent) if one.is_dir())
        found = () if kept else [path for path in folder.rglob("*") if path.is_file() and _is_open(path)]
        if found:
            yield Line(
                FILES,
                "look",
                f"others on this machine can read {len(found):,} files that name employers or people",
                str(folder),
                f"run: chmod go-rwx '{folder}'",
            )


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)


def _beside_workbooks(config: Config) -> Iterator[Line]:
    """In a folder that agencies open for its workbooks, they would find ours too."""
    shared = {one.workbook.parent for one in config.sources if isinstance(one.workbook, Path)}
    inside = [folder for folder in sorted(shared) if config.state.is_relative_to(folder)]
    if inside:
        yield Line(
            PLACE,
            "look",
            "the state folder lies in a folder of workbooks: whoever opens those may find it, and in it what "
            "every agency keeps to itself",
            str(inside[0]),
            "keep engage.toml and its state folder in a folder apart, and name the workbooks by their path",
        )
    else:
        yield Line(PLACE, "ok", "the state folder lies apart from the workbooks")


def _keys(config: Config) -> Iterator[Line]:
    """Key files, which open more than this register."""
    smtp = config.mail.smtp
    paths = [config.google.credentials if config.on_google else None, smtp.client_file, smtp.certificate]
    for path in filter(None, paths):
        if path.is_file() and os.name == "posix" and _is_open(path):
            yield Line(KEYS, "wrong", "other accounts of this machine can read this key", str(path),
                       f"run: chmod 600 '{path}'")  # fmt: skip
        elif path.is_file():
            yield Line(KEYS, "ok", "the key is its owner's alone", str(path))
    if (config.path.parent / ".git").exists():
        yield Line(
            KEYS,
            "look",
            "engage.toml lies in a git repository: neither the state folder nor a key file may be committed",
            str(config.path.parent),
            "put .engage/, engage-backups/, outbox/ and credentials.json into .gitignore",
        )


def _mail(config: Config) -> Iterator[Line]:
    mail = config.mail
    if mail.transport == "outbox":
        return
    if mail.smtp.security == "none":
        yield Line(
            MAIL, "look", "messages go to the mail server of this machine without encryption", mail.smtp.host
        )
    else:
        yield Line(MAIL, "ok", "messages go out encrypted, and the server's certificate is checked")
    if not mail.allowed_domains:
        yield Line(MAIL, "look", "no domain is allowed, so nothing is sent", fix="set allowed_domains")

"""What a run's digests are told from, and each reader's written from it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from .built.decision_book import TITLE as DECISIONS
from .config import Config, GoogleSheet, Home
from .corrections.due import Corrections
from .desk import Desk
from .digest.build import Issue, digest_of, make_issue
from .digest.links import Links, Published, published
from .digest.look import OURS, Logo, Look, logo_of
from .digest.model import Digest
from .digest.readers import Reader
from .digest.render import Rendered, render
from .errors import ConfigError
from .insight.facts import Facts, with_same_rows
from .insight.weeks import moment_words
from .ledger import Send
from .model import Snapshot, Tab
from .night import home_of
from .recipients import audience_of, own_figures_of, span_of

Written = tuple[Reader, Digest, Rendered]


@dataclass(slots=True)
class Issues:
    """What a run's digests are told from: an issue for each audience and edition, made when first asked for.

    folder: where pages will stand, which links to the hub are relative to; None for pages in a mail.
    corrections: of what earlier digests told.
    """

    desk: Desk
    folder: Path | None
    corrections: Corrections | None = None
    _made: dict[tuple[str, str], Issue] = field(default_factory=dict)
    _shown: dict[str, Published] = field(default_factory=dict)

    @property
    def look(self) -> Look:
        """The partnership's colour and logo."""
        return look_of(self.desk.config)

    def written(self, reader: Reader) -> Written:
        """One reader's digest as a page and as text. Raises DigestError."""
        digest = self.digest(reader)
        return reader, digest, render(digest, templates=self.desk.config.templates, look=self.look)

    def digest(self, reader: Reader) -> Digest:
        """One reader's digest."""
        key = audience_of(self.desk, reader), reader.edition
        if key not in self._made:
            self._made[key] = self._make(*key)
        digest = digest_of(self._made[key], reader)
        return self._corrected(digest, reader) if self.corrections else digest

    def _corrected(self, digest: Digest, reader: Reader) -> Digest:
        """With what an earlier one told otherwise, unless it is one that will not be sent."""
        if self.corrections is None or (digest.is_quiet and not reader.note_when_quiet):
            return digest
        lines = self.corrections.lines(reader, Send(digest.email, digest.edition, digest.period))
        href = self._shown[reader.edition].links.to(DECISIONS)
        return replace(digest, corrections=tuple(replace(line, href=href) for line in lines))

    def _make(self, audience: str, edition: str) -> Issue:
        desk = self.desk
        if edition not in self._shown:
            links = links_from(desk.config, self.folder, desk.night.intake.hub)
            self._shown[edition] = published(links, desk.tabs, span_of(desk, edition), desk.night.now.date())
        run = moment_words(desk.synced.isoformat(" ", "minutes"))
        facts = with_same_rows(desk.night.facts[audience], run_id=run)
        shown = replace(self._shown[edition], own=self._own(facts, edition))
        return make_issue(facts, shown, span_of(desk, edition))

    def _own(self, facts: Facts, edition: str) -> Published | None:
        """The figures of the agency's own workbook, if it has them."""
        desk = self.desk
        tabs = own_figures_of(desk, facts)
        if not tabs:
            return None
        home = home_of(desk.config, facts.audience)
        source = next(one for one in desk.config.sources if one.key == home)
        book = desk.night.intake.pulled[home].snapshot
        links = links_to(source.workbook, self.folder, book.tabs if book else ())
        own = published(links, tabs, span_of(desk, edition), desk.night.now.date())
        return own if own.tells else None


def look_of(config: Config) -> Look:
    """The partnership's colour and logo. Raises ConfigError if the logo cannot be read."""
    return Look(config.colour or OURS, _logo(config.logo) if config.logo else None)


@lru_cache(maxsize=4)
def _logo(path: Path) -> Logo:
    try:
        return logo_of(path.read_bytes(), str(path))
    except OSError as error:
        fix = "put it there, or take logo out of engage.toml"
        raise ConfigError(f"the logo cannot be read: {error.strerror}", where=str(path), fix=fix) from error


def links_from(config: Config, folder: Path | None, hub: Snapshot) -> Links:
    """Links to the hub, or to its file from a page in this folder; no links if the two share no drive."""
    whom = config.mail.unsubscribe or config.mail.from_address
    pause = f"mailto:{whom}?subject=pause" if whom else ""
    return replace(links_to(config.hub, folder, hub.tabs), pause=pause)


def links_to(home: Home, folder: Path | None, tabs: Iterable[Tab]) -> Links:
    """Links to a workbook, or to its file from a page in this folder; none if the two share no drive."""
    if isinstance(home, GoogleSheet):
        return Links(home.link, {tab.title: tab.sheet_id for tab in tabs})
    if folder is None:  # nobody's mail program could open a file of this machine
        return Links("")
    try:
        return Links(Path(os.path.relpath(home, folder)).as_posix())
    except ValueError:  # Windows: on different drives
        return Links("")

"""What we made ourselves and is too old goes by itself; nothing that staff typed does.

The newest copies of each workbook stay, by which the last run can be proved and taken back, and so does the
newest machine backup.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from engage.cache import Cache
from engage.config import Config
from engage.moving.backing_up import backups_in, folder_of

from .in_backups import copies
from .in_files import answers, exports, files_in, outbox

log = logging.getLogger(__name__)
NEWEST_COPIES = 4  # from before and after a run, and of the one before it


def expire(config: Config, cache: Cache, now: datetime) -> dict[str, int]:
    """Delete what is older than engage.toml says; what → how many went, only what lost some. now: local.

    A file that cannot be deleted is left for the next night.
    """
    keep = config.keep
    entries = cache.expire((now - timedelta(days=keep.journal)).strftime("%Y%m%dT%H%M%S"))
    found = {
        "copies of workbooks": (list(_old_copies(config)), keep.copies),
        "messages and previews": (list(files_in(outbox(config))), keep.outbox),
        "lists and answers": ([*files_in(exports(config)), *files_in(answers(config))], keep.exports),
        "machine backups": (list(backups_in(folder_of(config))[:-1]), keep.backups),
    }
    counts = {what: _delete(files, now, days) for what, (files, days) in found.items()}
    return {what: count for what, count in {"entries of the journal": entries, **counts}.items() if count}


def _old_copies(config: Config) -> Iterator[Path]:
    by_workbook: dict[str, list[Path]] = {}
    for key, path in copies(config):
        by_workbook.setdefault(key, []).append(path)
    for paths in by_workbook.values():
        yield from paths[:-NEWEST_COPIES]


def _delete(files: list[Path], now: datetime, days: int) -> int:
    count = 0
    for path in files:
        try:
            if now - datetime.fromtimestamp(path.stat().st_mtime) > timedelta(days=days):  # noqa: DTZ006
                path.unlink()
                count += 1
        except OSError as error:
            log.warning("%s was not deleted: %s", path.name, type(error).__name__)
    return count

"""Dated copies of a workbook: as it was before a run's first write, and as the run left it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .swap import Step, write_new

_AFTER = ".after"


@dataclass(frozen=True, slots=True)
class Pair:
    """One write: the workbook before it, and after (None: never finished, or pruned)."""

    stamp: str
    before: Path
    after: Path | None


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies of one workbook in one folder. stamp: names this run, sorts by time; keep: runs kept."""

    folder: Path
    suffix: str
    stamp: str
    keep: int

    def save(self, before: bytes, after: bytes, step: Step) -> Pair:
        """Keep the file as it is and as it is about to be. Older runs beyond `keep` are deleted.

        If the file still is what this run's last write left, that write's copies are carried on: one
        pair then spans them. If people saved it in between, a further pair is begun, so that every pair
        holds our own changes and nobody else's.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        mine = [pair for pair in list_pairs(self.folder) if _run(pair.stamp) == _safe(self.stamp)]
        last = mine[-1] if mine else None
        if last and last.after and last.after.read_bytes() == before:
            name = last.stamp
        else:
            name = _safe(self.stamp) + (f"+{len(mine) + 1}" if mine else "")
            write_new(self.folder / f"{name}{self.suffix}", before)
        step("kept the workbook as it was")
        pair = Pair(name, self.folder / f"{name}{self.suffix}", self.folder / f"{name}{_AFTER}{self.suffix}")
        assert pair.after is not None
        write_new(pair.after, after)
        self._prune()
        step("kept a backup")
        return pair

    def withdraw(self, pair: Pair, before: bytes) -> None:
        """Take back the after-copy of a write that did not come about. before: the file as it still is."""
        assert pair.after is not None
        if pair.before.read_bytes() == before:
            pair.after.unlink(missing_ok=True)
        else:  # the pair spans an earlier write of this run, which left the file as it is
            write_new(pair.after, before)

    def _prune(self) -> None:
        """Delete runs beyond `keep`, the after-copies of all but the last run, and what a crash left."""
        for scrap in self.folder.glob(".engage-*.new"):
            scrap.unlink(missing_ok=True)
        pairs = list_pairs(self.folder)
        runs = sorted({_run(pair.stamp) for pair in pairs})
        for pair in pairs:
            run = _run(pair.stamp)
            if run != runs[-1] and pair.after:
                pair.after.unlink(missing_ok=True)
            if run not in runs[-max(self.keep, 1) :]:
                pair.before.unlink(missing_ok=True)


def list_pairs(folder: Path) -> list[Pair]:
    """Every write that has copies in the folder, oldest first."""
    pairs = []
    for path in folder.glob("*.xls*"):
        if not path.stem.endswith(_AFTER):
            after = path.with_name(f"{path.stem}{_AFTER}{path.suffix}")
            pairs.append(Pair(path.stem, path, after if after.exists() else None))
    return sorted(pairs, key=lambda pair: (_run(pair.stamp), int(pair.stamp.partition("+")[2] or 1)))


def last_run(folder: Path) -> list[Pair]:
    """The copies of the newest run, in the order of its writes; [] if there is none."""
    pairs = list_pairs(folder)
    return [pair for pair in pairs if _run(pair.stamp) == _run(pairs[-1].stamp)]


def _run(stamp: str) -> str:
    return stamp.partition("+")[0]


def _safe(stamp: str) -> str:
    """The stamp as part of a file name on any system."""
    return re.sub(r"[^\w.-]", "-", stamp)

"""python -m tests.sheets_server --port 8099 [--fault NAME[@N][:PATTERN] …]: serve until interrupted."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from .app import application
from .faults import NAMES, Faults
from .serving import serving
from .world import World


def main(arguments: list[str] | None = None, *, until: threading.Event | None = None) -> None:
    """Serve. until: set it to end (else Ctrl-C does)."""
    options = _parser().parse_args(arguments)
    with serving(application(World()), port=options.port, recordings=options.recordings) as served:
        for fault in options.fault:
            plan(served.front.faults, fault)
        key = served.key_file(options.folder)
        address = next(iter(served.front.office.services))
        sys.stdout.write(
            f"Google Sheets, as far as this server plays it, at {served.url}\n"
            f"key file of {address}: {key}\n"
            f"client secrets for signing in as a person: {served.client_secrets(options.folder)}\n"
        )
        sys.stdout.flush()
        try:
            (until or threading.Event()).wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


def plan(faults: Faults, text: str) -> None:
    """NAME, NAME@3 (the third request that matches), NAME:batchUpdate (a pattern over "METHOD /path")."""
    head, _, pattern = text.partition(":")
    name, _, nth = head.partition("@")
    faults.plan(name, nth=int(nth or 1), on=pattern)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME[@N][:PATTERN]", help=", ".join(NAMES)
    )
    parser.add_argument(
        "--folder", type=Path, default=Path(), help="where the key file is written (default: here)"
    )
    parser.add_argument(
        "--recordings",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="accept the token of recorded requests, <ACCESS_TOKEN>, without quota (default: yes)",
    )
    return parser


if __name__ == "__main__":
    main()

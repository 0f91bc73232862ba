"""make demo-google: the demo, its hub and three agencies on Google Sheets, two agencies on .xlsx files."""

from __future__ import annotations

import argparse
import threading
from datetime import date
from pathlib import Path

from cli.demo import moment_of, play
from engage.demo.build import build_demo
from engage.demo.summary import summary
from engage.insight.weeks import week_of
from tests.sheets_server.app import application
from tests.sheets_server.serving import serving
from tests.sheets_server.world import World

from .moving import move_to_google

ON_GOOGLE = ("hub", "council", "college", "jobcentre")


def main() -> None:
    """Build, upload, play, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.google_demo", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat)
    parser.add_argument("--stay", action="store_true", help="serve on until Ctrl-C, to sync by hand")
    wanted = parser.parse_args()
    world, now = World(), moment_of(wanted.today)
    with serving(application(world)) as served:
        demo = build_demo(wanted.folder, seed=wanted.seed, today=week_of(now.date()).monday)
        moved = move_to_google(demo.folder, ON_GOOGLE, world, served)
        played = play(demo, now=now, desks=moved.desks)
        told = summary(demo, played.first, played.week, played.second, played.digests, elsewhere=moved.links)
        print(told)  # noqa: T201
        if wanted.stay:
            print(f"\nServing at {served.url} until you press Ctrl-C")  # noqa: T201
            threading.Event().wait()


if __name__ == "__main__":
    main()

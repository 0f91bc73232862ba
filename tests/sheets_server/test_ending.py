"""A server that is kept until the process ends does not keep the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KEPT = """
from contextlib import ExitStack
from tests.sheets_server.notebook import Notebook
from tests.sheets_server.serving import serving
kept = ExitStack()
served = kept.enter_context(serving(Notebook()))
print(served.url)
"""


def test_a_server_kept_to_the_end_does_not_hold_the_process_up():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KEPT]
    done = subprocess.run(command, cwd=root, timeout=60, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("http://127.0.0.1:")

"""Work that makes very many values and keeps them: to look through them again and again for garbage takes
longer than to make them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """No search for garbage until the end; what nothing refers to any more goes at once, as always."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

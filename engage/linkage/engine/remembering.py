"""What was scored before in this process, for short lists: the same mentions always come to the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

import pyarrow as pa

from ..model_file import FixedModel
from .bound import Besides
from .duck import DuckEngine
from .scored import Numbers, Scored
from .tables import Batch

MOST = 64  # results, of some hundred kB
_KNOWN: OrderedDict[bytes, Scored] = OrderedDict()


class Remembering:
    """An engine that is only made, and only asked, for what is new. engine: the one that was made, if any."""

    def __init__(self, model: FixedModel, make: Callable[[], DuckEngine]) -> None:
        self.engine: DuckEngine | None = None
        self._make = make
        self._held: list[Batch | Numbers] = []
        self._said = hashlib.blake2b(f"{model.subject} {model.version}".encode())

    def add(self, batch: Batch) -> None:
        """Take in some more mentions."""
        self._held.append(batch)
        for table in (batch.rows, batch.keys, batch.grounds):
            self._said.update(b"" if table is None else _as_bytes(table))

    def withdraw(self, numbers: Numbers) -> None:
        """As DuckEngine has it."""
        self._held.append(numbers)
        self._said.update(b"withdraw " + numbers.tobytes())

    def likely(
        self,
        probability: float,
        *,
        unlike: bool = False,
        grounded: bool = False,
        besides: Besides | None = None,
    ) -> Scored:
        """As DuckEngine has it."""
        asked = f"likely {probability} {unlike} {grounded} {besides}".encode()
        return self._known(
            asked,
            lambda: self._asked().likely(probability, unlike=unlike, grounded=grounded, besides=besides),
        )

    def score(self, a: Numbers, b: Numbers) -> Scored:
        """As DuckEngine has it."""
        return self._known(b"score " + a.tobytes() + b.tobytes(), lambda: self._asked().score(a, b))

    def blocked_among(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """As DuckEngine has it."""
        return self._asked().blocked_among(numbers)

    def _known(self, asked: bytes, find: Callable[[], Scored]) -> Scored:
        said = self._said.copy()
        said.update(asked)
        key = said.digest()
        found = _KNOWN.pop(key, None)
        _KNOWN[key] = find() if found is None else found
        if len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)
        return _KNOWN[key]

    def _asked(self) -> DuckEngine:
        self.engine = self.engine or self._make()
        while self._held:
            held = self._held.pop(0)
            if isinstance(held, Batch):
                self.engine.add(held)
            else:
                self.engine.withdraw(held)
        return self.engine


def _as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())

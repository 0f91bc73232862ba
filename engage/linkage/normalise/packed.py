"""Values that go to files and to other processes by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class Packed:
    """A frozen dataclass of two fields or more that is pickled by their values, in order.

    What dataclasses do of themselves takes eight times as long: they ask anew for their fields each time.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """How pickle and copy make it again."""
        kind: Any = type(self)
        return kind, _values_of(kind)(self)


@cache
def _values_of(kind: Any) -> Callable[[Packed], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))

"""What this room asks of the client (client.py): each piece names the least that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Reading(Protocol):
    """A client that can look at a spreadsheet."""

    def get_spreadsheet(
        self, spreadsheet_id: str, *, ranges: Sequence[str] = (), fields: str = "", where: str = ""
    ) -> dict[str, Any]:
        """spreadsheets.get."""
        ...

    def get_file(
        self, file_id: str, *, fields: str = ..., where: str = "", attempts: int | None = None
    ) -> dict[str, Any]:
        """Drive files.get."""
        ...


class Changing(Reading, Protocol):
    """A client that can change one, too."""

    def batch_update(
        self, id: str, body: Mapping[str, Any] | None, *, fields: str = "", where: str = ""
    ) -> dict[str, Any]:
        """spreadsheets.batchUpdate."""
        ...


class Making(Changing, Protocol):
    """A client that can make one, too."""

    def create_spreadsheet(
        self, body: Mapping[str, Any], *, fields: str = "", where: str = ""
    ) -> dict[str, Any]:
        """spreadsheets.create."""
        ...

    def create_file(self, body: Mapping[str, Any], *, fields: str = "", where: str = "") -> dict[str, Any]:
        """Drive files.create."""
        ...

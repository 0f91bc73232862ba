"""What Drive alone says of a spreadsheet: whether it is in the bin (Sheets reads it on), and whose it is.

"All users with access to the file can see the trashed item metadata in an API response", though only the
owner sees it in the bin, and nobody else in a list of files (drive/api/v2/reference/files/trash).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from engage.errors import WorkbookError, WorkbookMissing

from .asked import Reading
from .messages import Place
from .remarks import owner_of

log = logging.getLogger(__name__)

FIELDS = "trashed,owners(emailAddress),driveId"


def check_bin(client: Reading, sheet: str, where: str) -> str:
    """Whose it is, "" if Drive does not say, which stops nothing. Raises WorkbookMissing: in the bin."""
    try:
        file = client.get_file(sheet, fields=FIELDS, where=where, attempts=2)
    except WorkbookError as error:
        log.info("google: Drive does not say whether %s is in the bin (%s)", sheet[:8], type(error).__name__)
        return ""
    check_not_in_bin(file, Place(where))
    return owner_of(file)


def check_not_in_bin(file: Mapping[str, Any], place: Place) -> None:
    """The same by Drive's answer (files.get)."""
    if file.get("trashed"):
        raise WorkbookMissing(
            "this spreadsheet is in the bin of Google Drive",
            where=place.where,
            fix="ask its owner to restore it from the bin within 30 days, or take it out of engage.toml",
        )

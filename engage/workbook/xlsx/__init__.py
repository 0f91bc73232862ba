"""The Workbook port on .xlsx files, which are patched in place of being saved anew."""

from .adapter import XlsxWorkbook
from .backups import Pair, last_run
from .differences import Differences, PartDifference, differences

__all__ = ["Differences", "Pair", "PartDifference", "XlsxWorkbook", "differences", "last_run"]

"""The Workbook port on .xlsx files, which are patched in place of being saved anew."""

from .adapter import XlsxWorkbook

__all__ = ["XlsxWorkbook"]

"""Cells that show a formula, or the error of one, in the place of a value.

In a column formatted as Plain text a spreadsheet works nothing out: what was typed stands there, "=" and all.
"""

from __future__ import annotations

import re

from engage.register.reading import Reading, unreadable

# A call (=SUM(, =IFERROR(), a cell or range of this or another tab (=B2, =$A$1:A9, ='Our firms'!B2), a text
# put together (="a"&B2), sums of figures alone (=1/0): not "= same as above" nor "=> see notes".
_FORMULA = re.compile(
    r"""=\s*[-+(]*\s*(?:
        [A-Z][A-Z0-9._]*\s*\(
      | (?:'[^']+'|[A-Z0-9_]+)!
      | \$?[A-Z]{1,3}\$?\d+\s*(?:$|[-+*/^&=<>:,;)])
      | "[^"]*"\s*(?:$|&)
      | \{
      | [\d.,%\s()*/^+-]+$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ERRORS = frozenset(
    {"#div/0!", "#error!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#spill!", "#value!", "#calc!"}
    | {"loading..."}  # what a cell of Google's shows while it waits for another spreadsheet
)


def read_formula(text: str) -> Reading | None:
    """Nothing clean and a doubt for a formula that stands as text, or that shows an error; else None."""
    start = text.lstrip()
    if start[:1] == "=" and _FORMULA.match(start):
        what = (
            "This is a formula that was typed as text, so nothing is worked out; we read the cell as empty."
        )
        return unreadable("formula-as-text", what, "Type what it should say.")
    if start[:1] in ("#", "L") and start.rstrip().casefold() in _ERRORS:
        what = "The formula in this cell shows an error, so we read the cell as empty."
        return unreadable("formula-error", what, "Put the formula right, or type what it should say.")
    return None

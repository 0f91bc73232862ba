"""The size band of an employer, as the Office for National Statistics counts them."""

from __future__ import annotations

from engage.insight.reading import number_in

# Office for National Statistics bands of employment size
BANDS = (
    (4, "0-4"),
    (9, "5-9"),
    (19, "10-19"),
    (49, "20-49"),
    (99, "50-99"),
    (249, "100-249"),
    (499, "250-499"),
    (999, "500-999"),
)
LARGEST = "1000+"


def size_band(size: str) -> str:
    """The ONS band of a head count; "not sure" for a range across bands, "" for none."""
    low, _, high = size.replace("–", "-").partition("-")
    bands = {_band(count) for count in (number_in(low), number_in(high)) if count is not None}
    if not bands:
        return ""
    return bands.pop() if len(bands) == 1 else "not sure"


def place_of_band(name: str) -> int:
    """Where a band stands from the smallest to the largest; what is no band comes last."""
    names = [*(band for _, band in BANDS), LARGEST]
    return names.index(name) if name in names else len(names)


def _band(count: int) -> str:
    return next((name for top, name in BANDS if count <= top), LARGEST)

"""Digest list (built nightly): as the mail side worked it out, for this room knows no ledger."""

from __future__ import annotations

from collections.abc import Iterator

from engage.built.material import CellsByHeading, Material


def digest_list_rows(material: Material) -> Iterator[CellsByHeading]:
    """One row a row of Coordinators, in its order."""
    yield from material.coordinators


BUILDS = {"Digest list (built nightly)": digest_list_rows}

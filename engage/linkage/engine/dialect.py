"""How a database says the tests of models/*.toml: the models know no engine, each engine its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Test = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """name: as Splink calls it. quote: what stands around a column's name.

    tests: each test of the models as SQL. {l} and {r} are its column on either side, {al} and {ar} the second
    column it names, {n} the number it gives. All read the same from both sides. What is cheap stands first,
    which spares most pairs the rest. needed: for a test that costs much, what two rows need for it to hold.
    """

    name: str
    quote: str
    tests: Mapping[str, str]
    needed: Mapping[str, str]

    def column(self, name: str) -> str:
        """A column's name as SQL."""
        return f"{self.quote}{name}{self.quote}"

    def of_pair(self, test: Test) -> str:
        """A test on a row that holds both sides: columns name_l and name_r, as Splink has them."""
        return self._written(self.tests, test, lambda column, side: self.column(f"{column}_{side}"))

    def of_rows(self, test: Test) -> str:
        """A test on two rows of one table, l and r."""
        return self._written(self.tests, test, lambda column, side: f"{side}.{self.column(column)}")

    def possible(self, test: Test) -> str:
        """What two rows l and r of one table need for a test that is in `needed`."""
        return self._written(self.needed, test, lambda column, side: f"{side}.{self.column(column)}")

    def _written(self, templates: Mapping[str, str], test: Test, side_of: Callable[[str, str], str]) -> str:
        kind, column, *rest = test
        other = str(rest[0]) if rest else ""
        return templates[str(kind)].format(
            l=side_of(str(column), "l"), r=side_of(str(column), "r"),
            al=side_of(other, "l"), ar=side_of(other, "r"), n=other,
        )  # fmt: skip


# One letter left out, added or changed, or two swapped: all but two stand as they did, before or behind it,
# so one end of the word is right for half of that.
_HALF = "(least(length({l}), length({r})) - 1) // 2"
_ONE_OFF = (
    "abs(length({l}) - length({r})) <= 1 AND least(length({l}), length({r})) >= 8"
    f" AND (left({{l}}, {_HALF}) = left({{r}}, {_HALF}) OR right({{l}}, {_HALF}) = right({{r}}, {_HALF}))"
)

# "equal" is bare, so that Splink sees an exact match to weigh by term frequency. In a list no text is twice.
DUCKDB = Dialect(
    "duckdb",
    '"',
    {
        "equal": "{l} = {r}",
        "overlap": "list_has_any({l}, {r})",
        "jaccard": "least(len({l}), len({r})) >= {n} * greatest(len({l}), len({r}))"
        " AND (1 + {n}) * len(list_intersect({l}, {r})) >= {n} * (len({l}) + len({r}))",
        "inside": "list_has_any({al}, {ar}) AND (list_has_all({l}, {r}) OR list_has_all({r}, {l}))",
        "equal at": "{l} = {r} AND {al} = {ar}",
        "equal in": "{l} = {r} AND list_has_any({al}, {ar})"
        " AND (list_has_all({al}, {ar}) OR list_has_all({ar}, {al}))",
        "starts": "least(length({l}), length({r})) >= {n}"
        " AND (starts_with({l}, {r}) OR starts_with({r}, {l}))",
        "similar": "jaro_winkler_similarity({l}, {r}) >= {n}",
        "crosses": "list_has_any({l}, {ar}) OR list_has_any({al}, {r})",
        "one letter off": f"{_ONE_OFF} AND damerau_levenshtein({{l}}, {{r}}) = 1",
        "letters off": "abs(length({l}) - length({r})) <= {n} AND least(length({l}), length({r})) >= 12"
        " AND damerau_levenshtein({l}, {r}) <= {n}",
        "initial": "least(length({l}), length({r})) = 1 AND {l}[1] = {r}[1]",
    },
    {"one letter off": _ONE_OFF},
)

_HALF_SPARK = "CAST(floor((least(length({l}), length({r})) - 1) / 2) AS INT)"
_ONE_OFF_SPARK = (
    "abs(length({l}) - length({r})) <= 1 AND least(length({l}), length({r})) >= 8"
    f" AND (left({{l}}, {_HALF_SPARK}) = left({{r}}, {_HALF_SPARK})"
    f" OR right({{l}}, {_HALF_SPARK}) = right({{r}}, {_HALF_SPARK}))"
)
SPARK = Dialect(
    "spark",
    "`",
    {
        "equal": "{l} = {r}",
        "overlap": "arrays_overlap({l}, {r})",
        "jaccard": "least(size({l}), size({r})) >= {n} * greatest(size({l}), size({r}))"
        " AND (1 + {n}) * size(array_intersect({l}, {r})) >= {n} * (size({l}) + size({r}))",
        "inside": "arrays_overlap({al}, {ar})"
        " AND size(array_intersect({l}, {r})) = least(size({l}), size({r}))",
        "equal at": "{l} = {r} AND {al} = {ar}",
        "equal in": "{l} = {r} AND arrays_overlap({al}, {ar})"
        " AND size(array_intersect({al}, {ar})) = least(size({al}), size({ar}))",
        "starts": "least(length({l}), length({r})) >= {n} AND (startswith({l}, {r}) OR startswith({r}, {l}))",
        "similar": "jaro_winkler({l}, {r}) >= {n}",
        "crosses": "arrays_overlap({l}, {ar}) OR arrays_overlap({al}, {r})",
        "one letter off": f"{_ONE_OFF_SPARK} AND damerau_levenshtein({{l}}, {{r}}) = 1",
        "letters off": "abs(length({l}) - length({r})) <= {n} AND least(length({l}), length({r})) >= 12"
        " AND damerau_levenshtein({l}, {r}) <= {n}",
        "initial": "least(length({l}), length({r})) = 1 AND left({l}, 1) = left({r}, 1)",
    },
    {"one letter off": _ONE_OFF_SPARK},
)

"""Which pairs are worth scoring beyond their names: those that share a ground (features.employer_grounds).

Most rows that share words of a name share nothing else, and more of them do the longer the list is; nobody is
asked about two of those, and no rule merges them. The whole name is a ground as well, unless the list itself
shows that several employers have it. Words are SQL for DuckDB.
"""

from __future__ import annotations

from engage.linkage.namesakes import MOST_OF_A_NAME

# A name of more rows than MOST_OF_A_NAME, or of rows in two towns and two districts, is not one employer's
# alone: between its rows a ground of their own is needed. Two rows that differ in both can be picked from
# whatever two towns and two districts there are.
_SCATTERED = f"""
SELECT name_key FROM (
  SELECT name_key, len(town_words) = 1 AND outward IS NOT NULL AS placed, town_words, outward FROM mentions
) GROUP BY name_key HAVING count(*) > {MOST_OF_A_NAME}
  OR (count(DISTINCT CASE WHEN placed THEN town_words[1] END) > 1
    AND count(DISTINCT CASE WHEN placed THEN outward END) > 1)
"""

# Of the grounds only those of two rows and more are kept. bits: 126 bits of them, which two rows that share
# one share too: seen at once, where to compare two lists takes ten times as long.
FIND_GROUNDS = f"""
CREATE TABLE scattered AS {_SCATTERED};
CREATE TABLE named AS
  SELECT unique_id AS id, name_key, bag FROM mentions ANTI JOIN scattered USING (name_key);
INSERT INTO signs SELECT id, hash('name', name_key) FROM named WHERE name_key IS NOT NULL;
INSERT INTO signs SELECT id, hash('words', bag) FROM named WHERE bag IS NOT NULL;
CREATE TABLE shared AS SELECT sign FROM signs GROUP BY sign HAVING count(*) > 1;
INSERT INTO grounds SELECT id, list(sign), bit_or(1::HUGEINT << (sign % 126)::HUGEINT)
  FROM signs SEMI JOIN shared USING (sign) GROUP BY id;
DROP TABLE scattered; DROP TABLE named; DROP TABLE shared;
DELETE FROM signs
"""


def near(shared: str, where: str) -> str:
    """SQL for the pairs a, b that seem to share a ground. shared: joins those of a key, as one and other."""
    return (
        f"SELECT DISTINCT one.id AS a, other.id AS b FROM {shared}"
        " JOIN grounds l ON l.id = one.id JOIN grounds r ON r.id = other.id"
        f" WHERE {where} AND (l.bits & r.bits) <> 0"
    )


def sharing(near: str) -> str:
    """SQL for those of these pairs that do."""
    return (
        f"SELECT a, b FROM {near} JOIN grounds l ON l.id = a JOIN grounds r ON r.id = b"
        " WHERE list_has_any(l.signs, r.signs)"
    )

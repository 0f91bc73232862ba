"""How large a block may be: mentions that share a key are compared, as long as they are few.

The blocks themselves are made in the database, engine/duck.py.
"""

from __future__ import annotations

# A block larger than this is a chain, a business park or an agent: split by a second key, never all with all.
LARGE = 80
# Mentions that share two such keys are compared all with all up to here.
LARGE_TOGETHER = 4 * LARGE

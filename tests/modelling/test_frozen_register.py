"""The generator of the benchmarks is frozen: figures of one night stand beside those of another."""

from __future__ import annotations

import hashlib
from collections import Counter

from engage.model import record_of
from engage.modelling.register import Register, generate


def _checksum(register: Register) -> str:
    lines = [f"{r.record_id} {r.tab} {r.agency} {sorted(r.typed.items())}" for r in register.records]
    lines += [f"{key} {firm}" for key, firm in sorted((register.employers | register.people).items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_same_seed_makes_the_register_it_has_always_made():
    assert _checksum(generate(400, 5)) == "6c81959e984cf230e08ac0fedcd0ff9e237a8fa3923c0a996a4b727d85d3b802"


def test_most_firms_are_known_to_several_agencies_and_every_mention_has_its_truth():
    register = generate(400, 5)
    assert {record_of(key) for key in register.employers} == {r.record_id for r in register.records}
    rows = Counter(register.employers[f"{r.record_id}#0"] for r in register.records if r.tab == "Employers")
    assert sum(rows.values()) >= 400
    assert sum(count > 1 for count in rows.values()) > 0.4 * len(rows)

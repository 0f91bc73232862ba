"""What else could link the same rows: names typed alike, spellings, Splink and dedupe trained on the rows.

Both get what Engage gets of the Employers rows (its own reading of names, phones and domains), so that the
linking is compared, not the reading. None asks a question: each gives clusters and nothing else.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engage.linkage.mentions import Employer, all_mentions
from engage.linkage.pieces import components
from engage.model import Record

Clusters = Mapping[str, str]
"""Mention → the first mention of its cluster."""


def listed_employers(records: Sequence[Record]) -> dict[str, Employer]:
    """The mentions of the Employers tabs by key."""
    employers, _ = all_mentions(records, "GB")
    return {key: employer for key, employer in employers.items() if employer.listed}


def same_name(records: Sequence[Record]) -> Clusters:
    """One employer for each name, legal forms, capitals and punctuation aside: what a pivot table does."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, employer in listed_employers(records).items():
        groups[employer.name.key].append(key)
    return {key: min(group) for group in groups.values() for key in group}


def same_name_and_postcode(records: Sequence[Record]) -> Clusters:
    """One employer for each name at one postcode; a row without a postcode is on its own."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, employer in listed_employers(records).items():
        groups[f"{employer.name.key} {employer.postcode or key}"].append(key)
    return {key: min(group) for group in groups.values() for key in group}


def splink_trained(records: Sequence[Record]) -> Clusters:
    """Splink as its tutorial has it: u by sampling, m by expectation maximisation, pairs of 0.95 and more."""
    import pandas as pd  # noqa: PLC0415 - a peer's own needs, not the benchmark's
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    mentions = listed_employers(records)
    frame = pd.DataFrame([_row(employer) for employer in mentions.values()])
    backend = DuckDBAPI()
    linker = Linker(backend.register(frame, dataset_display_name="employers"), _settings(), log_level=None)
    _train(linker)
    scored = linker.inference.predict(threshold_match_probability=0.95).as_pandas_dataframe()
    edges = [
        (min(a, b), max(a, b)) for a, b in zip(scored["unique_id_l"], scored["unique_id_r"], strict=True)
    ]
    return {key: group[0] for group in components(mentions, edges) for key in group}


def rapidfuzz_in_blocks(records: Sequence[Record]) -> Clusters:
    """Names of nine letters in ten alike, words in any order, compared where the first four letters or the
    postcode are one.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    mentions = listed_employers(records)
    blocks: dict[str, list[str]] = defaultdict(list)
    for key, one in mentions.items():
        for block in {f"name {one.name.key[:4]}", f"at {one.postcode or key}"}:
            blocks[block].append(key)
    edges: list[tuple[str, str]] = []
    for keys in blocks.values():
        names = [" ".join(mentions[key].name.core) for key in keys]
        alike = process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=90)
        edges += [(keys[a], keys[b]) for a, b in zip(*alike.nonzero(), strict=True) if keys[a] < keys[b]]
    return {key: group[0] for group in components(mentions, edges) for key in group}


def dedupe_labelled(records: Sequence[Record], truth: Clusters) -> Clusters:
    """dedupe, taught by a hundred labels that are all right, each of the pair that it was least sure of."""
    import dedupe  # noqa: PLC0415
    from dedupe import variables as compare  # noqa: PLC0415

    mentions = listed_employers(records)
    data = {key: _row(employer) for key, employer in mentions.items()}
    fields = [compare.String("name"), compare.ShortString("postcode", has_missing=True)]
    fields += [compare.Exact(column, has_missing=True) for column in ("number", "phone", "domain")]
    taught = dedupe.Dedupe(fields, num_cores=1)
    taught.prepare_training(data)
    for _ in range(100):
        for pair in taught.uncertain_pairs():
            same = truth[str(pair[0]["unique_id"])] == truth[str(pair[1]["unique_id"])]
            taught.mark_pairs({"match": [pair] if same else [], "distinct": [] if same else [pair]})
    taught.train()
    groups = [sorted(keys) for keys, _ in taught.partition(data, threshold=0.5)]
    return {key: group[0] for group in groups for key in group}


def ready_to_score(records: Sequence[Record]) -> Callable[[], int]:
    """Splink with Engage's fixed model, its columns made, blocked as Splink's tutorial blocks.

    What is left is to register the table, score the pairs and count those that reach even odds.
    """
    from splink import DuckDBAPI, Linker, block_on  # noqa: PLC0415

    from engage.linkage.employers import columns  # noqa: PLC0415
    from engage.linkage.engine.dialect import DUCKDB  # noqa: PLC0415
    from engage.linkage.engine.settings import splink_settings  # noqa: PLC0415
    from engage.linkage.model_file import fixed_model  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    table = columns(dict(enumerate(listed_employers(records).values()))).rows
    rules = ("name_key", "number", "postcode", "phones[1]", "domain", "substr(name_key, 1, 6)")
    settings = splink_settings(fixed_model("employer"), DUCKDB)
    settings["blocking_rules_to_generate_predictions"] = [block_on(rule) for rule in rules]

    def score() -> int:
        backend = DuckDBAPI()
        linker = Linker(backend.register(table), settings, log_level=None)
        found = linker.inference.predict(threshold_match_probability=0.5, warning_mode="never")
        return int(found.as_duckdbpyrelation().count("*").fetchall()[0][0])

    return score


PEERS: Mapping[str, Callable[[Sequence[Record], Clusters], Clusters]] = {
    "same name": lambda records, _: same_name(records),
    "same name and postcode": lambda records, _: same_name_and_postcode(records),
    "rapidfuzz in blocks": lambda records, _: rapidfuzz_in_blocks(records),
    "Splink, trained on the spot": lambda records, _: splink_trained(records),
    "dedupe, 100 labels": dedupe_labelled,
}
"""Ways to link rows. The truth is given to those that are taught by labels."""


def _row(employer: Employer) -> dict[str, str | None]:
    return {
        "unique_id": employer.key,
        "name": " ".join(employer.name.core) or None,
        "number": employer.number.value or None,
        "postcode": employer.postcode or None,
        "phone": employer.phones[0] if employer.phones else None,
        "domain": employer.domains[0] if employer.domains else None,
    }


def _settings() -> dict[str, Any]:
    import splink.comparison_library as compare  # noqa: PLC0415
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    settings: dict[str, Any] = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            *(compare.ExactMatch(column) for column in ("number", "postcode", "phone", "domain")),
        ],
        blocking_rules_to_generate_predictions=[
            block_on(column)
            for column in ("name", "number", "postcode", "phone", "domain", "substr(name, 1, 6)")
        ],
    ).create_settings_dict("duckdb")
    return settings


def _train(linker: Any) -> None:
    from splink import block_on  # noqa: PLC0415

    rules = [block_on("name", "postcode"), block_on("number")]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for column in ("name", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))

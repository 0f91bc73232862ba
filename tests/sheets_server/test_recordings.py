"""Stories that Google itself answered, told again to the local server: the same answers but for ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from .asking import Asker
from .world import World

LINES = (Path(__file__).parent / "data" / "recorded_stories.jsonl").read_text("utf-8").splitlines()
STEPS = [json.loads(line) for line in LINES]
STORIES = {name: list(steps) for name, steps in groupby(STEPS, key=lambda step: step["story"])}
IDS = {"spreadsheetId", "sheetId", "namedRangeId", "protectedRangeId", "id"}
OURS_ALONE = {
    "createdTime",
    "modifiedTime",
    "spreadsheetUrl",
    "defaultFormat",
    "spreadsheetTheme",
    "effectiveFormat",
    "pixelSize",
}
"""What differs from run to run, or is a matter of looks; pixel sizes depend on Google's fonts."""


@pytest.mark.parametrize("story", STORIES)
def test_google_and_the_local_server_tell_the_same_story(story):
    asker, ours = Asker(World()), {}
    for step in STORIES[story]:
        asked = renamed(step, ours)
        answer = asker.ask(asked["method"], asked["path"], asked["request"], **asked["query"])
        learn(step["answer"], answer.body, ours)
        assert answer.status == step["status"], (asked["path"], answer.body)
        assert lasting(answer.body) == lasting(renamed(step["answer"], ours)), asked["path"]


def learn(recorded: Any, answered: Any, ours: dict[Any, Any]) -> None:
    """Note which of our ids stands for which recorded one."""
    for key, theirs, mine in pairs(recorded, answered):
        if key in IDS and theirs != mine and isinstance(theirs, str | int):
            ours[theirs] = mine


def pairs(recorded: Any, answered: Any, key: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(recorded, dict) and isinstance(answered, dict):
        for name in recorded.keys() & answered.keys():
            yield from pairs(recorded[name], answered[name], name)
    elif isinstance(recorded, list) and isinstance(answered, list):
        for one, other in zip(recorded, answered, strict=False):
            yield from pairs(one, other, key)
    else:
        yield key, recorded, answered


def renamed(value: Any, ours: dict[Any, Any], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: renamed(each, ours, name) for name, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, ours, key) for each in value]
    if isinstance(value, str):
        for theirs, mine in ours.items():
            value = value.replace(theirs, mine) if isinstance(theirs, str) else value
        return value
    return ours.get(value, value) if key in IDS and type(value) is int else value


def lasting(value: Any) -> Any:
    """The answer without what is of no account; 1.0 is 1."""
    if isinstance(value, dict):
        return {name: lasting(each) for name, each in value.items() if name not in OURS_ALONE}
    if isinstance(value, list):
        return [lasting(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_every_story_has_several_steps():
    assert len(STORIES) == 37
    assert all(len(steps) > 2 for steps in STORIES.values())

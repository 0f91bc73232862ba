"""An agency's section of engage.toml changed; every other line, comments too, as it was."""

from __future__ import annotations

from collections.abc import Mapping

import tomlkit

from engage.config import Config
from engage.config_writing import section_of, write_checked


def change_section(config: Config, name: str, values: Mapping[str, str | bool]) -> None:
    """Set these keys in an agency's section; "" and False take a key out.

    Raises ConfigError, with the file as it was, if the result could not be read.
    """
    before = config.path.read_text(encoding="utf-8-sig")
    document = tomlkit.parse(before)
    section = section_of(document, name)
    for key, value in values.items():
        section.pop(key, None)
        if value:
            section[key] = value
    write_checked(config.path, tomlkit.dumps(document), before)

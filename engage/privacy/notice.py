"""The notice for people who have still to be told: ours, or the partnership's own in its templates folder."""

from __future__ import annotations

from engage.config import Config
from engage.errors import ConfigError
from engage.night import Night

TEMPLATE = "notice.txt"


def notice(night: Night, config: Config) -> str:
    """The text, with the agencies and their bases. Raises ConfigError for a broken template of their own."""
    from jinja2 import (  # noqa: PLC0415 - only where one is made
        ChoiceLoader,
        FileSystemLoader,
        PackageLoader,
        StrictUndefined,
        TemplateError,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    own = [FileSystemLoader(config.templates)] if config.templates else []
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, PackageLoader("engage.templates", "")]),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    bases = {
        night.spelled.get(row["Agency"].casefold(), row["Agency"]): row["Lawful basis"]
        for row in night.intake.records
        if row.tab == "Agencies"
    }
    agencies = [(one.name, bases.get(one.name, "")) for one in config.agencies]
    try:
        return env.get_template(TEMPLATE).render(
            partnership=config.partnership,
            agencies=agencies,
            contact=config.mail.reply_to or config.mail.from_address,
            months=config.keep.review_months,
        )
    except TemplateError as error:
        raise ConfigError(
            f"the notice cannot be written: {error}", where=TEMPLATE, fix="mend it in your templates folder"
        ) from error

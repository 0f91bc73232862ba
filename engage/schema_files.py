"""The files of sheets_schema/ → the Schema. A column is one line of [columns]; see employers.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from .checked_toml import Strict, did_you_mean, fill, listed, read_toml
from .errors import SchemaError
from .schema import Column, Schema, TabSpec
from .schema_faults import faults_in

COMMON = "_common.toml"
ANSWERS = {"yes-no": ("Yes", "No")}

Type = Literal[
    "text", "long-text", "name", "date", "due-date", "time", "moment", "number", "money", "size", "percent",
    "postcode", "phone", "email", "url", "company-number", "charity-number", "sic", "sectors", "people",
    "bodies", "yes-no", "list", "audience", "id", "link",
]  # fmt: skip
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Wordings = dict[Text, dict[Text, Texts]]  # column → value → how people also say it


class ColumnForm(Strict):
    """One line of [columns]; what a line leaves out follows from the rest (see `_column`)."""

    help: Text
    type: Type | None = None
    filled_by: Literal["staff", "list", "system", "answer"] | None = None
    values: Texts = ()
    list_name: str = ""
    required: bool = False
    core: bool = False
    personal: bool = False
    laid_out: bool = True
    width: Annotated[int, Field(ge=4, le=90)] = 16
    fills_down: bool = False
    several: bool = False


class TabForm(Strict):
    """A file of ours, or a partnership's own tab."""

    title: Text
    kind: Literal["staff", "built"]
    where: Literal["hub", "agency", "both"]
    help: Text
    order: int
    columns: dict[Text, ColumnForm]
    key: str = ""
    subject: Literal["", "employer", "person"] = ""
    hidden: bool = False
    has_ids: bool = True
    title_aliases: Texts = ()
    aliases: dict[Text, Texts] = Field(default_factory=dict)
    wordings: Wordings = Field(default_factory=dict)


class MoreForm(Strict):
    """A partnership's additions to a tab of ours."""

    title: Text
    columns: dict[Text, ColumnForm] = Field(default_factory=dict)
    title_aliases: Texts = ()
    aliases: dict[Text, Texts] = Field(default_factory=dict)
    wordings: Wordings = Field(default_factory=dict)


class CommonForm(Strict):
    """_common.toml: what holds in every tab."""

    blanks: Texts = ()
    ambiguous: Texts = ()
    aliases: dict[Text, Texts] = Field(default_factory=dict)


def read_schema(own: Path | None) -> Schema:
    """Both folders as one Schema. Raises SchemaError with every fault of every file."""
    faults: list[str] = []
    forms, common = _read_folder(files("engage.sheets_schema"), {}, faults)
    commons = [common]
    if own is not None:
        if not own.is_dir():
            raise SchemaError("the folder of your own columns does not exist", where=str(own), fix=_FIX_OWN)
        forms, extra = _read_folder(own, forms, faults)
        commons.append(extra)
    schema = _schema(forms.values(), commons)
    faults += [f"tab {form.title!r}, {fault}" for form in forms.values() for fault in _stray_aliases(form)]
    faults += faults_in(schema)
    if faults:
        raise SchemaError(listed(faults), where="The schema", fix=_FIX_SCHEMA)
    return schema


_FIX_OWN = "make the folder, or take the line `schema` out of engage.toml"
_FIX_SCHEMA = "mend the files named above; docs/reference/schema.md says what a line may hold"


def _read_folder(
    folder: Traversable, forms: Mapping[str, TabForm], faults: list[str]
) -> tuple[dict[str, TabForm], CommonForm]:
    """The folder's tabs laid over `forms` (title → form); faults are added to the list."""
    result, common = dict(forms), CommonForm()
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        try:
            values = read_toml(file)
        except ValueError as error:
            faults.append(f"{file.name}: {error}")
            continue
        if file.name == COMMON:
            filled, found = fill(CommonForm, values)
            common = filled or common
        else:
            found = _take_tab(values, result, set(forms))
        faults += [f"{file.name}, {fault}" for fault in found]
    return result, common


def _take_tab(values: dict[str, Any], forms: dict[str, TabForm], ours: set[str]) -> list[str]:
    title = values.get("title", "")
    if title in ours:
        more, faults = fill(MoreForm, values)
        return faults if more is None else _add(more, forms)
    form, faults = fill(TabForm, values)
    if form is not None and form.title in forms:
        return [f"title: another file has a tab called {form.title!r} already"]
    if form is not None:
        forms[form.title] = form
    return faults


def _add(more: MoreForm, forms: dict[str, TabForm]) -> list[str]:
    form = forms[more.title]
    twice = [heading for heading in more.columns if heading in form.columns]
    aliases = {
        h: (*form.aliases.get(h, ()), *more.aliases.get(h, ())) for h in {**form.aliases, **more.aliases}
    }
    forms[more.title] = form.model_copy(
        update={
            "columns": {**form.columns, **{h: line for h, line in more.columns.items() if h not in twice}},
            "aliases": aliases,
            "wordings": _merged(form.wordings, more.wordings),
            "title_aliases": (*form.title_aliases, *more.title_aliases),
        }
    )
    return [f"columns, {heading}: is a column of the tab already; choose another" for heading in twice]


def _merged(ours: Wordings, more: Wordings) -> Wordings:
    """The partnership's own wordings of a value beside the shipped ones."""
    return {
        heading: {
            value: (*ours.get(heading, {}).get(value, ()), *more.get(heading, {}).get(value, ()))
            for value in {**ours.get(heading, {}), **more.get(heading, {})}
        }
        for heading in {**ours, **more}
    }


def _stray_aliases(form: TabForm) -> Iterable[str]:
    for name, headings in (("aliases", form.aliases), ("wordings", form.wordings)):
        for heading in headings:
            if heading not in form.columns:
                yield f"{name}, {heading}: is no column of this tab" + did_you_mean(heading, [*form.columns])


def _schema(forms: Iterable[TabForm], commons: list[CommonForm]) -> Schema:
    shared: dict[str, tuple[str, ...]] = {}
    for common in commons:
        for heading, aliases in common.aliases.items():
            shared[heading] = (*shared.get(heading, ()), *aliases)
    tabs = sorted((_tab(form, shared) for form in forms), key=lambda tab: (tab.order, tab.title))
    return Schema(
        tabs={tab.title: tab for tab in tabs},
        blanks=frozenset(word.lower() for common in commons for word in common.blanks),
        ambiguous=frozenset(word.lower() for common in commons for word in common.ambiguous),
    )


def _tab(form: TabForm, shared: Mapping[str, tuple[str, ...]]) -> TabSpec:
    own = form.aliases
    columns = [_column(form, heading, line) for heading, line in form.columns.items()]
    taken = {heading.lower() for heading in form.columns} | {
        a.lower() for every in own.values() for a in every
    }
    given = shared if form.kind == "staff" else {}
    return TabSpec(
        title=form.title, kind=form.kind, where=form.where, help=form.help, key=form.key,
        subject=form.subject, order=form.order, hidden=form.hidden, has_ids=form.has_ids,
        aliases=form.title_aliases,
        columns=tuple(replace(c, aliases=_aliases(c.heading, own, given, taken)) for c in columns),
    )  # fmt: skip


def _aliases(
    heading: str, own: Mapping[str, tuple[str, ...]], shared: Mapping[str, tuple[str, ...]], taken: set[str]
) -> tuple[str, ...]:
    """The tab's own spellings, then the common ones that the tab does not give to another column."""
    common = [word for word in shared.get(heading, ()) if word.lower() not in taken]
    return tuple(dict.fromkeys([*own.get(heading, ()), *common]))


def _column(form: TabForm, heading: str, line: ColumnForm) -> Column:
    """What a line leaves out: values make a list, a built tab is filled by the system, the rest by staff."""
    chosen = bool(line.values or line.list_name or line.type in ANSWERS) and form.has_ids
    filled_by = line.filled_by or ("system" if form.kind == "built" else "list" if chosen else "staff")
    return Column(
        heading=heading, type=line.type or ("list" if chosen else "text"), filled_by=filled_by,
        values=line.values or ANSWERS.get(line.type or "", ()), list_name=line.list_name, help=line.help,
        required=line.required, core=line.core, personal=line.personal, laid_out=line.laid_out,
        width=line.width, fills_down=line.fills_down, several=line.several,
        wordings=tuple((w, value) for value, ways in form.wordings.get(heading, {}).items() for w in ways),
    )  # fmt: skip

"""The weights of a pair as Splink's waterfall chart: one HTML file that opens without a network.

It holds identifiers, reasons and bits, no cell of any row: a file may leave.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from splink.internals.charts import WaterfallChart  # else to be had of a linker alone, which wants a database

from .explain import ONLY_BY
from .weighing import Weighed

START, SUM = "before anything\nis compared", "Final score"  # Splink knows the sum by this name
TEXT = "a free text mostly names somebody who is listed"
HIDDEN = frozenset({"column_name", "value_l", "value_r"})  # texts that Splink writes over the bars
TOLD = {
    "column_name": "Reason",
    "log2_bayes_factor": "Bits",
    "bayes_factor_description": "That is",
    "prob": "Likely so far",
}
# The menu of the drawing library would show what it draws to a web page of its makers.
_MENU, _NO_MENU = ", {}).catch(", ', {"actions": {"export": true, "source": false, "editor": false}}).catch('


def waterfall_page(weighed: Weighed, title: str, said: Mapping[str, str]) -> str:
    """The whole page. title: what stands above the chart; said: what is told below that, by label."""
    page: str = _Waterfall(list(_bars(weighed))).to_html(inline=True)
    return page.replace(_MENU, _NO_MENU).replace("<body>", f"<body>{_head(title, said)}", 1)


class _Waterfall(WaterfallChart):  # type: ignore[misc]  # Splink is untyped
    """Splink's chart of one pair, its bars named in words below."""

    @staticmethod
    def alter_spec_directly(chart_spec: dict[str, Any]) -> dict[str, Any]:
        chart_spec |= {"title": None, "width": {"step": 110}, "height": 400}
        chart_spec["params"] = [{"name": "record_number", "value": 0}]
        bars = chart_spec["layer"][0]
        bars["layer"] = [layer for layer in bars["layer"] if _texts_of(layer) not in HIDDEN]
        for layer in bars["layer"]:
            encoding = layer["encoding"]
            if "tooltip" in encoding:
                kept = [one for one in encoding["tooltip"] if one["field"] in TOLD]
                encoding["tooltip"] = [one | {"title": TOLD[one["field"]]} for one in kept]
                encoding["x"]["axis"] |= _AXIS
        return chart_spec

    def alter_spec_from_data(self, chart_spec: dict[str, Any]) -> dict[str, Any]:
        return chart_spec


_AXIS = {
    "labelExpr": r"datum.value == 'Final score' ? ['all of it', 'together'] : split(datum.value || '', '\n')",
    "labelAngle": 0,
    "labelPadding": 6,
    "labelLimit": 0,
    "title": None,
}


def _texts_of(layer: Mapping[str, Any]) -> str:
    """The field that a layer writes over the bars, "" if it draws."""
    found = layer.get("encoding", {}).get("text", {})
    return str(found.get("field", ""))


def _head(title: str, said: Mapping[str, str]) -> str:
    lines = "".join(f"<p><b>{html.escape(name)}</b> {html.escape(text)}</p>" for name, text in said.items())
    return f'<div style="font-family: sans-serif; margin: 1em"><h2>{html.escape(title)}</h2>{lines}</div>'


def _bars(weighed: Weighed) -> Iterator[dict[str, Any]]:
    """Splink's records of the chart: the prior, a bar a reason in the order of the reasons, the sum."""
    steps = [(START, weighed.start), *((_unnamed(words), bits) for words, bits in weighed.parts)]
    steps += [(TEXT, weighed.extra)] if weighed.extra else []
    names = [textwrap.fill(words, 17) if words != START else START for words, _ in steps]
    steps = [*zip(names, (bits for _, bits in steps), strict=True), (SUM, weighed.pair.weight)]
    for order, (name, bits) in enumerate(steps):
        yield {
            "column_name": name,
            "log2_bayes_factor": bits,
            "bayes_factor_description": in_times(bits),
            "bar_sort_order": order,
            "record_number": 0,
        }


def _unnamed(reason: str) -> str:
    """A reason without words of the names themselves."""
    return "names differ by a word or two" if reason.startswith(ONLY_BY) else reason


def in_times(bits: float) -> str:
    """What a weight says of the odds: "12 times likelier to be one", "half as likely"."""
    times = 2.0 ** min(abs(bits), 60)
    said = f"{times:,.0f}" if times >= 10 else f"{times:.1f}"
    return f"{said} times {'likelier' if bits >= 0 else 'less likely'} to be one"

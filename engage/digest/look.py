"""A partnership's own look: its colour, made fit to be read by day and by night, and its logo."""

from __future__ import annotations

import base64
import colorsys
import struct
from dataclasses import dataclass
from functools import lru_cache

from engage.errors import ConfigError

OURS = "#1f5f7a"
PAPER, NIGHT = "#ffffff", "#1b1b1a"
READABLE = 4.5  # WCAG 2.2, 1.4.3 AA
LOGO = "logo@digest"  # its Content-ID in the message
TALLEST, WIDEST = 44, 220  # pixels of the logo, as shown
PNG = b"\x89PNG\r\n\x1a\n"
Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG, and how large it is shown."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """colour: as the partnership wrote it, "#1f5f7a"."""

    colour: str = OURS
    logo: Logo | None = None

    @property
    def text(self) -> str:
        """The colour for words and links on white."""
        return readable(self.colour, PAPER)

    @property
    def bright(self) -> str:
        """The same on the dark page."""
        return readable(self.colour, NIGHT)

    @property
    def pale(self) -> str:
        """What is past, beside it, on white."""
        return mixed(self.text, PAPER, 0.62)

    @property
    def dim(self) -> str:
        """The same on the dark page."""
        return mixed(self.bright, NIGHT, 0.5)


def logo_of(content: bytes, where: str) -> Logo:
    """A logo at the size at which it is shown. Raises ConfigError if it is no PNG."""
    is_png = len(content) > 24 and content.startswith(PNG) and content[12:16] == b"IHDR"
    width, height = struct.unpack(">II", content[16:24]) if is_png else (0, 0)
    if not width or not height:
        raise ConfigError("this logo is no PNG image", where=where, fix="save it as PNG")
    share = min(TALLEST / height, WIDEST / width, 1)
    return Logo(content, max(1, round(width * share)), max(1, round(height * share)))


def with_logo(html: str, look: Look) -> str:
    """A page to be opened by itself: the logo, which comes beside it in a message, inside it."""
    if look.logo is None:
        return html
    inside = base64.b64encode(look.logo.content).decode("ascii")
    return html.replace(f"cid:{LOGO}", f"data:image/png;base64,{inside}")


@lru_cache(maxsize=64)
def readable(colour: str, ground: str) -> str:
    """The colour, darker or lighter by as much as it takes to be read on this ground."""
    hue, light, full = colorsys.rgb_to_hls(*_rgb(colour))
    step = -0.02 if _luminance(_rgb(ground)) > 0.5 else 0.02
    while contrast(colour, ground) < READABLE and 0 <= light + step <= 1:
        light += step
        colour = _hex(colorsys.hls_to_rgb(hue, light, full))
    return colour


@lru_cache(maxsize=64)
def mixed(colour: str, ground: str, share: float) -> str:
    """The colour with so much of the ground in it, 0..1."""
    pairs = zip(_rgb(colour), _rgb(ground), strict=True)
    red, green, blue = (one * (1 - share) + other * share for one, other in pairs)
    return _hex((red, green, blue))


def contrast(one: str, other: str) -> float:
    """How much two colours differ in light, 1..21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

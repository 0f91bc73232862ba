"""Websites: what tells one employer's from another's, without http://, www. and capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from engage.register.reading import Reading, unreadable
from engage.register.text import squash

_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_SHARED_HOSTS = re.compile(
    r"(?:.+\.)?(?:facebook|instagram|linkedin|twitter|x|youtube|tiktok|yell|checkatrade|wixsite|wordpress|blogspot"
    r"|google|etsy|ebay|linktr)\.(?:com|co\.uk|ee)"
)


@lru_cache(maxsize=65536)
def read_url(text: str) -> Reading:
    """A website as its domain, "peakside.example"; a page on a shared site with its path."""
    words = squash(text).casefold().replace("\\", "/").replace(" ", "")
    bare = re.sub(r"^(?:https?:?/+|//)?(?:www\d?\.)*", "", words)
    host, slash, path = bare.partition("/")
    host = re.split(r"[?#:]", host)[0].strip(".,;")
    if "@" in host:
        what = "This is an email address, not a website."
        return unreadable("bad-url", what, "Move it to the column for email, or to a row in Contacts.")
    if not _HOST.fullmatch(host):
        return unreadable("bad-url", "This is not the address of a website.", "Type it like firm.co.uk.")
    shared = slash and _SHARED_HOSTS.fullmatch(host)
    path = re.split(r"[?#]", path)[0].strip("/")
    return Reading(f"{host}/{path}" if shared and path else host)


def domain_of(text: str) -> str:
    """The domain of a website that is the employer's own; "" if there is none or the site is shared."""
    host = read_url(text).clean.partition("/")[0]
    return "" if _SHARED_HOSTS.fullmatch(host) else host

"""Addresses within the house, as an editor copies them from a page."""

import re
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

_PATH = re.compile(r"/[^/\\\s][^\\\s]*")


def is_path(value: str) -> bool:
    """A path of this house, and of no other host: neither `//elsewhere` nor a backslash."""
    return bool(_PATH.fullmatch(value))


def plain_path(value: str) -> str:
    """Without query and anchor, as `resolve` reads it."""
    return unquote(urlsplit(value).path)


def arguments_of(path: str) -> dict[str, object]:
    """The arguments of the page's address; empty where there is no such page."""
    try:
        return dict(resolve(plain_path(path)).kwargs)
    except Resolver404:
        return {}

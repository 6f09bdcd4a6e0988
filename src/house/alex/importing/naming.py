"""Small readings of what files say about themselves."""

from pathlib import PurePosixPath
from typing import Any

from house.alex.importing.limits import TITLE_LETTERS
from house.ground.html import safe_url
from house.ground.text import one_line, shorten


def topics_of(value: Any) -> tuple[str, ...]:
    """Topic names from a list, or from one string parted by commas or semicolons."""
    if isinstance(value, str):
        value = value.replace(";", ",").split(",")
    if not isinstance(value, list):
        return ()
    return tuple(name for item in value if isinstance(item, str) and (name := one_line(item)))


def github_url(source: str) -> str:
    """`github:owner/name`, as the test corpus writes its sources, as an address."""
    name = source.removeprefix("github:")
    if name == source or name.count("/") != 1:
        return ""
    return safe_url(f"https://github.com/{name}")


def title_of(name: str) -> str:
    """A title for what has none: the file's name without its dashes."""
    stem = PurePosixPath(name).stem.replace("_", " ").replace("-", " ")
    return shorten(stem, TITLE_LETTERS).capitalize() or name

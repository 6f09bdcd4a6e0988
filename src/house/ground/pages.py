"""A number that grows whenever something public changes: whoever keeps finished pages compares it.

Kept as the time of a file, so that all processes of a machine see a change with the next request, for the
price of one look; with a shared cache (several machines) it lies there.
"""

import time
from pathlib import Path

from django.conf import settings
from django.core.cache import caches

_KEY = "pages-changed"


def _file() -> Path:
    return Path(settings.PAGES_FILE)


def changed() -> None:
    """Call once the change is committed: what was kept before is shown no more."""
    if settings.SHARED_CACHE:
        caches["default"].set(_KEY, time.time_ns(), timeout=None)
        return
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{time.time_ns()}")
    made.write_text(str(time.time_ns()), encoding="ascii")
    made.replace(path)  # a new file each time: its number differs even within one tick of the clock


def stamp() -> tuple[int, int] | int:
    """Another one after each change."""
    if settings.SHARED_CACHE:
        return int(caches["default"].get(_KEY) or 0)
    try:
        found = _file().stat()
    except FileNotFoundError:
        return 0
    return found.st_ino, found.st_mtime_ns

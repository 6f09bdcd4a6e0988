"""Pages of a list for programs. Cursors are opaque to callers, so that what they hold can change."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from house.ground.errors import Refused

SIZE = 20


class BadCursor(Refused):
    code = "bad-cursor"
    status = 422


def cursor_of(value: int) -> str:
    return base64.urlsafe_b64encode(str(value).encode()).decode().rstrip("=")


def offset_of(cursor: str) -> int:
    """The number in a cursor; 0 for none. Raises `BadCursor`."""
    if not cursor:
        return 0
    try:
        offset = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except (ValueError, binascii.Error) as problem:
        raise BadCursor("This cursor is not one of ours. Start again without it.") from problem
    if not 0 <= offset <= 1_000_000:
        raise BadCursor("This cursor is not one of ours. Start again without it.")
    return offset


def page_of(
    rows: Any, cursor: str, out: Callable[[Any], dict[str, Any]], *, size: int = SIZE
) -> dict[str, Any]:
    """`{"items", "next"}` of a queryset that has passed its door."""
    offset = offset_of(cursor)
    found = list(rows[offset : offset + size + 1])
    return {
        "items": [out(row) for row in found[:size]],
        "next": cursor_of(offset + size) if len(found) > size else None,
    }

"""The form of what waits at the desk: lines, each leading to where it is done."""

import datetime
from dataclasses import dataclass

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: `href` leads to where it is done. `since` is when it began to wait, or its date."""

    text: str
    href: str
    since: datetime.datetime | datetime.date | None = None
    note: str = ""

"""When a letter that was not taken is tried again."""

import datetime

# Minutes after each failed try: nine tries in a little less than a day.
PAUSES = (1, 5, 15, 60, 120, 240, 420, 540)


def next_try(tries: int, now: datetime.datetime) -> datetime.datetime | None:
    """After so many failed tries; None when enough was tried."""
    if tries > len(PAUSES):
        return None
    return now + datetime.timedelta(minutes=PAUSES[tries - 1])

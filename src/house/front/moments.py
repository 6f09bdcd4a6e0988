import zoneinfo

from django.utils import timezone


def clock_in(time_zone: str) -> str:
    """What the clocks of a city show now. A string, because templates turn moments into the reader's zone."""
    return f"{timezone.now().astimezone(zoneinfo.ZoneInfo(time_zone)):%H:%M}"

import datetime
import zoneinfo

from django.utils import timezone


def hour_in(time_zone: str) -> datetime.datetime:
    """Now, as the clocks of a city show it."""
    return timezone.now().astimezone(zoneinfo.ZoneInfo(time_zone))

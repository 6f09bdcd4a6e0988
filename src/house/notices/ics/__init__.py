"""iCalendar (RFC 5545) as the house writes and reads it.

Other floors and rooms use `busy` and `read` of calendars from outside; what the house says to
calendars goes through `house.notices.invitations` and the feeds.
"""

from house.notices.ics.parsing import NotACalendar
from house.notices.ics.reading import busy, read

__all__ = ["NotACalendar", "busy", "read"]

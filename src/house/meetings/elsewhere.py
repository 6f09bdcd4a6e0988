"""Fetches an expert's own calendar, by its address (ICS) or from a CalDAV server: only when she is busy.

Every request goes out through `ground.egress`: private addresses, other machines of ours and endless
answers are refused there, at each step of a redirect anew. The house's words about a failure never
hold the address, which is a secret.
"""

import base64
import datetime
from urllib.parse import urljoin, urlsplit

import httpx
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from house.ground import egress
from house.meetings.models import Availability
from house.meetings.slots import Span
from house.notices import ics

LARGEST = 5 * 1024 * 1024
_REDIRECTS, _SECONDS = 3, 15.0
_DAV = "{urn:ietf:params:xml:ns:caldav}"


class NotRead(Exception):  # noqa: N818 -- reads as what happened
    """`args[0]` tells the expert why, in a sentence without the address."""


def read(
    availability: Availability, since: datetime.datetime, until: datetime.datetime
) -> list[Span]:
    """When she is busy between two moments. Raises `NotRead`."""
    try:
        raws = (
            _from_caldav(availability, since, until)
            if availability.busy_kind == Availability.Calendar.CALDAV
            else [_from_address(availability)]
        )
    except egress.Unreachable as problem:
        raise NotRead(_without_address(problem, availability)) from problem
    try:
        return [
            Span(*pair) for raw in raws for pair in ics.busy(raw, since, until, availability.zone)
        ]
    except ics.NotACalendar as problem:
        raise NotRead(problem.message) from problem


def _without_address(problem: egress.Unreachable, availability: Availability) -> str:
    host = urlsplit(availability.busy_url).hostname or ""
    return problem.message.replace(availability.busy_url, host)


def _from_address(availability: Availability) -> bytes:
    url = availability.busy_url
    for _step in range(_REDIRECTS + 1):
        here = urlsplit(url)[:2] == urlsplit(availability.busy_url)[:2]  # nor without encryption
        answer = egress.request(
            "GET",
            url,
            headers={"Accept": "text/calendar", **(_login(availability) if here else {})},
            limit=LARGEST,
            timeout=_SECONDS,
        )
        if answer.is_redirect:
            url = urljoin(url, answer.headers.get("location", ""))
            continue
        _check(answer)
        return answer.content
    raise NotRead(_("The address leads on and on, and to no calendar."))


def _login(availability: Availability) -> dict[str, str]:
    if not availability.busy_user:
        return {}
    pair = f"{availability.busy_user}:{availability.busy_password}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _check(answer: httpx.Response) -> None:
    if answer.status_code in {401, 403}:
        raise NotRead(_("The server of the calendar does not let the house in."))
    if answer.status_code >= 400:
        raise NotRead(
            _("The server of the calendar answers with an error: %(code)s.")
            % {"code": answer.status_code}
        )


# -- CalDAV (RFC 4791) ------------------------------------------------------------------------------

_FREE_BUSY = """<?xml version="1.0" encoding="utf-8"?>
<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">
  <C:time-range start="{since}" end="{until}"/>
</C:free-busy-query>"""
_EVENTS = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:prop><C:calendar-data/></D:prop>
  <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
    <C:time-range start="{since}" end="{until}"/>
  </C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""


def _from_caldav(
    availability: Availability, since: datetime.datetime, until: datetime.datetime
) -> list[bytes]:
    """The server's own free/busy; where it gives none, the events of that time."""
    answer = _report(availability, _FREE_BUSY, since, until)
    if answer.status_code == 200 and b"BEGIN:VFREEBUSY" in answer.content:
        return [answer.content]
    answer = _report(availability, _EVENTS, since, until)
    _check(answer)
    try:
        tree = ElementTree.fromstring(answer.content)
    except (ElementTree.ParseError, DefusedXmlException, LookupError, ValueError) as problem:
        raise NotRead(_("The server of the calendar answers with nonsense.")) from problem
    found = [each.text or "" for each in tree.iter(f"{_DAV}calendar-data")]
    return ["\r\n".join(found).encode()] if found else []


def _report(
    availability: Availability, query: str, since: datetime.datetime, until: datetime.datetime
) -> httpx.Response:
    form = "%Y%m%dT%H%M%SZ"
    body = query.format(since=since.strftime(form), until=until.strftime(form))
    return egress.request(
        "REPORT",
        availability.busy_url,
        headers={
            "Content-Type": "application/xml; charset=utf-8",
            "Depth": "1",
            **_login(availability),
        },
        content=body.encode(),
        limit=LARGEST,
        timeout=_SECONDS,
    )

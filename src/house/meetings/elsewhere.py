"""Fetches an expert's own calendar, by its address (ICS) or from a CalDAV server, and has it read apart.

Every request goes out through `ground.egress`: private addresses, other machines of ours and endless
answers are refused there, at each step of a redirect anew. The house's words about a failure never
hold the address, which is a secret.
"""

import base64
import datetime
import json
import os
import subprocess
import sys
from urllib.parse import urljoin, urlsplit

import httpx
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from house.ground import egress
from house.meetings import busy
from house.meetings.models import Availability
from house.meetings.slots import Span

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
    found: list[Span] = []
    for raw in raws:
        found += read_apart(raw, since, until, availability.zone)
    return found


def _without_address(problem: egress.Unreachable, availability: Availability) -> str:
    host = urlsplit(availability.busy_url).hostname or ""
    return problem.message.replace(availability.busy_url, host)


def _from_address(availability: Availability) -> bytes:
    url = availability.busy_url
    for _step in range(_REDIRECTS + 1):
        here = urlsplit(url).hostname == urlsplit(availability.busy_url).hostname
        answer = egress.request(
            "GET",
            url,
            headers={"Accept": "text/calendar", **(_login(availability) if here else {})},
            limit=busy.LARGEST,
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
    except (ElementTree.ParseError, DefusedXmlException) as problem:
        raise NotRead(_("The server of the calendar answers with nonsense.")) from problem
    found = [each.text or "" for each in tree.iter(f"{_DAV}calendar-data")]
    # One after another in one reading: each would cost a process of its own.
    return ["\n".join(found).encode()] if found else []


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
        limit=busy.LARGEST,
        timeout=_SECONDS,
    )


def read_apart(
    raw: bytes, since: datetime.datetime, until: datetime.datetime, zone: str
) -> list[Span]:
    """Reckoned in a process of its own, which ends when it takes too long. Raises `NotRead`."""
    utc = [each.astimezone(datetime.UTC).isoformat() for each in (since, until)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, and no word of the calendar among its arguments
            [sys.executable, "-m", busy.__name__, *utc, zone],
            input=raw, capture_output=True, timeout=busy.SECONDS * 3, check=True,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        said = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise NotRead(
            _("The calendar can't be reckoned: it is too large or repeats for ever.")
        ) from problem
    if "problem" in said:
        raise NotRead(said["problem"])
    return [
        Span(datetime.datetime.fromisoformat(begins), datetime.datetime.fromisoformat(ends))
        for begins, ends in said["busy"]
    ]

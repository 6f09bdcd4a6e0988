"""Two readers of calendars that aren't ours: python's `icalendar` and npm's `ical.js`."""

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import icalendar
import pytest

ICAL_JS = Path(__file__).parents[4] / "frontend/node_modules/ical.js/dist/ical.js"
_SCRIPT = """
import ICAL from %s;
const root = new ICAL.Component(ICAL.parse(await new Response(process.stdin).text()));
for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const method = root.getFirstPropertyValue('method') ?? '';
console.log(JSON.stringify(root.getAllSubcomponents('vevent').map((part) => {
  const event = new ICAL.Event(part);
  const stamp = (time) => time && new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');
  return {
    method, uid: event.uid, sequence: event.sequence, start: stamp(event.startDate), end: stamp(event.endDate),
    title: event.summary, description: event.description ?? '', location: event.location ?? '',
    status: part.getFirstPropertyValue('status'), url: part.getFirstPropertyValue('url') ?? '',
    organizer: part.getFirstPropertyValue('organizer') ?? '',
    attendees: event.attendees.map((one) => [one.getFirstValue(), one.getFirstParameter('cn'),
      one.getFirstParameter('partstat'), one.getFirstParameter('rsvp')]),
  };
})));
"""


def by_ical_js(raw):
    if shutil.which("node") is None or not ICAL_JS.exists():
        pytest.skip("node or frontend/node_modules/ical.js is absent")
    script = _SCRIPT % json.dumps(ICAL_JS.as_uri())
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=raw, capture_output=True, check=True, timeout=600,
    )  # fmt: skip
    return json.loads(done.stdout)


def by_icalendar(raw):
    root = icalendar.Calendar.from_ical(raw)
    return [_event(part, str(root.get("METHOD", ""))) for part in root.walk("VEVENT")]


def _event(part, method):
    attendees = part.get("ATTENDEE", [])
    return {
        "method": method,
        "uid": str(part["UID"]),
        "sequence": int(part["SEQUENCE"]),
        "start": _stamp(part.start),
        "end": _stamp(part.end),
        "title": str(part["SUMMARY"]),
        "description": str(part.get("DESCRIPTION", "")),
        "location": str(part.get("LOCATION", "")),
        "status": str(part["STATUS"]),
        "url": str(part.get("URL", "")),
        "organizer": str(part.get("ORGANIZER", "")),
        "attendees": [
            [str(one), one.params.get("CN"), one.params.get("PARTSTAT"), one.params.get("RSVP")]
            for one in (attendees if isinstance(attendees, list) else [attendees])
        ],
    }


def _stamp(moment):
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

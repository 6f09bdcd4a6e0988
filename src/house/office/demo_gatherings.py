"""The demonstration's gatherings: a summit to come, seminars in three zones, one past, one that is full.

Cities are real, everything that happens is invented and marked as demonstration. Of earlier summits the
archive says only what the alliance's public page says.
"""

import datetime
import zoneinfo
from typing import Any

from django.utils import timezone

from house.access.viewer import Viewer
from house.gatherings import actions
from house.gatherings.models import Consent, Event, Registration, Series, Session, Speaker, State
from house.partners.viewing import operator, viewer_for
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: an operator seeds a demonstration

SUMMIT = "demo-summit"
ARCHIVE = (
    # (slug, year, city, what the public page says)
    (
        "summit-2016",
        2016,
        "",  # the page does not say where
        "The first Sharing Cities Summit, begun by New York City, Amsterdam and Seoul.",
    ),
    (
        "summit-2019",
        2019,
        "mma",
        "The 2019 edition of the Sharing Cities Summit, with Malmö among its hosts.",
    ),
)
# slug, kind, title, sentence, in days, hour there, minutes, zone, city, mode, seats, topics, audience
EVENTS = (
    ("demo-registering-rentals", "seminar", "Registering short-term rentals: what a number changes",
     "Three cities compare what a registration number did to their figures and to their inspectors.",
     12, 15, 90, "Europe/Amsterdam", "ams", "both", (30, None), ("short-term-rental",), "alliance"),
    ("demo-kerb-workshop", "workshop", "Whose kerb is it? A workshop on parking shared bikes",
     "Bring one photo of your worst kerb; leave with a rule that another city has tried.",
     19, 10, 150, "America/New_York", "nyc", "online", (None, 2), ("bike-sharing",), "alliance"),
    ("demo-tool-libraries", "meeting", "Tool libraries: who pays in the third year?",
     "A digital meeting of an hour for those who run one, or pay for one.",
     26, 16, 60, "Asia/Seoul", "sel", "online", (None, None),
     ("libraries-of-things", "circular-economy"), "public"),
    ("demo-platform-work-talk", "seminar", "What a pay floor for couriers costs, and whom",
     "Figures and doubts from two cities, told by those who collected them.",
     -24, 14, 90, "Europe/Brussels", "gnt", "online", (None, None), ("platform-work",), "alliance"),
)  # fmt: skip
ROOMS = (("Main hall", 220), ("Dock room", 60), ("Workshop", 30))
TRACKS = ("Rules that hold", "Streets and sheds", "Working together")
# day, room, track, hour, minutes, title, sort, chosen, speaker outside
SESSIONS = (
    (0, 0, 2, "09:30", 30, "Welcome, and what the last hosts would change", "Opening", None, "A host"),
    (0, 0, 0, "10:15", 45, "Registration numbers after two years", "Talk", None, "Speaker A"),
    (0, 1, 1, "10:15", 45, "Sheds, kerbs and other quarrels", "Talk", None, "Speaker B"),
    (0, 2, 2, "10:15", 90, "Write your failure in one page", "Workshop", 12, "Speaker C"),
    (0, 0, 0, "11:15", 45, "Data from platforms: asking twice", "Talk", None, "Speaker D"),
    (0, 1, 1, "11:15", 45, "Cargo bikes for shops, one winter later", "Talk", None, "Speaker E"),
    (0, 0, 2, "12:00", 75, "Lunch, with a table for each topic", "Break", None, ""),
    (0, 0, 0, "13:15", 60, "Pay floors: the sum nobody wanted to do", "Panel", None, "Speaker F"),
    (0, 1, 1, "13:15", 60, "Tool libraries that outlive their grant", "Talk", None, "Speaker G"),
    (0, 2, 2, "13:30", 120, "Clinic: bring a contract, take a clause", "Workshop", 10, "Speaker H"),
    (0, 0, 2, "16:00", 90, "Walk along the harbour", "Walk", 40, ""),
    (1, 0, 0, "09:00", 45, "What courts said, and what cities did next", "Talk", None, "Speaker I"),
    (1, 1, 1, "09:00", 45, "Mapping sharing with residents", "Talk", None, "Speaker J"),
    (1, 2, 2, "09:00", 120, "Peer review of one city's plan", "Workshop", 16, "Speaker K"),
    (1, 0, 0, "10:00", 45, "Inspecting without knocking", "Talk", None, "Speaker L"),
    (1, 1, 1, "10:00", 45, "Noise, night and nine-to-five", "Talk", None, "Speaker M"),
    (1, 0, 2, "11:15", 60, "Three promises each, with a date", "Plenary", None, ""),
    (1, 1, 1, "11:15", 60, "Questions nobody asked yesterday", "Open space", None, ""),
    (1, 0, 2, "12:30", 60, "Lunch", "Break", None, ""),
    (1, 0, 2, "13:30", 45, "Handing over to the next hosts", "Closing", None, ""),
)  # fmt: skip


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    by = operator()
    series, _made = Series.objects.get_or_create(
        slug="summit",
        defaults={"title": "The yearly summit", "summary": "Once a year, in the city of a member."},
    )
    for row in ARCHIVE:
        _seed_archive(series, *row)
    for slug, *row in EVENTS:
        if not Event.objects.filter(slug=slug).exists():
            _seed_event(slug, row)
    if not Event.objects.filter(slug=SUMMIT).exists():
        _seed_programme(_seed_summit(series), by)
    _seed_registrations()


def _seed_archive(series: Series, slug: str, year: int, city: str, said: str) -> None:
    host = City.objects.filter(pk=city).first()
    if Event.objects.filter(slug=slug).exists() or (city and host is None):
        return
    zone = zoneinfo.ZoneInfo(host.time_zone if host else "UTC")
    Event.objects.create(
        slug=slug, kind="summit", state=State.DONE, title=f"Sharing Cities Summit {year}", summary=said,
        description="The page names the year, not the days: the whole year is shown. No programme is kept.",
        starts_at=datetime.datetime(year, 1, 1, tzinfo=zone),
        ends_at=datetime.datetime(year, 12, 31, 23, 59, tzinfo=zone),
        zone=zone.key, host_city=host, mode="on_site", audience="public", series=series,
        takes_registrations=False, published_at=timezone.now(), languages=["en"],
    )  # fmt: skip


def _at(days: int, hour: int, zone: str) -> datetime.datetime:
    tz = zoneinfo.ZoneInfo(zone)
    day = timezone.now().astimezone(tz).date() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=tz)


def _seed_event(slug: str, row: list[Any]) -> None:
    kind, title, said, days, hour, minutes, zone, city, mode, seats, topics, audience = row
    begins = _at(days, hour, zone)
    is_past = days < 0
    event = Event.objects.create(
        slug=slug, kind=kind, title=title, summary=said, starts_at=begins,
        ends_at=begins + datetime.timedelta(minutes=minutes), zone=zone, mode=mode, audience=audience,
        host_city=City.objects.filter(pk=city).first(), seats_on_site=seats[0], seats_online=seats[1],
        state=State.DONE if is_past else State.PUBLISHED, published_at=timezone.now(), languages=["en"],
        is_demonstration=True, place="City hall, room 2" if mode == "both" else "",
    )  # fmt: skip
    event.topics.set(Topic.objects.filter(pk__in=topics))


def _seed_summit(series: Series) -> Event:
    begins = _at(60, 9, "Europe/Stockholm")
    event = Event.objects.create(
        slug=SUMMIT, kind="summit", title="The next summit: promises with dates", series=series,
        summary="Two days, three tracks, and six weeks after in which what was promised is chased.",
        description="An invented summit: it shows what a programme of two days looks like.",
        starts_at=begins, ends_at=begins + datetime.timedelta(days=1, hours=6), zone="Europe/Stockholm",
        host_city=City.objects.filter(pk="got").first(), place="Congress centre at the harbour", mode="both",
        seats_on_site=220, state=State.PUBLISHED, published_at=timezone.now(), languages=["en", "sv"],
        audience="public", is_demonstration=True,
    )  # fmt: skip
    event.topics.set(Topic.objects.filter(pk__in=("sharing-economy", "city-networks")))
    return event


def _seed_programme(event: Event, by: Viewer) -> None:
    rooms = [actions.add_room(event, by=by, name=name, capacity=many) for name, many in ROOMS]
    tracks = [actions.add_track(event, by=by, name=name) for name in TRACKS]
    first = event.starts_at.astimezone(event.tz).date()
    for day, room, track, hour, minutes, title, sort, places, speaker in SESSIONS:
        begins = datetime.datetime.combine(
            first + datetime.timedelta(days=day), datetime.time.fromisoformat(hour), tzinfo=event.tz
        )
        session = actions.save_session(
            event, by=by, title=title, starts_at=begins, minutes=minutes, room=rooms[room],
            track=tracks[track], kind=sort, language="en", takes_places=places is not None, capacity=places,
        )  # fmt: skip
        if speaker:
            actions.put_speakers(session, [{"person": None, "name": speaker}], by=by)
    expert = Person.objects.filter(email="expert@example.org").first()
    session = Session.objects.filter(event=event, title__startswith="Pay floors").first()
    if expert and session:
        Speaker.objects.get_or_create(
            session=session, person=expert, defaults={"consent": Consent.GIVEN, "role": "Chair"}
        )
    actions.publish_programme(event, by=by, note="The first programme.")


def _seed_registrations() -> None:
    """The workshop has two places and three who want one; the summit and the first seminar have guests."""
    wanted = (
        ("demo-kerb-workshop", "online", ("premium", "partner", "coordinator")),
        (SUMMIT, "on_site", ("partner", "premium", "expert")),
        ("demo-registering-rentals", "on_site", ("premium",)),
        ("demo-registering-rentals", "online", ("partner",)),
    )
    for slug, seat, names in wanted:
        event = Event.objects.filter(slug=slug).first()
        for name in names:
            person = Person.objects.filter(email=f"{name}@example.org").first()
            if event is None or person is None or not event.is_open_for_registration:
                continue
            if not Registration.objects.filter(event=event, person=person).exists():
                viewer = viewer_for(person)
                if viewer.can("gatherings.attend"):
                    actions.register(event, by=viewer, seat=seat)

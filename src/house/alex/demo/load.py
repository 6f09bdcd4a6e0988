"""Puts the demonstration into the house. Repeating it takes in only the texts that changed."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.alex.actions import add_result, attach_file, record_adoption, take_in
from house.alex.actions.taking_in import EditedHere, Taken, WithdrawnHere
from house.alex.demo.reading import DemoAdoption, DemoEntry, adoptions, entries
from house.alex.models import Adoption, Attachment, Entry
from house.ground.errors import Refused
from house.partners.models import Circle, Seat
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: an operator seeds a demonstration

Progress = Callable[[int, int], None]
# Who of the demonstration writes for which city; the other cities have nobody in the house.
_OF_CITY = {"ams": ("premium", "coordinator"), "got": ("partner",)}
_FOUNDATION = ("curator", "expert")


def load_demo(progress: Progress | None = None) -> str:
    """All entries with their lineage, in one transaction. Needs cities, topics and the demo persons.

    Returns one sentence about what it did. Entries that people changed or withdrew are left alone.
    """
    persons = _persons()
    if not persons.get("office"):
        raise Refused(_("There are no demonstration persons yet."))
    office = viewer_for(persons["office"])
    seats = _seats(persons.values())
    told: Counter[str] = Counter()
    read = list(entries())
    with transaction.atomic():
        for done, each in enumerate(read, start=1):
            told[_load(each, persons, seats, by=office)] += 1
            if progress:
                progress(done, len(read))
        lineage = sum(_adopt(each, by=office) for each in adoptions())
    return (
        f"Demonstration: {told['created']} entries created, {told['updated']} updated, "
        f"{told['unchanged']} unchanged, {told['left alone']} left alone; {lineage} adoptions recorded."
    )


def _load(
    each: DemoEntry, persons: Mapping[str, Person], seats: Mapping[int, str], *, by: Viewer
) -> str:
    author = persons.get(_author_of(each))
    content = _settings(each, author, persons, seats)
    try:
        taken = _take(each, content, author, by=by)
        if each.sound:
            taken = _with_sound(each, content, taken, author, by=by)
    except (EditedHere, WithdrawnHere):
        return "left alone"
    return taken.result


def _take(
    each: DemoEntry, content: dict[str, Any], author: Person | None, *, by: Viewer, note: str = ""
) -> Taken:
    entry = Entry.objects.filter(source_id=each.source_id).first()
    if entry is not None and each.sound:
        content = _naming_sound(content, entry, each)
    return take_in(
        each.source_id,
        each.kind,
        content,
        by=by,
        author=author,
        is_demonstration=True,
        published_at=_published_at(each.name),
        cues=each.cues,
        note=note,
    )


def _with_sound(
    each: DemoEntry, content: dict[str, Any], taken: Taken, author: Person | None, *, by: Viewer
) -> Taken:
    """A file needs its entry first: it joins with the second version, once."""
    assert each.sound is not None  # noqa: S101 -- the caller asked
    if taken.result != "created":
        return taken
    writer = viewer_for(author) if author else by
    with each.sound.open("rb") as file:
        attach_file(
            taken.entry,
            File(file, name=each.sound.name),
            by=writer,
            media_type="audio/ogg",
            label=str(content["title"])[:200],
            licence="EUPL-1.2",
        )
    _take(each, content, author, by=by, note="With its sound")
    return taken


def _naming_sound(content: dict[str, Any], entry: Entry, each: DemoEntry) -> dict[str, Any]:
    assert each.sound is not None  # noqa: S101 -- the caller asked
    digest = hashlib.sha256(each.sound.read_bytes()).hexdigest()
    kept = Attachment.objects.filter(entry=entry, digest=digest).first()
    if kept is None:
        return content
    return {**content, "fields": {**content["fields"], "media": {"attachment": kept.code}}}


def _adopt(each: DemoAdoption, *, by: Viewer) -> int:
    entry = Entry.objects.filter(source_id=f"demonstration:{each.entry}").first()
    if entry is None or not City.objects.filter(pk=each.city).exists():
        return 0
    if Adoption.objects.filter(entry=entry, city=each.city).exists() or not entry.is_published:
        return 0
    result = None
    if each.result_entry:
        result = Entry.objects.filter(source_id=f"demonstration:{each.result_entry}").first()
    adoption = record_adoption(
        entry,
        city=each.city,
        stage=each.stage,
        by=by,
        note=each.note,
        started_on=each.started_on,
        result_entry=result,
    )
    for row in each.results:
        add_result(adoption, months=row["months"], outcome=row["outcome"], text=row["text"], by=by)
    return 1


def _author_of(each: DemoEntry) -> str:
    city = each.content["city"]
    if not city:
        return each.author
    writers = _OF_CITY.get(city, ())
    return each.author if each.author in writers else next(iter(writers), "")


def _settings(
    each: DemoEntry, author: Person | None, persons: Mapping[str, Person], seats: Mapping[int, str]
) -> dict[str, Any]:
    """Who owns it and who may be asked. What no person of the house wrote is asked of the foundation."""
    content = dict(each.content)
    if content.get("circle") and not Circle.objects.filter(pk=content["circle"]).exists():
        content |= {"audience": "alliance", "circle": ""}
    if author is not None:
        content["owner_seat"] = seats.get(author.pk, "")
    asked = author or persons.get(_FOUNDATION[_number(each.name) % len(_FOUNDATION)])
    if asked is not None:
        content["contacts"] = [{"person": asked.code, "about": content["owner_role"]}]
    return content


def _persons() -> dict[str, Person]:
    found = Person.objects.filter(email__endswith="@example.org", is_active=True)
    return {person.email.split("@", maxsplit=1)[0]: person for person in found}


def _seats(persons: Any) -> dict[int, str]:
    rows = Seat.objects.filter(person__in=list(persons)).values_list("person_id", "code")
    return {person: code for person, code in rows if person is not None}


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _published_at(name: str) -> datetime.datetime:
    """Spread over the last year, for the same entry always as far back, so that the house looks lived in."""
    now = timezone.now().replace(microsecond=0)
    return now - datetime.timedelta(days=2 + _number(name) % 360, minutes=_number(name) % 600)

"""Questions about what stays of an event. Each begins at the door of its viewer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from house.access.doors import may
from house.access.viewer import Viewer
from house.gatherings.after import published
from house.gatherings.after.published import Published
from house.gatherings.models import (
    AskedSupport,
    AskedThere,
    Event,
    Recording,
    Registration,
    Speaker,
    Voice,
)
from house.ground.text import folded
from house.memory.models import PeerQuestion
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """A recording with what of it may be had."""

    recording: Recording
    published: Published


def recordings_for(event: Event, viewer: Viewer) -> list[Shown]:
    found = list(Recording.objects.visible_to(viewer).filter(event=event).select_related("event"))
    voices: dict[int, list[Voice]] = defaultdict(list)
    # every row: all who speak in recordings that came through their door, or too much would be shown
    for voice in Voice.objects.filter(recording__in=found).order_by("pk"):
        voices[voice.recording_id].append(voice)
    return [Shown(each, published.of(each, voices[each.pk])) for each in found]


@dataclass(frozen=True, slots=True)
class Question:
    """One that was asked there. `cities` are how many want an answer, its own included."""

    asked: AskedThere
    cities: int
    is_mine: bool
    is_supported: bool
    may_take: bool
    is_taken: bool


def asked_for(event: Event, viewer: Viewer) -> list[Question]:
    """What most cities want to know first."""
    rows = list(AskedThere.objects.visible_to(viewer).filter(event=event).select_related("city"))
    support: dict[int, set[str]] = defaultdict(set)
    for row in AskedSupport.objects.visible_to(viewer).filter(question__in=rows):
        support[row.question_id].add(row.city_id)
    kept = [each.kept for each in rows if each.kept]
    # every row: whether the Agora has it by now, not whose it is
    taken = set(
        PeerQuestion.objects.filter(code__in=kept, asked_at__isnull=False).values_list(
            "code", flat=True
        )
    )
    is_host = may(viewer, "edit", event)
    found = [
        Question(
            each,
            len(support[each.pk] | ({each.city_id} if each.city_id else set())),
            viewer.person_id is not None and each.asker_id == viewer.person_id,
            bool(support[each.pk] & viewer.city_ids),
            is_host or (viewer.person_id is not None and each.asker_id == viewer.person_id),
            each.kept in taken,
        )
        for each in rows
    ]
    return sorted(found, key=lambda each: (each.asked.answered, -each.cities, each.asked.pk))


def people_of(recording: Recording, viewer: Viewer) -> list[Person]:
    """Who may be the voice: those who had a place, those of the programme, and colleagues of hers."""
    event = recording.event
    came = Registration.objects.visible_to(viewer).filter(event=event).live().values("person")
    speak = Speaker.objects.visible_to(viewer).filter(session__event=event, person__isnull=False)
    known = Voice.objects.visible_to(viewer).filter(recording=recording, person__isnull=False)
    # every row: she sees these people by the doors that were just asked
    found = Person.objects.filter(
        Q(pk__in=came) | Q(pk__in=speak.values("person")) | Q(pk__in=known.values("person"))
    ).filter(is_active=True)
    colleagues = Person.objects.visible_to(viewer).filter(city__in=viewer.city_ids)
    people = {person.pk: person for person in [*found, *colleagues]}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


@dataclass(frozen=True, slots=True)
class Line:
    """A cue with the pieces of its text: which of them match what is looked for."""

    start: float
    speaker: str
    parts: Sequence[tuple[str, bool]]


def found_inside(cues: Sequence[dict[str, object]], words: str, *, limit: int = 100) -> list[Line]:
    """The cues in which the words are said, whatever their case and accents."""
    wanted = folded(words.strip())
    if len(wanted) < 2:
        return []
    lines = []
    for cue in cues:
        text = str(cue["text"])
        if wanted in folded(text):
            lines.append(Line(float(str(cue["start"])), str(cue["speaker"]), _parts(text, wanted)))
            if len(lines) == limit:
                break
    return lines


def _parts(text: str, wanted: str) -> list[tuple[str, bool]]:
    """Folding may change how many letters there are, so each letter is folded by itself."""
    plain = [folded(letter) for letter in text]
    ends, at = [], 0
    for letter in plain:
        at += len(letter)
        ends.append(at)
    whole = "".join(plain)
    parts: list[tuple[str, bool]] = []
    begun = place = 0
    while (hit := whole.find(wanted, place)) >= 0:
        first = next(i for i, end in enumerate(ends) if end > hit)
        last = next(i for i, end in enumerate(ends) if end >= hit + len(wanted))
        parts += [(text[begun:first], False), (text[first : last + 1], True)]
        begun, place = last + 1, max(hit + len(wanted), ends[last])
    parts.append((text[begun:], False))
    return [part for part in parts if part[0]]

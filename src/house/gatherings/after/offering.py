"""A recording as ALEX is offered it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.formats import date_format

from house.access.audience import Audience
from house.gatherings.after.published import Published
from house.gatherings.models.after import Recording, Voice, VoiceConsent
from house.memory.offers import Offered


def of(recording: Recording, voices: Sequence[Voice], shown: Published) -> Offered:
    """Only what readers may have. ALEX links back: sound and film stay where consent is kept."""
    event = recording.event
    agreed = [voice for voice in voices if voice.consent == VoiceConsent.GIVEN]
    authors = {voice.label: voice.person_id for voice in agreed}
    content: dict[str, Any] = {
        "title": recording.title,
        "summary": event.summary,
        "language": recording.language,
        "topics": [topic.pk for topic in event.topics.all()],
        # What was said among the alliance stays there, also where the programme is public.
        "audience": Audience.ALLIANCE if event.audience == Audience.PUBLIC else event.audience,
        "circle": event.circle_id or "",
        "city": event.host_city_id or event.city_id or "",
        "candour": "city",
        "outcome": "",
        "fields": {
            "event": f"{event.title}, {date_format(event.starts_at.astimezone(event.tz), 'j F Y')}",
            "speakers": [
                voice.name or voice.label for voice in agreed if voice.name or voice.label
            ],
            "media": {"url": settings.BASE_URL + recording.get_absolute_url()}
            if shown.has_media
            else {},
            "chapters": shown.chapters,
        },
    }
    named = {voice.name or voice.label: authors[voice.label] for voice in agreed}
    cues = [
        cue | ({"author": author} if (author := named.get(cue["speaker"])) else {})
        for cue in shown.cues
    ]
    helpers = {voice.person_id: "spoke" for voice in agreed if voice.person_id is not None}
    return Offered("recording", content, helpers=helpers, cues=cues)

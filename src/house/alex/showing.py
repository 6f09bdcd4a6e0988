"""Entries as beginnings of showcases: only those that name their city, and never who wrote them.

Copying out of an entry that hides its city would tell the city; so such an entry is not offered, and no
showcase leads back to it, not even when it hides only since.
"""

from collections.abc import Sequence
from html import escape

from django.db.models import Q, QuerySet

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.viewer import Viewer
from house.alex.models import Entry
from house.alex.parts import content_of, outcome_part, parts
from house.ground.html import sanitise
from house.memory.showing import Beginning

MOST = 60


def _named(viewer: Viewer) -> QuerySet[Entry]:
    return (
        Entry.objects.visible_to(viewer)
        .published()
        .filter(candour__in=[Candour.PERSON, Candour.CITY], shown_city__isnull=False)
    )


def _hers(viewer: Viewer) -> QuerySet[Entry]:
    """Of her cities: public, or written by her, or owned by her seat."""
    if viewer.person_id is None:
        return Entry.objects.none()  # every row: none
    own = Q(author_id=viewer.person_id) | Q(owner_seat__person_id=viewer.person_id)
    return _named(viewer).filter(Q(audience=Audience.PUBLIC) | own, shown_city__in=viewer.city_ids)


def _beginning(entry: Entry, text: str = "") -> Beginning:
    return Beginning(
        key=entry.pk,
        slug=entry.slug,
        title=entry.title,
        summary=entry.summary,
        city=str(entry.shown_city_id),
        language=entry.language,
        topics=tuple(topic.pk for topic in entry.topics.all()),
        text=text,
        is_public=entry.audience == Audience.PUBLIC,
    )


class Lexicon:
    def offered(self, viewer: Viewer) -> list[Beginning]:
        return [_beginning(entry) for entry in _hers(viewer).for_cards()[:MOST]]

    def open(self, viewer: Viewer, slug: str) -> Beginning | None:
        entry = _hers(viewer).for_page().filter(slug=slug).first()
        return _beginning(entry, _text(entry)) if entry else None

    def links(self, keys: Sequence[int], viewer: Viewer) -> dict[int, Beginning]:
        found = _named(viewer).filter(pk__in=keys).prefetch_related("topics")
        return {entry.pk: _beginning(entry) for entry in found}


def _text(entry: Entry) -> str:
    """Its sections under their headings. Facts, people, sources and files stay in the lexicon."""
    if entry.current is None:
        return ""
    content = content_of(entry.current)
    told = [*parts(entry.kind, content)]
    if (outcome := outcome_part(content)) is not None:
        told.append(outcome)
    made = [
        f"<h2>{escape(part.heading)}</h2>{part.html}" if part.heading else part.html
        for part in told
    ]
    return sanitise("".join(made))

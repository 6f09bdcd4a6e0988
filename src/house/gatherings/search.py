"""How events are found: their words, and the sessions of the programme that readers see."""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from house.access.audience import token_of
from house.access.viewer import Viewer
from house.gatherings.models import OUT, Event, ProgrammeVersion
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "event"
_MOST = 400  # sessions of one programme


def documents(pks: Sequence[int]) -> Iterator[Document]:
    """What is out, in four queries. Names of speakers stay out: consent is asked when they are shown."""
    # every row: the index holds every audience and is asked with tokens
    events = list(
        Event.objects.filter(pk__in=pks, state__in=OUT)
        .select_related("host_city")
        .prefetch_related("topics")
    )
    # every row: as above
    versions = ProgrammeVersion.objects.filter(event__in=events).order_by("number")
    last = {version.event_id: version for version in versions}  # the highest number is kept
    for event in events:
        yield _document(event, last.get(event.pk))


def document(event: Model) -> Document | None:
    return next(documents([event.pk]), None)


def _document(event: Event, version: ProgrammeVersion | None) -> Document:
    city = event.host_city
    day, last = (each.astimezone(event.tz).date() for each in (event.starts_at, event.ends_at))
    return Document(
        kind=KIND,
        pk=event.pk,
        version=event.programme + 1,
        title=event.title,
        language=event.language,
        audience=token_of(event),
        facets={
            "kind": (KIND,),
            "topic": tuple(topic.pk for topic in event.topics.all()),
            "city": (city.slug,) if city else (),
            "country": (city.country,) if city else (),
            "language": tuple(event.languages) or (event.language,),
        },
        period=(day, last),
        passages=tuple(cut(_sections(event, version), prefix=f"{PIECE}{event.code}")),
    )


def _sections(event: Event, version: ProgrammeVersion | None) -> Iterator[Section]:
    if event.summary:
        yield Section(event.summary, language=event.language, anchor="main")
    if event.description:
        yield Section(event.description, language=event.language, anchor="main")
    for session in version.content["sessions"][:_MOST] if version else ():
        words = f"{session['title']}. {session['subtitle']} {session['abstract']}".strip()
        yield Section(words, (session["title"],), language=session["language"] or event.language)


def facts(event: Model, viewer: Viewer) -> Facts:
    assert isinstance(event, Event)  # noqa: S101 -- the registry's promise, told to mypy
    city = event.host_city
    return Facts(
        title=event.title,
        url=event.get_absolute_url(),
        kind=KIND,
        city=city.label() if city else "",
        city_slug=city.slug if city else "",
        country=city.country_name if city else "",
        year=event.starts_at.astimezone(event.tz).year,
    )


SOURCE = Source(
    kind=KIND,
    model=Event,
    document=document,
    cards=lambda events: events.for_cards(),
    documents=documents,
    facts=facts,
)

"""Questions that the front's pages ask of several rooms at once. All begin at a door."""

from collections.abc import Iterable

from django.db.models import QuerySet

from house.access.viewer import Viewer
from house.alex.access import reviews
from house.alex.models import Adoption, Draft, Entry, FreshnessAsk, Outcome
from house.gatherings.models import Event
from house.gatherings.models import Kind as EventKind
from house.gatherings.models import State as EventState
from house.memory.models import PeerQuestion
from house.partners.models import CityProfile
from house.people.cards import Card, card_of
from house.people.directory import listed
from house.vocabulary.context import NAMES, word_for
from house.vocabulary.models import City, CityFact, CityTrait, Topic


def population_of(facts: Iterable[CityFact]) -> float:
    return next((fact.value for fact in facts if fact.name == "population"), 0.0)


def cities_with_population(viewer: Viewer) -> list[tuple[City, float]]:
    """Every real city with the number that draws its skyline, in two queries."""
    people = dict(
        CityFact.objects.visible_to(viewer)
        .filter(name="population")
        .order_by("year")  # the latest of several wins
        .values_list("city_id", "value")
    )
    return [(city, people.get(city.pk, 0.0)) for city in City.objects.visible_to(viewer).real()]


def traits_of(city: City, viewer: Viewer) -> list[tuple[str, str, CityTrait]]:
    """What is known of its context beside figures: (name, word, the row with its source)."""
    rows = CityTrait.objects.visible_to(viewer).filter(city=city)
    return [(str(NAMES[row.name]), word_for(row.name, row.value), row) for row in rows]


def people_of(city: City, viewer: Viewer) -> list[Card]:
    """Those of the city whom the directory shows this viewer."""
    if not viewer.can("people.directory"):
        return []
    persons = listed(viewer).filter(city=city).select_related("city")
    return [card_of(person, viewer) for person in persons[:24]]


def profile_of(city: City, viewer: Viewer) -> CityProfile | None:
    """What the city says of itself, to those for whom it said it."""
    profiles = CityProfile.objects.visible_to(viewer).filter(city=city, saved_at__isnull=False)
    return profiles.prefetch_related("topics").first()


def newest(viewer: Viewer) -> QuerySet[Entry]:
    return Entry.objects.visible_to(viewer).published().for_cards()


def entries_of(city: City, viewer: Viewer) -> QuerySet[Entry]:
    """Entries that name the city; those of its people who chose not to name it are not among them."""
    return newest(viewer).filter(shown_city=city)


def taken_home_from(city: City, viewer: Viewer) -> QuerySet[Adoption]:
    """What others made of entries that name this city."""
    entries = entries_of(city, viewer).order_by().values("pk")
    adoptions = Adoption.objects.visible_to(viewer).filter(entry__in=entries).exclude(city=city)
    return adoptions.select_related("entry", "city").order_by("-started_on", "-pk")


def summits(viewer: Viewer) -> list[Event]:
    """The history of the summits as the archive has it, the first first; what was called off stays out."""
    held = Event.objects.visible_to(viewer).filter(
        kind=EventKind.SUMMIT, state__in=[EventState.PUBLISHED, EventState.DONE]
    )
    return list(held.for_cards().order_by("starts_at", "pk")[:30])


def gatherings_of(city: City, viewer: Viewer) -> QuerySet[Event]:
    """Held in the city, or its own; the last first. Drafts and what was called off stay out."""
    here = Event.objects.visible_to(viewer).filter(
        state__in=[EventState.PUBLISHED, EventState.DONE]
    )
    return here.filter(host_city=city).for_cards().order_by("-starts_at", "-pk")


def taken_home_by(city: City, viewer: Viewer) -> QuerySet[Adoption]:
    adoptions = Adoption.objects.visible_to(viewer).filter(city=city)
    return adoptions.select_related("entry__shown_city").order_by("-started_on", "-pk")


def told_failure(viewer: Viewer) -> Entry | None:
    """The newest failure anybody wrote down; the front page opens with it."""
    failed = newest(viewer).filter(outcome=Outcome.FAILED, kind="case_study", language="en")
    return failed.select_related("current").first()


def topic_tree(viewer: Viewer) -> list[tuple[Topic, list[Topic]]]:
    """Each top concept with the concepts below it, whatever their depth, in one query."""
    topics = list(Topic.objects.visible_to(viewer))
    parents = {topic.pk: topic.broader_id for topic in topics}
    below: dict[str, list[Topic]] = {topic.pk: [] for topic in topics if topic.broader_id is None}
    for topic in topics:
        root = topic.pk
        while (parent := parents[root]) is not None:
            root = parent
        if root != topic.pk:
            below[root].append(topic)
    return [(topic, below[topic.pk]) for topic in topics if topic.pk in below]


def entries_about(topic: Topic, viewer: Viewer) -> QuerySet[Entry]:
    """Entries under the concept or any concept below it."""
    children: dict[str | None, list[str]] = {}
    for slug, broader in Topic.objects.visible_to(viewer).values_list("slug", "broader_id"):
        children.setdefault(broader, []).append(slug)
    wanted = [topic.pk]
    for slug in wanted:
        wanted.extend(children.get(slug, []))
    return newest(viewer).filter(topics__in=wanted).distinct()


def drafts_of(viewer: Viewer) -> QuerySet[Draft]:
    drafts = Draft.objects.visible_to(viewer).filter(entry__author_id=viewer.person_id)
    return drafts.select_related("entry").order_by("-saved_at")


def kept_questions(viewer: Viewer) -> QuerySet[PeerQuestion]:
    """What she asked in vain and kept for her peers."""
    return PeerQuestion.objects.visible_to(viewer).filter(asker_id=viewer.person_id)


def awaiting_review(viewer: Viewer) -> QuerySet[Entry]:
    """What waits for this viewer to review; nothing for those who review nothing."""
    entries = Entry.objects.visible_to(viewer)
    return entries.awaiting_review() if reviews(viewer) else entries.none()


def questions_of_freshness(viewer: Viewer) -> QuerySet[FreshnessAsk]:
    """Entries of hers that wait for "still true?"."""
    asks = FreshnessAsk.objects.visible_to(viewer).filter(
        answer="", entry__author_id=viewer.person_id
    )
    return asks.select_related("entry")

"""What a search box offers while somebody types: titles and topics that this viewer may see."""

from dataclasses import dataclass

from django.utils.translation import get_language

from house.access.viewer import Viewer
from house.retrieval import meaning
from house.retrieval.analysis import clean, fold
from house.retrieval.search import Filters
from house.retrieval.sources import facts_of, open_hits, registered
from house.vocabulary.models import Topic

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    kind: str  # "topic" or "title"


def suggest(prefix: str, *, viewer: Viewer, limit: int = 8) -> list[Suggestion]:
    """Topics first (at most three), then titles; every word typed begins a word of what is offered."""
    words = fold(prefix[:LONGEST]).split()
    if not words:
        return []
    engine, scope = meaning.engine(), Filters().scope(viewer)
    found = _topics(words, viewer)[:3]
    things = engine.find_titles(clean(prefix[:LONGEST]), scope, limit=2 * limit)
    kinds = {source.model: source.kind for source in registered()}
    for thing in open_hits(things, viewer):
        facts = facts_of(kinds[type(thing)], thing, viewer)
        found.append(Suggestion(facts.title, facts.url, "title"))
    return found[:limit]


def _topics(words: list[str], viewer: Viewer) -> list[Suggestion]:
    """Topics with something in them for this viewer; matched in the page's language and in English."""
    language = (get_language() or "en").partition("-")[0]
    found = []
    for topic in Topic.objects.visible_to(viewer):
        names = [topic.label(language), topic.label("en"), *topic.alt_labels.get(language, ())]
        if any(_begins(words, name) for name in names) and meaning.engine().list_documents(
            Filters(topic=(topic.slug,)).scope(viewer)
        ):
            found.append(Suggestion(topic.label(language), topic.get_absolute_url(), "topic"))
    return found


def _begins(words: list[str], name: str) -> bool:
    folded = f" {fold(name)}"
    return all(f" {word}" in folded for word in words)

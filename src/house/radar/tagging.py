"""What an item is about: its language, topics and cities, by the house's own vocabulary (`retrieval`).

A topic or a city is one that the item names, in any language of the house. Where a model answers, a topic
must also lie near in meaning; and one whose description lies clearly nearest is taken, named or not.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from house.retrieval import lexicon
from house.retrieval.analysis import LANGUAGES
from house.retrieval.embedding import NoModel, load_embedder, passage_text
from house.retrieval.languages import recognise
from house.vocabulary.models import Topic

log = logging.getLogger(__name__)

MOST_TOPICS, MOST_CITIES = 4, 3
TITLE = 3  # how much more a name in the title counts
# How far above the mean of all topics one must lie, in standard deviations: not named, and named.
CLEAR, CONFIRMED = 3.0, 1.0
_ENOUGH = 1500  # characters

Topics = tuple[list[str], NDArray[np.float32] | None]


def language_of(title: str, text: str, *, told: str) -> str:
    """What the letters say; of a short text, what the feed says of itself."""
    words = f"{title}. {text}"[:_ENOUGH]
    if told in LANGUAGES and len(words) < 60:
        return told
    found = recognise(words, fallback=told)
    # A language that the house does not speak: recognising can only name one that it does.
    return told if told and told not in LANGUAGES else found or "en"


def topics_named(title: str, text: str, language: str) -> list[str]:
    """The most named first; a broader topic gives way to a narrower one that is named too."""
    counts: Counter[str] = Counter(lexicon.topics_named(text[:_ENOUGH], language))
    for slug in lexicon.topics_named(title, language):
        counts[slug] += TITLE
    broader = {lexicon.broader_topics().get(slug, "") for slug in counts}
    best = [slug for slug, _n in counts.most_common() if slug not in broader]
    return best[:MOST_TOPICS]


def cities_named(title: str, text: str, language: str) -> list[str]:
    """Codes of the house's cities, the most named first."""
    codes = lexicon.cities_by_place()
    named = lexicon.places_named(title, language) * TITLE
    named += lexicon.places_named(text[:_ENOUGH], language)
    counts = Counter(codes[place] for place in named if place in codes)
    return [code for code, _n in counts.most_common(MOST_CITIES)]


def places_named(text: str, language: str) -> frozenset[str]:
    """All towns that it names, also those that the house knows nothing else of: for telling news apart."""
    return frozenset(lexicon.places_named(text, language))


def vectors_of(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """What they mean; None without a model, and then words alone decide."""
    try:
        embedder = load_embedder()
        return None if embedder is None or not texts else embedder.encode_passages(texts).raw
    except NoModel as problem:
        log.warning("The radar goes by words: %s", problem)
        return None


def described_topics() -> Topics:
    """Slug → where its description points; empty without a model."""
    # every row: topics are open to all
    topics = list(Topic.objects.exclude(definition="").order_by("pk"))
    texts = [passage_text(topic.label("en"), "", topic.definition) for topic in topics]
    try:
        return [topic.pk for topic in topics], _directions(tuple(texts))
    except NoModel:
        return [], None


@lru_cache(maxsize=1)
def _directions(texts: tuple[str, ...]) -> NDArray[np.float32]:
    """Made anew when a description changes; that no model answered is not kept."""
    found = vectors_of(texts)
    if found is None:
        raise NoModel
    return found


def confirmed(vector: NDArray[np.float32], named: Sequence[str], topics: Topics) -> list[str]:
    """Of the topics that a text names, those that it is also about: a "courier" may be a newspaper.

    And the one that it is clearly about, named or not, if there is one.
    """
    slugs, directions = topics
    if directions is None or len(slugs) < 2:
        return list(named)
    near = directions @ vector
    above = dict(zip(slugs, (near - near.mean()) / (float(near.std()) or 1.0), strict=True))
    best = max(slugs, key=lambda slug: above[slug])
    meant = [slug for slug in named if above.get(slug, CONFIRMED) >= CONFIRMED]
    if above[best] >= CLEAR and best not in meant:
        meant.insert(0, best)
    return meant[:MOST_TOPICS]

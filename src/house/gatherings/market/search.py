"""How topics are found, by those who write a like one too."""

from collections.abc import Iterator, Sequence

from django.db.models import Model, QuerySet

from house.access.viewer import Viewer
from house.gatherings.models import Suggestion
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "suggestion"


def documents(pks: Sequence[int]) -> Iterator[Document]:
    # every row: the index is asked with tokens, and hits come through their door
    rows = Suggestion.objects.filter(pk__in=pks).standing()
    for each in rows.select_related("city").prefetch_related("topics"):
        yield Document(
            kind=KIND,
            pk=each.pk,
            version=1,
            title=each.title,
            language=each.language,
            audience="alliance",
            facets={
                "kind": (KIND,),
                "topic": tuple(topic.pk for topic in each.topics.all()),
                "city": (each.city.slug,) if each.city else (),
                "language": (each.language,),
            },
            passages=tuple(
                cut(
                    [Section(f"{each.title}\n\n{each.text}".strip(), language=each.language)],
                    prefix=f"{PIECE}{each.code}",
                )
            ),
        )


def document(suggestion: Model) -> Document | None:
    return next(documents([suggestion.pk]), None)


def facts(suggestion: Model, viewer: Viewer) -> Facts:
    assert isinstance(suggestion, Suggestion)  # noqa: S101 -- the registry's promise, told to mypy
    return Facts(title=suggestion.title, url=suggestion.get_absolute_url(), kind=KIND)


def _cards(found: QuerySet) -> QuerySet:
    return found.select_related("city").prefetch_related("topics")


SOURCE = Source(KIND, Suggestion, document, cards=_cards, documents=documents, facts=facts)

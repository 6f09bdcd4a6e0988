"""How initiatives are found by search: those that are shown and say something of themselves.

A layer may bring thousands of bookcases without a word; they are on the map, and would only bury what
search is asked for.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Model, QuerySet

from house.access.viewer import Viewer
from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import Initiative
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "initiative"
TELLING = 40  # letters of a description


def says_something(each: Initiative) -> bool:
    return len(each.description) >= TELLING


def documents(pks: Sequence[int]) -> Iterator[Document]:
    # every row: the index is asked with tokens, and hits come through their door
    rows = Initiative.objects.shown().filter(pk__in=pks).select_related("city")
    for each in filter(says_something, rows):
        kinds = ", ".join(taxonomy.label_of(kind) for kind in each.kind_list)
        text = f"{each.name} ({kinds}). {each.description}\n\n{each.address}".strip()
        yield Document(
            kind=KIND,
            pk=each.pk,
            version=1,
            title=each.name,
            language=each.language,
            audience="public",
            facets={
                "kind": (KIND,),
                "topic": (),
                "city": (each.city.slug,) if each.city else (),
                "language": (each.language,),
            },
            passages=tuple(
                cut([Section(text, language=each.language)], prefix=f"{PIECE}{each.code}")
            ),
        )


def document(initiative: Model) -> Document | None:
    return next(documents([initiative.pk]), None)


def facts(initiative: Model, viewer: Viewer) -> Facts:
    assert isinstance(initiative, Initiative)  # noqa: S101 -- the registry's promise, told to mypy
    return Facts(title=initiative.name, url=initiative.get_absolute_url(), kind=KIND)


def _cards(found: QuerySet) -> QuerySet:
    return found.select_related("city", "layer")


SOURCE = Source(KIND, Initiative, document, cards=_cards, documents=documents, facts=facts)

"""How groups are found: what the alliance may know of one, and its page for those who read it."""

from collections.abc import Iterator, Sequence

from django.db.models import Model, QuerySet

from house.access.viewer import Viewer
from house.ground.html import to_text
from house.groups.models import Group, Page, cities_of
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND, PAGE = "group", "group-page"


def documents(pks: Sequence[int]) -> Iterator[Document]:
    # every row: the index holds every audience and is asked with tokens
    groups = list(Group.objects.filter(pk__in=pks).prefetch_related("topics"))
    cities = cities_of(groups)
    for group in groups:
        token = f"circle:{group.circle_id}" if group.is_hidden else "alliance"
        told = (
            ("problem", group.problem),
            ("aim", group.aim),
            ("result", group.result),
            ("learned", group.learned),
        )
        yield Document(
            kind=KIND,
            pk=group.pk,
            version=1,
            title=group.name,
            language=group.language,
            audience=token,
            facets={
                "kind": (KIND,),
                "topic": tuple(topic.pk for topic in group.topics.all()),
                "city": tuple(city.slug for city in cities[group.pk]),
                "country": tuple({city.country for city in cities[group.pk]}),
                "language": (group.language,),
            },
            period=(group.starts_on, group.ends_on),
            passages=tuple(
                cut(
                    (
                        Section(text, language=group.language, anchor=anchor)
                        for anchor, text in told
                        if text
                    ),
                    prefix=f"{PIECE}{group.code}",
                )
            ),
        )


def page_documents(pks: Sequence[int]) -> Iterator[Document]:
    # every row: as above
    for page in Page.objects.filter(pk__in=pks).exclude(html="").select_related("group"):
        group = page.group
        opened = group.audience == "alliance"
        yield Document(
            kind=PAGE,
            pk=page.pk,
            version=page.number,
            title=group.name,
            language=group.language,
            audience="alliance" if opened else f"circle:{group.circle_id}",
            facets={"kind": (KIND,), "language": (group.language,)},
            period=(group.starts_on, group.ends_on),
            passages=tuple(
                cut(
                    [Section(to_text(page.html), language=group.language, anchor="page")],
                    prefix=f"{PIECE}{group.code}-page",
                )
            ),
        )


def document(group: Model) -> Document | None:
    return next(documents([group.pk]), None)


def page_document(page: Model) -> Document | None:
    return next(page_documents([page.pk]), None)


def facts(group: Model, viewer: Viewer) -> Facts:
    assert isinstance(group, Group)  # noqa: S101 -- the registry's promise, told to mypy
    return Facts(
        title=group.name,
        url=group.get_absolute_url(),
        kind=KIND,
        outcome=group.outcome,
        year=group.starts_on.year,
    )


def page_facts(page: Model, viewer: Viewer) -> Facts:
    assert isinstance(page, Page)  # noqa: S101 -- the registry's promise, told to mypy
    return facts(page.group, viewer)


def _cards(found: QuerySet) -> QuerySet:
    return found.prefetch_related("topics")


def _page_cards(found: QuerySet) -> QuerySet:
    return found.select_related("group")


SOURCE = Source(KIND, Group, document, cards=_cards, documents=documents, facts=facts)
PAGE_SOURCE = Source(
    PAGE, Page, page_document, cards=_page_cards, documents=page_documents, facts=page_facts
)

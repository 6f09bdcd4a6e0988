"""How showcases are found: what the current edition says, to everybody."""

from django.db.models import Model

from house.access.viewer import Viewer
from house.ground.html import to_text
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source
from house.showcase.models import Showcase

KIND = "showcase"


def document(showcase: Model) -> Document | None:
    assert isinstance(showcase, Showcase)  # noqa: S101 -- the registry's promise, told to mypy
    edition = showcase.current
    if edition is None or not showcase.is_published:
        return None
    city = showcase.city
    sections = [
        Section(text, language=edition.language, anchor=anchor)
        for anchor, text in (("summary", edition.summary), ("text", to_text(edition.text)))
        if text
    ]
    return Document(
        kind=KIND,
        pk=showcase.pk,
        version=edition.number,
        title=edition.title,
        language=edition.language,
        audience="public",
        facets={
            "kind": (KIND,),
            "topic": tuple(edition.topics),
            "city": (city.slug,),
            "country": (city.country,),
            "language": (edition.language,),
        },
        passages=tuple(cut(sections, prefix=f"{PIECE}{showcase.code}")),
    )


def facts(showcase: Model, viewer: Viewer) -> Facts:
    assert isinstance(showcase, Showcase)  # noqa: S101 -- the registry's promise, told to mypy
    return Facts(
        title=showcase.title,
        url=showcase.get_absolute_url(),
        kind=KIND,
        city=showcase.city.label(),
        city_slug=showcase.city.slug,
        country=showcase.city.country_name,
        year=showcase.published_at.year if showcase.published_at else None,
        outcome="",
    )


SOURCE = Source(
    kind=KIND,
    model=Showcase,
    document=document,
    cards=lambda showcases: showcases.for_cards(),
    facts=facts,
    # A showcase tells what a city is proud of: it is found, but proves nothing.
    proves=lambda _thing, _anchor: False,
)

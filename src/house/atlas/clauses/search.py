"""How rules are found: question, answer and official text, by whom the clause is open to."""

from django.db.models import Model

from house.access.viewer import Viewer
from house.atlas.clauses.kinds import TOPICS
from house.atlas.clauses.models import Clause, State
from house.atlas.clauses.words import said
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "clause"


def document(clause: Model) -> Document | None:
    assert isinstance(clause, Clause)  # noqa: S101 -- the registry's promise, told to mypy
    told = clause.current
    if told is None or clause.state != State.PUBLIC:
        return None
    sections = [
        Section(text, language=language, anchor=anchor)
        for anchor, language, text in (
            ("answer", "en", f"{clause.kind.question} {said(told)} {told.note}".strip()),
            ("text", told.quote_language, told.quote),
        )
        if text
    ]
    return Document(
        kind=KIND,
        pk=clause.pk,
        version=told.number,
        title=f"{clause.city.name}: {clause.kind.label}",
        language="en",
        audience=clause.audience,
        facets={
            "kind": (KIND,),
            "topic": TOPICS[clause.field],
            "city": (clause.city.slug,),
            "country": (clause.city.country,),
            "language": (told.quote_language,),
        },
        passages=tuple(cut(sections, prefix=f"{PIECE}{clause.code}")),
    )


def facts(clause: Model, viewer: Viewer) -> Facts:
    assert isinstance(clause, Clause)  # noqa: S101 -- the registry's promise, told to mypy
    told = clause.current
    return Facts(
        title=f"{clause.city.label()}: {clause.kind.label}",
        url=clause.get_absolute_url(),
        kind=KIND,
        city=clause.city.label(),
        city_slug=clause.city.slug,
        country=clause.city.country_name,
        year=told.valid_from.year if told and told.valid_from else None,
        outcome="",
    )


SOURCE = Source(
    kind=KIND,
    model=Clause,
    document=document,
    cards=lambda clauses: clauses.for_page(),
    facts=facts,
    # A line of a table: it is found, but an answer quotes the whole policy.
    proves=lambda _thing, _anchor: False,
)

"""How articles are found: members' ones by members only, both in the index and at the door."""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from house.access.audience import Audience as Token
from house.access.viewer import Viewer
from house.magazine import quotes
from house.magazine.lent import lent_to, title_of
from house.magazine.models import Article
from house.magazine.reading import words_of
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "article"


def documents(pks: Sequence[int]) -> Iterator[Document]:
    """What is out among these, in a fixed number of queries."""
    # every row: the index holds every audience and is asked with tokens
    articles = Article.objects.filter(pk__in=pks).published().select_related("issue")
    for article in articles.prefetch_related("cities", "topics"):
        yield _document(article)


def document(article: Model) -> Document | None:
    return next(documents([article.pk]), None)


def _document(article: Article) -> Document:
    lent_cities = quotes.lent_cities(article)
    cities = [city for city in article.cities.all() if city not in lent_cities]
    day = article.issue.month if article.issue else None
    lent = lent_to(article)  # found where it stands, and whenever it is taken back not shown here
    title = str(article.issue) if quotes.bears_lent_title(article) else article.title
    teaser = "" if lent.stand_in_teaser(article.teaser) else article.teaser
    words = words_of(article, lent)
    if not teaser and not words:
        teaser = title
    sections = [Section(teaser, language=article.language, anchor="main")]
    sections.append(Section(words, language=article.language, anchor="text"))
    return Document(
        kind=KIND,
        pk=article.pk,
        version=(article.latest_revision_id or 0) + 1,
        title=title,
        language=article.language,
        audience=str(Token.PUBLIC if article.is_open else Token.ALLIANCE),
        facets={
            "kind": (KIND,),
            "topic": tuple(topic.pk for topic in article.topics.all()),
            "city": tuple(city.slug for city in cities),
            "country": tuple({city.country for city in cities}),
            "language": (article.language,),
        },
        period=(day, day),
        passages=tuple(cut([s for s in sections if s.text], prefix=f"{PIECE}article-{article.pk}")),
    )


def facts(article: Model, viewer: Viewer) -> Facts:
    assert isinstance(article, Article)  # noqa: S101 -- the registry's promise, told to mypy
    return Facts(
        title=title_of(article),
        url=article.get_absolute_url(),
        kind=KIND,
        year=article.issue.month.year if article.issue else None,
    )


SOURCE = Source(
    kind=KIND,
    model=Article,
    document=document,
    cards=lambda articles: articles.published().for_cards(),
    documents=documents,
    facts=facts,
)

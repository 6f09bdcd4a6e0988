"""What a reader gets of an issue or an article: one reading for the page, the mail, the paper and the book.

Everything begins at the reader's own door; cards within an article are opened for her too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StructValue
from wagtail.rich_text import expand_db_html

from house.access.viewer import Viewer
from house.ground.html import safe_url, sanitise, to_text
from house.magazine import art, lent
from house.magazine.addresses import arguments_of, is_path, plain_path
from house.magazine.lent import NOTHING as NOTHING_LENT
from house.magazine.lent import Lent
from house.magazine.models import Article, Issue, Picture
from house.retrieval import sources
from house.vocabulary import worldmap
from house.vocabulary.models import City

NOTHING = SafeString()
_OWN = re.compile(r'href="/(?!/)')


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader may know of something in the house."""

    title: str
    url: str
    kind: str = ""
    city: str = ""
    line: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Part:
    """One block, ready to be shown. Which fields are filled goes by `kind`."""

    kind: str
    html: SafeString = NOTHING
    text: str = ""
    credit: str = ""
    url: str = ""
    caption: str = ""
    src: str = ""
    card: Card | None = None
    cities: tuple[City, ...] = ()
    extra: str = ""


@dataclass(slots=True)
class Chapter:
    """A section of an issue with what of it this reader may read."""

    name: str
    line: str = ""
    articles: list[Article] = field(default_factory=list)


def chapters_of(issue: Issue, articles: Iterable[Article]) -> list[Chapter]:
    """In the issue's order; what names no section of it comes last. Empty ones are left out."""
    made = {
        block.value["name"]: Chapter(block.value["name"], block.value["line"])
        for block in issue.sections
    }
    rest = Chapter("")
    for article in articles:
        made.get(article.section, rest).articles.append(article)
    return [chapter for chapter in (*made.values(), rest) if chapter.articles]


def articles_of(issue: Issue, viewer: Viewer) -> list[Article]:
    """What of an issue she may read, in its order."""
    return as_shown(_articles(issue, viewer))


def _articles(issue: Issue, viewer: Viewer) -> list[Article]:
    found = Article.objects.visible_to(viewer).filter(issue=issue, live=True)
    return list(found.in_order().for_cards())


def as_shown(articles: Iterable[Article]) -> list[Article]:
    """The same, each with what of it may be shown; sources are asked only where something is lent."""
    shown = list(articles)
    for article in shown:
        quotes = lent.lent_to(article).stand_in_teaser(article.teaser)
        _show(article, lent.taken_back(article) if quotes else NOTHING_LENT)
    return shown


def _show(article: Article, gone: Lent) -> None:
    article.shown_title, article.shown_cities = lent.title_and_cities(article)
    is_gone = gone.stand_in_teaser(article.teaser)
    article.shown_teaser = lent.note() if is_gone else article.teaser


def issue_context(issue: Issue, viewer: Viewer) -> dict[str, Any]:
    articles = articles_of(issue, viewer)
    return {
        "issue": issue,
        "chapters": chapters_of(issue, articles),
        "note": rich(issue.note),
        "reads_all": viewer.can("magazine.read") or issue.is_sample,
    }


def article_context(article: Article, viewer: Viewer) -> dict[str, Any]:
    beside = _articles(article.issue, viewer) if article.issue else []
    order = [chapter.articles for chapter in chapters_of(article.issue, beside)] if beside else []
    flat = [each for group in order for each in group]
    place = next((i for i, each in enumerate(flat) if each.pk == article.pk), None)
    previous = flat[place - 1] if place else None
    following = flat[place + 1] if place is not None and place + 1 < len(flat) else None
    for neighbour in filter(None, (previous, following)):
        neighbour.shown_title = lent.title_of(neighbour)
    gone = lent.taken_back(article)
    _show(article, gone)
    return {
        "article": article,
        "issue": article.issue,
        "parts": parts_of(article, viewer, gone=gone),
        "cities": article.shown_cities,
        "topics": list(article.topics.all()),
        "previous": previous,
        "next": following,
        "minutes": minutes_of(article),
    }


def minutes_of(article: Article) -> int:
    return max(1, round(len(words_of(article).split()) / 220))


def rich(html: str, *, base: str = "") -> SafeString:
    """Wagtail's rich text with our tags only: an editor's paste is not trusted more than anybody's.

    With a `base` addresses of the house are whole: for what is read away from it.
    """
    clean = sanitise(expand_db_html(html or ""))
    return mark_safe(_OWN.sub(f'href="{base}/', clean) if base else clean)


def parts_of(
    article: Article,
    viewer: Viewer,
    *,
    src: Callable[[Picture], str] | None = None,
    gone: Lent | None = None,
) -> list[Part]:
    """The blocks of an article for this reader. A card that she may not open is not there at all.

    `src` says where a picture is fetched from, where that is not the article's own page. `gone` are words
    that were taken back, where they are known already.
    """
    gone = lent.taken_back(article) if gone is None else gone
    paths = [
        block.value["path"] for block in article.body if block.block_type in {"entry", "event"}
    ]
    cards = open_cards([path for path in paths if plain_path(path) not in gone.sources], viewer)
    named = {
        code
        for block in article.body
        if block.block_type == "map"
        for code in block.value["cities"]
        if code not in gone.cities
    }
    cities = City.objects.visible_to(viewer).in_bulk(named) if named else {}
    opened = (
        _Opened(cards, cities, gone, src, _whole, settings.BASE_URL)
        if src
        else _Opened(cards, cities, gone, partial(_address_of, article), _linked)
    )
    made = (_part(block.block_type, block.value, opened) for block in article.body)
    return [part for part in made if part is not None]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What blocks show from elsewhere, opened for this reader; and how she gets pictures and coasts."""

    cards: dict[str, Card]
    cities: dict[str, City]
    gone: Lent
    src: Callable[[Picture], str]
    land: Callable[[str], str]
    base: str = ""


def _address_of(article: Article, picture: Picture) -> str:
    return f"{article.get_absolute_url()}pictures/{picture.pk}/"


def _part(kind: str, value: Any, opened: _Opened) -> Part | None:
    match kind:
        case "text":
            text = lent.without(rich(value.source, base=opened.base), opened.gone, lent.note())
            return Part("text", html=mark_safe(text))
        case _ if _says(value, opened.gone):
            return Part("gone", text=lent.note())
        case "quote":
            return Part(
                "quote", text=value["text"], credit=value["credit"],
                url=value["source"] if is_path(value["source"]) else safe_url(value["source"]),
                extra="paraphrase" if value["paraphrase"] else "",
            )  # fmt: skip
        case "figure":
            return Part(
                "figure", text=value["value"], caption=value["label"], credit=value["source"],
                url=safe_url(value["link"]),
            )  # fmt: skip
        case "video":
            has = "captions" if value["captions"] else ""
            return Part(
                "video", text=value["title"], url=safe_url(value["link"]), caption=value["length"], extra=has
            )  # fmt: skip
        case "picture" if value["picture"] is not None:
            return Part(
                "picture", text=value["alt"], caption=value["caption"], src=opened.src(value["picture"]),
                credit=value["credit"] or value["picture"].credit,
            )  # fmt: skip
        case "map":
            return _map(value, opened)
        case "entry" | "event" if value["path"] in opened.cards:
            return Part("card", card=opened.cards[value["path"]], caption=value["why"])
    return None


def _map(value: Any, opened: _Opened) -> Part | None:
    cities = opened.cities
    shown = tuple(cities[code] for code in dict.fromkeys(value["cities"]) if code in cities)
    if not shown:
        return None
    seen = worldmap.frame(shown)
    drawing = mark_safe(art.city_map(seen, opened.land(seen.land))) if seen else NOTHING
    return Part("map", html=drawing, caption=value["caption"], cities=shown)


def _linked(land: str) -> str:
    """A page points to the one drawing of the world, which a browser keeps."""
    return format_html('<use href="{}#{}"/>', static(worldmap.DRAWING), land)


def _whole(land: str) -> str:
    """Paper has nothing to point to."""
    return format_html('<path d="{}"/>', worldmap.coasts(land))


def pictures_of(article: Article) -> set[int]:
    """The pictures that stand in it."""
    return {
        block.value["picture"].pk
        for block in article.body
        if block.block_type == "picture" and block.value["picture"] is not None
    }


def open_cards(paths: Sequence[str], viewer: Viewer) -> dict[str, Card]:
    """Address → card, of what may be found in the house and this viewer may see there."""
    found: dict[str, Card] = {}
    wanted: dict[tuple[str, object], list[str]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        for name in ("slug", "code"):
            if (value := arguments_of(path).get(name)) is not None:
                wanted[name, value].append(path)
    for name in ("slug", "code"):
        values = [value for field_name, value in wanted if field_name == name]
        for thing, source in _things(name, values, viewer) if values else ():
            for path in wanted.get((name, getattr(thing, name)), ()):
                if plain_path(path) == plain_path(thing.get_absolute_url()):
                    found[path] = _card(thing, source, viewer)
    return found


def _things(
    name: str, values: Sequence[object], viewer: Viewer
) -> Iterable[tuple[Any, sources.Source]]:
    for source in sources.registered():
        if source.facts is None or not any(f.name == name for f in source.model._meta.fields):
            continue
        things = source.model.objects.visible_to(viewer).filter(**{f"{name}__in": values})
        if hasattr(things, "published"):
            things = things.published()
        for thing in source.cards(things) if source.cards else things:
            yield thing, source


def _card(thing: Model, source: sources.Source, viewer: Viewer) -> Card:
    assert source.facts is not None  # noqa: S101 -- looked for above
    facts = source.facts(thing, viewer)
    line = getattr(thing, "summary", "") or ""
    language = getattr(thing, "language", "en")
    return Card(facts.title, facts.url, facts.kind, facts.city, str(line)[:240], language)


def _says(value: Any, gone: Lent) -> bool:
    """Does a block say what was taken back, in any of its lines?"""
    if gone is NOTHING_LENT or not isinstance(value, StructValue):
        return False
    return gone.are(value.get("text", "")) or gone.stand_in(
        "\n".join(line for line in value.values() if isinstance(line, str))
    )


def words_of(article: Article, gone: Lent = NOTHING_LENT, told_instead: str = "") -> str:
    """The plain words of it, for search and for counting. Cards are others' words and stay out."""
    told = []
    for block in article.body:
        match block.block_type:
            case "text":
                kept = lent.without(rich(block.value.source), gone, told_instead)
                told.append(to_text(kept))
            case _ if _says(block.value, gone):
                told.append(told_instead)
            case "quote":
                marks = "{}" if block.value["paraphrase"] else "“{}”"
                told.append(f"{marks.format(block.value['text'])} {block.value['credit']}".strip())
            case "figure":
                told.append(
                    f"{block.value['value']} {block.value['label']} ({block.value['source']})"
                )
            case "picture":
                told.append(f"{block.value['alt']} {block.value['caption']}".strip())
            case "map":
                told.append(block.value["caption"])
            case "video":
                told.append(block.value["title"])
    return "\n\n".join(words for words in told if words)

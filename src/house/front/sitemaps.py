"""What search engines may know: all that a visitor sees, and nothing else (files: `views/sitemap.py`)."""

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import sitemaps
from django.urls import reverse

from house.access.viewer import VISITOR
from house.agora.models import Post
from house.alex.models.entry import Entry
from house.atlas.clauses import queries as clauses
from house.atlas.clauses.models import Clause
from house.atlas.initiatives.models import Initiative
from house.atlas.mobility.models import Correction, Edition, IndexCity
from house.front.languages import SHELL, alternates
from house.gatherings.models import Event, Session
from house.magazine.models import Article, Issue
from house.radar.models import Story
from house.showcase.models import Showcase
from house.showcase.queries import shown
from house.vocabulary.models import City, Topic

Thing = TypeVar("Thing")


class Sitemap(sitemaps.Sitemap[Thing]):
    """One kind of what stands here, in as many files as it needs."""

    limit = 5000  # a file; the protocol ends at 50,000 of them, and at 50 MB

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """The house's own, never what a request calls it."""
        return urlsplit(settings.BASE_URL).netloc


class PageSitemap(Sitemap[str]):
    def items(self) -> list[str]:
        return [
            "front:home", "front:ask", "front:city_list", "front:topic_list", "alex:entry_list",
            "agora:post_list", "gatherings:event_list", "gatherings:event_past", "front:join",
            "front:mission", "front:levels", "showcase:home", "showcase:voices", "magazine:issue_list",
            "front:atlas",
            "radar:story_list", "clauses:compare", "initiatives:map", "initiatives:kind_list",
            "mobility:index", "mobility:method", "mobility:edition_list", "mobility:unmatched",
            "mobility:correction_list",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)


class StillSitemap(Sitemap[str]):
    """The still pages in each language: each names its sisters itself (`hreflang`)."""

    def items(self) -> list[str]:
        return [path for page in sorted(SHELL) for _code, path in alternates(page)]

    def location(self, item: str) -> str:
        return item


class EntrySitemap(Sitemap[Entry]):
    def items(self) -> Any:
        return Entry.objects.visible_to(VISITOR).published().order_by("pk")

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed_at or item.published_at


class InitiativeSitemap(Sitemap[Initiative]):
    def items(self) -> Any:
        return Initiative.objects.visible_to(VISITOR).shown().order_by("pk")

    def lastmod(self, item: Initiative) -> datetime:
        return item.changed_at


class PostSitemap(Sitemap[Post]):
    def items(self) -> Any:
        return Post.objects.visible_to(VISITOR).published().order_by("pk")

    def lastmod(self, item: Post) -> datetime | None:
        """The day alone of who hides her city."""
        return item.published_at


class EventSitemap(Sitemap[Event]):
    def items(self) -> Any:
        return Event.objects.visible_to(VISITOR).out().order_by("pk")

    def lastmod(self, item: Event) -> datetime | None:
        return item.changed_at


class ProgrammeSitemap(Sitemap[Event]):
    def items(self) -> Any:
        sessions = _sessions().order_by().values("event")
        return Event.objects.visible_to(VISITOR).out().filter(pk__in=sessions).order_by("pk")

    def location(self, item: Event) -> str:
        return reverse("gatherings:programme", args=[item.slug])


class SessionSitemap(Sitemap[Session]):
    def items(self) -> Any:
        return _sessions().select_related("event").order_by("pk")


def _sessions() -> Any:
    return Session.objects.visible_to(VISITOR).filter(is_public=True)


class StorySitemap(Sitemap[Story]):
    """Picks for everyone: the foundation's own word on each stands on its page."""

    def items(self) -> Any:
        return Story.objects.visible_to(VISITOR).picked().order_by("pk")

    def lastmod(self, item: Story) -> datetime | None:
        return item.picked_at


class ClauseSitemap(Sitemap[Clause]):
    def items(self) -> Any:
        return clauses.published(VISITOR).order_by("pk")

    def lastmod(self, item: Clause) -> datetime:
        return item.changed_at


class IndexCitySitemap(Sitemap[IndexCity]):
    def items(self) -> Any:
        return IndexCity.objects.visible_to(VISITOR).order_by("pk")


class IndexEditionSitemap(Sitemap[Edition]):
    def items(self) -> Any:
        return Edition.objects.visible_to(VISITOR).for_lists()


class IndexCorrectionSitemap(Sitemap[Correction]):
    def items(self) -> Any:
        return Correction.objects.visible_to(VISITOR).order_by("pk")


class CitySitemap(Sitemap[City]):
    def items(self) -> Any:
        return City.objects.visible_to(VISITOR).real()


class AlikeSitemap(CitySitemap):
    def location(self, item: City) -> str:
        return reverse("front:city_alike", args=[item.slug])


class TopicSitemap(Sitemap[Topic]):
    def items(self) -> Any:
        return Topic.objects.visible_to(VISITOR)


class ShowcaseSitemap(Sitemap[Showcase]):
    def items(self) -> Any:
        return shown(VISITOR)

    def lastmod(self, item: Showcase) -> datetime | None:
        return item.changed_at


class IssueSitemap(Sitemap[Issue]):
    def items(self) -> Any:
        return Issue.objects.visible_to(VISITOR).published()

    def lastmod(self, item: Issue) -> datetime | None:
        return item.last_published_at


class ArticleSitemap(Sitemap[Article]):
    def items(self) -> Any:
        return (
            Article.objects.visible_to(VISITOR).published().select_related("issue").order_by("pk")
        )

    def lastmod(self, item: Article) -> datetime | None:
        return item.last_published_at


# The names stand in the addresses of the files.
SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "issues": IssueSitemap,
    "articles": ArticleSitemap,
    "pages": PageSitemap,
    "still": StillSitemap,
    "entries": EntrySitemap,
    "posts": PostSitemap,
    "events": EventSitemap,
    "programmes": ProgrammeSitemap,
    "sessions": SessionSitemap,
    "stories": StorySitemap,
    "initiatives": InitiativeSitemap,
    "rules": ClauseSitemap,
    "mobility": IndexCitySitemap,
    "editions": IndexEditionSitemap,
    "corrections": IndexCorrectionSitemap,
    "cities": CitySitemap,
    "alike": AlikeSitemap,
    "topics": TopicSitemap,
    "showcases": ShowcaseSitemap,
}

"""What search engines may know: what a visitor sees, and nothing else."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from house.access.viewer import VISITOR
from house.agora.models import Post
from house.alex.models.entry import Entry
from house.atlas.initiatives.models import Initiative
from house.front.languages import SHELL, alternates
from house.gatherings.models import Event
from house.magazine.models import Article, Issue
from house.radar.models import Story
from house.showcase.models import Showcase
from house.showcase.queries import shown
from house.vocabulary.models import City, Topic


class PageSitemap(Sitemap[str]):
    def items(self) -> list[str]:
        return [
            "front:home", "front:ask", "front:city_list", "front:topic_list", "alex:entry_list",
            "agora:post_list", "gatherings:event_list", "front:join", "front:mission", "front:levels",
            "showcase:home", "showcase:voices", "mobility:index", "mobility:method", "magazine:issue_list",
            "front:atlas", "radar:story_list", "clauses:compare", "initiatives:map", "initiatives:kind_list",
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
    limit = 5000

    def items(self) -> Any:
        return Entry.objects.visible_to(VISITOR).published().order_by("pk")

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed_at or item.published_at


class InitiativeSitemap(Sitemap[Initiative]):
    limit = 5000

    def items(self) -> Any:
        return Initiative.objects.visible_to(VISITOR).shown().order_by("pk")

    def lastmod(self, item: Initiative) -> datetime:
        return item.changed_at


class PostSitemap(Sitemap[Post]):
    limit = 5000

    def items(self) -> Any:
        return Post.objects.visible_to(VISITOR).published().order_by("pk")

    def lastmod(self, item: Post) -> datetime | None:
        """The day alone of who hides her city."""
        return item.published_at


class EventSitemap(Sitemap[Event]):
    limit = 5000

    def items(self) -> Any:
        return Event.objects.visible_to(VISITOR).out().order_by("pk")

    def lastmod(self, item: Event) -> datetime | None:
        return item.changed_at


class StorySitemap(Sitemap[Story]):
    """Picks for everyone: the foundation's own word on each stands on its page."""

    limit = 5000

    def items(self) -> Any:
        return Story.objects.visible_to(VISITOR).picked().order_by("pk")

    def lastmod(self, item: Story) -> datetime | None:
        return item.picked_at


class CitySitemap(Sitemap[City]):
    def items(self) -> Any:
        return City.objects.visible_to(VISITOR).real()


class TopicSitemap(Sitemap[Topic]):
    def items(self) -> Any:
        return Topic.objects.visible_to(VISITOR)


class ShowcaseSitemap(Sitemap[Showcase]):
    limit = 5000

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
    limit = 5000

    def items(self) -> Any:
        return (
            Article.objects.visible_to(VISITOR).published().select_related("issue").order_by("pk")
        )

    def lastmod(self, item: Article) -> datetime | None:
        return item.last_published_at


SITEMAPS = {
    "issues": IssueSitemap,
    "articles": ArticleSitemap,
    "pages": PageSitemap,
    "still": StillSitemap,
    "entries": EntrySitemap,
    "posts": PostSitemap,
    "events": EventSitemap,
    "stories": StorySitemap,
    "initiatives": InitiativeSitemap,
    "cities": CitySitemap,
    "topics": TopicSitemap,
    "showcases": ShowcaseSitemap,
}

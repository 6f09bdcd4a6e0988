"""The screens of the desk: what Wagtail shows of issues and articles, and nothing else."""

from typing import Any

from django.forms import Select
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from house.magazine.models import Article, Issue

# What of Wagtail's menu stays: the pictures. The rest belongs to parts that are not here.
_MENU = {"issues", "articles", "images", "plan", "magazine"}


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "doc-full-inverse"
    menu_label = _("Articles")
    menu_name = "articles"
    menu_order = 120
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["title", "issue", "section", "audience", "live"]
    list_filter = ["issue", "audience", "live"]
    search_fields = ["title", "teaser"]
    ordering = ["-issue__number", "position"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("teaser"),
                    FieldPanel("byline"),
                    FieldPanel("body"),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("issue", widget=Select),
                            FieldPanel("section"),
                            FieldPanel("position"),
                        ]
                    ),
                    FieldPanel("slug"),
                    FieldPanel("audience"),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("licence")]),
                    FieldPanel("cities"),
                    FieldPanel("topics"),
                ],
                heading=_("Where it stands"),
            ),
        ]
    )


class IssueViewSet(SnippetViewSet):
    model = Issue
    icon = "folder-open-inverse"
    menu_label = _("Issues")
    menu_name = "issues"
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["number", "title", "month", "is_sample", "live"]
    search_fields = ["title"]
    ordering = ["-number"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("month")]),
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        MultiFieldPanel([FieldPanel("note"), FieldPanel("note_by")], heading=_("Editor's note")),
        FieldPanel("sections"),
        FieldPanel("is_sample"),
    ]


register_snippet(IssueViewSet)
register_snippet(ArticleViewSet)


@hooks.register("construct_main_menu")
def only_ours(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in _MENU]


@hooks.register("register_admin_menu_item")
def next_issue() -> MenuItem:
    return MenuItem(
        _("The next issue"), reverse("magazine:plan"), name="plan", icon_name="pick", order=90
    )


@hooks.register("register_admin_menu_item")
def to_the_magazine() -> MenuItem:
    return MenuItem(
        _("The magazine"),
        reverse("magazine:issue_list"),
        name="magazine",
        icon_name="view",
        order=200,
    )


@hooks.register("construct_homepage_panels")
def no_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Only what waits for review: the other panels count pages and people."""
    panels[:] = [
        panel for panel in panels if type(panel).__name__ == "WorkflowObjectsToModeratePanel"
    ]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


class OurChecks(ContentCheckerItem):
    """Wagtail's checks of the preview, with every rule that our own tests ask for."""

    axe_run_only = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@hooks.register("construct_wagtail_userbar")
def only_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    items[:] = [OurChecks(in_editor=getattr(request, "is_editing", False))]


@hooks.register("construct_admin_api")
def name_of_documents(router: WagtailAPIRouter) -> None:
    """Wagtail's pages name the address of documents, which are not installed; its whole API is absent."""
    router.register_endpoint("documents", ImagesAdminAPIViewSet)

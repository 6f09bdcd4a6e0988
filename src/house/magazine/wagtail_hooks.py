"""The screens of the desk: what Wagtail shows of issues and articles, and nothing else."""

from typing import Any

from django.contrib import messages
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.snippets.action_menu import WorkflowMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from house.magazine import afterwards, quotes
from house.magazine.desk import views
from house.magazine.desk.panels import ArticlesPanel, NextIssues, QuotesPanel, StandingPanel
from house.magazine.models import Article, Issue
from house.magazine.readiness import Standing, must_ask, standings, step, step_of_issue

# every row in this file: what an editor, behind the door of the desk, has before her

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
    list_display = [
        "title",
        Column("issue", label=_("Issue"), sort_key="issue", classname="wide"),
        Column("section", label=_("Section"), sort_key="section", classname="wide"),
        Column(
            "get_audience_display", label=_("Who may read"), sort_key="audience", classname="wide"
        ),
        Column("step", label=_("How far it is"), accessor=step),
    ]
    list_filter = ["issue", "audience", "live"]
    search_fields = ["title", "teaser"]
    ordering = ["-issue__number", "position"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    StandingPanel(),
                    FieldPanel("title"),
                    FieldPanel("teaser"),
                    FieldPanel("byline"),
                    FieldPanel("body"),
                    QuotesPanel(heading=_("Do its quotes stand?")),
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
                    PublishingPanel(),
                ],
                heading=_("Where it stands"),
            ),
        ]
    )


class WithdrawView(UnpublishView):
    template_name = "magazine/desk/confirm_unpublish.html"

    def standings(self) -> list[Standing]:
        return standings(self.object)


class IssueViewSet(SnippetViewSet):
    model = Issue
    unpublish_view_class = WithdrawView
    icon = "folder-open-inverse"
    menu_label = _("Issues")
    menu_name = "issues"
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "number",
        "title",
        Column("month_name", label=_("Month"), sort_key="month", classname="wide"),
        Column("step", label=_("How far it is"), accessor=step_of_issue),
        Column(
            "sample",
            label=_("Sample"),
            accessor=lambda issue: _("Free sample") if issue.is_sample else "",
        ),
    ]
    search_fields = ["title"]
    ordering = ["-number"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("month")]),
        FieldPanel("title"),
        ArticlesPanel(heading=_("Its articles")),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        MultiFieldPanel([FieldPanel("note"), FieldPanel("note_by")], heading=_("Editor's note")),
        FieldPanel("sections"),
        FieldPanel("is_sample"),
        PublishingPanel(),
    ]


register_snippet(IssueViewSet)
register_snippet(ArticleViewSet)


@hooks.register("register_admin_urls")
def our_screens() -> list[URLPattern]:
    return [path("going-out/<int:pk>/", views.going_out, name="magazine_going_out")]


@hooks.register("register_log_actions")
def our_acts(actions: Any) -> None:
    actions.register_action(
        "magazine.approve", _("Approve"), _("Approved: goes out with its issue")
    )


@hooks.register("before_publish")
def ask_first(request: HttpRequest, thing: Article | Issue) -> HttpResponse | None:
    """What was typed is saved as a draft; publishing waits where something does not stand, or is missing."""
    if isinstance(thing, Article):
        found = quotes.troubles(thing)
        for each in found:
            told = format_html(
                "“{}” {} {}{}", each.words, each.trouble, each.remedy,
                format_html(" {} “{}”", _("The source says now:"), each.now) if each.now else "",
            )  # fmt: skip
            messages.error(request, told)
        if found:
            messages.warning(request, _("The draft is saved. It was not published."))
            return redirect("wagtailsnippets_magazine_article:edit", thing.pk)
    elif isinstance(thing, Issue) and not thing.live and must_ask(thing):
        return redirect("magazine_going_out", thing.pk)
    return None


@hooks.register("after_publish")
def say_what_went(request: HttpRequest, thing: Article | Issue) -> HttpResponse | None:
    """Wagtail says "published"; but an article may wait for its issue, and an issue brings others."""
    if isinstance(thing, Issue):
        if not thing.live:
            messages.info(request, views.told(Issue.objects.get(pk=thing.pk)))
        return None
    article = Article.objects.select_related("issue").get(pk=thing.pk)
    if not article.goes_with_issue:
        return None
    said = (
        _("“%(title)s” is approved, and goes out with issue %(issue)s.")
        % {"title": article.title, "issue": article.issue}
        if article.issue
        else _("“%(title)s” is approved. Put it into an issue, and it goes out with that.")
        % {"title": article.title}
    )
    messages.success(request, said)
    return redirect("wagtailsnippets_magazine_article:list")


@hooks.register("after_unpublish")
def what_was_taken_back(request: HttpRequest, thing: Article | Issue) -> None:
    """Wagtail's screen doesn't call the noun's own verb."""
    if isinstance(thing, Issue):
        afterwards.issue_changed(thing, request.user)
    else:
        afterwards.article_changed(thing)


@hooks.register("construct_snippet_action_menu")
def as_the_review_says(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Wagtail adds "and Publish" to what ends a review; an article may wait for its issue."""
    thing = context.get("instance")
    task = thing.current_workflow_task if thing else None
    if task is None:
        return
    said = {(name, asks): label for name, label, asks in task.get_actions(thing, request.user)}
    for item in items:
        if isinstance(item, WorkflowMenuItem):
            item.label = said.get((item.name, item.launch_modal), item.label)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def say_what_no_longer_stands(request: HttpRequest, thing: Any) -> None:
    """With the saving itself: whoever changed a quoted word learns of it while she still knows why."""
    if not isinstance(thing, Article) or not request.accepts("text/html"):
        return  # Wagtail saves by itself as she types: what it says then would come all at once, later
    found = quotes.troubles(thing)
    for words in [each.words for each in found if each.sort == "quote" and not each.is_ended]:
        messages.warning(
            request,
            _(
                "“%(words)s” no longer stands in its source. “Do its quotes stand?” shows what that says now."
            )
            % {"words": words},
        )


@hooks.register("after_edit_snippet")
def ask_after_review(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """An issue that a second reader approved waits where an article would be left out."""
    is_approved = request.POST.get("workflow-action-name") == "approve"
    if not is_approved or not isinstance(thing, Issue):
        return None
    waits = Issue.objects.filter(pk=thing.pk, live=False).exists() and must_ask(thing)
    return redirect("magazine_going_out", thing.pk) if waits else None


@hooks.register("construct_main_menu")
def only_ours(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in _MENU]
    for item in items:
        if item.name == "images":
            item.label = _("Pictures")


@hooks.register("register_admin_menu_item")
def next_issue() -> MenuItem:
    return MenuItem(
        _("The next issue"), reverse("magazine:plan"), name="plan", icon_name="pick", order=90
    )


@hooks.register("register_admin_menu_item")
def to_the_magazine() -> MenuItem:
    return MenuItem(
        _("The magazine"),
        # The anchor keeps Wagtail from marking it as the place where she is, on all that begins with it.
        f"{reverse('magazine:issue_list')}#main",
        name="magazine",
        icon_name="view",
        order=200,
    )


@hooks.register("insert_global_admin_css")
def only_what_leads_somewhere() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("magazine/desk.css"))


@hooks.register("insert_global_admin_js")
def names_for_who_cannot_see() -> str:
    return format_html('<script type="module" src="{}"></script>', static("magazine/desk.js"))


@hooks.register("construct_homepage_panels")
def no_panels(request: HttpRequest, panels: list[Any]) -> None:
    """The issues that are being made, and what waits for review: the other panels count pages and people."""
    panels[:] = [
        NextIssues(),
        *(panel for panel in panels if type(panel).__name__ == "WorkflowObjectsToModeratePanel"),
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

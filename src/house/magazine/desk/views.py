"""The one screen of the desk that is ours: what goes out with an issue, and what would be left out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from house.ground.text import number_in
from house.magazine.actions.publishing import publish_issue
from house.magazine.models import Issue
from house.magazine.readiness import left_out, standings


@require_http_methods(["GET", "HEAD", "POST"])
def going_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked before an issue goes out without some of its articles: take drafts along, go on, or wait."""
    issue = get_object_or_404(Issue.objects.visible_to(request.viewer), pk=pk)
    if request.method == "POST":
        ticked = {number_in(told) or 0 for told in request.POST.getlist("along")}
        published = publish_issue(issue, by=request.user, along=ticked)
        messages.success(request, told(published))
        return redirect("wagtailsnippets_magazine_issue:edit", pk)
    draft = issue.get_latest_revision_as_object()
    found = standings(issue)
    context = {
        "issue": draft,
        "ready": [each for each in found if each.is_ready],
        "left_out": left_out(found),
        "has_drafts": any(each.is_draft for each in found),
        "is_later": draft.go_live_at is not None and draft.go_live_at > timezone.now(),
        "page_title": _("What goes out"),
        "page_subtitle": str(draft),
        "header_icon": "folder-open-inverse",
    }
    return render(request, "magazine/desk/going_out.html", context)


def told(issue: Issue) -> str:
    """What went out with it and what did not, in two sentences."""
    found = standings(issue)
    missing = ", ".join(f"“{each.article.title}”" for each in left_out(found))
    number = len(found) - len(left_out(found))
    if not issue.live:
        when = issue.scheduled_revision.approved_go_live_at if issue.scheduled_revision else None
        said = ngettext(
            "The issue goes out on %(when)s, with %(n)d article and what is approved by then.",
            "The issue goes out on %(when)s, with %(n)d articles and what is approved by then.",
            number,
        ) % {
            "n": number,
            "when": date_format(timezone.localtime(when), "j F Y, H:i") if when else "",
        }
    else:
        said = ngettext(
            "The issue is out, with %(n)d article.",
            "The issue is out, with %(n)d articles.",
            number,
        ) % {"n": number}
    return f"{said} {_('Not with it: %(missing)s.') % {'missing': missing}}" if missing else said

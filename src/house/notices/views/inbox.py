import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import SIGNED_IN, route
from house.ground.days import YEARS
from house.notices import inbox as notices
from house.notices.digests import SECTIONS


@require_safe
@never_cache
@route(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    section = request.GET.get("section", "")
    section = section if section in SECTIONS else ""
    only_unread = request.GET.get("show") == "unread"
    mine = notices.of(viewer, section=section, only_unread=only_unread)
    page = notices.page_of(mine, viewer, before=request.GET.get("before", "")[:12])
    kept = {"section": section, "show": "unread" if only_unread else ""}
    context = {
        "days": notices.by_day(page.items),
        "older": urlencode({**_filled(kept), "before": page.older}) if page.older else "",
        "tabs": _tabs(section, only_unread),
        "sections": SECTIONS,
        "section": section,
        "only_unread": only_unread,
        "is_filtered": bool(section or only_unread or request.GET.get("before")),
        "undo": _moment(request.GET.get("done", "")),
        "count": request.GET.get("count", "") if request.GET.get("count", "").isdigit() else "",
        "has_unread": any(item.notice.read_at is None for item in page.items),
        "now": timezone.now().isoformat(),
    }
    return render(request, "notices/inbox.html", context)


@require_safe
@never_cache
@route(SIGNED_IN)
def bell(request: HttpRequest) -> HttpResponse:
    """How much is unread, for the bell in the masthead; asked for after the page is there."""
    count = notices.count_unread(request.viewer)
    return render(request, "notices/_bell.html", {"count": count, "most": notices.COUNTED})


@require_POST
@route(SIGNED_IN)
def read(request: HttpRequest) -> HttpResponse:
    """Some, or all up to the moment when the page was made: what came since was not seen."""
    seen = _moment(request.POST.get("seen", "")) or timezone.now()
    codes = None if request.POST.get("all") else request.POST.getlist("code")[:200]
    at = min(seen, timezone.now()) if codes is None else timezone.now()
    count = notices.mark_read(request.viewer, codes=codes, at=at)
    if request.headers.get("X-Beacon") or request.POST.get("quietly"):
        return HttpResponse(status=204)
    query = urlencode({"done": at.isoformat(), "count": count}) if count else ""
    return redirect(f"{reverse('notices:inbox')}?{query}" if query else "notices:inbox")


@require_POST
@route(SIGNED_IN)
def unread(request: HttpRequest) -> HttpResponse:
    if at := _moment(request.POST.get("at", "")):
        notices.mark_unread(request.viewer, at=at)
    return redirect("notices:inbox")


def _moment(typed: str) -> datetime.datetime | None:
    try:
        found = parse_datetime(typed)
    except ValueError:
        return None
    # A notice is of our time; the first and last days of the calendar have no hour in every zone.
    is_ours = found is not None and timezone.is_aware(found) and found.year in YEARS
    return found if is_ours else None


def _filled(query: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in query.items() if value}


def _tabs(section: str, only_unread: bool) -> list[tuple[str, str, bool, None]]:
    here = reverse("notices:inbox")
    kept = _filled({"section": section})
    unread_query = urlencode({**kept, "show": "unread"})
    everything = f"{here}?{urlencode(kept)}" if kept else here
    return [
        (everything, _("Everything"), not only_unread, None),
        (f"{here}?{unread_query}", _("Unread"), only_unread, None),
    ]

"""What the office sees of the room: all sessions and visits by state and age, and the rules of units."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.meetings.actions.rules import change_rules
from house.meetings.forms_hours import RulesForm
from house.meetings.models import Promise, Session, Visit
from house.meetings.rules import rulings
from house.meetings.views.frame import status_of, viewer_of, zone_of

_VIEWS = ("coming", "unmarked", "ended")


@require_safe
@route("visits.plan")
def desk(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    sessions = Session.objects.visible_to(viewer).for_lists()
    shown = {
        "coming": sessions.coming(now).order_by("starts_at", "pk"),
        "unmarked": sessions.over(now).order_by("ends_at", "pk"),
        "ended": sessions.exclude(state=Session.State.BOOKED).order_by("-starts_at", "-pk"),
    }
    view = request.GET.get("view", "coming")
    view = view if view in _VIEWS else "coming"
    late = Promise.objects.visible_to(viewer).standing().filter(due_on__lt=now.date())
    context = {
        "view": view,
        "counts": {name: rows.count() for name, rows in shown.items()},
        "page": Paginator(shown[view], 50).get_page(request.GET.get("page")),
        "visits": Visit.objects.visible_to(viewer)
        .open()
        .for_lists()
        .order_by("asked_at", "pk")[:50],
        "late": late.for_lists()[:20],
        "zone": zone_of(request),
        "old": now - datetime.timedelta(days=7),
    }
    return render(request, "meetings/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("office.ledger")
def rules(request: HttpRequest) -> HttpResponse:
    now = rulings()
    initial = {case: each.outcome for case, each in now.items()}
    initial |= {f"{case}_number": each.number for case, each in now.items()}
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = change_rules(form.wanted(), by=viewer_of(request))
        messages.success(
            request, _("Saved: %(count)s changed. It counts from now on.") % {"count": changed}
        )
        return redirect("meetings:rules")
    return render(request, "meetings/rules.html", {"form": form}, status=status_of(form))

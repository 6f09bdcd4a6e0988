"""For one city or one person, for a while, otherwise than the table says."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.capabilities import CAPABILITIES
from house.access.doors import allow
from house.access.routes import route
from house.ground.errors import Forbidden, Refused
from house.office.forms_rights import ExceptionForm
from house.partners.actions import rights as actions
from house.partners.models import RightException
from house.people.sudo import fresh_sign_in

_ROWS = 50


@require_safe
@route("office.rights")
def rights_exceptions(request: HttpRequest) -> HttpResponse:
    """Those in force or to come, or those that ended: nothing is forgotten."""
    today = timezone.localdate()
    over = Q(ends_on__lt=today) | Q(revoked_at__isnull=False)
    ended = request.GET.get("show") == "ended"
    # every row: narrowed by the door in the same expression
    rows = RightException.objects.visible_to(request.viewer).select_related("city", "person")
    rows = rows.filter(over) if ended else rows.exclude(over)
    page = Paginator(rows.select_related("made_by"), _ROWS).get_page(request.GET.get("page"))
    here = reverse("office:rights_exceptions")
    context: dict[str, Any] = {
        "page": page,
        "rows": [(row, _told(row.capability), row.starts_on > today) for row in page],
        "ended": ended,
        "tabs": [
            (here, _("In force and coming"), not ended, None),
            (f"{here}?show=ended", _("Ended"), ended, None),
        ],
    }
    return render(request, "office/rights_exceptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.rights")
def rights_exception_new(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ExceptionForm(data, viewer=request.viewer, initial={"starts_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            actions.make_exception(by=request.viewer, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Made. It counts from its first day."))
            return redirect("office:rights_exceptions")
    status = 422 if form.is_bound else 200
    return render(request, "office/rights_exception_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.rights")
def rights_exception_revoke(request: HttpRequest, code: str) -> HttpResponse:
    exception = get_object_or_404(
        RightException.objects.visible_to(request.viewer).select_related("city", "person"),
        code=code,
    )
    allow(request.viewer, "revoke", exception)
    if request.method == "POST":
        actions.revoke_exception(exception, by=request.viewer)
        messages.success(request, _("Ended. The table counts again from the next page on."))
        return redirect("office:rights_exceptions")
    context = {"exception": exception, "told": _told(exception.capability)}
    return render(request, "office/rights_exception_revoke.html", context)


def _told(capability: str) -> str:
    return str(CAPABILITIES[capability].told) if capability in CAPABILITIES else capability

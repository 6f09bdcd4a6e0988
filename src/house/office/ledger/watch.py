"""Partnerships that end soon and cities that have gone quiet: what to look after before it is too late."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.routes import route
from house.office.ledger import lists
from house.office.ledger.forms import DaysForm
from house.office.ledger.views import NEEDS, files_of
from house.partners import thresholds
from house.partners.models import Level

_FORM = ["GET", "HEAD", "POST"]
_ROWS = 50


@require_http_methods(_FORM)
@route(NEEDS)
def renewals(request: HttpRequest) -> HttpResponse:
    rows, days = lists.renewals_for(request.viewer)
    listed = [(row, Level(row.level_now).label, lists.days_to(row.ends_on)) for row in rows]
    context = {"rows": listed, "days": days, "files": files_of("renewals")}
    return _watch(request, "ledger_renewals", thresholds.RENEWAL_DAYS, context)


@require_http_methods(_FORM)
@route(NEEDS)
def quiet(request: HttpRequest) -> HttpResponse:
    rows, days = lists.quiet_for(request.viewer)
    listed = [(row, Level(row.partnership.level_now).label) for row in rows]  # type: ignore[attr-defined]
    context = {"rows": listed, "days": days, "files": files_of("quiet-cities")}
    return _watch(request, "ledger_quiet", thresholds.QUIET_DAYS, context)


def _watch(
    request: HttpRequest, name: str, known: thresholds.Known, context: dict[str, Any]
) -> HttpResponse:
    """The list, and under it the number of days that makes it."""
    initial = {"days": context["days"]}
    form = DaysForm(request.POST or None, known=known, initial=initial)
    if form.is_bound and form.is_valid():
        thresholds.change_threshold(known, form.cleaned_data["days"], by=request.viewer)
        messages.success(request, _("Saved."))
        return redirect(f"office:{name}")
    page = Paginator(context["rows"], _ROWS).get_page(request.GET.get("page"))
    status = 422 if form.is_bound else 200
    context |= {"tabs": lists.tabs(name), "form": form, "page": page}
    return render(request, f"office/{name}.html", context, status=status)

"""The ledger at the desk: balances, a city's statement, what waits, and the same as files."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.ground.htmx import render_part
from house.ground.tables import FORMS, Row, table_response
from house.office.ledger import lists
from house.office.ledger.forms import FilterForm
from house.partners import ledger
from house.partners.ledger.keeping import may_undo
from house.partners.models import Account, Hold, Movement
from house.vocabulary.models import City

NEEDS = "office.ledger"
_ROWS = 50


@require_safe
@route(NEEDS)
def balances(request: HttpRequest) -> HttpResponse:
    ledger.settle()
    form = FilterForm(request.GET, viewer=request.viewer)
    asked = form.asked()
    page = Paginator(lists.accounts_for(request.viewer, **asked), _ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "tabs": lists.tabs("ledger"),
        "form": form,
        "page": page,
        "files": files_of("balances", request.GET.urlencode()),
        "heads": _heads(request, asked["sort"]),
        "is_filtered": any(asked[name] for name in ("city", "benefit", "show")),
        "waiting": Hold.objects.visible_to(request.viewer).waiting().count(),
    }
    return render_part(request, "office/ledger.html", context, part="balances")


def _heads(request: HttpRequest, sort: str) -> dict[str, dict[str, str]]:
    """Of each column that can be ordered by: the address that does so, and how it is ordered now."""
    heads = {}
    current = sort or "city"
    for key in lists.SORTS:
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = f"-{key}" if current == key else key
        direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
        heads[key] = {"href": f"?{query.urlencode()}", "direction": direction}
    return heads


@require_safe
@route(NEEDS)
def waiting(request: HttpRequest) -> HttpResponse:
    """What cities have asked for and nobody decided, the longest waiting first."""
    holds = Hold.objects.visible_to(request.viewer).waiting().for_lists()
    page = Paginator(holds, _ROWS).get_page(request.GET.get("page"))
    context = {"tabs": lists.tabs("ledger_waiting"), "page": page}
    return render(request, "office/ledger_waiting.html", context)


@require_safe
@route(NEEDS)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city's statement: its balances, what it asked for, and every row, newest first."""
    shown = get_object_or_404(City.objects.visible_to(request.viewer), slug=slug)
    ledger.settle([shown.pk])
    rows = lists.movements_of(request.viewer, shown)
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    listed = list(page)
    undone = set(
        Movement.objects.visible_to(request.viewer)
        .filter(undoes__in=listed)
        .values_list("undoes", flat=True)
    )
    context = {
        "city": shown,
        "page": page,
        "files": [
            (reverse("office:ledger_city_download", args=[shown.slug, form]), label)
            for form, label in _LABELS.items()
        ],
        "rows": [
            (row, who, may_undo(row) and row.pk not in undone)
            for row, who in lists.named(request.viewer, listed)
        ],
        "accounts": lists.accounts_for(request.viewer, city=shown.slug),
        "holds": ledger.holds_of(request.viewer, [shown.pk]),
    }
    return render(request, "office/ledger_city.html", context)


@require_safe
@route(NEEDS)
def download(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """Made now, as who asks may see it now, and stored nowhere: a file outlives no right."""
    make = _FILES.get(what)
    if make is None or form not in FORMS:
        raise Http404
    head, rows = make(request)
    return table_response(form, what, head, rows)


@require_safe
@route(NEEDS)
def download_statement(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    shown = get_object_or_404(City.objects.visible_to(request.viewer), slug=slug)
    if form not in FORMS:
        raise Http404
    ledger.settle([shown.pk])
    rows = lists.statement_rows(request.viewer, shown)
    return table_response(form, f"statement-{shown.pk}", lists.STATEMENT, rows)


_LABELS = {"csv": "CSV", "xlsx": "XLSX"}


def files_of(what: str, query: str = "") -> list[tuple[str, str]]:
    """(address, label) of each form in which a list can be taken along."""
    return [
        (
            reverse("office:ledger_download", args=[what, form]) + (f"?{query}" if query else ""),
            label,
        )
        for form, label in _LABELS.items()
    ]


Table = tuple[Sequence[str], Iterable[Row]]


def _balances_file(request: HttpRequest) -> Table:
    ledger.settle()
    asked: dict[str, Any] = FilterForm(request.GET, viewer=request.viewer).asked()
    accounts = lists.accounts_for(request.viewer, **asked)
    return lists.BALANCES, lists.balance_rows(accounts)


_FILES: dict[str, Callable[[HttpRequest], Table]] = {
    "balances": _balances_file,
    "renewals": lambda request: (lists.RENEWALS, lists.renewal_rows(request.viewer)),
    "quiet-cities": lambda request: (lists.QUIET, lists.quiet_rows(request.viewer)),
}


def account_of(request: HttpRequest, code: str) -> Account:
    accounts = Account.objects.visible_to(request.viewer).select_related("city", "benefit")
    return get_object_or_404(accounts, code=code)

"""The list of partnerships, and one of them with its people and its history."""

import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.ground import tables
from house.ground.htmx import render_part
from house.office.partnerships import listing
from house.partners import renewals
from house.partners.actions.partnerships import why_not_take_back
from house.partners.models import Level, Partnership, PartnershipChange, Seat

CAPABILITY = "office.partnerships"
_ROWS = 50
Act = PartnershipChange.Act
_DATES = {Act.EXTENDED, Act.RENEWED, Act.ENDED}


@require_safe
@route(CAPABILITY)
def partnerships(request: HttpRequest) -> HttpResponse:
    asked, days = listing.Asked.read(request.GET), listing.due_days()
    found = listing.found(asked, request.viewer, days)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "rows": listing.rows_of(page, request.viewer, days),
        "tabs": _tabs(request, asked, days),
        "levels": Level.choices,
        "sorts": listing.SORTS.items(),
        "files": [
            (reverse("office:partnership_table", args=[form]) + _query(request), form.upper())
            for form in tables.FORMS
        ],
    }
    return render_part(request, "office/partnerships.html", context, part="results")


@require_safe
@route(CAPABILITY)
def partnership_table(request: HttpRequest, form: str) -> HttpResponse:
    """What the list shows under its filters, as a file."""
    if form not in tables.FORMS:
        raise Http404
    days = listing.due_days()
    found = listing.found(listing.Asked.read(request.GET), request.viewer, days)
    head = [_("City"), _("Country"), _("Level"), _("State"), _("First day"), _("Last day"),
            _("Closes"), _("Seats held"), _("Seats"), _("Planned level"), _("From"),
            _("Demonstration")]  # fmt: skip
    rows = [
        (
            row.partnership.city.name, row.partnership.city.country_name, row.level_label,
            row.state_label, row.partnership.starts_on, row.partnership.ends_on,
            row.partnership.last_day, row.seats_used, row.seats,
            row.planned.get_level_display() if row.planned else "",
            row.planned.effective_on if row.planned else None,
            _("yes") if row.partnership.is_demonstration else "",
        )
        for row in listing.rows_of(found, request.viewer, days)
    ]  # fmt: skip
    name = f"partnerships-{timezone.now().date().isoformat()}"
    return tables.table_response(form, name, head, rows)


def _tabs(
    request: HttpRequest, asked: listing.Asked, days: int
) -> list[tuple[str, str, bool, int]]:
    """(address, label, is current, count) of each state; the other filters stay."""
    counts = listing.counts(asked, request.viewer, days)
    rest = {"q": asked.q, "level": asked.level, "sort": asked.sort if asked.sort != "city" else ""}
    rest = {name: value for name, value in rest.items() if value}
    here = reverse("office:partnerships")
    tabs = []
    for state, label in {"": _("All that stand"), **listing.STATES}.items():
        query = urlencode(rest | ({"state": state} if state else {}))
        address = f"{here}?{query}" if query else here
        tabs.append((address, str(label), asked.state == state, counts[state]))
    return tabs


def _query(request: HttpRequest) -> str:
    """The filters of this page, for a link that keeps them."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


@require_safe
@route(CAPABILITY)
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    found, others = find_all(request, slug)
    today = timezone.now().date()
    (row,) = listing.rows_of([found], request.viewer, listing.due_days())
    changes = list(
        PartnershipChange.objects.visible_to(request.viewer)
        .filter(partnership=found)
        .select_related("made_by")
        .order_by("-effective_on", "-pk")
    )
    seats = Seat.objects.visible_to(request.viewer).filter(partnership=found)
    context = {
        "row": row,
        "partnership": found,
        "city": found.city,
        "others": [(each, listing.state_of(each, today)) for each in others],
        "plans": [each for each in reversed(changes) if _is_plan(each, today)],
        "changes": [(each, _may_go(each, changes, found)) for each in changes],
        "people": seats.select_related("person").order_by("kind", "team", "pk"),
        "reminded_on": renewals.reminded_on(found),
        "ledger_url": _ledger_url(found) if request.viewer.can("office.ledger") else "",
        "query": query_of(request),
        "is_over": row.state == "ended",
        "may_cancel": row.seats_used == 0 and found.starts_on >= today,
        "level_brings": found.seats is None,
    }
    return render(request, "office/partnership.html", context)


def find_all(request: HttpRequest, slug: str) -> tuple[Partnership, list[Partnership]]:
    """The city's partnership that is meant, and its others.

    Meant is the one that runs, else the next one, else the last; `?from=` with its first day names another.
    """
    rows = listing.with_facts(Partnership.objects.visible_to(request.viewer))
    found = list(rows.filter(city__slug=slug).order_by("-starts_on"))
    if not found:
        raise Http404
    today = timezone.now().date()
    chosen = request.GET.get("from", "")
    if chosen:
        meant = [each for each in found if each.starts_on.isoformat() == chosen]
        if not meant:
            raise Http404
    else:
        order = ["running", "grace", "planned", "ended"]
        meant = sorted(found, key=lambda each: order.index(listing.state_of(each, today)))
    return meant[0], [each for each in found if each != meant[0]]


def find(request: HttpRequest, slug: str) -> Partnership:
    return find_all(request, slug)[0]


def query_of(request: HttpRequest) -> str:
    """What links and forms of the page carry on, so that they mean the same partnership."""
    chosen = request.GET.get("from", "")
    return f"?{urlencode({'from': chosen})}" if chosen else ""


def address_of(request: HttpRequest, partnership: Partnership) -> str:
    return reverse("office:partnership", args=[partnership.city.slug]) + query_of(request)


def _is_plan(change: PartnershipChange, today: datetime.date) -> bool:
    is_standing = change.act == Act.LEVEL and change.withdrawn_at is None
    return is_standing and change.effective_on > today


def _may_go(
    change: PartnershipChange, changes: list[PartnershipChange], partnership: Partnership
) -> bool:
    """Only the latest of a kind is worth asking about: the page must not ask for each row."""
    if change.withdrawn_at is not None or change.act == Act.OPENED:
        return False
    if change.act == Act.LEVEL:
        return change.effective_on > timezone.now().date()
    kind = _DATES if change.act in _DATES else {Act.SEATS}
    latest = max(each.pk for each in changes if each.act in kind and each.withdrawn_at is None)
    return change.pk == latest and not why_not_take_back(change, partnership)


def _ledger_url(partnership: Partnership) -> str:
    try:
        return reverse("office:ledger_city", args=[partnership.city.slug])
    except NoReverseMatch:
        return ""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.models import JournalRow
from house.access.routes import route
from house.office.waiting import piles_for
from house.people.models import Person


@require_safe
@route("office.today")
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this viewer at the desk now."""
    return render(request, "office/today.html", {"piles": list(piles_for(request.viewer))})


@require_safe
@route("office.journal")
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first. Names are looked up now: the journal itself keeps numbers."""
    # every row: the desk reads the journal whole
    rows = JournalRow.objects.order_by("-pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    people = Person.objects.visible_to(request.viewer).in_bulk(
        {row.person_id for row in page if row.person_id}
    )
    for row in page:
        row.person_name = people[row.person_id].name if row.person_id in people else ""
    return render(request, "office/journal.html", {"page": page})

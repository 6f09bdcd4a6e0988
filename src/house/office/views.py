from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from house.access.models import JournalRow
from house.access.routes import route
from house.alex.models.entry import Entry
from house.people.models import Person
from house.retrieval import outbox


@require_safe
@route("office.today")
def today(request: HttpRequest) -> HttpResponse:
    """What waits at the desk now."""
    waiting = Entry.objects.visible_to(request.viewer).awaiting_review()
    context = {
        "reviews": waiting.select_related("draft", "shown_city")[:10],
        "reviews_count": waiting.count(),
        "overdue_count": Entry.objects.visible_to(request.viewer).overdue().count(),
        "pending": outbox.pending(),
        # every row: background work belongs to nobody
        "failed_tasks": DBTaskResult.objects.filter(status="FAILED").count(),
    }
    return render(request, "office/today.html", context)


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

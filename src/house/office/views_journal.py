import json

from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from house.access import chain
from house.access.routes import route
from house.ground.tables import table_response
from house.ground.text import number_in
from house.office import journal as reading
from house.office.forms import JournalForm
from house.office.tasks import VERIFIED, note_verdict, noted_head


@require_safe
@route("office.journal")
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first. Names are looked up now: the journal itself keeps numbers."""
    form = JournalForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    number = number_in(request.GET.get("before", ""))
    rows, older = reading.page(reading.found(wanted, request.viewer), number)
    context = {
        "form": form,
        "rows": reading.in_words(rows, request.viewer),
        "older": older,
        "is_first": number is None,
        "is_searched": any(wanted.values()),
        "verified": caches["default"].get(VERIFIED),
        "head": chain.head(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "office/journal.html", context, status=status)


@require_POST
@route("office.journal")
def journal_verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now; the page shows what came of it."""
    note_verdict(chain.verify(noted=noted_head()))
    return redirect("office:journal")


@require_safe
@route("office.journal")
def journal_export(request: HttpRequest, form: str) -> HttpResponse:
    """The rows that were searched for, as a table or as JSON: numbers of persons, no names."""
    asked = JournalForm(request.GET)
    rows = reading.for_table(
        reading.found(asked.cleaned_data if asked.is_valid() else {}, request.viewer)
    )
    name = f"journal-{timezone.now().date().isoformat()}"
    if form != "json":
        cells = ([*row[:7], json.dumps(row[7], ensure_ascii=False), row[8]] for row in rows)
        return table_response(form, name, reading.HEAD, cells)
    told = [dict(zip(reading.HEAD, row, strict=True)) for row in rows]
    body = json.dumps({"rows": told, "head": str(chain.head())}, cls=DjangoJSONEncoder)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""The page where documents come in: choose, rehearse, import, read what became of each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.alex.importing import reporting, runs
from house.alex.importing.limits import MEGABYTE, UPLOAD_BYTES
from house.alex.models import Entry, ImportRecord, ImportRun
from house.ground.errors import Refused
from house.ground.htmx import render_part
from house.office.forms_import import ImportForm
from house.retrieval import outbox

_ROWS = 50
_HISTORY = 20


@csrf_exempt  # the token is checked inside, after the size: checking reads the whole upload
@require_http_methods(["GET", "HEAD", "POST"])
@route("office.import")
def import_page(request: HttpRequest) -> HttpResponse:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if request.method == "POST" and length > UPLOAD_BYTES + MEGABYTE:
        form = ImportForm(viewer=request.viewer)
        return _page(request, form, status=413, too_big=UPLOAD_BYTES // MEGABYTE)
    return _received(request)


@csrf_protect
def _received(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm(viewer=request.viewer))
    form = ImportForm(request.POST, request.FILES, viewer=request.viewer)
    if form.is_valid():
        try:
            run = runs.start_import(
                form.cleaned_data["documents"],
                form.options(request.user),
                person=request.user,
                by=request.viewer,
                rehearse="now" not in request.POST,
            )
            return redirect(run)
        except Refused as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}".strip())
    return _page(request, form, status=422)


def _page(
    request: HttpRequest, form: ImportForm, *, status: int = 200, too_big: int = 0
) -> HttpResponse:
    history = ImportRun.objects.visible_to(request.viewer).select_related("started_by")
    context = {
        "form": form,
        "history": history[:_HISTORY],
        "pending": outbox.pending(),
        "too_big": too_big,
    }
    return render(request, "office/import.html", context, status=status)


@require_safe
@route("office.import")
def import_run(request: HttpRequest, code: str) -> HttpResponse:
    """How far a run is, and what became of each document; asks again by itself until it is over."""
    run = get_object_or_404(
        ImportRun.objects.visible_to(request.viewer).select_related("started_by"), code=code
    )
    records = ImportRecord.objects.visible_to(request.viewer).filter(run=run)
    counts = dict(records.order_by().values_list("status").annotate(Count("pk")))
    chosen = request.GET.get("status", "")
    if chosen in ImportRecord.Status.values:
        records = records.filter(status=chosen)
    page = Paginator(records, _ROWS).get_page(request.GET.get("page"))
    entries = Entry.objects.visible_to(request.viewer).in_bulk(
        {row.entry_id for row in page if row.entry_id}
    )
    context: dict[str, Any] = {
        "run": run,
        "stalled": runs.is_stalled(run),
        "has_files": runs.has_files(run),
        "tabs": _tabs(run, counts, chosen),
        "page": page,
        "rows": [
            (
                row,
                runs.name_of(row),
                reporting.why(row),
                reporting.notes(row),
                entries.get(row.entry_id or 0),
            )
            for row in page
        ],
        "pending": (pending := outbox.pending()),
        "meaning": _meaning(run, pending.vectors),
    }
    return render_part(request, "office/import_run.html", context, part="run")


def _meaning(run: ImportRun, left: int) -> dict[str, int] | None:
    """How much of what waits has been read for its meaning, once a real import is over."""
    if run.is_rehearsal or run.state != ImportRun.State.DONE or not left:
        return None
    whole = max(run.passages, left)
    return {"done": whole - left, "of": whole}


def _tabs(run: ImportRun, counts: dict[str, int], chosen: str) -> list[tuple[str, str, bool, int]]:
    """(address, label, is current, count) of each filter that holds something."""
    here = run.get_absolute_url()
    tabs = [(here, _("All"), chosen not in ImportRecord.Status.values, sum(counts.values()))]
    for status in ImportRecord.Status:
        if counts.get(status):
            address = f"{here}?{urlencode({'status': status.value})}"
            tabs.append((address, str(status.label), chosen == status, counts[status]))
    return tabs


@require_POST
@route("office.import")
def import_act(request: HttpRequest, code: str) -> HttpResponse:
    """Import what was rehearsed, take up what stopped, or throw the files away."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.viewer), code=code)
    match request.POST.get("act"):
        case "import":
            run = runs.import_rehearsed(run, person=request.user, by=request.viewer)
        case "continue":
            runs.continue_import(run, by=request.viewer)
        case "drop":
            runs.drop_files(run, by=request.viewer)
            return redirect("office:import")
    return redirect(run)

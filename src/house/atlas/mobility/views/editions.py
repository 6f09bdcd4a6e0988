"""Editions, what went into each, and how the index is made."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import OPEN, route
from house.atlas.mobility import queries, wording
from house.atlas.mobility.actions.computing import make_edition, recompute
from house.atlas.mobility.bundling import STATED, UNDATED
from house.atlas.mobility.method import LATEST, Parameters
from house.atlas.mobility.method.gathering import MOMENT
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.models import Correction, Edition, SourceFile
from house.atlas.mobility.naming.matching import LEAST, TIMES
from house.atlas.mobility.reading.audit import FLAGS
from house.ground.errors import Forbidden, Refused


@require_safe
@route(OPEN)
def edition_list(request: HttpRequest) -> HttpResponse:
    rows = Edition.objects.visible_to(request.viewer).for_lists().select_related("before")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    files = SourceFile.objects.visible_to(request.viewer).defer("body")[:30]
    context = {"page": page, "files": files, "may_curate": request.viewer.can("atlas.curate")}
    return render(request, "mobility/edition_list.html", context)


@require_safe
@route(OPEN)
def edition(request: HttpRequest, code: str) -> HttpResponse:
    rows = Edition.objects.visible_to(request.viewer).for_lists().select_related("before")
    found = get_object_or_404(rows, code=code)
    files = [each for each in found.sources if each["sha256"]]
    others = [each for each in found.sources if not each["sha256"]]
    context = {
        "edition": found,
        "files": files,
        "others": others,
        "weights": [
            (wording.SHORT[name], found.parameters["weights"][name]) for name in INDICATORS
        ],
        "used": [wording.SHORT[name] for name in queries.board_of(found).used],
        "may_curate": request.viewer.can("atlas.curate"),
    }
    return render(request, "mobility/edition.html", context)


@require_POST
@route("atlas.curate")
def edition_new(request: HttpRequest) -> HttpResponse:
    """From the newest list, with what was read, matched and corrected since."""
    try:
        made, is_new = make_edition(by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
        return redirect("mobility:edition_list")
    messages.success(
        request,
        _("The edition is there.") if is_new else _("Nothing has changed since this edition."),
    )
    return redirect(made)


@require_POST
@route("atlas.curate")
def edition_check(request: HttpRequest, code: str) -> HttpResponse:
    """Computed anew from what it holds: is it the same, to the last digit?"""
    found = get_object_or_404(Edition.objects.visible_to(request.viewer), code=code)
    if recompute(found):
        messages.success(request, _("Computed anew: exactly the same result."))
    else:
        messages.error(
            request, _("Computed anew, the result differs. Tell who looks after the house.")
        )
    return redirect(found)


@require_safe
@route(OPEN)
def method(request: HttpRequest) -> HttpResponse:
    newest = queries.newest(request.viewer)
    own = Parameters()
    context = {
        "edition": newest,
        "version": LATEST,
        "own": own,
        "swing": round(100 * own.swing),
        "moment": round(100 * MOMENT),
        "stated": round(100 * STATED),
        "undated": round(100 * UNDATED),
        "sure": round(100 * own.sure),
        "indicators": [
            (wording.FIGURES[name], wording.MEANT[name], own.weights[name]) for name in INDICATORS
        ],
        "flags": [(flag, _(told)) for flag, told in FLAGS.items()],
        "times": TIMES,
        "least": LEAST,
        "used": [wording.SHORT[name] for name in queries.board_of(newest).used] if newest else [],
        "accepted": Correction.objects.visible_to(request.viewer).filter(state="accepted").count(),
    }
    return render(request, "mobility/method.html", context)

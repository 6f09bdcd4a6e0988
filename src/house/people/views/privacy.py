"""One's own data: to take along, and to have erased."""

from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import OPEN, SIGNED_IN, route
from house.ground.errors import Refused, TooMany
from house.ground.text import one_line
from house.people import erasure, export
from house.people.cards import card_of
from house.people.forms import ErasureForm, OfficeErasureForm
from house.people.models import Person
from house.people.sudo import fresh_sign_in
from house.people.tally import take

A_DAY = 5  # archives; each reads everything there is


@require_safe
@route(SIGNED_IN)
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"parts": export.parts(), "grace": erasure.GRACE.days}
    return render(request, "people/privacy.html", context)


@require_POST
@fresh_sign_in
@route(SIGNED_IN)
def privacy_export(request: HttpRequest) -> FileResponse:
    """Made when it is asked for, and kept nowhere."""
    if not take("export", str(request.user.pk), limit=A_DAY, seconds=24 * 60 * 60):
        raise TooMany(
            _("You have taken your data along five times today."),
            retry_after=24 * 60 * 60,
            remedy=_("Come back tomorrow; nothing is lost."),
        )
    name = f"digital-house-{timezone.now():%Y-%m-%d}.zip"
    response = FileResponse(
        export.archive_of(request.user),
        as_attachment=True,
        filename=name,
        content_type="application/zip",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route(SIGNED_IN)
def privacy_erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, then a typed word. She is signed out: signing in again takes it back."""
    herself = Person.objects.visible_to(request.viewer).get(pk=request.viewer.person_id)
    form = ErasureForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            erasure.ask(herself, by=request.viewer)
        except Refused as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}")
            status = problem.status
        else:
            logout(request)
            return redirect("people:farewell")
    context = {
        "form": form,
        "parts": erasure.parts(),
        "grace": erasure.GRACE.days,
        "name": erasure.former_name(herself),
    }
    return render(request, "people/privacy_erase.html", context, status=status)


@require_safe
@route(OPEN)
def farewell(request: HttpRequest) -> HttpResponse:
    """The same for everybody: it says what happens next, and of nobody that she asked."""
    return render(request, "people/farewell.html", {"grace": erasure.GRACE.days})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.people")
def person_erase(request: HttpRequest, code: str) -> HttpResponse:
    """The office asks for her, who wrote a letter; or takes back what it began by mistake."""
    viewer = request.viewer
    shown = get_object_or_404(
        Person.objects.visible_to(viewer).filter(erased_at=None).select_related("city"), code=code
    )
    allow(viewer, "erase", shown)
    if request.method == "POST" and "undo" in request.POST:
        erasure.take_back(shown, by=viewer)
        return redirect("people:person_erase", shown.code)
    form = OfficeErasureForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            erasure.ask(shown, by=viewer, reason=one_line(form.cleaned_data["reason"]))
        except Refused as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}")
            status = problem.status
        else:
            return redirect("people:person_erase", shown.code)
    context = {
        "card": card_of(shown, viewer),
        "form": form,
        "parts": erasure.parts(),
        "name": erasure.former_name(shown),
        "erase_after": shown.erase_after,
        "grace": erasure.GRACE.days,
    }
    return render(request, "people/person_erase.html", context, status=status)

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.doors import may
from house.access.routes import OPEN, SIGNED_IN, route
from house.ground.files import attachment
from house.people.cards import card_of, shows
from house.people.forms import ProfileForm
from house.people.models import Person


@require_safe
@route(SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    return redirect(request.user)


@require_safe
@route(OPEN)
def person(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(
        Person.objects.visible_to(request.viewer).select_related("city").prefetch_related("topics"),
        code=code,
    )
    context = {
        "card": card_of(shown, request.viewer, with_topics=True),
        "may_edit": may(request.viewer, "edit", shown),
        "may_write": may(request.viewer, "write", shown),
        "may_erase": not shown.is_former
        and shown.pk != request.viewer.person_id
        and may(request.viewer, "erase", shown),
        "is_listed": shown.is_listed,
    }
    return render(request, "people/person.html", context)


@require_safe
@route(OPEN)
def photo(request: HttpRequest, code: str) -> FileResponse:
    shown = get_object_or_404(Person.objects.visible_to(request.viewer), code=code)
    if not shown.photo or not shows(shown, "photo", request.viewer):
        raise Http404
    return attachment(
        shown.photo.open("rb"), name="photo.jpg", media_type="image/jpeg", inline=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def profile_edit(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved. This is how your peers see you."))
        return redirect(form.save())
    # A refused form has put its values on the instance; the frame of the page must show the kept ones.
    request.user.refresh_from_db()
    return render(
        request, "people/profile_edit.html", {"form": form}, status=422 if form.is_bound else 200
    )

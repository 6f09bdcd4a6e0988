"""What the pages of this room share: the reader's clocks, her city, and how a refusal is told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.meetings.models import Session, Visit
from house.vocabulary.models import City, Topic


def viewer_of(request: HttpRequest) -> Viewer:
    return request.viewer  # type: ignore[attr-defined]


def zone_of(request: HttpRequest) -> str:
    return request.user.time_zone if request.user.is_authenticated else "UTC"


def cities_of(viewer: Viewer) -> QuerySet[City]:
    return City.objects.visible_to(viewer).filter(pk__in=viewer.city_ids).order_by("name")


def city_of(request: HttpRequest) -> City:
    """The one that the address names (`?city=slug`), else her first. `Http404` for another's."""
    own = cities_of(viewer_of(request))
    slug = request.GET.get("city")
    found = own.filter(slug=slug).first() if slug else own.first()
    if found is None:
        raise Http404
    return found


def session_of(request: HttpRequest, code: str) -> Session:
    return get_object_or_404(
        Session.objects.visible_to(viewer_of(request)).for_lists().select_related("hold"), code=code
    )


def visit_of(request: HttpRequest, code: str) -> Visit:
    return get_object_or_404(
        Visit.objects.visible_to(viewer_of(request)).for_lists().select_related("hold"), code=code
    )


def topics_for(viewer: Viewer) -> QuerySet[Topic]:
    return Topic.objects.visible_to(viewer).order_by("slug")


def add_refusal(form: forms.Form, refused: Refused) -> None:
    """At the head of the form; what was typed stays."""
    form.add_error(None, f"{refused.message} {refused.remedy}".strip())


def tell_refusal(request: HttpRequest, refused: Refused) -> None:
    messages.error(request, f"{refused.message} {refused.remedy}".strip())


def status_of(*bound: Any) -> int:
    return 422 if any(form is not None and form.is_bound and form.errors for form in bound) else 200

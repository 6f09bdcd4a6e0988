"""A colleague asks for a seat, and her coordinator answers.

The pages are open and say the same to everybody: neither who coordinates, nor who is a person here, nor which
domains are a city's can be learned from them.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow
from house.access.routes import OPEN, route
from house.ground.errors import Refused
from house.ground.limits import address_of, spend
from house.partners import emails
from house.partners.actions.joining import approve_request, ask_to_join, decline_request
from house.partners.actions.seats import create_seat
from house.partners.domains import is_of_city
from house.partners.forms.joining import ApprovalForm, CodeForm, DeclineForm, JoinForm
from house.partners.models import JoinRequest, Seat
from house.partners.views.accepting import said_of
from house.partners.views.cities import address, frame, running_of
from house.people import proof
from house.vocabulary.models import City

_TYPED = "asks_to_join"


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join(request: HttpRequest) -> HttpResponse:
    is_known = request.user.is_authenticated
    form = JoinForm(request.POST or None, is_known=is_known)
    if request.method == "POST" and form.is_valid():
        spend("join", address_of(request), limit=10)
        typed = form.cleaned_data
        if not is_known:
            return _ask_for_code(request, typed)
        try:
            _ask(typed | {"email": request.user.email, "name": request.user.name})
        except (Refused, ValidationError) as problem:
            form.add_error(
                None, problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
            )
        else:
            return redirect("partners:join_done")
    own = JoinRequest.objects.visible_to(request.viewer).filter(person=request.viewer.person_id)
    context = {"form": form, "own": own.select_related("city") if is_known else []}
    status = 422 if form.is_bound else 200
    return render(request, "partners/join.html", context, status=status)


def _ask_for_code(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    """A code only to addresses of the city; the answer is the same for all."""
    city: City = typed["city"]
    request.session[_TYPED] = {
        name: str(typed[name]) for name in ("email", "name", "title", "words")
    } | {"city": city.slug}
    if is_of_city(typed["email"], city.pk):
        code = proof.new_code(request.session, typed["email"])
        if code is not None:
            emails.code_mail(typed["email"], code).send()
    else:
        proof.pretend(request.session, typed["email"])
    return redirect("partners:join_code")


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join_code(request: HttpRequest) -> HttpResponse:
    typed = request.session.get(_TYPED)
    if typed is None:
        return redirect("partners:join")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = proof.try_code(request.session, form.cleaned_data["code"])
        if said == "right":
            return _asked(request, typed)
        form.add_error("code", said_of(said))
    context = {"form": form, "email": typed["email"]}
    status = 422 if form.is_bound else 200
    return render(request, "partners/join_code.html", context, status=status)


def _asked(request: HttpRequest, typed: dict[str, str]) -> HttpResponse:
    del request.session[_TYPED]
    if proof.proven(request.session) != typed["email"]:
        return redirect("partners:join")
    city = get_object_or_404(City.objects.visible_to(request.viewer), slug=typed["city"])
    _ask(typed | {"city": city})
    proof.forget(request.session)
    return redirect("partners:join_done")


def _ask(typed: dict[str, Any]) -> None:
    ask_to_join(
        typed["city"],
        email=typed["email"],
        name=typed["name"],
        title=typed["title"],
        words=typed["words"],
    )


@require_http_methods(["GET", "HEAD"])
@route(OPEN)
def join_done(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/join_done.html")


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def join_request(request: HttpRequest, code: str) -> HttpResponse:
    """Read who asks, then give her a seat or say no with a word."""
    viewer = request.viewer
    asked = get_object_or_404(
        JoinRequest.objects.visible_to(viewer).select_related("city", "answered_by"), code=code
    )
    allow(viewer, "answer", asked)
    empty = Seat.objects.visible_to(viewer).filter(
        partnership=running_of(asked.city), person__isnull=True
    )
    approval = ApprovalForm(_sent(request, "approve"), seats=empty)
    refusal = DeclineForm(_sent(request, "decline"))
    form = approval if approval.is_bound else refusal
    if request.method == "POST" and form.is_bound and form.is_valid():
        try:
            _answer(viewer, asked, form)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Answered. A mail tells it."))
            return redirect(address("partners:seats", asked.city))
    context = {
        **frame(request, asked.city),
        "asked": asked,
        "approval": approval,
        "refusal": refusal,
        "is_own": is_of_city(asked.email, asked.city_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "partners/join_request.html", context, status=status)


@transaction.atomic
def _answer(viewer: Any, asked: JoinRequest, form: ApprovalForm | DeclineForm) -> None:
    if isinstance(form, DeclineForm):
        decline_request(asked, by=viewer, reply=form.cleaned_data["reply"])
        return
    seat = form.cleaned_data["seat"]
    if seat is None and not asked.answer:
        seat = create_seat(running_of(asked.city), by=viewer, title=asked.title)
    if seat is not None:
        approve_request(asked, seat=seat, by=viewer)


def _sent(request: HttpRequest, act: str) -> Any:
    return request.POST if request.POST.get("act") == act else None

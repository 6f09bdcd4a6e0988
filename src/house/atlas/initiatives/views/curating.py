"""For who looks after the atlas: what was suggested, what initiatives answered, putting right."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.atlas.initiatives import actions
from house.atlas.initiatives.forms import DecisionForm, EditForm
from house.atlas.initiatives.models import Answer, Ask, Initiative, Suggestion

PAGE = 20


@require_safe
@route("atlas.curate")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits: suggestions, and answers of initiatives that say something has changed."""
    viewer = request.viewer
    waiting = (
        Suggestion.objects.visible_to(viewer).filter(decision="").select_related("initiative__city")
    )
    answers = (
        Ask.objects.visible_to(viewer)
        .filter(answer=Answer.CHANGED, dealt_at=None)
        .select_related("initiative__city")
        .order_by("answered_at")
    )
    decided = (
        Suggestion.objects.visible_to(viewer)
        .exclude(decision="")
        .select_related("initiative")
        .order_by("-decided_at")
    )
    context = {
        "page": Paginator(waiting, PAGE).get_page(request.GET.get("page")),
        "answers": answers[:PAGE],
        "decided": decided[:PAGE],
    }
    return render(request, "initiatives/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.curate")
def suggestion(request: HttpRequest, code: str) -> HttpResponse:
    """Accept it as it is, correct it first, or refuse it with a reason."""
    found = get_object_or_404(
        Suggestion.objects.visible_to(request.viewer).select_related(
            "initiative__city", "initiative__layer", "decided_by"
        ),
        initiative__code=code,
    )
    form = DecisionForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and "accept" in request.POST:
        actions.accept(found, by=request.viewer)
        return redirect("initiatives:desk")
    if request.method == "POST" and form.is_valid():
        actions.refuse(found, form.cleaned_data["reason"], by=request.viewer)
        return redirect("initiatives:desk")
    context = {"found": found, "one": found.initiative, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "initiatives/suggestion.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.curate")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(request, code)
    form = EditForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_edit(Initiative(pk=found.pk), form.said(), by=request.viewer)
        return redirect(_back(request, found))
    context = {"form": form, "one": found, "back": _back(request, found)}
    status = 422 if form.is_bound else 200
    return render(request, "initiatives/edit.html", context, status=status)


def _back(request: HttpRequest, found: Initiative) -> str:
    """To the suggestion that it still is, else to its page."""
    waiting = Suggestion.objects.visible_to(request.viewer).filter(initiative=found, decision="")
    if waiting.exists():
        return reverse("initiatives:suggestion", args=[found.code])
    return found.get_absolute_url()


@require_POST
@route("atlas.curate")
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Hide, show again, take off the map; each can be undone by another of them."""
    found = _found(request, code)
    verbs: dict[str, Any] = {
        "hide": lambda: actions.hide(found, request.POST.get("reason", ""), by=request.viewer),
        "show": lambda: actions.show_again(found, by=request.viewer),
        "gone": lambda: actions.take_gone(found, by=request.viewer),
    }
    if verb := verbs.get(request.POST.get("act", "")):
        verb()
    return redirect(found)


@require_POST
@route("atlas.curate")
def dealt(request: HttpRequest, number: int) -> HttpResponse:
    ask = get_object_or_404(Ask.objects.visible_to(request.viewer), pk=number)
    actions.deal_with(ask, by=request.viewer)
    return redirect("initiatives:desk")


def _found(request: HttpRequest, code: str) -> Initiative:
    return get_object_or_404(Initiative.objects.visible_to(request.viewer).for_cards(), code=code)

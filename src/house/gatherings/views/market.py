"""The topic market: look, suggest, support; and for the office: decide and merge."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import may
from house.access.routes import route
from house.access.viewer import Viewer
from house.gatherings.market import actions, queries
from house.gatherings.market.forms import DecisionForm, MergeForm, TopicForm
from house.gatherings.models import Event, Suggestion, Support, Target
from house.ground.errors import Forbidden, Refused
from house.ground.htmx import render_part
from house.ground.text import clean
from house.partners import rights
from house.vocabulary.models import City, Topic

STATES = tuple(each for each in Suggestion.State if each != Suggestion.State.MERGED)
SORTS = ("cities", "new")


@require_safe
@route("gatherings.read")
def topic_market(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer
    asked = {name: request.GET.get(name, "") for name in ("target", "topic", "state", "sort")}
    found = queries.wanted(viewer, **_known(asked))
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    cities = queries.cities_behind(rows, viewer)
    context = {
        "page": page,
        "rows": [(each, cities[each.pk], _stands(cities[each.pk], viewer)) for each in rows],
        "asked": _known(asked),
        "is_filtered": any(asked[name] for name in ("target", "topic", "state")),
        "targets": Target.choices,
        "states": [(each.value, each.label) for each in STATES],
        "topic": Topic.objects.visible_to(viewer).filter(pk=asked["topic"]).first(),
        "may_suggest": rights.decide(viewer, "topics.suggest").allowed and bool(viewer.city_ids),
        "may_decide": viewer.can("gatherings.run"),
    }
    return render_part(request, "gatherings/market/topic_market.html", context, part="results")


def _known(asked: dict[str, str]) -> dict[str, str]:
    """Only values that mean something: nothing else can be asked or sorted by."""
    known = {"target": Target.values, "state": [each.value for each in STATES], "sort": list(SORTS)}
    return {
        name: value
        for name, value in asked.items()
        if (name == "topic" and value) or value in known.get(name, ())
    }


def _stands(cities: list[City], viewer: Viewer) -> bool:
    return any(city.pk in viewer.city_ids for city in cities)


@require_http_methods(["GET", "HEAD", "POST"])
@route("topics.suggest")
def topic_market_new(request: HttpRequest) -> HttpResponse:
    """What is alike is shown before anything is saved; it is saved when she says it is another thing."""
    viewer: Viewer = request.viewer
    cities = [
        (city.pk, city.label())
        for city in City.objects.visible_to(viewer).filter(pk__in=viewer.city_ids)
    ]
    form = TopicForm(request.POST or None, cities=cities, initial={"target": "seminar"})
    near: list[Suggestion] = []
    if request.method == "POST" and form.is_valid():
        near = [] if "seen" in request.POST else queries.alike(form.said, viewer)
        if not near and (made := _suggested(request, form)):
            messages.success(request, _("Your city stands behind it. Others can join now."))
            return redirect(made)
    context = {"form": form, "alike": near, "behind": queries.cities_behind(near, viewer)}
    status = 422 if form.errors else 200
    return render(request, "gatherings/market/topic_market_new.html", context, status=status)


def _suggested(request: HttpRequest, form: TopicForm) -> Suggestion | None:
    city = form.cleaned_data.get("city", "")
    try:
        return actions.suggest_topic(form.wish(), by=request.viewer, city=city)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        return None


@require_safe
@route("topics.suggest")
def topic_market_alike(request: HttpRequest) -> HttpResponse:
    """While she writes: what others have said, in whatever language."""
    said = " ".join(clean(request.GET.get(name, ""))[:600] for name in ("title", "text"))
    near = queries.alike(said.strip(), request.viewer)
    context = {"alike": near, "asked": bool(said.strip())}
    return render(request, "gatherings/market/_alike.html", context)


@require_safe
@route("gatherings.read")
def topic_market_topic(request: HttpRequest, code: str) -> HttpResponse:
    found = _topic(request, code)
    if found.merged_into is not None:
        messages.info(request, _("This topic was merged into the one that you see."))
        return redirect(found.merged_into)
    viewer: Viewer = request.viewer
    behind = Support.objects.visible_to(viewer).filter(suggestion=found).select_related("city")
    cities = [row.city for row in behind]
    merged = Suggestion.objects.visible_to(viewer).filter(merged_into=found)
    event = Event.objects.visible_to(viewer).filter(pk=found.event_id).first()
    context = {
        "topic": found,
        "behind": behind,
        "stands": _stands(cities, viewer),
        "may_support": may(viewer, "support", found),
        "may_decide": may(viewer, "decide", found),
        "event": event,
        "merged": merged.order_by("made_at"),
        "may_host": queries.to_host(viewer).filter(pk=found.pk).exists() and _may_host(viewer),
        "refusal": rights.decide(viewer, "topics.suggest"),
    }
    return render(request, "gatherings/market/topic_market_topic.html", context)


def _may_host(viewer: Viewer) -> bool:
    return viewer.can("gatherings.host") and bool(viewer.city_ids)


@require_POST
@route("topics.suggest")
def topic_market_support(request: HttpRequest, code: str) -> HttpResponse:
    """Stand behind it for one's city, or no longer."""
    found = _topic(request, code)
    act = (
        actions.withdraw_support if request.POST.get("act") == "withdraw" else actions.support_topic
    )
    try:
        act(found, by=request.viewer, city=request.POST.get("city", "")[:8])
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    else:
        messages.success(
            request,
            _("Your city no longer stands behind it.")
            if act is actions.withdraw_support
            else _("Your city stands behind it. You hear what becomes of it."),
        )
    return redirect(found.merged_into or found)


@require_safe
@route("gatherings.run")
def topic_market_desk(request: HttpRequest) -> HttpResponse:
    """What waits to be decided: the most wanted first, with its age."""
    viewer: Viewer = request.viewer
    page = Paginator(queries.wanted(viewer, state="open"), 30).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    behind = queries.cities_behind(rows, viewer)
    planned = queries.wanted(viewer, state="planned")[:20]
    context = {
        "page": page,
        "rows": [(each, behind[each.pk]) for each in rows],
        "planned": planned,
    }
    return render(request, "gatherings/market/topic_market_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.run")
def topic_market_decide(request: HttpRequest, code: str) -> HttpResponse:
    found = _topic(request, code)
    events: QuerySet[Event] = Event.objects.visible_to(request.viewer).order_by("-starts_at")
    initial: dict[str, Any] = {
        "state": found.state,
        "reason": found.reason,
        "url": found.url,
        "event": found.event,
    }
    form = DecisionForm(request.POST or None, events=events, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_topic(found, form.decision(), by=request.viewer)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Decided. The cities behind it are told."))
            return redirect("gatherings:topic_market_desk")
    behind = Support.objects.visible_to(request.viewer).filter(suggestion=found)
    context = {"topic": found, "form": form, "behind": behind.select_related("city")}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/market/topic_market_decide.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("gatherings.run")
def topic_market_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Into one that says the same; or, with `act=undo`, out of it again."""
    found = _topic(request, code)
    viewer: Viewer = request.viewer
    if request.method == "POST" and request.POST.get("act") == "undo":
        actions.undo_merge(found, by=viewer)
        messages.success(request, _("It stands for itself again."))
        return redirect(found)
    others = Suggestion.objects.visible_to(viewer).filter(state__in=["open", "planned"])
    others = others.exclude(pk=found.pk).order_by("title")
    form = MergeForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            target = actions.merge_topic(found, into=form.cleaned_data["into"], by=viewer)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Merged. Its supporters moved along."))
            return redirect(target)
    near = [each for each in queries.alike(f"{found.title}. {found.text}", viewer) if each != found]
    context = {"topic": found, "form": form, "alike": near}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/market/topic_market_merge.html", context, status=status)


def _topic(request: HttpRequest, code: str) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.viewer)
    return get_object_or_404(rows.select_related("city", "merged_into", "event"), code=code)

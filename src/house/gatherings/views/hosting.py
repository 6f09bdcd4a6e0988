"""Offers to host: the lists, one offer with its talk and tasks, writing one."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.doors import allow, may
from house.access.routes import route
from house.gatherings.access import runs
from house.gatherings.actions import hosting as acts
from house.gatherings.forms.hosting import (
    AcceptForm,
    MessageForm,
    OfferForm,
    ReasonForm,
    TaskForm,
    WithdrawForm,
)
from house.gatherings.market import queries
from house.gatherings.models import (
    HostingMessage,
    HostingOffer,
    HostingTask,
    OfferState,
    Suggestion,
    Target,
)
from house.gatherings.models.hosting import HostedKind
from house.ground.errors import Forbidden, Refused
from house.partners import ledger, rights
from house.people.models import Person
from house.vocabulary.models import City, Topic

HOST, RUN = "gatherings.host", "gatherings.run"


def trail_to(offer: HostingOffer | None = None) -> list[tuple[str, str]]:
    """The way to the lists, or to an offer."""
    way = [
        (reverse("gatherings:event_list"), _("Gatherings")),
        (reverse("gatherings:hosting_list"), _("Hosting")),
    ]
    return [*way, (offer.get_absolute_url(), offer.title)] if offer else way


def offer_or_404(request: HttpRequest, code: str) -> HostingOffer:
    found: HostingOffer = get_object_or_404(
        HostingOffer.objects.visible_to(request.viewer).for_lists(), code=code
    )
    return found


@require_safe
@route(HOST, also=RUN)
def hosting_list(request: HttpRequest) -> HttpResponse:
    """The office sees all, those that wait longest first; a city its own."""
    state = request.GET.get("state", "")
    offers = HostingOffer.objects.visible_to(request.viewer).for_lists()
    if state in OfferState.values:
        offers = offers.filter(state=state)
    elif state != "all" and runs(request.viewer):
        state = "open"
        offers = offers.open()
    offers = offers.order_by("made_at", "pk") if state == "open" else offers
    page = Paginator(offers, 25).get_page(request.GET.get("page"))
    late = _overdue_of(page.object_list, request)
    for offer in page.object_list:
        offer.late = late.get(offer.pk, 0)
    context = {
        "page": page,
        "state": state,
        "states": [("open", _("Waiting")), ("all", _("All")), *OfferState.choices],
        "of_all": runs(request.viewer),
        "trail": trail_to()[:1],
        "may_offer": request.viewer.can(HOST) and bool(request.viewer.city_ids),
    }
    return render(request, "gatherings/hosting/list.html", context)


def _overdue_of(offers: Any, request: HttpRequest) -> dict[int, int]:
    """Offer → how many of its tasks are overdue, in one query."""
    tasks = HostingTask.objects.visible_to(request.viewer).overdue(timezone.localdate())
    late: dict[int, int] = defaultdict(int)
    rows = tasks.filter(offer__in=[each.pk for each in offers], offer__state=OfferState.ACCEPTED)
    for offer in rows.values_list("offer_id", flat=True):
        late[offer] += 1
    return dict(late)


@require_safe
@route(HOST, also=RUN)
def hosting_calendar(request: HttpRequest) -> HttpResponse:
    """Month by month, which city offered which days and what was accepted."""
    today = timezone.localdate()
    offers = (
        HostingOffer.objects.visible_to(request.viewer)
        .for_lists()
        .filter(state__in=[OfferState.WAITING, OfferState.ASKED, OfferState.ACCEPTED])
        .filter(ends_on__gte=today)
        .order_by("starts_on", "pk")
    )
    months: dict[Any, list[tuple[Any, HostingOffer]]] = defaultdict(list)
    for offer in offers:
        day = offer.event.starts_at.astimezone(offer.event.tz).date() if offer.event else None
        begins = day or max(offer.starts_on, today)
        months[begins.replace(day=1)].append((day, offer))
    context = {"months": sorted(months.items()), "trail": trail_to()}
    return render(request, "gatherings/hosting/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(HOST)
def hosting_new(request: HttpRequest) -> HttpResponse:
    """`copy` is the code of an offer to begin with, a year later; `suggestion` that of a topic."""
    cities = _own_cities(request)
    if not cities:
        rights.require(request.viewer, HOST)
        raise Forbidden(
            _("You offer for a city, and sit in none."),
            remedy=_("Somebody with a seat in the city's partnership makes the offer."),
        )
    source = _source(request)
    initial = OfferForm.initial_of(source, years=1) if source else {}
    topics = queries.to_host(request.viewer)
    initial |= _begun_with(topics.filter(code=request.GET.get("suggestion", "")[:12]).first())
    form = OfferForm(request.POST or None, cities=cities, topics=topics, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        code = told.pop("city", cities[0].pk)
        city = next(each for each in cities if each.pk == code)
        try:
            offer = acts.offer_to_host(city, by=request.viewer, copied_from=source, **told)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("The office is told. You can still change your offer."))
            return redirect(offer)
    context = {"form": form, "cities": cities, "source": source, "slots": _slots(cities)}
    context["trail"] = trail_to()
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/hosting/new.html", context, status=status)


def _source(request: HttpRequest) -> HostingOffer | None:
    code = request.GET.get("copy", "")
    return offer_or_404(request, code) if code else None


def _begun_with(topic: Suggestion | None) -> dict[str, str]:
    """An offer that answers a topic of the market begins with its words."""
    if topic is None:
        return {}
    kind = HostedKind.SUMMIT if topic.target == Target.SUMMIT else HostedKind.SEMINAR
    return {"suggestion": topic.code, "title": topic.title, "about": topic.text, "kind": kind}


def _own_cities(request: HttpRequest) -> list[City]:
    found = City.objects.visible_to(request.viewer).filter(pk__in=request.viewer.city_ids)
    return list(found.order_by("name"))


def _slots(cities: list[City]) -> list[tuple[City, int]]:
    """How many hosting slots each city has left in the running period."""
    return [
        (
            city,
            sum(each.left for each in ledger.balances(city) if each.benefit.pk == acts.BENEFIT),
        )
        for city in cities
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@route(HOST)
def hosting_edit(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_or_404(request, code)
    allow(request.viewer, "edit", offer)
    form = OfferForm(
        request.POST or None,
        cities=[offer.city],
        topics=queries.to_host(request.viewer, also=offer.suggestion_id),
        initial=OfferForm.initial_of(offer),
    )
    if request.method == "POST" and form.is_valid():
        acts.edit_offer(offer, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("Your offer is changed, and the office is told."))
        return redirect(offer)
    status = 422 if form.is_bound else 200
    context = {"form": form, "offer": offer, "trail": trail_to(offer)}
    return render(request, "gatherings/hosting/edit.html", context, status=status)


@require_safe
@route(HOST, also=RUN)
def hosting(request: HttpRequest, code: str) -> HttpResponse:
    return page_of(request, offer_or_404(request, code))


def page_of(request: HttpRequest, offer: HostingOffer, **bound: Any) -> HttpResponse:
    """One offer; `bound` are forms that were refused, by name."""
    viewer = request.viewer
    tasks = HostingTask.objects.visible_to(viewer).filter(offer=offer).select_related("owner")
    said = HostingMessage.objects.visible_to(viewer).filter(offer=offer).select_related("author")
    today = timezone.localdate()
    people = people_for(offer, request)
    may_plan = may(viewer, "plan", offer)
    context: dict[str, Any] = {
        "offer": offer,
        "trail": trail_to(),
        "said": said,
        "topic": queries.to_host(viewer, also=offer.suggestion_id)
        .filter(pk=offer.suggestion_id)
        .first(),
        "tasks": [(task, task.is_overdue(today)) for task in tasks],
        "open_tasks": sum(task.done_at is None for task in tasks),
        "may_edit": may(viewer, "edit", offer),
        "may_decide": may(viewer, "decide", offer),
        "may_call_off": may(viewer, "call_off", offer),
        "may_plan": may_plan,
        "may_talk": may(viewer, "talk", offer),
        "may_copy": viewer.can(HOST) and offer.city_id in viewer.city_ids,
        "message_form": MessageForm(),
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
        "more_form": ReasonForm(auto_id="more_%s"),
        "decline_form": ReasonForm(auto_id="decline_%s"),
        "call_off_form": ReasonForm(auto_id="call_off_%s"),
        "accept_form": accept_form(offer, request) if may(viewer, "decide", offer) else None,
        "task_form": TaskForm(people=people, auto_id="task_%s") if may_plan else None,
        **bound,
    }
    return render(request, "gatherings/hosting/offer.html", context, status=422 if bound else 200)


def accept_form(offer: HostingOffer, request: HttpRequest, data: Any = None) -> AcceptForm:
    topics = list(Topic.objects.visible_to(request.viewer))
    initial: dict[str, Any] = {
        "begins": f"{offer.starts_on}T10:00", "ends": f"{offer.starts_on}T12:00",
    }  # fmt: skip
    if offer.suggestion is not None:
        initial["topics"] = [topic.pk for topic in offer.suggestion.topics.all()]
    return AcceptForm(
        data, topics=topics, zone=offer.city.time_zone, initial=initial, auto_id="accept_%s"
    )


def people_for(offer: HostingOffer, request: HttpRequest) -> list[Person]:
    """To whom the viewer may give a task: people of the city; for the office its own too."""
    keys = acts.people_of_city(offer.city_id)
    if runs(request.viewer):
        keys = [*keys, *acts.people_of_office()]
    found = Person.objects.visible_to(request.viewer).filter(pk__in=keys)
    return list(found.order_by("name", "pk"))


def task_or_404(request: HttpRequest, code: str, task: str) -> HostingTask:
    found = (
        HostingTask.objects.visible_to(request.viewer)
        .select_related("offer__city", "owner")
        .filter(offer__code=code, code=task)
        .first()
    )
    if found is None:
        raise Http404
    return found

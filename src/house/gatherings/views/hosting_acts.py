"""What is pressed on the page of an offer. Each leads back to it; a refused form comes back as typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.doors import allow
from house.access.routes import route
from house.gatherings.actions import hosting as acts
from house.gatherings.actions import hosting_tasks as tasks
from house.gatherings.forms.hosting import MessageForm, ReasonForm, TaskForm, WithdrawForm
from house.gatherings.models import HostingOffer
from house.gatherings.views.hosting import (
    HOST,
    RUN,
    accept_form,
    offer_or_404,
    page_of,
    people_for,
    task_or_404,
    trail_to,
)
from house.ground.errors import Forbidden, Refused
from house.vocabulary.models import Topic


@require_POST
@route(HOST, also=RUN)
def hosting_say(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_or_404(request, code)
    form = MessageForm(request.POST)
    return _done(
        request,
        offer,
        "message_form",
        form,
        lambda told: acts.say(offer, told["text"], by=request.viewer),
        said=_("Sent. The other side is told."),
    )


@require_POST
@route(HOST)
def hosting_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_or_404(request, code)
    allow(request.viewer, "withdraw", offer)
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    return _done(
        request,
        offer,
        "withdraw_form",
        form,
        lambda told: acts.withdraw_offer(offer, told["reason"], by=request.viewer),
        said=_("Your offer is withdrawn; the hosting slot is free again."),
    )


@require_POST
@route(RUN)
def hosting_more(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(request, code, "more_form", acts.ask_for_more, _("The city is asked."))


@require_POST
@route(RUN)
def hosting_decline(request: HttpRequest, code: str) -> HttpResponse:
    return _reasoned(
        request, code, "decline_form", acts.decline_offer, _("Declined. The city is told why.")
    )


@require_POST
@route(RUN)
def hosting_call_off(request: HttpRequest, code: str) -> HttpResponse:
    said = _("Called off; the city has its slot back. Cancel the event on its own page.")
    return _reasoned(request, code, "call_off_form", acts.call_off, said)


@require_POST
@route(RUN)
def hosting_accept(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_or_404(request, code)
    form = accept_form(offer, request, request.POST)

    def act(told: dict[str, Any]) -> HostingOffer:
        topics = Topic.objects.visible_to(request.viewer).filter(pk__in=told["topics"])
        return acts.accept_offer_to_host(
            offer,
            told["reason"],
            by=request.viewer,
            starts_at=told["begins"],
            ends_at=told["ends"],
            topics=topics,
        )

    said = _("Accepted. A draft of the event stands, and both sides have their tasks.")
    return _done(request, offer, "accept_form", form, act, said=said)


@require_POST
@route(HOST, also=RUN)
def hosting_task_new(request: HttpRequest, code: str) -> HttpResponse:
    offer = offer_or_404(request, code)
    allow(request.viewer, "plan", offer)
    form = TaskForm(request.POST, people=people_for(offer, request), auto_id="task_%s")
    return _done(
        request,
        offer,
        "task_form",
        form,
        lambda _told: tasks.add_task(offer, by=request.viewer, **form.facts()),
        said=_("The task is there."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route(HOST, also=RUN)
def hosting_task(request: HttpRequest, code: str, task: str) -> HttpResponse:
    """Change one task: its words, its day, whose it is."""
    found = task_or_404(request, code, task)
    allow(request.viewer, "plan", found.offer)
    people = people_for(found.offer, request)
    initial = {name: getattr(found, name) for name in ("title", "side", "due_on", "note")} | {
        "owner": found.owner.code if found.owner else ""
    }
    form = TaskForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            tasks.change_task(found, by=request.viewer, **form.facts())
        except Refused as refused:
            form.add_error("owner", refused.message)
        else:
            messages.success(request, _("The task is changed."))
            return redirect(found.offer)
    context = {"form": form, "task": found, "offer": found.offer}
    context["trail"] = trail_to(found.offer)
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/hosting/task.html", context, status=status)


@require_POST
@route(HOST, also=RUN)
def hosting_task_act(request: HttpRequest, code: str, task: str) -> HttpResponse:
    """Tick, untick or drop a task."""
    found = task_or_404(request, code, task)
    match request.POST.get("act", ""):
        case "done" | "open" as act:
            tasks.finish_task(found, by=request.viewer, done=act == "done")
        case "drop":
            tasks.drop_task(found, by=request.viewer)
            messages.success(request, _("The task is gone."))
    return redirect(f"{found.offer.get_absolute_url()}#tasks")


def _reasoned(
    request: HttpRequest, code: str, name: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    offer = offer_or_404(request, code)
    form = ReasonForm(request.POST, auto_id=f"{name.removesuffix('_form')}_%s")
    return _done(
        request,
        offer,
        name,
        form,
        lambda told: act(offer, told["reason"], by=request.viewer),
        said=said,
    )


def _done(
    request: HttpRequest,
    offer: HostingOffer,
    name: str,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    *,
    said: str,
) -> HttpResponse:  # fmt: skip
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, said)
            return redirect(offer)
    return page_of(request, offer, **{name: form})

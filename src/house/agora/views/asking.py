"""Whom to ask: the asker's list with reasons; and what she who is asked finds: the question and one press."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.agora.actions import routing
from house.agora.forms_routing import DeclineForm, PassOnForm, WillingnessForm
from house.agora.models import Post
from house.agora.models.routing import Invitation, Route, Willingness
from house.agora.routing.facts import Reason
from house.agora.routing.proposing import propose
from house.agora.routing.reasons import to_invited
from house.agora.routing.waiting import unanswered
from house.ground.errors import Forbidden, Refused
from house.people.cards import card_of
from house.people.models import Person
from house.people.sudo import led_to_sign_in
from house.vocabulary.models import Topic


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def post_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Three proposals with reasons. A button takes one off and brings the next; another one invites."""
    viewer = request.viewer
    post = get_object_or_404(Post.objects.visible_to(viewer).select_related("city"), code=code)
    allow(viewer, "edit", post)
    given = request.POST if request.method == "POST" else request.GET
    without = _persons(given.getlist("without"), viewer)
    if "take_off" in given:
        without |= _persons([given["take_off"]], viewer)
    problem = ""
    if request.method == "POST" and "invite" in given:
        try:
            made = routing.invite_peers(
                post, list(_persons(given.getlist("person"), viewer).values()), by=viewer,
                without=without.values(), goes_on="goes_on" in given,
            )  # fmt: skip
        except Forbidden:
            raise
        except Refused as refused:
            problem = f"{refused.message} {refused.remedy}".strip()
        else:
            if made:
                messages.success(request, _("Asked. You hear as soon as somebody answers."))
            return redirect(post)
    return _proposals(request, post, without, problem)


def _persons(codes: Iterable[str], viewer: Any) -> dict[str, int]:
    found = Person.objects.visible_to(viewer).filter(code__in=list(codes)[:50])
    return dict(found.values_list("code", "pk"))


def _proposals(
    request: HttpRequest, post: Post, without: dict[str, int], problem: str
) -> HttpResponse:
    viewer = request.viewer
    asked = Invitation.objects.visible_to(viewer).filter(post=post).select_related("person__city")
    known = {each.person_id for each in asked} | set(without.values())
    road = Route.objects.visible_to(viewer).filter(post=post).first()
    proposals = propose(post, viewer=viewer, exclude=known | set(road.without if road else ()))
    context = {
        "post": post,
        "proposals": proposals,
        "without": without,
        "asked": [(each, card_of(each.person, viewer)) for each in asked],
        "problem": problem,
        "may_ask": post.state == "open" and not post.is_hidden,
        "goes_on": road.goes_on if road else True,
    }
    return render(request, "agora/post_ask.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def invitations(request: HttpRequest) -> HttpResponse:
    """What she is asked, and how often she wants to be."""
    viewer = request.viewer
    mine = Invitation.objects.visible_to(viewer).filter(person=viewer.person_id)
    kept = Willingness.objects.visible_to(viewer).first()
    form = WillingnessForm(request.POST or None, instance=kept or Willingness())
    if request.method == "POST" and form.is_valid():
        routing.set_willingness(by=viewer, **form.cleaned_data)
        messages.success(request, _("Kept. Nobody is told."))
        return redirect("agora:invitations")
    readable = Post.objects.visible_to(viewer).published()
    shown = mine.filter(post__in=readable).select_related("post").order_by("-pk")[:100]
    context = {
        "waiting": [each for each in shown if each.is_open],
        "earlier": [each for each in shown if not each.is_open][:20],
        "form": form,
        "may_answer": viewer.can("agora.write"),
    }
    return render(request, "agora/invitations.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """The question, why it comes to her, and one press: she answers, a colleague does, or not this time."""
    viewer = request.viewer
    found = get_object_or_404(
        Invitation.objects.visible_to(viewer)
        .filter(person=viewer.person_id, post__in=Post.objects.visible_to(viewer))
        .select_related("post__author", "post__city"),
        code=code,
    )
    do = request.POST.get("do", "")
    pass_form = PassOnForm(
        request.POST if do == "pass_on" else None, people=routing.colleagues_of(found, viewer)
    )
    decline_form = DeclineForm(request.POST if do == "decline" else None)
    problem = ""
    if request.method == "POST":
        try:
            if done := _do(request, found, do, pass_form, decline_form):
                return done
        except Forbidden:
            raise
        except Refused as refused:
            problem = f"{refused.message} {refused.remedy}".strip()
    context = {
        "invitation": found,
        "post": found.post,
        "why": _why(found, viewer),
        "pass_form": pass_form,
        "decline_form": decline_form,
        "problem": problem,
    }
    status = 409 if problem else 422 if pass_form.is_bound or decline_form.is_bound else 200
    return render(request, "agora/invitation.html", context, status=status)


def _do(
    request: HttpRequest, found: Invitation, do: str, pass_form: PassOnForm, decline: DeclineForm
) -> HttpResponse | None:
    viewer = request.viewer
    if do == "accept":
        routing.accept_invitation(found, by=viewer)
        return redirect(f"{found.post.get_absolute_url()}#answer-title")
    if do == "decline" and decline.is_valid():
        routing.decline_invitation(found, by=viewer, why=decline.cleaned_data["why"])
        messages.success(request, _("Thank you for saying so. The next one is asked."))
        return redirect("agora:invitations")
    if do == "pass_on" and pass_form.is_valid():
        routing.pass_on(found, pass_form.cleaned_data["colleague"], by=viewer)
        messages.success(request, _("Passed on. Your colleague is told that it comes from you."))
        return redirect("agora:invitations")
    return None


def _why(found: Invitation, viewer: Any) -> list[Any]:
    reasons = [Reason(row["kind"], 0.0, row["facts"]) for row in found.reasons]
    slugs = {slug for reason in reasons for slug in reason.facts.get("topics", ())}
    topics = Topic.objects.visible_to(viewer).filter(pk__in=slugs)
    return list(to_invited(reasons, {topic.pk: topic.label() for topic in topics}))


@require_safe
@route("agora.moderate")
def waiting(request: HttpRequest) -> HttpResponse:
    """What nobody has answered, the longest waiting first, and where it stands."""
    now = timezone.now()
    rows = [(row, (now - row.post.published_at).days) for row in unanswered(request.viewer)]
    return render(request, "agora/waiting.html", {"rows": rows})

"""The page of a thread, and what one press on it does."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from house.access.doors import may
from house.access.routes import OPEN, route
from house.agora import actions, memory
from house.agora.access import moderates
from house.agora.forms import SaidForm
from house.agora.models import Answer, Attachment, Comment, Helped, Post, State
from house.agora.naming import naming_in
from house.agora.queries import follows, page_of_answer, thread_of
from house.agora.routing.asked import asked_about
from house.agora.views import words
from house.agora.views.rescue import led_to_sign_in, rescued
from house.ground.files import attachment
from house.ground.htmx import render_part
from house.ground.text import number_in
from house.partners import rights


def post_or_404(request: HttpRequest, code: str) -> Post:
    """Through the door, with what the page reads."""
    posts = Post.objects.visible_to(request.viewer)
    joined = posts.select_related("author", "city")
    return get_object_or_404(joined.prefetch_related("topics"), code=code)


@require_safe
@route(OPEN)
def post(request: HttpRequest, code: str) -> HttpResponse:
    """The thread, its accepted answer first. A duplicate leads to the thread that it became part of."""
    found = post_or_404(request, code)
    if found.is_draft:
        return redirect("agora:post_edit", code)
    if found.state == State.MERGED and "stay" not in request.GET:
        target = Post.objects.visible_to(request.viewer).filter(pk=found.merged_into_id).first()
        if target is not None:
            return redirect(target)
    return thread_page(request, found)


def thread_page(
    request: HttpRequest, found: Post, *, form: SaidForm | None = None, status: int = 200
) -> HttpResponse:
    viewer = request.viewer
    number = number_in(request.GET.get("page", ""))
    thread = thread_of(
        found, viewer, number=1 if number is None else number,
        since=request.GET.get("from", ""),
    )  # fmt: skip
    decision = rights.decide(viewer, "agora.write")
    context: dict[str, Any] = {
        "thread": thread,
        "post": found,
        "page": thread.page,
        "acts": _acts(found),
        "write": decision,
        "may_answer": decision.allowed and may(viewer, "answer", found),
        "may_accept": decision.allowed and may(viewer, "accept", found),
        "is_own": found.author_id == viewer.person_id,
        "moderates": moderates(viewer),
        "follows": follows(found, viewer) if viewer.person_id else "",
        "remembered": memory.of_thread(found, viewer),
        "asked": asked_about(found, viewer),
    }
    if context["may_answer"]:
        context["form"] = form or _answer_form(request, found)
        context["place"] = f"answer:{found.code}"
    return render_part(request, "agora/post.html", context, part="comments", status=status)


def _acts(found: Post) -> dict[str, str]:
    """Where one comments on, changes and reports what is said in it, each with the thing in the query."""
    names = {"comment": "comment_new", "edit": "said_edit", "report": "report_new"}
    return {act: reverse(f"agora:{name}", args=[found.code]) for act, name in names.items()}


def _answer_form(request: HttpRequest, found: Post) -> SaidForm:
    place = f"answer:{found.code}"
    return SaidForm(
        rescued(request, place),
        initial={**naming_in(found, request.viewer), **words.unsent(place, request.viewer)},
        has_city=bool(request.viewer.city_ids),
    )


@require_safe
@route(OPEN)
def answer(request: HttpRequest, code: str, answer: str) -> HttpResponse:
    """The lasting address of an answer: it leads to the page of the thread where it stands now."""
    found = get_object_or_404(
        Answer.objects.visible_to(request.viewer).select_related("post"), code=answer
    )
    number = page_of_answer(found, request.viewer)
    query = f"?page={number}" if number > 1 else ""
    return redirect(f"{found.post.get_absolute_url()}{query}#{found.anchor}")


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def answer_accept(request: HttpRequest, code: str, answer: str) -> HttpResponse:
    found = post_or_404(request, code)
    said = get_object_or_404(Answer.objects.visible_to(request.viewer), post=found, code=answer)
    if request.POST.get("undo"):
        actions.take_acceptance_back(found, by=request.viewer)
        messages.success(request, _("The question is open again."))
        return redirect(found)
    actions.accept_answer(said, by=request.viewer)
    messages.success(request, _("Accepted. Whoever wrote it is told."))
    return redirect(said)


@require_POST
@route("agora.read", stranger=led_to_sign_in)
def post_follow(request: HttpRequest, code: str) -> HttpResponse:
    found = post_or_404(request, code)
    match request.POST.get("do"):
        case "follow":
            actions.follow_post(found, by=request.viewer)
            messages.success(request, _("You are told of what comes here."))
        case "mute":
            actions.mute_post(found, by=request.viewer)
            messages.success(request, _("You are told nothing more of this."))
        case _:
            actions.unfollow_post(found, by=request.viewer)
            messages.success(request, _("You no longer follow this."))
    return redirect(found)


@require_safe
@route(OPEN)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """A file without its metadata, under a name that tells no more than its author wants."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.viewer).select_related("post", "answer"), code=code
    )
    name = found.shown_name(found.answer or found.post)
    return attachment(
        found.file, name=name, media_type=found.media_type, inline="show" in request.GET
    )


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def file_remove(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(
        Attachment.objects.visible_to(request.viewer).select_related("post"), code=code
    )
    post = found.post
    actions.remove_file(found, by=request.viewer)
    messages.success(request, _("The file is gone."))
    return redirect("agora:post_edit", post.code) if post.is_draft else redirect(post)


def part_or_404(request: HttpRequest, found: Post) -> Post | Answer | Comment | Helped:
    """What of the thread the address is about: `?answer=`, `?comment=`, `?helped=`, else the post."""
    for name, model in (("answer", Answer), ("comment", Comment), ("helped", Helped)):
        if code := request.GET.get(name):
            parts = model.objects.visible_to(request.viewer).select_related(
                "author", "city", "post"
            )
            return get_object_or_404(parts, post=found, code=code)
    if found.is_draft:
        raise Http404
    return found

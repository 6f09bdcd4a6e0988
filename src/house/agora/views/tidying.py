"""Closing, merging, earlier wordings."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.doors import allow
from house.access.routes import OPEN, SIGNED_IN, route
from house.agora import actions
from house.agora.forms import CloseForm, MergeForm
from house.agora.models import Answer, Comment, Helped, Post, Revision
from house.agora.views.rescue import led_to_sign_in
from house.agora.views.thread import part_or_404, post_or_404
from house.ground.differences import Block, blocks, lines_of
from house.ground.errors import Forbidden, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def post_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close it with a word why, or open it again."""
    found = post_or_404(request, code)
    allow(request.viewer, "close", found)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and request.POST.get("open"):
        actions.open_post_again(found, by=request.viewer)
        messages.success(request, _("It takes answers again."))
        return redirect(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_post(found, by=request.viewer, why=form.cleaned_data["why"])
        except Refused as refused:
            form.add_error("why", refused.message)
        else:
            messages.success(request, _("Closed. What was said stays."))
            return redirect(found)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agora/post_close.html", {"post": found, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def post_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Merge what was asked twice, or take a merge back."""
    found = post_or_404(request, code)
    allow(request.viewer, "merge", found)
    if request.method == "POST" and request.POST.get("undo"):
        actions.undo_merge(found, by=request.viewer)
        messages.success(request, _("The two are two again."))
        return redirect(found)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = given["target"].rstrip("/").rsplit("/", 1)[-1]
        target = Post.objects.visible_to(request.viewer).filter(code=wanted).first()
        if target is None:
            form.add_error("target", _("There is no thread at this address that you may read."))
            return _merge_page(request, found, form)
        try:
            actions.merge_post(found, target, by=request.viewer, why=given["why"])
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("target", f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Merged. Its address leads here now."))
            return redirect(target)
    return _merge_page(request, found, form)


def _merge_page(request: HttpRequest, found: Post, form: MergeForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agora/post_merge.html", {"post": found, "form": form}, status=status)


@dataclass(frozen=True, slots=True)
class Step:
    """What one edit changed. `when` is None where the hour would tell something."""

    number: int
    when: object
    title: list[Block]
    body: list[Block]


@require_safe
@route(OPEN)
def post_history(request: HttpRequest, code: str) -> HttpResponse:
    """Each earlier wording beside what it became, as far as its author's naming allows."""
    found = post_or_404(request, code)
    part = part_or_404(request, found)
    if isinstance(part, Helped):
        return redirect(found)
    kept = list(_wordings(part, found, request))
    context = {"post": found, "part": part, "steps": _steps(kept, part)}
    return render(request, "agora/post_history.html", context)


def _wordings(part: Post | Answer | Comment, found: Post, request: HttpRequest) -> object:
    kept = Revision.objects.visible_to(request.viewer).filter(post=found)
    if isinstance(part, Answer):
        return kept.filter(answer=part, comment=None)
    if isinstance(part, Comment):
        return kept.filter(comment=part)
    return kept.filter(answer=None, comment=None)


def _steps(kept: list[Revision], part: Post | Answer | Comment) -> list[Step]:
    """The newest first."""
    titles = [*(each.title for each in kept), getattr(part, "title", "")]
    bodies = [*(each.body for each in kept), part.body]
    made = [
        Step(
            number=each.number,
            when=each.ended_at,
            title=list(blocks(lines_of(titles[at]), lines_of(titles[at + 1]))),
            body=list(blocks(lines_of(bodies[at]), lines_of(bodies[at + 1]))),
        )
        for at, each in enumerate(kept)
    ]
    return made[::-1]

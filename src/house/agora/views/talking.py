"""Answering, commenting, and saying what helped."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.doors import allow
from house.access.routes import route
from house.agora import actions, limits
from house.agora.forms import HelpedForm, SaidForm
from house.agora.models import Answer, Comment, Helped, Post
from house.agora.naming import naming_in
from house.agora.views import words
from house.agora.views.rescue import led_to_sign_in, rescued
from house.agora.views.thread import part_or_404, post_or_404, thread_page
from house.ground.errors import Forbidden, Refused
from house.ground.limits import spend
from house.ground.text import shorten


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def answer_new(request: HttpRequest, code: str) -> HttpResponse:
    found = post_or_404(request, code)
    allow(request.viewer, "answer", found)
    place = f"answer:{code}"
    form = SaidForm(request.POST, request.FILES, has_city=bool(request.viewer.city_ids))
    is_whole = form.is_valid()
    actions.keep_unsent(place, words.typed(request.POST), by=request.viewer)
    if not is_whole:
        return thread_page(request, found, form=form, status=422)
    try:
        spend("agora", str(request.viewer.person_id), limit=limits.PER_HOUR, seconds=3600)
        said = actions.answer(found, form.cleaned_data["body"], by=request.viewer, **form.naming())
        for each in form.cleaned_data["files"]:
            actions.attach_file(said, each, by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        form.show_refusal(refused)
        return thread_page(request, found, form=form, status=422)
    words.sent(request, place)
    messages.success(request, _("Your answer stands in the thread. Whoever asked is told."))
    return redirect(said)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def comment_new(request: HttpRequest, code: str) -> HttpResponse:
    """On the post, or with `?answer=` on an answer."""
    found = post_or_404(request, code)
    allow(request.viewer, "answer", found)
    about = part_or_404(request, found)
    place = f"comment:{about.code}"
    answer = about if isinstance(about, Answer) else None
    data = request.POST if request.method == "POST" else rescued(request, place)
    form = SaidForm(
        data, is_comment=True, has_city=bool(request.viewer.city_ids),
        initial={**naming_in(found, request.viewer), **words.unsent(place, request.viewer)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            spend("agora", str(request.viewer.person_id), limit=limits.PER_HOUR, seconds=3600)
            said = actions.comment(
                found, form.cleaned_data["body"], by=request.viewer, answer=answer, **form.naming()
            )
        except Forbidden:
            raise
        except Refused as refused:
            form.show_refusal(refused)
        else:
            words.sent(request, place)
            return _to_thread(found, said)
    return _said_page(request, found, form, about=about, place=place)


def _to_thread(found: Post, said: Any) -> HttpResponse:
    if said.answer_id:
        return redirect(said.answer)
    return redirect(f"{found.get_absolute_url()}#{said.anchor}")


def _said_page(
    request: HttpRequest, found: Post, form: SaidForm, *, about: Any, place: str
) -> HttpResponse:
    context = {
        "post": found, "form": form, "about": about, "place": place,
        "is_edit": place.startswith("edit:"),
    }  # fmt: skip
    return render(
        request,
        "agora/said_edit.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def said_edit(request: HttpRequest, code: str) -> HttpResponse:
    """One's own answer or comment: `?answer=` or `?comment=`."""
    found = post_or_404(request, code)
    said = part_or_404(request, found)
    if not isinstance(said, Answer | Comment):
        return redirect("agora:post_edit", code)
    allow(request.viewer, "edit", said)
    place = f"edit:{said.code}"
    now = {name: getattr(said, name) for name in ("body", "candour", "described_as")}
    form = SaidForm(
        request.POST if request.method == "POST" else rescued(request, place),
        initial={**now, **words.unsent(place, request.viewer)},
        is_comment=isinstance(said, Comment),
        has_city=bool(request.viewer.city_ids),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_said(said, form.cleaned_data["body"], by=request.viewer, **form.naming())
        except Refused as refused:
            form.show_refusal(refused)
        else:
            words.sent(request, place)
            messages.success(request, _("Changed. The earlier wording stands in its history."))
            return redirect(said) if isinstance(said, Answer) else _to_thread(found, said)
    return _said_page(request, found, form, about=said, place=place)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def helped_new(request: HttpRequest, code: str) -> HttpResponse:
    """What changed in the viewer's city; said again, it changes what was said."""
    found = post_or_404(request, code)
    answers = Answer.objects.visible_to(request.viewer).filter(post=found, is_hidden=False)
    choices = [(each.code, shorten(each.body, 80)) for each in answers.in_order()[:100]]
    own = Helped.objects.visible_to(request.viewer).filter(
        post=found, author_id=request.viewer.person_id
    )
    now = own.select_related("answer").first()
    initial = {"answer": request.GET.get("answer", "")}
    if now is not None:
        initial = {
            "body": now.body, "answer": now.answer.code if now.answer else "",
            "is_named": now.candour == "person",
        }  # fmt: skip
    form = HelpedForm(request.POST or None, answers=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer = get_object_or_404(answers, code=given["answer"]) if given["answer"] else None
        try:
            said = actions.say_it_helped(
                found, given["body"], by=request.viewer, answer=answer, is_named=given["is_named"]
            )
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Thank you. Who helped is told."))
            return redirect(f"{found.get_absolute_url()}#{said.anchor}")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agora/helped_new.html", {"post": found, "form": form}, status=status)

"""Feedback: the form for those who attended, its results for the hosts; and the questions asked there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.gatherings.actions import feedback as acts
from house.gatherings.after.access import attended
from house.gatherings.after.asking import closes_at, is_open, results_of
from house.gatherings.forms.after import AskForm, FeedbackForm, QuestionsForm
from house.gatherings.models import AskedThere, FeedbackGiven, FeedbackQuestion
from house.gatherings.views.after import (
    READ,
    event_or_404,
    own_event_or_404,
    page_of,
    trail_to,
)
from house.ground import tables
from house.ground.errors import Forbidden, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@route(READ)
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    given = FeedbackGiven.objects.visible_to(request.viewer).filter(event=event).exists()
    may_give = attended(request.viewer, event) and is_open(event) and not given
    questions = list(acts.questions_of(event)) if may_give else []
    data = request.POST if request.method == "POST" else None
    form = FeedbackForm(data, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            acts.give_feedback(event, form.cleaned_data, by=request.viewer)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Thank you. Nobody can tell that it was you."))
            return redirect("gatherings:after", slug)
    context = {
        "event": event, "form": form, "trail": trail_to(event), "given": given, "may_give": may_give,
        "closes_at": closes_at(event),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/after/feedback.html", context, status=status)


@require_safe
@route(READ)
def feedback_results(request: HttpRequest, slug: str) -> HttpResponse:
    """For those who look after the event; `?form=csv` or `xlsx` takes them along."""
    event = own_event_or_404(request, slug)
    results = results_of(event, request.viewer)
    form = request.GET.get("form", "")
    if form in tables.FORMS and results.results:
        rows = [row for result in results.results for row in _rows(result)]
        head = [_("Question"), _("Answer"), _("How often")]
        return tables.table_response(form, f"feedback-{event.code}", head, rows)
    context = {"event": event, "results": results, "trail": trail_to(event), "few": 5}
    return render(request, "gatherings/after/feedback_results.html", context)


def _rows(result: Any) -> list[tuple[str, str | int, int]]:
    text = result.question.text
    if result.question.sort == FeedbackQuestion.Sort.SCALE:
        return [(text, value, count) for value, count in result.counts]
    return [(text, said, 1) for said in result.said]


@require_http_methods(["GET", "HEAD", "POST"])
@route(READ)
def feedback_questions(request: HttpRequest, slug: str) -> HttpResponse:
    event = own_event_or_404(request, slug)
    lines = "\n".join(
        f"1-5 {each.text}" if each.sort == FeedbackQuestion.Sort.SCALE else each.text
        for each in acts.questions_of(event)
    )
    form = QuestionsForm(request.POST or None, initial={"lines": lines})
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_questions(event, form.rows(), by=request.viewer)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("lines", refused.message)
        else:
            messages.success(request, _("These questions are asked."))
            return redirect("gatherings:feedback_results", slug)
    context = {"event": event, "form": form, "trail": trail_to(event)}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/after/feedback_questions.html", context, status=status)


# -- Questions asked there ------------------------------------------------------------------------


@require_POST
@route(READ)
def ask_there(request: HttpRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    form = AskForm(request.POST, auto_id="ask_%s")
    if form.is_valid():
        try:
            language = (get_language() or "en").split("-", 1)[0]
            acts.ask_there(event, form.cleaned_data["text"], by=request.viewer, language=language)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("text", refused.message)
        else:
            messages.success(request, _("Your question stands below. Other cities may support it."))
            return redirect(f"{reverse('gatherings:after', args=[slug])}#questions")
    return page_of(request, event, ask_form=form)


@require_POST
@route(READ)
def asked_act(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Support a question, take it to the Agora, mark it answered or take it down."""
    event = event_or_404(request, slug)
    question = get_object_or_404(
        AskedThere.objects.visible_to(request.viewer).filter(event=event), code=code
    )
    question.event = event
    viewer = request.viewer
    match request.POST.get("act", ""):
        case "support" | "unsupport" as act:
            acts.support_question(question, by=viewer, wants=act == "support")
        case "answered" | "unanswered" as act:
            acts.moderate_question(question, by=viewer, answered=act == "answered")
        case "hide" | "unhide" as act:
            acts.moderate_question(question, by=viewer, hidden=act == "hide")
        case "agora":
            return redirect(_agora(acts.take_to_agora(question, by=viewer).code, slug))
    return redirect(f"{reverse('gatherings:after', args=[slug])}#questions")


def _agora(code: str, slug: str) -> str:
    """Where a kept question becomes a post; back to the event where that room is closed."""
    try:
        return f"{reverse('agora:post_new')}?{urlencode({'kept': code})}"
    except NoReverseMatch:
        return f"{reverse('gatherings:after', args=[slug])}#questions"

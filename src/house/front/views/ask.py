from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import OPEN, SIGNED_IN, route
from house.front.answers import attend_next, counter_of, people_of
from house.front.callers import caller
from house.front.forms import QuestionForm
from house.front.invitation import QUESTIONS
from house.ground.htmx import render_part
from house.ground.limits import spend
from house.memory.actions import keep_question
from house.retrieval.answers import answer
from house.retrieval.sources import registered


@require_safe
@route(OPEN)
def ask(request: HttpRequest) -> HttpResponse:
    """A question and what the lexicon can prove about it."""
    form = QuestionForm(request.GET)
    question = form.cleaned_data["q"] if form.is_valid() else ""
    found = None
    if question:
        spend("search", caller(request), limit=settings.SEARCH_RATE)
        found = answer(question, viewer=request.viewer)
    context = {
        "q": question,
        "answer": found,
        "counter": counter_of(found) if found else [],
        "people": people_of(found) if found else [],
        "attend": attend_next(found, request.viewer) if found else [],
        "questions": QUESTIONS,
        "may_keep": request.viewer.can("agora.write"),
    }
    return render_part(request, "front/ask.html", context, part="answer")


@require_POST
@route(SIGNED_IN)
def ask_peers(request: HttpRequest) -> HttpResponse:
    """Keeps a question that the lexicon could not answer, and opens the Agora's form with it."""
    spend("search", caller(request), limit=settings.SEARCH_RATE)
    form = QuestionForm(request.POST)
    question = form.cleaned_data["q"] if form.is_valid() else ""
    found = answer(question, viewer=request.viewer, write=False)
    kinds = {source.model: source.kind for source in registered()}
    nearest = [(kinds[type(near.thing)], near.thing.pk) for near in found.nearest]
    kept = keep_question(question, by=request.viewer, language=found.language, nearest=nearest)
    asked = {"kind": "question", "q": question, "language": kept.language, "kept": kept.code}
    return HttpResponseRedirect(f"{reverse('agora:post_new')}?{urlencode(asked)}")

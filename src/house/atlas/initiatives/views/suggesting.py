"""What people outside say: suggest a place, and answer for one's own. Neither needs an account."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import OPEN, route
from house.atlas.initiatives import actions, asking, taxonomy
from house.atlas.initiatives.forms import AnswerForm, SuggestionForm
from house.atlas.initiatives.models import Answer
from house.ground.errors import Refused
from house.ground.forgery import is_forged
from house.ground.limits import address_of
from house.people.tally import take

HOUR = 3600
BYTES = 128 * 1024  # ten times what the fields hold


class TooLong(Refused):
    code = "too-long"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@csrf_exempt  # judged inside, so that a form that was too old shows again what was typed
@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def suggest(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "initiatives/suggest.html", {"form": SuggestionForm()})
    if _length(request) > BYTES:
        raise TooLong(
            _("That is more than we can take, so it was not received."),
            remedy=_(
                "Your text still stands in the form: go back, shorten it, then send it again."
            ),
        )
    form = SuggestionForm(request.POST)
    if is_forged(request):
        form.add_error(None, _("This page was open too long. Everything is kept: send it again."))
        return _again(request, form, HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return _again(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not take("map-suggest", address_of(request), limit=10, seconds=HOUR):
        form.add_error(
            None,
            _(
                "Many suggestions came from your network within an hour. Everything is kept: try later."
            ),
        )
        return _again(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    actions.suggest(form.said(), by=request.viewer)
    return redirect("initiatives:suggested")


def _again(request: HttpRequest, form: SuggestionForm, status: int) -> HttpResponse:
    return render(request, "initiatives/suggest.html", {"form": form}, status=status)


@require_safe
@route(OPEN)
def suggested(request: HttpRequest) -> HttpResponse:
    return render(request, "initiatives/suggested.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def still_true(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind the link of the yearly letter. Opening it changes nothing: mail scanners open every link."""
    if not take("map-still-true", address_of(request), limit=60, seconds=HOUR):
        return render(request, "initiatives/still_true.html", {"ask": None}, status=429)
    ask = asking.found_by(secret)
    if ask is None:
        return render(request, "initiatives/still_true.html", {"ask": None}, status=404)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.answer(ask, Answer(said["answer"]), said["words"], keeps_contact=not said["forget"])
        return redirect("initiatives:still_true", secret)
    context = {
        "ask": ask,
        "one": ask.initiative,
        "kinds": [taxonomy.label_of(kind) for kind in ask.initiative.kind_list],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    # The address of this page is a secret: other sites do not learn it by the house's own "same-origin".
    # "no-referrer" would take the origin from its form too, and the answer would be refused.
    return render(request, "initiatives/still_true.html", context, status=status)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

"""The way in from outside: what the alliance is, two applications, and where each stands.

No link acts. What an applicant wrote is shown to a browser that has typed a code sent to her address within
the hour; everybody else who knows an application's code learns one word, its stage.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.front import offers
from house.front.errors import error_page
from house.front.forms_joining import CityForm, JoiningForm, PersonForm
from house.front.stages import steps_of, words_of
from house.ground.errors import Refused, TooMany
from house.ground.forgery import is_forged
from house.ground.limits import address_of
from house.ground.text import clean
from house.partners import letters
from house.partners.actions import applications
from house.partners.models import Application, ApplicationEvent
from house.people import proof
from house.people.tally import take
from house.vocabulary.models import City

# every row in this file: an applicant has no viewer; the code typed from her mail is what lets her in

HOUR = 3600
BYTES = 128 * 1024  # ten times what the fields hold
_FORMS = {"city": CityForm, "person": PersonForm}


@require_safe
@route(OPEN)
def join(request: HttpRequest) -> HttpResponse:
    """With the `code` of an application, typed by hand, it leads to where that stands."""
    context: dict[str, Any] = {"offers": offers.offers()}
    if typed := request.GET.get("code", "")[:20]:
        code = "".join(sign for sign in typed.lower() if sign.isalnum())[:12]
        if _look_up(request, code):
            return redirect("front:join_status", code)
        context |= {"typed": clean(typed), "is_unknown": True}
    return render(request, "front/join.html", context, status=422 if typed else 200)


@csrf_exempt  # judged inside, so that a form that was too old shows again what was typed
@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join_city(request: HttpRequest) -> HttpResponse:
    return _apply(request, "city")


@csrf_exempt  # judged inside, so that a form that was too old shows again what was typed
@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join_person(request: HttpRequest) -> HttpResponse:
    return _apply(request, "person")


def _apply(request: HttpRequest, kind: str) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, kind, _FORMS[kind](initial=_draft(request, kind)))
    if _length(request) > BYTES:
        return error_page(
            request,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _("That is more than we can take"),
            _("The form holds a few pages of text; this was far longer, so it was not received."),
            kept=_("Your text still stands in the form: go back, shorten it, then send it again."),
        )
    form = _FORMS[kind](request.POST)
    if is_forged(request):
        form.add_error(None, _("This page was open too long. Everything is kept: send it again."))
        return _form_page(request, kind, form, status=403)
    if not form.is_valid():
        _keep_draft(request, kind, form)
        return _form_page(request, kind, form, status=422)
    if not take("join-from", address_of(request), limit=10, seconds=HOUR):
        _keep_draft(request, kind, form)
        form.add_error(
            None,
            _(
                "Many applications came from your network within an hour. Everything is kept: try later."
            ),
        )
        return _form_page(request, kind, form, status=429)
    application = form.save()
    request.session.pop(f"join_{kind}", None)
    try:
        _send_code(request, application)
    except Refused as problem:
        request.session["join_trouble"] = f"{problem.message} {problem.remedy}".strip()
    return redirect("front:join_code", application.code)


def _form_page(
    request: HttpRequest, kind: str, form: JoiningForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "cities": City.objects.visible_to(VISITOR).real(),
        "offers": offers.offers() if kind == "city" else [],
    }
    return render(request, f"front/join_{kind}.html", context, status=status)


@require_safe
@route(OPEN)
def join_status(request: HttpRequest, code: str) -> HttpResponse:
    """One word to everybody who knows the code; the rest to whom has typed the code from the mail."""
    application = _found(request, code)
    context: dict[str, Any] = {
        "code": application.code,
        "is_counted": application.proven_at is not None,
        "stage": words_of(application),
        "steps": steps_of(application),
    }
    if _is_hers(request, application):
        events = ApplicationEvent.objects.filter(application=application)
        context |= {
            "application": application,
            "topics": application.topics.all(),
            "mails": events.filter(act__in=("mail", "applicant")),
            "may_withdraw": not application.is_closed and application.partnership_id is None,
        }
    return render(request, "front/join_status.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a code, and type it. The mail goes to the address of the application and to no other."""
    application = _found(request, code)
    if _is_hers(request, application) and application.proven_at:
        return redirect("front:join_status", code)
    problem = request.session.pop("join_trouble", "") if request.method == "GET" else ""
    status = 200
    if request.method == "POST":
        try:
            if "send" in request.POST:
                _send_code(request, application)
                return redirect("front:join_code", code)
            problem = _type_code(request, application)
            if not problem:
                return redirect("front:join_status", code)
        except Refused as refused:
            problem = f"{refused.message} {refused.remedy}".strip()
        status = 422
    context = {
        "code": application.code,
        "is_sent": proof.waits_for(request.session) == application.email,
        "is_counted": application.proven_at is not None,
        "problem": problem,
    }
    return render(request, "front/join_code.html", context, status=status)


@require_POST
@route(OPEN)
def join_words(request: HttpRequest, code: str) -> HttpResponse:
    """Something the applicant adds."""
    application = _found(request, code)
    text = clean(request.POST.get("words", "")).strip()[:3000]
    if not _is_hers(request, application):
        request.session["join_trouble"] = _("Prove your address again first; then write once more.")
        return redirect("front:join_code", code)
    if text and take("join-words", application.code, limit=10, seconds=HOUR):
        applications.add_words(application, text)
    return redirect("front:join_status", code)


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def join_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    application = _found(request, code)
    if not _is_hers(request, application):
        return redirect("front:join_code", code)
    if application.is_closed or application.partnership_id:
        return redirect("front:join_status", code)
    if request.method != "POST":
        return render(request, "front/join_withdraw.html", {"application": application})
    forget = request.POST.get("forget") == "yes"
    applications.withdraw(application, forget=forget)
    if forget:
        return render(request, "front/join_gone.html")
    return redirect("front:join_status", code)


def _found(request: HttpRequest, code: str) -> Application:
    found = _look_up(request, code)
    return found or get_object_or_404(Application.objects.none())


def _look_up(request: HttpRequest, code: str) -> Application | None:
    """Codes that do not exist are counted, so that nobody tries them by the thousand."""
    found = Application.objects.filter(code=code).select_related("city").first()
    if found is None and not take("join-look", address_of(request), limit=60, seconds=HOUR):
        raise TooMany(_("Too many codes that do not exist were tried."), retry_after=HOUR)
    return found


def _is_hers(request: HttpRequest, application: Application) -> bool:
    return bool(application.email) and proof.proven(request.session) == application.email


def _send_code(request: HttpRequest, application: Application) -> None:
    if not take("join-code-from", address_of(request), limit=20, seconds=HOUR):
        raise Refused(_("Too many codes were asked for from your network. Please try again later."))
    typed = proof.new_code(request.session, application.email)
    if typed is None:
        raise Refused(_("Too many codes were sent to this address. Please try again in a while."))
    letters.send_code(application, typed)


def _type_code(request: HttpRequest, application: Application) -> str:
    """Empty when the code was right; then the application counts."""
    if proof.waits_for(request.session) != application.email:
        return _("No code waits for this browser: it is too old, or you asked in another one.")
    match proof.try_code(request.session, request.POST.get("typed", "")[:40]):
        case "right":
            applications.count_in(application)
            return ""
        case "wrong":
            return _("This is not the code that we sent. Look at the newest mail.")
        case "spent":
            return _(
                "That was tried too often. Ask for a new code; nothing that you wrote is lost."
            )
        case _:
            return _("This code is used or too old. Ask for a new one; nothing is lost.")


def _draft(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What this browser sent last and the form refused."""
    kept = request.session.get(f"join_{kind}", {}) if request.session.session_key else {}
    many = {"topics", "languages"}
    return {name: values if name in many else values[-1] for name, values in kept.items() if values}


def _keep_draft(request: HttpRequest, kind: str, form: JoiningForm) -> None:
    skipped = {"csrfmiddlewaretoken", "opened", "website"}
    draft = {
        name: values for name, values in form.data.lists() if name in form.fields.keys() - skipped
    }
    if sum(len(value) for values in draft.values() for value in values) < BYTES // 4:
        request.session[f"join_{kind}"] = draft


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

"""Voices about the alliance, for everybody; and their keeping, for whoever curates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import OPEN, route
from house.ground.errors import Forbidden, Refused
from house.showcase import actions, queries
from house.showcase.forms import QuotationForm
from house.showcase.models import Quotation

CURATE = "showcase.curate"


@require_safe
@route(OPEN)
def voices(request: HttpRequest) -> HttpResponse:
    context = {
        "voices": queries.voices(request.viewer),
        "may_curate": request.viewer.can(CURATE),
    }
    return render(request, "showcase/voices.html", context)


@require_safe
@route(CURATE)
def voice_list(request: HttpRequest) -> HttpResponse:
    """Every voice with its record of consent."""
    kept = Quotation.objects.visible_to(request.viewer).for_page()
    return render(request, "showcase/voice_list.html", {"voices": kept})


@require_http_methods(["GET", "HEAD", "POST"])
@route(CURATE)
def voice_new(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@route(CURATE)
def voice_edit(request: HttpRequest, code: str) -> HttpResponse:
    return _form_page(request, _found(request, code))


def _found(request: HttpRequest, code: str) -> Quotation:
    return get_object_or_404(Quotation.objects.visible_to(request.viewer), code=code)


def _form_page(request: HttpRequest, kept: Quotation | None) -> HttpResponse:
    form = QuotationForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.save_quotation(form.save(commit=False), by=request.viewer)
        messages.success(request, _("Kept. It is shown once you let it out."))
        return redirect("showcase:voice_list")
    context = {"form": form, "voice": kept}
    return render(request, "showcase/voice_edit.html", context, status=422 if form.errors else 200)


@require_POST
@route(CURATE)
def voice_act(request: HttpRequest, code: str) -> HttpResponse:
    """Let it out, take it in, or note that consent was taken back."""
    kept = _found(request, code)
    acts = {"show": actions.let_out, "hide": actions.take_in, "withdraw": actions.withdraw_consent}
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is not None:
            act(kept, by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    return redirect("showcase:voice_list")

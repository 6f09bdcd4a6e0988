"""Is it still true? The page behind the mail: three answers, one button, for whoever may answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.alex import actions
from house.alex.forms import AnswerForm
from house.alex.models import FreshnessAsk
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import led_to_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_freshness(request: HttpRequest, slug: str) -> HttpResponse:
    """Opening the page changes nothing, signed in or not; only the button does."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "answer", entry)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = form.cleaned_data["answer"]
        actions.answer_freshness(entry, answer, by=request.viewer)
        if answer == FreshnessAsk.Answer.CHANGED:
            messages.success(request, _("Thank you. Say here what has changed."))
            return redirect("alex:entry_edit", slug)
        messages.success(request, _("Thank you. Readers see your answer with the entry."))
        return redirect(entry)
    context = {"entry": entry, "form": form}
    return render(
        request, "alex/entry_freshness.html", context, status=422 if form.is_bound else 200
    )

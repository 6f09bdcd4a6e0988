"""Offering a thread to ALEX: what would go where, in whose words, before anybody is asked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from house.access.routes import route
from house.agora import memory
from house.agora.actions import remembering
from house.agora.models import Post
from house.ground.errors import Forbidden, Refused
from house.memory.offers import label_of
from house.people.sudo import led_to_sign_in


class RememberForm(forms.Form):
    template = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        widget=forms.RadioSelect,
        choices=[
            ("case_study", gettext_lazy("What a city tried, and what came of it")),
            ("policy", gettext_lazy("A rule, plan or programme")),
            ("technology", gettext_lazy("A platform, tool or standard")),
            ("research", gettext_lazy("A study or report")),
        ],
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        required=False,
        choices=[
            ("", gettext_lazy("Not stated")),
            ("worked", gettext_lazy("It worked")),
            ("mixed", gettext_lazy("Mixed")),
            ("failed", gettext_lazy("It failed")),
            ("too_early", gettext_lazy("Too early to say")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.read", stranger=led_to_sign_in)
def remember(request: HttpRequest, code: str) -> HttpResponse:
    viewer = request.viewer
    post = get_object_or_404(
        Post.objects.visible_to(viewer).select_related("accepted", "city", "author"), code=code
    )
    if not memory.offers(viewer, post):
        raise Forbidden(
            _("Who asked, a moderator or a curator offers it to ALEX."),
            remedy=_("Write a comment: somebody of them reads it."),
        )
    guessed = memory.offered_from(post)
    form = RememberForm(
        request.POST or None,
        initial={"template": guessed.template, "outcome": guessed.content["outcome"]},
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            remembering.offer_post(post, by=viewer, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            problem = f"{refused.message} {refused.remedy}".strip()
        else:
            messages.success(
                request,
                _("Offered. Everybody whose words it uses is asked; then curators read it."),
            )
            return redirect(post)
    parts = [(label_of(guessed.template, span.field), span.text) for span in guessed.spans]
    context = {
        "post": post, "form": form, "parts": parts, "problem": problem,
        "remembered": memory.of_thread(post, viewer),
    }  # fmt: skip
    status = 409 if problem else 422 if form.is_bound else 200
    return render(request, "agora/remember.html", context, status=status)

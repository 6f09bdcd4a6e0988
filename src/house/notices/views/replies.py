"""Answers by mail that wait for their sender: all that came, and a button."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import SIGNED_IN, route
from house.ground.errors import Refused
from house.notices import replying
from house.notices.intake import calendar_answers
from house.notices.models import CalendarInvitation, HeldReply


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=gettext_lazy(
            "What the house took for your own words. Take out what is not, put in what is missing."
        ),
    )


@require_safe
@route(SIGNED_IN)
def replies(request: HttpRequest) -> HttpResponse:
    waiting = HeldReply.objects.visible_to(request.viewer).filter(done_at=None)
    return render(request, "notices/replies.html", {"replies": waiting.defer("original")})


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def reply(request: HttpRequest, code: str) -> HttpResponse:
    held = get_object_or_404(HeldReply.objects.visible_to(request.viewer), code=code)
    if held.done_at is not None:
        return redirect(held.posted or "notices:replies")
    posted = request.POST if request.method == "POST" and not held.calendar else None
    form = ReplyForm(posted, initial={"text": held.text})
    if request.method == "POST":
        try:
            if held.calendar:
                return _confirm(request, held)
            if form.is_valid():
                path = replying.post_held(held, text=form.cleaned_data["text"], by=request.viewer)
                messages.success(request, _("Your answer is posted."))
                return redirect(path)
        except Refused as refusal:
            form.add_error(
                None, " ".join(filter(None, (refusal.message, refusal.remedy)))
            ) if posted else (messages.error(request, refusal.message))
    invitation = (
        CalendarInvitation.objects.visible_to(request.viewer)
        .filter(uid=held.calendar.get("uid", ""))
        .first()
    )
    context = {
        "held": held, "form": form, "can_be_posted": replying.can_be_posted(held), "invitation": invitation,
        "answer": _ANSWERS.get(held.calendar.get("answer", ""), ""),
    }  # fmt: skip
    status = 422 if form.is_bound or request.method == "POST" else 200
    return render(request, "notices/reply.html", context, status=status)


_ANSWERS = {
    "ACCEPTED": gettext_lazy("I come"),
    "DECLINED": gettext_lazy("I don't come"),
    "TENTATIVE": gettext_lazy("Perhaps"),
}


def _confirm(request: HttpRequest, held: HeldReply) -> HttpResponse:
    if replying.confirm_answer(held, by=request.viewer) in calendar_answers.NOT_APPLIED:
        messages.warning(
            request,
            _(
                "This answer changes nothing any more: the time for it is over, or a later one is known."
            ),
        )
    else:
        messages.success(request, _("Your answer to the invitation counts."))
    return redirect("calendars:calendar")


@require_POST
@route(SIGNED_IN)
def reply_discard(request: HttpRequest, code: str) -> HttpResponse:
    held = get_object_or_404(HeldReply.objects.visible_to(request.viewer), code=code)
    replying.discard_held(held, by=request.viewer)
    messages.success(request, _("The mail is thrown away. Nothing of it is kept."))
    return redirect("notices:replies")

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import SIGNED_IN, route
from house.notices import choosing, digests, followed, following
from house.notices.forms import FollowForm, KindsForm, RhythmForm
from house.notices.models import Pace
from house.notices.rhythms import rhythm_of


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def settings(request: HttpRequest) -> HttpResponse:
    """When and what the house writes to her. Posting here changes the rhythm."""
    form = RhythmForm(request.POST or None, instance=rhythm_of(request.user))
    if request.method == "POST" and form.is_valid():
        choosing.change_rhythm(form.instance)
        messages.success(request, _("Saved. The house keeps to this from now on."))
        return redirect("notices:settings")
    return _show(request, rhythm=form)


@require_POST
@route(SIGNED_IN)
def kinds(request: HttpRequest) -> HttpResponse:
    form = KindsForm(request.POST, chosen={})
    if not form.is_valid():
        return _show(request, kinds=form)
    choosing.choose(form.cleaned_data, by=request.viewer)
    messages.success(request, _("Saved. The house keeps to this from now on."))
    return redirect("notices:settings")


@require_POST
@route(SIGNED_IN)
def add(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    if form.is_valid():
        try:
            for target in form.targets():
                following.follow(target, by=request.viewer)
        except following.NotFollowed as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        else:
            messages.success(request, _("You are told when something of this happens."))
            return redirect("notices:settings")
    return _show(request, more=form)


@require_safe
@route(SIGNED_IN)
def next_digest(request: HttpRequest) -> HttpResponse:
    """What her next digest would hold, if it went out now."""
    digest, rhythm = digests.next_for(request.viewer), rhythm_of(request.user)
    context = {
        "digest": digest,
        "subject": digests.subject_of(digest) if digest else "",
        "rhythm": rhythm,
        "is_digest": rhythm.pace in {Pace.DAILY, Pace.WEEKLY},
        "zone": request.user.time_zone,
    }
    return render(request, "notices/next_digest.html", context)


def _show(
    request: HttpRequest,
    *,
    rhythm: RhythmForm | None = None,
    kinds: KindsForm | None = None,
    more: FollowForm | None = None,
) -> HttpResponse:
    viewer = request.viewer
    wrong = next((form for form in (rhythm, kinds, more) if form and form.errors), None)
    mine = rhythm or RhythmForm(instance=rhythm_of(request.user))
    context = {
        "rhythm": mine,
        "kinds": kinds or KindsForm(chosen=choosing.chosen_by(viewer)),
        "more": more or FollowForm(initial={"search": request.GET.get("search", "")[:150]}),
        "wrong": wrong,
        "followed": followed.of(viewer),
        "sorts": {
            "topic": _("Topics"),
            "city": _("Cities"),
            "kind": _("Everything of a kind"),
            "search": _("Saved searches"),
            "thread": _("Threads"),
        },
        "zone": request.user.time_zone,
        "next_digest_at": mine.instance.next_digest_at,
    }
    return render(request, "notices/settings.html", context, status=422 if wrong else 200)

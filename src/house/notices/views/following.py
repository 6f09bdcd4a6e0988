from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from house.access.routes import SIGNED_IN, route
from house.notices import following

_ACTS = {"follow": following.follow, "unfollow": following.unfollow, "mute": following.mute}


@require_POST
@route(SIGNED_IN)
def follow(request: HttpRequest) -> HttpResponse:
    """The three buttons of `notices/_follow.html`. Back to where they stood; for htmx the buttons alone."""
    act, target = request.POST.get("act", ""), request.POST.get("target", "")
    try:
        _ACTS.get(act, following.follow)(target, by=request.viewer)
    except following.NotFollowed as problem:
        messages.error(request, problem.message)
        return redirect(_back(request))
    if request.htmx:
        context = {
            "target": target,
            "following": following.state_of(target, request.viewer),
            "next": _back(request),
        }
        return render(request, "notices/_follow.html", context)
    said = {
        "follow": _("You are told when something happens here."),
        "unfollow": _("You don't follow this any more."),
        "mute": _("Muted: nothing of this is told to you."),
    }
    messages.success(request, said.get(act, said["follow"]))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return "/notices/settings/"

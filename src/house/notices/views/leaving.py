"""Where the links "no more of these" lead.

Looking changes nothing. A mail program's one-click (RFC 8058) is a POST of exactly
`List-Unsubscribe=One-Click` and acts; a person chooses on the page and presses a button, which
takes this browser's own token. A scanner that opens the link and submits the form as it stands has
chosen nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from house.access.routes import OPEN, route
from house.ground.limits import address_of, spend
from house.notices import leaving as lists
from house.notices.leaving import Leaving

_ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@route(OPEN)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    spend("leave", address_of(request), limit=120)
    found = lists.of_token(token)
    if found is None:
        return render(request, "notices/leave.html", {"is_unknown": True}, status=404)
    if request.method == "POST" and dict(request.POST.lists()) == _ONE_CLICK:
        lists.leave(found)
        return HttpResponse("ok\n", content_type="text/plain")
    return _page(request, found)


@csrf_protect
def _page(request: HttpRequest, found: Leaving) -> HttpResponse:
    context = {"leaving": found, "address": _veiled(found.person.email)}
    if request.method != "POST":
        return render(request, "notices/leave.html", context)
    chosen = {"this": found.what, "all": lists.EVERYTHING}.get(request.POST.get("what", ""))
    if chosen is None:
        context["problem"] = _("Please choose what shall stop. Nothing was changed.")
        return render(request, "notices/leave.html", context, status=422)
    left = Leaving(found.person, chosen)
    lists.leave(left)
    return render(request, "notices/leave.html", {**context, "left": left})


def _veiled(address: str) -> str:
    """Enough for its owner: the link may have been forwarded."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"

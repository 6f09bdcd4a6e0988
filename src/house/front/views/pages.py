"""Pages that ask nothing of the index: the front page, the pattern book, the colour switch."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import OPEN, route
from house.front.context import THEMES
from house.front.samples import pattern_samples

# Behind a sign-in, without end, or about one person: nothing of it is for a search engine.
UNSEARCHED = (
    "/accounts/", "/api/", "/calendar/", "/groups/", "/magazine/desk/", "/mailbox/", "/meetings/", "/memory/",
    "/notices/", "/office/", "/partnership/", "/people/", "/radar/desk/", "/radar/sources/", "/search/",
    "/showcase/me/", "/showcase/mine/", "/showcase/new/", "/theme/", "/welcome/",
)  # fmt: skip


@require_safe
@route(OPEN)
def pattern_book(request: HttpRequest) -> HttpResponse:
    return render(request, "front/pattern_book.html", pattern_samples())


@require_safe
@route(OPEN)
def favicon(request: HttpRequest) -> HttpResponseBase:
    """For browsers that ask before they have read a page."""
    return HttpResponseRedirect(static("front/mark.svg"))


@require_safe
@route(OPEN)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may look at: what is public, listed in the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in UNSEARCHED), ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# Anyone may change the colours of a page, so this needs no token, and pages of visitors no cookie.
@csrf_exempt
@require_POST
@route(OPEN)
def theme(request: HttpRequest) -> HttpResponseBase:
    """Keeps the chosen colours in a cookie and goes back to where the reader was."""
    chosen = request.POST.get("theme", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target, status=HTTPStatus.SEE_OTHER)
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import OPEN, route
from house.ground.mailbox import mails
from house.people.signin import person_of_link


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def signin_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page does nothing; pressing its button signs in, with this browser's own CSRF token."""
    opened = person_of_link(token)
    if opened is None:
        return render(request, "people/signin_link.html", {"person": None}, status=410)
    if request.method == "POST":
        login(request, opened, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("front:home")
    return render(request, "people/signin_link.html", {"person": opened})


@require_safe
@route(OPEN)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, to everybody; a real house has no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "people/mailbox.html", {"mails": mails(limit=30)})

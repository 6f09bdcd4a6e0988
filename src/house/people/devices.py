"""Which browser somebody uses: told in words, and known again by a cookie that names nobody."""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from house.people.models import Person, SignIn

# every row in this file: asked while a person signs in, about herself

COOKIE = "__Host-browser" if settings.SECURE else "browser"
_DAYS = 400
# The first that is found counts: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest) -> str:
    return in_words(request.headers.get("User-Agent", ""))


def in_words(user_agent: str) -> str:
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A device that does not say what it is")


def browser_of(request: HttpRequest, person: Person) -> str:
    """The name of this browser for this person; empty if the house gave it none.

    A digest for each person, so that the records don't tell who shares a machine.
    """
    named = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(f"{person.pk}:{named}".encode()).hexdigest() if named else ""


def is_known(request: HttpRequest, person: Person) -> bool:
    browser = browser_of(request, person)
    return bool(browser) and SignIn.objects.filter(person=person, browser=browser).exists()


def name_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Give this browser a name to be known by, or lengthen the life of the one it has."""
    named = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)
    request.COOKIES[COOKIE] = named
    response.set_cookie(
        COOKIE,
        named,
        max_age=_DAYS * 24 * 3600,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )

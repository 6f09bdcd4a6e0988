"""In which language the shell speaks. Its still pages have an address in each language; all else is English.

`/de/join/` is the German page, for good; `/join/` speaks what the reader's browser asks for. A page whose
words are not translated stays English as a whole: no screen reader is told a language that is not there.
"""

import re
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from house.ground.middleware import GetResponse

# The still pages, by path. Signing in speaks as the browser asks, at its one address.
SHELL = frozenset({"/", "/mission/", "/join/", "/levels/", "/cities/"})
SIGNING_IN = "/accounts/sign-in/"
_IN = re.compile(r"/([a-z]{2})(/.*)")
_prefix: ContextVar[str] = ContextVar("prefix", default="")


def pinned(path: str) -> tuple[str, str]:
    """The language that an address names and the path of the page; no language where it names none."""
    found = _IN.fullmatch(path)
    if found and found[1] in dict(settings.LANGUAGES) and found[2] in SHELL:
        return found[1], found[2]
    return "", path


def language_of(request: HttpRequest) -> str:
    language, path = pinned(request.path)
    # A visitor whose form keeps a word has a session too, and goes on reading in her language.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_known = has_session and SESSION_KEY in request.session
    if language:
        return "en" if path == "/" and is_known else language  # behind it stands her own desk
    if request.path.startswith(SIGNING_IN) or (request.path in SHELL and not is_known):
        return asked_for(request.headers.get("Accept-Language", ""))
    return "en"


def asked_for(header: str) -> str:
    """The first language that a browser wants and the shell speaks."""
    known = dict(settings.LANGUAGES)
    for wanted, _weight in translation.trans_real.parse_accept_lang_header(header):
        if (short := wanted.partition("-")[0]) in known:
            return str(short)
    return "en"


def in_language(path: str) -> str:
    """The same page in the language whose addresses the reader is walking."""
    return f"{_prefix.get()}{path}" if path in SHELL else path


def alternates(path: str) -> list[tuple[str, str]]:
    """(language, path) of a still page, each with its own address; empty for every other page."""
    _language, plain = pinned(path)
    return (
        [(code, f"/{code}{plain}") for code, _name in settings.LANGUAGES] if plain in SHELL else []
    )


def spoken(get_response: GetResponse) -> GetResponse:
    """Lets a request be answered in its language, and forgets it afterwards."""

    def respond(request: HttpRequest) -> HttpResponse:
        language, path = pinned(request.path)
        if language:
            request.path_info = path
        token = _prefix.set(f"/{language}" if language else "")
        try:
            with translation.override(language_of(request)):
                request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
                response = get_response(request)
                response.headers.setdefault("Content-Language", str(translation.get_language()))
        finally:
            _prefix.reset(token)
        if not language and (path in SHELL or path.startswith(SIGNING_IN)):
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return respond

"""The one way into Wagtail: which of its addresses answer at all, to whom, and under which policy.

What is not named here looks absent, whatever a new version of Wagtail brings: pages, sites, users,
groups, collections, documents, redirects, reports, its API, its sign-in and its passwords.
"""

import base64
import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver

from house.access.routes import route

# Names of Wagtail's routes that answer; a name that ends on `*` stands for all that begin so.
ANSWER = (
    "wagtailadmin_home",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:*",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_block_preview",
    "wagtailadmin_workflows:task_index",
    "wagtailsnippets:index",
    "wagtailsnippets_magazine_article:*",
    "wagtailsnippets_magazine_issue:*",
    "wagtailimages:index*",
    "wagtailimages:edit",
    "wagtailimages:add",
    "wagtailimages:image_usage",
    "wagtailimages_chooser:*",
    "magazine_going_out",
)
# Its parts never answer: copying and wholesale acts skip what saving checks.
NEVER = ("copy", "delete-multiple", "convert-alias", "chosen_multiple")

# As narrow as Wagtail's screens allow: they set `style` from scripts and build HTML from strings.
POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'none'"],
}
PREVIEW = {**POLICY, "frame-ancestors": ["'self'"]}
View = Callable[..., HttpResponse]
# What Wagtail's views make of something typed into an address that is no number, too large a one, or no name.
_NONSENSE = (ValueError, OverflowError, NoReverseMatch, ValidationError, DataError)
log = logging.getLogger(__name__)
_INLINE = re.compile(r"<script>([^<]{1,2000})</script>")
_CALL = re.compile(
    r'(?:new ImageChooser|initDateChooser|initDateTimeChooser)\("id_[a-z_-]+", (?P<told>\{.*\})\);'
)


def answers(name: str) -> bool:
    if name.rpartition(":")[2] in NEVER:
        return False
    return any(
        name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in ANSWER
    )


def guarded(
    patterns: Iterable[URLPattern | URLResolver], space: str = ""
) -> list[URLPattern | URLResolver]:
    """The same routes, each behind the door or absent."""
    made = list(patterns)
    for pattern in made:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            guarded(pattern.url_patterns, inner)
        else:
            name = f"{space}{pattern.name or ''}"
            pattern.callback = _behind(pattern.callback, name)
    return made


def _behind(view: View, name: str) -> View:
    if name == "wagtailadmin_choose_page":  # the first step of a link: there are no pages to choose
        from wagtail.admin.views.chooser import ExternalLinkView  # noqa: PLC0415 -- app ready

        view = ExternalLinkView.as_view()
    elif not answers(name):
        view = absent
    is_preview = "preview" in name.rpartition(":")[2] or name.endswith("revisions_view")

    @wraps(view, updated=())
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: Any = view(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        except _NONSENSE as problem:
            if request.method not in {"GET", "HEAD"} or not (args or kwargs or request.GET):
                raise
            log.warning("Nobody is at %s", request.get_full_path()[:200], exc_info=True)
            raise Http404 from problem
        if (
            is_preview
        ):  # it went through all middleware as a page of its own, with that page's policy
            del response["Content-Security-Policy"]
            response["X-Frame-Options"] = "SAMEORIGIN"
        return _under(policy_for(response, is_preview=is_preview), response)

    return route("magazine.edit")(shown)


def _under(policy: dict[str, list[str]], response: HttpResponse) -> HttpResponse:
    whole = {**dict.fromkeys(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]), **policy}
    answered: HttpResponse = csp_replace(whole)(lambda: response)()
    return answered


def policy_for(response: Any, *, is_preview: bool) -> dict[str, list[str]]:
    """The policy of the desk, with the digests of what Wagtail's own widgets write into a form."""
    policy = PREVIEW if is_preview else POLICY
    is_page = not response.streaming and "html" in response.get("Content-Type", "")
    digests = sorted(own_scripts(response.content.decode("utf-8", "replace"))) if is_page else []
    return {**policy, "script-src": [*policy["script-src"], *digests]}


def own_scripts(html: str) -> set[str]:
    """Digests of inline scripts that begin a widget, and of no others: a known name, an id, plain JSON.

    Such a call can do nothing but show the widget, whoever wrote it.
    """
    found = set()
    for script in _INLINE.findall(html):
        call = _CALL.fullmatch(script.strip())
        if call and _is_json(call["told"]):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            found.add(f"'sha256-{digest}'")
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def absent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    raise Http404

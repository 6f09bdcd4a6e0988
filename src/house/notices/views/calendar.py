"""Her calendar: what stands in it, and the addresses from which her programs read."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import OPEN, SIGNED_IN, route
from house.ground.limits import address_of, spend
from house.notices import feeds, subscribing
from house.notices.calendars import Scope
from house.notices.forms_feeds import FeedForm
from house.notices.models import CalendarFeed

_AHEAD = datetime.timedelta(days=120)
_SHOWN = 40


@require_safe
@route(SIGNED_IN)
def calendar(request: HttpRequest) -> HttpResponse:
    return _page(request, FeedForm())


def _page(request: HttpRequest, form: FeedForm) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    may_read = feeds.may_read(viewer)
    events = feeds.events_for(viewer, Scope("mine"), now, now + _AHEAD) if may_read else []
    context = {
        "form": form,
        "may_read": may_read,
        "events": events[:_SHOWN],
        "feeds": CalendarFeed.objects.visible_to(viewer).select_related("city", "topic"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "notices/calendar.html", context, status=status)


@never_cache
@require_POST
@route(SIGNED_IN)
def feed_make(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    feed, secret = subscribing.make_feed(by=request.viewer, **form.cleaned_data)
    return _shown_once(request, feed, secret)


@never_cache
@require_POST
@route(SIGNED_IN)
def feed_reset(request: HttpRequest, code: str) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.viewer), code=code)
    return _shown_once(request, feed, subscribing.reset_feed(feed, by=request.viewer))


@require_POST
@route(SIGNED_IN)
def feed_revoke(request: HttpRequest, code: str) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.viewer), code=code)
    subscribing.revoke_feed(feed, by=request.viewer)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("calendars:calendar")


def _shown_once(request: HttpRequest, feed: CalendarFeed, secret: str) -> HttpResponse:
    """The answer itself shows it: no address of the house leads to it again."""
    url = settings.BASE_URL + reverse("calendars:feed", args=[secret])
    context = {"feed": feed, "url": url, "webcal": f"webcal://{url.partition('://')[2]}"}
    return render(request, "notices/feed_made.html", context)


@csrf_exempt  # reads only
@require_safe
@route(OPEN)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For programs that know the secret. Without session, cookie or page: every other answer is alike."""
    spend("calendar", address_of(request), limit=240)
    known = feeds.feed_of(secret)
    if known is None:
        return _private(HttpResponse(status=404, content_type="text/plain; charset=utf-8"))
    spend("calendar-feed", secret, limit=30)
    reading = feeds.read(*known)
    response = HttpResponse(reading.raw, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="house.ics"'
    etag, changed = quote_etag(reading.etag), int(reading.changed_at.timestamp())
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed)
    found = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return _private(found or response)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

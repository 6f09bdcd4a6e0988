"""Fixed-window rate limits, counted by this process (two workers allow twice as much)."""

import hashlib
from time import time

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext as _

from house.ground.errors import TooMany


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind our own proxy the one that the proxy saw."""
    from django.conf import settings  # noqa: PLC0415 -- read late, so that tests can change it

    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def spend(what: str, who: str, *, limit: int, seconds: int = 60) -> None:
    """Count one use of `what` by `who`.

    Raises `TooMany` when this window's `limit` is spent.
    """
    window, passed = divmod(int(time()), seconds)
    key = f"limit:{what}:{window}:{hashlib.sha256(who.encode()).hexdigest()[:24]}"
    cache = caches["local"]
    cache.add(key, 0, timeout=seconds * 2)
    try:
        used = cache.incr(key)
    except ValueError:  # the key fell out of the cache between the two calls
        used = 1
    if used > limit:
        left = seconds - passed
        raise TooMany(
            _("That was a little too fast. Please try again in %(seconds)s seconds.")
            % {"seconds": left},
            retry_after=left,
        )

"""Once a minute: every mail that waits is taken in, and nothing that goes wrong with one stops the next."""

import datetime
import logging

from django.core.cache import caches
from django.db import OperationalError
from django.utils import timezone

from house.notices.intake import spooling
from house.notices.intake.taking import take_in
from house.notices.models import HeldReply, Incoming, ReplyAddress

# every row in this file: mail is taken in and forgotten, whoever looks

log = logging.getLogger(__name__)
TRIES = 5
KEPT, WAITS, EXPIRED = (datetime.timedelta(days=days) for days in (90, 60, 90))
_A_DAY = 24 * 3600


def go() -> dict[str, int]:
    """How many became what."""
    told: dict[str, int] = {}
    for path in spooling.waiting():
        try:
            word = take_in(path)
        except OperationalError:
            log.warning("The records are busy; mail waits for the next round.")
            break
        except (
            Exception
        ):  # the outer edge: one mail that the house can't read must not stop the others
            log.exception("The mail %s could not be taken in.", path.name)
            word = _failed(path.name)
        told[word] = told.get(word, 0) + 1
    return told


def _failed(name: str) -> str:
    """It is tried again for some minutes, then put aside for the operator. It is never thrown away here."""
    cache = caches["default"]
    key = f"mail-in:{name}"
    cache.add(key, 0, timeout=_A_DAY)
    if cache.incr(key) >= TRIES:
        spooling.move(name, "refused")
    return "failed"


def forget_old() -> None:
    now = timezone.now()
    waited = HeldReply.objects.filter(held_at__lt=now - WAITS)
    for name in waited.exclude(file="").values_list("file", flat=True):
        spooling.forget(name)
    waited.delete()
    Incoming.objects.filter(at__lt=now - KEPT).delete()
    # Some months longer than it is good, so that a late answer is kept for its sender.
    ReplyAddress.objects.filter(expires_at__lt=now - EXPIRED).delete()
    spooling.forget_old()

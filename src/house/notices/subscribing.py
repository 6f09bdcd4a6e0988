"""Verbs of calendar feeds: each changes what a secret address opens, and tells its owner by mail."""

import secrets
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import one_line
from house.notices.feeds import digest_of, may_read
from house.notices.models import CalendarFeed
from house.people.emails import changed_mail, send_aside
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: what she makes, and herself

MOST = 20


@transaction.atomic
def make_feed(
    *, by: Viewer, name: str, sort: str, city: City | None = None, topic: Topic | None = None
) -> tuple[CalendarFeed, str]:
    """The feed and its secret, which can't be shown again."""
    if not may_read(by):
        raise Forbidden(
            _("A calendar address is for people of the alliance."),
            remedy=_("It works again as soon as your city's partnership does."),
        )
    mine = CalendarFeed.objects.visible_to(by)
    if mine.count() >= MOST:
        raise Refused(
            _("You have twenty calendar addresses already."),
            remedy=_("Remove one that no program reads any more."),
        )
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person_id=by.person_id,
        name=one_line(name)[:80],
        sort=sort,
        city=city if sort == CalendarFeed.Sort.CITY else None,
        topic=topic if sort == CalendarFeed.Sort.TOPIC else None,
        digest=digest_of(secret),
    )
    _tell(feed, by, "calendar.made", _("An address of your calendar was made"))
    return feed, secret


@transaction.atomic
def reset_feed(feed: CalendarFeed, *, by: Viewer) -> str:
    """A new secret; the old address opens nothing from now on."""
    secret = secrets.token_urlsafe(32)
    feed.digest, feed.reset_at = digest_of(secret), timezone.now()
    feed.read_at, feed.etag = None, ""
    feed.save(update_fields=["digest", "reset_at", "read_at", "etag"])
    _tell(feed, by, "calendar.reset", _("An address of your calendar was replaced"))
    return secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Viewer) -> None:
    record(
        "calendar.revoked", Person.objects.get(pk=by.person_id), by=by, facts={"feed": feed.code}
    )
    feed.delete()


def _tell(feed: CalendarFeed, by: Viewer, act: str, said: str) -> None:
    person = Person.objects.get(pk=by.person_id)
    record(act, person, by=by, facts={"feed": feed.code})
    transaction.on_commit(partial(_send, person, said, feed.name))


def _send(person: Person, said: str, name: str) -> None:
    send_aside(changed_mail(person, said, detail=name))

"""What a person follows or mutes, by her own act."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line
from house.notices import happenings, saved_searches
from house.notices.models import Subscription
from house.vocabulary.models import City, Topic

# every row in this file: one's own subscriptions, by one's own act

SORTS = ("thread", "topic", "city", "kind", "search")
MOST = 500
_THREAD = re.compile(r"[a-z_]+\.[a-z_]+:[\w-]{1,40}")


class NotFollowed(Refused):
    """There is nothing of that name to follow."""


@transaction.atomic
def follow(target: str, *, by: Viewer) -> None:
    """Her own act: it also lifts a mute."""
    _set(target, by, is_muted=False)


@transaction.atomic
def mute(target: str, *, by: Viewer) -> None:
    _set(target, by, is_muted=True)


@transaction.atomic
def unfollow(target: str, *, by: Viewer) -> None:
    """Neither followed nor muted. Nothing to leave is no mistake."""
    Subscription.objects.filter(person_id=by.person_id, target=target).delete()


def state_of(target: str, viewer: Viewer) -> str:
    """Gives "followed", "muted" or nothing."""
    if viewer.person_id is None:
        return ""
    found = Subscription.objects.filter(person_id=viewer.person_id, target=target).first()
    return "" if found is None else "muted" if found.is_muted else "followed"


def _set(target: str, by: Viewer, *, is_muted: bool) -> None:
    if by.person_id is None:
        raise NotFollowed(_("Only who has signed in can follow something."))
    target = proper(target)
    mine = Subscription.objects.filter(person_id=by.person_id)
    if mine.filter(target=target).update(is_muted=is_muted):
        return
    if mine.count() >= MOST:
        raise NotFollowed(_("You follow as much as the house can keep. Leave something first."))
    Subscription.objects.create(person_id=by.person_id, target=target, is_muted=is_muted)


def proper(target: str) -> str:
    """The target as the house writes it. Raises `NotFollowed` for what nobody can follow.

    Whether a thread is there isn't told: what it says is judged whenever somebody is told of it.
    """
    sort, _colon, name = one_line(target).partition(":")
    name = name.strip()
    match sort:
        case "thread":
            is_known = bool(_THREAD.fullmatch(name))
        case "topic":
            is_known = Topic.objects.filter(pk=name).exists()
        case "city":
            is_known = City.objects.filter(pk=name).exists()
        case "kind":
            is_known = happenings.is_known(name)
        case "search":
            is_known = 2 <= len(name) <= 150
            if is_known and not saved_searches.says_something(name):
                raise NotFollowed(
                    _("There is no word to look for."),
                    remedy=_("Add one that says what it is about."),
                )
        case _:
            is_known = False
    if not is_known:
        raise NotFollowed(_("There is nothing of this name to follow."))
    return f"{sort}:{name}"

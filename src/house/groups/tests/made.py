"""One group of two cities, made by the room's own verbs."""

import datetime

from django.utils import timezone

from house.groups import actions
from house.groups.actions import About, Date
from house.partners.viewing import viewer_for

DAY = datetime.timedelta(days=1)


def about(**facts):
    today = timezone.now().date()
    told = {
        "name": "Heat in rented homes",
        "problem": "Tenants can't change their walls.",
        "aim": "A model agreement with owners.",
        "starts_on": today,
        "ends_on": today + 180 * DAY,
    }
    return About(**{**told, **facts})


def make(member, neighbour=None, **facts):
    """Led by `member`; with a neighbour it runs, and she is in it."""
    by = viewer_for(member.person)
    group = actions.create_group(about(**facts), by=by)
    if neighbour is not None:
        admission = actions.invite_person(group, neighbour.person, by=by)
        actions.answer_admission(admission, yes=True, by=viewer_for(neighbour.person))
        actions.start_group(group, by=by)
    return group


# The same for all of a process: a date that is told twice must not differ by the second that passed.
SOON = (timezone.now() + 3 * DAY).replace(microsecond=0)


def date(**facts):
    told = {"title": "Third round", "starts_at": SOON, "zone": "Europe/Amsterdam"}
    return Date(**{**told, **facts})

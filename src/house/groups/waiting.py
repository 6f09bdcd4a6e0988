"""Groups that nobody looks after any more: for the office's desk, by what the alliance may know of them."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.groups.models import Group, Member


@dataclass(frozen=True, slots=True)
class Alone:
    """`since` is the day on which its term ended, or on which it was made."""

    group: Group
    since: datetime.date
    told: str


def left_alone(viewer: Viewer, *, most: int) -> list[Alone]:
    """Open groups past their term or without anybody who leads, the longest waiting first. One query."""
    # every row: only whether anybody leads
    led = Member.objects.filter(group=OuterRef("pk"), is_lead=True, left_at__isnull=True)
    today = timezone.now().date()
    groups = Group.objects.visible_to(viewer).open().annotate(is_led=Exists(led))
    found = groups.filter(Q(ends_on__lt=today) | Q(is_led=False)).order_by("ends_on", "pk")[:most]
    return [
        Alone(group, group.ends_on, _("Its term is over"))
        if group.ends_on < today
        else Alone(group, group.made_at.date(), _("Nobody leads it"))
        for group in found
    ]

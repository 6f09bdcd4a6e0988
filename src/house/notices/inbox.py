"""A person's notices in the house: told when they are looked at, to her as viewer.

What she may not see any more is neither shown nor counted.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from house.access.viewer import Viewer
from house.notices import happenings
from house.notices.models import Notice
from house.notices.telling import Item, items_of

PAGE = 30
_BATCH = 60
_LOOKED_AT = 600  # notices that one page goes through at most
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Page:
    """`older` is the code of the last notice looked at, for the next page; empty at the end."""

    items: list[Item]
    older: str


@dataclass(frozen=True, slots=True)
class Day:
    """All that is told of when: the hour would tell the part of the world of who hides her city."""

    day: datetime.date
    threads: list[list[Item]]


def of(viewer: Viewer, *, section: str = "", only_unread: bool = False) -> QuerySet[Notice]:
    mine = Notice.objects.visible_to(viewer).select_related("happening").order_by("-pk")
    if only_unread:
        mine = mine.filter(read_at__isnull=True)
    if section:
        kinds = [kind.name for kind in happenings.kinds() if kind.section == section]
        mine = mine.filter(happening__kind__in=kinds)
    return mine


def page_of(notices: QuerySet[Notice], viewer: Viewer, *, before: str = "") -> Page:
    """What is left out because it may not be told is made up for by older ones."""
    if before:
        last = Notice.objects.visible_to(viewer).filter(code=before).values("pk")
        notices = notices.filter(pk__lt=last[:1])
    items: list[Item] = []
    for batch in _batches(notices):
        items += items_of(batch, viewer)
        if len(items) > PAGE:
            return Page(items[:PAGE], items[PAGE - 1].notice.code)
    return Page(items, "")


def _batches(notices: QuerySet[Notice]) -> Iterator[list[Notice]]:
    last: int | None = None
    for _turn in range(_LOOKED_AT // _BATCH):
        batch = list((notices.filter(pk__lt=last) if last else notices)[:_BATCH])
        if batch:
            yield batch
        if len(batch) < _BATCH:
            return
        last = batch[-1].pk


def by_day(items: list[Item]) -> list[Day]:
    """Newest first; what belongs to one thread stands together within a day."""
    days: dict[datetime.date, dict[str, list[Item]]] = {}
    for item in items:
        day = timezone.localdate(item.notice.made_at)
        days.setdefault(day, {}).setdefault(item.thread, []).append(item)
    return [Day(day, list(threads.values())) for day, threads in days.items()]


def count_unread(viewer: Viewer) -> int:
    """Of what she may see now; looks at the newest hundred."""
    if viewer.person_id is None:
        return 0
    return len(items_of(of(viewer, only_unread=True)[:COUNTED], viewer))


def mark_read(viewer: Viewer, *, codes: list[str] | None, at: datetime.datetime) -> int:
    """Those of these codes, or all, that are unread. Gives how many."""
    mine = Notice.objects.visible_to(viewer).filter(read_at__isnull=True, made_at__lte=at)
    if codes is not None:
        mine = mine.filter(code__in=codes)
    return mine.update(read_at=at)


def mark_unread(viewer: Viewer, *, at: datetime.datetime) -> int:
    """Takes back what was marked in that moment."""
    return Notice.objects.visible_to(viewer).filter(read_at=at).update(read_at=None)

"""What the Agora tells of a city's life: when somebody of it last wrote here under its name."""

import datetime
from collections.abc import Collection

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from house.agora.models import Answer, Comment, Post
from house.partners import activity


def wrote(cities: Collection[str]) -> dict[str, datetime.datetime]:
    """Only of what names its city: the moment of a sealed post would give it away to the desk."""
    latest: dict[str, datetime.datetime] = {}
    for model in (Post, Answer, Comment):
        # every row: a moment for a whole city names nobody
        rows = model.objects.filter(shown_city__in=cities, published_at__isnull=False)
        found = rows.order_by().values("shown_city").annotate(last=Max("published_at"))
        for city, last in found.values_list("shown_city", "last"):
            latest[city] = max(last, latest.get(city, last))
    return latest


def register() -> None:
    activity.register("agora", _("Wrote in the Agora"), wrote)

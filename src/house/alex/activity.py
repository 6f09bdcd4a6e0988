"""What the lexicon tells of a city's life: when somebody of it last wrote here under its name."""

import datetime
from collections.abc import Collection

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from house.alex.models import Version
from house.partners import activity


def wrote(cities: Collection[str]) -> dict[str, datetime.datetime]:
    """Only of what names its city: the moment of a sealed entry would give it away to the desk."""
    # every row: a moment for a whole city names nobody
    rows = Version.objects.filter(entry__shown_city__in=cities, author__city=F("entry__shown_city"))
    latest = rows.order_by().values("entry__shown_city").annotate(last=Max("made_at"))
    return dict(latest.values_list("entry__shown_city", "last"))


def register() -> None:
    activity.register("post", _("Wrote in ALEX"), wrote)

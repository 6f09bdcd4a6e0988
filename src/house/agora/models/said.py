"""What all that is said here has in common: who said it, how she is named, when that may be told."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _told
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour, Credit, credit, names_city
from house.access.querysets import Visible
from house.ground.codes import short_code


def moment_for(candour: str, at: datetime.datetime | None = None) -> datetime.datetime:
    """When something is said to have been said: of who hides her city, the day alone is ever stored.

    The hour would tell her part of the world to whoever reads a few of her posts.
    """
    at = at or timezone.now()
    if names_city(candour):
        return at
    return at.astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)


class SaidQuerySet(Visible, models.QuerySet[Any]):
    def in_order(self) -> Self:
        """As they were said. Of one moment (a day, where the hour is hidden) a random code decides."""
        return self.order_by("published_at", "code")

    def for_thread(self) -> Self:
        """Everything the thread's page reads of it, in one query."""
        return self.select_related("city", "author").in_order()


class Said(models.Model):
    """Words of one person. `author` and `city` are the truth; `credit()` and `shown_city` may be told."""

    # What the type checker does not see of an abstract model's keys.
    author_id: int
    city_id: str | None
    shown_city_id: str | None

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.TextField(_("text"), blank=True)  # Markdown, as it was typed
    html = models.TextField(blank=True, editable=False)  # the same, sanitised
    candour = models.CharField(
        _("how you are named"), max_length=9, choices=Candour, default=Candour.CITY
    )
    described_as = models.CharField(_("description"), max_length=120, blank=True)
    shown_city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # The day alone, where the city is hidden.
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Taken out of sight by a moderator.
    is_hidden = models.BooleanField(default=False)
    case_code = ""  # of what is out of sight: filled by `queries.thread_of` for who may read why

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(candour__in=Candour.values), name="agora_%(class)s_candour_known"
            ),
            models.CheckConstraint(
                condition=Q(shown_city__isnull=True)
                | Q(candour__in=[Candour.PERSON, Candour.CITY]),
                name="agora_%(class)s_hidden_city_is_not_shown",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def hides_city(self) -> bool:
        return not names_city(self.candour)

    def credit(self) -> Credit:
        """How its author may be named to anybody. Reads author and city."""
        if self.city is None and self.candour == Candour.CITY:
            return Credit(_told("The foundation"), "")
        return credit(
            self.candour,
            person=self.author.name,
            city=self.city.label() if self.city else "",
            city_slug=self.city.slug if self.city else "",
            described=self.described_as,
            is_former=self.author.is_former,
        )

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class CalendarFeed(models.Model):
    """An address from which a person's calendar program reads. It isn't kept, only its digest."""

    class Sort(models.TextChoices):
        MINE = "mine", _("What I take part in")
        CITY = "city", _("Everything of a city")
        TOPIC = "topic", _("Everything on a topic")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    sort = models.CharField(_("what it holds"), max_length=8, choices=Sort, default=Sort.MINE)
    city = models.ForeignKey(
        "vocabulary.City", models.CASCADE, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        "vocabulary.Topic", models.CASCADE, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    reset_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # Of what was read last, and since when it says that: only so a program may be told "nothing new".
    etag = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sort="mine", city__isnull=True, topic__isnull=True)
                | models.Q(sort="city", city__isnull=False, topic__isnull=True)
                | models.Q(sort="topic", city__isnull=True, topic__isnull=False),
                name="notices_feed_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.code

"""Getting to know you: what a city says about itself, and how far a new person has come."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.querysets import VisibleQuerySet


class CityProfile(models.Model):
    """What a city looks for, struggles with and is good at, in its own words; one of each city.

    Matching and routing read `topics`, `challenges`, `strengths` and `languages`.
    """

    city = models.OneToOneField(
        "vocabulary.City", models.CASCADE, primary_key=True, related_name="+"
    )
    topics = models.ManyToManyField(
        "vocabulary.Topic",
        related_name="+",
        blank=True,
        verbose_name=_("what we are interested in"),
    )
    interests = models.TextField(_("what else interests us"), max_length=2000, blank=True)
    challenges = models.TextField(_("what we struggle with"), max_length=3000, blank=True)
    strengths = models.TextField(_("what we are good at"), max_length=3000, blank=True)
    # BCP 47, best first: in which the city's people can read and talk.
    languages = models.JSONField(_("languages of our people"), default=list, blank=True)
    audience = models.CharField(
        _("who may read this"),
        max_length=8,
        choices=[(each.value, each.label) for each in (Audience.PUBLIC, Audience.ALLIANCE)],
        default=Audience.ALLIANCE,
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The parts that the city has left for later, and whether it has put the guide away.
    skipped = models.JSONField(default=list, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=(Audience.PUBLIC, Audience.ALLIANCE)),
                name="partners_profile_audience_known",
            )
        ]

    def __str__(self) -> str:
        return f"profile of {self.city_id}"


class Guide(models.Model):
    """A person's first weeks: which steps she declared done or left for later."""

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="+"
    )
    done = models.JSONField(default=list, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"guide of {self.person_id}"

from django.db import models
from django.utils import timezone

from house.access.querysets import VisibleQuerySet


class CalendarInvitation(models.Model):
    """What stands in a person's calendar by our last mail, and what she last answered to it.

    Calendars drop what is older than what they have: `sequence` never goes back for a person, also where
    somebody left (CANCEL) and came again while the thing itself never changed.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    uid = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=120)
    method = models.CharField(max_length=8)
    sequence = models.PositiveIntegerField()
    # The room's own number, which the mail's may be ahead of.
    room_sequence = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=12, blank=True)
    answered_sequence = models.PositiveIntegerField(null=True, blank=True)
    # As the answering calendar dated it: what is older than this is ignored.
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "uid"], name="notices_one_invitation_a_thing")
        ]

    def __str__(self) -> str:
        return self.uid

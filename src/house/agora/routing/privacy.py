"""What of invitations she gets with her data, and what erasure does about them."""

from django.utils.translation import gettext_lazy as _

from house.agora.models.routing import Invitation, Willingness
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

COVERS = (
    "agora.Invitation.person",
    "agora.Invitation.passed_by",
    "agora.Willingness.person",
)


def register() -> None:
    export.register(
        "agora-invitations",
        lambda person: Section(
            rows_of(
                Invitation.objects.filter(person=person).order_by("pk"),
                "post__code", "state", "reasons", "why_not", "asked_at", "answer_by",
            )
        ),
        told=_("Questions that you were asked to answer, and what you said."),
        covers=COVERS[:1],
    )  # fmt: skip
    export.register(
        "agora-passed-on",
        lambda person: Section(
            rows_of(
                Invitation.objects.filter(passed_by=person).order_by("pk"), "post__code", "asked_at"
            )
        ),
        told=_("Questions that you passed on to a colleague."),
        covers=COVERS[1:2],
    )
    export.register(
        "agora-willingness",
        lambda person: Section(
            rows_of(Willingness.objects.filter(person=person), "per_month", "away_until")
        ),
        told=_("How often you want to be asked."),
        covers=COVERS[2:],
    )
    erasure.register(
        "agora-invitations",
        _erase,
        covers=COVERS,
        goes=_("That you were asked to answer questions, and how often you wanted to be."),
    )


def _erase(person: Person) -> None:
    Invitation.objects.filter(person=person).delete()
    Invitation.objects.filter(passed_by=person).update(passed_by=None)
    Willingness.objects.filter(person=person).delete()

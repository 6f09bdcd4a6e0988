"""What this floor gives to a person's export, and what erasure does about it."""

from django.utils.translation import gettext_lazy as _

from house.memory.models import PeerQuestion
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

COVERS = ("memory.PeerQuestion.asker",)


def register() -> None:
    export.register(
        "questions", _kept, told=_("Questions that you kept for your peers."), covers=COVERS
    )
    erasure.register(
        "questions", _erase, covers=COVERS, goes=_("Questions that you kept for your peers.")
    )


def _kept(person: Person) -> Section:
    mine = PeerQuestion.objects.filter(asker=person).order_by("pk")
    return Section(rows_of(mine, "code", "question", "language", "kept_at", "asked_at"))


def _erase(person: Person) -> None:
    PeerQuestion.objects.filter(asker=person).delete()

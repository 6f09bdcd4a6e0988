"""What the map gives to a person's export, and what erasure does about it.

An initiative's own contact is erased with the person whose address it is, on her word on the page of the
yearly letter, and by a curator; a suggester's address goes a month after she was answered (`tasks`).
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.atlas.initiatives.models import Initiative, Renewal, Run, Suggestion
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

COVERS = (
    "initiatives.Initiative.email", "initiatives.Renewal.email", "initiatives.Run.started_by",
    "initiatives.Suggestion.email", "initiatives.Suggestion.decided_by",
)  # fmt: skip


def register() -> None:
    export.register(
        "initiatives",
        _contacts,
        told=_("Initiatives of the map that name your address."),
        covers=COVERS[:2],
    )
    export.register(
        "initiative-imports",
        _runs,
        told=_("Layers of the map that you imported."),
        covers=COVERS[2:3],
    )
    export.register(
        "initiatives-suggested",
        _suggested,
        told=_("Initiatives that you suggested, and suggestions that you decided."),
        covers=COVERS[3:],
    )
    erasure.register(
        "initiatives",
        _erase,
        covers=COVERS,
        goes=_(
            "Your address beside initiatives of the map and suggestions, and your name behind imports."
        ),
        stays=_("The places on the map."),
    )


def _contacts(person: Person) -> Section:
    before = Renewal.objects.filter(email__iexact=person.email).values("initiative")
    mine = Initiative.objects.filter(Q(email__iexact=person.email) | Q(pk__in=before)).order_by(
        "pk"
    )
    return Section(rows_of(mine, "code", "name", "email", "phone", "contact_source"))


def _runs(person: Person) -> Section:
    mine = Run.objects.filter(started_by=person).order_by("pk")
    return Section(rows_of(mine, "code", "file", "state", "counts", "asked_at"))


def _suggested(person: Person) -> Section:
    mine = Suggestion.objects.filter(Q(email__iexact=person.email) | Q(decided_by=person))
    return Section(
        rows_of(mine.order_by("pk"), "initiative__name", "note", "decision", "reason", "made_at")
    )


def _erase(person: Person) -> None:
    Initiative.objects.filter(email__iexact=person.email).update(
        email="", phone="", contact_is_public=False, contact_source="", changed_at=timezone.now()
    )
    Renewal.objects.filter(email__iexact=person.email).update(email="", phone="")
    Suggestion.objects.filter(email__iexact=person.email).update(email="")
    Suggestion.objects.filter(decided_by=person).update(decided_by=None)
    Run.objects.filter(started_by=person).update(started_by=None)

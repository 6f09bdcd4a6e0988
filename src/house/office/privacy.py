"""What the desk gives to a person's export, and what erasure does about it."""

from django.utils.translation import gettext_lazy as _

from house.office.models import PeopleAct, Reveal
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

DONE = ("office.PeopleAct.by", "office.PeopleAct.undone_by")
REVEALED = ("office.Reveal.author",)
DECIDED = ("office.Reveal.asked_by", "office.Reveal.agreed_by", "office.Reveal.refused_by")


def register() -> None:
    export.register(
        "people-acts",
        _acts,
        told=_("What you did to persons at the foundation's desk."),
        covers=DONE,
    )
    export.register(
        "reveals",
        _reveals,
        told=_("When the foundation looked up that you wrote something without your name."),
        covers=(*REVEALED, *DECIDED),
    )
    erasure.register(
        "office",
        _erase,
        covers=(*DONE, *REVEALED, *DECIDED),
        goes=_("The reasons for which the foundation looked up your name."),
        stays=_("That somebody of the foundation did something at its desk, without your name."),
    )


def _acts(person: Person) -> Section:
    mine = PeopleAct.objects.filter(by=person).order_by("pk")
    return Section(rows_of(mine, "code", "act", "at", "reason", "undone_at"))


def _reveals(person: Person) -> Section:
    # Those that nobody agreed to yet are no account of her: they may be refused.
    mine = Reveal.objects.filter(author=person, agreed_at__isnull=False).order_by("pk")
    columns = ("entry__slug", "post__code", "answer__code", "reason", "asked_at", "agreed_at")
    return Section(rows_of(mine, "code", *columns))


def _erase(person: Person) -> None:
    Reveal.objects.filter(author=person).delete()
    PeopleAct.objects.filter(reason__icontains=person.name).update(reason="–")

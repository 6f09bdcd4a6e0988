"""What this floor gives to a person's export, and what erasure does about it."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from house.notices.models import (
    Choice,
    Happening,
    Letter,
    Mail,
    Notice,
    Rhythm,
    Subscription,
    Suppression,
)
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

MAILS, SUPPRESSED = ("notices.Mail.person",), ("notices.Suppression.person",)
TOLD = ("notices.Notice.person", "notices.Letter.person", "notices.Happening.actor")
FOLLOWED = ("notices.Subscription.person",)
RHYTHM = ("notices.Rhythm.person", "notices.Choice.person")


def register() -> None:
    export.register(
        "mails", _mails, told=_("Mails that went to you, and what became of them."), covers=MAILS
    )
    export.register(
        "mail-stopped",
        _stopped,
        told=_("That your address refused mail, so that none is sent to it."),
        covers=SUPPRESSED,
    )
    export.register("notices", _told, told=_("What the house told you of."), covers=TOLD)
    export.register("subscriptions", _followed, told=_("What you follow."), covers=FOLLOWED)
    export.register(
        "rhythm", _rhythm, told=_("When and how the house may write to you."), covers=RHYTHM
    )
    erasure.register(
        "notices",
        _erase,
        covers=(*MAILS, *SUPPRESSED, *TOLD, *FOLLOWED, *RHYTHM),
        goes=_(
            "Your address and the subjects in the list of mails that the house sent, your notices "
            "and what you follow."
        ),
    )


def _to(person: Person) -> QuerySet[Mail]:
    return Mail.objects.filter(Q(person=person) | Q(to__iexact=person.email))


def _mails(person: Person) -> Section:
    return Section(rows_of(_to(person).order_by("pk"), "at", "to", "kind", "subject", "state"))


def _told(person: Person) -> Section:
    mine = Notice.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "happening__kind", "reason", "made_at", "read_at"))


def _followed(person: Person) -> Section:
    mine = Subscription.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "target", "is_muted", "made_at"))


def _rhythm(person: Person) -> Section:
    hers = Rhythm.objects.filter(person=person)
    chosen = Choice.objects.filter(person=person).order_by("kind")
    columns = ("pace", "weekday", "hour", "quiet_from", "quiet_until", "away_from", "away_until")
    return Section([*rows_of(hers, *columns), *rows_of(chosen, "kind", "how")])


def _stopped(person: Person) -> Section:
    return Section(rows_of(_stops(person), "address", "reason", "since"))


def _stops(person: Person) -> QuerySet[Suppression]:
    return Suppression.objects.filter(Q(person=person) | Q(address__iexact=person.email))


def _erase(person: Person) -> None:
    _to(person).update(to="", subject="", error="", person=None)
    # Subjects of mails to others may tell who wrote or did something.
    for word in (person.name, person.email):
        Mail.objects.filter(subject__icontains=word).update(subject="")
        Mail.objects.filter(error__icontains=word).update(error="")
    _stops(person).delete()
    for model in (Notice, Letter, Subscription, Rhythm, Choice):
        model.objects.filter(person=person).delete()
    Happening.objects.filter(actor=person).update(actor=None)
    transaction.on_commit(partial(_forget_waiting, person.email))


def _forget_waiting(address: str) -> None:
    """Mails that wait in files for their second try."""
    for path in Path(settings.SPOOL_ROOT).glob("*"):
        if address.casefold() in path.read_text(errors="replace").casefold():
            path.unlink(missing_ok=True)

"""Calendars and answers by mail: what a person's export holds of them, and what erasure does about it."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from house.notices.intake import spooling
from house.notices.models import CalendarFeed, CalendarInvitation, HeldReply, Incoming, ReplyAddress
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

FEEDS = ("notices.CalendarFeed.person",)
INVITED = ("notices.CalendarInvitation.person",)
ADDRESSES = ("notices.ReplyAddress.person",)

CAME = ("notices.Incoming.person",)
HELD = ("notices.HeldReply.person",)


def register() -> None:
    export.register(
        "calendar-invitations",
        _invited,
        told=_("Invitations that went to your calendar, and what it answered."),
        covers=INVITED,
    )
    export.register(
        "calendar-feeds",
        _feeds,
        told=_("The addresses from which your calendar program reads, without their secret."),
        covers=FEEDS,
    )
    export.register(
        "reply-addresses",
        _addresses,
        told=_("For what you were given an address to answer by mail."),
        covers=ADDRESSES,
    )
    export.register(
        "mails-in", _came, told=_("That mails came from you, and what became of them."), covers=CAME
    )
    export.register(
        "replies-held", _held, told=_("Your answers by mail that wait for you."), covers=HELD
    )
    erasure.register(
        "calendars",
        _erase,
        covers=(*FEEDS, *INVITED, *ADDRESSES, *CAME, *HELD),
        goes=_(
            "Your calendar feeds, your answers to invitations, your addresses to reply to and the mails "
            "that wait for you."
        ),
    )


def _invited(person: Person) -> Section:
    mine = CalendarInvitation.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "uid", "method", "sent_at", "answer", "answered_at"))


def _feeds(person: Person) -> Section:
    mine = CalendarFeed.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "name", "sort", "city", "topic__slug", "made_at", "read_at"))


def _addresses(person: Person) -> Section:
    mine = ReplyAddress.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "kind", "made_at", "expires_at"))


def _came(person: Person) -> Section:
    mine = Incoming.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "at", "state"))


def _held(person: Person) -> Section:
    mine = HeldReply.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "held_at", "subject", "text", "original", "why", "done_at"))


def _erase(person: Person) -> None:
    held = HeldReply.objects.filter(person=person)
    files = list(held.exclude(file="").values_list("file", flat=True))
    held.delete()
    Incoming.objects.filter(person=person).update(person=None, why="")
    transaction.on_commit(partial(_forget_files, files, person.email))
    for model in (CalendarFeed, CalendarInvitation, ReplyAddress):
        model.objects.filter(person=person).delete()


def _forget_files(held: list[str], address: str) -> None:
    """Mails of hers on the disk: those that waited for her, and what was refused or is still to be read."""
    for name in held:
        spooling.forget(name)
    needle = address.casefold().encode()
    for place in ("new", "refused"):
        for path in spooling.folder(place).iterdir():
            if needle in path.read_bytes().lower():
                path.unlink(missing_ok=True)

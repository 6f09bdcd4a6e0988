"""Calendars and answers by mail: what a person's export holds of them, and what erasure does about it."""

from django.utils.translation import gettext_lazy as _

from house.notices.models import CalendarFeed, CalendarInvitation, ReplyAddress
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

FEEDS = ("notices.CalendarFeed.person",)
INVITED = ("notices.CalendarInvitation.person",)
ADDRESSES = ("notices.ReplyAddress.person",)


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
    erasure.register(
        "calendars",
        _erase,
        covers=(*FEEDS, *INVITED, *ADDRESSES),
        goes=_("Your calendar feeds, your answers to invitations and your addresses to reply to."),
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


def _erase(person: Person) -> None:
    for model in (CalendarFeed, CalendarInvitation, ReplyAddress):
        model.objects.filter(person=person).delete()

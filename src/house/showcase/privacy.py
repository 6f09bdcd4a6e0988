"""What showcases give to a person's export, and what erasure does about it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from house.ground import pages
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person
from house.showcase.models import Contact, Edition, Face, Picture, Quotation, Showcase

# every row in this file: a person's own, for her alone or to be erased

_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "showcases",
        _("Showcases of your city that you began."),
        frozenset({"showcase.Showcase.made_by"}),
        lambda p: Showcase.objects.filter(made_by=p),
        ("code", "slug", "state", "draft", "made_at", "published_at"),
    ),
    (
        "showcase-editions",
        _("Editions of showcases that you published."),
        frozenset({"showcase.Edition.made_by"}),
        lambda p: Edition.objects.filter(made_by=p),
        ("showcase__code", "number", "title", "summary", "text", "made_at"),
    ),
    (
        "showcase-pictures",
        _("Pictures that you gave to showcases."),
        frozenset({"showcase.Picture.made_by"}),
        lambda p: Picture.objects.filter(made_by=p),
        ("showcase__code", "code", "width", "height", "made_at"),
    ),
    (
        "showcase-contact",
        _("Showcases that name you as a contact, and whether you agreed."),
        frozenset({"showcase.Contact.person"}),
        lambda p: Contact.objects.filter(person=p),
        ("showcase__code", "shows_address", "asked_at", "agreed_at"),
    ),
    (
        "public-face",
        _("What you let the public see of you."),
        frozenset({"showcase.Face.person"}),
        lambda p: Face.objects.filter(person=p),
        ("city__name", "words", "agreed_at"),
    ),
    (
        "voices-kept",
        _("Quotations that you look after."),
        frozenset({"showcase.Quotation.kept_by"}),
        lambda p: Quotation.objects.filter(kept_by=p),
        ("code", "side", "said_on", "made_at"),
    ),
)  # fmt: skip


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "showcase",
        _erase,
        covers=frozenset[str]().union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_("Your face on your city's page, and your name and address beside showcases."),
        stays=_(
            "Showcases, their pictures and their editions: they are your city's. That you made them is "
            "forgotten. Words of yours that stand among the voices are forgotten when you tell the office."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _erase(person: Person) -> None:
    Face.objects.filter(person=person).delete()
    Contact.objects.filter(person=person).delete()
    Showcase.objects.filter(made_by=person).update(made_by=None)
    Picture.objects.filter(made_by=person).update(made_by=None)
    Quotation.objects.filter(Q(kept_by=person)).update(kept_by=None)
    # An edition never changes but for this: whose hand it was.
    QuerySet(Edition).filter(made_by=person).update(made_by=None)
    transaction.on_commit(pages.changed)

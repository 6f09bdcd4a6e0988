"""What this floor gives to a person's export, and what erasure does about it.

The seat stays, people move: a seat, its history, the ledger and what was decided for a city outlive whoever
sat or decided there. What names her (invitations, requests, applications) is emptied or goes.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.partners.actions.seats import empty, lock
from house.partners.models import (
    Application,
    ApplicationEvent,
    Circle,
    CityDomain,
    CityProfile,
    Guide,
    Hold,
    Invitation,
    JoinRequest,
    Movement,
    PartnershipChange,
    RightException,
    Seat,
    Table,
    Tenure,
)
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "partners",
        _erase,
        covers=frozenset[str]().union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_(
            "Your place in your seat and in circles; your name and address in invitations, requests to "
            "join and applications; exceptions made for you."
        ),
        stays=_(
            "The seat, which waits for your successor, and its history without your name; the ledger of your "
            "city's benefits; what was decided for your city, by a former member."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person), *fields))


def _invited(person: Person) -> QuerySet[Invitation]:
    """Those to her, and those that she had a hand in."""
    hers = Q(email__iexact=person.email) | Q(accepted_by=person)
    return Invitation.objects.filter(
        hers | Q(invited_by=person) | Q(approved_by=person) | Q(replaces=person)
    )


_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "seats",
        _("The seats that you hold."),
        frozenset({"partners.Seat.person"}),
        lambda p: Seat.objects.filter(person=p),
        ("code", "partnership__city__name", "kind", "team", "title"),
    ),
    (
        "seat-history",
        _("The seats that you have held, from when to when."),
        frozenset({"partners.Tenure.person"}),
        lambda p: Tenure.objects.filter(person=p),
        ("seat__code", "seat__title", "seat__partnership__city__name", "began_at", "ended_at"),
    ),
    (
        "circles",
        _("Circles that you belong to."),
        frozenset({"partners.Circle_persons.person"}),
        lambda p: Circle.objects.filter(persons=p),
        ("code", "name"),
    ),
    (
        "invitations",
        _("Invitations to you, and those that you sent, let through or were replaced by."),
        frozenset(
            f"partners.Invitation.{name}"
            for name in ("email", "replaces", "invited_by", "approved_by", "accepted_by")
        ),
        _invited,
        ("code", "seat__code", "invited_at", "sent_at", "expires_at", "accepted_at", "withdrawn_at"),
    ),
    (
        "requests-to-join",
        _("Your requests for a seat, and those that you answered."),
        frozenset(f"partners.JoinRequest.{name}" for name in ("person", "email", "answered_by")),
        lambda p: JoinRequest.objects.filter(
            Q(person=p) | Q(email__iexact=p.email) | Q(answered_by=p)
        ),
        ("code", "city__name", "asked_at", "answer", "answered_at"),
    ),
    (
        "applications",
        _("Applications in your name, and those that you look after."),
        frozenset({"partners.Application.email", "partners.Application.looked_after_by"}),
        lambda p: Application.objects.filter(Q(email__iexact=p.email) | Q(looked_after_by=p)),
        ("code", "kind", "city_name", "stage", "made_at"),
    ),
    (
        "application-events",
        _("What you did about applications."),
        frozenset({"partners.ApplicationEvent.by"}),
        lambda p: ApplicationEvent.objects.filter(by=p),
        ("application__code", "act", "at", "was", "became", "subject", "text"),
    ),
    (
        "exceptions",
        _("Exceptions to the table of rights for you, and those that you made."),
        frozenset({"partners.RightException.person", "partners.RightException.made_by"}),
        lambda p: RightException.objects.filter(Q(person=p) | Q(made_by=p)),
        ("capability", "is_granted", "starts_on", "ends_on", "reason", "revoked_at"),
    ),
    (
        "decisions",
        _("Changes of partnerships that you made."),
        frozenset({"partners.PartnershipChange.made_by"}),
        lambda p: PartnershipChange.objects.filter(made_by=p),
        ("code", "partnership__city__name", "act", "effective_on", "level", "reason", "made_at"),
    ),
    (
        "tables-of-rights",
        _("Versions of the table of rights that you made."),
        frozenset({"partners.Table.made_by"}),
        lambda p: Table.objects.filter(made_by=p),
        ("effective_from", "note", "withdrawn_at"),
    ),
    (
        "mail-domains",
        _("Mail domains of your city that you added or verified."),
        frozenset({"partners.CityDomain.added_by", "partners.CityDomain.verified_by"}),
        lambda p: CityDomain.objects.filter(Q(added_by=p) | Q(verified_by=p)),
        ("domain", "added_at", "verified_at", "proof"),
    ),
    (
        "benefits",
        _("Benefits that you asked for on behalf of your city."),
        frozenset({"partners.Hold.person"}),
        lambda p: Hold.objects.filter(person=p),
        ("code", "account__city__name", "account__benefit__name", "units", "state", "what_for", "asked_at"),
    ),
    (
        "ledger",
        _("Rows of the ledger that you wrote."),
        frozenset({"partners.Movement.actor"}),
        lambda p: Movement.objects.filter(actor=p.pk),
        ("code", "kind", "account__city__name", "account__benefit__name", "reason", "at"),
    ),
    (
        "city-profile",
        _("The words of your city about itself, where you saved them last."),
        frozenset({"partners.CityProfile.saved_by"}),
        lambda p: CityProfile.objects.filter(saved_by=p),
        ("city__name", "interests", "challenges", "strengths", "languages", "saved_at"),
    ),
    (
        "first-weeks",
        _("How far you came in “getting to know you”."),
        frozenset({"partners.Guide.person"}),
        lambda p: Guide.objects.filter(person=p),
        ("done", "skipped", "begun_at", "dismissed_at"),
    ),
)  # fmt: skip


def _erase(person: Person) -> None:
    for seat in Seat.objects.filter(person=person).select_related("partnership", "person"):
        lock(seat.partnership)
        empty(seat)
    Tenure.objects.filter(person=person).update(person=None)
    for circle in Circle.objects.filter(persons=person):
        circle.persons.remove(person)
    for found in (
        JoinRequest.objects.filter(Q(person=person) | Q(email__iexact=person.email)),
        RightException.objects.filter(person=person),
        Guide.objects.filter(person=person),
    ):
        found.delete()
    _empty_invitations(person)
    in_her_name = Application.objects.filter(email__iexact=person.email)
    ApplicationEvent.objects.filter(application__in=in_her_name).update(subject="", text="")
    # The pipeline counts it; whoever asked is no longer told.
    in_her_name.update(name="–", role="–", department="", email="", why="–", shares="")


def _empty_invitations(person: Person) -> None:
    hers = Invitation.objects.filter(Q(email__iexact=person.email) | Q(accepted_by=person))
    hers.unanswered().update(withdrawn_at=timezone.now(), digest="")
    hers.update(email="", name="–", words="")

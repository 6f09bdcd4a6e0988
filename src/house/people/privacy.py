"""What this floor gives to a person's export, and what erasure does about it."""

import json
from collections.abc import Callable, Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from house.access.models import JournalRow
from house.ground import mailbox
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import ApiToken, ContactMessage, Mute, Person, SignIn
from house.people.sessions import end_all

# every row in this file: a person's own, for her alone or to be erased

PROFILE = (
    "code", "email", "name", "city__name", "job_title", "languages", "can_help_with", "looks_for",
    "time_zone", "is_listed", "withheld", "single_keys", "is_office", "is_curator", "is_expert", "is_active",
    "date_joined", "last_login", "erase_after",
)  # fmt: skip


def register() -> None:
    export.register(
        "profile",
        _profile,
        told=_("Your profile, your choices and your photo."),
        covers=(
            "people.Person.email", "people.Person_topics.person", "people.Person_groups.person",
            "people.Person_user_permissions.person",
        ),
    )  # fmt: skip
    for name, told, covers, section in _LISTS:
        export.register(name, section, told=told, covers=covers)
    erasure.register(
        "person",
        _erase,
        covers=export.covered(),
        goes=_(
            "Your name, e-mail address, photo and profile; every session, passkey and key for programs; "
            "the list of your sign-ins; all messages that you wrote or got through the house."
        ),
        stays=_(
            "The journal of the house keeps what you did under a number that leads to no name. It can't be "
            "changed by anybody, so that nobody can cover up an act."
        ),
    )


def _profile(person: Person) -> Section:
    facts = Person.objects.filter(pk=person.pk).values(*PROFILE)
    more = {
        "topics": list(person.topics.values_list("slug", flat=True)),
        "groups": list(person.groups.values_list("name", flat=True)),
        "permissions": list(person.user_permissions.values_list("codename", flat=True)),
    }
    photo = [("photo.jpg", person.photo)] if person.photo else []
    return Section(({**row, **more} for row in facts), photo)


def _rows(found: Callable[[Person], QuerySet], *fields: str) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person), *fields))


def _passkeys(person: Person) -> Section:
    """Kinds and moments; the secrets themselves open the door and are in nobody's hands."""
    return Section(_named(Authenticator.objects.filter(user=person).order_by("pk")))


def _named(found: QuerySet[Authenticator]) -> Iterator[dict[str, object]]:
    for each in found:
        yield {
            "type": each.type,
            "name": str(each),
            "created_at": each.created_at,
            "last_used_at": each.last_used_at,
        }


_LISTS = (
    (
        "addresses",
        _("The addresses by which you sign in."),
        ("account.EmailAddress.user", "account.EmailAddress.email"),
        _rows(lambda p: EmailAddress.objects.filter(user=p), "email", "verified", "primary"),
    ),
    (
        "sign-ins",
        _("When and with what you signed in."),
        ("people.SignIn.person",),
        _rows(lambda p: SignIn.objects.filter(person=p).order_by("pk"), "at", "way", "device", "is_new"),
    ),
    (
        "sessions",
        _("Where you are signed in now."),
        ("usersessions.UserSession.user",),
        _rows(
            lambda p: UserSession.objects.filter(user=p).order_by("pk"),
            "created_at", "last_seen_at", "ip", "user_agent",
        ),
    ),
    (
        "passkeys",
        _("Your passkeys and authenticator app: kinds and moments, no secrets."),
        ("mfa.Authenticator.user",),
        _passkeys,
    ),
    (
        "keys-for-programs",
        _("Your keys for programs: labels and moments. The keys themselves are not kept."),
        ("people.ApiToken.person",),
        _rows(
            lambda p: ApiToken.objects.filter(person=p).order_by("pk"),
            "label", "scopes", "created_at", "expires_at", "used_at", "revoked_at",
        ),
    ),
    (
        "messages",
        _("What you wrote to colleagues through the house, and they to you."),
        ("people.ContactMessage.sender", "people.ContactMessage.receiver"),
        _rows(
            # What a muted sender wrote never reached her; it is in the sender's own export.
            lambda p: ContactMessage.objects.filter(
                Q(sender=p) | Q(receiver=p, is_muted=False)
            ).order_by("pk"),
            "sent_at", "sender__name", "receiver__name", "subject", "text", "shows_address",
        ),
    ),
    (
        "muted",
        _("Whom you muted."),
        ("people.Mute.person", "people.Mute.muted"),
        _rows(lambda p: Mute.objects.filter(person=p).order_by("pk"), "made_at", "muted__name"),
    ),
    (
        "journal",
        _("What the house wrote down about your acts, and about acts on your account."),
        ("access.JournalRow.person_id",),
        _rows(
            lambda p: JournalRow.objects.filter(
                Q(person_id=p.pk) | Q(kind="people.person", object_id=str(p.pk))
            ).order_by("pk"),
            "at", "act", "kind", "object_id", "reason", "facts",
        ),
    ),
)  # fmt: skip


def _erase(person: Person) -> None:
    end_all(person)
    _drop_sessions(person)
    for found in (
        ApiToken.objects.filter(person=person),
        SignIn.objects.filter(person=person),
        Authenticator.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),  # takes its confirmations along
        ContactMessage.objects.filter(Q(sender=person) | Q(receiver=person)),
        Mute.objects.filter(Q(person=person) | Q(muted=person)),
    ):
        found.delete()
    for many in (person.topics, person.groups, person.user_permissions):
        many.clear()
    if person.photo:
        # After commit: an erasure that is undone must find the file in its place.
        transaction.on_commit(lambda file=person.photo: file.storage.delete(file.name))
    transaction.on_commit(lambda address=person.email: mailbox.forget(address))


def _drop_sessions(person: Person) -> None:
    """Hers, and those that hold her address because somebody asked for a code. They are packed."""
    naming = []
    for session in Session.objects.iterator(chunk_size=500):
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(person.pk) or person.email in json.dumps(held, default=str):
            naming.append(session.pk)
    Session.objects.filter(pk__in=naming).delete()

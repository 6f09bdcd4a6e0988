"""Passkeys, authenticator app and recovery codes: what the house tells allauth about them."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.journal import record
from house.people.emails import changed_mail, send_aside
from house.people.models import Person

# every row in this file: a person's own factors, asked for while she signs in or on her own page

Type = Authenticator.Type


class Adapter(DefaultMFAAdapter):
    """Secrets are kept enciphered; passkeys belong to the house's own address, whatever a request says."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That was not right. Please try again; nothing was changed."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as problem:
            raise ImproperlyConfigured(
                "A second factor was enciphered with another HOUSE_SECRET_KEY."
            ) from problem

    def get_totp_issuer(self) -> str:
        return "Digital House"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": str(urlsplit(settings.BASE_URL).hostname), "name": "Digital House"}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"people.factors:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactor(AuthenticateStage):
    """Asked of a typed code where the authenticator app is on.

    A passkey alone does not close the door to typed codes: it is another key to the same door, and may lie on
    a machine at the office.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        return has_app(self.login.user) and bool(super()._should_handle(request))


def has_app(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Type.TOTP).exists()


def passkeys(person: Person) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=person, type=Type.WEBAUTHN).order_by("-pk"))


def recovery_left(person: Person) -> int:
    kept = Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def code_of(authenticator: Authenticator) -> str:
    """Names a passkey in addresses."""
    return hashlib.sha256(f"passkey:{authenticator.pk}".encode()).hexdigest()[:12]


@transaction.atomic
def add_passkey(request: HttpRequest, name: str, credential: dict[str, Any]) -> None:
    WebAuthn.add(request.user, name, credential)
    _tell(request, "passkey.added", _("A passkey was added to your sign-in"), name)


@transaction.atomic
def remove_passkey(request: HttpRequest, authenticator: Authenticator) -> None:
    name = authenticator.wrap().name
    authenticator.delete()
    _tell(request, "passkey.removed", _("A passkey was removed from your sign-in"), name)


@transaction.atomic
def turn_app_on(request: HttpRequest, secret: str) -> list[str]:
    """Returns the recovery codes, which are shown this once."""
    TOTP.activate(request.user, secret)
    _tell(request, "app.on", _("Your sign-in now asks for an authenticator app too"), "")
    return _new_recovery_codes(request.user)


@transaction.atomic
def turn_app_off(request: HttpRequest) -> None:
    forget_factors(request.user, (Type.TOTP, Type.RECOVERY_CODES))
    _tell(request, "app.off", _("Your sign-in no longer asks for an authenticator app"), "")


@transaction.atomic
def new_recovery_codes(request: HttpRequest) -> list[str]:
    """The former ones are void."""
    _tell(request, "recovery.made", _("New recovery codes were made for your sign-in"), "")
    return _new_recovery_codes(request.user)


def forget_factors(person: Person, kinds: tuple[Type, ...] = tuple(Type)) -> None:
    Authenticator.objects.filter(user=person, type__in=kinds).delete()


def _new_recovery_codes(person: Person) -> list[str]:
    forget_factors(person, (Type.RECOVERY_CODES,))
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def _tell(request: HttpRequest, act: str, said: str, detail: str) -> None:
    """To the journal, and to her by mail: whoever did it, she hears of it."""
    person = request.user
    record(act, person, by=request.viewer)
    transaction.on_commit(lambda: send_aside(changed_mail(person, said, detail=detail)))

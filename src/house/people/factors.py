"""Passkeys, authenticator app and recovery codes: what the house tells allauth about them."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from house.people.devices import device_of
from house.people.models import Person

# every row in this file: a person's own factors, asked for while she signs in or on her own page

Type = Authenticator.Type


class Adapter(DefaultMFAAdapter):
    """Secrets are kept enciphered; passkeys belong to the house's own address, whatever a request says."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That was not right. Please try again; nothing was changed."),
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


def passkey_name(request: HttpRequest) -> str:
    """What to call a passkey that is made now, on this device."""
    return device_of(request)


def forget_factors(person: Person, kinds: tuple[Any, ...] = tuple(Type)) -> None:
    Authenticator.objects.filter(user=person, type__in=kinds).delete()

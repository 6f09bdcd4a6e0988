"""The forms of signing in: allauth's, with limits that hold across processes and codes that are good once."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.ground.limits import address_of
from house.people import devices
from house.people.addresses import plain_address
from house.people.models import Person
from house.people.tally import take

# every row in this file: who signs in has no viewer yet

ASKS, ASK_SECONDS = 5, 600
TRIES, CODE_SECONDS = 5, 900
_TOO_OFTEN = _("Too many codes were asked for. Please wait ten minutes, or use a passkey.")
_SPENT = _("This code is used up. Please ask for a new one.")


class AskForm(RequestLoginCodeForm):
    """Asks for a code. Known, unknown and suspended addresses take the same way and the same answer."""

    def clean_email(self) -> str:
        email = plain_address(self.cleaned_data["email"])
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        request = context.request
        # A browser that she signed in with before is counted by itself: strangers who ask for codes in her
        # name can't lock her out of it.
        who = f"{email} {devices.browser_of(request, person)}" if self._knows(person) else email
        if not take("ask-here", address_of(request), limit=20, seconds=60) or not take(
            "ask", who, limit=ASKS, seconds=ASK_SECONDS
        ):
            raise ValidationError(_TOO_OFTEN, code="too-often")
        self._user = person
        return email

    def _knows(self, person: Person | None) -> bool:
        return person is not None and devices.is_known(context.request, person)


class CodeForm(ConfirmLoginCodeForm):
    """Takes the code in the session that asked for it: five tries, once, within fifteen minutes.

    allauth counts tries in the session, where parallel requests overwrite each other's count; here the
    records count them, and of many requests that bring the right code one signs in.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        typed = str(self.cleaned_data["code"])
        asked = _asked()
        if not take("code-try", asked, limit=TRIES, seconds=CODE_SECONDS):
            raise ValidationError(_SPENT, code="spent")
        if not compare_user_code(actual=typed, expected=self.expected_code):  # in constant time
            raise ValidationError(
                _("That is not the code we sent. Look at the newest mail; it may be cut off."),
                code="wrong",
            )
        if not take("code-used", asked, limit=1, seconds=CODE_SECONDS):
            raise ValidationError(_SPENT, code="spent")
        return typed


def _asked() -> str:
    """Names the asking that this session holds, whether or not a code was sent."""
    session = context.request.session
    state: dict[str, Any] = session[LOGIN_SESSION_KEY]["state"]["stages"]["login_by_code"]["data"]
    return f"{session.session_key}:{state['at']}"


class PasskeyForm(LoginWebAuthnForm):
    """A suspended person's passkey is told the same as an unknown one."""

    def clean_credential(self) -> Authenticator:
        try:
            authenticator: Authenticator = super().clean_credential()
        except (AttributeError, KeyError, TypeError) as problem:  # not what a browser makes
            raise ValidationError(_UNKNOWN, code="unknown") from problem
        except ValidationError as problem:
            raise ValidationError(_UNKNOWN, code="unknown") from problem
        if not authenticator.user.is_active:
            raise ValidationError(_UNKNOWN, code="unknown")
        return authenticator


_UNKNOWN = _("This passkey does not open the house. Use another one, or a code by mail.")

"""The forms of signing in: allauth's, with limits that hold across processes and codes that are good once."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from house.access.capabilities import CAPABILITIES
from house.access.viewer import Viewer
from house.ground.limits import address_of
from house.ground.text import one_line
from house.people import devices
from house.people.addresses import plain_address
from house.people.models import Person
from house.people.tally import take
from house.people.tokens import DAYS, OFFERED_DAYS

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


class OnceOnly:
    """A code of the app or a recovery code is good once, and five of them may be tried in five minutes.

    allauth forgets a used code after thirty seconds, while a clock that is slow may still show it; and its
    count of tries lies in the cache, where two processes can each let the last one through.
    """

    user: Person

    def clean_code(self) -> str:
        if not take("second-try", str(self.user.pk), limit=TRIES, seconds=300):
            raise ValidationError(_TRIED, code="too-often")
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        if not take(
            "second-used", f"{self.user.pk}:{normalize_user_code(code)}", limit=1, seconds=180
        ):
            raise ValidationError(_SPENT, code="spent")
        return code


class SecondForm(OnceOnly, AuthenticateForm):
    """After the typed code."""


class SecondAgainForm(OnceOnly, ReauthenticateForm):
    """To confirm that it is still her."""


class NewPasskeyForm(AddWebAuthnForm):
    """Takes what the browser made. `name` is what she calls it."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=60)

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
        ) as problem:  # not what a browser makes
            raise ValidationError(_("That passkey could not be read."), code="broken") from problem
        return cleaned


class TokenForm(forms.Form):
    """A new key: offered is what she may herself, reading apart from acting."""

    label = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For example: the city's data portal."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("It never may more than you. Choose as little as it needs."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long is it good?"),
        coerce=int,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in OFFERED_DAYS],
        initial=DAYS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [CAPABILITIES[name] for name in CAPABILITIES if viewer.can(name)]
        groups = {_("Read"): [], _("Act"): []}
        for one in held:
            group = _("Read") if one.name.endswith(".read") else _("Act")
            groups[group].append((one.name, capfirst(str(one.told))))
        self.fields["scopes"].choices = [
            (str(name), found) for name, found in groups.items() if found
        ]

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])


_TRIED = _("Too many codes were tried. Please wait five minutes, or use a passkey.")
_UNKNOWN = _("This passkey does not open the house. Use another one, or a code by mail.")

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from house.ground.limits import address_of
from house.people import devices, emails, sessions
from house.people.models import Person, SignIn

# every row in this file: who signs in has no viewer yet

_KEPT = 50


class Adapter(DefaultAccountAdapter):
    """Nobody signs herself up: cities invite. A suspended person is told no more than an unknown one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("That code was tried too often. Please ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"  # noqa: S104 -- a socket without address

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Persons have no user names."""

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "house.people.factors.SecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        with translation.override(settings.LANGUAGE_CODE):  # mails are not translated yet
            message = self.render_mail(template_prefix, email, {"email": email, **context})
        emails.send_aside(message)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Suspended between two pages: she hears what anybody with a stale code hears."""
        messages.error(request, self.error_messages["too_many_login_attempts"])
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Any) -> None:
        if not Person.objects.filter(pk=user.pk, is_active=True).exists():
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        request.is_first_sign_in = user.last_login is None  # type: ignore[attr-defined]  # for `post_login`
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Remembers the sign-in, and mails her when she was never seen with this browser."""
        response = super().post_login(request, user, **facts)
        sessions.forget_address(request.session)
        is_new = not devices.is_known(request, user)
        devices.name_browser(request, response)
        device = devices.device_of(request)
        SignIn.objects.create(
            person=user,
            way=_way(request, user),
            browser=devices.browser_of(request, user),
            device=device,
            is_new=is_new,
        )
        kept = SignIn.objects.filter(person=user).values_list("pk", flat=True)[:_KEPT]
        SignIn.objects.filter(person=user).exclude(pk__in=list(kept)).delete()
        if is_new and not request.is_first_sign_in:  # type: ignore[attr-defined]  # set by `login`
            emails.send_aside(emails.new_device_mail(user, device))
        return response


def _way(request: HttpRequest, person: Person) -> SignIn.Way:
    records = get_authentication_records(request, person)
    if any(record.get("passwordless") for record in records):
        return SignIn.Way.PASSKEY
    methods = {record["method"] for record in records}
    if "mfa" in methods:
        return SignIn.Way.SECOND
    return SignIn.Way.CODE if "code" in methods else SignIn.Way.LINK

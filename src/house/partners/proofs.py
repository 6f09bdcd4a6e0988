"""The code by which an applicant proves her address. No link acts: it is typed where it was asked for."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.ground.codes import short_code
from house.ground.errors import Refused, TooMany
from house.partners import letters
from house.partners.models import Application, ApplicationProof
from house.people import tally

# every row in this file: an applicant has no viewer, her typed code is what lets her in

LENGTH, TRIES = 8, 5
LASTS = datetime.timedelta(minutes=30)
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: the random name of the browser, and the network address."""

    browser: str
    address: str


class WrongCode(Refused):
    code = "wrong-code"
    status = 422


def send_code(application: Application, *, to: Origin) -> None:
    """A fresh code goes to the applicant's address; those sent before stop counting.

    Raises `TooMany` when this address or this network has asked too often.
    """
    limit("join-code-from", to.address, most=20)
    limit("join-code-to", application.email, most=5)
    code = short_code(LENGTH)
    with transaction.atomic():
        ApplicationProof.objects.filter(application=application).delete()
        ApplicationProof.objects.create(
            application=application,
            digest=_digest(application, code),
            browser=_browser(to.browser),
            expires_at=timezone.now() + LASTS,
        )
    letters.send_code(application, code)


def accept(application: Application, typed: str, *, origin: Origin) -> None:
    """Count the code as used, or raise `WrongCode`. Of two that come at once, one is accepted.

    Not one transaction: a wrong try must stay counted.
    """
    limit("join-try-from", origin.address, most=60)
    proof = ApplicationProof.objects.filter(
        application=application, browser=_browser(origin.browser)
    ).first()
    alive = ApplicationProof.objects.filter(
        pk=proof.pk if proof else 0,
        used_at__isnull=True,
        expires_at__gt=timezone.now(),
        tries__lt=TRIES,
    )
    if proof is None or not alive.update(tries=F("tries") + 1):
        raise WrongCode(
            _(
                "No code waits for this browser: it was used, it is too old, or you asked elsewhere."
            ),
            remedy=_("Ask for a new one below. Nothing that you wrote is lost."),
        )
    plain = "".join(letter for letter in typed.lower() if letter.isalnum())
    if not constant_time_compare(proof.digest, _digest(application, plain)):
        raise WrongCode(_("This is not the code that we sent."), remedy=_left(proof))
    if not ApplicationProof.objects.filter(pk=proof.pk, used_at__isnull=True).update(
        used_at=timezone.now()
    ):
        raise WrongCode(_("This code was used a moment ago."))


def limit(what: str, who: str, *, most: int) -> None:
    """Raise `TooMany` after `most` within an hour."""
    if not tally.take(what, who, limit=most, seconds=HOUR):
        raise TooMany(
            _("That was asked too often within an hour. Please try again later."), retry_after=HOUR
        )


def _left(proof: ApplicationProof) -> str:
    left = TRIES - proof.tries - 1
    if left < 1:
        return _("That was the last try with this code. Ask for a new one below.")
    return ngettext(
        "Look at the newest mail; %(left)d try is left.",
        "Look at the newest mail; %(left)d tries are left.",
        left,
    ) % {"left": left}


def _digest(application: Application, code: str) -> str:
    return salted_hmac(
        "partners.proofs", f"{application.pk}:{application.email}:{code}", algorithm="sha256"
    ).hexdigest()


def _browser(name: str) -> str:
    return salted_hmac("partners.proofs.browser", name, algorithm="sha256").hexdigest()

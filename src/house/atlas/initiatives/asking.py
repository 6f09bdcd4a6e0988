"""Asked once a year: "still true?", of initiatives that published an address to be reached."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from house.atlas.initiatives import emails
from house.atlas.initiatives.models import Answer, Ask, Initiative, State, Suggestion

# every row in this file: the house asks by its calendar, and forgets by it

YEAR = datetime.timedelta(days=365)
A_DAY = 100  # letters: a large layer is asked bit by bit
OPEN_DAYS = 90  # how long a link is good
KEPT = datetime.timedelta(days=30)  # a suggester's address, after she was answered


def ask_due(today: datetime.date | None = None) -> list[Ask]:
    """Questions for those who published an address to be reached, a year after they last confirmed."""
    today = today or timezone.now().date()
    before = today - YEAR
    old = Q(confirmed_on__lte=before) | Q(confirmed_on=None, made_at__date__lte=before)
    asked = Ask.objects.filter(due_on__gt=before).values("initiative")
    due = (
        Initiative.objects.shown()
        .filter(old, contact_is_public=True)
        .exclude(email="")
        .exclude(pk__in=asked)
        .exclude(layer__is_demonstration=True)
    )
    for initiative in due.order_by("confirmed_on", "pk")[:A_DAY]:
        Ask.objects.get_or_create(initiative=initiative, due_on=today)
    return list(Ask.objects.filter(sent_at=None, answer="").select_related("initiative")[:A_DAY])


def send(ask: Ask) -> bool:
    """The letter, once. The secret exists in the mail alone; the records hold its digest."""
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        # `update` is the claim: of two workers one sends.
        won = Ask.objects.filter(pk=ask.pk, sent_at=None).update(
            sent_at=timezone.now(),
            digest=digest_of(secret),
            sent_to=bound(digest_of(secret), ask.initiative.email),
        )
    return bool(won) and emails.send_ask(ask, secret)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def bound(digest: str, address: str) -> str:
    """Tells an address from another without keeping it a second time."""
    return digest_of(f"{digest} {address.casefold()}")


def is_bound(ask: Ask) -> bool:
    """The initiative still has the address that the letter went to: who lost it speaks for it no more."""
    return ask.sent_to == bound(ask.digest, ask.initiative.email)


def found_by(secret: str) -> Ask | None:
    """The question behind a link that is still good and whose initiative is still on the map."""
    rows = good().filter(digest=digest_of(secret))
    found = rows.select_related("initiative__layer", "initiative__city").first()
    return found if found and is_bound(found) else None


def good() -> QuerySet[Ask]:
    """Whose link may be answered: what a curator took off the map, nobody puts back by a letter."""
    since = timezone.now() - datetime.timedelta(days=OPEN_DAYS)
    said_so_itself = Q(initiative__state=State.GONE, answer=Answer.GONE)
    return Ask.objects.filter(Q(initiative__state=State.SHOWN) | said_so_itself, sent_at__gte=since)


def forget_suggesters(now: datetime.datetime | None = None) -> int:
    """Addresses of those who were answered a month ago. How many there were."""
    before = (now or timezone.now()) - KEPT
    old = Suggestion.objects.exclude(email="").filter(decided_at__lte=before)
    return old.update(email="")

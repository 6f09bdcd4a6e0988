"""A new person's first weeks: nine short steps, of which most can be seen to be done."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.alex.models import Entry
from house.front import queries
from house.partners.actions.welcome import STEPS
from house.partners.models import Guide
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Kind:
    """`fields` are those of the profile that the step asks; a step without any leads somewhere."""

    name: str
    label: str | Promise
    why: str | Promise
    fields: tuple[str, ...] = ()
    capability: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "profile",
            _("Who you are"),
            _("Colleagues elsewhere find you by your name and your role."),
            ("name", "job_title"),
        ),
        Kind(
            "languages",
            _("Languages"),
            _("Those in which you can read a paper or take a call."),
            ("languages",),
        ),
        Kind(
            "topics",
            _("Topics"),
            _("What you follow. By these we choose what to show you first."),
            ("topics",),
        ),
        Kind(
            "can_help_with",
            _("What you can help with"),
            _("Two lines. Who is stuck where you got through will find you."),
            ("can_help_with",),
        ),
        Kind(
            "looks_for",
            _("What you look for"),
            _("Two lines about what would help you now."),
            ("looks_for",),
        ),
        Kind(
            "time_zone",
            _("Your time zone"),
            _("Times are shown to you in it, beside the other city’s hour."),
            ("time_zone",),
        ),
        Kind(
            "read",
            _("A first entry to read"),
            _("Chosen by your topics from what you may read."),
            capability="alex.read",
        ),
        Kind(
            "ask",
            _("A first question"),
            _(
                "Ask in your own language. When ALEX does not know, it keeps the question for your peers."
            ),
        ),
        Kind(
            "passkey",
            _("A passkey"),
            _("Sign in with your finger or face instead of waiting for a mail."),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Step:
    kind: Kind
    state: str  # done, later or open

    @property
    def url(self) -> str:
        return reverse("front:welcome_step", args=[self.kind.name.replace("_", "-")])


@dataclass(frozen=True, slots=True)
class Way:
    """All her steps, in order, and how far she has come."""

    steps: list[Step]
    is_away: bool

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.state == "open"), None)

    @property
    def is_open(self) -> bool:
        """Is there something that she neither did nor left for later?"""
        return not self.is_away and self.next is not None


def way_of(person: Person, viewer: Viewer) -> Way:
    """In four queries, however far she has come."""
    guide = Guide.objects.visible_to(viewer).first()
    told, later = (set(guide.done), set(guide.skipped)) if guide else (set(), set())
    done = told | _seen_to_be_done(person, viewer)
    steps = [
        Step(KINDS[name], "done" if name in done else "later" if name in later else "open")
        for name in STEPS
        if not KINDS[name].capability or viewer.can(KINDS[name].capability)
    ]
    return Way(steps, is_away=bool(guide and guide.dismissed_at))


def _seen_to_be_done(person: Person, viewer: Viewer) -> set[str]:
    facts = {
        "profile": bool(person.job_title),
        "languages": bool(person.languages),
        "topics": person.topics.exists(),
        "can_help_with": bool(person.can_help_with),
        "looks_for": bool(person.looks_for),
        "time_zone": person.time_zone != "UTC",
        "ask": queries.kept_questions(viewer).exists(),
        # every row: her own keys, asked by herself
        "passkey": Authenticator.objects.filter(
            user=person, type=Authenticator.Type.WEBAUTHN
        ).exists(),
    }
    return {name for name, is_done in facts.items() if is_done}


def first_reading(person: Person, viewer: Viewer) -> QuerySet[Entry]:
    """What she may read, that of most of her topics first; in her languages before others."""
    topics = list(person.topics.values_list("pk", flat=True))
    entries = queries.newest(viewer).annotate(
        shared=Count("topics", filter=Q(topics__in=topics), distinct=True),
        is_hers=Count("pk", filter=Q(language__in=person.languages or ["en"]), distinct=True),
    )
    return entries.order_by("-shared", "-is_hers", "-published_at")[:3]

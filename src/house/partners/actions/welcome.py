"""Getting to know you: what a city says of itself, and a person's first steps."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.partners.models import CityProfile, Guide
from house.vocabulary.models import City, Topic

# every row in this file: a city's own profile behind its policy, and a person's own guide

PARTS = ("topics", "challenges", "strengths", "languages")
STEPS = (
    "profile", "languages", "topics", "can_help_with", "looks_for", "time_zone", "read", "ask", "passkey",
)  # fmt: skip


class ChangedMeanwhile(Refused):
    """A colleague saved since this page was made."""

    code = "changed-meanwhile"


def profile_of(city: City) -> CityProfile:
    """The one that is kept, or one that is not kept yet."""
    return CityProfile.objects.filter(pk=city.pk).first() or CityProfile(city=city)


@transaction.atomic
def save_profile(
    city: City,
    *,
    by: Viewer,
    seen: int,
    topics: Iterable[Topic],
    interests: str,
    challenges: str,
    strengths: str,
    languages: list[str],
    audience: str,
) -> CityProfile:
    """What the city says of itself from now on. Raises `ChangedMeanwhile` when `seen` is not the newest."""
    profile = _held(city, by)
    if profile.version != seen:
        raise ChangedMeanwhile(
            _("A colleague saved this while you wrote."),
            remedy=_("Hers stands beside yours below. Saving again replaces it with yours."),
        )
    was = profile.audience if profile.saved_at else ""
    profile.interests, profile.challenges, profile.strengths = interests, challenges, strengths
    profile.languages, profile.audience = languages, audience
    profile.saved_at, profile.saved_by_id = timezone.now(), by.person_id
    profile.version += 1
    profile.save()
    profile.topics.set(topics)
    if was != audience:
        journal.record(
            "city_profile.shown", profile, by=by, facts={"audience": audience, "before": was}
        )
    return profile


@transaction.atomic
def leave_part(city: City, part: str, *, by: Viewer, for_later: bool) -> None:
    """A part of the guide is left for later, or taken up again."""
    if part not in PARTS:
        raise Refused(_("There is no such part."))
    profile = _held(city, by)
    kept = [each for each in profile.skipped if each != part]
    profile.skipped = [*kept, part] if for_later else kept
    profile.save(update_fields=["skipped"])


@transaction.atomic
def put_away(city: City, *, by: Viewer, is_away: bool) -> None:
    """The guide of the city no longer reminds; everything stays where it is."""
    profile = _held(city, by)
    profile.dismissed_at = timezone.now() if is_away else None
    profile.save(update_fields=["dismissed_at"])


def _held(city: City, by: Viewer) -> CityProfile:
    allow(by, "edit", CityProfile(city=city))
    CityProfile.objects.get_or_create(city=city)
    return CityProfile.objects.select_for_update().get(pk=city.pk)


@transaction.atomic
def take_step(step: str, *, by: Viewer, outcome: str) -> Guide:
    """A person says of a step of her guide that it is `done`, left for `later`, or `open` again."""
    if step not in STEPS or outcome not in {"done", "later", "open"}:
        raise Refused(_("There is no such step."))
    guide = _guide(by)
    guide.done = [each for each in guide.done if each != step]
    guide.skipped = [each for each in guide.skipped if each != step]
    if outcome == "done":
        guide.done.append(step)
    elif outcome == "later":
        guide.skipped.append(step)
    guide.save(update_fields=["done", "skipped"])
    return guide


@transaction.atomic
def put_guide_away(*, by: Viewer, is_away: bool) -> None:
    _guide(by)
    Guide.objects.filter(person=by.person_id).update(
        dismissed_at=timezone.now() if is_away else None
    )


def _guide(by: Viewer) -> Guide:
    if by.person_id is None:
        raise Forbidden(_("First steps belong to a person."))
    Guide.objects.get_or_create(person_id=by.person_id)
    return Guide.objects.select_for_update().get(pk=by.person_id)

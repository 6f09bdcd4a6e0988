from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.models import Event, Suggestion, Support, Target
from house.ground.errors import Forbidden, Refused
from house.ground.html import safe_url
from house.ground.text import clean, one_line
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights
from house.retrieval import outbox
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

KIND = "suggestion"
State = Suggestion.State


@dataclass(frozen=True, slots=True)
class Wish:
    """A topic as somebody suggests it."""

    title: str
    target: str
    text: str = ""
    language: str = "en"
    topics: tuple[Topic, ...] = ()


@transaction.atomic
def suggest_topic(wish: Wish, *, by: Viewer, city: str = "") -> Suggestion:
    """A new topic, with the city of whoever suggests it behind it."""
    rights.require(by, "topics.suggest")
    home = _city_of(by, city)
    title, text = one_line(wish.title), clean(wish.text).strip()
    if not title:
        raise Refused(_("Say what it is about."))
    if len(title) > 160 or len(text) > 4000:
        raise Refused(
            _("A topic is 160 characters long at most, its reasons 4000."),
            remedy=_("Say the rest when it is planned."),
        )
    if wish.target not in Target.values:
        raise Refused(_("Say what it is for."))
    made = Suggestion.objects.create(
        title=title,
        text=text,
        target=wish.target,
        language=wish.language if wish.language in LANGUAGES else "en",
        suggested_by_id=by.person_id,
        city_id=home,
    )
    made.topics.set(wish.topics)
    Support.objects.create(suggestion=made, city_id=home, person_id=by.person_id)
    outbox.touch(KIND, made.pk)
    journal.record("topics.suggest", made, by=by, facts={"city": home})
    return made


@transaction.atomic
def support_topic(suggestion: Suggestion, *, by: Viewer, city: str = "") -> Support:
    """Her city stands behind it; however often and by however many of its people this is said, once."""
    rights.require(by, "topics.suggest")
    home = _city_of(by, city)
    topic = lock(suggestion)
    if topic.merged_into is not None:
        return support_topic(topic.merged_into, by=by, city=home)
    _still_open(topic, by)
    made, _is_new = Support.objects.get_or_create(
        suggestion=topic, city_id=home, defaults={"person_id": by.person_id}
    )
    return made


@transaction.atomic
def withdraw_support(suggestion: Suggestion, *, by: Viewer, city: str = "") -> None:
    """Her city no longer stands behind it, nor behind any topic that was merged into it."""
    rights.require(by, "topics.suggest")
    home = _city_of(by, city)
    topic = lock(suggestion)
    if topic.merged_into is not None:
        withdraw_support(topic.merged_into, by=by, city=home)
        return
    _still_open(topic, by)
    Support.objects.filter(suggestion__in=[topic.pk, *_merged(topic)], city=home).delete()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a topic. A planned one says where; a declined one why."""

    state: str
    reason: str = ""
    url: str = ""
    event: Event | None = None


@transaction.atomic
def decide_topic(suggestion: Suggestion, decision: Decision, *, by: Viewer) -> Suggestion:
    """The office plans, reports done, declines with a reason, or opens again. Supporters hear of it."""
    allow(by, "decide", lock(suggestion))
    if suggestion.state == State.MERGED:
        raise Refused(_("This topic was merged into another."), remedy=_("Decide that one."))
    if decision.state not in {State.OPEN, State.PLANNED, State.DONE, State.DECLINED}:
        raise Refused(_("Say what becomes of it."))
    reason, url = clean(decision.reason).strip()[:2000], _address(decision.url)
    if decision.state == State.DECLINED and not reason:
        raise Refused(_("Say why: the cities behind it will ask."))
    if decision.state == State.PLANNED and decision.event is None and not url:
        raise Refused(_("Say where it is planned: choose an event, or give an address."))
    return settle(suggestion, Decision(decision.state, reason, url, decision.event), by=by)


def settle(suggestion: Suggestion, decision: Decision, *, by: Viewer) -> Suggestion:
    """The decision as it is kept and told. It checks nothing: whoever calls has judged, and holds the row."""
    before = (suggestion.state, suggestion.reason, suggestion.url, suggestion.event_id)
    event = decision.event.pk if decision.event else None
    if before == (decision.state, decision.reason, decision.url, event):
        return suggestion
    suggestion.state, suggestion.reason = decision.state, decision.reason
    suggestion.url, suggestion.event_id = decision.url, event
    suggestion.decided_at, suggestion.decided_by_id = timezone.now(), by.person_id
    suggestion.save()
    journal.record("topics.decide", suggestion, by=by, facts={"state": decision.state})
    outbox.touch(KIND, suggestion.pk)
    if {before[0], decision.state} != {State.OPEN}:
        _tell(suggestion, by)
    return suggestion


@transaction.atomic
def merge_topic(suggestion: Suggestion, *, into: Suggestion, by: Viewer) -> Suggestion:
    """One of two alike goes into the other, and its supporters move along. Can be undone."""
    for each in sorted((suggestion, into), key=lambda topic: topic.pk):
        lock(each)  # in one order, so that two who merge both ways don't wait for each other
    allow(by, "decide", suggestion)
    target = into
    if suggestion.merged_into_id == target.pk:
        return target
    if State.MERGED in {suggestion.state, target.state}:
        raise Refused(_("One of these was merged before."), remedy=_("Undo that first."))
    if suggestion.pk == target.pk:
        raise Refused(_("A topic can't be merged into itself."))
    if not (suggestion.is_open_for_support and target.is_open_for_support):
        raise Refused(_("Only topics that are open or planned are merged."))
    suggestion.state, suggestion.merged_into = State.MERGED, target
    suggestion.decided_at, suggestion.decided_by_id = timezone.now(), by.person_id
    suggestion.save()
    _gather(target)
    journal.record("topics.merge", suggestion, by=by, facts={"into": target.code})
    outbox.touch(KIND, suggestion.pk)
    return target


@transaction.atomic
def undo_merge(suggestion: Suggestion, *, by: Viewer) -> Suggestion:
    """It stands for itself again, with the cities that were behind it and have not withdrawn since."""
    allow(by, "decide", lock(suggestion))
    target = suggestion.merged_into
    if target is None:
        return suggestion
    lock(target)
    if target.state == State.MERGED:
        raise Refused(
            _("The topic that it went into was merged itself."), remedy=_("Undo that first.")
        )
    suggestion.state, suggestion.merged_into = State.OPEN, None
    suggestion.save(update_fields=["state", "merged_into"])
    # Also what came by it from topics that had gone into it before.
    gone = [suggestion.pk, *_merged(suggestion)]
    Support.objects.filter(suggestion=target, came_from__in=gone).delete()
    _gather(target)
    journal.record("topics.unmerge", suggestion, by=by, facts={"from": target.code})
    outbox.touch(KIND, suggestion.pk)
    return suggestion


def lock(suggestion: Suggestion) -> Suggestion:
    """The same object as it stands now, held until the transaction ends."""
    suggestion.refresh_from_db(from_queryset=Suggestion.objects.select_for_update(of=("self",)))
    return suggestion


def _gather(target: Suggestion) -> None:
    """Cities behind what was merged into it stand behind it, each once."""
    there = set(Support.objects.filter(suggestion=target).values_list("city", flat=True))
    for row in Support.objects.filter(suggestion__in=_merged(target)).order_by("made_at", "pk"):
        if row.city_id not in there:
            there.add(row.city_id)
            Support.objects.create(
                suggestion=target,
                city_id=row.city_id,
                person_id=row.person_id,
                made_at=row.made_at,
                came_from_id=row.suggestion_id,
            )


def _merged(target: Suggestion) -> list[int]:
    """All that went into it, also by way of others."""
    found: list[int] = []
    layer = [target.pk]
    while layer:
        rows = Suggestion.objects.filter(merged_into__in=layer)
        layer = list(rows.values_list("pk", flat=True))
        found += layer
    return found


def _city_of(by: Viewer, wanted: str) -> str:
    if wanted and wanted in by.city_ids:
        return wanted
    if not by.city_ids:
        raise Forbidden(
            _("Topics are suggested and supported for a city."),
            remedy=_("Ask a colleague of a partner city to suggest it."),
        )
    return min(by.city_ids)


def _still_open(topic: Suggestion, by: Viewer) -> None:
    if not topic.is_open_for_support:
        raise Refused(
            _("This topic is settled: %(state)s.") % {"state": topic.get_state_display()},
            remedy=_("Suggest it anew if it is still needed."),
        )
    allow(by, "support", topic)


def _address(url: str) -> str:
    """A path of the house or a web address; empty for none."""
    told = one_line(url)[:300]
    if not told or (told.startswith("/") and not told.startswith("//")):
        return told
    if not safe_url(told):
        raise Refused(_("The address begins with https:// or, in this house, with /."))
    return told


def supporters(suggestion: Suggestion) -> dict[int, str]:
    """Whoever stood behind it for a city, or suggested it, also by way of what was merged into it."""
    rows = Support.objects.filter(suggestion__in=[suggestion.pk, *_merged(suggestion)])
    persons = {*rows.values_list("person", flat=True), suggestion.suggested_by_id}
    return {person: Reason.OWN for person in persons if person is not None}


def _tell(suggestion: Suggestion, by: Viewer) -> None:
    assert suggestion.decided_at is not None  # noqa: S101 -- set by the caller
    kind = f"gatherings.topic_{suggestion.state}"
    happenings.tell(
        kind, suggestion, key=f"{kind}:{suggestion.code}:{suggestion.decided_at.timestamp():.6f}", by=by,
        to=supporters(suggestion),
    )  # fmt: skip

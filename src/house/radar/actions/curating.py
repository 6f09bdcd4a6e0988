"""Verbs of those who look through what came: pick, drop, merge, split, and take any of it back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from house.access import journal
from house.access.audience import Audience
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line
from house.partners import rights
from house.radar import telling
from house.radar.models import Item, State, Step, Story, Way
from house.radar.settling import refresh
from house.retrieval import outbox
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, Topic

# every row in this file: whoever curates sees every story

LONGEST_NOTE = 1200  # characters
_KEPT = ("state", "audience", "note", "note_language")


class NotDone(Refused):
    """The story is not in the state that this needs, or something is missing."""


@transaction.atomic
def pick(
    story: Story,
    *,
    by: Viewer,
    note: str,
    language: str,
    audience: str,
    topics: Iterable[str] | None = None,
    cities: Iterable[str] | None = None,
) -> Story:
    """Out to its audience with the curator's paragraph. Picking again changes paragraph and audience.

    `topics` and `cities` replace what the house had found; None leaves it. It is told once.
    """
    story = _locked(story, by)
    note = one_line(note)
    if not note or len(note) > LONGEST_NOTE:
        raise NotDone(_("Say in one paragraph why a city should read this."))
    if language not in LANGUAGES or audience not in {Audience.PUBLIC, Audience.ALLIANCE}:
        raise NotDone(_("Choose a language and who may read it."))
    if story.state == State.MERGED:
        raise NotDone(_("It was merged into another story. Pick that one."))
    _note_step(story, Way.PICK, by)
    story.state, story.note, story.note_language, story.audience = (
        State.PICKED, note, language, audience,
    )  # fmt: skip
    story.picked_at = story.picked_at or timezone.now()
    story.picked_by_id = by.person_id
    story.save()
    if topics is not None:
        story.topics.set(Topic.objects.filter(pk__in=list(topics)))
    if cities is not None:
        story.cities.set(City.objects.filter(pk__in=list(cities)))
    outbox.touch("story", story.pk)
    telling.tell_of_pick(story, by=by)
    journal.record("radar.picked", story, by=by, facts={"audience": audience})
    return story


@transaction.atomic
def drop(story: Story, *, by: Viewer) -> Story:
    """Only curators see it then; copies that come later lie with it. Dropping twice changes nothing."""
    story = _locked(story, by)
    if story.state == State.MERGED:
        raise NotDone(_("It was merged into another story. Drop that one."))
    if story.state != State.DROPPED:
        _note_step(story, Way.DROP, by)
        story.state = State.DROPPED
        story.save(update_fields=["state"])
        outbox.touch("story", story.pk)
        journal.record("radar.dropped", story, by=by)
    return story


@transaction.atomic
def merge(story: Story, *, into: Story, by: Viewer) -> Story:
    """They tell the same: all items stand in one story, which is the picked one where one is. Gives it."""
    if story.pk == into.pk:
        raise NotDone(_("Choose another story to merge it into."))
    story, into = _locked(story, by), _locked(into, by)
    if story.state == State.PICKED and into.state != State.PICKED:
        story, into = into, story
    if State.MERGED in {story.state, into.state}:
        raise NotDone(_("One of them was merged already."))
    if story.state == State.PICKED:
        raise NotDone(_("Both are picked. Drop one of them first."))
    items = list(Item.objects.filter(story=story).values_list("pk", flat=True))
    Step.objects.create(
        story=into,
        other=story,
        way=Way.MERGE,
        by_id=by.person_id,
        before={"items": items, "state": story.state},
    )
    Item.objects.filter(pk__in=items).update(story=into)
    story.state, story.merged_into = State.MERGED, into
    story.save(update_fields=["state", "merged_into"])
    refresh(into)
    journal.record("radar.merged", into, by=by)
    return into


@transaction.atomic
def split(story: Story, items: Iterable[Item], *, by: Viewer) -> Story:
    """These items tell something else: they get a story of their own, which is given."""
    story = _locked(story, by)
    chosen = list(Item.objects.filter(story=story, pk__in=[item.pk for item in items]))
    if not chosen or len(chosen) == Item.objects.filter(story=story).count():
        raise NotDone(_("Choose some of the sources, not all: the rest stays here."))
    apart = Story.objects.create(
        title=chosen[0].title,
        language=chosen[0].language,
        first_at=chosen[0].published_at,
        last_at=chosen[0].published_at,
    )
    Step.objects.create(
        story=story,
        other=apart,
        way=Way.SPLIT,
        by_id=by.person_id,
        before={"items": [item.pk for item in chosen]},
    )
    Item.objects.filter(pk__in=[item.pk for item in chosen]).update(story=apart)
    refresh(apart)
    refresh(story)
    journal.record("radar.split", story, by=by)
    return apart


@transaction.atomic
def undo(story: Story, *, by: Viewer) -> Story:
    """Take back the last thing that was done with it. Who was told of a pick meanwhile is not told again."""
    story = _locked(story, by)
    if story.state == State.MERGED:
        raise NotDone(_("It was merged into another story. Take it back there."))
    step = Step.objects.filter(story=story, undone_at__isnull=True).order_by("-pk").first()
    if step is None:
        raise NotDone(_("There is nothing to take back."))
    if step.way == Way.MERGE:
        _unmerge(story, step)
    elif step.way == Way.SPLIT:
        _unsplit(story, step)
    else:
        _restore(story, step.before)
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    outbox.touch("story", story.pk)
    journal.record("radar.undone", story, by=by, facts={"way": step.way})
    return story


def _unmerge(story: Story, step: Step) -> None:
    other = step.other
    if other is None or other.state != State.MERGED:
        raise NotDone(_("The other story has moved on since. Split it by hand."))
    Item.objects.filter(story=story, pk__in=step.before["items"]).update(story=other)
    other.state, other.merged_into = step.before["state"], None
    other.save(update_fields=["state", "merged_into"])
    refresh(other)
    refresh(story)


def _unsplit(story: Story, step: Step) -> None:
    other = step.other
    if other is None or other.state != State.NEW or Step.objects.filter(story=other).exists():
        raise NotDone(_("The other story has moved on since. Merge it by hand."))
    Item.objects.filter(story=other).update(story=story)
    other.state, other.merged_into = State.MERGED, story
    other.save(update_fields=["state", "merged_into"])
    refresh(story)


def _restore(story: Story, before: dict[str, Any]) -> None:
    for name in _KEPT:
        setattr(story, name, before[name])
    story.picked_at = _moment(before["picked_at"])
    story.picked_by_id = before["picked_by"]
    story.save()
    story.topics.set(Topic.objects.filter(pk__in=before["topics"]))
    story.cities.set(City.objects.filter(pk__in=before["cities"]))


def _note_step(story: Story, way: Way, by: Viewer) -> None:
    before: dict[str, Any] = {name: getattr(story, name) for name in _KEPT}
    before["picked_at"] = story.picked_at.isoformat() if story.picked_at else None
    before["picked_by"] = story.picked_by_id
    before["topics"] = list(story.topics.values_list("pk", flat=True))
    before["cities"] = list(story.cities.values_list("pk", flat=True))
    Step.objects.create(story=story, way=way, by_id=by.person_id, before=before)


def _moment(told: str | None) -> datetime.datetime | None:
    return parse_datetime(told) if told else None


def _locked(story: Story, by: Viewer) -> Story:
    rights.require(by, "radar.curate")
    return Story.objects.select_for_update().get(pk=story.pk)

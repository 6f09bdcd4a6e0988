"""What the radar gives to a curator's export, and what erasure does about it. Nobody else stands here."""

from django.utils.translation import gettext_lazy as _

from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person
from house.radar.models import Source, Step, Story

# every row in this file: a person's own, for her alone or to be erased

COVERS = ("radar.Source.added_by", "radar.Story.picked_by", "radar.Step.by")


def register() -> None:
    export.register(
        "radar-sources", _sources, told=_("Sources that you added to the radar."), covers=COVERS[:1]
    )
    export.register(
        "radar-picks",
        _picks,
        told=_("Stories that you picked, and your notes."),
        covers=COVERS[1:2],
    )
    export.register(
        "radar-steps", _steps, told=_("What you did at the radar's desk."), covers=COVERS[2:]
    )
    erasure.register(
        "radar",
        _erase,
        covers=COVERS,
        goes=_("Your name behind what you picked and did for the radar."),
        stays=_("The picks and their notes, which are the foundation's."),
    )


def _sources(person: Person) -> Section:
    mine = Source.objects.filter(added_by=person).order_by("pk")
    return Section(rows_of(mine, "name", "url", "added_at"))


def _picks(person: Person) -> Section:
    mine = Story.objects.filter(picked_by=person).order_by("pk")
    return Section(rows_of(mine, "title", "note", "audience", "picked_at"))


def _steps(person: Person) -> Section:
    mine = Step.objects.filter(by=person).order_by("pk")
    return Section(rows_of(mine, "story__title", "way", "at", "undone_at"))


def _erase(person: Person) -> None:
    Source.objects.filter(added_by=person).update(added_by=None)
    Story.objects.filter(picked_by=person).update(picked_by=None)
    Step.objects.filter(by=person).update(by=None)
    for step in Step.objects.filter(before__picked_by=person.pk):
        step.before["picked_by"] = None
        step.save(update_fields=["before"])

"""A recording played elsewhere in the house: by consent and rights as they are at that moment."""

from django.urls import Resolver404, resolve, reverse

from house.access.viewer import Viewer
from house.gatherings.after import published
from house.gatherings.models.after import Recording, Voice
from house.memory.playing import Played


def find(path: str, viewer: Viewer) -> Played | None:
    try:
        at = resolve(path)
    except Resolver404:
        return None
    if at.view_name != "gatherings:recording":
        return None
    found = Recording.objects.visible_to(viewer).filter(
        event__slug=at.kwargs["slug"], code=at.kwargs["code"]
    )
    recording = found.select_related("event").first()
    if recording is None or not recording.file:
        return None
    # every row: all who speak, or too much would be heard
    voices = list(Voice.objects.filter(recording=recording).order_by("pk"))
    if not published.of(recording, voices).has_media:
        return None
    return Played(
        reverse("gatherings:recording_media", args=[recording.event.slug, recording.code]),
        recording.media_type,
    )

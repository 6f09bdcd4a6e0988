"""That something was published, told to who follows its topics, its city or the words of a search."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.alex.models import Entry
from house.alex.models.entry import PUBLISHED_STATES
from house.ground.text import shorten
from house.notices import happenings
from house.notices.happenings import Kind, Reason, Told

PUBLISHED = "alex.published"


def tell_published(entry: Entry, *, by: Viewer) -> None:
    """Once an entry: what a new version changed is no news to everybody."""
    if entry.shown_city_id is None:
        happenings.forget_city([PUBLISHED], entry)
    happenings.tell(
        PUBLISHED,
        entry,
        key=f"{PUBLISHED}:{entry.pk}",
        by=by,
        to={entry.author_id: Reason.OWN} if entry.author_id else None,
        topics=[topic.pk for topic in entry.topics.all()],
        # Never `city`: who follows it would learn where hidden words come from.
        city=entry.shown_city_id,
        thread=f"alex.entry:{entry.pk}",
    )


def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    entries = Entry.objects.visible_to(viewer).filter(pk__in=pks, state__in=PUBLISHED_STATES)
    return {
        entry.pk: Told(
            title=entry.title,
            url=entry.get_absolute_url(),
            line=shorten(entry.summary, 200),
            credit=_credited(entry),
            language=entry.language,
        )
        for entry in entries.select_related("author", "city")
    }


def _credited(entry: Entry) -> str:
    credit = entry.credit()
    return ", ".join(part for part in (credit.name, credit.city) if part)


def register() -> None:
    happenings.register(
        Kind(
            PUBLISHED,
            gettext_lazy("New in ALEX"),
            Entry,
            takes="alex.read",
            section="alex",
            told=told,
        )
    )

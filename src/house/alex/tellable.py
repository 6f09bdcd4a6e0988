"""What the lexicon offers the magazine to tell: entries that are new, and those that say something new."""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.alex.models import Entry
from house.alex.parts import content_of, parts
from house.memory.tellers import Tellable, Teller, opening

# Where an entry says what another city can take home, the most telling first.
_TELLING = ("differently", "lessons", "findings", "outcome-story")


def told(since: datetime.datetime, until: datetime.datetime, viewer: Viewer) -> Iterator[Tellable]:
    news = Q(published_at__gte=since, published_at__lt=until)
    news |= Q(changed_at__gte=since, changed_at__lt=until, current__number__gt=1)
    entries = Entry.objects.visible_to(viewer).published().filter(news)
    for entry in entries.for_page():
        yield _tellable(entry, since)


def _tellable(entry: Entry, since: datetime.datetime) -> Tellable:
    assert entry.current is not None and entry.published_at is not None  # noqa: S101, PT018 -- constraints
    pieces = {part.anchor: part.text for part in parts(entry.kind, content_of(entry.current))}
    anchor = next((name for name in _TELLING if pieces.get(name)), "")
    source = pieces.get(anchor) or entry.summary
    credit = entry.credit()
    is_new = entry.published_at >= since
    return Tellable(
        kind="entry",
        key=entry.pk,
        sort="new" if is_new else "updated",
        title=entry.title,
        url=entry.get_absolute_url(),
        when=entry.published_at if is_new else entry.changed_at or entry.published_at,
        language=entry.language,
        # Never `city`: what is hidden on the page is hidden here.
        cities=(entry.shown_city_id,) if entry.shown_city_id else (),
        topics=tuple(topic.pk for topic in entry.topics.all()),
        counts={"reuse": entry.reuse_count},
        quote=opening(source),
        quote_url=f"{entry.get_absolute_url()}#{anchor}" if anchor else entry.get_absolute_url(),
        credit=", ".join(part for part in (credit.name, credit.city) if part),
        words="\n".join((entry.title, entry.summary, *pieces.values())),
    )


TELLER = Teller("alex", _("Entries of ALEX"), ("new", "updated"), "alex.read", told)

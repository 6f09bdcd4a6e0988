"""Verbs of those who keep the list of sources."""

import datetime
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.partners import rights
from house.radar.models import Source, Standing
from house.radar.reading import Outline

# every row in this file: whoever keeps sources sees them all

MOST = 2000  # sources
# A long list is asked over this time at first, not in one minute.
SPREAD = datetime.timedelta(minutes=30)


class NotAdded(Refused):
    """What was given can't become a source, or is one already."""


@transaction.atomic
def add_source(
    name: str, url: str, *, by: Viewer, site: str = "", language: str = "", city: str | None = None
) -> Source:
    """It is read within minutes. What is read already is refused."""
    rights.require(by, "radar.curate")
    url = _address(url)
    if Source.objects.count() >= MOST:
        raise NotAdded(_("The radar can't read more sources. Remove some first."))
    source = Source(
        name=shorten(one_line(name), 200) or url,
        url=url,
        site=safe_url(site)[:500],
        language=language,
        city_id=city,
        added_by_id=by.person_id,
    )
    try:
        with transaction.atomic():
            source.save(force_insert=True)
    except IntegrityError:
        raise NotAdded(
            _("This feed is among the sources already."), remedy=_("Look for it in the list.")
        ) from None
    journal.record("radar.source_added", source, by=by)
    return source


@transaction.atomic
def add_sources(outlines: Iterable[Outline], *, by: Viewer) -> int:
    """All of a list that are no sources yet, asked over the next half hour. Gives how many."""
    rights.require(by, "radar.curate")
    wanted = {each.url: each for each in outlines if safe_url(each.url) and len(each.url) <= 500}
    known = set(Source.objects.filter(url__in=list(wanted)).values_list("url", flat=True))
    fresh = [each for url, each in wanted.items() if url not in known]
    if Source.objects.count() + len(fresh) > MOST:
        raise NotAdded(_("The radar can't read more sources. Remove some first."))
    now, chance = timezone.now(), secrets.SystemRandom()
    Source.objects.bulk_create(
        [
            Source(
                name=shorten(one_line(each.name), 200) or each.url,
                url=each.url,
                site=safe_url(each.site)[:500],
                language=each.language[:2] if each.language[:2].isalpha() else "",
                added_by_id=by.person_id,
                next_at=now + SPREAD * chance.random(),
            )
            for each in fresh
        ],
        ignore_conflicts=True,
    )  # somebody else may have added one of them meanwhile
    if fresh:
        journal.record("radar.sources_imported", None, by=by, facts={"count": len(fresh)})
    return len(fresh)


@transaction.atomic
def edit_source(
    source: Source, *, by: Viewer, name: str, url: str, language: str, city: str | None
) -> Source:
    """Another address begins anew: what was known of the old one is forgotten."""
    rights.require(by, "radar.curate")
    # A round may have written meanwhile.
    source = Source.objects.select_for_update().get(pk=source.pk)
    url = _address(url)
    if url != source.url:
        source.etag = source.modified = source.trouble = ""
        source.failures, source.next_at = 0, timezone.now()
        if source.standing == Standing.GONE:
            source.standing = Standing.ACTIVE
    source.name, source.url = shorten(one_line(name), 200) or url, url
    source.language, source.city_id = language, city
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:
        raise NotAdded(_("Another source has this address already.")) from None
    journal.record("radar.source_edited", source, by=by)
    return source


@transaction.atomic
def pause_source(source: Source, *, by: Viewer) -> None:
    rights.require(by, "radar.curate")
    source.standing = Standing.PAUSED
    source.save(update_fields=["standing"])
    journal.record("radar.source_paused", source, by=by)


@transaction.atomic
def resume_source(source: Source, *, by: Viewer) -> None:
    """Asked again within minutes, as if it had never failed."""
    rights.require(by, "radar.curate")
    source.standing, source.failures, source.trouble = Standing.ACTIVE, 0, ""
    source.next_at = timezone.now()
    source.save(update_fields=["standing", "failures", "trouble", "next_at"])
    journal.record("radar.source_resumed", source, by=by)


def _address(url: str) -> str:
    found = safe_url(one_line(url))
    if not found or len(found) > 500 or "@" in found.partition("//")[2].partition("/")[0]:
        raise NotAdded(
            _("This is not the address of a feed."),
            remedy=_("Give a whole address that begins with https:// or http://."),
        )
    return found

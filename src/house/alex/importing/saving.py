"""Prepared documents into the record database: many at once, each whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from house.access.candour import names_city
from house.access.viewer import Viewer
from house.alex.actions import take_in
from house.alex.actions.steps import KEPT, period_of, stand_until_review
from house.alex.actions.taking_in import EditedHere, WithdrawnHere
from house.alex.content import day
from house.alex.importing.preparing import Prepared
from house.alex.models import Entry, State, Version
from house.alex.models.importing import ImportRecord
from house.alex.search import KIND
from house.ground.codes import short_code
from house.ground.text import slug_of
from house.people.models import Person
from house.retrieval import outbox

Status = ImportRecord.Status
BATCH_DOCUMENTS = 100
BATCH_PASSAGES = 1500


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one document. `reason` says why it was refused."""

    prepared: Prepared
    status: Status
    entry_id: int | None = None
    reason: str = ""


def save_batch(
    batch: Sequence[Prepared], *, by: Viewer, author: Person | None, dry: bool
) -> list[Saved]:
    """All of them in one transaction; a kill in the middle leaves none of them behind.

    Of two imports that meet on a source id the later one finds what the earlier made. `dry` does it
    all and takes it back, so a rehearsal can't differ from the real thing.
    """
    try:
        return _save(batch, by=by, author=author, dry=dry)
    except IntegrityError:  # another import made one of them since we looked
        return _save(batch, by=by, author=author, dry=dry)


@transaction.atomic
def _save(
    batch: Sequence[Prepared], *, by: Viewer, author: Person | None, dry: bool
) -> list[Saved]:
    # every row: a source id is taken whoever may see what it became
    known = dict(
        Entry.objects.filter(source_id__in=[each.source_id for each in batch]).values_list(
            "source_id", "source_digest"
        )
    )
    new = [each for each in batch if each.source_id not in known and not each.cues]
    made = {
        prepared.source_id: Saved(prepared, Status.CREATED, entry.pk)
        for prepared, entry in zip(new, _create(new, by=by, author=author), strict=True)
    }
    saved = []
    for prepared in batch:
        same = known.get(prepared.source_id) == prepared.digest and not prepared.cues
        if same:
            saved.append(Saved(prepared, Status.UNCHANGED))
        else:
            saved.append(made.get(prepared.source_id) or _take_in(prepared, by=by, author=author))
    if dry:
        transaction.set_rollback(True)
    return saved


def _take_in(prepared: Prepared, *, by: Viewer, author: Person | None) -> Saved:
    """One by one: documents that were here before, and recordings."""
    try:
        taken = take_in(
            prepared.source_id,
            prepared.kind,
            prepared.content,
            by=by,
            author=author,
            external=prepared.external,
            cues=prepared.cues,
        )
    except EditedHere:
        return Saved(prepared, Status.REFUSED, reason="edited-here")
    except WithdrawnHere:
        return Saved(prepared, Status.REFUSED, reason="withdrawn")
    return Saved(prepared, Status(taken.result), taken.entry.pk)


def _create(new: Sequence[Prepared], *, by: Viewer, author: Person | None) -> Sequence[Entry]:
    """What `take_in` does for a document that is new, for many with a fixed number of queries."""
    if not new:
        return []
    now = timezone.now()
    entries = [_entry(prepared, author) for prepared in new]
    _give_slugs(entries)
    # every row: written, not read
    Entry.objects.bulk_create(entries)
    # every row: written, not read
    versions = Version.objects.bulk_create(
        _version(prepared, entry, by) for prepared, entry in zip(new, entries, strict=True)
    )
    # every row: those made just now, which had no version to stand on before
    first = Version.objects.filter(entry=OuterRef("pk")).values("pk")[:1]
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        current=Subquery(first), state=State.PUBLISHED, published_at=now, changed_at=now
    )
    through = Entry.topics.through
    through.objects.bulk_create(
        through(entry_id=version.entry_id, topic_id=slug)
        for version in versions
        for slug in version.topics
    )
    outbox.touch_many(KIND, [entry.pk for entry in entries])
    return entries


def _entry(prepared: Prepared, author: Person | None) -> Entry:
    content = prepared.content
    code = short_code()
    since, until = period_of(content)
    entry = Entry(
        code=code,
        slug=code,
        kind=prepared.kind,
        source_id=prepared.source_id,
        source_digest=prepared.digest,
        external=prepared.external[:200],
        title=content["title"][:300],
        summary=content["summary"],
        language=content["language"][:12],
        places=content["places"],
        period_from=since,
        period_until=until,
        outcome=content["outcome"],
        licence=content["licence"][:200],
        audience=content["audience"],
        circle_id=content["circle"] or None,
        city_id=content["city"] or None,
        author=author,
        candour=content["candour"],
        shown_city_id=(content["city"] or None) if names_city(content["candour"]) else None,
    )
    if author is not None:  # nobody can be asked about what has no author in the house
        stand_until_review(entry)
    return entry


def _version(prepared: Prepared, entry: Entry, by: Viewer) -> Version:
    content = prepared.content
    return Version(
        entry=entry,
        number=1,
        **{key: content[key] for key in KEPT},
        period_from=day(content["period_from"]),
        period_until=day(content["period_until"]),
        digest=prepared.digest,
        made_by_id=by.person_id,
        audience=entry.audience,
        city_id=entry.city_id,
        circle_id=entry.circle_id,
        author_id=entry.author_id,
    )


def _give_slugs(entries: Sequence[Entry]) -> None:
    """A slug of each title; where it is taken, with the code behind it."""
    wanted = [slug_of(entry.title, fallback=entry.code) for entry in entries]
    # every row: an address is taken whoever may see what stands there
    taken = set(Entry.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for entry, slug in zip(entries, wanted, strict=True):
        entry.slug = f"{slug}-{entry.code}" if slug in taken else slug
        taken.add(slug)

"""How text from elsewhere becomes entries: one verb for imports and for the demonstration."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.alex.access import reviews
from house.alex.actions.pieces import put_transcript
from house.alex.actions.steps import (
    changed,
    give_slug,
    lay_version,
    note_act,
    put_contacts,
    settle,
    stand_until_review,
)
from house.alex.content import digest_of, tidy
from house.alex.models import Entry, State
from house.ground.codes import short_code
from house.ground.errors import Forbidden, Refused
from house.people.models import Person


class EditedHere(Refused):
    """The entry says something else by now than its source said last; the house keeps its own."""

    code = "edited-here"


class WithdrawnHere(Refused):
    """The entry was withdrawn in the house, so its source is not asked any more."""

    code = "withdrawn"


@dataclass(frozen=True, slots=True)
class Taken:
    entry: Entry
    result: Literal["created", "updated", "unchanged"]


@transaction.atomic
def take_in(
    source_id: str,
    kind: str,
    raw: Mapping[str, Any],
    *,
    by: Viewer,
    author: Person | None = None,
    external: str = "",
    is_demonstration: bool = False,
    published_at: datetime.datetime | None = None,
    cues: Sequence[dict[str, Any]] = (),
    note: str = "",
) -> Taken:
    """Publish a document, or its new version, without review. `raw` is content as `tidy` reads it.

    Nothing happens when the source says what it said last time. Raises `EditedHere` or
    `WithdrawnHere` where people of the house have decided otherwise since.
    """
    if not reviews(by):
        raise Forbidden(_("Documents are taken in by the office and the curators."))
    content = settle(tidy(kind, raw))
    if not content["title"]:
        raise Refused(_("The document has no title."))
    # every row: a source id is taken whoever may see what it became
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("current")
        .filter(source_id=source_id)
        .first()
    )
    made = entry is None
    if entry is None:
        code = short_code()
        entry = Entry.objects.create(
            code=code,
            slug=code,
            kind=kind,
            source_id=source_id,
            author=author,
            external=external[:200],
            is_demonstration=is_demonstration,
        )
    if cues:
        said = put_transcript(entry, cues, language=content["language"])
        content["fields"]["transcript"] = said.code
    digest = digest_of(content)
    if not made:
        _check_untouched(entry, digest)
        if digest == entry.source_digest:
            return Taken(entry, "unchanged")
    lay_version(entry, content, by=by, note=note)
    if content["contacts"]:
        put_contacts(entry, content["contacts"])
    give_slug(entry)
    entry.source_digest = digest
    entry.state = State.PUBLISHED
    entry.published_at = entry.published_at or published_at or timezone.now()
    if author is not None:  # nobody can be asked about what has no author in the house
        stand_until_review(entry)
    entry.save()
    changed(entry)
    note_act("alex.take_in", entry, by=by, source=source_id, created=made)
    return Taken(entry, "created" if made else "updated")


def _check_untouched(entry: Entry, digest: str) -> None:
    if digest == entry.source_digest:
        return
    if entry.state == State.WITHDRAWN:
        raise WithdrawnHere(_("The entry was withdrawn in the house, so it was left alone."))
    if entry.current and entry.current.digest != entry.source_digest:
        raise EditedHere(
            _("The entry was changed in the house since, so the new text was not taken.")
        )

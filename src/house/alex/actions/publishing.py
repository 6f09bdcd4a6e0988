from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.audience import token_of
from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex import telling
from house.alex.access import stands_for
from house.alex.actions.remembering import tie_to_version
from house.alex.actions.reviewing import check_complete, draft_of
from house.alex.actions.steps import (
    changed,
    give_slug,
    lay_version,
    lock,
    needed,
    note_act,
    put_contacts,
    stand_until_review,
)
from house.alex.actions.writing import settings_of, submitted
from house.alex.content import tidy
from house.alex.models import Draft, DraftCopy, Entry, ReviewNote, State, Version
from house.alex.parts import content_of
from house.ground.errors import Refused
from house.ground.text import clean
from house.memory import actions as memory


@transaction.atomic
def publish_entry(
    entry: Entry, *, by: Viewer, revision: int | None = None, note: str = "", reason: str = ""
) -> Entry:
    """Make a version of the submitted text and open it to its audience.

    `revision` is the one the curator read: when the author saved another since, it is refused. The
    office may publish what one of its own wrote, with a `reason` that the journal keeps. Publishing
    again without a draft changes nothing.
    """
    allow(by, "publish", lock(entry))
    # every row: the act was allowed; without a draft there is nothing to do
    if entry.is_published and not Draft.objects.filter(entry=entry).exists():
        return entry
    draft = draft_of(entry)
    if not submitted(draft):
        raise Refused(_("Its author has not handed it in."))
    if revision is not None and revision != draft.revision:
        raise Refused(
            _("Its author changed the text while you were reading."),
            remedy=_("Read the new text, then publish it."),
        )
    if entry.author_id is not None and entry.author_id == by.person_id:
        reason = needed(reason, _("You wrote this yourself. Say why nobody else can publish it."))
    check_complete(entry, draft)
    before = entry.current
    version = lay_version(entry, draft.content, by=by, note=note)
    if entry.grew_out_of_talk:
        tie_to_version(entry, version, before, draft.content)
    put_contacts(entry, draft.content["contacts"])
    _open(entry)
    draft.delete()
    # every row: copies were kept until their text was published
    DraftCopy.objects.filter(entry=entry).delete()
    memory.mark_published(entry.pk, by=by)
    telling.tell_published(entry, by=by)
    note_act("alex.publish", entry, by=by, reason=reason, version=version.number)
    return entry


@transaction.atomic
def withdraw_entry(entry: Entry, *, reason: str, by: Viewer) -> Entry:
    """Take an entry away from its readers. Its author can revise it and hand it in again."""
    allow(by, "withdraw", lock(entry))
    if entry.state == State.WITHDRAWN:
        return entry
    if not entry.is_published:
        raise Refused(_("It was not published."))
    reason = needed(clean(reason), _("Say why it is withdrawn."))
    entry.state = State.WITHDRAWN
    entry.save(update_fields=["state"])
    ReviewNote.objects.create(
        entry=entry,
        text=reason,
        kind=ReviewNote.Kind.WITHDRAWAL,
        side=ReviewNote.Side.AUTHOR if stands_for(by, entry) else ReviewNote.Side.REVIEWER,
        writer_id=by.person_id,
    )
    changed(entry)
    note_act("alex.withdraw", entry, by=by, reason=reason)
    return entry


@transaction.atomic
def restore_version(entry: Entry, number: int, *, by: Viewer) -> Entry:
    """Publish again what an earlier version said, as a new version.

    It was reviewed once, for its own readers: restored to others it would need a new review.
    """
    allow(by, "restore", lock(entry))
    if not entry.is_published:
        raise Refused(_("Only a published entry can go back to an earlier version."))
    version = Version.objects.visible_to(by).filter(entry=entry, number=number).first()
    if version is None:
        raise Refused(_("There is no such version."))
    if version.pk == entry.current_id:
        return entry
    if token_of(version) != token_of(entry):
        raise Refused(
            _("That version had other readers than the entry has now."),
            remedy=_("Open a draft, copy what you need, and hand it in."),
        )
    content = tidy(entry.kind, {**content_of(version), **settings_of(entry)})
    made = lay_version(entry, content, by=by, restored_from=number)
    _open(entry)
    note_act("alex.restore", entry, by=by, version=made.number, restored_from=number)
    return entry


def _open(entry: Entry) -> None:
    give_slug(entry)
    entry.state = State.PUBLISHED
    entry.published_at = entry.published_at or timezone.now()
    stand_until_review(entry)
    entry.save()
    changed(entry)

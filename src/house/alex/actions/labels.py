"""Nothing is called best practice before its author has looked at what failed nearby."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.access import stands_for
from house.alex.actions.steps import changed, lock, note_act
from house.alex.models import Entry, FailuresShown
from house.alex.queries import nearest_failures
from house.ground.errors import Refused


def show_nearest_failures(entry: Entry, *, by: Viewer) -> tuple[list[Entry], FailuresShown]:
    """The failed and mixed attempts nearest to the entry that its author may read, nearest first.

    Records what was shown for the entry's current version. That nothing was near is shown, too.
    """
    allow(by, "label", entry)
    if entry.current is None:
        raise Refused(_("Only what was published can be called best practice."))
    failures = nearest_failures(entry, by)  # before the transaction: the first search loads a model
    shown: list[dict[str, object]] = [
        {"code": failure.code, "version": failure.current.number if failure.current else 0}
        for failure in failures
    ]
    return failures, _record(entry, shown, by=by)


@transaction.atomic
def _record(entry: Entry, shown: list[dict[str, object]], *, by: Viewer) -> FailuresShown:
    digest = _digest(entry, shown)
    showing, made = FailuresShown.objects.get_or_create(
        version=entry.current,
        shown_to_id=by.person_id,
        digest=digest,
        defaults={"entry": entry, "shown": shown},
    )
    if made:
        note_act("alex.show_failures", entry, by=by, shown=shown, digest=digest)
    return showing


@transaction.atomic
def label_best_practice(entry: Entry, *, by: Viewer, digest: str) -> Entry:
    """Call the entry's current version best practice.

    `digest` names what its author was shown. Where an entry has no author, whoever labels it must
    have looked. A new version begins without the label.
    """
    allow(by, "label", lock(entry))
    if not entry.is_published or entry.current is None:
        raise Refused(_("Only what is published can be called best practice."))
    if entry.outcome != "worked":
        raise Refused(_("Its outcome does not say that it worked."))
    # every row: asks only whether the author has looked
    looked = FailuresShown.objects.filter(entry=entry, version=entry.current, digest=digest)
    if entry.author_id is not None and not stands_for(by, entry):
        looked = looked.filter(shown_to_id=entry.author_id)
    else:
        looked = looked.filter(shown_to_id=by.person_id)
    if not digest or not looked.exists():
        raise Refused(
            _("Its author has not yet looked at the failed attempts nearest to it."),
            remedy=_("They are shown before the label is given."),
        )
    if not entry.is_best_practice:
        entry.is_best_practice = True
        entry.save(update_fields=["is_best_practice"])
        changed(entry)
        note_act("alex.label", entry, by=by, digest=digest, version=entry.current.number)
    return entry


@transaction.atomic
def take_label_off(entry: Entry, *, by: Viewer) -> Entry:
    allow(by, "label", lock(entry))
    if entry.is_best_practice:
        entry.is_best_practice = False
        entry.save(update_fields=["is_best_practice"])
        changed(entry)
        note_act("alex.unlabel", entry, by=by)
    return entry


def _digest(entry: Entry, shown: list[dict[str, object]]) -> str:
    packed = json.dumps([entry.code, entry.current_id, shown], sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()

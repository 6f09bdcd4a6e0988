"""Minutes in versions, and the files that go with them."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.actions.telling import tell_those_who_were_asked
from house.gatherings.models import Event, Session
from house.gatherings.models.after import Material, Minutes
from house.ground import stripping
from house.ground.errors import Overtaken, Refused
from house.ground.html import sanitise, to_text
from house.ground.text import one_line, shorten
from house.ground.unreadable import Unreadable
from house.vocabulary.languages import LANGUAGES

LONGEST = 200_000
LARGEST = 50 * 1024 * 1024


@transaction.atomic
def write_minutes(
    event: Event,
    html: str,
    *,
    by: Viewer,
    seen: int,
    language: str = "en",
    note: str = "",
    share: bool = False,
) -> Minutes:
    """Lay the next version. `seen` is the number it was written on (0: none); a newer one is not overwritten.

    Sharing for the first time tells those who had a place. The same text again makes no version.
    """
    allow(by, "edit", event)
    # every row: the caller fetched the event through its door
    Event.objects.select_for_update().get(pk=event.pk)
    last = Minutes.objects.filter(event=event).order_by("-number").first()
    html = sanitise(html[: LONGEST + 1])
    if len(html) > LONGEST:
        raise Refused(_("Minutes have at most 200,000 characters. Add the rest as a file."))
    if not to_text(html).strip():
        raise Refused(_("There is nothing in the minutes."))
    if last is not None and last.html == html and last.is_shared == share:
        return last
    if last is not None and last.number != seen:
        raise Overtaken(
            _("Somebody else saved version %(number)s while you wrote.") % {"number": last.number},
            remedy=_("Look at it in another window, bring both together, and save again."),
        )
    made = Minutes.objects.create(
        event=event,
        number=1 + (last.number if last else 0),
        html=html,
        language=language if language in LANGUAGES else "en",
        note=shorten(note, 300),
        is_shared=share,
        made_by_id=by.person_id,
    )
    if share:
        tell_those_who_were_asked("gatherings.minutes", made, event, key=event.code, by=by)
    journal.record("gatherings.minutes", event, by=by, facts={"number": made.number})
    return made


@transaction.atomic
def add_material(
    event: Event,
    data: bytes,
    *,
    by: Viewer,
    name: str,
    sort: str = Material.Sort.SLIDES,
    label: str = "",
    licence: str = "",
    session: Session | None = None,
) -> Material:
    """Keep a file without what it tells about people and machines. The same file is kept once."""
    allow(by, "edit", event)
    if not data:
        raise Refused(_("The file is empty."))
    if len(data) > LARGEST:
        raise Refused(_("The file is larger than 50 MB."), remedy=_("Link to it in the minutes."))
    name = shorten(one_line(name).replace("\\", "/").rsplit("/", 1)[-1], 200)
    try:
        clean = stripping.strip(data, name)
    except Unreadable as why:
        raise Refused(stripping.sentence(why)) from None
    kept, made = Material.objects.get_or_create(
        event=event,
        digest=hashlib.sha256(clean.data).hexdigest(),
        defaults={
            "file": ContentFile(clean.data, name=name),
            "name": name,
            "label": one_line(label)[:200],
            "licence": one_line(licence)[:200],
            "media_type": clean.media_type,
            "size": len(clean.data),
            "sort": sort,
            "session": session,
            "made_by_id": by.person_id,
        },
    )
    if made:
        journal.record("gatherings.material", event, by=by, facts={"material": kept.code})
    return kept


@transaction.atomic
def remove_material(material: Material, *, by: Viewer) -> None:
    allow(by, "remove", material)
    journal.record(
        "gatherings.remove-material", material.event, by=by, facts={"material": material.code}
    )
    file = material.file
    material.delete()
    transaction.on_commit(lambda: file.storage.delete(str(file.name)))

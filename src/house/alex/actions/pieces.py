import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.actions.steps import note_act
from house.alex.models import Attachment, Entry, Transcript
from house.ground.captions.cues import tidy_cue
from house.ground.errors import Refused
from house.ground.text import one_line, shorten
from house.partners import rights

MAX_SIZE = 200 * 1024 * 1024


@transaction.atomic
def attach_file(
    entry: Entry,
    file: File[bytes],
    *,
    by: Viewer,
    media_type: str,
    label: str = "",
    licence: str = "",
) -> Attachment:
    """Keep a file with the entry. The same file is kept once; readers see it once a version lists it."""
    rights.require(by, "alex.write")
    allow(by, "edit", entry)
    size = file.size or 0
    if not size:
        raise Refused(_("The file is empty."))
    if size > MAX_SIZE:
        raise Refused(_("The file is larger than 200 MB."), remedy=_("Link to it instead."))
    total = hashlib.sha256()
    for chunk in file.chunks():
        total.update(chunk)
    file.seek(0)
    name = shorten(one_line(str(file.name or "")).replace("\\", "/").rsplit("/", 1)[-1], 200)
    kept, made = Attachment.objects.get_or_create(
        entry=entry,
        digest=total.hexdigest(),
        defaults={
            "file": file,
            "name": name,
            "media_type": one_line(media_type)[:100],
            "size": size,
            "label": one_line(label)[:200],
            "licence": one_line(licence)[:200],
        },
    )
    if made:
        note_act("alex.attach", entry, by=by, attachment=kept.code)
    return kept


@transaction.atomic
def detach_file(attachment: Attachment, *, by: Viewer) -> None:
    """Forget a file that no version ever listed. What was published once stays with its versions."""
    allow(by, "edit", attachment.entry)
    if attachment.is_current:
        raise Refused(
            _("Readers of the entry see this file."),
            remedy=_("Leave it out of the draft and hand the draft in."),
        )
    note_act("alex.detach", attachment.entry, by=by, attachment=attachment.code)
    attachment.delete()


@transaction.atomic
def keep_transcript(
    entry: Entry, cues: Sequence[dict[str, Any]], *, by: Viewer, language: str
) -> Transcript:
    """Keep what was said; the draft's field `transcript` then holds its code. The same cues are kept once."""
    rights.require(by, "alex.write")
    allow(by, "edit", entry)
    return put_transcript(entry, cues, language=language)


def put_transcript(entry: Entry, cues: Sequence[dict[str, Any]], *, language: str) -> Transcript:
    """For verbs that have checked their own permission."""
    told = [tidy_cue(cue) for cue in cues]
    told = sorted((cue for cue in told if cue["text"]), key=lambda cue: cue["start"])
    if not told:
        raise Refused(_("The transcript says nothing."))
    packed = json.dumps([language, told], ensure_ascii=False)
    transcript, _made = Transcript.objects.get_or_create(
        entry=entry,
        digest=hashlib.sha256(packed.encode()).hexdigest(),
        defaults={"cues": told, "language": language[:12]},
    )
    return transcript

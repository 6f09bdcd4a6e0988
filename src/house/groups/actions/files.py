import hashlib

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.stripping import sentence, strip
from house.ground.text import one_line, shorten
from house.ground.unreadable import Unreadable
from house.groups.models import Group, GroupFile
from house.groups.steps import lock
from house.partners import rights

MAX_SIZE = 50 * 1024 * 1024
MOST = 200


@transaction.atomic
def add_file(group: Group, file: File[bytes], *, by: Viewer, label: str = "") -> GroupFile:
    """Keep a file beside the page, without its metadata. The same file is kept once."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    size = file.size or 0
    if not size:
        raise Refused(_("The file is empty."))
    if size > MAX_SIZE:
        raise Refused(_("The file is larger than 50 MB."), remedy=_("Link to it from the page."))
    if GroupFile.objects.filter(group=group).count() >= MOST:
        raise Refused(_("A group keeps %(most)d files at most.") % {"most": MOST})
    name = shorten(one_line(str(file.name or "")).replace("\\", "/").rsplit("/", 1)[-1], 200)
    file.seek(0)
    try:
        clean = strip(file.read(), name)
    except Unreadable as why:
        raise Refused(sentence(why)) from why
    kept, is_new = GroupFile.objects.get_or_create(
        group=group,
        digest=hashlib.sha256(clean.data).hexdigest(),
        defaults={
            "file": ContentFile(clean.data, name=name),
            "name": name,
            "media_type": clean.media_type,
            "size": len(clean.data),
            "label": one_line(label)[:200],
            "uploaded_by_id": by.person_id,
        },
    )
    if is_new:
        journal.record("groups.file", group, by=by, facts={"file": kept.code})
    return kept


@transaction.atomic
def remove_file(kept: GroupFile, *, by: Viewer) -> None:
    rights.require(by, "agora.write")
    allow(by, "work", lock(kept.group))
    journal.record("groups.file_removed", kept.group, by=by, facts={"file": kept.code})
    storage, name = kept.file.storage, str(kept.file.name)
    kept.delete()
    transaction.on_commit(lambda: storage.delete(name))

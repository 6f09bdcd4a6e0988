import hashlib

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line, shorten
from house.groups.models import Group, GroupFile
from house.groups.steps import lock
from house.partners import rights

MAX_SIZE = 50 * 1024 * 1024
MOST = 200


@transaction.atomic
def add_file(
    group: Group, file: File[bytes], *, by: Viewer, media_type: str, label: str = ""
) -> GroupFile:
    """Keep a file beside the page. The same file is kept once."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    size = file.size or 0
    if not size:
        raise Refused(_("The file is empty."))
    if size > MAX_SIZE:
        raise Refused(_("The file is larger than 50 MB."), remedy=_("Link to it from the page."))
    if GroupFile.objects.filter(group=group).count() >= MOST:
        raise Refused(_("A group keeps %(most)d files at most.") % {"most": MOST})
    total = hashlib.sha256()
    for chunk in file.chunks():
        total.update(chunk)
    file.seek(0)
    name = one_line(str(file.name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    kept, is_new = GroupFile.objects.get_or_create(
        group=group,
        digest=total.hexdigest(),
        defaults={
            "file": file,
            "name": shorten(name, 200),
            "media_type": one_line(media_type)[:100],
            "size": size,
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

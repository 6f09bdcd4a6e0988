import hashlib

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora import limits
from house.agora.actions import steps
from house.agora.models import Answer, Attachment, Post
from house.ground.errors import Refused
from house.ground.stripping import sentence, strip
from house.ground.text import one_line
from house.ground.unreadable import Unreadable
from house.partners import rights


@transaction.atomic
def attach_file(thing: Post | Answer, file: File[bytes], *, by: Viewer) -> Attachment:
    """Keep a file with what was said, without its metadata. The same file is kept once."""
    rights.require(by, "agora.write")
    allow(by, "edit", thing)
    if not file.size:
        raise Refused(_("The file is empty."))
    if file.size > limits.FILE_SIZE:
        raise Refused(_("The file is larger than 20 MB."), remedy=_("Link to it instead."))
    place = {"post": thing} if isinstance(thing, Post) else {"post": thing.post, "answer": thing}
    # every row: how many hang on what the writer may edit
    beside = Attachment.objects.filter(**place, answer__isnull=isinstance(thing, Post))
    if beside.count() >= limits.FILES:
        raise Refused(_("%(most)s files are the most.") % {"most": limits.FILES})
    file.seek(0)
    name = one_line(str(file.name or "")).replace("\\", "/").rsplit("/", 1)[-1][-200:]
    try:
        made = strip(file.read(), name)
    except Unreadable as why:
        raise Refused(sentence(why), remedy=_("Nothing else that you wrote is lost.")) from why
    digest = hashlib.sha256(made.data).hexdigest()
    kept = beside.filter(digest=digest).first()
    if kept is not None:
        return kept
    attachment = Attachment.objects.create(
        **place, author_id=steps.person_of(by), name=name, media_type=made.media_type,
        size=len(made.data), digest=digest, position=beside.count(),
        file=ContentFile(made.data, name=name),
    )  # fmt: skip
    steps.note_act("agora.attach", attachment, by=by, post=attachment.post.code)
    return attachment


@transaction.atomic
def remove_file(attachment: Attachment, *, by: Viewer) -> None:
    """Take it away for everybody, the file itself too."""
    allow(by, "remove", attachment)
    file = attachment.file
    steps.note_act("agora.detach", attachment, by=by, post=attachment.post.code)
    attachment.delete()
    transaction.on_commit(lambda: file.storage.delete(str(file.name)))

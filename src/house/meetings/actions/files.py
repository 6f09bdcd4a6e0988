"""Documents for a session: few, small, and without what they tell about people and machines."""

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.codes import short_code
from house.ground.errors import Refused
from house.ground.stripping import sentence, strip
from house.ground.text import one_line, shorten
from house.ground.unreadable import Unreadable
from house.meetings.models import Session, SessionFile

MOST, LARGEST = 10, 15 * 1024 * 1024


@transaction.atomic
def add_file(session: Session, upload: File[bytes], *, by: Viewer) -> SessionFile:
    """Keep a document. The caller has judged who adds it; the name of the file is kept, its metadata not.

    Raises `Refused` for what is too large, too many, or of a kind that can't be cleaned.
    """
    size = upload.size or 0
    # every row: only how many there are
    if SessionFile.objects.filter(session=session).count() >= MOST:
        raise Refused(_("A session holds at most %(most)s documents.") % {"most": MOST})
    if not 0 < size <= LARGEST:
        raise Refused(_("A document holds at most 15 MB, and is not empty."))
    name = shorten(one_line(str(upload.name or "")).replace("\\", "/").rsplit("/", 1)[-1], 200)
    try:
        clean = strip(upload.read(), name)
    except Unreadable as problem:
        raise Refused(sentence(problem)) from problem
    code = short_code(16)
    return SessionFile.objects.create(
        code=code, session=session, added_by_id=by.person_id, name=name or code,
        file=ContentFile(clean.data, name=code), media_type=clean.media_type, size=len(clean.data),
    )  # fmt: skip

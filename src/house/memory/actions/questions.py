from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import clean
from house.memory.models import PeerQuestion, digest_of
from house.partners import rights
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES

LONGEST = 2000


@transaction.atomic
def keep_question(
    question: str, *, by: Viewer, language: str, nearest: Iterable[tuple[str, int]] = ()
) -> PeerQuestion:
    """Keep the question for the asker's peers. Keeping it twice gives the one kept first."""
    rights.require(by, "agora.write")
    question = clean(question).strip()
    if not question:
        raise Refused(_("There is no question to keep."), remedy=_("Write your question first."))
    person = Person.objects.visible_to(by).get(pk=by.person_id)
    question = question[:LONGEST]
    kept, is_new = PeerQuestion.objects.get_or_create(
        asker=person,
        digest=digest_of(question),
        defaults={
            "city": person.city,
            "question": question,
            "language": language if language in LANGUAGES else "en",
            "nearest": [{"kind": kind, "pk": pk} for kind, pk in nearest][:10],
        },
    )
    if is_new:
        record("keep question", kept, by=by)
    return kept

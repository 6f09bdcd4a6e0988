from django.db import transaction
from django.utils import timezone

from house.access.viewer import Viewer
from house.memory.models import PeerQuestion


@transaction.atomic
def put_to_peers(code: str, *, by: Viewer) -> None:
    """The question that ALEX could not answer has become a post: it no longer waits on its asker's desk."""
    mine = PeerQuestion.objects.visible_to(by).filter(asker_id=by.person_id, code=code)
    mine.filter(asked_at=None).update(asked_at=timezone.now())

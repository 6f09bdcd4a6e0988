from django.db import transaction

from house.access.viewer import Viewer
from house.agora.actions import steps
from house.agora.models import Post
from house.notices import happenings
from house.notices.models import Subscription
from house.partners import rights


@transaction.atomic
def follow_post(post: Post, *, by: Viewer) -> None:
    """Be told of what comes. Who follows is shown and counted nowhere: a list would tell who asked."""
    person = _reader(by)
    target = f"thread:{post.thread}"
    happenings.follow(person, target)
    # every row: the reader's own
    Subscription.objects.filter(person=person, target=target).update(is_muted=False)


@transaction.atomic
def mute_post(post: Post, *, by: Viewer) -> None:
    """Be told nothing of it any more, whatever else one follows; nothing but `follow_post` lifts it."""
    person = _reader(by)
    # every row: the reader's own
    Subscription.objects.update_or_create(
        person_id=person, target=f"thread:{post.thread}", defaults={"is_muted": True}
    )


@transaction.atomic
def unfollow_post(post: Post, *, by: Viewer) -> None:
    """As if she had never followed it: topics that she follows may still bring it."""
    # every row: the reader's own
    Subscription.objects.filter(person=_reader(by), target=f"thread:{post.thread}").delete()


def _reader(by: Viewer) -> int:
    rights.require(by, "agora.read")
    return steps.person_of(by)

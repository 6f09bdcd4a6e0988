from django.db import transaction
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.agora import memory
from house.agora.actions import steps
from house.agora.models import Answer, Post
from house.ground.errors import Forbidden, Refused
from house.memory import actions as remember
from house.memory.models import Offer

# every row in this file: offers of a post that its author, a moderator or a curator acts on


@transaction.atomic
def offer_post(post: Post, *, by: Viewer, template: str = "", outcome: str = "") -> Offer:
    """Offer what a thread came to. Everybody whose words it uses is asked; offering twice changes nothing."""
    steps.lock(post)
    if not memory.offers(by, post):
        raise Forbidden(_("Who asked, a moderator or a curator offers it to ALEX."))
    if not memory.may_offer(by, post):
        raise Refused(
            _("There is nothing to remember yet."),
            remedy=_("Accept an answer, or close it and say what came of it."),
        )
    return _offer(post, by=by, template=template, outcome=outcome, consenting=True)


def propose_on_acceptance(answer: Answer, *, by: Viewer) -> Offer | None:
    """The house proposes by itself: nobody has agreed to anything yet, the asker neither."""
    post = answer.post
    if not memory.may_offer(by, post):
        return None
    return _offer(post, by=by, template="", outcome="", consenting=False)


@transaction.atomic
def drop_open_offers(post: Post, *, by: Viewer) -> None:
    """The answer no longer stands as accepted, so what was made of it is not offered any more."""
    for offer in Offer.objects.open().filter(source=memory.POST, thing=post.pk):
        if offer.offered_by_id == by.person_id:
            remember.withdraw_offer(offer, by=by)


def _offer(post: Post, *, by: Viewer, template: str, outcome: str, consenting: bool) -> Offer:
    earlier = Offer.objects.filter(source=memory.POST, thing=post.pk)
    going = earlier.filter(state__in=[Offer.State.ASKING, Offer.State.TAKEN]).first()
    if going is not None:
        return going
    taken = set(earlier.values_list("key", flat=True))
    key = next(key for key in memory.keys_of(post) if key not in taken)
    return remember.offer(
        memory.POST,
        post,
        memory.offered_from(post, template=template, outcome=outcome),
        by=by,
        key=key,
        consenting=consenting,
    )

"""What is told of invitations: to who is asked, and to who asks when nobody is left."""

from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.agora.models import Post, State
from house.agora.models.routing import Invitation
from house.ground.text import shorten
from house.notices import answering, happenings
from house.notices.happenings import Kind, Reason, Told


def tell_of_invitation(invitation: Invitation) -> None:
    """By mail at once, for she has a term. Nobody is said to have done it: the asker may be hidden."""
    happenings.tell(
        "agora.invited",
        invitation,
        key=f"agora.invited:{invitation.code}",
        to={invitation.person_id: Reason.INVITED},
        is_direct=True,
    )


def tell_of_end(post: Post) -> None:
    happenings.tell(
        "agora.stuck", post, key=f"agora.stuck:{post.code}", to={post.author_id: Reason.OWN}
    )


def invited(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """Only her own, and only of what she may still read and answer."""
    mine = (
        Invitation.objects.visible_to(viewer)
        .filter(pk__in=pks, person=viewer.person_id)
        .exclude(state=Invitation.State.SETTLED)
        .filter(post__in=Post.objects.visible_to(viewer).published())
        .select_related("post__author", "post__city")
    )
    told = {}
    for each in mine:
        credit = each.post.credit()
        told[each.pk] = Told(
            title=each.post.title,
            url=reverse("agora:invitation", args=[each.code]),
            line=shorten(_("You are asked to answer: %(text)s") % {"text": each.post.body}, 240),
            credit=", ".join(part for part in (credit.name, credit.city) if part),
            language=each.post.language,
        )
    return told


def stuck(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    own = Post.objects.visible_to(viewer).filter(
        pk__in=pks, author=viewer.person_id, state=State.OPEN
    )
    return {
        post.pk: Told(
            title=post.title,
            url=post.get_absolute_url(),
            line=_(
                "Nobody who was asked could answer. The foundation's office sees that it waits."
            ),
            language=post.language,
        )
        for post in own
    }


def answer_by_mail(invitation: Model, viewer: Viewer, reply: answering.Reply) -> str:
    """As an answer by mail to the thread itself."""
    assert isinstance(invitation, Invitation)  # noqa: S101 -- the registry's promise, told to mypy
    door = answering.door_for("agora.post")
    if door is None:
        raise LookupError("The Agora takes no answers by mail.")
    return door.answer(invitation.post, viewer, reply)


def register() -> None:
    happenings.register(
        Kind(
            "agora.invited", gettext_lazy("You are asked"), Invitation, "agora.write", "questions",
            invited,
        )
    )  # fmt: skip
    happenings.register(
        Kind(
            "agora.stuck", gettext_lazy("Nobody could answer"), Post, "agora.read", "questions",
            stuck,
        )
    )  # fmt: skip
    answering.register(answering.Door("agora.invited", Invitation, answer_by_mail))

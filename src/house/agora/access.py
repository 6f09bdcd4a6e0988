"""Who may see and do what in the Agora. Each rule reads as one sentence of the room's README."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.audience import Audience, readable
from house.access.candour import Candour
from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.agora import models
from house.agora.models import SHOWN, Case, Post, Said

# every row in this file: the doors themselves are made here


def moderates(viewer: Viewer) -> bool:
    return viewer.can("agora.moderate")


def tokens_here(viewer: Viewer) -> frozenset[str]:
    """What she may read in this room: without the right to, what is public and her own."""
    if viewer.can("agora.read"):
        return viewer.tokens
    return viewer.tokens & {"public", f"person:{viewer.person_id}"}


def own(viewer: Viewer) -> Q:
    return Q(author_id=viewer.person_id) if viewer.person_id is not None else NOTHING


def is_own(viewer: Viewer, thing: Said) -> bool:
    return viewer.person_id is not None and thing.author_id == viewer.person_id


class PostPolicy(Policy):
    """Readers see what was published to an audience of theirs, authors their own.

    Moderators see what was reported, whatever its audience.
    """

    acts = frozenset({"edit", "answer", "close", "merge", "accept", "report", "moderate"})

    def seen_by(self, viewer: Viewer) -> Q:
        seen = Q(state__in=SHOWN, is_hidden=False) & readable(tokens_here(viewer))
        seen |= own(viewer)
        if moderates(viewer):
            seen |= Q(state__in=SHOWN, is_reported=True) & ~Q(audience=Audience.PRIVATE)
        return seen

    def may_edit(self, viewer: Viewer, post: Model) -> bool:
        assert isinstance(post, Post)  # noqa: S101 -- the registry's promise, told to mypy
        return is_own(viewer, post)

    def may_accept(self, viewer: Viewer, post: Model) -> bool:
        return self.may_edit(viewer, post)

    def may_answer(self, viewer: Viewer, post: Model) -> bool:
        assert isinstance(post, Post)  # noqa: S101 -- the registry's promise, told to mypy
        return post.is_open and not post.is_hidden

    def may_close(self, viewer: Viewer, post: Model) -> bool:
        return self.may_edit(viewer, post) or moderates(viewer)

    def may_merge(self, viewer: Viewer, post: Model) -> bool:
        return self.may_close(viewer, post)

    def may_report(self, viewer: Viewer, post: Model) -> bool:
        assert isinstance(post, Post)  # noqa: S101 -- the registry's promise, told to mypy
        return viewer.person_id is not None and not is_own(viewer, post)

    def may_moderate(self, viewer: Viewer, post: Model) -> bool:
        return moderates(viewer)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        match act:
            case "answer":
                return (
                    _("This thread takes no more answers."),
                    _("Ask a new question, and link to this one."),
                )
            case "accept":
                return (
                    _("Only who asked can say which answer solved it."),
                    _("If it helped your city too, say so under “This helped our city”."),
                )
            case "report":
                return _("This is your own."), _("You can change it or close it yourself.")
            case _:
                return (
                    _("Only its author may do this."),
                    _("Write a comment, or report it to a moderator."),
                )


class SaidPolicy(Policy):
    """Answers, comments and what helped: seen where their post is; out of sight, by author and moderators."""

    acts = frozenset({"edit", "withdraw", "report", "moderate", "comment"})

    def seen_by(self, viewer: Viewer) -> Q:
        # Narrowed by the door itself in the same expression.
        return Q(post__in=Post.objects.visible_to(viewer)) & self.seen_in_thread(viewer)

    def seen_in_thread(self, viewer: Viewer) -> Q:
        """Of what was said to a post that she sees."""
        return EVERYTHING if moderates(viewer) else Q(is_hidden=False) | own(viewer)

    def may_edit(self, viewer: Viewer, thing: Model) -> bool:
        assert isinstance(thing, Said)  # noqa: S101 -- the registry's promise, told to mypy
        return is_own(viewer, thing)

    def may_withdraw(self, viewer: Viewer, thing: Model) -> bool:
        return self.may_edit(viewer, thing)

    def may_comment(self, viewer: Viewer, thing: Model) -> bool:
        assert isinstance(thing, Said)  # noqa: S101 -- the registry's promise, told to mypy
        return not thing.is_hidden

    def may_report(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.person_id is not None and not self.may_edit(viewer, thing)

    def may_moderate(self, viewer: Viewer, thing: Model) -> bool:
        return moderates(viewer)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "report":
            return _("This is your own."), _("You can change it or take it back yourself.")
        return _("Only its author may do this."), _("Write a comment, or report it to a moderator.")


class CommentPolicy(SaidPolicy):
    """A comment on an answer goes out of sight with the answer."""

    def seen_in_thread(self, viewer: Viewer) -> Q:
        seen = super().seen_in_thread(viewer)
        if moderates(viewer):
            return seen
        return seen & (Q(answer__isnull=True) | Q(answer__is_hidden=False) | own(viewer))


class AttachmentPolicy(Policy):
    """A file is seen where its post or its answer is."""

    acts = frozenset({"remove"})

    def seen_by(self, viewer: Viewer) -> Q:
        within = Q(post__in=Post.objects.visible_to(viewer))
        if moderates(viewer):
            return within
        shown = Q(is_hidden=False) & (Q(answer__isnull=True) | Q(answer__is_hidden=False))
        return within & (shown | own(viewer))

    def may_remove(self, viewer: Viewer, attachment: Model) -> bool:
        return viewer.person_id is not None and viewer.person_id == getattr(
            attachment, "author_id", None
        )


def _more_open(now: str) -> Q:
    """Over revisions: the author was named more openly then than she is now, by the column `now`."""
    opened = Q(**{now: Candour.CITY}, candour=Candour.PERSON)
    return opened | Q(**{f"{now}__in": [Candour.DESCRIBED, Candour.SEALED]})


class RevisionPolicy(Policy):
    """Earlier wordings: readers of the whole who could read them when they stood.

    Of what hides its author's city nobody but she sees them, and of a name that she took back none
    from before: what she left out may be just what gave her away.
    """

    def seen_by(self, viewer: Viewer) -> Q:
        seen = Q(post__in=Post.objects.visible_to(viewer)) & readable(tokens_here(viewer))
        seen &= Q(post__is_hidden=False)
        of_answer = Q(answer__isnull=True) | (
            Q(answer__is_hidden=False) & ~_more_open("answer__candour")
        )
        of_comment = Q(comment__isnull=True) | (
            Q(comment__is_hidden=False) & ~_more_open("comment__candour")
        )
        of_post = Q(answer__isnull=False) | Q(comment__isnull=False) | ~_more_open("post__candour")
        # A whole that was answered while it was hidden stays hidden in its history too.
        open_then = Q(candour__in=[Candour.PERSON, Candour.CITY])
        return (seen & of_answer & of_comment & of_post & open_then) | own(viewer)


class MentionPolicy(Policy):
    """Who was named, and who named her."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING


class UnsentPolicy(MentionPolicy):
    """Hers alone."""


class CasePolicy(Policy):
    """Moderators; the author of the thing, once it was decided about."""

    acts = frozenset({"decide", "appeal", "settle"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.person_id is None:
            return NOTHING
        hers = (
            Q(answer__author_id=viewer.person_id)
            | Q(comment__author_id=viewer.person_id)
            | Q(helped__author_id=viewer.person_id)
            | Q(answer=None, comment=None, helped=None, post__author_id=viewer.person_id)
        )
        decided = hers & ~Q(state__in=[Case.State.WAITING, Case.State.KEPT])
        return decided | Q(pk__isnull=False) if moderates(viewer) else decided

    def may_decide(self, viewer: Viewer, case: Model) -> bool:
        """Nobody judges her own words."""
        assert isinstance(case, Case)  # noqa: S101 -- the registry's promise, told to mypy
        return moderates(viewer) and not is_own(viewer, case.thing)

    def may_settle(self, viewer: Viewer, case: Model) -> bool:
        assert isinstance(case, Case)  # noqa: S101 -- the registry's promise, told to mypy
        return self.may_decide(viewer, case) and case.decided_by_id != viewer.person_id

    def may_appeal(self, viewer: Viewer, case: Model) -> bool:
        assert isinstance(case, Case)  # noqa: S101 -- the registry's promise, told to mypy
        return is_own(viewer, case.thing) and case.state == Case.State.HIDDEN

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "settle" and moderates(viewer):
            return (
                _("You took it out of sight yourself."),
                _("Ask another moderator to judge the appeal."),
            )
        if act == "decide" and moderates(viewer):
            return _("These are your own words."), _("Ask another moderator to decide.")
        return _("Moderators decide about what is reported."), ""


class ReportPolicy(Policy):
    """Moderators read what was said of it; who reported knows her own."""

    def seen_by(self, viewer: Viewer) -> Q:
        if moderates(viewer):
            return Q(pk__isnull=False)
        return Q(reporter_id=viewer.person_id) if viewer.person_id is not None else NOTHING


def rules() -> dict[type[Model], Policy]:
    """Model → its policy, for `apps.py`."""
    return {
        models.Post: PostPolicy(),
        models.Answer: SaidPolicy(),
        models.Comment: CommentPolicy(),
        models.Helped: SaidPolicy(),
        models.Attachment: AttachmentPolicy(),
        models.Mention: MentionPolicy(),
        models.Revision: RevisionPolicy(),
        models.Unsent: UnsentPolicy(),
        models.Case: CasePolicy(),
        models.Report: ReportPolicy(),
    }

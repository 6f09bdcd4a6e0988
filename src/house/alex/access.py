"""Who may see and do what in the lexicon. Each rule reads as one sentence of the room's README."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.audience import Audience, readable
from house.access.candour import Candour
from house.access.policy import NOTHING, Policy
from house.access.viewer import Viewer
from house.alex.models.entry import PUBLISHED_STATES, Entry, State
from house.alex.models.version import ReviewState, Version

_OFFERED = (State.SUBMITTED, State.IN_REVIEW, *PUBLISHED_STATES, State.WITHDRAWN)


def reviews(viewer: Viewer) -> bool:
    return viewer.can("alex.review")


class EntryPolicy(Policy):
    """Readers see what is published to an audience of theirs; authors their own.

    Curators and the office see what was offered to them, at any stage and in any audience but
    "only me". Nobody else sees a draft.
    """

    acts = frozenset(
        {"edit", "discuss", "review", "publish", "withdraw", "restore", "label", "answer", "adopt"}
    )

    def seen_by(self, viewer: Viewer) -> Q:
        seen = Q(state__in=PUBLISHED_STATES) & readable(viewer.tokens)
        if viewer.person_id is not None:
            seen |= Q(author_id=viewer.person_id)
        if reviews(viewer):
            seen |= Q(state__in=_OFFERED) & ~Q(audience=Audience.PRIVATE)
        return seen

    def may_edit(self, viewer: Viewer, entry: Model) -> bool:
        """The author, and whoever sits in the seat that owns it; the foundation what nobody owns.

        What grew out of talk is completed by curators too, until it is published.
        """
        assert isinstance(entry, Entry)  # noqa: S101 -- the registry's promise, told to mypy
        is_open = entry.author_id is None or (entry.grew_out_of_talk and entry.current_id is None)
        return stands_for(viewer, entry) or (is_open and reviews(viewer))

    def may_restore(self, viewer: Viewer, entry: Model) -> bool:
        return self.may_edit(viewer, entry) or reviews(viewer)

    def may_discuss(self, viewer: Viewer, entry: Model) -> bool:
        return self.may_edit(viewer, entry) or self.may_review(viewer, entry)

    def may_review(self, viewer: Viewer, entry: Model) -> bool:
        return reviews(viewer)

    def may_publish(self, viewer: Viewer, entry: Model) -> bool:
        """A curator never her own; the office her own only with a reason, which the action asks for."""
        assert isinstance(entry, Entry)  # noqa: S101 -- the registry's promise, told to mypy
        return reviews(viewer) and (
            viewer.can("alex.oversee") or entry.author_id != viewer.person_id
        )

    def may_withdraw(self, viewer: Viewer, entry: Model) -> bool:
        return self.may_edit(viewer, entry) or reviews(viewer)

    def may_label(self, viewer: Viewer, entry: Model) -> bool:
        return self.may_edit(viewer, entry) or reviews(viewer)

    def may_answer(self, viewer: Viewer, entry: Model) -> bool:
        """Is it still true? Whoever may change it knows; the office may answer for them."""
        return self.may_edit(viewer, entry) or viewer.can("alex.oversee")

    def may_adopt(self, viewer: Viewer, entry: Model) -> bool:
        assert isinstance(entry, Entry)  # noqa: S101 -- the registry's promise, told to mypy
        return entry.is_published and (bool(viewer.city_ids) or viewer.can("alex.oversee"))

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "publish" and reviews(viewer):
            return _("You wrote this yourself."), _("Ask another curator to publish it.")
        if act in {"review", "publish"}:
            return _("Entries are reviewed by the foundation's curators."), ""
        if act == "adopt":
            return (
                _("A partner city says here what it made of an entry."),
                _("Sign in with the address of your city, or ask your coordinator for a seat."),
            )
        return (
            _("Only its author and the holder of the role that owns it may do this."),
            _("Write to the people named on the entry, or to a curator."),
        )


def stands_for(viewer: Viewer, entry: Entry) -> bool:
    """Is she its author, or does she sit in the seat that owns it?"""
    if viewer.person_id is None:
        return False
    if entry.author_id == viewer.person_id:
        return True
    return entry.owner_seat is not None and entry.owner_seat.person_id == viewer.person_id


def _own(viewer: Viewer) -> Q:
    """Parts of the entries a viewer stands for. One row each: both joins follow a foreign key."""
    if viewer.person_id is None:
        return NOTHING
    return Q(entry__author_id=viewer.person_id) | Q(entry__owner_seat__person_id=viewer.person_id)


class VersionPolicy(Policy):
    """A version is seen where its entry is, by those who were its audience when it was published."""

    def seen_by(self, viewer: Viewer) -> Q:
        # every row: narrowed by the door itself in the same expression
        seen = Q(entry__in=Entry.objects.visible_to(viewer))
        if reviews(viewer):
            return seen & (~Q(audience=Audience.PRIVATE) | Q(author_id=viewer.person_id))
        mine = readable(viewer.tokens)
        if viewer.person_id is not None:
            mine |= Q(author_id=viewer.person_id)
        return seen & mine


class DraftPolicy(Policy):
    """Those who stand for the entry; curators and the office once it was submitted."""

    def seen_by(self, viewer: Viewer) -> Q:
        seen = _own(viewer)
        if reviews(viewer):
            offered = Q(state__in=[ReviewState.SUBMITTED, ReviewState.IN_REVIEW])
            seen |= (offered | Q(entry__author_id=None)) & ~Q(entry__audience=Audience.PRIVATE)
        return seen


class InsidePolicy(Policy):
    """Review notes and what an author was shown: those who stand for the entry, curators, the office."""

    def seen_by(self, viewer: Viewer) -> Q:
        seen = _own(viewer)
        if reviews(viewer):
            seen |= Q(entry__in=Entry.objects.visible_to(viewer))
        return seen


class PiecePolicy(Policy):
    """Files and transcripts: readers of the entry see what its current version lists."""

    def seen_by(self, viewer: Viewer) -> Q:
        visible = Q(entry__in=Entry.objects.visible_to(viewer))
        seen = (visible & Q(is_current=True)) | _own(viewer)
        return seen | visible if reviews(viewer) else seen


class ContactPolicy(Policy):
    """Contacts are people of the city, so they are told only where the city is."""

    def seen_by(self, viewer: Viewer) -> Q:
        told = Q(entry__candour__in=[Candour.PERSON, Candour.CITY])
        return (told & Q(entry__in=Entry.objects.visible_to(viewer))) | _own(viewer)


class SaidPolicy(InsidePolicy):
    """Where a text was said: readers of that version, and whoever works on its draft."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(version__in=Version.objects.visible_to(viewer)) | super().seen_by(viewer)


class CopyPolicy(Policy):
    """What was set aside when two wrote at once: those who stand for the entry, and who wrote it."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.person_id is None:
            return NOTHING
        return _own(viewer) | Q(written_by_id=viewer.person_id)


class ImportPolicy(Policy):
    """Imports and their reports: the office and the curators; of what only one may read, that one."""

    acts = frozenset({"import"})

    def seen_by(self, viewer: Viewer) -> Q:
        if not reviews(viewer):
            return NOTHING
        open_to_all = Q(
            options__audience__in=[each for each in Audience if each != Audience.PRIVATE]
        )
        return open_to_all | Q(started_by_id=viewer.person_id, started_by__isnull=False)

    def may_import(self, viewer: Viewer, run: Model) -> bool:
        return reviews(viewer)

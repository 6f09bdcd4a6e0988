from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.access import stands_for
from house.alex.actions.steps import lock, needed, note_act
from house.alex.actions.writing import submitted
from house.alex.completeness import problems
from house.alex.models import Draft, Entry, ReviewNote, ReviewState, State
from house.ground.errors import Refused
from house.ground.text import clean
from house.partners import anonymity, rights


class Incomplete(Refused):
    """The text can't be handed in yet. `problems` says why for each field."""

    code = "incomplete"
    status = 422

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(_("Some answers are still missing."), remedy=" ".join(problems.values()))
        self.problems = problems


def draft_of(entry: Entry) -> Draft:
    """The entry's draft, held until the transaction ends. Raises `Refused` when it has none."""
    # every row: the caller has passed the entry's own door and act
    draft = Draft.objects.select_for_update(of=("self",)).filter(entry=entry).first()
    if draft is None:
        raise Refused(_("There is no draft of this entry."))
    return draft


def check_complete(entry: Entry, draft: Draft) -> None:
    """Raise `Incomplete` when the draft may not be published as it stands."""
    found = problems(entry.kind, draft.content)
    if draft.content["candour"] == Candour.DESCRIBED and "described_as" not in found:
        found |= _of_description(draft.content["described_as"])
    contacts = {row["person"] for row in draft.content["contacts"]}
    if (
        draft.content["candour"] != Candour.PERSON
        and entry.author
        and entry.author.code in contacts
    ):
        found["contacts"] = _(
            "You chose not to be named, so you can't be a contact. Name a colleague, or sign."
        )
    if found:
        raise Incomplete(found)


def _of_description(description: str) -> dict[str, str]:
    """A description that only few partner cities fit would only pretend to hide."""
    problem = anonymity.hides(description)
    return {"described_as": problem} if problem else {}


@transaction.atomic
def submit_entry(entry: Entry, *, by: Viewer) -> Entry:
    """Hand the draft to the curators. Readers of a published entry see its current version meanwhile."""
    rights.require(by, "alex.write")
    allow(by, "edit", lock(entry))
    draft = draft_of(entry)
    if submitted(draft):
        return entry
    check_complete(entry, draft)
    draft.state = ReviewState.SUBMITTED
    draft.submitted_at = timezone.now()
    draft.save(update_fields=["state", "submitted_at"])
    _follow(entry, State.SUBMITTED)
    note_act("alex.submit", entry, by=by, revision=draft.revision)
    return entry


@transaction.atomic
def take_back(entry: Entry, *, by: Viewer) -> Entry:
    """The author takes a submitted text back to go on writing."""
    allow(by, "edit", lock(entry))
    draft = draft_of(entry)
    # What nobody stands for waits with the curators alone: nobody else could take it up again.
    if submitted(draft) and not (entry.grew_out_of_talk and entry.author_id is None):
        _back_to_writing(entry, draft)
        note_act("alex.take_back", entry, by=by)
    return entry


@transaction.atomic
def take_into_review(entry: Entry, *, by: Viewer) -> Entry:
    """A curator takes a submitted text on; the author sees who reads it."""
    allow(by, "review", lock(entry))
    draft = draft_of(entry)
    if not submitted(draft):
        raise Refused(_("Its author has not handed it in."))
    if draft.state == ReviewState.IN_REVIEW and draft.reviewer_id == by.person_id:
        return entry
    if entry.author_id is not None and entry.author_id == by.person_id:
        raise Refused(_("You wrote this yourself."), remedy=_("Ask another curator to read it."))
    draft.state = ReviewState.IN_REVIEW
    draft.reviewer_id = by.person_id
    draft.save(update_fields=["state", "reviewer"])
    _follow(entry, State.IN_REVIEW)
    note_act("alex.review", entry, by=by)
    return entry


@transaction.atomic
def say(entry: Entry, text: str, *, by: Viewer, anchor: str = "") -> ReviewNote:
    """One sentence or more in the talk between curator and author; `anchor` is the field it is about."""
    allow(by, "discuss", entry)
    text = needed(clean(text), _("Write what you want to say."))
    note = _note(entry, text, by=by, kind=ReviewNote.Kind.NOTE, anchor=anchor)
    note_act("alex.say", entry, by=by)
    return note


@transaction.atomic
def refuse_entry(entry: Entry, *, reason: str, by: Viewer) -> Entry:
    """Send a submitted text back to its author, who may mend it and hand it in again."""
    allow(by, "review", lock(entry))
    reason = needed(clean(reason), _("Say why: its author has to know what to change."))
    draft = draft_of(entry)
    if not submitted(draft):
        return entry
    if entry.grew_out_of_talk and entry.author_id is None:
        raise Refused(
            _("Nobody stands for this text who could mend it."),
            remedy=_("Complete it yourself, or discard it."),
        )
    _back_to_writing(entry, draft)
    _note(entry, reason, by=by, kind=ReviewNote.Kind.REFUSAL)
    note_act("alex.refuse", entry, by=by, reason=reason)
    return entry


def _note(entry: Entry, text: str, *, by: Viewer, kind: str, anchor: str = "") -> ReviewNote:
    side = ReviewNote.Side.AUTHOR if stands_for(by, entry) else ReviewNote.Side.REVIEWER
    return ReviewNote.objects.create(
        entry=entry, text=text, kind=kind, side=side, writer_id=by.person_id, anchor=anchor[:60]
    )


def _back_to_writing(entry: Entry, draft: Draft) -> None:
    draft.state = ReviewState.WRITING
    draft.reviewer = draft.submitted_at = None
    draft.save(update_fields=["state", "reviewer", "submitted_at"])
    _follow(entry, State.WITHDRAWN if entry.current else State.DRAFT)


def _follow(entry: Entry, state: State) -> None:
    """An entry that readers see keeps its own state while a revision of it is reviewed."""
    if not entry.is_published and entry.state != state:
        entry.state = state
        entry.save(update_fields=["state"])

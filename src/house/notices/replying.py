"""Verbs of held replies: what came by mail is posted, confirmed or thrown away by its sender's own press."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.notices import answering
from house.notices.intake import calendar_answers, spooling
from house.notices.intake.mails import take_apart
from house.notices.intake.taking import post
from house.notices.models import HeldReply
from house.people.models import Person

# every row in this file: a held reply was fetched through its door, and is locked again


@transaction.atomic
def post_held(held: HeldReply, *, text: str, by: Viewer) -> str:
    """Gives the path of what was posted. Pressing twice posts once."""
    held = _locked(held, by)
    if held.done_at is not None:
        return held.posted
    came = spooling.held(held.file)
    try:
        path = post(held, by, text, held.key, take_apart(came.raw) if came else None)
    except LookupError as problem:
        raise Refused(
            _("What it answers is not there for you any more."),
            remedy=_("Your words are kept here: copy them to where they belong."),
        ) from problem
    _finish(held, path)
    return path


@transaction.atomic
def confirm_answer(held: HeldReply, *, by: Viewer) -> str:
    """What her calendar answered is applied now. In a word, what was done."""
    held = _locked(held, by)
    if held.done_at is not None or not held.calendar:
        return "again"
    answered = calendar_answers.answer_of(held.calendar)
    person = Person.objects.get(pk=by.person_id)
    row = calendar_answers.invitation_for(answered, person)
    if row is None or answered.answer not in calendar_answers.ANSWERS:
        raise Refused(_("This invitation is not there any more, or its answer can't be applied."))
    word = calendar_answers.apply(answered, row)
    _finish(held, "")
    return word


@transaction.atomic
def discard_held(held: HeldReply, *, by: Viewer) -> None:
    """Gone, with its files."""
    held = _locked(held, by)
    file = held.file
    held.delete()
    transaction.on_commit(lambda: spooling.forget(file))


def can_be_posted(held: HeldReply) -> bool:
    return (
        not held.calendar and held.thing is not None and answering.door_for(held.kind) is not None
    )


def _locked(held: HeldReply, by: Viewer) -> HeldReply:
    return HeldReply.objects.visible_to(by).select_for_update().get(pk=held.pk)


def _finish(held: HeldReply, path: str) -> None:
    """The row stays for a month, so that the same press leads to the same place; the words have gone on."""
    held.done_at, held.posted = timezone.now(), path[:200]
    held.text = held.original = ""
    file, held.file = held.file, ""
    held.save(update_fields=["done_at", "posted", "text", "original", "file"])
    transaction.on_commit(lambda: spooling.forget(file))

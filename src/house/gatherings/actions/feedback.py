"""What those who attended say, so that nobody can tell who said it; and what they asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.after.access import attended, takes_part
from house.gatherings.after.asking import default_questions, is_open
from house.gatherings.models import Event, Registration
from house.gatherings.models.after import (
    AskedSupport,
    AskedThere,
    FeedbackAnswer,
    FeedbackGiven,
    FeedbackQuestion,
)
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line
from house.memory import actions as memory
from house.memory.models import PeerQuestion
from house.vocabulary.languages import LANGUAGES

LONGEST = 3000


@transaction.atomic
def questions_of(event: Event) -> Sequence[FeedbackQuestion]:
    """The form's questions; the usual ones, in the event's language, where nobody wrote others."""
    # every row: of an event that the caller fetched through its door
    found = list(FeedbackQuestion.objects.filter(event=event).order_by("position", "pk"))
    if found:
        return found
    Event.objects.select_for_update().get(pk=event.pk)  # every row: as above
    if not FeedbackQuestion.objects.filter(event=event).exists():
        with translation.override(event.languages[0] if event.languages else "en"):
            FeedbackQuestion.objects.bulk_create(
                FeedbackQuestion(event=event, sort=sort, text=str(text), position=position)
                for position, (sort, text) in enumerate(default_questions())
            )
    return list(FeedbackQuestion.objects.filter(event=event).order_by("position", "pk"))


@transaction.atomic
def set_questions(
    event: Event, rows: Sequence[tuple[str, str]], *, by: Viewer
) -> Sequence[FeedbackQuestion]:
    """Put other questions, until the first answer is in."""
    allow(by, "edit", event)
    if FeedbackGiven.objects.filter(event=event).exists():  # every row: whether there is any
        raise Refused(_("Somebody has answered already: the questions stay as they are."))
    told = [(sort, one_line(text)[:300]) for sort, text in rows if one_line(text)]
    if not told:
        raise Refused(_("Put at least one question."))
    FeedbackQuestion.objects.filter(event=event).delete()  # every row: of an event she looks after
    FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(event=event, sort=sort, text=text, position=position)
        for position, (sort, text) in enumerate(told)
    )
    return questions_of(event)


@transaction.atomic
def give_feedback(event: Event, answers: Mapping[str, Any], *, by: Viewer) -> None:
    """Once for each who attended. The answers keep neither her, nor her city, nor the moment.

    No journal row either: its order and time would tell whose answer is whose.
    """
    if not attended(by, event):
        raise Forbidden(
            _("This form is for those who attended."),
            remedy=_("If you were there, ask those who look after the event to check you in."),
        )
    if not is_open(event):
        raise Refused(_("The form is closed."))
    told = _answers(questions_of(event), answers)
    if not told or by.person_id is None:
        raise Refused(_("Nothing is filled in yet."))
    try:
        with transaction.atomic():
            FeedbackGiven.objects.create(event=event, person_id=by.person_id)
    except IntegrityError:
        raise Refused(_("You have answered already. Thank you.")) from None
    FeedbackAnswer.objects.create(event=event, answers=told)


@transaction.atomic
def ask_there(event: Event, text: str, *, by: Viewer, language: str = "en") -> AskedThere:
    """A question put during or after the event, by who has a place. The same words are one question."""
    if not takes_part(by, event):
        raise Forbidden(
            _("Those who have a place ask here."), remedy=_("Register, or ask in the Agora.")
        )
    text = one_line(clean(text))[:500]
    if not text:
        raise Refused(_("There is no question."))
    # every row: the same question of somebody else is supported, not repeated
    mine = Registration.objects.visible_to(by).filter(event=event, person=by.person_id).first()
    asked, is_new = AskedThere.objects.get_or_create(
        event=event,
        text=text,
        defaults={
            "asker_id": by.person_id,
            "city_id": mine.city_id if mine else None,
            "language": language if language in LANGUAGES else "en",
        },
    )
    if is_new:
        journal.record("gatherings.ask", event, by=by, facts={"question": asked.code})
    elif mine is not None and mine.city_id and not asked.is_hidden:
        _support(asked, mine.city_id, by)
    return asked


@transaction.atomic
def support_question(question: AskedThere, *, by: Viewer, wants: bool = True) -> AskedThere:
    """Her city wants an answer too, or does not any more; a city counts once, whoever of it pressed."""
    allow(by, "support", question)
    mine = Registration.objects.visible_to(by).filter(
        event=question.event, person=by.person_id, city__isnull=False
    )
    registration = mine.first()
    if registration is None or registration.city_id is None:
        raise Refused(_("You came for no city, so there is none to count."))
    if wants:
        _support(question, registration.city_id, by)
    else:
        # every row: of her own city
        AskedSupport.objects.filter(question=question, city=registration.city_id).delete()
    return question


@transaction.atomic
def moderate_question(
    question: AskedThere, *, by: Viewer, answered: bool | None = None, hidden: bool | None = None
) -> AskedThere:
    allow(by, "moderate", question)
    question.answered = question.answered if answered is None else answered
    question.is_hidden = question.is_hidden if hidden is None else hidden
    question.save(update_fields=["answered", "is_hidden"])
    journal.record(
        "gatherings.moderate-question",
        question.event,
        by=by,
        facts={"question": question.code, "hidden": question.is_hidden},
    )
    return question


@transaction.atomic
def take_to_agora(question: AskedThere, *, by: Viewer) -> PeerQuestion:
    """Keep it for the peers of who presses: the Agora's form opens with it. Twice gives the same one."""
    allow(by, "take", question)
    kept = memory.keep_question(question.text, by=by, language=question.language)
    if not question.kept:
        question.kept = kept.code
        question.save(update_fields=["kept"])
        journal.record(
            "gatherings.take-to-agora", question.event, by=by, facts={"question": question.code}
        )
    return kept


def _support(question: AskedThere, city: str, by: Viewer) -> None:
    if city != question.city_id:
        AskedSupport.objects.get_or_create(
            question=question, city_id=city, defaults={"person_id": by.person_id}
        )


def _answers(
    questions: Sequence[FeedbackQuestion], answers: Mapping[str, Any]
) -> dict[str, int | str]:
    told: dict[str, int | str] = {}
    for question in questions:
        value = answers.get(question.code)
        if question.sort == FeedbackQuestion.Sort.SCALE:
            if value in {1, 2, 3, 4, 5}:
                told[question.code] = int(value)
        elif text := clean(str(value or "")).strip()[:LONGEST]:
            told[question.code] = text
    return told

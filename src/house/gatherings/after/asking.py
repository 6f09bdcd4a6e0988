"""The feedback form: its usual questions, when it is open, and what came of it."""

import datetime
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.gatherings.after.access import FEW, OPEN_DAYS
from house.gatherings.models import Event, State
from house.gatherings.models.after import FeedbackAnswer, FeedbackGiven, FeedbackQuestion

SCALE, OPEN = FeedbackQuestion.Sort.SCALE, FeedbackQuestion.Sort.OPEN


def default_questions() -> list[tuple[str, str | Promise]]:
    return [
        (SCALE, _("How useful was it for your work?")),
        (SCALE, _("How well could you take part (language, hour, sound, access)?")),
        (SCALE, _("How likely is it that your city tries something you heard?")),
        (OPEN, _("What will you take home?")),
        (OPEN, _("What should we do differently next time?")),
    ]


def closes_at(event: Event) -> datetime.datetime:
    return event.ends_at + datetime.timedelta(days=OPEN_DAYS)


def is_open(event: Event) -> bool:
    over = event.is_over and event.state in {State.PUBLISHED, State.DONE}
    return over and timezone.now() < closes_at(event)


@dataclass(frozen=True, slots=True)
class Result:
    """Of one question: of a scale how often each value was given and the mean, else what was said."""

    question: FeedbackQuestion
    counts: Sequence[tuple[int, int]] = ()
    mean: float | None = None
    said: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """`given` is how many answered; `results` is empty until they may be read, `why` says until when."""

    given: int
    closes_at: datetime.datetime
    is_open: bool
    is_few: bool
    results: Sequence[Result] = ()


def results_of(event: Event, viewer: Viewer) -> Results:
    # every row: a number only
    given = FeedbackGiven.objects.filter(event=event).count()
    answers = list(FeedbackAnswer.objects.visible_to(viewer).filter(event=event))
    questions = FeedbackQuestion.objects.visible_to(viewer).filter(event=event)
    return Results(
        given,
        closes_at(event),
        is_open(event),
        given < FEW,
        [_result(each, answers) for each in questions] if answers else [],
    )


def _result(question: FeedbackQuestion, answers: Sequence[FeedbackAnswer]) -> Result:
    values = [row.answers[question.code] for row in answers if question.code in row.answers]
    if question.sort == SCALE:
        counted = Counter(values)
        mean = sum(values) / len(values) if values else None
        return Result(question, [(value, counted[value]) for value in range(1, 6)], mean)
    # Each question in another order: nobody can put one person's answers together again.
    shuffled = sorted(values)
    random.Random(question.code).shuffle(shuffled)  # noqa: S311 -- only an order
    return Result(question, said=shuffled)

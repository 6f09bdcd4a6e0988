"""What an applicant is told of where her application stands. One word to whom knows its code; no names."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.partners.models import PIPELINE, Application, Stage

Words = dict[str, tuple[str | Promise, str | Promise]]

CITY: Words = {
    Stage.RECEIVED: (_("Received"), _("Somebody of the foundation reads it and writes to you.")),
    Stage.TALK: (
        _("Talk"),
        _("We talk about what your city looks for and what it could tell others."),
    ),
    Stage.AGREED: (_("Agreed"), _("We agree on the level, and write it down.")),
    Stage.SIGNED: (_("Signed"), _("Both have signed; your city's seats are made ready.")),
    Stage.WELCOME: (_("Welcome"), _("Your city is in, and its first weeks begin.")),
}
PERSON: Words = {
    Stage.RECEIVED: (_("Received"), _("Somebody of the foundation reads it and writes to you.")),
    Stage.TALK: (_("Talk"), _("We look with you for the way in: seats belong to cities.")),
    Stage.AGREED: (_("Agreed"), _("We agree with those concerned how you can take part.")),
    Stage.SIGNED: (_("Signed"), _("What was agreed is signed.")),
    Stage.WELCOME: (_("Welcome"), _("An invitation to a seat is on its way, or you have it.")),
}
ENDED: Words = {
    Stage.DECLINED: (
        _("Not now"),
        _("It does not go on. The reason stands in the mail that you received."),
    ),
    Stage.WITHDRAWN: (
        _("Withdrawn"),
        _("You took it back. It is deleted a year later, or when you ask."),
    ),
}


def words_of(application: Application) -> tuple[str | Promise, str | Promise]:
    return (_by_kind(application) | ENDED)[application.stage]


def steps_of(application: Application) -> list[dict[str, Any]]:
    """The way from a letter to a welcome; empty once it has ended otherwise."""
    if application.stage in ENDED:
        return []
    here = PIPELINE.index(Stage(application.stage))
    words = _by_kind(application)
    return [
        {"title": words[stage][0], "text": words[stage][1], "done": at < here, "now": at == here}
        for at, stage in enumerate(PIPELINE)
    ]


def _by_kind(application: Application) -> Words:
    return CITY if application.kind == Application.Kind.CITY else PERSON

"""Verbs of the rules. What a clause said is never lost: a change adds a version."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.audience import Audience
from house.access.viewer import Viewer
from house.atlas.clauses import telling
from house.atlas.clauses.access import CORRECT, CURATE
from house.atlas.clauses.kinds import type_of
from house.atlas.clauses.models import (
    FACTS,
    Answer,
    Clause,
    Correction,
    CorrectionState,
    State,
    Version,
)
from house.atlas.clauses.search import KIND
from house.ground import pages
from house.ground.errors import Forbidden, Refused
from house.partners import rights
from house.retrieval import outbox

# every row in this file: whoever looks after the atlas sees all of it; a city its own corrections

Facts = Mapping[str, Any]


@transaction.atomic
def draft_clause(
    *,
    by: Viewer,
    city: str,
    field: str,
    type: str,  # noqa: A002 -- the word of the model
    facts: Facts,
    audience: str = Audience.PUBLIC,
) -> Clause:
    """A first answer to a question, seen by curators alone until it is published."""
    rights.require(by, CURATE)
    if type_of(field, type) is None:
        raise Refused(_("The house does not ask this question."))
    try:
        with transaction.atomic():
            clause = Clause.objects.create(city_id=city, field=field, type=type, audience=audience)
    except IntegrityError:
        raise Refused(
            _("There is an answer to this question already."),
            remedy=_("Change that one: what it said before is kept."),
        ) from None
    _say(clause, facts, by=by, why="")
    journal.record("atlas.clause_drafted", clause, by=by)
    return clause


@transaction.atomic
def change_clause(
    clause: Clause, facts: Facts, *, by: Viewer, why: str, seen: int, audience: str = ""
) -> Clause:
    """Say something else from now on. `seen` is the number of the version that was changed from.

    Nothing new to say makes no version.
    """
    rights.require(by, CURATE)
    clause = _locked(clause)
    if clause.current is not None and clause.current.number != seen:
        raise Refused(
            _("Somebody changed this rule while you were writing."),
            remedy=_("Look at what it says now; what you wrote stands below."),
        )
    if audience and audience != clause.audience:
        clause.audience = audience
        clause.save(update_fields=["audience"])
        _open_current(clause)
    if _differs(clause.current, facts):
        _say(clause, facts, by=by, why=why)
        journal.record("atlas.clause_changed", clause, by=by)
    _check(clause, by)
    return clause


@transaction.atomic
def publish_clause(clause: Clause, *, by: Viewer) -> Clause:
    """Let readers see it. Publishing twice changes nothing."""
    rights.require(by, CURATE)
    clause = _locked(clause)
    if clause.state == State.PUBLIC:
        return clause
    clause.state = State.PUBLIC
    clause.changed_at = timezone.now()
    clause.save(update_fields=["state", "changed_at"])
    _open_current(clause)
    _check(clause, by)
    assert clause.current is not None  # noqa: S101 -- a draft always says something
    telling.tell_changed(clause, by=by, number=clause.current.number)
    journal.record("atlas.clause_published", clause, by=by)
    return clause


@transaction.atomic
def take_in_clause(clause: Clause, *, by: Viewer) -> Clause:
    """Back to a draft: readers find nothing, and nobody is told a no."""
    rights.require(by, CURATE)
    clause = _locked(clause)
    clause.state = State.DRAFT
    clause.save(update_fields=["state"])
    outbox.touch(KIND, clause.pk)
    transaction.on_commit(pages.changed)
    journal.record("atlas.clause_taken_in", clause, by=by)
    return clause


@transaction.atomic
def propose_correction(
    *,
    by: Viewer,
    city: str,
    field: str,
    type: str,  # noqa: A002 -- the word of the model
    facts: Facts,
    why: str,
) -> Correction:
    """A city says what a rule of its own should say, with the text that proves it. One waits at a time."""
    rights.require(by, CORRECT)
    if city not in by.city_ids:
        raise Forbidden(_("A city corrects what is said of itself."))
    correction = Correction(
        city_id=city, field=field, type=type, why=why, made_by_id=by.person_id, **_facts(facts)
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            _("Your city has sent a correction of this rule that waits for a decision."),
            remedy=_("You are told as soon as it is decided."),
        ) from None
    journal.record("atlas.correction_sent", correction, by=by)
    return correction


@transaction.atomic
def accept_correction(correction: Correction, *, by: Viewer, reason: str = "") -> Clause:
    """Take over what the city says; it is out at once, and the former answer is kept."""
    rights.require(by, CURATE)
    _decide(correction, CorrectionState.ACCEPTED, by=by, reason=reason)
    facts = {name: getattr(correction, name) for name in FACTS}
    key = {"city": correction.city_id, "field": correction.field, "type": correction.type}
    clause = Clause.objects.filter(**key).first()
    if clause is None:
        clause = draft_clause(by=by, facts=facts, **key)
    else:
        facts["entry_url"] = clause.current.entry_url if clause.current else ""
        seen = clause.current.number if clause.current else 0
        clause = change_clause(clause, facts, by=by, why=_("Corrected by the city"), seen=seen)
    return publish_clause(clause, by=by)


@transaction.atomic
def refuse_correction(correction: Correction, *, by: Viewer, reason: str) -> None:
    rights.require(by, CURATE)
    if not reason.strip():
        raise Refused(_("Say why: the city reads it."))
    _decide(correction, CorrectionState.REFUSED, by=by, reason=reason)


def _decide(correction: Correction, state: str, *, by: Viewer, reason: str) -> None:
    kept = Correction.objects.select_for_update().get(pk=correction.pk)
    if kept.state != CorrectionState.OPEN:
        raise Refused(_("This correction has been decided already."))
    for each in (kept, correction):
        each.state, each.reason = state, reason.strip()
        each.decided_at, each.decided_by_id = timezone.now(), by.person_id
    kept.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    telling.tell_decided(kept, by=by)
    journal.record("atlas.correction_decided", kept, by=by, facts={"state": state})


def _locked(clause: Clause) -> Clause:
    Clause.objects.select_for_update().get(pk=clause.pk)
    return Clause.objects.select_related("current").get(pk=clause.pk)


def _facts(facts: Facts) -> dict[str, Any]:
    """All of them, and of a no only its proof: a number beside it would say something else."""
    told = {name: facts[name] for name in FACTS if name in facts}
    if told["answer"] == Answer.NO:
        told |= {"value": None, "unit": "", "day": None, "words": ""}
    return told


def _differs(now: Version | None, facts: Facts) -> bool:
    return now is None or any(getattr(now, name) != told for name, told in _facts(facts).items())


def _say(clause: Clause, facts: Facts, *, by: Viewer, why: str) -> None:
    number = clause.current.number + 1 if clause.current else 1
    is_out = clause.state == State.PUBLIC
    clause.current = Version.objects.create(
        clause=clause, number=number, why=why, made_by_id=by.person_id,
        audience=clause.audience if is_out else "", **_facts(facts),
    )  # fmt: skip
    clause.changed_at = timezone.now()
    clause.save(update_fields=["current", "changed_at"])
    outbox.touch(KIND, clause.pk)
    if is_out:
        transaction.on_commit(pages.changed)
        telling.tell_changed(clause, by=by, number=number)


def _open_current(clause: Clause) -> None:
    """What it says now is open to whom the clause is; what it said before stays as it came out."""
    if clause.state == State.PUBLIC:
        # A version never changes but for this: to whom it came out.
        QuerySet(Version).filter(pk=clause.current_id).update(audience=clause.audience)
        if clause.current is not None:
            clause.current.audience = clause.audience
        transaction.on_commit(pages.changed)
    outbox.touch(KIND, clause.pk)


def _check(clause: Clause, by: Viewer) -> None:
    clause.checked_on, clause.checked_by_id = timezone.localdate(), by.person_id
    clause.save(update_fields=["checked_on", "checked_by"])

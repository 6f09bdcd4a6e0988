"""What curators do with one initiative: accept, refuse, put right, hide, take away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.initiatives import emails
from house.atlas.initiatives.actions.suggesting import Said
from house.atlas.initiatives.models import Decision, Initiative, Layer, Renewal, State, Suggestion
from house.atlas.initiatives.models.initiative import spaced
from house.atlas.initiatives.nearest import Cities
from house.atlas.initiatives.opening.keeping import set_next
from house.atlas.initiatives.search import KIND
from house.ground.errors import Refused
from house.ground.text import one_line
from house.partners import rights
from house.retrieval import outbox
from house.vocabulary.models import City

# every row in this file: the capability is asked, and it opens all states

CURATE = "atlas.curate"


def _lock(initiative: Initiative, by: Viewer) -> Initiative:
    rights.require(by, CURATE)
    return (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("layer")
        .get(pk=initiative.pk)
    )


def _touch(initiative: Initiative, act: str, by: Viewer, reason: str = "") -> None:
    outbox.touch(KIND, initiative.pk)
    journal.record(f"initiatives.{act}", initiative, by=by, reason=reason)


def _set_state(initiative: Initiative, state: State) -> None:
    initiative.state, initiative.changed_at = state, timezone.now()
    initiative.save(update_fields=["state", "changed_at"])
    if state == State.SHOWN:
        Layer.objects.filter(pk=initiative.layer_id).update(is_public=True)


@transaction.atomic
def accept(suggestion: Suggestion, *, by: Viewer) -> Initiative:
    """Show it to everybody, and tell who suggested it. Accepting twice changes nothing."""
    initiative = _lock(suggestion.initiative, by)
    if _decide(suggestion, Decision.ACCEPTED, "", by):
        initiative.confirmed_on = timezone.now().date()
        set_next(initiative, timezone.now())
        initiative.save(update_fields=["confirmed_on", "open_from", "open_until"])
        _set_state(initiative, State.SHOWN)
        _touch(initiative, "accept", by)
    return initiative


@transaction.atomic
def refuse(suggestion: Suggestion, reason: str, *, by: Viewer) -> None:
    """It stays hidden; who suggested it is told why."""
    initiative = _lock(suggestion.initiative, by)
    reason = one_line(reason)[:400]
    if not reason:
        raise Refused(_("Say why, for who suggested it."))
    if _decide(suggestion, Decision.REFUSED, reason, by):
        _set_state(initiative, State.HIDDEN)
        _touch(initiative, "refuse", by)


def _decide(suggestion: Suggestion, decision: Decision, reason: str, by: Viewer) -> bool:
    """False where somebody else was first with the same word; another word is refused."""
    now = timezone.now()
    # `update` is the claim: of two curators one wins.
    won = Suggestion.objects.filter(pk=suggestion.pk, decision="").update(
        decision=decision, reason=reason, decided_by=by.person_id, decided_at=now
    )
    suggestion.refresh_from_db()
    if not won and suggestion.decision != decision:
        raise Refused(_("Somebody else has decided this meanwhile."))
    if won and suggestion.email:
        transaction.on_commit(lambda: emails.send_decision(suggestion), robust=True)
    return bool(won)


@transaction.atomic
def save_edit(initiative: Initiative, said: Said, *, by: Viewer) -> Initiative:
    """Put right what it says. What was typed has passed the form."""
    initiative = _lock(initiative, by)
    for name, value in said.facts.items():
        setattr(initiative, name, value)
    initiative.kinds, initiative.languages = spaced(said.kinds), spaced(said.languages)
    where = Cities(City.objects.real()).of(
        initiative.latitude, initiative.longitude, named=initiative.place
    )
    initiative.city, initiative.time_zone = where.city, where.zone
    initiative.changed_at = initiative.put_right_at = timezone.now()
    set_next(initiative, timezone.now())
    initiative.save()
    _touch(initiative, "edit", by)
    return initiative


@transaction.atomic
def hide(initiative: Initiative, reason: str, *, by: Viewer) -> None:
    initiative = _lock(initiative, by)
    _set_state(initiative, State.HIDDEN)
    _touch(initiative, "hide", by, one_line(reason)[:300])


@transaction.atomic
def take_gone(initiative: Initiative, *, by: Viewer) -> None:
    """It no longer exists: off the map, and its contact with it."""
    initiative = _lock(initiative, by)
    clear_contact(initiative)
    _set_state(initiative, State.GONE)
    _touch(initiative, "gone", by)


@transaction.atomic
def show_again(initiative: Initiative, *, by: Viewer) -> None:
    initiative = _lock(initiative, by)
    if initiative.state == State.SUGGESTED:
        raise Refused(_("Accept the suggestion instead: who made it is told then."))
    set_next(initiative, timezone.now())
    initiative.save(update_fields=["open_from", "open_until"])
    _set_state(initiative, State.SHOWN)
    _touch(initiative, "show", by)


def clear_contact(initiative: Initiative) -> None:
    initiative.email = initiative.phone = initiative.contact_source = ""
    initiative.contact_is_public = False
    initiative.save(update_fields=["email", "phone", "contact_source", "contact_is_public"])
    Renewal.objects.filter(initiative=initiative).update(email="", phone="")

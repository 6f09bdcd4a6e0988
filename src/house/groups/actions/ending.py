from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups.models import Admission, Group, Meeting, Outcome, Result, State
from house.groups.offering import SOURCE, offered_of
from house.groups.steps import (
    as_told,
    call_off,
    changed,
    lock,
    members_of,
    thread_of,
    words,
)
from house.memory import actions as memory
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights

ENOUGH = 40  # characters: "it did not work" teaches nobody anything
UNFINISHED = (Outcome.FAILED, Outcome.TOO_EARLY)


@transaction.atomic
def end_group(
    group: Group, *, by: Viewer, result_kind: str, result: str, outcome: str, learned: str = ""
) -> Group:
    """It has made something: that is told to the alliance and offered to ALEX, with its members' consent."""
    rights.require(by, "agora.write")
    allow(by, "lead", lock(group))
    if result_kind not in Result.values:
        raise Refused(_("Say what sort of thing you have made."))
    if outcome not in Outcome.values:
        raise Refused(_("Say how it came out."))
    group.result_kind, group.outcome = result_kind, outcome
    group.result = words(result, _("Result"), 4000, needed=True)
    group.learned = words(learned, _("What we learned"), 8000)
    return _over(group, State.ENDED, by)


@transaction.atomic
def close_group(group: Group, *, by: Viewer, learned: str, outcome: str) -> Group:
    """It ends without a result, and says what it learned: others will meet the same problem."""
    allow(by, "close", lock(group))
    if outcome not in UNFINISHED:
        raise Refused(_("Say whether it failed, or came too early."))
    group.learned = words(learned, _("What we learned"), 8000, needed=True)
    if len(group.learned) < ENOUGH:
        raise Refused(
            _("That is too short for another city to learn from."),
            remedy=_("What did you try, what stood in the way, what would you do first next time?"),
        )
    group.outcome = outcome
    return _over(group, State.CLOSED, by)


def _over(group: Group, state: str, by: Viewer) -> Group:
    group.state, group.ended_at, group.ended_by_id = state, timezone.now(), by.person_id
    group.save()
    for meeting in Meeting.objects.filter(group=group).coming():
        meeting.cancelled_at = meeting.changed_at = group.ended_at
        meeting.sequence += 1
        meeting.save(update_fields=["cancelled_at", "changed_at", "sequence"])
        for person in members_of(group):
            call_off(meeting, person)
    Admission.objects.filter(group=group).waiting().update(
        answer=Admission.Answer.WITHDRAWN, answered_at=group.ended_at, answered_by=by.person_id
    )
    changed(group)
    journal.record("groups.over", group, by=by, facts={"state": state, "outcome": group.outcome})
    topics = list(group.topics.values_list("pk", flat=True))
    happenings.tell(
        "groups.over", group, key=f"groups.over:{group.code}", by=by,
        to=as_told(members_of(group), Reason.OWN),
        topics=() if group.is_hidden else topics, thread=thread_of(group),
    )  # fmt: skip
    if by.person_id is not None and (by.can("alex.write") or by.can("alex.review")):
        memory.offer(SOURCE, group, offered_of(group), by=by, key=f"{SOURCE}:{group.code}")
    return group

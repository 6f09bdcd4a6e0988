"""Who is told of what happened: from subscriptions to notices, in the records, without loading a person.

Whether a receiver may see the thing isn't asked here: that is judged when a notice is read or sent.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from house.notices import saved_searches
from house.notices.models import (
    Choice,
    Due,
    Happening,
    How,
    Notice,
    Pace,
    Reason,
    Rhythm,
    Subscription,
)

# every row in this file: who is told is settled here; what she is told is asked of the room's door

# Of several reasons the first one is given.
_STRENGTH = {
    "thread": Reason.THREAD,
    "topic": Reason.TOPIC,
    "city": Reason.CITY,
    "kind": Reason.KIND,
}
_CODE = {
    "sqlite": "lower(hex(randomblob(6)))",
    "postgresql": "substr(md5(random()::text || clock_timestamp()::text || s.person_id::text), 1, 12)",
}


def fan_out(*, most: int = 1000) -> int:
    """Each happening once, whichever worker gets to it first. Gives how many."""
    waiting = Happening.objects.filter(fanned_out_at__isnull=True).order_by("pk")
    done = 0
    for happening in list(waiting[:most]):
        with transaction.atomic():
            mine = Happening.objects.filter(pk=happening.pk, fanned_out_at__isnull=True)
            if mine.update(fanned_out_at=timezone.now()):
                _spread(happening)
                _settle(happening)
                done += 1
    return done


def targets_of(happening: Happening) -> list[str]:
    """What a person may follow to be told of this."""
    targets = [f"thread:{happening.thread}"] if happening.thread else []
    targets += [f"topic:{slug}" for slug in happening.topics]
    if happening.city_id:
        targets.append(f"city:{happening.city_id}")
    targets.append(f"kind:{happening.kind}")
    return targets


def _spread(happening: Happening) -> None:
    targets = targets_of(happening)
    searches = saved_searches.matching(happening)
    thread = f"thread:{happening.thread}" if happening.thread else ""
    _insert(happening, [*targets, *searches], muted=targets, thread=thread)
    if thread:
        # Named in a thread that she muted: only who is asked herself is told all the same.
        muted = Subscription.objects.filter(target=thread, is_muted=True).order_by()
        Notice.objects.filter(
            happening=happening, is_direct=False, person__in=muted.values("person")
        ).delete()


def _insert(
    happening: Happening, targets: Sequence[str], *, muted: Sequence[str], thread: str
) -> None:
    """One notice a person, with the strongest reason; none for who acted, or for whom a mute keeps it away.

    A muted thread is silent. A muted topic, city or kind silences all but a thread that she follows itself.
    """
    ranks = " ".join(
        f"WHEN s.target LIKE '{sort}:%%' THEN {rank}" for rank, sort in enumerate(_STRENGTH)
    )
    reasons = " ".join(f"WHEN {rank} THEN '{why}'" for rank, why in enumerate(_STRENGTH.values()))
    asked, silent = (", ".join(["%s"] * len(each)) for each in (targets, muted))
    sql = f"""
        INSERT INTO notices_notice
            (code, happening_id, person_id, reason, is_direct, is_folded, due, made_at)
        SELECT {_CODE[connection.vendor]}, %s, s.person_id,
            CASE MIN(CASE {ranks} ELSE 9 END) {reasons} ELSE '{Reason.SEARCH}' END, %s, %s, %s, %s
        FROM notices_subscription s JOIN people_person p ON p.id = s.person_id
        WHERE s.target IN ({asked}) AND NOT s.is_muted AND p.is_active AND s.person_id <> %s
            AND NOT EXISTS (
                SELECT 1 FROM notices_subscription m
                WHERE m.person_id = s.person_id AND m.is_muted AND m.target IN ({silent})
                    AND (m.target = %s OR s.target <> %s))
        GROUP BY s.person_id
        ON CONFLICT DO NOTHING
    """  # noqa: S608 -- only names of our own; what people typed goes by parameters
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                happening.pk, False, False, Due.NEW, timezone.now(), *targets,
                happening.actor_id or 0, *muted, thread, thread,
            ],
        )  # fmt: skip


def _settle(happening: Happening) -> None:
    """What each new notice waits for: what she chose for the kind, else how direct it is, else her rhythm."""
    new = Notice.objects.filter(happening=happening, due=Due.NEW)
    chose = {
        how: Choice.objects.filter(kind=happening.kind, how=how).values("person") for how in How
    }
    paced = {pace: Rhythm.objects.filter(pace=pace).values("person") for pace in Pace}
    new.filter(person__in=chose[How.OFF]).delete()
    new.filter(person__in=chose[How.INBOX]).update(due=Due.NOTHING)
    new.filter(person__in=chose[How.DIGEST]).update(due=Due.DIGEST)
    at_once = Q(person__in=chose[How.AT_ONCE]) | Q(person__in=paced[Pace.AT_ONCE])
    new.filter(at_once | Q(is_direct=True)).update(due=Due.AT_ONCE)
    new.filter(person__in=paced[Pace.NONE]).update(due=Due.NOTHING)
    new.update(due=Due.DIGEST)

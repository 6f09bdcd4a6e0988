"""Digests: opened when a person's slot has come, built when they are sent, for her as viewer.

One a period, however many workers look: the letter's key is the person and the day of the slot.
What the house missed while it was down is one digest, not several, for a digest holds all that
waits when it is built.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from house.access.viewer import Viewer
from house.notices import happenings, leaving, mailrows, rhythms
from house.notices.happenings import Told
from house.notices.mails import frame, in_order, list_id, message_of, notices_of
from house.notices.models import Due, Letter, Notice, Pace, Rhythm, Suppression, Urgency
from house.notices.telling import Item, items_of
from house.people.models import Person

# every row in this file: what a digest says is asked of the rooms' doors when it is built

DIGEST = "notices.digest"
AT_ONCE = 500  # persons opened in one transaction
SHOWN = 60  # lines; how many more there are is always said
QUESTIONS = 3
SECTIONS = {
    "questions": gettext_lazy("Questions"),
    "answers": gettext_lazy("Answers"),
    "successes": gettext_lazy("Successes and struggles"),
    "gatherings": gettext_lazy("Gatherings"),
    "sessions": gettext_lazy("One-on-one sessions and visits"),
    "groups": gettext_lazy("Working groups"),
    "topics": gettext_lazy("Suggested topics"),
    "alex": gettext_lazy("In ALEX"),
    "magazine": gettext_lazy("The magazine"),
    "radar": gettext_lazy("Outside the alliance"),
}


def open_due(now: datetime.datetime | None = None) -> int:
    """A letter for each person whose slot has come and for whom something waits. Gives how many."""
    now, made = now or timezone.now(), 0
    while due := list(
        Rhythm.objects.filter(next_digest_at__lte=now).select_related("person")[:AT_ONCE]
    ):
        made += _open(due, now)
    return made


@transaction.atomic
def _open(due: Sequence[Rhythm], now: datetime.datetime) -> int:
    hungry = _hungry([rhythm.person_id for rhythm in due])
    letters, later = [], defaultdict(list)
    for rhythm in due:
        later[rhythms.next_slot(rhythm, now)].append(rhythm.pk)
        # Quiet hours or an absence begun since: the next slot will hold it all.
        if rhythm.person_id in hungry and rhythms.may_mail(rhythm, now):
            letters.append(_letter(rhythm, now))
    for slot, pks in later.items():
        # Who chose another hour meanwhile keeps it.
        Rhythm.objects.filter(pk__in=pks, next_digest_at__lte=now).update(next_digest_at=slot)
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def _hungry(persons: Sequence[int]) -> set[int]:
    """For whom something waits that no digest on its way will take along, and whom mail reaches."""
    on_its_way = Letter.objects.filter(
        person=OuterRef("person"),
        kind=DIGEST,
        state__in=[Letter.State.WAITING, Letter.State.SENDING],
    )
    waiting = Notice.objects.filter(
        person__in=persons, person__is_active=True, due=Due.DIGEST, read_at__isnull=True
    )
    # To an address that mail came back from nothing is opened: all of it waits until the office clears it.
    stopped = Suppression.objects.filter(address__iexact=OuterRef("person__email"))
    rows = waiting.exclude(Exists(on_its_way)).exclude(Exists(stopped)).order_by()
    return set(rows.values_list("person", flat=True).distinct())


def _letter(rhythm: Rhythm, now: datetime.datetime) -> Letter:
    period = rhythms.period_of(rhythm, now)
    return Letter(
        key=f"digest:{rhythm.person_id}:{period}", kind=DIGEST, thing=rhythm.person_id,
        person_id=rhythm.person_id, urgency=Urgency.DIGEST, posted_at=now, not_before=now,
    )  # fmt: skip


@dataclass(slots=True)
class Thread:
    """What belongs together, the newest first."""

    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told at once. `hidden` counts what didn't fit, none of it secret to her."""

    questions: list[Told]
    sections: list[tuple[str, list[Thread]]]
    count: int
    hidden: int
    folded: int


def write_digests(
    letters: Sequence[Letter], viewers: Mapping[int, Viewer]
) -> dict[int, Callable[[], EmailMultiAlternatives | None]]:
    _load(letters)
    carried = notices_of(letters)
    persons = [letter.person_id for letter in letters]
    paces = dict(Rhythm.objects.filter(person__in=persons).values_list("person", "pace"))
    return {
        letter.pk: partial(
            _write,
            letter.person,
            carried.get(letter.pk, []),
            viewers[letter.person_id],
            paces.get(letter.person_id, Pace.DAILY),
        )
        for letter in letters
    }


def _write(
    person: Person, notices: Sequence[Notice], viewer: Viewer, pace: str
) -> EmailMultiAlternatives | None:
    digest = digest_for(notices, viewer)
    with timezone.override(rhythms.zone_of(person.time_zone)):
        return digest_mail(person, digest, pace) if digest else None


def next_for(viewer: Viewer) -> Digest | None:
    """What her digest would hold if it went out now. Nothing is marked, opened or sent."""
    waiting = Notice.objects.visible_to(viewer).filter(due=Due.DIGEST, read_at__isnull=True)
    return digest_for(in_order(waiting), viewer, for_mail=False)


def _load(letters: Sequence[Letter]) -> None:
    """All that waits for their receivers now belongs to these letters, before any of them is sent."""
    hers = Letter.objects.filter(
        pk__in=[letter.pk for letter in letters], person=OuterRef("person")
    )
    Notice.objects.filter(
        person__in=[letter.person_id for letter in letters], due=Due.DIGEST
    ).update(due=Due.NOTHING, letter=Subquery(hers.order_by("-pk").values("pk")[:1]))


def digest_for(
    notices: Iterable[Notice], viewer: Viewer, *, for_mail: bool = True
) -> Digest | None:
    """None when nothing of it may be told (any more)."""
    items = items_of(notices, viewer, for_mail=for_mail)
    if not items:
        return None
    questions = happenings.answerable(viewer, QUESTIONS)
    asked = {told.url for told in questions}
    # A question that stands at the top needn't be told again below.
    rest = [item for item in items if item.told.url not in asked]
    shown = rest[:SHOWN]
    return Digest(
        questions=questions,
        sections=_sections(shown),
        count=len(items),
        hidden=len(rest) - len(shown),
        folded=sum(item.notice.is_folded for item in items),
    )


def _sections(items: Sequence[Item]) -> list[tuple[str, list[Thread]]]:
    """Newest first throughout: within a thread, and threads by their newest."""
    by_section: dict[str, dict[str, Thread]] = {}
    for item in items:
        threads = by_section.setdefault(item.kind.section, {})
        threads.setdefault(item.thread, Thread()).items.append(item)
    known = [name for name in SECTIONS if name in by_section]
    others = [name for name in by_section if name not in SECTIONS]
    return [
        (str(SECTIONS.get(name, name)), list(by_section[name].values())) for name in known + others
    ]


def digest_mail(person: Person, digest: Digest, pace: str) -> EmailMultiAlternatives:
    subject = subject_of(digest)
    context = {
        **frame(person),
        "digest": digest,
        "sections": [(label, _rows(threads)) for label, threads in digest.sections],
        "subject": subject,
        "leave_digest": leaving.url_for(person, leaving.DIGEST),
        "is_weekly": pace == Pace.WEEKLY,
        "kinds": _kinds_of(person, digest),
    }
    headers = {
        "List-Id": list_id("digest", _("Digest of the Digital House")),
        **leaving.headers_for(person, leaving.DIGEST),
    }
    return message_of(person, subject, "digest", context, headers)


def subject_of(digest: Digest) -> str:
    return ngettext(
        "%(count)s thing happened: %(first)s", "%(count)s things happened: %(first)s", digest.count
    ) % {"count": digest.count, "first": _first(digest)}


def _rows(threads: Sequence[Thread]) -> list[tuple[str, str]]:
    return [
        (mailrows.html_of(item, is_more=place > 0), mailrows.text_of(item))
        for thread in threads
        for place, item in enumerate(thread.items)
    ]


def _first(digest: Digest) -> str:
    if digest.questions:
        return digest.questions[0].title
    return digest.sections[0][1][0].items[0].told.title


def _kinds_of(person: Person, digest: Digest) -> list[tuple[str, str]]:
    """(label, address to leave it by) of each kind that stands in it."""
    kinds = {
        item.kind.name: str(item.kind.label)
        for _section, threads in digest.sections
        for thread in threads
        for item in thread.items
    }
    return [(label, leaving.url_for(person, name)) for name, label in sorted(kinds.items())]

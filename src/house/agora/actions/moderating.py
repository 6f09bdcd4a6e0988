"""Reports, decisions and appeals. Moderators never learn by them who the author of hidden words is."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora.actions import steps
from house.agora.models import Answer, Case, Comment, Helped, Post, Report, Said
from house.ground.errors import Refused
from house.ground.limits import spend
from house.ground.text import clean
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights

REPORTS_AN_HOUR = 20


@transaction.atomic
def report(thing: Said, *, by: Viewer, why: str, text: str = "") -> Report:
    """Tell the moderators. Once for a person and a case; who reported is told to nobody else."""
    rights.require(by, "agora.read")
    allow(by, "report", thing)
    spend("agora-report", str(by.person_id), limit=REPORTS_AN_HOUR, seconds=3600)
    if why not in Report.Why.values:
        raise Refused(_("Say what is wrong with it."))
    case = _open_case(thing)
    made, is_new = Report.objects.get_or_create(
        case=case, reporter_id=by.person_id, defaults={"why": why, "text": clean(text)[:4000]}
    )
    if is_new:
        post = _post_of(thing)
        # every row: the post of what was just reported
        Post.objects.filter(pk=post.pk).update(is_reported=True)
        # The journal keeps that it was reported and not by whom.
        steps.note_anonymously("agora.report", case, why=why)
    return made


@transaction.atomic
def decide(case: Case, *, by: Viewer, hide: bool, reason: str) -> Case:
    """Leave it, or take it out of sight. The author is told the reason, and may appeal."""
    rights.require(by, "agora.moderate")
    _lock(case)
    allow(by, "decide", case)
    if case.state != Case.State.WAITING:
        raise Refused(_("Another moderator has decided already."))
    reason = steps.needed(reason, _("Give a reason: the author reads it."))
    case.state = Case.State.HIDDEN if hide else Case.State.KEPT
    case.decided_by_id, case.decided_at, case.reason = by.person_id, timezone.now(), reason[:4000]
    case.save()
    if hide:
        _set_hidden(case.thing, is_hidden=True)
        _tell_author(case, by=by)
    _settle_mark(case)
    journal.record("agora.decide", case, by=by, reason=reason, facts={"hidden": hide})
    return case


@transaction.atomic
def appeal(case: Case, *, by: Viewer, text: str) -> Case:
    """Its author asks another moderator to look."""
    _lock(case)
    allow(by, "appeal", case)
    case.appeal = steps.needed(text, _("Say why it should be seen again."))[:4000]
    case.appealed_at, case.state = timezone.now(), Case.State.APPEALED
    case.save()
    steps.note_anonymously("agora.appeal", case)
    return case


@transaction.atomic
def settle(case: Case, *, by: Viewer, restore: bool, reason: str) -> Case:
    """The last word, by another moderator than the one who hid it."""
    rights.require(by, "agora.moderate")
    _lock(case)
    allow(by, "settle", case)
    if case.state != Case.State.APPEALED:
        raise Refused(_("There is no appeal to decide."))
    reason = steps.needed(reason, _("Give a reason: the author reads it."))
    case.state = Case.State.RESTORED if restore else Case.State.FINAL
    case.settled_by_id, case.settled_at, case.settled_why = (
        by.person_id, timezone.now(), reason[:4000],
    )  # fmt: skip
    case.save()
    if restore:
        _set_hidden(case.thing, is_hidden=False)
    _tell_author(case, by=by)
    _settle_mark(case)
    journal.record("agora.settle", case, by=by, reason=reason, facts={"restored": restore})
    return case


def _post_of(thing: Said) -> Post:
    post = thing if isinstance(thing, Post) else getattr(thing, "post")  # noqa: B009 -- told to mypy
    assert isinstance(post, Post)  # noqa: S101 -- every part has one, told to mypy
    return post


def _open_case(thing: Said) -> Case:
    """The one that waits for a decision or an appeal, or a new one."""
    parts: dict[str, Any] = {
        "post": _post_of(thing),
        "answer": None,
        "comment": None,
        "helped": None,
    }
    for name, model in (("answer", Answer), ("comment", Comment), ("helped", Helped)):
        if isinstance(thing, model):
            parts[name] = thing
    # every row: the case of what the reporter sees
    waiting = Case.objects.filter(**parts, state__in=[Case.State.WAITING, Case.State.APPEALED])
    found = waiting.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Case.objects.create(**parts)
    except IntegrityError:  # somebody reported it at the same moment
        return waiting.get()


def _lock(case: Case) -> None:
    # every row: the caller fetched it through its door
    case.refresh_from_db(from_queryset=Case.objects.select_for_update(of=("self",)))


def _set_hidden(thing: Said, *, is_hidden: bool) -> None:
    thing.is_hidden = is_hidden
    thing.save(update_fields=["is_hidden"])
    steps.changed(_post_of(thing))


def _settle_mark(case: Case) -> None:
    """Moderators see a thread of others' only while something in it waits for them."""
    waiting = [Case.State.WAITING, Case.State.APPEALED, Case.State.HIDDEN]
    # every row: whether anything of the thread still waits
    if not Case.objects.filter(post=case.post, state__in=waiting).exists():
        # every row: as above
        Post.objects.filter(pk=case.post_id).update(is_reported=False)


def _tell_author(case: Case, *, by: Viewer) -> None:
    happenings.tell(
        "agora.moderated",
        case,
        key=f"agora.moderated:{case.code}:{case.state}",
        by=by,
        to={case.thing.author_id: Reason.OWN},
        is_direct=True,
    )

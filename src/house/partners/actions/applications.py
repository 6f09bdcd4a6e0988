"""From a first letter to a signed partnership."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Refused
from house.partners import letters
from house.partners.actions.invitations import invite
from house.partners.actions.partnerships import open_partnership
from house.partners.actions.seats import create_seat
from house.partners.models import (
    CLOSED,
    Application,
    ApplicationEvent,
    CityProfile,
    Partnership,
    Seat,
    Stage,
)
from house.partners.places import place_of
from house.people.models import Person
from house.vocabulary.models import City

Act = ApplicationEvent.Act
# How long what was never proven, and what came to nothing, is kept.
UNPROVEN_DAYS, CLOSED_DAYS = 7, 365


class ChangedMeanwhile(Refused):
    """Somebody else of the office changed it since this page was made."""

    code = "changed-meanwhile"


@transaction.atomic
def count_in(application: Application) -> Application:
    """From now on the application counts: its address is proven. A second time changes nothing.

    One of a place that another open application speaks for is put together with it; only the office is told.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.proven_at is not None:
        return application
    application.proven_at = application.stage_at = timezone.now()
    if application.kind == Application.Kind.CITY:
        leader = (
            Application.objects.proven()
            .leading()
            .filter(place=application.place, kind=Application.Kind.CITY)
            .exclude(stage__in=(*CLOSED, Stage.WELCOME))
            .exclude(pk=application.pk)
            .order_by("proven_at", "pk")
            .first()
        )
        if leader is not None:
            application.joined_to, application.stage = leader, leader.stage
            _tell(application, Act.JOINED, text=leader.code)
    application.save(update_fields=["proven_at", "stage_at", "stage", "joined_to"])
    journal.record("application.received", application, by=VISITOR)
    return application


@transaction.atomic
def move(
    application: Application, stage: Stage, *, by: Viewer, seen: int, reason: str = ""
) -> ApplicationEvent:
    """To another stage, with everything that was put together with it.

    Raises `ChangedMeanwhile` when its version is no longer `seen`.
    """
    allow(by, "handle", application)
    was = application.stage
    if stage == was:
        raise Refused(_("It stands there already."))
    if application.joined_to_id:
        raise Refused(
            _("It follows the application that it was put together with."),
            remedy=_("Move that one, or take the two apart first."),
        )
    if stage == Stage.WELCOME and application.kind == Application.Kind.CITY:
        _require_partnership(application)
    elif application.partnership_id and stage not in (Stage.SIGNED, Stage.WELCOME):
        raise Refused(
            _("A partnership was opened from it."),
            remedy=_("End the partnership first, on its own page."),
        )
    _claim(application, seen)
    event = _tell(application, Act.MOVED, by=by, was=was, became=stage, text=reason)
    _put(application, stage)
    if stage == Stage.WELCOME and application.kind == Application.Kind.CITY:
        _begin_profile(application)
    journal.record(
        "application.moved", application, by=by, reason=reason, facts={"was": was, "became": stage}
    )
    return event


@transaction.atomic
def undo_move(application: Application, event: ApplicationEvent, *, by: Viewer) -> None:
    """Back to where the newest move came from. What the move began (a mail, a partnership) stays."""
    allow(by, "handle", application)
    newest = moves_in_force(application).first()
    if newest is None or newest.pk != event.pk or application.stage != event.became:
        raise Refused(
            _("Something happened since; this move can't be taken back any more."),
            remedy=_("Move it again instead."),
        )
    if application.partnership_id and event.was not in (Stage.SIGNED, Stage.WELCOME):
        raise Refused(
            _("A partnership was opened from it."),
            remedy=_("End the partnership first, on its own page."),
        )
    _claim(application, application.version)
    _tell(application, Act.MOVED, by=by, was=event.became, became=event.was, undoes=event)
    _put(application, Stage(event.was))
    journal.record(
        "application.move_undone",
        application,
        by=by,
        facts={"was": event.became, "became": event.was},
    )


def moves_in_force(application: Application) -> QuerySet[ApplicationEvent]:
    """Moves that were not taken back and take none back, newest first."""
    moves: QuerySet[ApplicationEvent] = ApplicationEvent.objects.filter(
        application=application, act=Act.MOVED
    )
    undone = moves.filter(undoes__isnull=False).values("undoes")
    return moves.filter(undoes__isnull=True).exclude(pk__in=undone).order_by("-pk")


@transaction.atomic
def care_for(
    application: Application,
    *,
    by: Viewer,
    seen: int,
    looked_after_by: Person | None,
    next_step: str,
    next_on: datetime.date | None,
) -> None:
    """Who looks after it, and what comes next. Raises `ChangedMeanwhile` like `move`."""
    allow(by, "handle", application)
    _claim(application, seen)
    application.looked_after_by = looked_after_by
    application.next_step, application.next_on = next_step, next_on
    application.save(update_fields=["looked_after_by", "next_step", "next_on"])
    text = " · ".join(
        str(part) for part in (looked_after_by and looked_after_by.name, next_step, next_on) if part
    )
    _tell(application, Act.CARE, by=by, text=text)
    journal.record(
        "application.cared_for",
        application,
        by=by,
        facts={"person": looked_after_by.pk if looked_after_by else None, "on": str(next_on or "")},
    )


@transaction.atomic
def note(application: Application, text: str, *, by: Viewer) -> None:
    """For the office alone."""
    allow(by, "handle", application)
    _tell(application, Act.NOTE, by=by, text=text)


@transaction.atomic
def write(application: Application, *, by: Viewer, subject: str, body: str) -> None:
    """A mail to the applicant; it stands on her page too."""
    allow(by, "handle", application)
    _tell(application, Act.MAIL, by=by, subject=subject, text=body)
    journal.record("application.written_to", application, by=by)
    transaction.on_commit(partial(letters.send_words, application, subject, body))


@transaction.atomic
def put_together(application: Application, leader: Application, *, by: Viewer) -> None:
    """Let this one follow `leader`: two of one city, or a professional and her city."""
    allow(by, "handle", application)
    allow(by, "handle", leader)
    if leader.pk == application.pk or leader.joined_to_id:
        raise Refused(_("Choose the application that leads, not one that follows another."))
    if leader.kind != Application.Kind.CITY:
        raise Refused(_("Only the application of a city can lead."))
    if application.partnership_id:
        raise Refused(_("A partnership was opened from it, so it can't follow another."))
    _claim(application, application.version)
    Application.objects.filter(joined_to=application).update(joined_to=leader, stage=leader.stage)
    application.joined_to = leader
    application.save(update_fields=["joined_to"])
    _put(application, Stage(leader.stage))
    _tell(application, Act.JOINED, by=by, text=leader.code)
    journal.record("application.joined", application, by=by, facts={"to": leader.code})


@transaction.atomic
def take_apart(application: Application, *, by: Viewer) -> None:
    """Let it stand by itself again, where it stands now."""
    allow(by, "handle", application)
    if application.joined_to_id is None:
        return
    _claim(application, application.version)
    _tell(application, Act.SEPARATED, by=by)
    application.joined_to = None
    application.save(update_fields=["joined_to"])
    journal.record("application.separated", application, by=by)


@transaction.atomic
def settle_city(application: Application, city: City, *, by: Viewer) -> None:
    """Say which city of the house was meant by what the applicant typed."""
    allow(by, "handle", application)
    if application.partnership_id:
        raise Refused(_("A partnership was opened from it for another city."))
    _claim(application, application.version)
    group = Application.objects.filter(Q(pk=application.pk) | Q(joined_to=application))
    group.update(city=city, place=place_of(city, "", ""))
    application.refresh_from_db()
    _tell(application, Act.CITY, by=by, text=city.name)
    journal.record("application.city_settled", application, by=by, facts={"city": city.pk})


@transaction.atomic
def open_from(
    application: Application,
    *,
    by: Viewer,
    seen: int,
    level: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    invited: Iterable[Application] = (),
) -> Partnership:
    """The partnership that came of it, and an invitation to a seat for each of `invited`.

    The first of them is to be the city's contact. All or nothing.
    """
    allow(by, "handle", application)
    if application.stage != Stage.SIGNED or application.partnership_id:
        raise Refused(_("A partnership is opened once, when the application is signed."))
    if application.city is None:
        raise Refused(
            _("The house does not know this city yet."), remedy=_("Settle the city first.")
        )
    _claim(application, seen)
    partnership = open_partnership(
        application.city,
        level=level,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=_("Application %(code)s") % {"code": application.code},
        by=by,
    )
    for number, each in enumerate(invited):
        kind = Seat.Kind.MEMBER if number else Seat.Kind.CONTACT
        seat = create_seat(partnership, by=by, title=each.role, team=each.department, kind=kind)
        invite(seat, email=each.email, name=each.name, by=by)
    application.partnership = partnership
    application.save(update_fields=["partnership"])
    _tell(application, Act.OPENED, by=by, text=partnership.get_level_display())
    journal.record(
        "application.partnership_opened", application, by=by, facts={"partnership": partnership.pk}
    )
    return partnership


# What the applicant does herself, after she has typed the code sent to her address.


@transaction.atomic
def add_words(application: Application, text: str) -> None:
    _tell(application, Act.APPLICANT, text=text)
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)


@transaction.atomic
def withdraw(application: Application, *, forget: bool) -> None:
    """The applicant's own end of it. `forget` deletes every word of hers at once."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    journal.record("application.withdrawn", application, by=VISITOR, facts={"forgotten": forget})
    _let_go(application)
    if forget:
        application.delete()
        return
    if application.stage == Stage.WITHDRAWN:
        return
    _tell(application, Act.MOVED, was=application.stage, became=Stage.WITHDRAWN)
    application.joined_to = None
    application.stage, application.stage_at = Stage.WITHDRAWN, timezone.now()
    application.version += 1
    application.save(update_fields=["stage", "stage_at", "joined_to", "version"])


def _let_go(application: Application) -> None:
    """Whoever followed it stands for the place now: the oldest leads, the others follow her."""
    followers = list(Application.objects.filter(joined_to=application).order_by("proven_at", "pk"))
    heirs = [each for each in followers if each.kind == Application.Kind.CITY]
    heir = heirs[0] if heirs else None
    for each in followers:
        each.joined_to = heir if heir is not None and each.pk != heir.pk else None
        each.save(update_fields=["joined_to"])


def forget_old(now: datetime.datetime | None = None) -> int:
    """Delete what was never proven for a week, and what came to nothing a year ago. Returns how many."""
    now = now or timezone.now()
    unproven = Q(proven_at__isnull=True, made_at__lt=now - datetime.timedelta(days=UNPROVEN_DAYS))
    closed = Q(
        proven_at__isnull=False,
        stage__in=CLOSED,
        stage_at__lt=now - datetime.timedelta(days=CLOSED_DAYS),
    )
    old = Application.objects.filter(unproven | closed)
    count = old.count()
    old.delete()
    return count


def _claim(application: Application, seen: int) -> None:
    """Take the next version, unless somebody else has."""
    taken = Application.objects.filter(pk=application.pk, version=seen).update(
        version=F("version") + 1
    )
    if not taken:
        raise ChangedMeanwhile(
            _("Somebody else changed this application while you looked at it."),
            remedy=_("Look at what changed, then say again what you want."),
        )
    application.version = seen + 1


def _put(application: Application, stage: Stage) -> None:
    now = timezone.now()
    group = Application.objects.filter(Q(pk=application.pk) | Q(joined_to=application))
    group.update(stage=stage, stage_at=now)
    application.stage, application.stage_at = stage, now


def _require_partnership(application: Application) -> None:
    if application.partnership_id is None:
        raise Refused(
            _("There is nothing to welcome the city to yet."),
            remedy=_(
                "Open its partnership first; the button stands on this page once it is signed."
            ),
        )


def _begin_profile(application: Application) -> None:
    """What the city told in its application is where its first weeks begin; it edits every word."""
    if application.city_id is None:
        return
    profile, is_new = CityProfile.objects.get_or_create(
        city_id=application.city_id,
        defaults={
            "strengths": application.shares,
            "challenges": application.why,
            "languages": application.languages,
        },
    )
    if is_new:
        profile.topics.set(application.topics.all())


def _tell(
    application: Application,
    act: ApplicationEvent.Act,
    *,
    by: Viewer = VISITOR,
    was: str = "",
    became: str = "",
    subject: str = "",
    text: str = "",
    undoes: ApplicationEvent | None = None,
) -> ApplicationEvent:
    return ApplicationEvent.objects.create(
        application=application, act=act, by_id=by.person_id, was=was, became=became,
        subject=subject, text=text, undoes=undoes,
    )  # fmt: skip

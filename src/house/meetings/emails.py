"""The letters of this room. Each is built when it is sent, for its receiver as she may see the thing then."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.meetings import events, telling, times, units
from house.meetings.models import Joiner, Preparation, Promise, Session, Visit
from house.notices import invitations
from house.notices.transport import KIND
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says. `method` makes it a calendar's invitation or takes one back."""

    subject: str
    lead: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    quoted: str = ""
    action: str = ""
    method: str = ""


def _written(
    kind: str, words: Words, person: Person, *, path: str, reason: str, event: Any = None
) -> EmailMultiAlternatives:
    context = {"words": words, "person": person, "url": settings.BASE_URL + path, "reason": reason}
    message = EmailMultiAlternatives(
        subject=one_line(words.subject),
        body=render_to_string("meetings/mail/letter.txt", context),
        to=[person.email],
        headers={KIND: kind},
    )
    html = render_to_string("meetings/mail/letter.html", context)
    message.attach_alternative(html, "text/html")
    if words.method and event is not None:
        invitations.attach(message, event, person, method=words.method)
    return message


# -- Sessions ---------------------------------------------------------------------------------------


def session_letter(
    kind: str, say: Callable[[Session, Person], Words | None]
) -> Callable[[Session, Person, Viewer], EmailMultiAlternatives | None]:
    """A writer for `letters.Pattern`: through the door, then in the words of `say`."""

    def write(session: Session, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
        found = Session.objects.visible_to(viewer).for_lists().filter(pk=session.pk).first()
        words = say(found, person) if found else None
        if found is None or words is None:
            return None
        reason = _("You get this because the session is yours or you join it.")
        path, event = found.get_absolute_url(), events.of_session(found, person)
        return _written(kind, words, person, path=path, reason=reason, event=event)

    return write


def _when(session: Session, person: Person) -> list[tuple[str, str]]:
    own = person.time_zone
    facts = [(_("When"), times.span_of(session.starts_at, session.ends_at, own))]
    for zone in dict.fromkeys((session.zone, session.city.time_zone)):
        if there := times.beside(session.starts_at, session.ends_at, zone, own):
            facts.append((_("Elsewhere"), there))
    return [*facts, (_("Who"), f"{session.expert.name}, {other_side(session)}")]


def other_side(session: Session) -> str:
    return f"{session.booked_by.name} ({session.city.label()})"


def whom_with(session: Session, person: Person) -> str:
    return other_side(session) if person.pk == session.expert_id else session.expert.name


def say_booked(session: Session, person: Person) -> Words | None:
    if not session.is_booked or session.sequence:
        return None
    facts = _when(session, person)
    if person.pk == session.expert_id:
        # every row: the expert's own preparation
        preparation = Preparation.objects.filter(session=session).first()
        facts += [(_("Goal"), shorten(preparation.goal, 400))] if preparation else []
    return Words(
        _("Booked: session with %(whom)s") % {"whom": whom_with(session, person)},
        _("This session is booked. The link to join stands on its page shortly before it begins."),
        facts,
        action=_("Open the session"),
        method="REQUEST",
    )


def say_joined(session: Session, person: Person) -> Words | None:
    """To a colleague whom the city has brought along since it booked."""
    # every row: whether she still joins
    if not session.is_booked or not Joiner.objects.filter(session=session, person=person).exists():
        return None
    return Words(
        _("You join: session with %(whom)s") % {"whom": whom_with(session, person)},
        _(
            "A colleague asked you along. The link to join stands on its page shortly before it begins."
        ),
        _when(session, person),
        action=_("Open the session"),
        method="REQUEST",
    )


def say_changed(session: Session, person: Person) -> Words | None:
    if not session.is_booked:
        return None
    return Words(
        _("Changed: session with %(whom)s") % {"whom": whom_with(session, person)},
        _("This session has changed. What stands here counts now; your calendar takes it over."),
        _when(session, person),
        action=_("Open the session"),
        method="REQUEST",
    )


def say_ended(session: Session, person: Person) -> Words | None:
    if session.state not in {Session.State.CANCELLED, Session.State.DECLINED}:
        return None
    lead = _("This session does not take place.")
    if session.ended_by_mail:
        lead = _("This session does not take place: it was declined by mail.")
    if person.pk != session.expert_id:
        lead = f"{lead} {units.told(session.unit)}"
    return Words(
        _("Cancelled: session with %(whom)s") % {"whom": whom_with(session, person)},
        lead,
        _when(session, person),
        quoted=session.word,
        action=_("Open the session"),
        method="CANCEL",
    )


def say_proposed(session: Session, person: Person) -> Words | None:
    if not session.is_booked or session.proposed_at is None:
        return None
    ends = session.proposed_at + session.length
    return Words(
        _("Another time? Session with %(whom)s") % {"whom": whom_with(session, person)},
        _("%(name)s proposes another time. Until you take it, the booked time counts.")
        % {"name": session.expert.name},
        [
            (_("Proposed"), times.span_of(session.proposed_at, ends, person.time_zone)),
            (_("Booked"), times.span_of(session.starts_at, session.ends_at, person.time_zone)),
        ],
        quoted=session.proposed_word,
        action=_("Take it or leave it"),
    )


def say_reminder(session: Session, person: Person) -> Words | None:
    if not session.is_booked or session.is_over:
        return None
    return Words(
        _("Soon: session with %(whom)s") % {"whom": whom_with(session, person)},
        _("A reminder. The link to join stands on the page a quarter of an hour before."),
        _when(session, person),
        action=_("Open the session"),
    )


def say_asked(session: Session, person: Person) -> Words | None:
    """To the expert, after its end."""
    if not session.is_booked or not session.is_over or person.pk != session.expert_id:
        return None
    return Words(
        _("Did it take place? Session with %(whom)s") % {"whom": whom_with(session, person)},
        _("Please say whether this session took place: the city's unit waits for your word."),
        _when(session, person),
        action=_("Say it on its page"),
    )


def say_unmarked(session: Session, person: Person) -> Words | None:
    """To the office: the rule was applied, and can be undone."""
    return Words(
        _("Nobody said whether it took place: %(whom)s") % {"whom": other_side(session)},
        _(
            "It was over for days and nobody said whether it took place: the rule was applied. %(unit)s"
        )
        % {"unit": units.told(session.unit)},
        _when(session, person),
        action=_("Look at it"),
    )


def left_letter(session: Session, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """To who had a session that is now another's: nothing but the hour that is free again."""
    # every row: whether she joins it again
    joins = Joiner.objects.filter(session=session, person=person).exists()
    if joins or person.pk in {session.expert_id, session.booked_by_id}:
        return None
    words = Words(
        _("No longer yours: a session"),
        _("This session is in other hands now. Its time is yours again."),
        [(_("When"), times.span_of(session.starts_at, session.ends_at, person.time_zone))],
        action=_("Sessions and visits"),
        method="CANCEL",
    )
    reason = _("You get this because the session was yours.")
    event = events.bare(session)
    return _written(
        "meetings.session_left", words, person, path="/meetings/", reason=reason, event=event
    )


def visit_left_letter(
    visit: Visit, person: Person, viewer: Viewer
) -> EmailMultiAlternatives | None:
    """To who had a part in a visit and has none any more: the day that is free again, and nothing else."""
    event = events.bare_visit(visit)
    if event is None or person.pk in telling.part_of(visit):
        return None
    words = Words(
        _("No longer yours: a part in a visit"),
        _("The programme of this visit goes on without you. Your day is yours again."),
        [(_("Day"), times.date_format(visit.day, "l j F Y"))],
        action=_("Sessions and visits"),
        method="CANCEL",
    )
    reason = _("You get this because you had a part in the visit.")
    return _written(
        "meetings.visit_left", words, person, path="/meetings/", reason=reason, event=event
    )


# -- Promises ---------------------------------------------------------------------------------------


def promise_letter(
    promise: Promise, person: Person, viewer: Viewer
) -> EmailMultiAlternatives | None:
    # `visible_to` decides also here: who lost her seat is not reminded any more
    found = Promise.objects.visible_to(viewer).for_lists().filter(pk=promise.pk).first()
    if found is None or found.done_at is not None or found.owner_id != person.pk:
        return None
    thing = found.session or found.visit
    words = Words(
        _("You promised: %(text)s") % {"text": shorten(found.text, 80)},
        _("A reminder of what was promised. Say on the page when it is done."),
        [
            (_("Promise"), found.text),
            (_("Until"), times.date_format(found.due_on, "l j F Y")),
            (_("City"), thing.city.label()),
        ],
        action=_("Open it"),
    )
    reason = _("You get this because the promise is yours.")
    return _written("meetings.promise", words, person, path=thing.get_absolute_url(), reason=reason)


# -- Visits -----------------------------------------------------------------------------------------


def visit_letter(
    kind: str, say: Callable[[Visit, Person], Words | None]
) -> Callable[[Visit, Person, Viewer], EmailMultiAlternatives | None]:
    def write(visit: Visit, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
        found = Visit.objects.visible_to(viewer).for_lists().filter(pk=visit.pk).first()
        words = say(found, person) if found else None
        if found is None or words is None:
            return None
        reason = _("You get this because you plan this visit, asked for it or take part in it.")
        path, event = found.get_absolute_url(), events.of_visit(found, person)
        return _written(kind, words, person, path=path, reason=reason, event=event)

    return write


def _visit_facts(visit: Visit) -> list[tuple[str, str]]:
    facts = [(_("City"), visit.city.label())]
    if visit.day:
        facts.append((_("Day"), times.date_format(visit.day, "l j F Y")))
    return facts


def say_visit_asked(visit: Visit, person: Person) -> Words | None:
    if not visit.is_open:
        return None
    days = ", ".join(times.date_format(day, "j F Y") for day in visit.proposed)
    return Words(
        _("A visit is asked for: %(city)s") % {"city": visit.city.label()},
        _("%(name)s asks for a full-day visit.") % {"name": visit.asked_by.name},
        [*_visit_facts(visit), (_("Proposed days"), days)],
        quoted=shorten(visit.goals, 400),
        action=_("Open the visit"),
    )


def say_visit_moved_on(visit: Visit, person: Person) -> Words | None:
    """Something new stands on its page: a word, a shared programme, an answer."""
    if visit.state in {Visit.State.CANCELLED, Visit.State.DECLINED}:
        return None
    return Words(
        _("About the visit to %(city)s") % {"city": visit.city.label()},
        _("There is something new on the page of the visit."),
        [*_visit_facts(visit), (_("State"), str(visit.get_state_display()))],
        action=_("Open the visit"),
    )


def say_visit_dated(visit: Visit, person: Person) -> Words | None:
    if visit.state not in Visit.DATED:
        return None
    return Words(
        _("Visit to %(city)s on %(day)s")
        % {"city": visit.city.label(), "day": times.date_format(visit.day, "j F Y")},
        _("The day and the programme as they stand now; your calendar takes them over."),
        _visit_facts(visit),
        action=_("Open the brief"),
        method="REQUEST",
    )


def say_visit_soon(visit: Visit, person: Person) -> Words | None:
    if visit.state not in Visit.DATED:
        return None
    return Words(
        _("Next week: visit to %(city)s") % {"city": visit.city.label()},
        _("A reminder. The brief holds the hours, the people and the places."),
        _visit_facts(visit),
        action=_("Open the brief"),
    )


def say_visit_ended(visit: Visit, person: Person) -> Words | None:
    if visit.state not in {Visit.State.CANCELLED, Visit.State.DECLINED}:
        return None
    return Words(
        _("The visit to %(city)s does not take place") % {"city": visit.city.label()},
        f"{_('The visit does not take place.')} {units.told(visit.unit)}",
        _visit_facts(visit),
        quoted=visit.word,
        action=_("Open the visit"),
        method="CANCEL" if visit.day else "",
    )


def is_due(day: datetime.date, today: datetime.date) -> bool:
    """Is a promise reminded of on this day? A week before, the day before, on the day, then weekly."""
    left = (day - today).days
    return left in {7, 1, 0} or (left < 0 and -left % 7 == 0)

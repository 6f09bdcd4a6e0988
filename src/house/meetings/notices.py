"""What happened to sessions and visits, in words for one reader; and the room's things in calendars."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.meetings import emails, events, times
from house.meetings.actions.answers import answered
from house.meetings.models import Promise, Session, Visit
from house.notices import calendars, happenings, letters
from house.notices.happenings import Told
from house.people.models import Person


def session_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Session.objects.visible_to(viewer).for_lists().filter(pk__in=pks)
    zone = _zone_of(viewer)
    return {
        each.pk: Told(
            _("Session: %(expert)s and %(city)s")
            % {"expert": each.expert.name, "city": each.city.label()},
            each.get_absolute_url(),
            line=f"{each.get_state_display()}. {times.span_of(each.starts_at, each.ends_at, zone)}",
        )
        for each in found
    }


def visit_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Visit.objects.visible_to(viewer).for_lists().filter(pk__in=pks)
    return {
        each.pk: Told(
            _("Visit to %(city)s") % {"city": each.city.label()},
            each.get_absolute_url(),
            line=str(each.get_state_display()),
        )
        for each in found
    }


def _zone_of(viewer: Viewer) -> str:
    # every row: the reader herself
    zones = Person.objects.filter(pk=viewer.person_id).values_list("time_zone", flat=True)
    return zones.first() or "UTC"


_SESSION_LETTERS = {
    "session_booked": emails.say_booked,
    "session_joined": emails.say_joined,
    "session_changed": emails.say_changed,
    "session_ended": emails.say_ended,
    "session_proposed": emails.say_proposed,
    "session_reminder": emails.say_reminder,
    "session_asked": emails.say_asked,
    "session_unmarked": emails.say_unmarked,
}
_VISIT_LETTERS = {
    "visit_asked": emails.say_visit_asked,
    "visit_moved_on": emails.say_visit_moved_on,
    "visit_dated": emails.say_visit_dated,
    "visit_soon": emails.say_visit_soon,
    "visit_ended": emails.say_visit_ended,
}


def register() -> None:
    for name, say in _SESSION_LETTERS.items():
        kind = f"meetings.{name}"
        letters.register(letters.Pattern(kind, Session, emails.session_letter(kind, say)))
    for name, say in _VISIT_LETTERS.items():
        kind = f"meetings.{name}"
        letters.register(letters.Pattern(kind, Visit, emails.visit_letter(kind, say)))
    letters.register(letters.Pattern("meetings.session_left", Session, emails.left_letter))
    letters.register(letters.Pattern("meetings.visit_left", Visit, emails.visit_left_letter))
    letters.register(letters.Pattern("meetings.promise", Promise, emails.promise_letter))
    happenings.register(
        happenings.Kind(
            "meetings.session",
            gettext_lazy("Sessions"),
            Session,
            takes="",
            section="sessions",
            told=session_told,
        )
    )
    happenings.register(
        happenings.Kind(
            "meetings.visit",
            gettext_lazy("Visits"),
            Visit,
            takes="",
            section="sessions",
            told=visit_told,
        )
    )
    calendars.register(
        calendars.Source("meetings", gettext_lazy("Sessions and visits"), events.items)
    )
    calendars.register_answers(events.SESSION, answered)

"""What a seat owns and owes in the lexicon, for whoever takes it over."""

import calendar
import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.viewer import Viewer
from house.alex.models import Adoption, AdoptionResult, Draft, Entry
from house.partners.briefs import Line, Section
from house.partners.models import Seat, Tenure

_NAMED = (Candour.PERSON, Candour.CITY)
_SOON = datetime.timedelta(days=90)


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    owned = list(_owned(seat, viewer))
    return [
        Section("owns", _("entries in ALEX"), [_entry(entry) for entry in owned]),
        Section("owes", _("a second look, as promised"), _promises(owned)),
        Section("coming", _("entries being written or reviewed"), _reviews(seat, viewer)),
        Section("owes", _("results of what was taken home"), _results(seat, viewer)),
    ]


def claim(seat: Seat) -> str:
    """Entries that name the city; the others are their authors' and must not be counted here."""
    # every row: only whether there is any
    owns = Entry.objects.filter(owner_seat=seat, candour__in=_NAMED).exists()
    return _("entries in ALEX") if owns else ""


def _owned(seat: Seat, viewer: Viewer) -> QuerySet[Entry]:
    """An entry that hides its city is told to the holder alone: anybody else would learn whose it is."""
    found = Entry.objects.visible_to(viewer).filter(owner_seat=seat)
    if seat.person_id is None or seat.person_id != viewer.person_id:
        found = found.filter(candour__in=_NAMED)
    return found.order_by("title", "pk")


def _entry(entry: Entry) -> Line:
    return Line(
        entry.title or _("Without a title"),
        entry.get_absolute_url(),
        note=str(entry.get_state_display()),
    )


def _promises(owned: list[Entry]) -> list[Line]:
    today = timezone.now().date()
    dated = [entry for entry in owned if entry.review_by and entry.is_published]
    return [
        Line(
            entry.title,
            reverse("alex:entry_freshness", args=[entry.slug]),
            entry.review_by,
            _("Is it still true? The date has passed.") if entry.review_by <= today else "",
        )
        for entry in sorted(dated, key=lambda entry: entry.review_by or today)
    ]


def _reviews(seat: Seat, viewer: Viewer) -> list[Line]:
    drafts = Draft.objects.visible_to(viewer).filter(entry__in=_owned(seat, viewer))
    return [
        Line(
            draft.entry.title or _("Without a title"),
            reverse("alex:entry_edit", args=[draft.entry.slug]),
            note=str(draft.get_state_display()),
        )
        for draft in drafts.select_related("entry").order_by("pk")
    ]


def _results(seat: Seat, viewer: Viewer) -> list[Line]:
    """Due or soon due, of what those who sat here said that their city took home."""
    # every row: their keys only, to find what they recorded
    sat = Tenure.objects.filter(seat=seat, person__isnull=False).values("person")
    adoptions = list(
        Adoption.objects.visible_to(viewer)
        .filter(Q(recorded_by__in=sat) | Q(recorded_by=seat.person_id, recorded_by__isnull=False))
        .filter(city=seat.partnership.city_id)
        .select_related("entry")
    )
    told = set(
        AdoptionResult.objects.visible_to(viewer)
        .filter(adoption__in=adoptions)
        .values_list("adoption_id", "months")
    )
    until = timezone.now().date() + _SOON
    found = [
        Line(
            adoption.entry.title,
            reverse("alex:adoption_result", args=[adoption.entry.slug, adoption.code]),
            due,
            _("After %(months)s months") % {"months": months},
        )
        for adoption in adoptions
        for months, _label in AdoptionResult.MONTHS
        if (adoption.pk, months) not in told
        and (due := _months_after(adoption.started_on or adoption.recorded_at.date(), months))
        <= until
    ]
    return sorted(found, key=lambda line: line.when or until)


def _months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

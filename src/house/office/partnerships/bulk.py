"""The same for several cities at once: look at what would become of each, do it, undo it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import number_in
from house.office.partnerships.forms import a_year_on
from house.office.partnerships.pages import CAPABILITY
from house.partners import renewals, terms
from house.partners.actions import partnerships as acts
from house.partners.actions.renewals import remind_of_renewal, why_not_remind
from house.partners.models import Partnership, PartnershipChange

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one: `text` says it; `is_refused` where nothing will."""

    partnership: Partnership
    text: str
    is_refused: bool = False
    change: str = ""
    # The day that was shown: doing it again by a second click must not add another year.
    until: str = ""


@require_POST
@route(CAPABILITY)
def partnership_bulk(request: HttpRequest) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "undo":
        return _undone(request)
    chosen = [number_in(each) for each in request.POST.getlist("chosen")[:AT_MOST]]
    rows = Partnership.objects.visible_to(request.viewer).select_related("city")
    found = list(rows.filter(pk__in=[pk for pk in chosen if pk is not None]).order_by("city__name"))
    if act not in _VERBS or not found:
        messages.error(request, _("Choose at least one partnership, then what to do."))
        return redirect("office:partnerships")
    is_done = "do" in request.POST
    foresee, do = _VERBS[act]
    fates = []
    for each in found:
        verb = partial(do, until=request.POST.get(f"until-{each.pk}", "")) if is_done else foresee
        fates.append(_fate(each, verb, request.viewer))
    context = {
        "act": act,
        "fates": fates,
        "is_done": is_done,
        "done": sum(not fate.is_refused for fate in fates),
        "refused": sum(fate.is_refused for fate in fates),
        "changes": [fate.change for fate in fates if fate.change],
    }
    return render(request, "office/partnership_bulk.html", context)


def _fate(
    partnership: Partnership, verb: Callable[[Partnership, Viewer], Fate], by: Viewer
) -> Fate:
    """Each city for itself: one that can't is told, and keeps no other from going on."""
    try:
        return verb(partnership, by)
    except Refused as problem:
        return Fate(partnership, f"{problem.message} {problem.remedy}".strip(), is_refused=True)


def _foresee_year(partnership: Partnership, by: Viewer) -> Fate:
    until = a_year_on(partnership.ends_on or partnership.starts_on)
    terms.check_later_end(partnership, until)
    terms.check_alone(
        partnership.city,
        partnership.starts_on,
        terms.last_day_of(until, partnership.grace_days),
        but=partnership,
    )
    text = _("Lasts until %(day)s.") % {"day": date_format(until, "j F Y")}
    return Fate(partnership, text, until=until.isoformat())


def _extend_a_year(partnership: Partnership, by: Viewer, *, until: str) -> Fate:
    try:
        day = datetime.date.fromisoformat(until)
    except ValueError:
        raise Refused(_("It was not among those that were shown. Choose it again.")) from None
    change = acts.extend(partnership, ends_on=day, by=by)
    text = _("Lasts until %(day)s.") % {"day": date_format(day, "j F Y")}
    return Fate(partnership, text, change=change.code)


def _foresee_mail(partnership: Partnership, by: Viewer) -> Fate:
    if problem := why_not_remind(partnership):
        raise Refused(problem)
    names = ", ".join(str(seat.person) for seat in renewals.speakers(partnership))
    return Fate(partnership, _("A mail to %(names)s.") % {"names": names})


def _remind(partnership: Partnership, by: Viewer, *, until: str) -> Fate:
    count = remind_of_renewal(partnership, by=by)
    if not count:
        return Fate(partnership, _("Was reminded today already."), is_refused=True)
    text = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
    return Fate(partnership, text % {"count": count})


# What to show before, and what to do.
_VERBS: dict[str, tuple[Callable[[Partnership, Viewer], Fate], Callable[..., Fate]]] = {
    "extend": (_foresee_year, _extend_a_year),
    "remind": (_foresee_mail, _remind),
}


def _undone(request: HttpRequest) -> HttpResponse:
    codes = request.POST.getlist("change")[:AT_MOST]
    changes = PartnershipChange.objects.visible_to(request.viewer).filter(code__in=codes)
    fates = []
    for change in changes.select_related("partnership__city").order_by("partnership__city__name"):
        try:
            acts.take_back(change, by=request.viewer)
            fates.append(Fate(change.partnership, _("As before.")))
        except Refused as problem:
            text = f"{problem.message} {problem.remedy}".strip()
            fates.append(Fate(change.partnership, text, is_refused=True))
    context = {
        "act": "undo",
        "fates": fates,
        "is_done": True,
        "done": sum(not fate.is_refused for fate in fates),
        "refused": sum(fate.is_refused for fate in fates),
        "changes": [],
    }
    return render(request, "office/partnership_bulk.html", context)

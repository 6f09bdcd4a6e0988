import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.actions.steps import changed, lock
from house.alex.models import Adoption, AdoptionResult, Entry, Outcome, Stage
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean
from house.partners import rights


@transaction.atomic
def record_adoption(
    entry: Entry,
    *,
    city: str,
    stage: str,
    by: Viewer,
    note: str = "",
    started_on: datetime.date | None = None,
    result_entry: Entry | None = None,
) -> Adoption:
    """What this city made of the entry, as it stands now: said again, it replaces what was said."""
    rights.require(by, "alex.write")
    allow(by, "adopt", lock(entry))
    _speaks_for(by, city)
    if stage not in Stage.values:
        raise Refused(_("Say whether you understood, adapted, re-use or stopped it."))
    # Only what everybody may be told is compared: the refusal must not reveal a hidden city.
    if entry.shown_city_id == city:
        raise Refused(
            _("This is your own city's entry."), remedy=_("Revise it to say what came of it.")
        )
    if result_entry is not None and not _may_be_named(result_entry, entry, by):
        raise Refused(_("Name an entry of your own city about it."))
    adoption, made = Adoption.objects.update_or_create(
        entry=entry,
        city_id=city,
        defaults={
            "stage": stage,
            "note": clean(note).strip(),
            "started_on": started_on,
            "result_entry": result_entry,
            "recorded_by_id": by.person_id,
        },
    )
    count_reuse(entry)
    # About the adoption, not the entry: whose history must not tell a hidden author's city.
    journal.record("alex.adopt", adoption, by=by, facts={"stage": stage, "first": made})
    return adoption


@transaction.atomic
def add_result(
    adoption: Adoption, *, months: int, outcome: str, by: Viewer, text: str = ""
) -> AdoptionResult:
    """What came of it after 6, 12 or 24 months. Said again for the same month, it replaces what was said."""
    rights.require(by, "alex.write")
    entry = lock(adoption.entry)
    allow(by, "adopt", entry)
    _speaks_for(by, adoption.city_id)
    if months not in dict(AdoptionResult.MONTHS):
        raise Refused(_("Results are told after 6, 12 or 24 months."))
    if outcome not in Outcome.values:
        raise Refused(_("Say how it came out."))
    result, _made = AdoptionResult.objects.update_or_create(
        adoption=adoption,
        months=months,
        defaults={
            "outcome": outcome,
            "text": clean(text).strip(),
            "recorded_by_id": by.person_id,
        },
    )
    count_reuse(entry)
    journal.record("alex.result", adoption, by=by, facts={"months": months, "outcome": outcome})
    return result


def count_reuse(entry: Entry) -> None:
    """Mirror how many other cities re-use the entry with a result: it counts in ranking, clicks don't."""
    # every row: a number that names nobody
    proven = Adoption.objects.filter(entry=entry).exclude(city_id=entry.city_id).proven().count()
    if entry.reuse_count != proven:
        entry.reuse_count = proven
        entry.save(update_fields=["reuse_count"])
        changed(entry)


def _speaks_for(by: Viewer, city: str) -> None:
    if city not in by.city_ids and not by.can("alex.oversee"):
        raise Forbidden(
            _("Only people of a city say what it took home."),
            remedy=_("Ask that city's coordinator."),
        )


def _may_be_named(result: Entry, origin: Entry, by: Viewer) -> bool:
    """An entry of the adopting city that its writer sees, and that its author lets be known as hers."""
    seen = Entry.objects.visible_to(by).filter(pk=result.pk, shown_city__isnull=False)
    if not by.can("alex.oversee"):
        seen = seen.filter(shown_city__in=by.city_ids)
    return result.pk != origin.pk and seen.exists()

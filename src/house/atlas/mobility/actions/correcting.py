"""A city corrects a figure with evidence; a curator accepts it or refuses it with a reason."""

import datetime
import math
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.atlas.mobility import told
from house.atlas.mobility.models import Correction, Field, IndexCity, State
from house.ground import stripping
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.ground.text import clean, one_line, shorten
from house.ground.unreadable import Unreadable
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights
from house.people.models import Person

MOST = {
    Field.POPULATION: 60_000_000,
    Field.STATIONS: 100_000,
    Field.VEHICLES: 1_000_000,
    Field.OPERATORS: 500,
}
DOCUMENT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a city says, and what proves it. `was` is what the edition said when she looked."""

    field: str
    value: float
    on: datetime.date
    source: str
    reason: str
    url: str = ""
    document: bytes = b""
    document_name: str = ""
    was: float | None = None
    edition: str = ""


@transaction.atomic
def offer_correction(place: IndexCity, said: Evidence, *, by: Viewer) -> Correction:
    """Waits for a curator, who is told. One correction of a figure waits at a time."""
    rights.require(by, "atlas.correct")
    allow(by, "correct", place)
    _check(said)
    made = Correction(
        place=place,
        city_id=place.city_id,
        field=said.field,
        value=said.value,
        on=said.on,
        source=shorten(said.source, 200),
        url=safe_url(said.url)[:400],
        reason=clean(said.reason).strip()[:2000],
        was=said.was,
        edition=said.edition,
        made_by_id=by.person_id,
    )
    if said.document:
        _keep_document(made, said)
    _save(made)
    journal.record(
        "mobility.correct", made, by=by, facts={"city": place.city_id, "field": said.field}
    )
    curators = dict.fromkeys(_curators(), Reason.OWN)
    happenings.tell(told.OFFERED, made, key=f"{told.OFFERED}:{made.code}", by=by, to=curators)
    return made


def _check(said: Evidence) -> None:
    if said.field not in Field.values:
        raise Refused(_("Say which figure is wrong."))
    if not math.isfinite(said.value) or not 0 <= said.value <= MOST[Field(said.field)]:
        raise Refused(_("This value can't be right."))
    if said.value != int(said.value):
        raise Refused(_("Give a whole number."))
    if said.field == Field.POPULATION and said.value == 0:
        raise Refused(_("A city has people."))
    if said.on > timezone.localdate():
        raise Refused(_("The value is true on a day that has not come yet."))
    if said.on < timezone.localdate() - datetime.timedelta(days=3660):
        raise Refused(_("The value is more than ten years old."))
    if not one_line(said.source) or not clean(said.reason).strip():
        raise Refused(_("Say where the value comes from, and why ours is wrong."))
    if not safe_url(said.url) and not said.document:
        raise Refused(
            _("Show where it can be looked up."), remedy=_("Give a web address or a document.")
        )


def _keep_document(made: Correction, said: Evidence) -> None:
    if len(said.document) > DOCUMENT:
        raise Refused(_("The document is larger than 10 MB."), remedy=_("Give its web address."))
    name = one_line(said.document_name).replace("\\", "/").rsplit("/", 1)[-1]
    try:
        kept = stripping.strip(said.document, name)
    except Unreadable as why:
        raise Refused(stripping.sentence(why)) from None
    made.document_name = shorten(name, 120)
    ending = name.rpartition(".")[2].lower()
    made.document.save(f"{made.code}.{ending}", ContentFile(kept.data), save=False)


def _save(made: Correction) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        if made.document:
            made.document.delete(save=False)
        raise Refused(
            _("A correction of this figure waits already."),
            remedy=_("Withdraw it first, or wait for the answer."),
        ) from None


@transaction.atomic
def decide_correction(
    correction: Correction, *, accept: bool, answer: str, by: Viewer
) -> Correction:
    """Accepted, it counts from the next computation on. The city is told either way."""
    rights.require(by, "atlas.curate")
    allow(by, "decide", lock(correction))
    answer = clean(answer).strip()[:2000]
    if not accept and not answer:
        raise Refused(_("Say why: the city will ask."))
    correction.state = State.ACCEPTED if accept else State.REFUSED
    correction.answer = answer
    correction.decided_by_id, correction.decided_at = by.person_id, timezone.now()
    correction.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    journal.record("mobility.decide", correction, by=by, facts={"state": correction.state})
    kind = told.ACCEPTED if accept else told.REFUSED
    to = {correction.made_by_id: Reason.OWN} if correction.made_by_id else {}
    happenings.tell(kind, correction, key=f"{kind}:{correction.code}", by=by, to=to, is_direct=True)
    return correction


@transaction.atomic
def withdraw_correction(correction: Correction, *, by: Viewer) -> None:
    rights.require(by, "atlas.correct")
    allow(by, "withdraw", lock(correction))
    correction.state, correction.decided_at = State.WITHDRAWN, timezone.now()
    correction.save(update_fields=["state", "decided_at"])
    journal.record("mobility.withdraw", correction, by=by)


def lock(correction: Correction) -> Correction:
    correction.refresh_from_db(from_queryset=Correction.objects.select_for_update(of=("self",)))
    return correction


def _curators() -> list[int]:
    """Who of them may see it is asked when it is told."""
    rows = Person.objects.filter(is_curator=True, is_active=True)
    return list(rows.values_list("pk", flat=True))

"""Editions are made, and made again to prove that they come out the same."""

import datetime
import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.mobility import bundling
from house.atlas.mobility.method import LATEST, VERSIONS, Parameters
from house.atlas.mobility.models import Edition, IndexCity, SourceFile
from house.atlas.mobility.models.edition import canonical, packed, unpacked
from house.atlas.mobility.naming.gazetteer import Gazetteer, shipped
from house.ground.errors import Refused
from house.ground.text import slug_of
from house.partners import rights

Plain = dict[str, Any]


@transaction.atomic
def make_edition(
    *, as_of: datetime.date | None = None, by: Viewer | None = None, places: Gazetteer | None = None,
    parameters: Parameters | None = None, is_demonstration: bool = False,
) -> tuple[Edition, bool]:  # fmt: skip
    """An edition of the newest list, or of the list of that day, and whether it is new.

    Where nothing that goes in has changed since the last edition of that list, that one is given back.
    """
    if by is not None:
        rights.require(by, "atlas.curate")
    places = places or shipped()
    _take_turns()
    systems = _list_of(as_of)
    chosen = (parameters or Parameters()).plain()
    earlier = Edition.objects.filter(as_of__lt=systems.as_of).order_by("-as_of", "-revision")
    before = earlier.first()
    bundle, sources = bundling.bundle_of(systems, before, places)
    digest = _digest(bundle)
    last = Edition.objects.filter(as_of=systems.as_of).order_by("-revision").first()
    if last and (last.bundle_digest, last.parameters, last.method) == (digest, chosen, LATEST):
        return last, False
    result = VERSIONS[LATEST](bundle, chosen)
    number = (last.revision if last else 0) + 1
    made = Edition.objects.create(
        code=f"{systems.as_of}-{number}" if number > 1 else str(systems.as_of),
        as_of=systems.as_of,
        revision=number,
        method=LATEST,
        parameters=chosen,
        sources=sources,
        bundle=packed(bundle),
        bundle_digest=digest,
        result=packed(result),
        result_digest=_digest(result),
        counts=_counts(result, bundle),
        before=before,
        is_demonstration=is_demonstration,
    )
    _keep_cities(result, places)
    if by is not None:
        journal.record("mobility.edition", made, by=by, facts={"edition": made.code})
    return made, True


def recompute(edition: Edition) -> bool:
    """Does the edition, computed anew from what it holds, give exactly its result?

    What it holds is checked first: altered inputs are no proof of anything.
    """
    bundle = unpacked(edition.bundle)
    if _digest(bundle) != edition.bundle_digest:
        return False
    if edition.method not in VERSIONS:
        raise Refused(_("This house does not know the method of that edition any more."))
    result = VERSIONS[edition.method](bundle, edition.parameters)
    return _digest(result) == edition.result_digest == _digest(unpacked(edition.result))


def _take_turns() -> None:
    """One edition after the other, in whatever process: numbers and addresses go on from what stands.

    The later of two sees what the earlier made. A row that always stays does for a lock.
    """
    lists = SourceFile.objects.select_for_update().filter(kind="systems")
    lists.order_by("pk").values_list("pk", flat=True).first()


def _list_of(as_of: datetime.date | None) -> SourceFile:
    lists = SourceFile.objects.filter(kind="systems").order_by("-as_of", "-pk")
    found = (lists if as_of is None else lists.filter(as_of=as_of)).first()
    if found is None:
        raise Refused(
            _("There is no list of systems to compute from."),
            remedy=_("Import one first: house mobility import systems.csv --as-of 2026-07-21"),
        )
    return found


def _digest(plain: Any) -> str:
    return hashlib.sha256(canonical(plain)).hexdigest()


def _counts(result: Plain, bundle: Plain) -> Plain:
    return {
        "systems": result["systems"],
        "placed": result["placed"],
        "cities": len(result["cities"]),
        "ranked": result["ranked"],
        "countries": len({row["country"] for row in bundle["systems"]}),
        "counted": sum(each["points"] is not None for each in bundle["measures"].values()),
        "corrections": len(bundle["corrections"]),
    }


def _keep_cities(result: Plain, places: Gazetteer) -> None:
    """An address for each city that the edition names; one that has an address keeps it."""
    there = set(IndexCity.objects.values_list("code", flat=True))
    taken = set(IndexCity.objects.values_list("slug", flat=True))
    made = []
    for city in result["cities"]:
        if city["code"] in there:
            continue
        slug = _free_slug(city, taken)
        taken.add(slug)
        made.append(
            IndexCity(
                code=city["code"], slug=slug, name=city["name"][:120], country=city["country"]
            )
        )
    IndexCity.objects.bulk_create(made)
    _link(places)


def _free_slug(city: Plain, taken: set[str]) -> str:
    plain = slug_of(f"{city['name']} {city['country']}".lower(), fallback=city["code"])
    for slug in (plain, f"{plain}-{city['admin'].lower()}".rstrip("-"), f"{plain}-{city['code']}"):
        if slug not in taken:
            return slug
    return city["code"]


def _link(places: Gazetteer) -> None:
    """Cities of the alliance, also those that joined since."""
    wanted = {code: city.pk for code, city in bundling.alliance_by_place(places).items()}
    rows = IndexCity.objects.filter(code__in=wanted)
    changed = [row for row in rows if row.city_id != wanted[row.code]]
    for row in changed:
        row.city_id = wanted[row.code]
    IndexCity.objects.bulk_update(changed, ["city"])

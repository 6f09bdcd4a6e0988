"""What others show of offers: the entries that came of a thing, who helped, what waits for whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from house.access.candour import Candour, credit
from house.access.viewer import Viewer
from house.memory.models import Consent, Helper, Offer, OfferedSpan
from house.memory.offers import lexicon, source_of
from house.retrieval.sources import open_hits

# every row in this file: what goes out is opened through its own door, or is a person's own


def entries_of(source: str, things: Collection[int], viewer: Viewer) -> dict[int, list[Any]]:
    """What was published of these things, thing → entries, as far as the viewer may read them."""
    rows = Offer.objects.filter(
        source=source, thing__in=things, state=Offer.State.PUBLISHED, entry__isnull=False
    ).order_by("pk")
    pairs = [(row.thing, row.entry) for row in rows]
    kind = lexicon().kind
    opened = {entry.pk: entry for entry in open_hits([(kind, pk) for _t, pk in pairs], viewer)}
    found: dict[int, list[Any]] = defaultdict(list)
    for thing, key in pairs:
        if key in opened and opened[key] not in found[thing]:
            found[thing].append(opened[key])
    return dict(found)


def entry_of(offer: Offer, viewer: Viewer) -> Any | None:
    """The entry that came of it, where the viewer may see it."""
    if offer.entry is None:
        return None
    return next(iter(open_hits([(lexicon().kind, offer.entry)], viewer)), None)


def offers_of(source: str, thing: int, viewer: Viewer) -> list[Offer]:
    """Offers of a thing that the viewer knows of, the newest first."""
    return list(Offer.objects.visible_to(viewer).filter(source=source, thing=thing))


@dataclass(frozen=True, slots=True)
class Thanks:
    """One who helped, as far as she agreed to be named. Empty is not shown."""

    name: str
    city: str
    city_slug: str
    what: str


def thanks_of(key: int) -> list[Thanks]:
    """Who helped with an entry. Whoever kept her city back does not stand here at all.

    Her absence tells nothing: a list of those who agreed is not a list of all.
    """
    rows = (
        Consent.objects.filter(
            offer__entry=key,
            answer=Consent.Answer.GIVEN,
            candour__in=[Candour.PERSON, Candour.CITY, Candour.DESCRIBED],
        )
        .select_related("person__city", "offer")
        .order_by("pk")
    )
    rows = [row for row in rows if row.person_id != row.offer.author_id]
    helped = Helper.objects.filter(offer__entry=key).values_list("person", "what")
    what = dict(helped)
    made = []
    for row in rows:
        named = credit(
            row.candour,
            person=row.person.name,
            city=row.person.city.label() if row.person.city else "",
            city_slug=row.person.city.slug if row.person.city else "",
            described=row.described_as,
            is_former=row.person.is_former,
        )
        made.append(Thanks(named.name, named.city, named.city_slug, what.get(row.person_id, "")))
    return [each for each in dict.fromkeys(made) if each.name or each.city]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the house asks of one person about one offer."""

    consent: Consent
    spans: list[OfferedSpan]
    cues: list[dict[str, Any]]
    about: str
    url: str


def asked_of(consents: Iterable[Consent], viewer: Viewer) -> list[Asked]:
    """With the exact words that would be used, in a constant number of queries."""
    consents = list(consents)
    spans: dict[int, list[OfferedSpan]] = defaultdict(list)
    for span in OfferedSpan.objects.visible_to(viewer).filter(
        offer__in=[each.offer_id for each in consents]
    ):
        spans[span.offer_id].append(span)
    where = _addresses([each.offer for each in consents], viewer)
    return [
        Asked(
            each,
            spans[each.offer_id],
            [cue for cue in each.offer.cues if cue.get("author") == viewer.person_id],
            str(source_of(each.offer.source).label),
            where.get((each.offer.source, each.offer.thing), ""),
        )
        for each in consents
    ]


@dataclass(frozen=True, slots=True)
class OfOne:
    """What one person offered, and where that was said."""

    offer: Offer
    about: str
    url: str


def offered_by(viewer: Viewer, *, limit: int) -> list[OfOne]:
    mine = Offer.objects.visible_to(viewer).filter(offered_by=viewer.person_id)
    offers = list(mine[:limit])
    where = _addresses(offers, viewer)
    return [
        OfOne(each, str(source_of(each.source).label), where.get((each.source, each.thing), ""))
        for each in offers
    ]


def _addresses(offers: list[Offer], viewer: Viewer) -> dict[tuple[str, int], str]:
    """Where each thing is, for who may see it."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for offer in offers:
        wanted[offer.source].add(offer.thing)
    return {
        (source, pk): path
        for source, pks in wanted.items()
        for pk, path in addresses_of(source, pks, viewer).items()
    }


def addresses_of(source: str, things: Collection[int], viewer: Viewer) -> dict[int, str]:
    """Key → path of the things that come through their own door."""
    try:
        model: Any = source_of(source).model
    except KeyError:
        return {}
    visible = model.objects.visible_to(viewer).in_bulk(list(things))
    return {
        pk: thing.get_absolute_url()
        for pk, thing in visible.items()
        if hasattr(thing, "get_absolute_url")
    }


def waiting_since(viewer: Viewer) -> list[tuple[Offer, datetime]]:
    """Offers that wait for answers, for whoever reviews: not who has to answer."""
    rows = Offer.objects.visible_to(viewer).asking().order_by("offered_at")
    return [(row, row.offered_at) for row in rows]

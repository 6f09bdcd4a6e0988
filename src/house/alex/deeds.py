"""Whose an entry is, for whoever looks for people to ask: only as its candour and each door allow."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, Model

from house.access.candour import Candour, names_city
from house.access.viewer import Viewer
from house.alex.models import Adoption, Contact, Entry
from house.alex.models.entry import EntryQuerySet
from house.memory.deeds import Deed, Teller


def deeds(entries: Sequence[Model], viewer: Viewer) -> Iterator[Deed]:
    """Authors who sign, holders of owning seats, contacts, and cities that took it home with a result."""
    found = (
        Entry.objects.visible_to(viewer)
        .published()
        .filter(pk__in=[entry.pk for entry in entries])
        .select_related("owner_seat")
    )
    for entry in found:
        if entry.candour == Candour.PERSON and entry.author_id:
            yield Deed("author", entry.pk, person=entry.author_id)
        if names_city(entry.candour):
            if entry.shown_city_id:
                yield Deed("city", entry.pk, city=entry.shown_city_id)
            seat = entry.owner_seat
            # Of an author who does not sign the seat would tell the name.
            if seat and seat.person_id and seat.person_id != entry.author_id:
                yield Deed("owner", entry.pk, person=seat.person_id)
    keys = [entry.pk for entry in entries]
    for contact in Contact.objects.visible_to(viewer).filter(entry__in=keys):
        yield Deed("contact", contact.entry_id, person=contact.person_id)
    adopted = Adoption.objects.visible_to(viewer).filter(entry__in=keys)
    for adoption in adopted.proven():
        yield Deed("adopted", adoption.entry_id, city=adoption.city_id)


def written(viewer: Viewer) -> Counter[int]:
    return _by_author(Entry.objects.visible_to(viewer).published())


def written_on(topics: Collection[str], viewer: Viewer) -> Counter[int]:
    return _by_author(Entry.objects.visible_to(viewer).published().filter(topics__in=topics))


def _by_author(entries: EntryQuerySet) -> Counter[int]:
    signed = entries.filter(candour=Candour.PERSON).exclude(author=None)
    rows = signed.order_by().values("author").annotate(n=Count("pk", distinct=True))
    return Counter(dict(rows.values_list("author", "n")))


TELLER = Teller(Entry, deeds, written, written_on)

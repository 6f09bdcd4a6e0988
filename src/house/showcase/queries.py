"""Questions too long for a queryset. All begin at a door."""

from typing import Any

from django.db.models import QuerySet

from house.access.viewer import Viewer
from house.people.models import Person
from house.people.roll import belongs
from house.showcase.models import Contact, Face, Picture, Quotation, Showcase
from house.vocabulary.models import City, Topic


def shown(viewer: Viewer, *, city: str = "", topic: str = "") -> QuerySet[Showcase]:
    """What the world sees, the newest first."""
    found = Showcase.objects.visible_to(viewer).published().for_cards()
    if city:
        found = found.filter(city__slug=city)
    return found.filter(topics__slug=topic) if topic else found


def ours(viewer: Viewer) -> QuerySet[Showcase]:
    """Those of her cities, whatever their state."""
    found: QuerySet[Showcase] = Showcase.objects.visible_to(viewer)
    return found.filter(city__in=viewer.city_ids).for_cards().order_by("-made_at", "-pk")


def faces_of(city: City, viewer: Viewer) -> QuerySet[Face]:
    found: QuerySet[Face] = Face.objects.visible_to(viewer)
    return found.filter(city=city).select_related("person")


def voices(viewer: Viewer) -> QuerySet[Quotation]:
    found: QuerySet[Quotation] = Quotation.objects.visible_to(viewer).standing().for_page()
    return found


def contact_of(showcase: Showcase, viewer: Viewer) -> Contact | None:
    """Whom this viewer may be told of: after her consent everybody, before it her own city."""
    found = Contact.objects.visible_to(viewer).filter(showcase=showcase)
    return found.select_related("person").first()


def pictures_of(
    showcase: Showcase, rows: list[dict[str, str]], viewer: Viewer
) -> list[dict[str, Any]]:
    """The pictures of a text in its order, each with what it says of them."""
    if not rows:
        return []
    kept = Picture.objects.visible_to(viewer).filter(showcase=showcase)
    by_code = {picture.code: picture for picture in kept}
    return [
        {"picture": by_code[row["code"]], "alt": row["alt"], "caption": row["caption"]}
        for row in rows
        if row["code"] in by_code
    ]


def topic_choices(viewer: Viewer) -> list[tuple[str, str]]:
    topics = Topic.objects.visible_to(viewer)
    return sorted(((topic.pk, topic.label()) for topic in topics), key=lambda pair: pair[1].lower())


def colleagues(viewer: Viewer, city: str) -> list[tuple[str, str]]:
    """(code, name) of those of the city whom she may put forward, herself among them."""
    people = Person.objects.visible_to(viewer).filter(belongs(), city_id=city).order_by("name")
    return [(person.code, person.name) for person in people]

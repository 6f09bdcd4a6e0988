from collections.abc import Collection
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    ALLIANCE = "alliance", _("All partner cities")
    CITY = "city", _("Our city only")
    CIRCLE = "circle", _("A circle")
    PRIVATE = "private", _("Only me")


class HasAudience(Protocol):
    """The four columns that a guarded model carries."""

    audience: str
    city_id: str | None
    circle_id: str | None
    author_id: int | None


def token_of(thing: HasAudience) -> str:
    """The one token that opens the thing; the index keeps it beside the words."""
    match thing.audience:
        case Audience.CITY:
            return f"city:{thing.city_id}"
        case Audience.CIRCLE:
            return f"circle:{thing.circle_id}"
        case Audience.PRIVATE:
            return f"person:{thing.author_id}"
        case _:
            return str(thing.audience)


def readable(tokens: Collection[str]) -> Q:
    """What these tokens open, over the model's own `audience`, `city_id`, `circle_id`, `author_id`."""
    named: dict[str, list[str]] = {"city": [], "circle": [], "person": []}
    plain = []
    for token in tokens:
        sort, _colon, name = token.partition(":")
        if name:
            named[sort].append(name)
        else:
            plain.append(token)
    seen = Q(audience__in=plain)
    if named["city"]:
        seen |= Q(audience=Audience.CITY, city_id__in=named["city"])
    if named["circle"]:
        seen |= Q(audience=Audience.CIRCLE, circle_id__in=named["circle"])
    if named["person"]:
        seen |= Q(audience=Audience.PRIVATE, author_id__in=[int(pk) for pk in named["person"]])
    return seen

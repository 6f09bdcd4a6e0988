"""What a renewal changes, in words."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.importing.renewing import Renewed
from house.atlas.initiatives.models import Initiative
from house.ground.text import shorten
from house.vocabulary.languages import name_of

_LONG = 90  # letters told of a value
_SHOWN: dict[str, Callable[[Any], str]] = {
    "kinds": lambda value: ", ".join(map(taxonomy.label_of, value.split())),
    "languages": lambda value: ", ".join(map(name_of, value.split())),
    "language": name_of,
    "recurrence": lambda value: "; ".join(each.get("rule", "") for each in value),
    "closed": ", ".join,
    "contact_is_public": lambda value: _("yes") if value else _("no"),
}


def differences(each: Renewed) -> Iterator[tuple[str, str, str]]:
    """(what, as it is here, as the file says it)."""
    for name, value in each.facts.items():
        if name == "longitude" and "latitude" in each.facts:
            continue  # told with the latitude
        if name in {"latitude", "longitude"}:
            row = each.row
            yield (
                _("Point"),
                f"{row.latitude:.5f}, {row.longitude:.5f}",
                _("%(metres)s m away") % {"metres": each.moved},
            )
        else:
            yield _label(name), _told(name, getattr(each.row, name)), _told(name, value)


def _label(name: str) -> str:
    labels = {
        "kinds": _("Kind"), "languages": _("Languages"), "recurrence": _("Repeating rule (RRULE)"),
        "closed": _("Days without"), "external_id": _("Number in the source"),
        "confirmed_on": _("Last confirmed on"),
    }  # fmt: skip
    return labels.get(name) or str(Initiative._meta.get_field(name).verbose_name).capitalize()


def _told(name: str, value: Any) -> str:
    shown = _SHOWN[name](value) if name in _SHOWN and value is not None else str(value or "")
    return shorten(shown, _LONG) or "–"

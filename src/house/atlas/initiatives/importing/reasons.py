"""Codes of why a file or a row does not come in, as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FILES: dict[str, str | Promise] = {
    "empty": gettext_lazy("There is nothing in this file."),
    "binary": gettext_lazy("This is not a text file."),
    "encoding": gettext_lazy(
        "We can't tell in which letters this file is written. Save it as UTF-8."
    ),
    "mojibake": gettext_lazy(
        "An earlier program has broken the letters of this file. Export it once more as UTF-8."
    ),
    "too-big": gettext_lazy("This file is larger than 20 MB. Import it in parts."),
    "too-many": gettext_lazy("This file holds more than 60,000 rows. Import it in parts."),
    "xml": gettext_lazy("This XML is broken, so nothing of it could be read."),
    "bomb": gettext_lazy(
        "This XML defines entities, which a map never needs and which can overrun a server. It was not read."
    ),
    "json": gettext_lazy("This JSON is broken, so nothing of it could be read."),
    "unknown": gettext_lazy(
        "We know GeoJSON, KML, OpenStreetMap XML, tables (CSV, TSV), lists in JSON and answers of "
        "OpenFairDB; this file is none of them."
    ),
    "no-points": gettext_lazy(
        "Nothing in this file says where things are: it has no coordinates. Add a latitude and a longitude "
        "to each row; addresses alone are not looked up."
    ),
}
ROWS: dict[str, str | Promise] = {
    "no-name": gettext_lazy("It has no name."),
    "no-point": gettext_lazy("It has no coordinates."),
    "bad-point": gettext_lazy("Its coordinates lie nowhere on earth."),
    "no-geometry": gettext_lazy("It has no geometry."),
    "nowhere": gettext_lazy(
        "Its coordinates are 0, 0: a place in the sea that stands for “unknown”."
    ),
    "no-kind": gettext_lazy("No kind of ours fits it, and none was chosen for the rest."),
    "left-out": gettext_lazy("Its kind was left out."),
    "example": gettext_lazy("It is an example of the form, not a place."),
    "same": gettext_lazy("It is the same place as “%(other)s”, %(metres)s m away."),
    "twice": gettext_lazy("It stands twice in this file: “%(other)s”."),
    "there": gettext_lazy("It is here already, unchanged since the last import."),
    "off": gettext_lazy("It was taken off the map here, and stays off."),
    "put-right": gettext_lazy("It was put right here, which counts more than the file."),
    "closed": gettext_lazy("The file says that it no longer exists."),
}


def of_file(code: str) -> str:
    return str(FILES.get(code, FILES["unknown"]))


def of_row(code: str, facts: Mapping[str, Any] | None = None) -> str:
    return str(ROWS.get(code, code)) % (facts or {}) if code in ROWS else _("Unknown.")

"""A schedule file of any form, as what it says. Nothing is written here."""

from django.utils.translation import gettext as _

from house.gatherings.schedule import reading_json, reading_xml
from house.gatherings.schedule.found import LONGEST, Found


def read(data: bytes) -> Found:
    """By its first letter: XML or JSON."""
    if len(data) > LONGEST:
        found = Found()
        found.complain(_("the file"), _("The file is larger than 8 MB."), fatal=True)
        return found
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found = reading_xml.read(data) if begins == b"<" else reading_json.read(data)
    if not found.sessions and not found.is_broken:
        found.complain(_("the file"), _("The file holds no session."), fatal=True)
    return found

"""What an entry says, and said before: for who quotes it elsewhere in the house."""

from collections.abc import Mapping
from typing import Any

from house.access.candour import Candour, names_city, told_now
from house.access.viewer import Viewer
from house.alex.models import Entry, Version
from house.alex.parts import content_of, outcome_part, parts
from house.memory.sayings import Saying, register


def of_entry(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    """Each version keeps the audience of its own time: what it said to fewer is not quoted to more."""
    entries = Entry.objects.visible_to(viewer).published().for_page()
    entry = entries.filter(slug=arguments["slug"]).first()
    if entry is None:
        return None
    versions = Version.objects.visible_to(viewer).filter(entry=entry).newest_first()
    credit, author = entry.credit(), entry.author
    candour = told_now(entry.candour, is_former=author is not None and author.is_former)
    return Saying(
        title=entry.title,
        url=entry.get_absolute_url(),
        texts=tuple(words_of(entry, version) for version in versions),
        credit=", ".join(part for part in (credit.name, credit.city) if part),
        is_hidden=not names_city(candour),
        names_persons=candour == Candour.PERSON,
    )


def words_of(entry: Entry, version: Version) -> str:
    content = content_of(version)
    told = [*parts(entry.kind, content), outcome_part(content)]
    texts = (version.title, version.summary, *(part.text for part in told if part))
    return "\n".join(text for text in texts if text)


def tell() -> None:
    for route in ("alex:entry", "alex:entry_version"):
        register(route, of_entry)

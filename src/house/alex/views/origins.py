"""Where an entry's words were said and who helped, as far as doors and each person's own choice allow."""

from collections import defaultdict
from dataclasses import dataclass

from house.access.viewer import Viewer
from house.alex.actions.remembering import Lexicon
from house.alex.models import Entry, Said, Version
from house.memory.offers import source_label
from house.memory.queries import Thanks, addresses_of, thanks_of


@dataclass(frozen=True, slots=True)
class Origin:
    """One place where words of an answer were said, which the viewer may open."""

    field: str
    words: str
    href: str
    about: str


def said_of(entry: Entry, version: Version | None, viewer: Viewer) -> list[Origin]:
    """In the order of the text; a post that the viewer may not see is not spoken of."""
    if not entry.grew_out_of_talk:
        return []
    rows = list(Said.objects.visible_to(viewer).filter(entry=entry, version=version))
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.source].add(row.thing)
    opened = {source: addresses_of(source, pks, viewer) for source, pks in wanted.items()}
    label_of = Lexicon().label_of
    return [
        Origin(
            label_of(entry.kind, row.field),
            row.text,
            row.url or opened[row.source][row.thing],
            source_label(row.source),
        )
        for row in rows
        if row.thing in opened[row.source]
    ]


def helped_with(entry: Entry) -> list[Thanks]:
    return thanks_of(entry.pk) if entry.grew_out_of_talk else []

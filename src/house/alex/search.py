"""How entries are found: what of them goes into the index, and what answers may say beside a quote."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db.models import Model
from django.utils.translation import gettext as _

from house.access.audience import token_of
from house.access.candour import Candour, names_city
from house.access.viewer import Viewer
from house.alex.content import Content, is_empty
from house.alex.kinds import KINDS
from house.alex.models import Contact as Named
from house.alex.models import Entry, Transcript
from house.alex.models.entry import PUBLISHED_STATES
from house.alex.parts import Part, content_of, outcome_part, parts
from house.ground.captions.cues import moment_anchor
from house.ground.html import to_text
from house.people.cards import Card, card_of
from house.people.models import Person
from house.retrieval.documents import Document
from house.retrieval.facts import Contact, Facts
from house.retrieval.passages import PATH_SEPARATOR, PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "entry"
_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL)


def documents(pks: Sequence[int]) -> Iterator[Document]:
    """The published entries among these, in a fixed number of queries."""
    # every row: the index holds every audience and is asked with tokens
    entries = list(
        Entry.objects.filter(pk__in=pks, state__in=PUBLISHED_STATES)
        .select_related("current", "shown_city")
        .prefetch_related("topics")
    )
    recordings = [entry.pk for entry in entries if entry.kind == "recording"]
    # every row: as above
    transcripts = Transcript.objects.filter(entry__in=recordings, is_current=True)
    said = {transcript.entry_id: transcript for transcript in transcripts}
    for entry in entries:
        yield _document(entry, said.get(entry.pk))


def document(entry: Model) -> Document | None:
    return next(documents([entry.pk]), None)


def _document(entry: Entry, transcript: Transcript | None) -> Document:
    version = entry.current
    assert version is not None  # noqa: S101 -- a database constraint, told to mypy
    content = content_of(version)
    city = entry.shown_city  # never `city`: a filter must not tell what the author did not
    facets = {
        "kind": (entry.kind,),
        "topic": tuple(topic.pk for topic in entry.topics.all()),
        "city": (city.slug,) if city else (),
        "country": (city.country,) if city else (),
        "outcome": (entry.outcome,) if entry.outcome else (),
        "language": (entry.language,),
    }
    return Document(
        kind=KIND,
        pk=entry.pk,
        version=version.number,
        title=version.title,
        language=version.language,
        audience=token_of(entry),
        facets=facets,
        period=(entry.period_from, entry.period_until),
        prior=prior(entry),
        passages=tuple(
            cut(
                _sections(entry.kind, content, transcript),
                prefix=_prefix(entry),
            )
        ),
    )


def _prefix(entry: Entry) -> str:
    """What was imported keeps its source's name; what the house wrote has no external id."""
    is_imported = bool(entry.source_id) and not entry.is_demonstration
    return str(entry.source_id) if is_imported else f"{PIECE}{entry.code}"


def prior(entry: Entry) -> float:
    """Proven re-use lifts, less with each city more; what nobody confirmed sinks, re-used or not."""
    reuse = 0.6 * (1 - 0.6**entry.reuse_count)
    if entry.is_review_due:
        return min(-0.1, reuse - 0.6)
    if entry.ended_on is not None:
        return reuse - 0.25
    return reuse


def _sections(kind: str, content: Content, transcript: Transcript | None) -> Iterator[Section]:
    language = content["language"]
    if content["summary"]:
        yield Section(content["summary"], language=language, anchor="summary")
    told = outcome_part(content)
    if told is not None:
        yield from _split(told, language)
    if facts := _facts_text(kind, content):
        yield Section(facts, (_("Key facts"),), language=language, anchor="facts")
    for part in parts(kind, content):
        yield from _split(part, language)
    if transcript is not None:
        yield from _cues(transcript, content["fields"].get("chapters", []))


def _facts_text(kind: str, content: Content) -> str:
    """Key facts as lines of "label: value", for the types that hold words."""
    lines = []
    for field in KINDS[kind].facts:
        value = content["fields"].get(field.key)
        if is_empty(value):
            continue
        match field.type:
            case "line" | "year" | "date":
                lines.append(f"{field.label}: {value}")
            case "choice":
                lines.append(f"{field.label}: {field.choice_label(value)}")
            case "list":
                lines.append(f"{field.label}: {', '.join(value)}")
            case "link" if value["label"]:
                lines.append(f"{field.label}: {value['label']}")
    return "\n".join(lines)


def _split(part: Part, language: str) -> Iterator[Section]:
    """A part at its own headings: each section's path names them."""
    path = tuple(part.heading.split(PATH_SEPARATOR)) if part.heading else ()
    base = Section(
        part.text,
        path,
        external_id=part.external_id,
        language=part.language or language,
        anchor=part.anchor,
        page=part.page,
        start=part.start,
        end=part.end,
        speaker=part.speaker,
    )
    found = list(_HEADING.finditer(part.html))
    if part.external_id or not found:
        yield base
        return
    before = to_text(part.html[: found[0].start()])
    if before:
        yield Section(before, path, language=base.language, anchor=base.anchor, page=base.page)
    ends = [*(heading.start() for heading in found[1:]), len(part.html)]
    for heading, end in zip(found, ends, strict=True):
        words = to_text(part.html[heading.end() : end])
        under = (*path, to_text(heading.group(1)))
        if words:
            yield Section(words, under, language=base.language, anchor=base.anchor, page=base.page)


def _cues(transcript: Transcript, chapters: list[dict[str, object]]) -> Iterator[Section]:
    """Each cue with its second, speaker and chapter; retrieval joins them to turns of speech."""
    begins = [(float(str(row["start"])), str(row["title"])) for row in chapters if row["title"]]
    spans = list(pairwise([*sorted(begins), (float("inf"), "")]))
    for cue in transcript.cues:
        chapter = next(
            (title for (start, title), (end, _t) in spans if start <= cue["start"] < end), ""
        )
        yield Section(
            cue["text"],
            (chapter,) if chapter else (),
            language=transcript.language,
            anchor=moment_anchor(cue["start"]),
            start=cue["start"],
            end=cue["end"],
            speaker=cue["speaker"],
        )


def facts(entry: Model, viewer: Viewer) -> Facts:
    """Beside a quote. Reads what `for_cards()` loads."""
    assert isinstance(entry, Entry)  # noqa: S101 -- the registry's promise, told to mypy
    city = entry.shown_city
    return Facts(
        title=entry.title,
        url=entry.get_absolute_url(),
        kind=entry.kind,
        city=city.label() if city else "",
        city_slug=city.slug if city else "",
        country=city.country_name if city else "",
        year=entry.period_from.year if entry.period_from else None,
        outcome=entry.outcome,
    )


def people(things: Sequence[Model], viewer: Viewer) -> list[Contact]:
    """Owners and contacts of these entries, each once, as far as candour and their own doors allow."""
    pks = [thing.pk for thing in things]
    entries = (
        Entry.objects.visible_to(viewer)
        .published()
        .filter(candour__in=[Candour.PERSON, Candour.CITY])
        .select_related("city", "author", "owner_seat__person")
        .in_bulk(pks)
    )
    named: dict[int, list[Named]] = defaultdict(list)
    for row in Named.objects.visible_to(viewer).filter(entry__in=entries).select_related("person"):
        named[row.entry_id].append(row)
    ids = {entry.author_id for entry in entries.values()}
    ids |= {entry.owner_seat.person_id for entry in entries.values() if entry.owner_seat}
    ids |= {row.person_id for rows in named.values() for row in rows}
    persons = Person.objects.visible_to(viewer).select_related("city")
    known = persons.in_bulk([pk for pk in ids if pk is not None])
    seen = {pk: card_of(person, viewer) for pk, person in known.items()}
    found: dict[tuple[str, str], Contact] = {}
    for pk in dict.fromkeys(pks):
        if pk in entries:
            for contact in _people_of(entries[pk], named[pk], seen):
                found.setdefault((contact.name, contact.city), contact)
    return list(found.values())


def _people_of(entry: Entry, rows: list[Named], seen: dict[int, Card]) -> Iterator[Contact]:
    city = entry.city if names_city(entry.candour) else None
    place = {"city": city.label() if city else "", "city_slug": city.slug if city else ""}
    why = _("Owns “%(title)s”.") % {"title": entry.title}
    role = entry.owner_role or (entry.owner_seat.title if entry.owner_seat else "")
    holder = _nameable(entry, entry.owner_seat.person_id if entry.owner_seat else None, seen)
    if holder is None and entry.owner_seat is None:
        holder = _nameable(entry, entry.author_id, seen)
    if holder is not None:
        yield Contact(holder.name, role, url=holder.get_absolute_url(), why=why, **place)
    elif role and city:
        yield Contact(role, why=why, **place)
    for row in rows:
        person = _nameable(entry, row.person_id, seen)
        if person is not None:
            about = row.about or entry.title
            why = _("To be asked about %(about)s.") % {"about": about}
            yield Contact(
                person.name, person.job_title, url=person.get_absolute_url(), why=why, **place
            )


def _nameable(entry: Entry, pk: int | None, seen: dict[int, Card]) -> Card | None:
    """The person, unless the viewer may not see her or she is the author and chose not to be named."""
    if pk is None or (entry.candour != Candour.PERSON and pk == entry.author_id):
        return None
    return seen.get(pk)


SOURCE = Source(
    kind=KIND,
    model=Entry,
    document=document,
    cards=lambda entries: entries.for_cards(),
    documents=documents,
    facts=facts,
    people=people,
)

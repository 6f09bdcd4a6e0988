"""What the page of one text shows: of the current version, an old one, or a draft in preview."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from house.access.doors import may
from house.access.viewer import Viewer
from house.alex import cite, jsonld
from house.alex.content import Content, day
from house.alex.kinds import KINDS, Field
from house.alex.models import Attachment, Contact, Entry, Transcript, Version
from house.alex.parts import Part, content_of, outcome_part, parts
from house.alex.views import family, origins
from house.ground.html import safe_url
from house.ground.jsonld import in_script
from house.memory import playing
from house.people.cards import shows
from house.people.models import Person
from house.vocabulary.models import Topic


@dataclass(frozen=True, slots=True)
class Media:
    """Sound or film: played here, or (from another house) only linked."""

    url: str
    media_type: str = ""
    is_here: bool = False


def of_version(request: HttpRequest, entry: Entry, version: Version) -> dict[str, Any]:
    content = content_of(version)
    found = of_content(request, entry, content)
    citation = citation_of(entry, content, number=version.number)
    public = entry.audience == "public"
    found |= {
        "version": version,
        "citation": citation,
        "jsonld": in_script(jsonld.schema_org(citation, public=public, licence=version.licence)),
        "dc_namespace": jsonld.DC,
        "dublin_core": jsonld.dublin_core(citation, licence=version.licence),
    }
    return found


def of_content(request: HttpRequest, entry: Entry, content: Content) -> dict[str, Any]:
    """The text itself, whatever its stage."""
    viewer = request.viewer
    files = attachments(entry, content, viewer)
    sections = headed_once(parts(entry.kind, content))
    media = media_of(content, files, request.viewer)
    transcript = transcript_of(entry, content, viewer)
    topics = Topic.objects.visible_to(viewer).filter(slug__in=content["topics"])
    return {
        "entry": entry,
        "content": content,
        "kind": KINDS[entry.kind],
        "credit": entry.credit(),
        "outcome_part": outcome_part(content),
        "facts": facts(entry, content),
        "sections": sections,
        "contents": [(part.anchor, part.heading) for part in sections if part.heading][:40],
        "sources": [row | {"href": safe_url(row["url"])} for row in content["sources"]],
        "files": [each for each in files if each.url != getattr(media, "url", None)],
        "topics": topics,
        "media": media,
        "transcript": transcript,
        "chapters": [
            row
            for row in content["fields"].get("chapters", [])
            if isinstance(row["start"], int | float)
        ],
    }


def headed_once(sections: list[Part]) -> list[Part]:
    """Pieces of one chapter, as an import cuts them, under one heading; each keeps its anchor."""
    before = [""] + [part.heading for part in sections]
    return [
        replace(part, heading="") if part.heading == above else part
        for part, above in zip(sections, before, strict=False)
    ]


def around(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """What stands beside the text: people, other cities, what the viewer may do."""
    viewer = request.viewer
    return {
        "said": origins.said_of(entry, entry.current, viewer),
        "thanks": origins.helped_with(entry),
        "people": people(entry, viewer),
        "family": family.tree(entry, viewer),
        "similar": family.same_topics(entry, viewer),
        "may_edit": may(viewer, "edit", entry),
        "may_adopt": may(viewer, "adopt", entry) or viewer.person_id is None,
        "may_label": may(viewer, "label", entry),
        "may_discuss": may(viewer, "discuss", entry),
        "may_answer": may(viewer, "answer", entry),
        "formats": cite.FORMATS,
        "address": settings.BASE_URL + entry.get_absolute_url(),
    }


def citation_of(entry: Entry, content: Content, *, number: int) -> cite.Citation:
    fields = content["fields"]
    named = fields.get("authors") if entry.kind == "research" else None
    return cite.Citation(
        code=entry.code,
        kind=entry.kind,
        title=content["title"],
        authors=cite.authors_of(entry.credit(), named),
        published=entry.published_at.date() if entry.published_at else None,
        version=number,
        language=content["language"],
        url=settings.BASE_URL + entry.get_absolute_url(),
        summary=content["summary"],
        keywords=tuple(topic.label() for topic in entry.topics.all()),
        doi=fields.get("doi", ""),
    )


@dataclass(frozen=True, slots=True)
class Download:
    code: str
    label: str
    name: str
    media_type: str
    size: int
    licence: str
    url: str


def attachments(entry: Entry, content: Content, viewer: Viewer) -> list[Download]:
    """The files that this text lists, in its order."""
    if not content["attachments"] and not content["fields"].get("media"):
        return []
    wanted = [*content["attachments"], content["fields"].get("media", {}).get("attachment", "")]
    rows = Attachment.objects.visible_to(viewer).filter(entry=entry, code__in=wanted)
    found = {row.code: row for row in rows}
    return [
        Download(
            row.code,
            row.label or row.name,
            row.name,
            row.media_type,
            row.size,
            row.licence,
            reverse("alex:attachment", args=[entry.slug, row.code]),
        )
        for code in dict.fromkeys(wanted)
        if (row := found.get(code))
    ]


def media_of(content: Content, files: list[Download], viewer: Viewer) -> Media | None:
    given = content["fields"].get("media") or {}
    for file in files:
        if file.code == given.get("attachment"):
            return Media(file.url, file.media_type, is_here=True)
    url = safe_url(given.get("url", ""))
    if here := playing.played(url, viewer):
        return Media(here.url, here.media_type, is_here=True)
    return Media(url) if url else None


def transcript_of(entry: Entry, content: Content, viewer: Viewer) -> Transcript | None:
    code = content["fields"].get("transcript")
    if not code:
        return None
    return Transcript.objects.visible_to(viewer).filter(entry=entry, code=code).first()


def facts(entry: Entry, content: Content) -> list[dict[str, Any]]:
    """The key facts that hold something, the kind's own first."""
    made = []
    for field in KINDS[entry.kind].facts:
        value = content["fields"].get(field.key)
        if value and field.type not in {"media", "transcript", "chapters"}:
            made.append({"label": field.label, "value": _shown(field, value)})
    begin, end = content["period_from"], content["period_until"]
    if begin or end:
        made.append({"label": _("Period"), "value": _period(begin, end)})
    if content["places"]:
        made.append({"label": _("Places"), "value": ", ".join(content["places"])})
    if content["licence"]:
        made.append({"label": _("Licence"), "value": content["licence"]})
    return made


def _period(begin: str, end: str) -> str:
    """Years where whole years are meant, else months; what is no date yet stands as typed."""
    try:
        first, last = day(begin), day(end, last=True)
    except ValueError:
        return f"{begin} – {end}".strip(" –")
    starts = first is None or (first.month, first.day) == (1, 1)
    whole = starts and (last is None or (last.month, last.day) == (12, 31))
    told = [date_format(each, "Y" if whole else "F Y") if each else "" for each in (first, last)]
    if not told[1]:
        return _("Since %(when)s") % {"when": told[0]}
    if not told[0]:
        return _("Until %(when)s") % {"when": told[1]}
    return told[0] if told[0] == told[1] else f"{told[0]} – {told[1]}"


def _date(typed: str) -> str:
    """As exact as it was typed: a day, a month or a year."""
    try:
        found = day(typed)
    except ValueError:
        return typed
    return date_format(found, {4: "Y", 10: "j F Y"}.get(len(typed), "F Y")) if found else ""


def _shown(field: Field, value: Any) -> Any:
    match field.type:
        case "choice":
            return field.choice_label(value)
        case "date":
            return _date(value)
        case "list":
            return format_html_join(mark_safe("<br>"), "{}", ((each,) for each in value))
        case "link":
            href = safe_url(value["url"])
            label = value["label"] or value["url"]
            return format_html('<a href="{}" rel="noopener">{}</a>', href, label) if href else label
        case "url":
            href = safe_url(value)
            return format_html('<a href="{}" rel="noopener">{}</a>', href, value) if href else value
        case _ if field.key == "doi":
            return format_html('<a href="https://doi.org/{}" rel="noopener">{}</a>', value, value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    role: str
    city: str
    about: str
    href: str


def people(entry: Entry, viewer: Viewer) -> list[Colleague]:
    """Whom to ask, as far as the entry's candour and each person's own door allow."""
    credit = entry.credit()
    contacts = Contact.objects.visible_to(viewer).filter(entry=entry).select_related("person__city")
    about = {row.person_id: row.about for row in contacts}
    persons = {row.person_id: row.person for row in contacts}
    if entry.candour == "person" and entry.author:
        persons = {entry.author.pk: entry.author} | persons
    known = set(
        Person.objects.visible_to(viewer).filter(pk__in=persons).values_list("pk", flat=True)
    )
    told = [
        Colleague(
            person.name,
            person.job_title if shows(person, "job_title", viewer) else "",
            person.city.label() if person.city else "",
            about.get(pk, ""),
            person.get_absolute_url() if pk in known else "",
        )
        for pk, person in persons.items()
        # An author who signs is named to all; colleagues only to those who may see them.
        if pk in known or pk == entry.author_id
    ]
    if told or not credit.name or entry.author_id is None:
        return told
    return [Colleague(credit.name, "", credit.city, "", "")]

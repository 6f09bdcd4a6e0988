"""A record as content of an entry: kind, language, place and topics in our words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from house.access.audience import Audience
from house.alex.actions.steps import settle
from house.alex.content import Content, digest_of, tidy
from house.alex.importing.limits import ID_LETTERS
from house.alex.importing.matching import Vocabulary
from house.alex.importing.options import KIND_OF, LANGUAGE, NOT_STATED, Options
from house.alex.importing.records import Record, Refusal
from house.alex.kinds import KINDS, Field
from house.alex.models import Outcome
from house.ground.captions.suspicion import refuse_repetition, spoken_language
from house.ground.html import paragraphs
from house.ground.text import one_line
from house.ground.unreadable import Unreadable
from house.retrieval.languages import recognise
from house.vocabulary.languages import LANGUAGES

_JUDGED = 1500  # letters from which a language is told
_SPEAKERS = 20
_COMMON = ("period_from", "period_until", "outcome_why", "outcome_evidence")
_LONG = 200  # letters: a column that no field takes becomes a section of its own from here


@dataclass(frozen=True, slots=True)
class Prepared:
    """Ready to be saved."""

    record: Record
    source_id: str
    kind: str
    content: Content
    digest: str
    cues: tuple[dict[str, Any], ...]
    external: str


def prepare(record: Record, options: Options, vocabulary: Vocabulary) -> Prepared | Refusal:
    """Checks what only the house can judge; a transcript that nobody spoke is refused here."""
    try:
        return _prepare(record, options, vocabulary)
    except Unreadable as why:
        return Refusal(
            record.file, why.code, line=record.line, source_id=record.source_id, facts=why.facts
        )


def _prepare(record: Record, options: Options, vocabulary: Vocabulary) -> Prepared:
    kind = _kind(record, options)
    language = _language(record, options)
    given, more = _fields(record, kind)
    raw = {
        "title": record.title,
        "summary": record.summary,
        "language": language,
        "topics": vocabulary.topics(
            given=record.topics,
            title=record.title,
            headings=[section.heading for section in record.sections],
            language=language,
        ),
        "places": [record.place] if record.place else [],
        "fields": given,
        "sections": [*_sections(record, language), *more],
        "outcome": _outcome(record),
        "sources": [
            {"label": each.label, "url": each.url, "licence": each.licence}
            for each in record.origins
        ],
        "licence": record.origins[0].licence[:200] if record.origins else "",
        "audience": options.audience,
        "circle": options.circle if options.audience == Audience.CIRCLE else "",
        "city": options.city or vocabulary.city(record.place),
        **{key: record.facts[key] for key in _COMMON if key in record.facts},
    }
    content = settle(tidy(kind, raw))
    own = record.source_id
    if options.scope and own.startswith(record.file):
        own = f"{options.scope}:{own}"
    return Prepared(
        record=record,
        source_id=own[:ID_LETTERS],
        kind=kind,
        content=content,
        digest=digest_of(content),
        cues=tuple(
            {"start": cue.start, "end": cue.end, "speaker": cue.speaker, "text": cue.text}
            for cue in record.cues
        ),
        external=record.origins[0].label if record.origins else "",
    )


def _kind(record: Record, options: Options) -> str:
    if record.cues:
        return "recording"  # a transcript hangs on a recording and on nothing else
    if options.kind:
        return options.kind
    said = record.kind.casefold().replace(" ", "_").replace("-", "_")
    said = KIND_OF.get(said, said)
    return said if said in KINDS else "case_study"


def _language(record: Record, options: Options) -> str:
    said = options.language or record.language
    said = said if LANGUAGE.fullmatch(said) and len(said) <= 12 else ""
    if record.cues and not options.accept_doubtful:
        refuse_repetition(record.cues)
        said = spoken_language(record.cues, said, known=LANGUAGES) or said
    if said:
        return said
    texts = [section.text for section in record.sections] or [cue.text for cue in record.cues]
    start = " ".join(texts[:20])[:_JUDGED] or record.summary
    return recognise(start, fallback="en") or "en"


def _outcome(record: Record) -> str:
    said = record.outcome.casefold().replace(" ", "_").replace("-", "_")
    if said in NOT_STATED:
        return ""
    if said not in Outcome.values:
        raise Unreadable("outcome", value=record.outcome[:60], known=", ".join(Outcome.values))
    return said


def _sections(record: Record, language: str) -> list[dict[str, Any]]:
    return [
        {
            "external_id": section.external_id,
            "heading": section.heading,
            "html": section.html,
            "text": section.text,
            "language": _other(section.language, language),
            "page": section.page,
        }
        for section in record.sections
    ]


def _other(said: str, language: str) -> str:
    """The section's language where it is a known tag and not the document's."""
    known = LANGUAGE.fullmatch(said) and len(said) <= 12
    return said if known and said.lower() != language.lower() else ""


def _fields(record: Record, kind: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The template's fields that the document fills, and what no field takes, as sections."""
    template = KINDS[kind].by_key
    given: dict[str, Any] = {}
    sections: list[dict[str, Any]] = []
    lines: list[str] = []
    for key, value in record.facts.items():
        if key in _COMMON:
            continue
        if key in template:
            given[key] = _value(template[key], value)
        elif len(value) > _LONG:
            sections.append({"heading": _heading(key), "text": value})
        else:
            lines.append(f"{_heading(key)}: {one_line(value)}")
    if lines:
        sections.append({"text": "\n".join(lines)})
    if record.cues:
        voices = Counter(cue.speaker for cue in record.cues if cue.speaker)
        named = [name for name, _n in voices.most_common(_SPEAKERS) if not _is_number(name)]
        given.setdefault("event", record.title)
        if named:
            given.setdefault("speakers", named)
    return given, sections


def _is_number(name: str) -> bool:
    return name.removeprefix("Speaker ").isdecimal()


def _heading(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _value(field: Field, value: str) -> Any:
    if field.type == "rich":
        return paragraphs(value)
    if field.type == "list":
        return [each.strip() for each in value.replace("\n", ";").split(";")]
    return value

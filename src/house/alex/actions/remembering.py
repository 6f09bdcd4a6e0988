"""How talk becomes a draft: what everybody agreed to, in the right template, each span tied to its post."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from house.access import journal
from house.access.viewer import VISITOR
from house.alex.actions.pieces import put_transcript
from house.alex.actions.steps import changed, mirror
from house.alex.content import Content, tidy
from house.alex.kinds import KINDS, Kind
from house.alex.models import Draft, Entry, ReviewState, Said, State, Version
from house.alex.models.entry import FROM_TALK
from house.ground.codes import short_code
from house.ground.html import paragraphs, to_text
from house.memory.offers import Agreed, Part

# every row in this file: the offer was agreed to by those whose words it uses, and only theirs are used

_LABELS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "outcome_why": gettext_lazy("Why it came out so"),
    "outcome_evidence": gettext_lazy("What proves it"),
}
_COMMON = frozenset(_LABELS)
_SETTINGS = ("audience", "circle", "city", "candour", "described_as", "owner_role")
_OF_SPAN = ("field", "text", "source", "thing", "url", "position")
_BLANKS = re.compile(r"\s+")


class Lexicon:
    """What memory calls (`house.memory.offers.Lexicon`)."""

    kind = "entry"

    @transaction.atomic
    def take(self, agreed: Agreed) -> int:
        """A new draft in the curators' queue, or the one of this offer with only what still stands."""
        entry = (
            Entry.objects.select_for_update(of=("self",))
            .filter(source_id=FROM_TALK + agreed.code)
            .first()
        )
        if entry is None:
            entry = _begin(agreed)
        else:
            _go_on(entry, agreed)
        _tie(entry, agreed.parts)
        changed(entry)
        return entry.pk

    def label_of(self, template: str, field: str) -> str:
        if field in _COMMON:
            return str(_LABELS[field])
        found = KINDS[template].by_key.get(field) if template in KINDS else None
        return str(found.label) if found else field

    @transaction.atomic
    def let_go(self, key: int) -> None:
        entry = Entry.objects.filter(pk=key, current=None).first()
        if entry is not None:
            journal.record("alex.discard", entry, by=VISITOR, facts={"never_published": True})
            changed(entry)
            entry.delete()


def _begin(agreed: Agreed) -> Entry:
    code = short_code()
    entry = Entry.objects.create(
        code=code,
        slug=code,
        kind=agreed.template,
        state=State.SUBMITTED,
        author_id=agreed.author,
        source_id=FROM_TALK + agreed.code,
    )
    content = composed(agreed)
    if agreed.cues:
        said = put_transcript(entry, agreed.cues, language=content["language"])
        content["fields"]["transcript"] = said.code
    Draft.objects.create(
        entry=entry,
        content=content,
        revision=1,
        state=ReviewState.SUBMITTED,
        submitted_at=timezone.now(),
    )
    mirror(entry, content)
    entry.save()
    journal.record("alex.offered", entry, by=VISITOR, facts={"kind": entry.kind})
    return entry


def _go_on(entry: Entry, agreed: Agreed) -> None:
    """Somebody changed her mind: nobody's words stay without consent, whatever was edited meanwhile."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(entry=entry).first()
    if draft is None:
        return
    before = list(Said.objects.filter(entry=entry, version=None))
    new = composed(agreed)
    content = dict(draft.content)
    for key in (*_COMMON, *KINDS[entry.kind].by_key):
        put_field(content, key, _next(key, content, new, before, agreed.parts))
    content |= {key: new[key] for key in _SETTINGS}
    if agreed.cues:
        said = put_transcript(entry, agreed.cues, language=content["language"])
        content["fields"]["transcript"] = said.code
    draft.content = tidy(entry.kind, content)
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["content", "revision", "saved_at"])
    entry.author_id = agreed.author
    mirror(entry, draft.content)
    entry.save()


def _next(
    key: str, content: Content, new: Content, before: Sequence[Said], parts: Sequence[Part]
) -> Any:
    """The field as it may stand now: made anew where nobody edited it, else without what was taken back."""
    was = [row.text for row in before if row.field == key]
    now = [part.text for part in parts if part.field == key]
    value = field_of(content, key)
    if was == now:
        return value
    gone = [text for text in was if text not in now]
    words = words_of(value)
    if all(flat(text) in words for text in was) and len(words) <= sum(map(len, was)) + len(was):
        return field_of(new, key)
    if isinstance(value, str):
        for text in gone:
            value = value.replace(paragraphs(text), "").replace(text, "")
    left = words_of(value)
    # Edited beyond finding: rather an empty answer than words without consent.
    return value if gone and not any(_meets(left, text) for text in gone) else field_of(new, key)


def _meets(words: str, text: str) -> bool:
    """Does a sentence of the text still stand there?"""
    sentences = [flat(each) for each in re.split(r"(?<=[.!?])\s+|\n+", text)]
    return any(each and each in words for each in sentences)


def composed(agreed: Agreed) -> Content:
    """The template filled from the spans, in their order; what no span says from the offer's content."""
    template = KINDS[agreed.template]
    raw: dict[str, Any] = dict(agreed.content)
    raw["fields"] = dict(raw.get("fields") or {})
    told: dict[str, list[str]] = defaultdict(list)
    for part in agreed.parts:
        told[part.field].append(part.text)
    for key, texts in told.items():
        if key in _COMMON:
            raw[key] = (" " if key == "title" else "\n\n").join(texts)
        elif key in template.by_key:
            raw["fields"][key] = _value(template, key, texts)
    return tidy(agreed.template, raw)


def _value(template: Kind, key: str, texts: Sequence[str]) -> Any:
    match template.by_key[key].type:
        case "rich":
            return "".join(paragraphs(text) for text in texts)
        case "text":
            return "\n\n".join(texts)
        case "list":
            return [line for text in texts for line in text.splitlines()]
        case "clauses":
            return [{"type": "other", "text": text} for text in texts]
        case _:
            return " ".join(texts)


def field_of(content: Mapping[str, Any], key: str) -> Any:
    return content.get(key, "") if key in _COMMON else content["fields"].get(key, "")


def put_field(content: Content, key: str, value: Any) -> None:
    if key in _COMMON:
        content[key] = value
    else:
        content["fields"] = {**content["fields"], key: value}


def words_of(value: Any) -> str:
    """All the words of an answer, whatever its type, on one line."""
    if isinstance(value, str):
        return flat(to_text(value)) if "<" in value else flat(value)
    if isinstance(value, Mapping):
        return " ".join(words_of(each) for each in value.values())
    if isinstance(value, list | tuple):
        return " ".join(words_of(each) for each in value)
    return flat(str(value))


def flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _tie(entry: Entry, parts: Sequence[Part]) -> None:
    Said.objects.filter(entry=entry, version=None).delete()
    Said.objects.bulk_create(
        Said(
            entry=entry,
            field=part.field,
            text=part.text,
            source=part.source,
            thing=part.thing,
            url=part.url,
            position=position,
        )
        for position, part in enumerate(parts)
    )


def tie_to_version(
    entry: Entry, version: Version, before: Version | None, content: Content
) -> None:
    """The spans that still stand in a new version; what an editor took out was not said there any more."""
    rows = list(Said.objects.filter(entry=entry, version=None))
    Said.objects.filter(entry=entry, version=None).delete()
    if not rows and before is not None:
        rows = list(Said.objects.filter(entry=entry, version=before))
    for row in rows:
        if flat(row.text) in words_of(field_of(content, row.field)):
            Said.objects.create(
                entry=entry,
                version=version,
                **{key: getattr(row, key) for key in _OF_SPAN},
            )

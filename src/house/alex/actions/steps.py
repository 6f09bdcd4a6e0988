"""Steps that several verbs share. They check nothing: the verbs did."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from house.access import journal
from house.access.audience import Audience
from house.access.candour import Candour, names_city
from house.access.viewer import VISITOR, Viewer
from house.alex.access import stands_for
from house.alex.content import Content, day, digest_of
from house.alex.models import Attachment, Contact, Entry, Outcome, Transcript, Version
from house.ground.errors import Gone, Refused
from house.ground.text import shorten, slug_of
from house.partners.models import Seat
from house.people.models import Person
from house.retrieval import outbox


def lock(entry: Entry) -> Entry:
    """The same object as it stands now, held until the transaction ends."""
    try:
        # every row: the caller fetched it through its door
        entry.refresh_from_db(from_queryset=Entry.objects.select_for_update(of=("self",)))
    except Entry.DoesNotExist as gone:
        raise Gone(gettext("This draft was thrown away meanwhile.")) from gone
    return entry


def note_act(act: str, entry: Entry, *, by: Viewer, reason: str = "", **facts: Any) -> None:
    """A row in the journal. Of those who stand for the entry it keeps the side and not the person.

    Who reads the history of an entry must not learn from it who wrote a sealed one.
    """
    if stands_for(by, entry):
        journal.record(act, entry, by=VISITOR, reason=reason, facts={"side": "author", **facts})
    else:
        journal.record(act, entry, by=by, reason=reason, facts=facts)


def changed(entry: Entry) -> None:
    """Tell search, in this transaction."""
    outbox.touch("entry", entry.pk)


def lay_version(
    entry: Entry, content: Content, *, by: Viewer, note: str = "", restored_from: int | None = None
) -> Version:
    """Make the next version of this content and let the entry mirror it."""
    content = settle(content)
    mirror(entry, content)
    number = 1 + (entry.current.number if entry.current else 0)
    entry.current = Version.objects.create(
        entry=entry,
        number=number,
        **{key: content[key] for key in KEPT},
        period_from=day(content["period_from"]),
        period_until=day(content["period_until"]),
        digest=digest_of(content),
        note=shorten(note, 300),
        restored_from=restored_from,
        made_by_id=by.person_id,
        **{key: getattr(entry, key) for key in ("audience", "city_id", "circle_id", "author_id")},
    )
    entry.is_best_practice = False  # the label was given to what the last version said
    entry.changed_at = entry.current.made_at
    _put_pieces_in_front(entry, content)
    return entry.current


KEPT = (
    "title", "summary", "language", "topics", "places", "fields", "sections", "outcome", "outcome_why",
    "outcome_evidence", "sources", "attachments", "licence",
)  # fmt: skip


def settle(content: Content) -> Content:
    """The period as whole dates, so that the same text always has the same digest."""
    begin = _date(content["period_from"])
    end = _date(content["period_until"], last=True)
    if begin and end and end < begin:
        end = None  # unfinished drafts may say so; what is published was checked
    told = {"period_from": begin, "period_until": end}
    return {**content, **{key: date.isoformat() if date else "" for key, date in told.items()}}


def period_of(content: Content) -> tuple[datetime.date | None, datetime.date | None]:
    """What a filter by years goes by: the period, else when a policy held or a study appeared."""
    fields = content["fields"]
    begin = content["period_from"] or fields.get("in_force_from") or fields.get("year") or ""
    end = content["period_until"] or fields.get("in_force_until") or fields.get("year") or ""
    first, last = _date(begin), _date(end, last=True)
    return (first, None) if first and last and last < first else (first, last)


def _date(value: str, *, last: bool = False) -> datetime.date | None:
    try:
        return day(value, last=last)
    except ValueError:
        return None


def mirror(entry: Entry, content: Content) -> None:
    """Put into the entry's columns what lists, filters and doors read. Saves the topics, not the entry."""
    content = settle(content)
    entry.title = content["title"][:300]
    entry.summary = content["summary"]
    entry.language = content["language"][:12]
    entry.places = content["places"]
    entry.period_from, entry.period_until = period_of(content)
    entry.outcome = content["outcome"] if content["outcome"] in Outcome.values else ""
    entry.licence = content["licence"][:200]
    _mirror_settings(entry, content)
    if set(content["topics"]) != {topic.pk for topic in entry.topics.all()}:
        entry.topics.set(entry.topics.model.objects.filter(pk__in=content["topics"]))


def _mirror_settings(entry: Entry, content: Content) -> None:
    entry.city_id = content["city"] or None
    entry.circle_id = content["circle"] or None
    entry.audience = content["audience"]
    unfinished = (
        content["audience"] not in Audience.values
        or (content["audience"] == Audience.CITY and not entry.city_id)
        or (content["audience"] == Audience.CIRCLE and not entry.circle_id)
    )
    if unfinished:  # nobody else may read what doesn't say yet who may
        entry.audience = Audience.PRIVATE
    entry.candour = (
        content["candour"] if content["candour"] in Candour.values else Candour.SEALED.value
    )
    entry.described_as = content["described_as"][:120]
    entry.shown_city_id = entry.city_id if names_city(entry.candour) else None
    entry.owner_role = content["owner_role"][:160]
    seat = content["owner_seat"]
    # every row: `permitted` let only seats through that the writer may name
    entry.owner_seat = Seat.objects.filter(code=seat).first() if seat else None


def _put_pieces_in_front(entry: Entry, content: Content) -> None:
    """Readers see the files, the transcript and the contacts of the version that was laid last."""
    # every row: all that hang on this entry
    files = Attachment.objects.filter(entry=entry)
    files.exclude(code__in=content["attachments"]).filter(is_current=True).update(is_current=False)
    media = content["fields"].get("media", {})
    shown = [*content["attachments"], *([media["attachment"]] if "attachment" in media else [])]
    files.filter(code__in=shown).update(is_current=True)
    # every row: all that hang on this entry
    said = Transcript.objects.filter(entry=entry)
    code = content["fields"].get("transcript", "")
    said.exclude(code=code).filter(is_current=True).update(is_current=False)
    if code:
        said.filter(code=code).update(is_current=True)


def put_contacts(entry: Entry, rows: list[dict[str, str]]) -> None:
    # every row: `permitted` let only people through whom the writer may name
    persons = {
        person.code: person
        for person in Person.objects.filter(code__in=[row["person"] for row in rows])
    }
    # every row: the contacts of this entry are replaced as a whole
    Contact.objects.filter(entry=entry).delete()
    known = [row for row in rows if row["person"] in persons]
    if entry.candour != Candour.PERSON:  # a contact would tell the name that its author keeps back
        known = [row for row in known if persons[row["person"]].pk != entry.author_id]
    Contact.objects.bulk_create(
        Contact(
            entry=entry, person=persons[row["person"]], about=row["about"][:160], position=position
        )
        for position, row in enumerate(known)
    )


_OUR_OWN = {"new", "mine", "reviews"}  # addresses of the room beside its entries


def give_slug(entry: Entry) -> None:
    """A slug of the title, once: addresses that were published stay."""
    if entry.slug != entry.code:
        return
    made = slug_of(entry.title, fallback=entry.code)
    # every row: an address is taken whoever may see what stands there
    taken = Entry.objects.filter(slug=made).exclude(pk=entry.pk).exists()
    entry.slug = f"{made}-{entry.code}" if taken or made in _OUR_OWN else made


def months_from(start: datetime.date, months: int) -> datetime.date:
    """The same day so many months on, or the last day of that month."""
    total = start.month - 1 + months
    year, month = start.year + total // 12, total % 12 + 1
    last = day(f"{year:04}-{month:02}", last=True)
    assert last is not None  # noqa: S101 -- a year and a month always have a last day
    return datetime.date(year, month, min(start.day, last.day))


def stand_until_review(entry: Entry) -> None:
    """Begin a new term of freshness."""
    entry.review_by = months_from(timezone.now().date(), entry.template.review_months)
    entry.ended_on = None


def needed(text: str, sentence: str) -> str:
    """The text, or a refusal that says what it is needed for."""
    text = text.strip()
    if not text:
        raise Refused(sentence)
    return text

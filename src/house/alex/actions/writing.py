import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.actions.steps import changed, lock, mirror, note_act
from house.alex.content import KEYS, Content, tidy
from house.alex.kinds import KINDS
from house.alex.models import Contact, Draft, DraftCopy, Entry, ReviewState, State
from house.alex.parts import content_of
from house.ground.codes import short_code
from house.ground.errors import Refused
from house.memory import actions as memory
from house.partners import rights
from house.partners.models import Seat
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Saved:
    """`copy` is what another writer had saved meanwhile; it was set aside, whole, and not lost."""

    draft: Draft
    copy: DraftCopy | None = None


@transaction.atomic
def create_entry(kind: str, *, by: Viewer, content: dict[str, Any] | None = None) -> Entry:
    """A new entry with a draft that only its author sees."""
    rights.require(by, "alex.write")
    if kind not in KINDS:
        raise Refused(_("There is no such kind of entry."))
    code = short_code()
    start = {"city": min(by.city_ids, default=""), **(content or {})}
    made = permitted(tidy(kind, start), tidy(kind, {}), by=by)
    entry = Entry.objects.create(
        code=code, slug=code, kind=kind, author_id=by.person_id, candour=Candour.SEALED
    )
    Draft.objects.create(entry=entry, content=made, revision=1, saved_by_id=by.person_id)
    mirror(entry, made)
    entry.save()
    note_act("alex.create", entry, by=by, kind=kind)
    return entry


@transaction.atomic
def revise_entry(entry: Entry, *, by: Viewer) -> Draft:
    """The draft of an entry; where there is none, a new one that begins as the current version.

    Readers go on seeing the current version until the draft is published.
    """
    rights.require(by, "alex.write")
    allow(by, "edit", lock(entry))
    # every row: the one draft of an entry that the writer may edit
    draft = Draft.objects.filter(entry=entry).first()
    if draft is None:
        current = entry.current
        text = content_of(current) if current else {}
        draft = Draft.objects.create(
            entry=entry,
            content=tidy(entry.kind, {**text, **settings_of(entry)}),
            revision=1,
            based_on=current.number if current else None,
            saved_by_id=by.person_id,
        )
        note_act("alex.revise", entry, by=by)
    return draft


@transaction.atomic
def save_draft(entry: Entry, raw: dict[str, Any], *, by: Viewer, revision: int) -> Saved:
    """Keep what was typed. `revision` is the one the writer began from.

    When somebody saved in between, the new text becomes the draft and theirs is set aside as a copy.
    Nothing is judged here; saving the same text again changes nothing.
    """
    draft = revise_entry(entry, by=by)
    content = permitted(tidy(entry.kind, {**draft.content, **raw}), draft.content, by=by)
    if content == draft.content:
        return Saved(draft)
    copy = None
    if revision != draft.revision:
        copy = _set_aside(draft, content)
    draft.content = content
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.saved_by_id = by.person_id
    draft.save(update_fields=["content", "revision", "saved_at", "saved_by"])
    if entry.current is None:  # nothing else to show of it yet
        mirror(entry, content)
        entry.save()
    return Saved(draft, copy)


@transaction.atomic
def discard_draft(entry: Entry, *, by: Viewer) -> Entry | None:
    """Throw the draft away; an entry that was never published goes with it (None is returned)."""
    allow(by, "edit", lock(entry))
    if entry.current is not None:
        # every row: the one draft of an entry that the writer may edit
        Draft.objects.filter(entry=entry).delete()
        if entry.state in {State.SUBMITTED, State.IN_REVIEW}:
            entry.state = State.WITHDRAWN
            entry.save(update_fields=["state"])
        note_act("alex.discard", entry, by=by)
        return entry
    if entry.grew_out_of_talk:
        memory.let_go_of(entry.pk)
    note_act("alex.discard", entry, by=by, never_published=True)
    changed(entry)
    entry.delete()
    return None


def settings_of(entry: Entry) -> Content:
    """What stands beside the text: readers, naming, owner, contacts."""
    # every row: the contacts of an entry that the writer may edit
    contacts = Contact.objects.filter(entry=entry).select_related("person")
    return {
        "audience": entry.audience,
        "city": entry.city_id or "",
        "circle": entry.circle_id or "",
        "candour": entry.candour,
        "described_as": entry.described_as,
        "owner_seat": entry.owner_seat.code if entry.owner_seat else "",
        "owner_role": entry.owner_role,
        "contacts": [{"person": each.person.code, "about": each.about} for each in contacts],
    }


def permitted(content: Content, before: Content, *, by: Viewer) -> Content:
    """The content, with settings that are not the writer's to choose left as they were."""
    made = {key: content[key] for key in KEYS}
    if by.can("alex.everywhere"):
        return made
    if made["city"] and made["city"] not in by.city_ids:
        made["city"] = before["city"]
    if made["circle"] and made["circle"] not in by.circle_ids:
        made["circle"] = before["circle"]
    seat = made["owner_seat"]
    # every row: asks only whether the seat is one of the named city
    if seat and not Seat.objects.filter(code=seat, partnership__city=made["city"]).exists():
        made["owner_seat"] = before["owner_seat"]
    codes = {row["person"] for row in made["contacts"]}
    known = {row["person"] for row in before["contacts"]}
    if codes - known:
        # Colleagues of the same city: nobody else may be put forward without asking.
        # every row: asks only who of the named people is a colleague
        seated = Seat.objects.filter(partnership__city=made["city"], person__code__in=codes)
        known |= set(seated.values_list("person__code", flat=True))
        if by.person_id is not None:
            # every row: the writer herself
            known |= set(Person.objects.filter(pk=by.person_id).values_list("code", flat=True))
        made["contacts"] = [row for row in made["contacts"] if row["person"] in known]
    return made


def _set_aside(draft: Draft, coming: Content) -> DraftCopy:
    packed = json.dumps(draft.content, sort_keys=True, ensure_ascii=False)
    copy, _made = DraftCopy.objects.get_or_create(
        entry_id=draft.entry_id,
        digest=hashlib.sha256(packed.encode()).hexdigest(),
        defaults={
            "content": draft.content,
            "keys": differing(draft.content, coming),
            "written_at": draft.saved_at,
            "written_by_id": draft.saved_by_id,
        },
    )
    return copy


def differing(one: Content, other: Content) -> list[str]:
    """The keys, those of the template's fields included, where two texts differ."""
    common = [key for key in KEYS if key != "fields" and one.get(key) != other.get(key)]
    ours, theirs = one.get("fields", {}), other.get("fields", {})
    return common + sorted(key for key in {*ours, *theirs} if ours.get(key) != theirs.get(key))


def submitted(draft: Draft) -> bool:
    return draft.state in {ReviewState.SUBMITTED, ReviewState.IN_REVIEW}

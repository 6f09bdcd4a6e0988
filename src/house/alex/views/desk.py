"""What the writing page needs beside the form: choices, both texts of a conflict, the credit."""

import copy
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from house.access.candour import Candour, credit
from house.access.viewer import Viewer
from house.alex.actions.writing import settings_of
from house.alex.content import Content, tidy
from house.alex.forms import EntryForm
from house.alex.forms.entry import Choices
from house.alex.models import Draft, DraftCopy, Entry
from house.alex.parts import content_of
from house.ground.html import to_text
from house.ground.text import number_in
from house.partners.models import Circle, Seat
from house.vocabulary.models import City, Topic


def text_of(entry: Entry, viewer: Viewer) -> tuple[Content, int]:
    """The draft and its revision; without one, the text that a first save would begin from."""
    draft = Draft.objects.visible_to(viewer).filter(entry=entry).first()
    if draft is not None:
        return draft.content, draft.revision
    text = content_of(entry.current) if entry.current else {}
    # `save_draft` opens a draft of the current version as revision 1.
    return tidy(entry.kind, {**text, **settings_of(entry)}), 1


def revision_in(data: QueryDict) -> int:
    """The revision that a form was opened with; none of ours where somebody tampered with it."""
    return number_in(data.get("lock", "")) or 0


def choices_for(viewer: Viewer) -> Choices:
    cities = City.objects.visible_to(viewer)
    if not viewer.can("alex.everywhere"):
        cities = cities.filter(pk__in=viewer.city_ids)
    # every row: the seats of one's own cities are known to their colleagues; codes and titles only
    seats = Seat.objects.filter(partnership__city__in=viewer.city_ids).select_related("person")
    held = [seat for seat in seats if seat.person is not None]
    return Choices(
        cities=[(city.pk, city.label()) for city in cities],
        # every row: narrowed to the circles that the viewer belongs to
        circles=list(Circle.objects.filter(pk__in=viewer.circle_ids).values_list("pk", "name")),
        seats=[(seat.code, _seat_label(seat)) for seat in seats],
        people=[(seat.person.code, seat.person.name) for seat in held if seat.person],
    )  # fmt: skip


def topic_choices(form: EntryForm, viewer: Viewer) -> list[dict[str, Any]]:
    """The topics with all their names, so that a writer finds them in her own language."""
    chosen = set(form["topics"].value() or [])
    return [
        {
            "value": topic.pk,
            "label": topic.label(),
            "words": " ".join(
                [label for _tag, label in topic.all_labels()]
                + [each for named in topic.alt_labels.values() for each in named]
            ),
            "chosen": topic.pk in chosen,
        }
        for topic in Topic.objects.visible_to(viewer)
    ]


def _seat_label(seat: Seat) -> str:
    return f"{seat.title} ({seat.person.name if seat.person else _('vacant')})"


def filled_sections(form: EntryForm, finished: Mapping[str, bool]) -> list[dict[str, Any]]:
    """The form's sections with their bound fields and rows, for the template."""
    made = []
    for number, section in enumerate(form.sections(), start=1):
        fields = [form[name] for name in section.names if name in form.fields]
        made.append(
            {
                "number": number,
                "section": section,
                "fields": fields,
                "rows": form.rows.get(section.rows),
                "is_done": finished[section.anchor],
                "is_wrong": any(field.errors for field in fields),
            }
        )
    return made


def with_settings(entry: Entry, content: Content) -> Entry:
    """The entry as its draft would have it, for a preview. Never saved."""
    shown = copy.copy(entry)
    shown.title, shown.language = content["title"], content["language"]
    shown.candour = content["candour"] if content["candour"] in Candour.values else Candour.SEALED
    shown.described_as, shown.owner_role = content["described_as"], content["owner_role"]
    shown.audience = content["audience"]
    if content["city"] != (entry.city_id or ""):
        shown.city_id = content["city"] or None
    return shown


def credits_for(request: HttpRequest, content: Content) -> list[dict[str, str]]:
    """How the author would be named under each choice, in the words of the page."""
    # every row: names of cities are no secret
    city = City.objects.filter(pk=content["city"]).first()
    person = request.user.name  # type: ignore[union-attr] -- only persons write
    made = []
    for candour in Candour.values:
        told = credit(
            candour,
            person=person,
            role=content["owner_role"] or _("The role you name below"),
            city=city.label() if city else _("your city"),
            described=content["described_as"] or _("A city of the alliance"),
        )
        shown = ", ".join(part for part in (told.name, told.city) if part)
        made.append({"candour": candour, "shown": shown})
    return made


def copies_of(
    entry: Entry, content: Content, form: EntryForm, viewer: Viewer
) -> list[dict[str, Any]]:
    """What was set aside when two wrote at once, beside the text that stands."""
    copies = DraftCopy.objects.visible_to(viewer).filter(entry=entry).select_related("written_by")
    return [
        {
            "who": _writer(each, viewer),
            "when": each.written_at,
            "texts": [
                {
                    "label": str(form.fields[key].label) if key in form.fields else key,
                    "theirs": _words(_value(each.content, key)),
                    "mine": _words(_value(content, key)),
                }
                for key in each.keys
            ],
        }
        for each in copies[:5]
    ]


def copy_for_browser(entry: Entry, copied: DraftCopy, viewer: Viewer) -> dict[str, Any]:
    """The same for the page that stands open: field name → values as its inputs hold them."""
    form = EntryForm(entry.kind, copied.content, choices_for(viewer))
    theirs = {}
    for key in copied.keys:
        if key in form.fields:
            value = form[key].value()
            theirs[key] = (
                [str(each) for each in value] if isinstance(value, list) else [str(value or "")]
            )
    return {"who": _writer(copied, viewer), "theirs": theirs}


def _writer(copied: DraftCopy, viewer: Viewer) -> str:
    if copied.written_by is None:
        return _("Somebody")
    if copied.written_by_id == viewer.person_id:
        return _("You, in another window,")
    return copied.written_by.name


def _value(content: Content, key: str) -> Any:
    return content.get(key, content["fields"].get(key, ""))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(
            ", ".join(str(part) for part in each.values()) if isinstance(each, dict) else str(each)
            for each in value
        )
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return to_text(str(value))

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.gatherings.forms.fields import LineField, LocalMomentField, TextField, in_zone
from house.gatherings.models import Event, Room, Session, Speaker, Track
from house.ground.html import safe_url
from house.people.models import Person

_PAGE = re.compile(r"/people/([a-z0-9]{10,12})/")  # a page of the directory


class SessionForm(forms.Form):
    """One session of the working copy. Hours are those of the event's own place."""

    title = LineField(label=_("Title"), max_length=300)
    subtitle = LineField(label=_("Subtitle"), max_length=300, required=False)
    kind = LineField(
        label=_("Kind of session"),
        max_length=60,
        required=False,
        help_text=_("Talk, workshop, walk …"),
    )
    begins = LocalMomentField(label=_("Begins"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, initial=45)
    room = forms.ChoiceField(label=_("Room"), required=False)
    track = forms.ChoiceField(label=_("Track"), required=False)
    language = LineField(
        label=_("Language"), max_length=12, required=False, help_text=_("Such as en or pt-BR.")
    )
    abstract = TextField(label=_("In short"), max_length=20_000, required=False)
    description = TextField(label=_("Description"), max_length=50_000, required=False)
    speakers = TextField(
        label=_("Speakers"),
        max_length=2000,
        required=False,
        help_text=_(
            "One on each line: a name, then a comma and what they do. For somebody of the house, paste the "
            "address of their page in the directory instead of the name: they are asked whether they may be "
            "named."
        ),
    )
    links = TextField(
        label=_("Links"),
        max_length=4000,
        required=False,
        help_text=_("One web address on each line."),
    )
    takes_places = forms.BooleanField(label=_("People choose this session"), required=False)
    capacity = forms.IntegerField(
        label=_("Places in it"), min_value=0, max_value=100_000, required=False,
        help_text=_("Empty: as many as come."),
    )  # fmt: skip
    do_not_record = forms.BooleanField(label=_("Is not recorded"), required=False)

    def __init__(self, *args: Any, event: Event, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.viewer = event, viewer
        rooms = Room.objects.visible_to(viewer).filter(event=event)
        tracks = Track.objects.visible_to(viewer).filter(event=event)
        fields: dict[str, Any] = self.fields
        fields["room"].choices = [("", "–"), *((each.code, each.name) for each in rooms)]
        fields["track"].choices = [("", "–"), *((each.code, each.name) for each in tracks)]
        self.rooms, self.tracks = (
            {each.code: each for each in rooms},
            {each.code: each for each in tracks},
        )

    def clean_begins(self) -> Any:
        return in_zone(self.cleaned_data["begins"], self.event.zone, self.initial.get("begins"))

    def clean_links(self) -> list[dict[str, str]]:
        rows = [line.strip() for line in self.cleaned_data["links"].split("\n") if line.strip()]
        wrong = [row for row in rows if not safe_url(row)]
        if wrong:
            raise ValidationError(
                _("“%(link)s” is not a web address."), params={"link": wrong[0][:80]}
            )
        return [{"url": row, "title": row} for row in rows[:20]]

    def clean_speakers(self) -> list[dict[str, Any]]:
        rows = []
        for each in self.cleaned_data["speakers"].split("\n"):
            name, _comma, role = each.partition(",")
            if not name.strip():
                continue
            page = _PAGE.search(name)
            person = self._person(page[1]) if page else None
            if page and person is None:
                raise ValidationError(
                    _("Nobody whom you can see stands at “%(page)s”."), params={"page": page[0]}
                )
            rows.append({"person": person, "name": name.strip(), "role": role.strip()})
        return rows[:20]

    def _person(self, code: str) -> Person | None:
        people = Person.objects.visible_to(self.viewer)
        found: Person | None = people.filter(code=code, is_active=True).first()
        return found

    def facts(self) -> dict[str, Any]:
        """As `save_session` takes them; the speakers are put apart."""
        made = dict(self.cleaned_data)
        made["starts_at"] = made.pop("begins")
        made.pop("speakers")
        made["room"] = self.rooms.get(made["room"])
        made["track"] = self.tracks.get(made["track"])
        return made

    @classmethod
    def initial_of(cls, session: Session, speakers: list[Speaker]) -> dict[str, Any]:
        told = {
            name: getattr(session, name)
            for name in cls.base_fields
            if name not in {"begins", "room", "track", "speakers", "links"}
        }
        told["begins"] = session.starts_at.astimezone(session.event.tz)
        told["room"] = session.room.code if session.room else ""
        told["track"] = session.track.code if session.track else ""
        told["links"] = "\n".join(row["url"] for row in session.links)
        told["speakers"] = "\n".join(_line(each) for each in speakers)
        return told


def _line(speaker: Speaker) -> str:
    name = speaker.person.get_absolute_url() if speaker.person else speaker.name
    return f"{name}, {speaker.role}" if speaker.role else name


class PartForm(forms.Form):
    """A room or a track."""

    sort = forms.ChoiceField(choices=[("room", ""), ("track", "")], widget=forms.HiddenInput)
    name = LineField(label=_("Name"), max_length=120)
    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=100_000, required=False)


class PublishForm(forms.Form):
    note = LineField(
        label=_("What changed, in a sentence"),
        max_length=500,
        required=False,
        help_text=_("Readers see it beside the number of the version."),
    )


class ScheduleForm(forms.Form):
    file = forms.FileField(
        label=_("Schedule file"),
        help_text=_("XML or JSON as frab and pretalx write them, at most 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.json,application/xml,application/json"}),
    )

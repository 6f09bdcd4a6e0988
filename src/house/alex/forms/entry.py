"""The guided form, made of the kind's template.

It judges nothing: `content.tidy` cleans what was typed and `completeness.problems` says what is
missing, here shown beside the fields. So a form is always kept, whatever is wrong with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.audience import Audience
from house.access.candour import Candour
from house.alex.content import Content, is_empty
from house.alex.forms.rows import Rows
from house.alex.forms.word import from_word
from house.alex.kinds import KINDS, Field, Words
from house.alex.models import Outcome
from house.ground.html import paragraphs, to_text
from house.vocabulary.languages import LANGUAGES

_MARKUP = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|table|blockquote|br|strong|em|a|pre)\b[^>]*>", re.IGNORECASE
)
_STRUCTURE = re.compile(
    r"<(?:h[2-4]|ul|ol|table|blockquote|pre|hr|a|strong|em|sub|sup|code)\b", re.IGNORECASE
)
_LONG = {"text": 5, "list": 4}
_NEEDED = {"title", "summary", "topics", "audience", "candour"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form with its own heading. `is_done` when nothing in it is asked for any more."""

    anchor: str
    title: Words
    help: Words
    names: tuple[str, ...]
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What this writer may choose from."""

    cities: list[tuple[str, str]]
    circles: list[tuple[str, str]]
    seats: list[tuple[str, str]]
    people: list[tuple[str, str]]


OUTCOMES: list[tuple[str, Words]] = [
    (Outcome.WORKED, gettext_lazy("It worked")),
    (Outcome.MIXED, gettext_lazy("Some of it worked, some did not")),
    (Outcome.FAILED, gettext_lazy("It failed: other cities will thank you for this one")),
    (Outcome.TOO_EARLY, gettext_lazy("Too early to tell")),
    ("", gettext_lazy("It has no outcome of its own")),
]


def from_textarea(value: str) -> str:
    """HTML of what stands in a field: the editor's own, or paragraphs of plain lines."""
    return from_word(value) if _MARKUP.search(value) else paragraphs(value)


def for_textarea(html: str) -> str:
    """Plain lines where the text has paragraphs only, so that it reads well without the editor."""
    if _STRUCTURE.search(html):
        return html
    return to_text(html.replace("</p><p>", "</p><br><p>"))


class EntryForm(forms.Form):
    """Every field is optional here and named by its key, so that problems find their fields."""

    def __init__(
        self, kind: str, content: Content, choices: Choices, *, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=_initial(kind, content), label_suffix="")
        self.kind = KINDS[kind]
        self.kept = content
        self.choices = choices
        self.fields |= _common_fields() | _settings_fields(choices)
        for field in self.kind.fields:
            self.fields |= _kind_fields(field)
        if (
            kind == "case_study"
        ):  # a case without an outcome is not one yet: nothing is chosen beforehand
            self.fields["outcome"].widget.choices = OUTCOMES[:-1]  # type: ignore[attr-defined]
        self.use_required_attribute = False
        needed = {field.key for field in self.kind.fields if field.required} | _NEEDED
        for name in needed & self.fields.keys():
            self.fields[name].required = True
        self.rows = {
            sort: Rows(sort, data=data, kept=_kept_rows(sort, content), **more)
            for sort, more in self._row_sorts().items()
        }

    def _row_sorts(self) -> dict[str, dict[str, Any]]:
        sorts: dict[str, dict[str, Any]] = {
            "sources": {},
            "contacts": {"people": self.choices.people},
        }
        sorts |= {
            field.key: {} for field in self.kind.fields if field.type in {"clauses", "chapters"}
        }
        return sorts

    def raw(self) -> dict[str, Any]:
        """What was typed, in the shape that `tidy` takes; what this form did not ask stays as it was."""
        typed = {name: self[name].value() for name in self.fields}
        fields: dict[str, Any] = dict(self.kept["fields"])
        for field in self.kind.fields:
            if (value := self._kind_value(field, typed)) is not None:
                fields[field.key] = value
        made: dict[str, Any] = {
            key: typed[key] or ""
            for key in (
                "title", "summary", "language", "period_from", "period_until", "outcome", "outcome_why",
                "outcome_evidence", "licence", "audience", "circle", "city", "candour", "described_as",
                "owner_seat", "owner_role",
            )
        }  # fmt: skip
        made |= {"topics": typed["topics"] or [], "places": typed["places"] or "", "fields": fields}
        for sort in ("sources", "contacts"):
            if self.rows[sort].was_sent:
                made[sort] = self.rows[sort].values()
        return made

    def _kind_value(self, field: Field, typed: Mapping[str, Any]) -> Any:
        """None where this form doesn't ask: files and transcripts have a page of their own."""
        match field.type:
            case "rich":
                return from_textarea(typed[field.key] or "")
            case "link":
                return {"label": typed[f"{field.key}_label"], "url": typed[field.key]}
            case "clauses" | "chapters":
                rows = self.rows[field.key]
                return rows.values() if rows.was_sent else None
            case "media":
                file = self.kept["fields"].get(field.key, {}).get("attachment", "")
                return {"url": typed[field.key] or "", "attachment": file}
            case "transcript":
                return None
            case _:
                return typed[field.key]

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Tie each problem to its field, or to the form where rows have none of their own."""
        # Django's own checks are left out: the room's judge is `completeness`.
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for key, sentence in problems.items():
            self.add_error(key if key in self.fields else None, sentence)

    def sections(self) -> list[Section]:
        facts = tuple(name for field in self.kind.facts for name in _names(field))
        story = tuple(name for field in self.kind.sections for name in _names(field))
        rows = next((f.key for f in self.kind.fields if f.type in {"clauses", "chapters"}), "")
        made = [
            Section("first", _("In short"), _("A reader decides here whether to go on."),
                    ("title", "summary", "outcome", "outcome_why", "outcome_evidence")),
            Section("story", _("The story"), _("Write as you would tell a colleague from another city."),
                    story, rows if rows == "clauses" else ""),
            Section("facts", _("Key facts"), _("Leave empty what you don't know."),
                    facts, rows if rows == "chapters" else ""),
            Section("place", _("Where, when, about what"), _("This is how others find it."),
                    ("topics", "places", "period_from", "period_until", "language")),
            Section("proof", _("Sources"), _("Where could a sceptic look it up?"), ("licence",), "sources"),
            Section("readers", _("Who reads it, and how you are named"),
                    _("You can change both later. Curators check before anything is published."),
                    ("audience", "circle", "city", "candour", "described_as", "owner_seat", "owner_role"),
                    "contacts"),
        ]  # fmt: skip
        return [section for section in made if section.names or section.rows]


def done(form: EntryForm, problems: Mapping[str, str]) -> dict[str, bool]:
    """Which sections ask for nothing any more: the progress at the top of the page."""
    return {
        section.anchor: not any(name in problems for name in (*section.names, section.rows))
        for section in form.sections()
    }


def _names(field: Field) -> tuple[str, ...]:
    match field.type:
        case "link":
            return (field.key, f"{field.key}_label")
        case "clauses" | "chapters" | "transcript":
            return ()
        case _:
            return (field.key,)


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attrs})


def _line(label: Words, help_text: Words = "", **more: Any) -> forms.CharField:
    widget = more.pop("widget", None) or forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget, **more)


def _common_fields() -> dict[str, forms.Field]:
    languages = forms.Select(choices=list(LANGUAGES.items()))
    when = _("Such as 2019, 2019-04 or 2019-04-30.")
    return {
        "title": _line(_("Title"), _("What was tried, and where: “Night permits for home sharing”.")),
        "summary": _line(
            _("Summary"), _("Two or three sentences: what was done, and what came of it."), widget=_area(3)
        ),
        "outcome": _line(
            _("How did it go?"),
            _("Failures are as welcome as successes, and are credited in the same way."),
            widget=forms.RadioSelect(choices=OUTCOMES),
        ),
        "outcome_why": _line(_("Why did it come out so?"), widget=_area(3)),
        "outcome_evidence": _line(
            _("What proves it?"),
            _("A count, an evaluation, a ruling. Figures need a source."),
            widget=_area(2),
        ),
        "language": _line(_("Language of this text"), widget=languages),
        "topics": forms.MultipleChoiceField(
            label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
        ),
        "places": _line(_("Places"), _("Cities, districts or streets, one on each line."), widget=_area(2)),
        "period_from": _line(_("From"), when),
        "period_until": _line(_("Until"), _("Leave empty if it goes on.")),
        "licence": _line(_("Licence of this text"), _("Such as CC BY 4.0. Empty: ask before you copy.")),
    }  # fmt: skip


def _settings_fields(choices: Choices) -> dict[str, forms.Field]:
    return {
        "audience": _line(
            _("Who may read it?"), widget=forms.RadioSelect(choices=_audiences(choices))
        ),
        "circle": _line(_("Which circle?"), widget=forms.Select(choices=[("", "–"), *choices.circles])),
        "city": _line(
            _("Whose experience is it?"), widget=forms.Select(choices=[("", "–"), *choices.cities])
        ),
        "candour": _line(
            _("How are you named?"),
            _("Apart from who may read it: a failure can be told to all and signed by none."),
            widget=forms.RadioSelect(choices=Candour.choices),
        ),
        "described_as": _line(
            _("Describe your city"),
            _("Such as “a mid-size European port city”. At least three partner cities must fit."),
            max_length=None,
        ),
        "owner_seat": _line(
            _("Which role stands for it?"),
            _("When a colleague takes over the role, the entry goes with it."),
            widget=forms.Select(choices=[("", "–"), *choices.seats]),
        ),
        "owner_role": _line(_("The role in words"), _("Such as “Policy adviser, housing”.")),
    }  # fmt: skip


def _audiences(choices: Choices) -> list[tuple[str, Words]]:
    told: dict[str, Words] = {
        Audience.PUBLIC: _("Everyone on the internet"),
        Audience.ALLIANCE: _("All partner cities"),
        Audience.CITY: _("Only colleagues of my city"),
        Audience.CIRCLE: _("A circle of people or cities"),
        Audience.PRIVATE: _("Only me, for now"),
    }
    return [
        (value, label)
        for value, label in told.items()
        if value != Audience.CIRCLE or choices.circles
    ]


def _kind_fields(field: Field) -> dict[str, forms.Field]:
    help_text = field.help
    match field.type:
        case "rich":
            return {
                field.key: _line(field.label, help_text, widget=_area(8, **{"data-editor": ""}))
            }
        case "text" | "list":
            return {field.key: _line(field.label, help_text, widget=_area(_LONG[field.type]))}
        case "choice":
            picker = forms.Select(choices=[("", "–"), *field.choices])
            return {field.key: _line(field.label, help_text, widget=picker)}
        case "link":
            return {
                field.key: _line(field.label, help_text, widget=_address()),
                f"{field.key}_label": _line(_("What the link says")),
            }
        case "media":
            help_text = _("A link; or add a sound or film file on the page of files.")
            return {field.key: _line(field.label, help_text, widget=_address())}
        case "url":
            return {field.key: _line(field.label, help_text, widget=_address())}
        case "clauses" | "chapters" | "transcript":
            return {}
        case _:
            return {field.key: _line(field.label, help_text)}


def _address() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})


def _kept_rows(sort: str, content: Content) -> list[dict[str, Any]]:
    rows = content[sort] if sort in {"sources", "contacts"} else content["fields"].get(sort, [])
    return [{**row, "start": _clock(row["start"])} if "start" in row else row for row in rows]


def _clock(start: Any) -> str:
    """Seconds as people write them; what was no time stays as typed."""
    if not isinstance(start, int | float):
        return str(start)
    minutes, seconds = divmod(int(start), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _initial(kind: str, content: Content) -> dict[str, Any]:
    made = {key: value for key, value in content.items() if key not in {"fields", "sections"}}
    made["places"] = "\n".join(content["places"])
    for field in KINDS[kind].fields:
        value = content["fields"].get(field.key)
        if is_empty(value):
            continue
        match field.type:
            case "rich":
                made[field.key] = for_textarea(value)
            case "list":
                made[field.key] = "\n".join(value)
            case "link":
                made[field.key] = value["url"]
                made[f"{field.key}_label"] = value["label"]
            case "media":
                made[field.key] = value.get("url", "")
            case _:
                made[field.key] = value
    return made

"""What the pattern book shows. Sentences of our own; nothing here is a record."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour, credit
from house.vocabulary.models import City

Words = str | Promise


class SampleForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), help_text=_("Say what was done and where."), max_length=120
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[("worked", _("It worked")), ("mixed", _("Partly")), ("failed", _("It failed"))],
    )
    city = forms.ChoiceField(
        label=_("City"), choices=[("ghe", "Ghent"), ("mal", "Malmö")], required=False
    )
    story = forms.CharField(label=_("What happened"), widget=forms.Textarea, required=False)
    told = forms.BooleanField(
        label=_("Tell my colleagues"), required=False, help_text=_("One mail, no more.")
    )


def _city() -> City:
    return City(
        code="zzz", slug="gothenburg", name="Gothenburg", country="SE", country_name="Sweden",
        latitude=57.71, longitude=11.97, terrain=["harbour", "river", "hills"],
    )  # fmt: skip


def _step(when: str, title: Words, text: Words = "", *, done: bool = False) -> dict[str, Any]:
    return {"when": when, "title": title, "text": text, "done": done}


def pattern_samples() -> dict[str, Any]:
    """Full, refused and empty states of every component."""
    refused = SampleForm(
        {"title": "", "outcome": "failed", "city": "ghe", "story": "The lockers stayed empty."}
    )
    refused.is_valid()
    return {
        "form": SampleForm(auto_id="fine_%s"),
        "refused": refused,
        "city": _city(),
        "themes": [("light", _("Light")), ("dark", _("Dark"))],
        "page": Paginator(range(190), 20).page(4),
        "today": datetime.date(2024, 3, 12),
        "credits": [
            credit(
                candour, person="Maja Lind", role=str(_("Housing department")), city="Malmö",
                city_slug="malmo", described=str(_("A mid-size European port city")),
            )
            for candour in Candour.values
        ],
        "outcomes": ["worked", "mixed", "failed", "too_early"],
        "kinds": ["case_study", "policy", "research", "technology", "recording"],
        "audiences": ["public", "alliance", "city", "circle", "private"],
        "choices": [
            ("mobility", _("Shared mobility"), 12, True),
            ("housing", _("Housing"), 7, False),
            ("work", _("Platform work"), 3, False),
        ],
        "trail": [("/", _("Home")), ("#", _("Cities"))],
        "tabs": [
            ("#", _("Entry"), True, None),
            ("#", _("Versions"), False, 4),
            ("#", _("Talk"), False, 2),
        ],
        "steps": [
            _step("March 2021", _("Understood"), _("Read by the mobility team."), done=True),
            _step("May 2022", _("Adapted"), _("Half the racks, twice the repair."), done=True),
            _step("May 2023", _("Results after 12 months")),
        ],
        "nodes": [
            {"title": "Gothenburg", "text": "2019", "outcome": "worked", "children": [
                {"title": "Norwich", "text": _("adapted 2021"), "outcome": "mixed", "children": [],
                 "note": _("Half the racks, twice the repair."),
                 "results": [{"when": _("After 6 months"), "outcome": "worked", "text": ""},
                             {"when": _("After 12 months"), "outcome": "mixed",
                              "text": _("The winter was long.")}]},
                {"title": "Ghent", "text": _("re-uses since 2022"), "outcome": "worked", "children": [
                    {"title": "Cape Town", "text": _("understood 2023"), "outcome": "", "children": []}]},
            ]},
        ],
        "facts": [
            {"label": _("Population"), "value": "583 056", "source": "Statistics Sweden, 2020", "href": "https://www.scb.se/"},
            {"label": _("Time there now"), "value": "14:02", "source": "", "href": ""},
        ],
        "recording": {
            "chapters": [
                {"start": 0, "title": _("Why we counted")},
                {"start": 12.5, "title": _("What we found")},
            ],
            "transcript": {"language": "en", "cues": [
                {"start": 0, "end": 6, "speaker": "Maja Lind",
                 "text": "We counted the bicycles before the winter."},
                {"start": 12.5, "end": 18, "speaker": "Femke Claes",
                 "text": "Half of them were gone by March."},
            ]},
        },
        "head": [_("City"), _("Bicycles"), _("Since")],
        "rows": [("Seoul", "37 500", "2015"), ("Norwich", "610", "2020")],
        "sections": [
            ("challenge", _("The challenge")),
            ("approach", _("What we did")),
            ("outcome", _("What came of it")),
        ],
    }  # fmt: skip

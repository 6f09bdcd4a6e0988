from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.importing.mapping import FIELDS
from house.atlas.initiatives.importing.placing import LEAVE_OUT, Options
from house.atlas.initiatives.importing.planning import Plan
from house.atlas.initiatives.importing.reading import ENCODINGS
from house.atlas.initiatives.importing.tables import FILE_BYTES, MEGABYTE
from house.atlas.initiatives.models import Layer
from house.vocabulary.languages import LANGUAGES


class LayerForm(forms.ModelForm):
    """A file and the layer that it belongs to: one that is here, or a new one with its terms."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "GeoJSON, KML, OpenStreetMap XML, CSV, TSV, a list in JSON, or an answer of OpenFairDB; up to "
            "20 MB."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".geojson,.json,.kml,.osm,.xml,.csv,.tsv,.txt"}
        ),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    layer = forms.ModelChoiceField(
        label=_("Layer"),
        queryset=Layer.objects.none(),  # every row: filled in below, through the door
        required=False,
        empty_label=_("A new one, described below"),
    )

    licence_url = forms.URLField(
        label=_("Address of the licence"), max_length=300, required=False, assume_scheme="https"
    )
    source_url = forms.URLField(
        label=_("Where it comes from"), max_length=400, required=False, assume_scheme="https"
    )

    class Meta:
        model = Layer
        fields = ["title", "licence", "licence_url", "attribution", "source_url", "dated"]
        widgets = {"dated": forms.DateInput(attrs={"type": "date"})}
        help_texts = {
            "licence": _(
                "Such as ODbL 1.0, CC BY-SA 4.0 or CC0 1.0. Without one we may not show it."
            ),
            "attribution": _("Whom readers must see named, such as © OpenStreetMap contributors."),
        }

    field_order = [
        "file",
        "layer",
        "title",
        "licence",
        "licence_url",
        "attribution",
        "source_url",
        "dated",
    ]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layers = Layer.objects.visible_to(viewer)
        self.fields["layer"].queryset = layers  # type: ignore[attr-defined]
        for name, why in (
            ("title", _("Say what the data set is called.")),
            ("licence", _("Say under which licence it may be shown.")),
            ("attribution", _("Say whom to name as its source.")),
        ):  # of a new layer
            self.fields[name].required = not self.data.get("layer")
            self.fields[name].error_messages["required"] = why

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s MB. Import it in parts."),
                params={"limit": FILE_BYTES // MEGABYTE},
            )
        return file

    def _post_clean(self) -> None:
        """The new layer's own checks count only where there is a new layer."""
        if not self.cleaned_data.get("layer"):
            super()._post_clean()  # type: ignore[misc]

    def layer_of(self) -> Layer:
        return self.cleaned_data["layer"] or self.instance


class MappingForm(forms.Form):
    """How the file is read: each of our fields and the column that gives it, each word and its kind."""

    encoding = forms.ChoiceField(label=_("Letters of the file"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of what no word tells"),
        required=False,
        help_text=_("Empty: such rows stay out, and are listed."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    publishes_contact = forms.BooleanField(
        label=_(
            "The source publishes e-mail addresses and telephones so that people may use them."
        ),
        required=False,
        help_text=_("Otherwise they are kept for curators and never shown."),
    )
    names_missing = forms.BooleanField(
        label=_("Call what has no name after its kind and street"), required=False
    )
    hides_gone = forms.BooleanField(
        label=_("Take off the map what this file no longer holds"),
        required=False,
        help_text=_("Only where the file is the whole layer. They are hidden, not deleted."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        options = plan.options
        initial = {name: getattr(options, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.plan = plan
        if not plan.gone:
            del self.fields["hides_gone"]
        kinds = taxonomy.choices()
        self.fields["encoding"].choices = [  # type: ignore[attr-defined]
            ("", _("As we recognise it: %(name)s") % {"name": plan.encoding}),
            *((name, name) for name in ENCODINGS),
        ]
        self.fields["kind"].choices = [("", _("None: leave it out")), *kinds]  # type: ignore[attr-defined]
        columns = [("", _("Not in the file")), *((name, name) for name in plan.columns)]
        for name, (label, _names) in FIELDS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=label, choices=columns, required=False, initial=options.columns.get(name, "")
            )
        choices = [("", _("As we recognise it")), (LEAVE_OUT, _("Leave these out")), *kinds]
        for number, (word, _count, _kind) in enumerate(plan.words):
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=word or _("no word"),
                choices=choices,
                required=False,
                initial=options.kinds.get(word, ""),
            )

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in FIELDS]

    def words(self) -> list[tuple[str, int, str, forms.BoundField]]:
        """(word of the file, how many rows, our guess, the choice)."""
        return [
            (word, count, taxonomy.label_of(kind) if kind else "", self[f"word_{number}"])
            for number, (word, count, kind) in enumerate(self.plan.words)
        ]

    def general(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields if name in self.fields]

    def options(self) -> Options:
        said = self.cleaned_data
        return Options(
            columns={name: said[f"column_{name}"] for name in FIELDS if said[f"column_{name}"]},
            kinds={
                word: said[f"word_{number}"]
                for number, (word, _count, _kind) in enumerate(self.plan.words)
                if said[f"word_{number}"]
            },
            **{name: said[name] for name in self.base_fields if name in said},
        )

"""What a writer sees beside her text before she publishes it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from house.access.candour import Candour, K, names_city
from house.access.viewer import Viewer
from house.agora.actions import steps
from house.agora.asking import Known, known_about
from house.agora.forms import PostForm
from house.agora.hiding import Trace, traces_in
from house.agora.routing.proposing import propose
from house.agora.routing.reading import Asking
from house.ground.text import clean
from house.partners.anonymity import Fit, blurred, fit_of

ENOUGH_TO_ASK = 40  # characters


@dataclass(frozen=True, slots=True)
class Look:
    """`fit` and `offered` only where a description hides the city; `peers` as routing proposes them."""

    known: list[Known] = field(default_factory=list)
    peers: list[Any] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    fit: Fit | None = None
    offered: str = ""
    needed: int = K

    @property
    def is_wide(self) -> bool:
        return self.fit is None or self.fit.cities >= K


def look(request: HttpRequest, form: PostForm) -> Look:
    """Of a form as it stands, whole or not."""
    viewer: Viewer = request.viewer
    told = {
        name: clean(str(form[name].value() or ""))
        for name in ("title", "body", "candour", "language")
    }
    text = f"{told['title']}\n{told['body']}".strip()
    if not text:
        return Look()
    known, peers = known_about(text, viewer), _peers(form, told, viewer)
    if names_city(told["candour"]) or told["candour"] not in Candour.values:
        return Look(known=known, peers=peers)
    person = steps.writer(viewer)
    city = steps.city_of(person, viewer)
    if city is None:
        return Look(known=known, peers=peers)
    traces = traces_in(text, author=person, city=city, language=told["language"])
    if told["candour"] != Candour.DESCRIBED:
        return Look(known=known, peers=peers, traces=traces)
    described = str(form["described_as"].value() or "")
    fit = fit_of(described)
    if traces_in(described, author=person, city=city):
        fit = Fit(1, fit.of)
    fit = fit if described else None
    return Look(known=known, peers=peers, traces=traces, fit=fit, offered=blurred(city))


def _peers(form: PostForm, told: dict[str, str], viewer: Viewer) -> list[Any]:
    """Who would be asked; as if she hid her city while it is not clear how she is named."""
    text = f"{told['title']}\n{told['body']}".strip()
    if len(text) < ENOUGH_TO_ASK or not viewer.can("agora.write"):
        return []
    candour = told["candour"] if told["candour"] in Candour.values else Candour.SEALED
    topics = frozenset(form["topics"].value() or ())
    return propose(Asking(text, told["language"] or "en", candour, topics), viewer=viewer)

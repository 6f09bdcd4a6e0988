"""What is being typed: kept as it is typed, and put back into its form."""

from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_POST

from house.access.routes import route
from house.access.viewer import Viewer
from house.agora import actions
from house.agora.models import Unsent
from house.agora.views.rescue import led_to_sign_in
from house.ground.drafts import take
from house.ground.text import one_line

_NAMES = (
    "kind",
    "title",
    "body",
    "topics",
    "language",
    "audience",
    "circle",
    "candour",
    "described_as",
)


def unsent(place: str, viewer: Viewer) -> dict[str, Any]:
    """What she typed there last, as initial values of its form."""
    if viewer.person_id is None:
        return {}
    kept = Unsent.objects.visible_to(viewer).filter(place=place).first()
    content = dict(kept.content) if kept else {}
    if "topics" in content:
        content["topics"] = [each for each in content["topics"].split(",") if each]
    return content


def sent(request: HttpRequest, place: str) -> None:
    """It stands in the house now: neither the house nor the browser keeps it beside."""
    actions.forget_unsent(place, by=request.viewer)
    take(request, f"agora-{place}")


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def unsent_keep(request: HttpRequest) -> JsonResponse:
    """Keeps what is being typed, whatever is wrong with it; answers with the hour."""
    actions.keep_unsent(
        one_line(request.POST.get("place", "")), typed(request.POST), by=request.viewer
    )
    return JsonResponse({"saved": time_format(timezone.localtime(), "H:i")})


def typed(data: QueryDict) -> dict[str, str]:
    kept = {name: data.get(name, "") for name in _NAMES if name in data}
    if "topics" in kept:
        kept["topics"] = ",".join(data.getlist("topics"))
    return kept

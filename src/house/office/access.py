from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from house.access.viewer import Viewer


def at_the_desk(viewer: Viewer) -> bool:
    """The office and the curators; others don't learn that there is a desk."""
    return viewer.is_office or viewer.is_curator


def desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not at_the_desk(request.viewer):  # type: ignore[attr-defined]
            raise Http404
        return view(request, *args, **kwargs)

    return guarded

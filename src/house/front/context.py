from typing import Any

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page reads."""
    return {"viewer": request.viewer}  # type: ignore[attr-defined]

from django.http import HttpRequest

from house.ground.limits import address_of


def caller(request: HttpRequest) -> str:
    """Whose uses are counted together: a person's wherever she is, else those of one address."""
    viewer = request.viewer  # type: ignore[attr-defined]  # set by the viewer middleware
    return address_of(request) if viewer.person_id is None else f"person:{viewer.person_id}"

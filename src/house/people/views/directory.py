from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.ground.htmx import render_part
from house.ground.limits import spend
from house.people.directory import look_up
from house.people.forms import DirectoryForm

LABELS = {
    "city": _("City"),
    "country": _("Country"),
    "topic": _("Topic"),
    "language": _("Language"),
}
A_MINUTE = 120  # typing asks with every pause; a machine that copies the list asks more


@require_safe
@route("people.directory")
def person_list(request: HttpRequest) -> HttpResponse:
    """The list, its filters and their numbers; the same address gives htmx the results alone."""
    spend("directory", str(request.viewer.person_id), limit=A_MINUTE)
    form = DirectoryForm(request.GET)
    asked = form.asked()
    found = look_up(asked, request.viewer, page=form.number)
    context = {
        "asked": asked,
        "found": found,
        "facets": [(facet, LABELS[facet.name]) for facet in found.facets],
        "is_listed": request.user.is_listed,
    }
    return render_part(request, "people/person_list.html", context, part="results")

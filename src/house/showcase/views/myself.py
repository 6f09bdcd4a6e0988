"""What the public may see of me: nothing, until I say so."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.routes import SIGNED_IN, route
from house.ground.errors import Forbidden, Refused
from house.people.models import Person
from house.showcase import actions
from house.showcase.forms import FaceForm
from house.showcase.models import Contact, Face
from house.showcase.views.making import contacts_waiting


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    person = cast("Person", request.user)
    face = Face.objects.visible_to(request.viewer).filter(person=person).first()
    form = FaceForm(
        request.POST or None,
        initial={"agrees": bool(face), "words": face.words if face else ""},
    )
    if request.method == "POST" and form.is_valid() and _keep(request, person, form):
        return redirect("showcase:me")
    context = {
        "form": form,
        "face": face,
        "person": person,
        "city": person.city,
        "contacts": contacts_waiting(request),
    }
    return render(request, "showcase/me.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, person: Person, form: FaceForm) -> bool:
    try:
        if form.cleaned_data["agrees"]:
            actions.show_face(person, by=request.viewer, words=form.cleaned_data["words"])
            messages.success(request, _("Your city's page shows you to everybody now."))
        else:
            actions.hide_face(person, by=request.viewer)
            messages.success(request, _("The public sees nothing of you."))
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error("agrees", refused.message)
        return False
    return True


@require_POST
@route(SIGNED_IN)
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Agree to be named beside a showcase, or not, or no more."""
    asked = get_object_or_404(Contact.objects.visible_to(request.viewer), code=code)
    if request.POST.get("answer") == "yes":
        actions.agree_as_contact(
            asked, by=request.viewer, shows_address=bool(request.POST.get("shows_address"))
        )
    else:
        actions.refuse_as_contact(asked, by=request.viewer)
    return redirect("showcase:me")

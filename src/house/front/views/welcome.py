"""A person's first weeks. A guide, not a cage: everything in it stands elsewhere too."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import SIGNED_IN, route
from house.front.first_steps import KINDS, Kind, Step, first_reading, way_of
from house.partners.actions import welcome as verbs
from house.partners.forms.welcome import topics_by_field
from house.people.forms import ProfileForm
from house.people.models import Person


class StepForm(ProfileForm):
    """Some fields of the profile; the others are not touched."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(kind.fields):
            del self.fields[name]
        if "topics" in self.fields:
            self.fields["topics"] = forms.MultipleChoiceField(
                label=_("Topics you follow"), choices=topics_by_field()
            )
            self.initial["topics"] = list(self.instance.topics.values_list("pk", flat=True))
        for name in self.fields:
            self.fields[name].required = True


@require_safe
@route(SIGNED_IN)
def welcome(request: HttpRequest) -> HttpResponse:
    """All steps at a glance."""
    return render(request, "front/welcome.html", {"way": way_of(_person(request), request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def welcome_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step: what it asks of the profile, or where it leads."""
    person = _person(request)
    way = way_of(person, request.viewer)
    here = next((each for each in way.steps if each.kind.name == step.replace("-", "_")), None)
    if here is None:
        raise Http404
    form = None
    if here.kind.fields:
        form = StepForm(request.POST or None, instance=person, kind=here.kind)
        if request.method == "POST" and form.is_valid():
            form.save()
            verbs.take_step(here.kind.name, by=request.viewer, outcome="done")
            return _onward(request)
        # A refused form has put its values on the instance; the frame must show the kept ones.
        person.refresh_from_db()
    context = {
        "way": way,
        "step": here,
        "number": way.steps.index(here) + 1,
        "form": form,
        "entries": first_reading(person, request.viewer) if step == "read" else [],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "front/welcome_step.html", context, status=status)


@require_POST
@route(SIGNED_IN)
def welcome_act(request: HttpRequest) -> HttpResponse:
    """Say that a step is done, leave it for later, take it up; put the guide away, bring it back."""
    act, _colon, name = request.POST.get("act", "").partition(":")
    if act in {"away", "back"}:
        verbs.put_guide_away(by=request.viewer, is_away=act == "away")
        if act == "away":
            messages.success(request, _("Put away. You find it in your menu whenever you want it."))
            return redirect("front:home")
        return redirect("front:welcome")
    verbs.take_step(name, by=request.viewer, outcome=act)
    if act == "open":
        return redirect(Step(KINDS[name], "open").url)
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    """To the next open step, or to the overview when none is left."""
    following = way_of(_person(request), request.viewer).next
    return redirect(following.url if following else "front:welcome")


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)

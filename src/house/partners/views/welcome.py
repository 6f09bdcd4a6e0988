"""The first weeks of a city: what it is interested in, struggles with and is good at. A guide, not a cage."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import may
from house.access.routes import route
from house.ground.errors import Refused
from house.partners.actions import welcome as verbs
from house.partners.forms.welcome import CityProfileForm
from house.partners.models import CityProfile
from house.partners.views.cities import address, city_asked_for, frame
from house.vocabulary.models import City, Topic

_LABELS = {
    "topics": gettext_lazy("Interests"),
    "challenges": gettext_lazy("Challenges"),
    "strengths": gettext_lazy("Strengths"),
    "languages": gettext_lazy("Languages"),
}


@require_safe
@route("partnership.read", also="office.partnerships")
def welcome(request: HttpRequest) -> HttpResponse:
    """What the city says of itself; for who may change it, at once as a form."""
    city = city_asked_for(request)
    profile = verbs.profile_of(city)
    return _page(request, city, profile, CityProfileForm(instance=profile, initial=_now(profile)))


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def welcome_edit(request: HttpRequest) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    profile = verbs.profile_of(city)
    if request.method != "POST":
        return _page(
            request, city, profile, CityProfileForm(instance=profile, initial=_now(profile))
        )
    form = CityProfileForm(request.POST, instance=verbs.profile_of(city))
    if not form.is_valid():
        return _page(request, city, profile, form, status=422)
    wanted = form.cleaned_data
    seen = wanted.pop("version")
    chosen = Topic.objects.visible_to(request.viewer).filter(pk__in=wanted.pop("topics"))
    try:
        verbs.save_profile(city, by=request.viewer, seen=seen, topics=chosen, **wanted)
    except verbs.ChangedMeanwhile as problem:
        typed = request.POST.copy()
        typed["version"] = str(profile.version)
        form = CityProfileForm(typed, instance=verbs.profile_of(city))
        return _page(request, city, profile, form, status=409, problem=problem)
    messages.success(request, _("Saved. It stands on the page of your city."))
    return redirect(address("partners:welcome", city))


def _now(profile: CityProfile) -> dict[str, Any]:
    topics = (
        profile.topics.values_list("pk", flat=True) if profile.version or profile.begun_at else []
    )
    return {"version": profile.version, "topics": list(topics)}


def _page(
    request: HttpRequest,
    city: City,
    profile: CityProfile,
    form: CityProfileForm,
    *,
    status: int = 200,
    problem: Refused | None = None,
) -> HttpResponse:
    topics = list(profile.topics.all())
    told = {
        "topics": bool(topics or profile.interests),
        "challenges": bool(profile.challenges),
        "strengths": bool(profile.strengths),
        "languages": bool(profile.languages),
    }
    parts = [
        {"name": name, "label": _LABELS[name], "done": told[name], "later": name in profile.skipped}
        for name in verbs.PARTS
    ]
    context = {
        **frame(request, city),
        "profile": profile,
        "topics": topics,
        "form": form,
        "problem": problem,
        "parts": parts,
        "done": sum(told.values()),
        "left": [part for part in parts if not part["done"] and not part["later"]],
        "may_edit": may(request.viewer, "edit", profile),
        "edit_url": address("partners:welcome_edit", city),
        "guide_url": address("partners:welcome_guide", city),
    }
    return render(request, "partners/welcome.html", context, status=status)


@require_POST
@route("partnership.manage", also="office.partnerships")
def welcome_guide(request: HttpRequest) -> HttpResponse:
    """Leave a part for later, take it up again, put the guide away or bring it back."""
    city = city_asked_for(request, managing=True)
    act, _colon, part = request.POST.get("act", "").partition(":")
    match act:
        case "later" | "now":
            verbs.leave_part(city, part, by=request.viewer, for_later=act == "later")
        case "away" | "back":
            verbs.put_away(city, by=request.viewer, is_away=act == "away")
        case _:
            raise Refused(_("The guide does not know this."))
    return redirect(address("partners:welcome", city))

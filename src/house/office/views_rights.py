"""The table of rights at the desk: what rules, comes and was; a new version, seen before it is laid."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.office.forms_rights import TableForm, WithdrawForm, typed
from house.partners.actions import rights as actions
from house.partners.models import Benefit, RightException, Table
from house.partners.sheets import sheet_of, told_difference, told_names
from house.partners.versions import Contents, contents_of, difference, effects, numbered, table_at
from house.people.models import Person
from house.people.sudo import fresh_sign_in


@require_safe
@route("office.rights")
def rights(request: HttpRequest) -> HttpResponse:
    """What rules now, as people read it; every version that was ever laid; how many exceptions stand."""
    ruling = table_at()
    context = {
        "ruling": ruling,
        "sheet": sheet_of(contents_of(ruling), _benefits(request.viewer)),
        "versions": _versions(ruling),
        "exceptions": RightException.objects.visible_to(request.viewer).in_force().count(),
    }
    return render(request, "office/rights.html", context)


@require_safe
@route("office.rights")
def rights_version(request: HttpRequest, number: int) -> HttpResponse:
    ruling = table_at()
    versions = _versions(ruling)
    version = next((each for each in versions if each["number"] == number), None)
    if version is None:
        raise Http404
    contents = contents_of(version["table"])
    context = {
        "version": version,
        "sheet": sheet_of(contents, _benefits(request.viewer)),
        "told": _told(request.viewer, contents_of(ruling), contents),
        "ruling_number": next((each["number"] for each in versions if each["is_ruling"]), None),
    }
    return render(request, "office/rights_version.html", context)


@require_safe
@route("office.rights")
def rights_compare(request: HttpRequest) -> HttpResponse:
    """Any two versions, the older first."""
    versions = _versions(table_at())
    by_number = {str(each["number"]): each for each in versions}
    old, new = (by_number.get(request.GET.get(name, "")) for name in ("old", "new"))
    told = None
    if old and new:
        sides = (contents_of(old["table"]), contents_of(new["table"]))
        told = _told(request.viewer, *sides)
    context = {"versions": versions, "old": old, "new": new, "told": told}
    return render(request, "office/rights_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("office.rights")
def rights_edit(request: HttpRequest) -> HttpResponse:
    """The grid, begun from a version; a POST shows what would come of it, and writes nothing."""
    if request.method != "POST":
        return _edit(request, _begun(request))
    form = TableForm(request.POST, viewer=request.viewer)
    if request.POST.get("act") == "again":
        form.is_valid()
        return _edit(request, form)
    if not form.is_valid():
        return _edit(request, form, status=422)
    return _preview(request, form)


def _begun(request: HttpRequest) -> TableForm:
    """From the version that was chosen, else from the one in force."""
    chosen = request.GET.get("from", "")
    found = [table for number, table in numbered() if str(number) == chosen]
    contents = contents_of(found[0] if found else table_at())
    initial = TableForm.filled(contents, _benefits(request.viewer))
    if found and "back" in request.GET:
        initial["note"] = _("Back to version %(number)s") % {"number": chosen}
    initial["known"] = actions.state_of_versions()
    return TableForm(initial=initial, viewer=request.viewer)


def _edit(request: HttpRequest, form: TableForm, *, status: int = 200) -> HttpResponse:
    return render(request, "office/rights_edit.html", {"form": form}, status=status)


def _preview(
    request: HttpRequest, form: TableForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    moment = form.cleaned_data["effective_from"] or timezone.now()
    old, new = contents_of(table_at(moment)), form.contents()
    known = form.cleaned_data["known"]
    if refusal:  # she sees now what was changed meanwhile, and may lay hers knowingly
        known = actions.state_of_versions()
    coming = [
        (number, table)
        for number, table in numbered()
        if table.withdrawn_at is None and table.effective_from > moment
    ]
    context = {
        "form": form,
        "typed": typed(request.POST),
        "known": known,
        "moment": form.cleaned_data["effective_from"],
        "told": _told(request.viewer, old, new),
        "effects": _effects(request.viewer, old, new, moment),
        "refusal": refusal,
        "has_changed": known != actions.state_of_versions(),
        "versions": _versions(table_at()),
        "next": min(coming, key=lambda each: each[1].effective_from) if coming else None,
    }
    return render(request, "office/rights_preview.html", context, status=status)


@require_POST
@fresh_sign_in
@route("office.rights")
def rights_lay(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST, viewer=request.viewer)
    if not form.is_valid():
        return _edit(request, form, status=422)
    try:
        table = actions.lay_table(
            form.contents(),
            effective_from=form.cleaned_data["effective_from"],
            note=form.cleaned_data["note"],
            known=form.cleaned_data["known"],
            by=request.viewer,
        )
    except Refused as refused:
        if refused.code == "forbidden":
            raise
        told = f"{refused.message} {refused.remedy}".strip()
        return _preview(request, form, refusal=told, status=refused.status)
    if table.effective_from <= timezone.now():
        messages.success(request, _("Laid. It rules from this moment."))
    else:
        messages.success(request, _("Laid. Until its moment it can be withdrawn."))
    return redirect("office:rights")


@require_http_methods(["GET", "HEAD", "POST"])
@route("office.rights")
def rights_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    version = next((each for each in _versions(table_at()) if each["number"] == number), None)
    if version is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_table(
            version["table"], reason=form.cleaned_data["reason"], by=request.viewer
        )
        messages.success(request, _("Withdrawn. What ruled before goes on."))
        return redirect("office:rights")
    context = {"form": form, "version": version}
    status = 422 if request.method == "POST" else 200
    return render(request, "office/rights_withdraw.html", context, status=status)


# -- What the pages are told ---------------------------------------------------------------------


def _benefits(viewer: Viewer) -> list[Benefit]:
    return list(Benefit.objects.visible_to(viewer))


def _versions(ruling: Table | None) -> list[dict[str, Any]]:
    """Newest first, each with its number, its state in a word and what may be done with it."""
    now = timezone.now()
    made = []
    for number, table in reversed(numbered()):
        is_ruling = ruling is not None and table.pk == ruling.pk
        if table.withdrawn_at is not None:
            state = _("withdrawn")
        elif is_ruling:
            state = _("in force")
        else:
            state = _("coming") if table.effective_from > now else _("past")
        made.append(
            {
                "number": number,
                "table": table,
                "state": state,
                "is_ruling": is_ruling,
                "is_coming": table.withdrawn_at is None and table.effective_from > now,
                "url": reverse("office:rights_version", args=[number]),
            }
        )
    return made


def _told(viewer: Viewer, old: Contents, new: Contents) -> dict[str, Any]:
    return told_difference(difference(old, new), _benefits(viewer))


def _effects(viewer: Viewer, old: Contents, new: Contents, moment: Any) -> list[dict[str, Any]]:
    """Per capability who gains and loses it, by city; names only of persons whom the viewer may see."""
    found = effects(old, new, on=moment.date())
    touched = {each.person.pk for effect in found for each in (*effect.gain, *effect.lose)}
    seen = set(
        Person.objects.visible_to(viewer).filter(pk__in=touched).values_list("pk", flat=True)
    )
    made = []
    for effect in found:
        for sign, holders, cities in (
            ("+", effect.gain, effect.cities_gaining),
            ("−", effect.lose, effect.cities_losing),
        ):
            by_city: dict[str, list[str]] = defaultdict(list)
            for holder in holders:
                city = holder.person.city.label() if holder.person.city else _("The foundation")
                if holder.person.pk in seen:
                    by_city[city].append(holder.person.name)
            if holders:
                made.append(
                    {
                        "told": told_names([effect.capability])[0],
                        "gains": sign == "+",
                        "persons": len(holders),
                        "cities": cities,
                        "by_city": sorted(by_city.items()),
                    }
                )
    return made

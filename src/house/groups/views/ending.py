"""How a group ends: with a result, or with what it learned."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow
from house.access.routes import route
from house.ground.errors import Refused
from house.groups import actions
from house.groups.forms import CloseForm, EndForm
from house.groups.views.frame import frame, group_or_404, tie


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_end(request: HttpRequest, code: str) -> HttpResponse:
    """With a result: told to the alliance, offered to ALEX."""
    found = group_or_404(request, code)
    allow(request.viewer, "lead", found)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_group(found, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(
                request,
                _("The result stands here, and is offered to ALEX once those who wrote it agree."),
            )
            return redirect(found)
    context = {**frame(request, found, "group"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/group_end.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", also="agora.moderate")
def group_close(request: HttpRequest, code: str) -> HttpResponse:
    """Without a result, but not without what was learned."""
    found = group_or_404(request, code)
    allow(request.viewer, "close", found)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_group(found, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            tie(form, refused, "learned")
        else:
            messages.success(request, _("Closed. What you learned is there for the next who try."))
            return redirect(found)
    context = {**frame(request, found, "group"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/group_close.html", context, status=status)

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.ground.errors import TooMany
from house.people import contact
from house.people.cards import card_of
from house.people.forms import MessageForm
from house.people.models import ContactMessage, Mute, Person
from house.people.sudo import led_to_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@route("people.directory", stranger=led_to_sign_in)
def write(request: HttpRequest, code: str) -> HttpResponse:
    """A refused message comes back whole, whatever refused it."""
    viewer = request.viewer
    receiver = get_object_or_404(
        Person.objects.visible_to(viewer).select_related("city"), code=code
    )
    allow(viewer, "write", receiver)
    form = MessageForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            sent = contact.write_to(receiver, **form.cleaned_data, by=viewer)
        except TooMany as problem:
            form.add_error(None, f"{problem.message} {problem.remedy}")
            status = problem.status
        else:
            toasts.success(request, _("Handed over. The house carries it; your copy is here."))
            return redirect("people:message", sent.code)
    context = {"card": card_of(receiver, viewer), "form": form, "address": request.user.email}
    return render(request, "people/write.html", context, status=status)


@require_safe
@route(SIGNED_IN)
def messages(request: HttpRequest) -> HttpResponse:
    """What she wrote and what was written to her."""
    found = ContactMessage.objects.visible_to(request.viewer).for_list()
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {"page": page, "may_find": request.viewer.can("people.directory")}
    return render(request, "people/messages.html", context)


@require_safe
@route(SIGNED_IN)
def message(request: HttpRequest, code: str) -> HttpResponse:
    viewer = request.viewer
    shown = get_object_or_404(
        ContactMessage.objects.visible_to(viewer).select_related("sender", "receiver"), code=code
    )
    is_mine = shown.sender_id == viewer.person_id
    other = shown.receiver if is_mine else shown.sender
    context = {
        "message": shown,
        "is_mine": is_mine,
        "other": other,
        # Somebody who left is still named in what she wrote; there is no page to lead to.
        "may_see": Person.objects.visible_to(viewer).filter(pk=other.pk).exists(),
        "is_muted": Mute.objects.visible_to(viewer).filter(muted=other).exists(),
    }
    return render(request, "people/message.html", context)


@require_POST
@route(SIGNED_IN)
def mute(request: HttpRequest, code: str) -> HttpResponse:
    """Mute (or, with `undo`, hear again) whoever wrote this message to her."""
    shown = get_object_or_404(
        ContactMessage.objects.visible_to(request.viewer)
        .filter(receiver_id=request.viewer.person_id)
        .select_related("sender"),
        code=code,
    )
    if "undo" in request.POST:
        contact.unmute(shown.sender, by=request.viewer)
        toasts.success(request, _("You get her messages again."))
    else:
        contact.mute(shown.sender, by=request.viewer)
        toasts.success(request, _("Muted. Nothing she writes reaches you; she is not told."))
    return redirect("people:message", shown.code)

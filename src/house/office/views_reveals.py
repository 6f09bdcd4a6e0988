from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.journal import rows_about
from house.access.routes import SIGNED_IN, route
from house.access.viewer import Viewer
from house.agora.models import Answer, Post
from house.alex.models.entry import Entry
from house.ground.errors import Refused
from house.office.actions import reveals as acting
from house.office.acts import told
from house.office.forms import RevealForm
from house.office.models import Reveal
from house.people.sudo import fresh_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.reveal")
def reveals(request: HttpRequest) -> HttpResponse:
    """What was asked, and the form to ask. Nobody's name stands here."""
    form = RevealForm(request.POST or None, initial={"thing": request.GET.get("thing", "")})
    if request.method == "POST" and form.is_valid():
        address, reason = form.cleaned_data["thing"], form.cleaned_data["reason"]
        try:
            thing = _thing_at(address, request.viewer)
            reveal = acting.ask_reveal(thing, by=request.viewer, reason=reason)
        except Refused as refused:
            form.add_error("thing", refused.message)
        else:
            return redirect("office:reveal", reveal.code)
    rows = Reveal.objects.visible_to(request.viewer).with_things()
    rows = rows.select_related("asked_by", "agreed_by")
    context = {"form": form, "reveals": rows[:100], "now": timezone.now()}
    return render(request, "office/reveals.html", context, status=422 if form.is_bound else 200)


def _thing_at(address: str, viewer: Viewer) -> Entry | Post | Answer:
    """The entry, post or answer that she may read at this address of the house."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        raise Refused(_("This is no address of the house.")) from None
    told, thing = found.kwargs, None
    match found.view_name:
        case "alex:entry":
            thing = Entry.objects.visible_to(viewer).filter(slug=told["slug"]).first()
        case "agora:post":
            thing = Post.objects.visible_to(viewer).filter(code=told["code"]).first()
        case "agora:answer":
            thing = Answer.objects.visible_to(viewer).filter(code=told["answer"]).first()
    if thing is None:
        raise Refused(_("There is no entry, post or answer there that you may read."))
    return thing


@require_safe
@route("office.reveal")
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _of(request, code))


def _of(request: HttpRequest, code: str) -> Reveal:
    rows = Reveal.objects.visible_to(request.viewer)
    return get_object_or_404(
        rows.with_things().select_related("asked_by", "agreed_by", "refused_by"), code=code
    )


def _page(request: HttpRequest, found: Reveal, name: str = "") -> HttpResponse:
    me, now = request.viewer.person_id, timezone.now()
    is_waiting = not (found.agreed_at or found.refused_at) and found.lapses_at > now
    read = found.read_by_asker_at if me == found.asked_by_id else found.read_by_other_at
    is_mine = me in {found.asked_by_id, found.agreed_by_id}
    is_open = bool(found.agreed_at and now - found.agreed_at <= acting.OPEN)
    context = {
        "reveal": found,
        "name": name,
        "is_waiting": is_waiting,
        "may_agree": is_waiting and me != found.asked_by_id,
        "may_read": is_mine and is_open and read is None,
        "has_lapsed": not is_waiting and not (found.agreed_at or found.refused_at),
    }
    return render(request, "office/reveal.html", context)


@require_POST
@never_cache
@fresh_sign_in
@route("office.reveal")
def reveal_act(request: HttpRequest, code: str) -> HttpResponse:
    """Agree, refuse, or read the name: it is in this one answer and nowhere else."""
    found = _of(request, code)
    match request.POST.get("act"):
        case "agree":
            acting.agree_to_reveal(found, by=request.viewer)
        case "refuse":
            acting.refuse_reveal(found, by=request.viewer)
        case "read":
            author = acting.read_name(found, by=request.viewer)
            city = f", {author.city.name}" if author.city else ""
            return _page(request, _of(request, code), f"{author.name}{city}")
        case _:
            messages.info(request, _("Choose what to do."))
    return redirect("office:reveal", code)


@require_safe
@route(SIGNED_IN)
def my_reveals(request: HttpRequest) -> HttpResponse:
    """What the office did with her name: for the author, her own rows."""
    mine = Reveal.objects.visible_to(request.viewer).filter(author_id=request.viewer.person_id)
    reveals = [
        (each, [(row.at, told(row.act)) for row in rows_about(each)])
        for each in mine.exclude(agreed_at=None, refused_at=None, lapses_at__gt=timezone.now())
        .with_things()
        .order_by("-pk")[:50]
    ]
    return render(request, "office/my_reveals.html", {"reveals": reveals})

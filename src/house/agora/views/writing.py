"""Writing a post: what is known already, who will be asked, whether the naming holds; then publish."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.doors import allow
from house.access.routes import route
from house.access.viewer import Viewer
from house.agora import actions, limits
from house.agora.actions.peers import put_to_peers
from house.agora.forms import PostForm
from house.agora.models import Attachment, Kind, Post
from house.agora.views import looking, words
from house.agora.views.rescue import led_to_sign_in, rescued
from house.agora.views.thread import post_or_404
from house.ground.errors import Forbidden, Refused
from house.ground.limits import spend
from house.ground.text import one_line
from house.partners.models import Circle
from house.vocabulary.models import Topic


def form_for(request: HttpRequest, *args: Any, **kwargs: Any) -> PostForm:
    viewer = request.viewer
    return PostForm(
        *args,
        topics=[(topic.pk, topic.label()) for topic in Topic.objects.visible_to(viewer)],
        # every row: narrowed to the circles that the viewer belongs to
        circles=list(Circle.objects.filter(pk__in=viewer.circle_ids).values_list("pk", "name")),
        has_city=bool(viewer.city_ids),
        **kwargs,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def post_new(request: HttpRequest) -> HttpResponse:
    """A new post. A POST makes a draft first, so that files and words are kept whatever is wrong."""
    if request.method == "POST":
        return _sent(request, None)
    started = {
        "kind": Kind.QUESTION, "audience": Audience.ALLIANCE, "candour": Candour.CITY,
        **words.unsent("new", request.viewer), **_asked(request),
    }  # fmt: skip
    form = form_for(request, rescued(request, "new"), initial=started)
    return _page(request, form, None)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What stands in the address: the question that ALEX could not answer arrives here."""
    asked = {}
    if request.GET.get("kind") in Kind.values:
        asked["kind"] = request.GET["kind"]
    if question := one_line(request.GET.get("q", ""))[:2000]:
        # A long question is a text; its beginning is the line that others see.
        asked["title"] = question if len(question) <= 200 else question[:197] + "…"
        asked["body"] = question
    if language := request.GET.get("language", ""):
        asked["language"] = language[:12]
    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write", stranger=led_to_sign_in)
def post_edit(request: HttpRequest, code: str) -> HttpResponse:
    """A draft, or what is published: then the earlier wording is kept in its history."""
    found = post_or_404(request, code)
    allow(request.viewer, "edit", found)
    if request.method == "POST":
        return _sent(request, found)
    now = {
        name: getattr(found, name)
        for name in ("kind", "title", "body", "language", "audience", "described_as")
    }
    now |= {
        "circle": found.circle_id,
        "candour": Candour.CITY if found.is_draft and not found.body else found.candour,
        "topics": [topic.pk for topic in found.topics.all()],
        **words.unsent(f"edit:{code}", request.viewer),
    }
    form = form_for(
        request, rescued(request, f"edit:{code}"), initial=now, is_published=not found.is_draft
    )
    return _page(request, form, found)


def _sent(request: HttpRequest, found: Post | None) -> HttpResponse:
    """Keeps, looks or publishes, as its button says."""
    form = form_for(
        request, request.POST, request.FILES, is_published=bool(found and not found.is_draft)
    )
    place = f"edit:{found.code}" if found else "new"
    is_whole = form.is_valid()
    actions.keep_unsent(place, words.typed(request.POST), by=request.viewer)
    if not is_whole or request.POST.get("then") == "look":
        return _page(request, form, found, looks=True, status=200 if is_whole else 422)
    try:
        spend("agora", str(request.viewer.person_id), limit=limits.PER_HOUR, seconds=3600)
        kept, said = _act(request, form, found)
    except Forbidden:
        raise
    except Refused as refused:
        form.show_refusal(refused)
        # What could not be published was kept as a draft: go on from there.
        draft = found or getattr(refused, "draft", None)
        if draft and not found:
            actions.keep_unsent(f"edit:{draft.code}", words.typed(request.POST), by=request.viewer)
            words.sent(request, place)
        return _page(request, form, draft, looks=True, status=422)
    words.sent(request, place)
    messages.success(request, said)
    return redirect("agora:post_edit", kept.code) if kept.is_draft else redirect(kept)


def _act(request: HttpRequest, form: PostForm, found: Post | None) -> tuple[Post, str]:
    by, given = request.viewer, form.cleaned_data
    settings = form.settings()
    despite = settings.pop("despite")
    if found and not found.is_draft:
        _attach(found, form, by)
        actions.edit_post(found, given["title"], given["body"], by=by, despite=despite, **settings)
        return found, _("Changed. The earlier wording stands in its history.")
    draft = found or actions.start_post(given["kind"], by=by)
    try:
        actions.keep_post(
            draft, given["title"], given["body"], by=by, kind=given["kind"], **settings
        )
        _attach(draft, form, by)
        if request.POST.get("then") == "save":
            return draft, _("Your draft is saved. Only you see it.")
        actions.publish_post(draft, by=by, despite=despite)
    except Refused as refused:
        refused.draft = draft  # type: ignore[attr-defined] -- so that the page goes on from it
        raise
    put_to_peers(request.POST.get("kept", ""), by=by)
    return draft, _("Published. You are told when somebody answers.")


def _attach(post: Post, form: PostForm, by: Viewer) -> None:
    for each in form.cleaned_data["files"]:
        actions.attach_file(post, each, by=by)


def _page(
    request: HttpRequest,
    form: PostForm,
    found: Post | None,
    *,
    looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    data = {name: form[name].value() or "" for name in ("title", "body", "candour", "language")}
    files = Attachment.objects.visible_to(request.viewer).filter(post=found, answer=None)
    context: dict[str, Any] = {
        "form": form,
        "post": found,
        "is_published": bool(found and not found.is_draft),
        "files": files if found else [],
        "place": f"edit:{found.code}" if found else "new",
        "kept": request.GET.get("kept") or request.POST.get("kept", ""),
        "look": looking.look(request, form) if looks or data["title"] else None,
    }
    return render(request, "agora/post_edit.html", context, status=status)


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def post_look(request: HttpRequest) -> HttpResponse:
    """While one writes: what is known, who will be asked, whether the naming holds. Keeps nothing."""
    spend("search", str(request.viewer.person_id), limit=settings.SEARCH_RATE)
    form = form_for(request, request.POST)
    form.is_valid()
    return render(request, "agora/_look.html", {"look": looking.look(request, form)})


@require_POST
@route("agora.write", stranger=led_to_sign_in)
def post_discard(request: HttpRequest, code: str) -> HttpResponse:
    found = post_or_404(request, code)
    actions.discard_post(found, by=request.viewer)
    actions.forget_unsent(f"edit:{code}", by=request.viewer)
    messages.success(request, _("The draft is gone."))
    return redirect("agora:my_posts")

"""Writing an entry: choose a kind, fill the guided form, look at it, hand it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.alex import actions
from house.alex.actions.reviewing import Incomplete
from house.alex.actions.writing import Saved
from house.alex.completeness import problems
from house.alex.forms import EntryForm
from house.alex.forms.entry import done
from house.alex.kinds import KINDS
from house.alex.models import Draft, Entry
from house.alex.views import desk, sheet
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import forget, led_to_sign_in, rescued
from house.partners import rights


@require_safe
@route("alex.write", stranger=led_to_sign_in)
def entry_new(request: HttpRequest) -> HttpResponse:
    """Which kind is it? Choosing one makes the draft."""
    rights.require(request.viewer, "alex.write")
    return render(request, "alex/entry_new.html", {"kinds": KINDS.values()})


@require_POST
@route("alex.write", stranger=led_to_sign_in)
def entry_create(request: HttpRequest, kind: str) -> HttpResponse:
    entry = actions.create_entry(kind, by=request.viewer)
    return redirect("alex:entry_edit", entry.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The guided form. A POST keeps the text whatever is wrong with it, then goes where its button says."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "edit", entry)
    rights.require(request.viewer, "alex.write")
    if request.method == "POST":
        saved = _save(request, entry)
        forget(request)
        return _after(request, entry, saved)
    return _form_page(request, entry, data=rescued(request, slug, "title"))


def _save(request: HttpRequest, entry: Entry) -> Saved:
    content, _revision = desk.text_of(entry, request.viewer)
    form = EntryForm(entry.kind, content, desk.choices_for(request.viewer), data=request.POST)
    return actions.save_draft(
        entry, form.raw(), by=request.viewer, revision=desk.revision_in(request.POST)
    )


def _after(request: HttpRequest, entry: Entry, saved: Saved) -> HttpResponse:
    if saved.copy:
        messages.warning(request, _("Somebody else saved meanwhile. Both texts are kept below."))
        return redirect(f"{reverse('alex:entry_edit', args=[entry.slug])}?both=1")
    match request.POST.get("then"):
        case "preview":
            return redirect("alex:entry_preview", entry.slug)
        case "submit":
            return _hand_in(request, entry)
        case "file":
            return redirect("alex:entry_files", entry.slug)
        case _:
            messages.success(request, _("Your draft is saved."))
            return redirect("alex:entry_edit", entry.slug)


def _hand_in(request: HttpRequest, entry: Entry) -> HttpResponse:
    try:
        actions.submit_entry(entry, by=request.viewer)
    except Incomplete as refusal:
        return _form_page(request, entry, found=refusal.problems, status=422)
    messages.success(request, _("Handed in. A curator reads it and writes to you here."))
    return redirect("alex:entry_review", entry.slug)


def _form_page(
    request: HttpRequest,
    entry: Entry,
    *,
    data: QueryDict | None = None,
    found: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    content, revision = desk.text_of(entry, viewer)
    form = EntryForm(entry.kind, content, desk.choices_for(viewer), data=data)
    if data is not None or found:
        form.show_problems(found or {})
    if data is not None:
        revision = desk.revision_in(data)
    context: dict[str, Any] = {
        "entry": entry,
        "kind": entry.template,
        "form": form,
        "revision": revision,
        "sections": desk.filled_sections(form, done(form, problems(entry.kind, content))),
        "topics": desk.topic_choices(form, viewer),
        "copies": desk.copies_of(entry, content, form, viewer),
        "credits": desk.credits_for(request, content),
        "is_rescued": data is not None,
        "show_both": "both" in request.GET,
        "draft": Draft.objects.visible_to(viewer).filter(entry=entry).first(),
    }
    return render(request, "alex/entry_edit.html", context, status=status)


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_autosave(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps the form every few seconds.

    Answers with the hour, the new lock, and what somebody else had written meanwhile.
    """
    entry = entry_or_404(request, slug)
    allow(request.viewer, "edit", entry)
    saved = _save(request, entry)
    forget(request)
    content = saved.draft.content
    form = EntryForm(entry.kind, content, desk.choices_for(request.viewer))
    answer: dict[str, Any] = {
        "saved": time_format(timezone.localtime(), "H:i"),
        "lock": saved.draft.revision,
        "done": done(form, problems(entry.kind, content)),
    }
    if saved.copy:
        answer["copy"] = desk.copy_for_browser(entry, saved.copy, request.viewer)
    return JsonResponse(answer)


@require_safe
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as readers would see it."""
    entry = entry_or_404(request, slug)
    draft = get_object_or_404(Draft.objects.visible_to(request.viewer), entry=entry)
    shown = desk.with_settings(entry, draft.content)
    context = sheet.of_content(request, shown, draft.content)
    context |= {"draft": draft, "people": [], "problems": problems(entry.kind, draft.content)}
    return render(request, "alex/entry_preview.html", context)


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_submit(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    return _hand_in(request, entry)


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_take_back(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    actions.take_back(entry, by=request.viewer)
    messages.success(request, _("You have it back. Hand it in again when it is ready."))
    return redirect("alex:entry_edit", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then throws the draft away."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "edit", entry)
    if request.method != "POST":
        return render(request, "alex/entry_discard.html", {"entry": entry})
    left = actions.discard_draft(entry, by=request.viewer)
    messages.success(request, _("The draft is gone."))
    return redirect(left.get_absolute_url() if left else "alex:my_entries")

"""The curators' queue, the talk about an entry, and what ends it: publish, send back, withdraw, label."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import SIGNED_IN, route
from house.access.viewer import Viewer
from house.alex import actions
from house.alex.access import reviews as may_review
from house.alex.actions.reviewing import Incomplete
from house.alex.actions.writing import submitted
from house.alex.completeness import problems
from house.alex.forms import NoteForm, ReasonForm
from house.alex.models import Draft, Entry, FailuresShown, ReviewNote
from house.alex.queries import waiting_drafts
from house.alex.views import desk, origins, sheet
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import forget, led_to_sign_in, typed_before
from house.ground.errors import Forbidden, Refused


@require_safe
@route("alex.review", stranger=led_to_sign_in)
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits, the longest waiting first."""
    if not may_review(request.viewer):
        raise Forbidden(
            _("This is the curators' desk."),
            remedy=_("Your own drafts and their reviews stand under “My entries”."),
        )
    page = Paginator(waiting_drafts(request.viewer), 30).get_page(request.GET.get("page"))
    return render(request, "alex/reviews.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_review(request: HttpRequest, slug: str) -> HttpResponse:
    """The talk between curator and author; a POST adds a sentence to it."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "discuss", entry)
    form = _note_form(request, entry)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.say(entry, told["text"], by=request.viewer, anchor=told["anchor"])
        forget(request)
        return redirect("alex:entry_review", slug)
    return _page(request, entry, note_form=form, status=422 if form.is_bound else 200)


def _note_form(request: HttpRequest, entry: Entry) -> NoteForm:
    fields = [(field.key, field.label) for field in entry.template.fields]
    data = request.POST if request.method == "POST" and "text" in request.POST else None
    return NoteForm(data, fields=fields, initial=typed_before(request, entry.slug, "text"))


def _page(
    request: HttpRequest,
    entry: Entry,
    *,
    note_form: NoteForm | None = None,
    reason_form: ReasonForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    draft = Draft.objects.visible_to(viewer).filter(entry=entry).select_related("reviewer").first()
    context: dict[str, Any] = {
        "draft": draft,
        "is_waiting": draft is not None and submitted(draft),
        "notes": _notes(entry, viewer),
        "note_form": note_form or _note_form(request, entry),
        "reason_form": reason_form
        or ReasonForm(initial=typed_before(request, entry.slug, "reason")),
        "refusal": refusal,
        "may_review": may(viewer, "review", entry),
        "may_publish": may(viewer, "publish", entry),
        # Who publishes her own text tells the journal why nobody else could.
        "must_give_reason": entry.author_id == viewer.person_id,
        "may_withdraw": may(viewer, "withdraw", entry) and entry.is_published,
        "may_edit": may(viewer, "edit", entry),
        "entry": entry,
    }
    if draft is not None:
        shown = desk.with_settings(entry, draft.content)
        context |= sheet.of_content(request, shown, draft.content)
        context["problems"] = problems(entry.kind, draft.content)
        context["said"] = origins.said_of(entry, None, viewer)
        context["thanks"] = origins.helped_with(entry)
    return render(request, "alex/entry_review.html", context, status=status)


def _notes(entry: Entry, viewer: Viewer) -> list[dict[str, Any]]:
    """The talk, oldest first. A reviewer is named; an author only where her candour says so."""
    notes = ReviewNote.objects.visible_to(viewer).filter(entry=entry).select_related("writer")
    labels = {field.key: str(field.label) for field in entry.template.fields}
    credit = entry.credit()
    made = []
    for note in notes:
        is_mine = note.writer_id == viewer.person_id
        if note.side == ReviewNote.Side.REVIEWER:
            who = note.writer.name if note.writer else _("A curator")
        else:
            who = credit.name if entry.candour == "person" else _("The author")
        made.append(
            {
                "who": _("You") if is_mine else who,
                "is_mine": is_mine,
                "kind": note.kind,
                "kind_label": note.get_kind_display(),
                "text": note.text,
                "about": labels.get(note.anchor, ""),
                "when": note.made_at,
            }
        )
    return made


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_take(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    actions.take_into_review(entry, by=request.viewer)
    return redirect("alex:entry_review", slug)


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_refuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Send it back, with a reason."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "review", entry)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, reason_form=form, status=422)
    actions.refuse_entry(entry, reason=form.cleaned_data["reason"], by=request.viewer)
    forget(request)
    messages.success(request, _("Sent back. The author sees your reason."))
    return redirect("alex:reviews")


@require_POST
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_publish(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    try:
        actions.publish_entry(
            entry,
            by=request.viewer,
            revision=desk.revision_in(request.POST),
            note=request.POST.get("note", ""),
            reason=request.POST.get("reason", ""),
        )
    except Incomplete as refused:
        told = "; ".join(refused.problems.values())
        return _page(request, entry, refusal=f"{refused.message} {told}", status=422)
    except Forbidden:
        raise
    except Refused as refused:
        told = f"{refused.message} {refused.remedy}".strip()
        return _page(request, entry, refusal=told, status=409)
    messages.success(request, _("Published. Its readers find it at once."))
    return redirect(entry)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    entry = entry_or_404(request, slug)
    allow(request.viewer, "withdraw", entry)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        initial=typed_before(request, slug, "reason"),
    )
    form.fields["reason"].help_text = _("Kept with the entry; its readers see that it is gone.")
    if request.method == "POST" and form.is_valid():
        actions.withdraw_entry(entry, reason=form.cleaned_data["reason"], by=request.viewer)
        forget(request)
        messages.success(request, _("Withdrawn. You can revise it and hand it in again."))
        return redirect("alex:entry_review", slug)
    status = 422 if form.is_bound else 200
    context = {"entry": entry, "form": form}
    return render(request, "alex/entry_withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_label(request: HttpRequest, slug: str) -> HttpResponse:
    """Before “best practice” come the failed attempts nearest to it, then the button."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "label", entry)
    if request.method == "POST" and request.POST.get("do") == "remove":
        actions.take_label_off(entry, by=request.viewer)
        return redirect(entry)
    if request.method == "POST" and request.POST.get("do") == "label":
        digest = request.POST.get("digest", "")
        actions.label_best_practice(entry, by=request.viewer, digest=digest)
        messages.success(request, _("It is called best practice now."))
        return redirect(entry)
    context: dict[str, Any] = {"entry": entry, "failures": None}
    if request.method == "POST":
        context["failures"], showing = actions.show_nearest_failures(entry, by=request.viewer)
        context["digest"] = showing.digest
        # every row: the entry's own showings, after the act was allowed
        context["author_looked"] = FailuresShown.objects.filter(
            version=entry.current, digest=showing.digest, shown_to_id=entry.author_id
        ).exists()
    return render(request, "alex/entry_label.html", context)

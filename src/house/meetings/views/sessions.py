"""The page of a session, and everything that is done there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access import doors
from house.access.routes import route
from house.ground import files
from house.ground.errors import Forbidden, Overtaken, Refused
from house.meetings import joining, remembering
from house.meetings.access import is_expert_of, is_side_of, speaks_for_city
from house.meetings.actions import afterwards, handing, promises
from house.meetings.forms import (
    LinkForm,
    MarkForm,
    NotesForm,
    PrivateForm,
    PromiseForm,
    ReasonForm,
)
from house.meetings.models import (
    Joiner,
    Preparation,
    PrivateNote,
    Promise,
    Session,
    SessionFile,
)
from house.meetings.people import people_of
from house.meetings.views.frame import (
    add_refusal,
    session_of,
    status_of,
    tell_refusal,
    viewer_of,
    zone_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book", also="meetings.offer")
def session(request: HttpRequest, code: str) -> HttpResponse:
    found = session_of(request, code)
    forms = _forms(request, found)
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        form = forms.get(act)
        try:
            if form is None or form.is_valid():
                messages.success(request, _ACTS[act](request, found, form))
                return redirect(found)
        except Forbidden:
            raise
        except Refused as refused:
            if form is None:
                tell_refusal(request, refused)
                return redirect(found)
            add_refusal(form, refused)
            if isinstance(refused, Overtaken):  # told of it, she may save over theirs
                form.data = request.POST.copy()
                form.data["was"] = session_of(request, code).notes
    return render(
        request, "meetings/session.html", _context(request, found, forms, act),
        status=status_of(*forms.values()),
    )  # fmt: skip


def _forms(request: HttpRequest, found: Session) -> dict[str, Any]:
    """Each act that asks for words has its own form; the one that was sent is bound."""

    def bound(act: str) -> Any:
        return request.POST if request.POST.get("act") == act else None

    # every row: one's own note, which nobody else sees
    private = PrivateNote.objects.visible_to(viewer_of(request)).filter(session=found).first()
    return {
        "notes": NotesForm(bound("notes"), initial={"notes": found.notes, "was": found.notes}),
        "private": PrivateForm(bound("private"), initial={"text": private.text if private else ""}),
        "promise": PromiseForm(bound("promise"), people=people_of(found)),
        "mark": MarkForm(bound("mark")),
        "link": LinkForm(bound("link"), initial={"link": found.link}),
        "give_back": ReasonForm(bound("give_back")),
    }


def _notes(request: HttpRequest, found: Session, form: Any) -> str:
    told = form.cleaned_data
    afterwards.write_notes(found, notes=told["notes"], was=told["was"], by=viewer_of(request))
    return _("The notes are saved.")


def _private(request: HttpRequest, found: Session, form: Any) -> str:
    afterwards.write_private_note(found, text=form.cleaned_data["text"], by=viewer_of(request))
    return _("Saved, for you alone.")


def _promise(request: HttpRequest, found: Session, form: Any) -> str:
    promises.promise(found, **form.cleaned_data, by=viewer_of(request))
    return _("Noted. The owner is reminded before the day.")


def _mark(request: HttpRequest, found: Session, form: Any) -> str:
    told = form.cleaned_data
    afterwards.mark(found, told["state"], word=told["word"], by=viewer_of(request))
    return _("Thank you. The city's unit follows what you said.")


def _link(request: HttpRequest, found: Session, form: Any) -> str:
    afterwards.set_link(found, link=form.cleaned_data["link"], by=viewer_of(request))
    return _("Saved. The city sees it shortly before the session.")


def _give_back(request: HttpRequest, found: Session, form: Any) -> str:
    afterwards.give_back(found, reason=form.cleaned_data["word"], by=viewer_of(request))
    return _("The unit is given back.")


def _consent(request: HttpRequest, found: Session, form: Any) -> str:
    agrees = request.POST.get("agrees") == "yes"
    afterwards.consent(found, agrees=agrees, by=viewer_of(request))
    return _("You agree.") if agrees else _("You do not agree any more.")


def _leave_proposal(request: HttpRequest, found: Session, form: Any) -> str:
    handing.leave_proposal(found, by=viewer_of(request))
    return _("The booked time stays.")


def _remember(request: HttpRequest, found: Session, form: Any) -> str:
    remembering.offer_session(found, by=viewer_of(request))
    return _("Offered. Everybody whose words it uses is asked, then a curator reviews it.")


_ACTS: dict[str, Callable[[HttpRequest, Session, Any], str]] = {
    "notes": _notes, "private": _private, "promise": _promise, "mark": _mark, "link": _link,
    "give_back": _give_back, "consent": _consent, "leave_proposal": _leave_proposal, "remember": _remember,
}  # fmt: skip


def _context(
    request: HttpRequest, found: Session, forms: dict[str, Any], act: str
) -> dict[str, Any]:
    viewer = viewer_of(request)
    is_coming = found.is_booked and found.starts_at > timezone.now()
    is_expert, is_city = is_expert_of(viewer, found), speaks_for_city(viewer, found)
    promised = Promise.objects.visible_to(viewer).filter(session=found).for_lists()
    return {
        "session": found,
        "zone": zone_of(request),
        "forms": forms,
        "sent": forms.get(act) if request.method == "POST" else None,
        "preparation": Preparation.objects.visible_to(viewer).filter(session=found).first(),
        "joiners": Joiner.objects.visible_to(viewer).filter(session=found).select_related("person"),
        "files": SessionFile.objects.visible_to(viewer).filter(session=found),
        "promises": [(each, doors.may(viewer, "end", each)) for each in promised],
        "is_coming": is_coming,
        "is_over": found.is_booked and found.ends_at <= timezone.now(),
        # Each reads the other side's name at the head.
        "from_city": is_expert,
        "may_move": is_coming and is_city,
        "may_cancel": is_coming and doors.may(viewer, "cancel", found),
        "may_propose": is_coming and doors.may(viewer, "propose", found),
        "may_mark": found.is_booked and not is_coming and doors.may(viewer, "mark", found),
        "may_note": is_side_of(viewer, found),
        "may_link": is_expert and is_coming,
        "may_give_back": viewer.can("office.ledger") and found.unit == "used",
        "proposed_ends": found.proposed_at + found.length if found.proposed_at else None,
        "agrees": found.consents_expert if is_expert else found.consents_city,
        "may_agree": is_expert or viewer.person_id == found.booked_by_id,
        "may_remember": remembering.may_offer(viewer, found),
        "link_opens_at": joining.opens_at(found),
        "may_join": joining.may_join(viewer, found, timezone.now()),
    }


@require_POST
@route("meetings.book", also="meetings.offer")
def promise_end(request: HttpRequest, code: str) -> HttpResponse:
    """It is done; or, sent again with `act=open`, it is not."""
    found = get_object_or_404(Promise.objects.visible_to(viewer_of(request)).for_lists(), code=code)
    if request.POST.get("act") == "open":
        promises.open_again(found, by=viewer_of(request))
        messages.success(request, _("It is open again."))
    else:
        promises.keep_promise(found, by=viewer_of(request), word=request.POST.get("word", "")[:300])
        messages.success(request, _("Kept. Thank you."))
    return redirect(found.session or found.visit)


@require_safe
@route("meetings.book", also="meetings.offer")
def session_file(request: HttpRequest, code: str, file: str) -> FileResponse:
    """A document of a session, for whoever sees the session."""
    found = get_object_or_404(
        SessionFile.objects.visible_to(viewer_of(request)), session__code=code, code=file
    )
    return files.attachment(found.file, name=found.name, media_type=found.media_type)


@require_safe
@route("meetings.book", also="meetings.offer")
def join(request: HttpRequest, code: str) -> HttpResponse:
    """On to where the two meet: for the two sides alone, and only around its time."""
    found = session_of(request, code)
    if not joining.may_join(viewer_of(request), found, timezone.now()):
        raise Http404
    return redirect(found.link)

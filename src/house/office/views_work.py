import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from house.access import journal
from house.access.routes import route
from house.access.viewer import Viewer
from house.notices.letters import label_of
from house.notices.models import Letter, Mail, Suppression
from house.office import work as working
from house.office.management.commands.doctor import examine

STATES = {"failed": "FAILED", "waiting": "READY", "running": "RUNNING"}


@require_safe
@route("office.work")
def work(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("state", "failed")
    state = STATES.get(chosen, "FAILED")
    counts = working.counts()
    seen, is_alive = working.worker_seen()
    labels = {"failed": _("Failed"), "waiting": _("Waiting"), "running": _("Running")}
    here = reverse("office:work")
    context = {
        "tabs": [
            (f"{here}?state={name}", labels[name], each == state, counts[each])
            for name, each in STATES.items()
        ],
        "jobs": working.jobs(state),
        "is_failed": state == "FAILED",
        "seen": seen,
        "is_alive": is_alive,
        "duties": working.duties(),
    }
    return render(request, "office/work.html", context)


@require_POST
@route("office.work")
def work_retry(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("code", "")
    try:
        codes = None if code == "all" else [str(uuid.UUID(code))]
    except ValueError:
        codes = []
    count = working.retry(codes, by=request.viewer)
    said = ngettext(
        "%(count)s piece of work waits again.", "%(count)s pieces of work wait again.", count
    )
    messages.info(
        request, said % {"count": count} if count else _("There was nothing to try again.")
    )
    return redirect("office:work")


@require_safe
@route("office.work")
def mail(request: HttpRequest) -> HttpResponse:
    """What was sent, and what became of it. What it said is not kept."""
    state, asked = request.GET.get("state", ""), request.GET.get("q", "").strip()
    mails = Mail.objects.visible_to(request.viewer).select_related("person")
    if state in Mail.State.values:
        mails = mails.filter(state=state)
    if asked:
        mails = mails.filter(to__icontains=asked)
    here = reverse("office:mail")
    tabs = [(here, _("All"), state not in Mail.State.values, None)]
    tabs += [
        (f"{here}?state={each.value}", each.label, each.value == state, None) for each in Mail.State
    ]
    context = {
        "tabs": tabs,
        "state": state,
        "asked": asked,
        "page": Paginator(mails, 50).get_page(request.GET.get("page")),
        "waiting": _waiting(request.viewer),
        "suppressions": Suppression.objects.visible_to(request.viewer).select_related("person"),
    }
    return render(request, "office/mail.html", context)


def _waiting(viewer: Viewer) -> list[tuple[Letter, str]]:
    """The letters that wait longest, each with the name of its kind; what they are about isn't told."""
    states = [Letter.State.WAITING, Letter.State.SENDING]
    letters = Letter.objects.visible_to(viewer).filter(state__in=states).select_related("person")
    return [(letter, label_of(letter.kind)) for letter in letters.order_by("posted_at", "pk")[:20]]


@require_POST
@route("office.work")
def mail_clear(request: HttpRequest, code: str) -> HttpResponse:
    """Let an address get mail again: somebody said that it works now."""
    found = get_object_or_404(Suppression.objects.visible_to(request.viewer), code=code)
    # The number of the person and no address: the journal can't forget.
    journal.record("mail.clear", found.person, by=request.viewer, facts={"suppression": found.code})
    found.delete()
    messages.info(request, _("The house writes to this address again."))
    return redirect("office:mail")


@require_safe
@route("office.work")
def health(request: HttpRequest) -> HttpResponse:
    """What the doctor finds, on a page."""
    findings = examine()
    states = {finding.state for finding in findings}
    worst = "bad" if "bad" in states else "warn" if "warn" in states else "good"
    return render(request, "office/health.html", {"findings": findings, "worst": worst})

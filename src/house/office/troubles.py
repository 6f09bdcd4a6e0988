"""What went wrong or needs a second person, as lines of the page "Today"."""

from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.access.viewer import Viewer
from house.notices.models import Mail, Suppression
from house.notices.waiting import letters_waiting
from house.office import work
from house.office.ledger import lists
from house.office.lines import SHOWN, Line
from house.office.models import Reveal
from house.office.tasks import VERIFIED
from house.partners.models import JoinRequest


def failed_work(viewer: Viewer) -> list[Line]:
    count = work.counts()["FAILED"]
    if not count:
        return []
    text = ngettext("%(count)s piece of work failed", "%(count)s pieces of work failed", count)
    return [Line(text % {"count": count}, reverse("office:work"))]


def mail_came_back(viewer: Viewer) -> list[Line]:
    """Addresses that nothing is sent to any more, and mails that a server refused since yesterday."""
    stopped = Suppression.objects.visible_to(viewer).select_related("person")
    lines = [
        Line(each.person.name if each.person else each.address, reverse("office:mail"), each.since)
        for each in stopped[: SHOWN + 1]
    ]
    day = timezone.now() - timezone.timedelta(days=1)
    refused = Mail.objects.visible_to(viewer).filter(state=Mail.State.REFUSED, changed_at__gte=day)
    if count := refused.count():
        text = ngettext("%(count)s mail was refused", "%(count)s mails were refused", count)
        address = f"{reverse('office:mail')}?state=refused"
        lines.append(Line(text % {"count": count}, address))
    return lines


def mail_waits(viewer: Viewer) -> list[Line]:
    """Letters that should have left more than an hour ago."""
    waiting = letters_waiting()
    if not waiting.is_late:
        return []
    text = ngettext("%(count)s letter waits", "%(count)s letters wait", waiting.count)
    return [Line(text % {"count": waiting.count}, reverse("office:mail"), waiting.oldest)]


def broken_journal(viewer: Viewer) -> list[Line]:
    kept = caches["default"].get(VERIFIED)
    if not kept or kept["is_whole"]:
        return []
    text = _("Somebody changed row %(number)s") % {"number": kept["broken"]}
    return [Line(text, reverse("office:journal"), kept["at"])]


def reveals(viewer: Viewer) -> list[Line]:
    """Those that wait for her: who asked can't agree."""
    waiting = Reveal.objects.visible_to(viewer).filter(
        agreed_at__isnull=True, refused_at__isnull=True, lapses_at__gt=timezone.now()
    )
    rows = waiting.exclude(asked_by_id=viewer.person_id).with_things()
    return [
        Line(each.title, reverse("office:reveal", args=[each.code]), each.asked_at)
        for each in rows.order_by("lapses_at")[: SHOWN + 1]
    ]


def joining(viewer: Viewer) -> list[Line]:
    """Colleagues whom their coordinator has not answered for a week."""
    week = timezone.now() - timezone.timedelta(days=7)
    rows = JoinRequest.objects.visible_to(viewer).waiting().filter(asked_at__lte=week)
    return [
        Line(each.name, _seats_of(each.city.slug), each.asked_at, each.city.name)
        for each in rows.select_related("city").order_by("asked_at", "pk")[: SHOWN + 1]
    ]


def _seats_of(slug: str) -> str:
    return f"{reverse('partners:seats')}?city={slug}"


def quiet(viewer: Viewer) -> list[Line]:
    rows, days = lists.quiet_for(viewer)
    note = ngettext("for more than %(days)s day", "for more than %(days)s days", days) % {
        "days": days
    }
    return [
        Line(each.partnership.city.name, reverse("office:ledger_quiet"), note=note)
        for each in rows[: SHOWN + 1]
    ]

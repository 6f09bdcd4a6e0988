"""The letters about hosting, each built for its receiver when it is sent."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.gatherings.models.hosting import HostingMessage, HostingOffer, HostingTask, OfferState
from house.ground.text import one_line, shorten
from house.notices.letters import Pattern, register
from house.notices.transport import KIND, TAKES
from house.people.models import Person

_STILL = (OfferState.WAITING, OfferState.ASKED, OfferState.ACCEPTED)


def register_letters() -> None:
    register(Pattern("gatherings.hosting_offered", HostingOffer, offered))
    register(Pattern("gatherings.hosting_changed", HostingOffer, changed))
    register(Pattern("gatherings.hosting_decided", HostingOffer, decided))
    register(Pattern("gatherings.hosting_said", HostingMessage, said))
    register(Pattern("gatherings.hosting_task", HostingTask, task_due))


def offered(offer: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    found = _seen(offer.pk, viewer)
    if found is None or found.state not in _STILL:
        return None
    facts = {"city": found.city.label(), "title": found.title, "kind": found.get_kind_display()}
    return _letter(
        "gatherings.hosting_offered",
        person,
        found,
        subject=_("%(city)s offers to host: %(title)s") % facts,
        lead=_("%(city)s offers to host a gathering (%(kind)s). It waits for an answer.") % facts,
    )


def changed(offer: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    found = _seen(offer.pk, viewer)
    if found is None or not found.is_open:
        return None
    facts = {"city": found.city.label(), "title": found.title}
    return _letter(
        "gatherings.hosting_changed",
        person,
        found,
        subject=_("%(city)s changed its offer to host: %(title)s") % facts,
        lead=_("%(city)s changed what it offers. The page shows how it stands now.") % facts,
    )


def decided(offer: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    found = _seen(offer.pk, viewer)
    if found is None or found.is_open:
        return None
    return _letter(
        "gatherings.hosting_decided",
        person,
        found,
        subject=f"{found.get_state_display()}: {found.title}",
        lead=_decision(found),
        words=found.reason,
    )


def _decision(offer: HostingOffer) -> str:
    return {
        OfferState.ACCEPTED: _(
            "The offer to host is accepted. A draft of the event and a list of tasks wait for you."
        ),
        OfferState.DECLINED: _("The offer to host is declined. The hosting slot is the city's again."),
        OfferState.WITHDRAWN: _("The city has taken its offer back."),
        OfferState.CALLED_OFF: _("It does not take place after all. The hosting slot is the city's again."),
    }[OfferState(offer.state)]  # fmt: skip


def said(message: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    found = (
        HostingMessage.objects.visible_to(viewer)
        .select_related("offer__city", "author")
        .filter(pk=message.pk)
        .first()
    )
    if found is None:
        return None
    who = found.author.name if found.author else found.get_side_display()
    return _letter(
        "gatherings.hosting_said",
        person,
        found.offer,
        subject=_("About hosting “%(title)s”") % {"title": shorten(found.offer.title, 100)},
        lead=_("%(who)s wrote in the talk about your offer to host:") % {"who": who}
        if found.offer.city_id in viewer.city_ids
        else _("%(who)s wrote in the talk about an offer to host:") % {"who": who},
        words=found.text,
    )


def task_due(task: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """Not for what is done, belongs to somebody else by now or to an offer that is over."""
    found = (
        HostingTask.objects.visible_to(viewer)
        .open()
        .select_related("offer__city")
        .filter(pk=task.pk, owner=person, offer__state=OfferState.ACCEPTED)
        .first()
    )
    if found is None:
        return None
    day = date_format(found.due_on, "l j F Y")
    return _letter(
        "gatherings.hosting_task",
        person,
        found.offer,
        subject=_("To do until %(day)s: %(task)s")
        % {"day": day, "task": shorten(found.title, 100)},
        lead=_("For “%(title)s” this is yours to do until %(day)s: %(task)s")
        % {"title": found.offer.title, "day": day, "task": found.title},
        words=found.note,
    )


def _seen(pk: int, viewer: Viewer) -> HostingOffer | None:
    found: HostingOffer | None = (
        HostingOffer.objects.visible_to(viewer).for_lists().filter(pk=pk).first()
    )
    return found


def _letter(
    kind: str,
    person: Person,
    offer: HostingOffer,
    *,
    subject: str,
    lead: str,
    words: str = "",
) -> EmailMultiAlternatives:
    context = {
        "person": person,
        "offer": offer,
        "lead": lead,
        "url": settings.BASE_URL + offer.get_absolute_url(),
        "words": words,
    }
    takes = "gatherings.run" if person.is_office else "gatherings.host"
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string("gatherings/hosting/mail.txt", context),
        to=[person.email],
        headers={KIND: kind, TAKES: takes},
    )
    message.attach_alternative(
        render_to_string("gatherings/hosting/mail.html", context), "text/html"
    )
    return message

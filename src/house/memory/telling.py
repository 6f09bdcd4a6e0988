"""What the house says of offers in notices and mails. Each is made for its receiver as viewer."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.memory.models import Consent, Offer
from house.memory.offers import lexicon, source_of
from house.memory.queries import asked_of
from house.notices.happenings import Kind, Told
from house.notices.letters import Pattern
from house.notices.transport import KIND, TAKES
from house.people.models import Person
from house.retrieval.sources import open_hits


def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """That what she helped with is published: title and address are the entry's, through its own door."""
    offers = Offer.objects.visible_to(viewer).filter(pk__in=pks, state=Offer.State.PUBLISHED)
    keys = {offer.pk: offer.entry for offer in offers if offer.entry is not None}
    kind = lexicon().kind
    opened = {each.pk: each for each in open_hits([(kind, key) for key in keys.values()], viewer)}
    return {
        pk: Told(
            title=opened[key].title,
            url=opened[key].get_absolute_url(),
            line=_("ALEX remembers what you helped to find out."),
            language=opened[key].language,
        )
        for pk, key in keys.items()
        if key in opened
    }


def consent_letter(consent: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """Asks for her words. The mail holds them and one link, to the page where she answers."""
    found = (
        Consent.objects.visible_to(viewer)
        .select_related("offer")
        .filter(pk=consent.pk, answer=Consent.Answer.WAITING, offer__state=Offer.State.ASKING)
        .first()
    )
    if found is None:
        return None
    asked = asked_of([found], viewer)[0]
    context = {
        "person": person,
        "asked": asked,
        "offer": found.offer,
        "source": source_of(found.offer.source).label,
        "url": settings.BASE_URL + reverse("memory:consent", args=[found.code]),
    }
    title = shorten(asked.spans[0].text if asked.spans else str(found.offer), 80)
    message = EmailMultiAlternatives(
        subject=one_line(_("May ALEX use your words? %(words)s") % {"words": title}),
        body=render_to_string("memory/mail/consent.txt", context),
        to=[person.email],
        headers={KIND: "memory.consent", TAKES: "alex.read"},
    )
    message.attach_alternative(render_to_string("memory/mail/consent.html", context), "text/html")
    return message


PUBLISHED = Kind(
    name="memory.published",
    label=gettext_lazy("What you helped with is published in ALEX"),
    model=Offer,
    takes="alex.read",
    section="alex",
    told=told,
)
CONSENT = Pattern(kind="memory.consent", model=Consent, write=consent_letter, takes="alex.read")

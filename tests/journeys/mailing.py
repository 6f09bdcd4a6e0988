"""Members with an address, what the house has written to them, and what their mail programs write back."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.core import mail

from house.notices import rounds
from house.notices.intake import rounds as intake
from house.notices.intake import spooling
from house.notices.models import Rhythm
from house.vocabulary.models import City
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

AUTHSERV = "mx.house.example"


def seated(slug, name, level="partner", **facts):
    city = City.objects.get(slug=slug)
    email = f"{name.split()[0].lower()}@{slug}.example"
    person = PersonFactory(name=name, email=email, city=city, languages=["en"], **facts)
    SeatFactory(partnership=PartnershipFactory(city=city, level=level), person=person)
    Rhythm.objects.create(person=person, quiet_from=None, quiet_until=None)  # also at night
    return person


def mails_to(person):
    """Everything that the house has for her by now, the newest last."""
    rounds.go()
    return [each for each in mail.outbox if person.email in each.to]


def write_back(message, person, words="", calendar=""):
    """As her mail program would, and as her city's mail server would vouch for."""
    reply = EmailMessage()
    sent = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    to = str(sent["Reply-To"] or sent["From"])
    reply["From"], reply["To"], reply["Subject"] = person.email, to, f"Re: {sent['Subject']}"
    reply["Message-ID"], reply["In-Reply-To"] = (
        f"<{len(mail.outbox)}@x.example>",
        sent["Message-ID"],
    )
    domain = person.email.rpartition("@")[2]
    reply["Authentication-Results"] = f"{AUTHSERV}; dmarc=pass header.from={domain}"
    reply.set_content(f"{words}\n\nOn 3 Dec 2026, Digital House wrote:\n> You are asked\n")
    if calendar:
        reply.add_alternative(
            calendar.encode(), maintype="text", subtype="calendar", params={"method": "REPLY"}
        )
        to = re.search(r"ORGANIZER[^:]*:mailto:(\S+)", calendar, re.IGNORECASE).group(1)
    spooling.keep(
        reply.as_bytes(policy=policy.SMTP),
        receivers=[to.split("<")[-1].strip(">")],
        sender=person.email,
    )
    return intake.go()

from types import SimpleNamespace

import pytest

from house.memory import actions, offers
from house.memory.models import Consent
from house.memory.offers import Offered, Span
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory, TopicFactory

KIND = "test.thing"


@pytest.fixture
def talk(member, neighbour, associate, monkeypatch):
    """A question that two answered; what it is about is an entry, for its door is a known one.

    `offer(candours=…, **facts)` offers it as its asker; `consent(who)` is what she is asked.
    """
    from house.alex.models import Entry

    monkeypatch.setitem(offers._sources, KIND, offers.Source(KIND, "A thread of the test", Entry))
    topic = TopicFactory(slug="bike-sharing")
    thing = EntryFactory(title="The thread", author=member.person, audience="public")
    asker, first, second = member.person, neighbour.person, associate.person

    def span(field, text, author):
        return Span(field, text, KIND, thing.pk, "/somewhere/#a", author.pk if author else None)

    def offer(*, by=asker, spans=None, key="talk", **facts):
        told = {
            "template": "case_study",
            "content": {
                "language": "en", "topics": [topic.pk], "audience": "alliance", "outcome": "worked",
                "city": asker.city_id, "candour": "city",
            },
            "spans": spans or [
                span("title", "Bikes in the way", asker),
                span("summary", "They lay on the pavement.", asker),
                span("outcome_why", "Parking zones were drawn.", first),
                span("challenge", "Bikes lay everywhere.", asker),
                span("approach", "We drew parking zones.", first),
                span("approach", "We fined the operators.", second),
                span("outcome_story", "Half as many complaints.", first),
            ],
            "helpers": {first.pk: "Gave the accepted answer", second.pk: "Answered"},
            "author": asker.pk,
            "candours": {asker.pk: "city", first.pk: "person", second.pk: "city"},
        }  # fmt: skip
        viewer = viewer_for(by)
        consenting = facts.pop("consenting", True)
        return actions.offer(
            KIND, thing, Offered(**{**told, **facts}), by=viewer, key=key, consenting=consenting
        )

    def consent(person):
        return Consent.objects.get(person=person)

    return SimpleNamespace(
        asker=asker,
        first=first,
        second=second,
        thing=thing,
        span=span,
        offer=offer,
        consent=consent,
    )

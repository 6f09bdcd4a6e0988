from collections.abc import Sequence

from house.access.viewer import Viewer
from house.gatherings.models import Event
from house.gatherings.queries import next_about
from house.retrieval.answers import Answer, Quote
from house.retrieval.facts import Contact


def counter_of(answer: Answer) -> list[tuple[Quote, bool]]:
    """Counter-evidence, each entry once, with whether its quote already stands among the answer's."""
    above = {quote.number for quote in answer.quotes}
    first: dict[tuple[type, int], Quote] = {}
    for quote in answer.counter:
        first.setdefault((type(quote.thing), quote.thing.pk), quote)
    return [(quote, quote.number in above) for quote in first.values()]


def people_of(answer: Answer) -> list[Contact]:
    """Whom to ask, each once, for the first reason given."""
    first: dict[str, Contact] = {}
    for contact in answer.people:
        first.setdefault(contact.url or f"{contact.name} {contact.city}", contact)
    return list(first.values())


def attend_next(answer: Answer, viewer: Viewer) -> Sequence[Event]:
    """The next gatherings on the topics of what was quoted, or of what lies nearest; the soonest first."""
    things = [quote.thing for quote in answer.quotes] or [near.thing for near in answer.nearest]
    # What was loaded for a card has its topics at hand; a gathering itself is no reason to go to another.
    topics = {
        topic.pk
        for thing in things
        if not isinstance(thing, Event)
        for topic in (thing.topics.all() if hasattr(thing, "topics") else ())
    }
    return next_about(sorted(topics), viewer)

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

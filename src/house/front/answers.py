from house.retrieval.answers import Answer, Quote


def counter_of(answer: Answer) -> list[tuple[Quote, bool]]:
    """Counter-evidence, each entry once, with whether its quote already stands among the answer's."""
    above = {quote.number for quote in answer.quotes}
    first: dict[tuple[type, int], Quote] = {}
    for quote in answer.counter:
        first.setdefault((type(quote.thing), quote.thing.pk), quote)
    return [(quote, quote.number in above) for quote in first.values()]

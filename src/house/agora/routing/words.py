"""How much what people say they can help with is about a question: BM25 over their few words.

Topics and places meet across languages by the lexicon's marks, as in the index.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from house.retrieval.analysis import analyse
from house.retrieval.asking import Question, understand
from house.retrieval.languages import recognise
from house.retrieval.lexicon import marks_of_passage

K, B = 1.2, 0.5  # short texts: how long one is says little
LONGEST = 4000


@lru_cache(maxsize=20_000)
def terms_in(text: str) -> tuple[str, ...]:
    """Analysed once for each wording, whoever wrote it."""
    text = text[:LONGEST]
    language = recognise(text, fallback="en")
    terms = analyse(text, language)
    # The mark of its language would make all who write in one alike.
    marks = marks_of_passage(terms, text, language)[1:]
    return (*terms, *marks)


def about(question: str | Question, texts: Mapping[int, str]) -> dict[int, float]:
    """Key → 0 to 1 of what could be said of the question at all; keys whose text says nothing are missing."""
    asked = understand(question) if isinstance(question, str) else question
    counted = {key: Counter(terms_in(text)) for key, text in texts.items() if text.strip()}
    if not counted:
        return {}
    mean = sum(sum(terms.values()) for terms in counted.values()) / len(counted) or 1.0
    found: dict[int, float] = {}
    most = 0.0
    for term in asked.terms:
        forms = set(term.forms)
        holders = {
            key: held
            for key, terms in counted.items()
            if (held := sum(terms[form] for form in forms if form in terms))
        }
        idf = math.log(1 + (len(counted) - len(holders) + 0.5) / (len(holders) + 0.5))
        most += idf * (K + 1) * 0.6
        for key, held in holders.items():
            length = 1 - B + B * sum(counted[key].values()) / mean
            found[key] = found.get(key, 0.0) + idf * held * (K + 1) / (held + K * length)
    if not most:
        return {}
    return {key: min(1.0, score / most) for key, score in found.items()}

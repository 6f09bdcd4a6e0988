"""Words that an article has from others, and what of them its readers may get no more.

What was lent can be taken back: its author ends her consent, seals it, deletes it, or opens it to fewer. That
is asked at each reading, for every edition, so that nothing has to hear of it in time. The search index is
made ahead of its reading, and therefore holds no lent words at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from house.ground.html import sanitise, to_text
from house.magazine import quotes
from house.magazine.addresses import plain_path

_PIECE = re.compile(r"<(p|li|h[2-4]|blockquote|td|th|pre)\b[^>]*>(.*?)</\1>", re.DOTALL)
_KNOWN_AGAIN = 12  # letters that a sentence needs to be told from what anybody says
_ENDS = " .!?…。？！,;:\"'”’)]"


@dataclass(frozen=True)
class Lent:
    """Words, as they may stand anywhere in an article. `standing` is what its other sources say.

    `sources` are addresses that nothing leads to any more, `cities` the codes of those that it names no more.
    """

    words: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()

    @cached_property
    def _sentences(self) -> list[str]:
        whole = [sentence for each in self.words for sentence in quotes.SENTENCE.findall(each)]
        plain = (_plain(each).strip(_ENDS) for each in (*self.words, *whole))
        return [each for each in dict.fromkeys(plain) if len(each) >= _KNOWN_AGAIN]

    def stand_in(self, text: str) -> bool:
        """All of a quote, or a whole sentence of it."""
        told = _plain(text) if self._sentences else ""
        return any(quotes.holds(told, each) for each in self._sentences)

    def are(self, words: str) -> bool:
        return words in self.words or self.stand_in(words)

    def stand_in_teaser(self, teaser: str) -> bool:
        """There also what is put between marks and stands in no source that is left."""
        if not self.words:
            return False
        return self.stand_in(teaser) or not all(
            quotes.stands(words, self.standing) for words, _credit in quotes.marked(teaser)
        )


NOTHING = Lent()


def note() -> str:
    """What a reader finds in their place. Why is between the source and its author."""
    return gettext("A quote stood here. Its source no longer lets us show it.")


def title_of(article: Any) -> str:
    """As readers get it now: one that the article has from its source only while that may be told."""
    return str(article.title) if quotes.title_ended(article) is None else _no_title()


def _no_title() -> str:
    return gettext("A title stood here. Its source no longer lets us show it.")


def title_and_cities(article: Any) -> tuple[str, list[Any]]:
    """As readers get them now; its source is asked once for both."""
    bears, lent = quotes.bears_lent_title(article), quotes.lent_cities(article)
    saying = quotes.lender(article) if bears or lent else None
    is_ended = bears and quotes.why_no_title(article, saying) is not None
    gone = lent if lent and quotes.tells_no_city(saying) else []
    kept = [city for city in article.cities.all() if city not in gone]
    return (_no_title() if is_ended else str(article.title)), kept


def lent_to(article: Any) -> Lent:
    """All that it has from sources in the house, whether or not they let it be shown."""
    proposed = quotes.marked(article.teaser) if article.lent_title_from else []
    return Lent(
        (*(value["text"] for value in _quotes(article)), *(words for words, _by in proposed))
    )


def taken_back(article: Any) -> Lent:
    """What of it may not be shown any more, to any of its readers."""
    viewer = quotes.audience_of(article)
    gone, standing, sources = [], [], set[str]()
    for value in _quotes(article):
        saying = quotes.source_of(value["source"], viewer)
        if quotes.ended(value["credit"], saying):
            gone.append(value["text"])
            sources.add(plain_path(value["source"]))
        elif saying is not None:
            standing += saying.texts
    if article.lent_title_from:
        gone += _of_teaser(article, tuple(standing))
    cities = quotes.lent_cities(article)
    if not cities or not quotes.tells_no_city(quotes.lender(article)):
        cities = []
    if cities or quotes.title_ended(article):
        sources.add(plain_path(article.lent_title_from))
    return Lent(
        tuple(gone), tuple(standing), frozenset(sources), frozenset(city.pk for city in cities)
    )


def _of_teaser(article: Any, standing: tuple[str, ...]) -> list[str]:
    """Of a proposed teaser, where no quote in the text answers for its words."""
    quoted = [
        each for each in quotes.marked(article.teaser) if not quotes.stands(each[0], standing)
    ]
    saying = quotes.lender(article) if quoted else None
    return [words for words, credit in quoted if quotes.ended(credit, saying)]


def without(html: str, lent: Lent, told: str) -> str:
    """Sanitised HTML with `told` in each paragraph that says lent words; `told` alone where that fails."""
    if not lent.stand_in(to_text(html)):
        return html

    def kept(piece: re.Match[str]) -> str:
        is_lent = lent.stand_in(to_text(piece[2]))
        return f"<{piece[1]}>{told}</{piece[1]}>" if is_lent else piece[0]

    left = sanitise(_PIECE.sub(kept, html))
    return f"<p>{told}</p>" if lent.stand_in(to_text(left)) else left


def _quotes(article: Any) -> Iterator[Any]:
    for block in article.body:
        if block.block_type == "quote" and block.value["source"].startswith("/"):
            yield block.value


def _plain(text: str) -> str:
    return quotes.folded(text).casefold()

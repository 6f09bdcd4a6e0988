"""From facts to three people. Pure functions: the same facts always give the same order.

Knowing about the matter comes first; a like city, a shared language and hours in common make it
easier to answer; and whoever was asked much lately stands back, so that it is never the same few.
How much each thing speaks for her is in log-odds, learned by logistic regressions on two made-up
alliances and rounded; reported on others (docs/benchmarks.md, decisions 100 and 127).
"""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from house.agora.routing.facts import Choice, Load, Peer, Question, Reason, Town

AT_MOST = 3
START = -5.3  # log-odds of somebody for whom nothing speaks


@dataclass(frozen=True, slots=True)
class Weights:
    """`deeds` by many of a sort; `in_topic` (solved, answered, asked) for each e-fold of how often."""

    deeds: Mapping[str, float]
    says: float
    city_says: float
    topics: float
    in_topic: tuple[float, float, float]
    declined: float
    wrote: float
    year: float  # of load: how much each invitation of the year takes off


# Where words alone are compared, most of what peers wrote in other languages is not seen: topics say more.
BY_WORDS = Weights(
    {"solved": 4.3, "told": 2.5, "answered": 0.9, "asked": 0.3, "city": 0.4},
    says=3.6, city_says=0.5, topics=2.3, in_topic=(1.2, 1.0, 0.9), declined=-1.0, wrote=-0.7, year=0.4,
)  # fmt: skip
# Where meaning is compared, what is about the matter says more, and a topic that holds much says little.
BY_MEANING = Weights(
    {"solved": 8.2, "told": 8.0, "answered": 3.3, "asked": 3.1, "city": 1.2},
    says=4.5, city_says=2.3, topics=1.2, in_topic=(0.2, 0.5, 0.7), declined=-0.5, wrote=-0.6, year=1.9,
)  # fmt: skip
BARELY = 0.15  # of a deed's worth: below, it has a word in common by chance
LIKE, HOURS = 0.15, 0.05  # how much a wholly like city, or wholly shared hours, add
OTHER = 0.95  # what is left where they share a language, but not the question's
FOREIGN = 0.1  # … where one of them has English, the other perhaps
APART = 0.02  # … and where no language is
OPEN_LOAD, MONTH_LOAD = 0.3, 0.2
_WORKING = range(9, 17)


def choose(
    question: Question,
    peers: Iterable[Peer],
    *,
    count: int = AT_MOST,
    without: frozenset[int] = frozenset(),
) -> list[Choice]:
    """The best first, at most one of each city. Who is full, away or left out is not among them."""
    judged = [
        judge(question, peer)
        for peer in peers
        if peer.person not in without and not peer.load.is_full
    ]
    towns = {}
    best: list[Choice] = []
    for choice, peer in sorted(judged, key=lambda pair: (-pair[0].score, pair[0].person)):
        if choice.score <= 0 or len(best) == count:
            break
        town = peer.town.code if peer.town else f"person {peer.person}"
        if town not in towns:
            towns[town] = True
            best.append(choice)
    return best


def judge(question: Question, peer: Peer) -> tuple[Choice, Peer]:
    chance, reasons = knowing(question, peer)
    if not reasons:
        return Choice(peer.person, 0.0, ()), peer
    like, alike = likeness(question.town, peer.town)
    hours = shared_hours(question.zone, peer.zone) if question.zone else 0
    spoken, language = in_common(question, peer)
    score = chance * (1 + LIKE * like + HOURS * hours / len(_WORKING)) * spoken
    if alike:
        reasons.append(Reason("like", LIKE * like, {"of": alike}))
    if language:
        reasons.append(Reason("language", 0.05, {"language": language}))
    if hours >= 2:
        reasons.append(Reason("hours", HOURS * hours / len(_WORKING), {"hours": hours}))
    if not peer.load.month and not peer.load.open:
        reasons.append(Reason("capacity", 0.01))
    reasons.sort(key=lambda reason: -reason.weight)
    return Choice(
        peer.person, score / burden(peer.load, weights_for(question)), tuple(reasons)
    ), peer


def weights_for(question: Question) -> Weights:
    return BY_MEANING if question.by_meaning else BY_WORDS


def knowing(question: Question, peer: Peer) -> tuple[float, list[Reason]]:
    """How likely she knows about it, and what speaks for that."""
    weights = weights_for(question)
    reasons = [
        *_of_works(peer, weights),
        *_of_offers(peer, weights),
        *_of_topics(question, peer, weights),
    ]
    odds = START + sum(reason.weight for reason in reasons)
    odds += weights.wrote * math.log1p(peer.written) + weights.declined * _much(peer.declined)
    return 1 / (1 + math.exp(-odds)), reasons


def _much(amount: float) -> float:
    """0 to 1: the first counts most, ten do not count ten times."""
    return amount / (amount + 1)


def _of_works(peer: Peer, weights: Weights) -> Iterator[Reason]:
    """Each deed has its share of what all of its sort say."""
    works = [work for work in peer.works if work.weight >= BARELY]
    amounts: dict[str, float] = defaultdict(float)
    for work in works:
        amounts[work.sort] += work.weight
    for work in works:
        weight = weights.deeds[work.sort] * work.weight / (amounts[work.sort] + 1)
        yield Reason(work.kind, weight, {"title": work.title, "url": work.url})


def _of_offers(peer: Peer, weights: Weights) -> Iterator[Reason]:
    if peer.says > 0:
        yield Reason("says", weights.says * peer.says)
    if peer.city_says > 0:
        yield Reason("city_says", weights.city_says * peer.city_says)


def _of_topics(question: Question, peer: Peer, weights: Weights) -> Iterator[Reason]:
    if shared := question.topics & peer.topics:
        weight = weights.topics * len(shared) / len(question.topics)
        yield Reason("topics", weight, {"topics": sorted(shared)})
    done = peer.in_topic
    often = (done.solved, done.answered, done.asked)
    weight = sum(w * math.log1p(n) for w, n in zip(weights.in_topic, often, strict=True))
    if weight:
        yield Reason("in_topic", weight, {"solved": done.solved, "answered": done.answered})


def burden(load: Load, weights: Weights = BY_WORDS) -> float:
    return 1 + OPEN_LOAD * load.open + MONTH_LOAD * load.month + weights.year * load.year


def likeness(one: Town | None, other: Town | None) -> tuple[float, list[str]]:
    """0 to 1, with what is alike: "size", "terrain", "country" or "region"."""
    if one is None or other is None:
        return 0.0, []
    alike = []
    size = 0.0
    if one.population and other.population:
        size = max(0.0, 1 - abs(math.log(one.population / other.population)) / math.log(8))
        if size >= 0.5:
            alike.append("size")
    both = one.terrain | other.terrain
    terrain = len(one.terrain & other.terrain) / len(both) if both else 0.0
    if one.terrain & other.terrain:
        alike.append("terrain")
    near = 0.0
    if one.country and one.country == other.country:
        near = 1.0
        alike.append("country")
    elif one.region and one.region == other.region:
        near = 0.5
        alike.append("region")
    return (size + terrain + near) / 3, alike


def in_common(question: Question, peer: Peer) -> tuple[float, str]:
    """How easily they understand each other, and in which language: the question's own is best."""
    spoken = [_main(each) for each in peer.languages]
    if not spoken:  # she keeps them or has not said: nothing follows
        return OTHER, ""
    if _main(question.language) in spoken:
        return 1.0, question.language
    for language in question.also_speaks:
        if _main(language) in spoken:
            return OTHER, language
    return (FOREIGN, "en") if "en" in spoken else (APART, "")


def _main(language: str) -> str:
    return language.partition("-")[0]


def shared_hours(one: str, other: str, on: datetime.date | None = None) -> int:
    """Working hours (9 to 17) that two zones have in common on a day."""
    apart = abs(_offset(one, on) - _offset(other, on)) % 24
    apart = min(apart, 24 - apart)
    return max(0, len(_WORKING) - math.ceil(apart))


def _offset(zone: str, on: datetime.date | None) -> float:
    return _offset_on(zone, on or datetime.datetime.now(datetime.UTC).date())


@lru_cache(maxsize=2000)
def _offset_on(zone: str, on: datetime.date) -> float:
    noon = datetime.datetime.combine(on, datetime.time(12), ZoneInfo(zone))
    return (noon.utcoffset() or datetime.timedelta()).total_seconds() / 3600


def gini(loads: Sequence[int]) -> float:
    """0 where all carry alike, towards 1 where one carries everything."""
    total = sum(loads)
    if not total:
        return 0.0
    ordered = sorted(loads)
    weighted = sum(place * load for place, load in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)

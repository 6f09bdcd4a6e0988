"""Does a text give away the author that it hides? What a writer is warned of before it is read by anybody.

Looks for the names of her city in every language, its inhabitants and its spelling mistakes, for her
colleagues, her own name, the mail domains of her city, and for a country or a language that too few
partner cities share. A warning is no proof: who knows more may still guess.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from house.access.candour import Candour, K, names_city
from house.ground.errors import Refused
from house.ground.text import folded
from house.partners.anonymity import blurred, fit_of
from house.partners.models import CityDomain, Partnership, Seat
from house.people.models import Person
from house.vocabulary.languages import name_of
from house.vocabulary.models import City, CityQuerySet

# every row in this file: read to warn the writer about her own city, and told to nobody else

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "[\u0590-\u05ff\u1100-\u11ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROVIDERS = {"gmail.com", "outlook.com", "hotmail.com", "icloud.com", "proton.me", "yahoo.com"}
_MOST_COLLEAGUES = 500


@dataclass(frozen=True, slots=True)
class Trace:
    """`what` is "city", "country", "language", "colleague", "self", "domain" or "address"."""

    what: str
    words: str

    @property
    def told(self) -> str:
        said = {"words": self.words}
        match self.what:
            case "city":
                return _("“%(words)s” names your city.") % said
            case "country":
                return _("“%(words)s”: too few partner cities lie in your country.") % said
            case "language":
                return _("Too few partner cities work in this language: %(words)s.") % said
            case "colleague":
                return _("“%(words)s” is a colleague of yours.") % said
            case "self":
                return _("“%(words)s” is your own name.") % said
            case _:
                return _("“%(words)s” leads to your city.") % said


class GivesAway(Refused):
    """`traces` tell what was found; with `digest` as `despite`, the writer says that she knows."""

    code = "gives-author-away"

    def __init__(self, traces: list[Trace]) -> None:
        self.traces = traces
        self.digest = digest_of(traces)
        self.facts = {
            "digest": self.digest,
            "traces": [{"what": trace.what, "words": trace.words} for trace in traces],
        }
        super().__init__(
            _("Your text may tell who you are: %(found)s")
            % {"found": " ".join(trace.told for trace in traces)},
            remedy=_("Change these words, choose to be named, or say that you know and go on."),
        )


class TooNarrow(Refused):
    """The description fits too few cities; `offered` is one that holds."""

    code = "described-too-narrowly"

    def __init__(self, cities: int, of: int, offered: str) -> None:
        self.offered = offered
        self.facts = {"offered": offered}
        super().__init__(
            _(
                "This description fits %(cities)s of %(of)s partner cities; it takes %(k)s to hide one."
            )
            % {"cities": cities, "of": of, "k": K},
            remedy=_("This one holds: %(offered)s.") % {"offered": offered},
        )


def digest_of(traces: Iterable[Trace]) -> str:
    packed = "\n".join(sorted({f"{trace.what}:{folded(trace.words)}" for trace in traces}))
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def require_hidden(
    text: str,
    *,
    author: Person,
    city: City | None,
    candour: str,
    described_as: str = "",
    language: str = "",
    despite: str = "",
) -> None:
    """Raises `TooNarrow` or `GivesAway`, unless nothing is hidden or the writer knows of every trace."""
    if names_city(candour):
        return
    if city is None:
        raise Refused(
            _("There is no city of yours to hide."), remedy=_("Choose to be named as you are.")
        )
    if candour == Candour.DESCRIBED:
        require_wide(described_as, author=author, city=city)
    traces = traces_in(text, author=author, city=city, language=language)
    if traces and digest_of(traces) != despite:
        raise GivesAway(traces)


def require_wide(described_as: str, *, author: Person, city: City) -> None:
    """A description of fewer than `K` cities would only pretend to hide; one with a name hides nothing."""
    if not described_as.strip():
        raise TooNarrow(0, fit_of("").of, blurred(city))
    if traces_in(described_as, author=author, city=city):
        raise TooNarrow(1, fit_of("").of, blurred(city))
    fit = fit_of(described_as)
    if fit.cities < K:
        raise TooNarrow(fit.cities, fit.of, blurred(city))


def traces_in(text: str, *, author: Person, city: City, language: str = "") -> list[Trace]:
    """Each word that gives something away, once, in the order of what is graver."""
    words = [match.group() for match in _WORD.finditer(text)]
    plain = [folded(word) for word in words]
    found = [Trace("city", hit) for hit in _named(_names_of(city), text, words, plain)]
    # A text is often signed with the first name alone.
    own = [author.name, *author.name.split()[:1]]
    found += [Trace("self", hit) for hit in _persons(own, words, plain)]
    found += [Trace("colleague", hit) for hit in _persons(_colleagues(author, city), words, plain)]
    found += [Trace("domain", hit) for hit in _domains(author, city, text)]
    found += [Trace("country", hit) for hit in _country(city, text, words, plain)]
    if language and _is_rare(language, city):
        found.append(Trace("language", name_of(language)))
    return list(dict.fromkeys(found))


def _names_of(city: City) -> list[str]:
    return list(dict.fromkeys([city.name, *city.names.values(), *_demonyms().get(city.pk, [])]))


@cache
def _demonyms() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "data" / "demonyms.toml").read_text())


def _named(names: Iterable[str], text: str, words: list[str], plain: list[str]) -> Iterator[str]:
    """Names as they stand in the text: inflected, joined with others, or with one letter wrong."""
    for name in names:
        if _UNSPACED.search(name):
            if name in text:
                yield name
            continue
        parts = [folded(part) for part in _WORD.findall(name)]
        for at in range(len(plain) - len(parts) + 1):
            if _is_run(parts, plain[at : at + len(parts)]):
                yield " ".join(words[at : at + len(parts)])


def _is_run(parts: list[str], run: list[str]) -> bool:
    if not parts or run[:-1] != parts[:-1]:
        return False
    name, word = parts[-1], run[-1]
    if word == name:
        return True
    if len(name) < 4:  # "IJ" and "TTC" as they are, or half of all words would be names
        return False
    if len(name) >= 6 and name in word:
        return True
    if word.startswith(name) and len(word) - len(name) <= 4:
        return True
    return len(name) >= 6 and _one_apart(name, word)


def _one_apart(one: str, other: str) -> bool:
    """One letter more, less, other or two changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, others = one[start:], other[start:]
    if rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]:
        return True
    return rest[:2] == others[1::-1] and rest[2:] == others[2:]


def _colleagues(author: Person, city: City) -> list[str]:
    seated = Seat.objects.filter(partnership__city=city, person__isnull=False).values("person")
    others = Person.objects.filter(Q(pk__in=seated) | Q(city=city)).exclude(pk=author.pk)
    return list(others.values_list("name", flat=True)[:_MOST_COLLEAGUES])


def _persons(names: Iterable[str], words: list[str], plain: list[str]) -> Iterator[str]:
    """Full names, and family names where they are long enough to be one."""
    for name in names:
        parts = [folded(part) for part in _WORD.findall(name)]
        if not parts:
            continue
        for at in range(len(plain)):
            if plain[at : at + len(parts)] == parts:
                yield " ".join(words[at : at + len(parts)])
            elif len(parts) > 1 and len(parts[-1]) >= 4 and plain[at] == parts[-1]:
                # A plain word in small letters that is somebody's name too ("banks") tells nothing.
                yield from [words[at]] if not words[at].islower() else []


def _domains(author: Person, city: City, text: str) -> Iterator[str]:
    mine = {author.email.rpartition("@")[2].lower()} - _PROVIDERS
    mine |= set(CityDomain.objects.filter(city=city).values_list("domain", flat=True))
    low = text.lower()
    yield from sorted(domain for domain in mine if domain and domain in low)
    yield from sorted({match.group() for match in _MAIL.finditer(text)})


def _country(city: City, text: str, words: list[str], plain: list[str]) -> Iterator[str]:
    if _partner_cities().filter(country=city.country).count() >= K:
        return
    yield from _named([city.country_name], text, words, plain)


def _is_rare(language: str, city: City) -> bool:
    """Fewer than `K` partner cities work in it, and hers does: readers need not guess for long."""
    if language == "en" or language not in city.languages:
        return False
    spoken = _partner_cities().values_list("languages", flat=True)
    return sum(language in languages for languages in spoken) < K


def _partner_cities() -> CityQuerySet:
    return City.objects.filter(pk__in=Partnership.objects.running().values("city"))

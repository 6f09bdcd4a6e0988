# ruff: noqa: E501 -- one line for each trait reads as a table
"""Does a description hide the city it describes? Only if enough partner cities could be meant.

Reads what can be read off the words in the house's languages: size, part of the world, country and
terrain. Words it does not know narrow nothing down here, though they may for a reader who knows
more: the writer is told what was understood, and judges the rest.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from house.access.candour import K
from house.partners.models import Partnership
from house.vocabulary.models import City, CityFact

_EUROPE = {
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT",
    "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip
_REGIONS = (
    (r"nordic|scandinav|nordisk|skandinav|nórdic|nòrdic|nordique|skandinaaf|북유럽|נורדי|北欧", {"DK", "FI", "IS", "NO", "SE"}),
    (r"north.?americ|noord-?amerik|norteameric|nord-?am[eéè]ric|nordamerik|북미|צפון.?אמריק|北美", {"CA", "MX", "US"}),
    (r"middle.east|midden-oosten|oriente medio|moyen-orient|nahöst|mellanöster|중동|מזרח התיכון|中东", {"AE", "IL", "JO", "QA", "SA", "TR"}),
    (r"europ|유럽|אירופ|欧洲", _EUROPE),
    (r"asia|asien|aziat|azië|asiàt|아시아|אסי|亚洲", {"CN", "HK", "ID", "IN", "JP", "KR", "MY", "SG", "TH", "TW", "VN"}),
    (r"africa|afrik|áfrica|àfrica|아프리카|אפריק|非洲", {"EG", "GH", "KE", "MA", "NG", "RW", "SN", "TN", "ZA"}),
    (r"americ|amerik|améric|아메리카|美洲", {"AR", "BR", "CA", "CL", "CO", "MX", "US", "UY"}),
)  # fmt: skip
_COUNTRIES = {
    "dutch": "NL", "danish": "DK", "canadian": "CA", "spanish": "ES", "catalan": "ES", "swedish": "SE",
    "singaporean": "SG", "israeli": "IL", "belgian": "BE", "flemish": "BE", "british": "GB", "english": "GB",
    "korean": "KR", "south african": "ZA", "german": "DE", "french": "FR", "portuguese": "PT",
}  # fmt: skip
# (words, fewest, most inhabitants). The bands overlap: such words are vague, and all who might be meant count.
_SIZES = (
    (r"mid-?sized?|medium|middelgro\w+|median\w+|mitjan\w+|moyen\w*|mittelgro\w+|medelstor|mellemstor|mediana?|médi\w+|중형|중소|בינוני\w*|中等|中型", 200_000, 1_500_000),
    (r"small|klein\w*|pequeñ\w+|petit\w*|liten|lille|små|pequen\w+|작은|소도시|קטנה?|小城|小型", 0, 500_000),
    (r"large|big|mega\w*|gro[ot]t?e?|grootstad|gran(?:de)?|métropole\w*|metropol\w*|grand\w*|gro(?:ß|ss)\w*|stor\w*|대도시|큰|גדולה?|大城市|大型|特大", 300_000, 10**9),
)  # fmt: skip
_TERRAINS = (
    (r"\bport\b|harbou?r|haven|puert|portu[aà]ri|portuair|hafen|hamn|havn|\bporto\b|항구|항만|נמל|港", {"harbour"}),
    (r"river|rivier|\br[ií]o\b|\briu\b|fleuve|fluss|flod|\b강|נהר|河|江", {"river"}),
    (r"canal|gracht|kanal|운하|תעל|运河", {"canals"}),
    (r"coast|seaside|kust|costa|costera|côt|küste|kyst|해안|חוף|海滨|沿海", {"coast", "harbour"}),
    (r"hill|heuvel|colina|hügel|언덕|גבע|丘", {"hills", "mountains"}),
    (r"\blake|\blac\b|\blago\b|sjö|호수|אגם|湖", {"lake"}),
    (r"island|eiland|\bisla|\bîle|insel|섬|岛", {"islands"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """How many partner cities a description fits, of how many there are."""

    cities: int
    of: int


def fit_of(description: str) -> Fit:
    """Counts the cities with a running partnership now: who may be meant changes as cities come and go."""
    cities = list(
        # every row: a number that names nobody
        City.objects.filter(pk__in=Partnership.objects.running().values("city"))
    )
    # every row: as above
    facts = CityFact.objects.filter(name="population", city__in=cities)
    population = dict(facts.values_list("city_id", "value"))
    words = description.casefold()
    named = {city.country for city in cities if city.country_name.casefold() in words}
    tests = _tests(words, population)
    if named:
        tests.append(lambda city: city.country in named)
    fitting = [city for city in cities if all(test(city) for test in tests)]
    return Fit(len(fitting), len(cities))


def blurred(city: City) -> str:
    """The narrowest description of this city that holds now; of a city that fits none, the widest."""
    for said, plain in _descriptions(city):
        if fit_of(plain).cities >= K:
            return said
    return _("A city of the alliance")


def _descriptions(city: City) -> Iterator[tuple[str, str]]:
    """(for its reader, in English for `fit_of`), the narrowest first."""
    terrains = [
        (told, word)
        for mark, told, word in (
            ("harbour", _("with a harbour"), "harbour"),
            ("river", _("on a river"), "river"),
            ("canals", _("with canals"), "canal"),
            ("coast", _("on the coast"), "coast"),
            ("lake", _("by a lake"), "lake"),
            ("hills", _("in the hills"), "hills"),
        )
        if mark in city.terrain
    ]
    size, plain_size = _size_of(city)
    region, plain_region = _region_of(city)
    for where, plain_where in terrains if region else []:
        said = _("A %(size)s city in %(region)s %(where)s")
        yield (
            said % {"size": size, "region": region, "where": where},
            f"{plain_size} {plain_region} {plain_where}",
        )
    if region:
        said = _("A %(size)s city in %(region)s")
        yield said % {"size": size, "region": region}, f"{plain_size} {plain_region}"
        yield _("A city in %(region)s") % {"region": region}, plain_region
    for where, plain_where in terrains:
        said = _("A %(size)s city %(where)s")
        yield said % {"size": size, "where": where}, f"{plain_size} {plain_where}"
    yield _("A %(size)s city") % {"size": size}, plain_size


def _size_of(city: City) -> tuple[str, str]:
    # every row: a figure that the city's own page shows
    facts = CityFact.objects.filter(name="population", city=city)
    people = facts.values_list("value", flat=True).first() or 500_000
    if people < 300_000:
        return _("small"), "small"
    return (_("mid-size"), "mid-size") if people <= 1_200_000 else (_("large"), "large")


def _region_of(city: City) -> tuple[str, str]:
    for country_of, told, word in (
        (_EUROPE, _("Europe"), "europe"),
        ({"CA", "MX", "US"}, _("North America"), "north america"),
        ({"AE", "IL", "JO", "QA", "SA", "TR"}, _("the Middle East"), "middle east"),
        ({"CN", "HK", "ID", "IN", "JP", "KR", "MY", "SG", "TH", "TW", "VN"}, _("Asia"), "asia"),
        ({"EG", "GH", "KE", "MA", "NG", "RW", "SN", "TN", "ZA"}, _("Africa"), "africa"),
    ):
        if city.country in country_of:
            return told, word
    return "", ""


def hides(description: str) -> str:
    """Why this description does not hide the city it describes; empty where it does."""
    told = description.casefold()
    if not told.strip():
        return _("Describe your city, such as “a mid-size European port city”.")
    # every row: names of cities are no secret
    if any(name.casefold() in told for name in City.objects.values_list("name", flat=True)):
        return _("This names a city. Describe it so that several could be meant.")
    fit = fit_of(description)
    if fit.of < K or fit.cities >= K:  # an alliance of two can't hide anybody
        return ""
    return _(
        "Only %(cities)d partner cities fit this description; at least %(least)d must. Say less, "
        "such as “a European city”."
    ) % {"cities": fit.cities, "least": K}


def _tests(words: str, population: dict[str, float]) -> list[Callable[[City], bool]]:
    tests: list[Callable[[City], bool]] = []
    for pattern, fewest, most in _SIZES:
        words, found = _take(pattern, words)
        if found:  # the default arguments pin this round's values
            tests.append(
                lambda city, low=fewest, high=most: low <= population.get(city.pk, low) <= high
            )
            break
    for adjective, code in _COUNTRIES.items():
        words, found = _take(rf"\b{adjective}\b", words)
        if found:
            tests.append(lambda city, code=code: city.country == code)
    for pattern, codes in _REGIONS:
        words, found = _take(pattern, words)
        if found:
            tests.append(lambda city, codes=codes: city.country in codes)
            break
    tests += [
        lambda city, marks=marks: bool(marks & set(city.terrain))
        for pattern, marks in _TERRAINS
        if re.search(pattern, words)
    ]
    return tests


def _take(pattern: str, words: str) -> tuple[str, bool]:
    """The words without what the pattern found: "mid-size" must not be read as a size again."""
    rest, found = re.subn(pattern, " ", words)
    return rest, bool(found)

"""Makes src/house/retrieval/data/places.json: names of countries and cities in the house's languages.

The names are Unicode CLDR's, read through Babel, which only this tool needs:
`uv run --with babel python tools/build_places.py`. A language's name stands for the country it is
first spoken in, because people say "Swedish towns" and "villes suédoises".
"""

import csv
import json
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

TARGET = Path(__file__).parent.parent / "src/house/retrieval/data/places.json"
MORE = Path(__file__).with_name("more_places.tsv")
LANGUAGES = ("en", "nl", "es", "fr", "de", "sv", "da", "ca", "pt", "ko", "he", "zh")
LOCALES = {"pt": "pt_PT", "zh": "zh_Hans"}
# Languages of many countries name none of them.
HOMES = {"pt": "PT", "es": "ES", "fr": "FR", "de": "DE", "nl": "NL", "zh": "CN", "ca": "ES"}
SPOKEN_WIDELY = {"en", "ar"}
REGIONAL = {"ca", "eu", "gl"}
WORDS_TOO = {"Oral", "Midway", "Nome"}  # names of zones that are mostly something else in a text
# What people say and CLDR's long form doesn't.
ALSO = {
    "GB": {
        "en": ["UK", "Britain", "British", "England"],
        "nl": ["VK", "Groot-Brittannië", "Brits", "Engeland"],
        "es": ["Gran Bretaña", "británico", "Inglaterra"],
        "fr": ["Grande-Bretagne", "britannique", "Angleterre"],
        "de": ["Großbritannien", "britisch", "England"],
        "sv": ["Storbritannien", "brittisk", "England"],
        "da": ["Storbritannien", "britisk", "England"],
        "ca": ["Gran Bretanya", "britànic", "Anglaterra"],
        "pt": ["Grã-Bretanha", "britânico", "Inglaterra"],
        "ko": ["영국"],
        "he": ["בריטניה", "אנגליה"],
        "zh": ["英国"],
    },
    "US": {
        "en": ["USA", "American"],
        "nl": ["VS", "Amerikaans"],
        "es": ["EEUU", "estadounidense"],
        "fr": ["américain"],
        "de": ["USA", "amerikanisch"],
        "sv": ["amerikansk"],
        "da": ["amerikansk"],
        "ca": ["EUA", "nord-americà"],
        "pt": ["EUA", "americano"],
        "ko": ["미국"],
        "he": ["אמריקאי"],
        "zh": ["美国"],
    },
    "KR": {
        "en": ["Korea"],
        "nl": ["Korea"],
        "es": ["Corea"],
        "fr": ["Corée"],
        "de": ["Korea"],
        "sv": ["Korea"],
        "da": ["Korea"],
        "ca": ["Corea"],
        "pt": ["Coreia"],
        "ko": ["한국"],
        "he": ["קוריאה"],
    },
    "SE": {"sv": ["svensk"]},
    "DE": {"sv": ["tysk"]},
    "FR": {"sv": ["fransk"]},
    "NL": {"es": ["holandés"], "fr": ["hollandais"], "de": ["holländisch"], "sv": ["nederländsk"]},
    "DK": {"sv": ["dansk"]},
    "ES": {"sv": ["spansk", "katalansk"], "da": ["catalansk"]},
}


def names_of(locales: dict[str, Locale], find: object) -> dict[str, list[str]]:
    found = {language: find(locale) for language, locale in locales.items()}
    return {language: names for language, names in found.items() if names}


def more_cities() -> list[dict]:
    """Cities that stand for no time zone, written by hand; an empty cell means as in English."""
    rows = list(csv.DictReader(MORE.open(encoding="utf-8"), delimiter="\t"))
    return [
        {
            "id": row["id"],
            "country": row["country"],
            "names": {language: [row[language] or row["en"]] for language in LANGUAGES},
        }
        for row in rows
    ]


def home_of(language: str) -> str:
    likely = get_global("likely_subtags").get(language, "")
    return HOMES.get(language) or likely.rpartition("_")[2]


def main() -> None:
    locales = {code: Locale.parse(LOCALES.get(code, code)) for code in LANGUAGES}
    countries = sorted(c for c in locales["en"].territories if len(c) == 2 and c.isalpha())
    countries = [c for c in countries if c not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}]
    spoken: dict[str, list[str]] = {}
    for language in locales["en"].languages:
        home = home_of(language)
        national = {*get_official_languages(home, de_facto=True), *REGIONAL} - SPOKEN_WIDELY
        if home in countries and language in national:
            spoken.setdefault(home, []).append(language)
    places = []
    for country in countries:
        own = spoken.get(country, [])
        names = names_of(
            locales,
            lambda locale, country=country, own=own: [
                name
                for name in [
                    locale.territories.get(country),
                    *(locale.languages.get(language) for language in own),
                    *ALSO.get(country, {}).get(locale.language, ()),
                ]
                if name
            ],
        )
        languages = list(get_official_languages(country, de_facto=True))
        if country == "ES":
            languages.append("ca")
        places.append({"id": country, "country": country, "languages": languages, "names": names})
    for zone, country in sorted(get_global("zone_territories").items()):
        if country not in countries or zone.count("/") != 1 or zone.startswith("Antarctica"):
            continue
        plain = zone.rpartition("/")[2].replace("_", " ")
        if plain in WORDS_TOO:
            continue
        names = names_of(
            locales,
            lambda locale, zone=zone, plain=plain: [
                locale.time_zones.get(zone, {}).get("city") or plain
            ],
        )
        places.append({"id": plain, "country": country, "names": names})
    places += more_cities()
    about = {
        "source": "Unicode CLDR, https://cldr.unicode.org/, Unicode License v3; some cities by hand",
        "places": places,
    }
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(places)} places, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Numbers told in words, put together as each language does: vijfentwintig, ciento veinte, vint-i-cinc."""

# ruff: noqa: E501 -- a row of words is read whole

import re

_HUNDRED, _THOUSAND = 100, 1000


def _told(words: str, *, start: int = 1, step: int = 1) -> dict[str, int]:
    """A slash stands between two words for one number."""
    return {
        word: start + place * step
        for place, told in enumerate(words.split())
        for word in told.split("/")
    }


_PARTS = {
    "en": _told("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty", start=2)
    | _told("thirty forty fifty sixty seventy eighty ninety", start=30, step=10) | {"one": 1, "hundred": 100, "thousand": 1000},
    "fr": _told("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", start=2)
    | {"dix-huit": 18, "vingt": 20, "trente": 30, "soixante": 60, "quatre-vingt-dix": 90, "cent": 100, "mille": 1000},
    "de": _told("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", start=2)
    | _told("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", start=20, step=10) | {"ein": 1, "hundert": 100, "tausend": 1000},
    "nl": _told("een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig")
    | _told("dertig veertig vijftig zestig zeventig tachtig negentig", start=30, step=10) | {"honderd": 100, "duizend": 1000},
    "es": _told("uno/una/un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte")
    | _told("veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve", start=21)
    | _told("treinta cuarenta cincuenta sesenta setenta ochenta noventa", start=30, step=10)
    | _told("doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas", start=200, step=100)
    | {"cien": 100, "ciento": 100, "mil": 1000},
    "ca": _told("un/una dos/dues tres quatre cinc sis set vuit nou deu onze dotze tretze catorze quinze setze disset divuit dinou vint")
    | _told("trenta quaranta cinquanta seixanta setanta vuitanta noranta", start=30, step=10) | {"cent": 100, "cents": 100, "centes": 100, "mil": 1000},
}  # fmt: skip
# What may stand between two parts. Dutch and German write most numbers as one word.
_JOINTS = {
    "en": r"(?:[ -](?:and )?)", "fr": r"[ -]", "de": r"(?:und)?", "nl": r"(?:en|ën| )?", "es": r" (?:y )?",
    "ca": r"(?:-i-|-| )",
}  # fmt: skip


def _part(language: str) -> str:
    return "(?:" + "|".join(sorted(_PARTS[language], key=len, reverse=True)) + ")"


def pattern(language: str) -> str:
    part = _part(language)
    return rf"{part}(?:{_JOINTS[language]}{part})*(?!\w)"


def value(language: str, told: str) -> int | None:
    """What the words say: parts are added, and a hundred or a thousand multiplies those before it."""
    whole = re.fullmatch(pattern(language), told, re.IGNORECASE)
    if whole is None:
        return None
    total = running = 0
    for part in re.findall(_part(language), told.lower()):
        number = _PARTS[language][part]
        if number == _THOUSAND:
            total, running = total + max(running, 1) * number, 0
        elif number == _HUNDRED:
            running = max(running, 1) * number
        else:
            running += number
    return total + running

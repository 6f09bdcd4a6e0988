"""The rules of `extract`, by language: what a sentence looks like that may answer a question."""

# ruff: noqa: E501 -- a pattern is read whole

import re
from dataclasses import dataclass

NUMBERS = {
    "two": 2, "three": 3, "thirty": 30, "sixty": 60, "ninety": 90, "quatorze": 14, "seize": 16, "dix-huit": 18,
    "trente": 30, "soixante": 60, "quatre-vingt-dix": 90, "cent vingt": 120, "dertig": 30, "zestig": 60,
    "treinta": 30, "sesenta": 60, "noventa": 90, "dreißig": 30, "sechzig": 60, "neunzig": 90,
}  # fmt: skip
MONTHS = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    )
    for number, name in enumerate(names.split(), start=1)
}
_N = r"(?P<n>\d+(?:[,.]\d+)*|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"


@dataclass(frozen=True, slots=True)
class Rule:
    """`reads` is what its sentence must hold as well: "number" (group n), "money", "date" or nothing."""

    type: str
    finds: re.Pattern[str]
    reads: str = ""
    unit: str = ""
    unless: re.Pattern[str] | None = None


def _rule(type: str, finds: str, reads: str = "", unit: str = "", unless: str = "") -> Rule:  # noqa: A002 -- the word of the model
    return Rule(
        type, re.compile(finds, re.IGNORECASE), reads, unit,
        re.compile(unless, re.IGNORECASE) if unless else None,
    )  # fmt: skip


_ENGLISH = (
    _rule("licence", r"\b(?:shall|must|require\w*)\b.{0,200}?\b(?:to register\b|be (?:licensed|registered)|register with|(?:submit|file) an? application to register|obtain an? (?:licen[cs]e|permit|registration))"),
    _rule("licence", r"\b(?:create|require)\w* a new licen[cs]e\b|\bwithout an? (?:valid )?(?:\w+ )?licen[cs]e\b|\bunless .{0,60}?(?:licensed|has a (?:licen[cs]e|permit))"),
    _rule("licence", r"\bshall\b.{0,60}?\bregister with\b|\bshall be licensed\b|\bsubmit an application to register\b"),
    _rule("shown-number", r"\b(?:number|registration)\b.{0,80}\b(?:in|on) (?:every|each|any|all) (?:advertisement|listing)s?"),
    _rule("cap-nights", rf"\b(?:no more than|at most|not more than|maximum of|up to|not exceed(?:ing)?)\s{_N}\s(?:nights|days)\b", "number", "nights a year"),
    _rule("cap-guests", rf"\b(?:no more than|at most|maximum of|up to)\s{_N}\s(?:paying )?guests\b", "number", "guests"),
    _rule("platform-check", r"\b(?:booking services?|platforms?|compan(?:y|ies))\b.{0,80}\b(?:verify|check)\b"),
    _rule("data-duty", r"\b(?:provide|collect|transmit|submit|report|share)\w*\b.{0,80}\b(?:data|transactions|trip records)\b|\b(?:transactions?|data|trips?|incidents?)\b.{0,120}\bmust be reported\b|\breport drivers to\b", unless=r"\bshall not require\b.{0,160}\bdata\b(?!.{0,200}\bshall be collected)"),
    _rule("fine", r"\b(?:fine[sd]?|penalt(?:y|ies))\b", "money"),
    _rule("fee", r"\b(?:fee|assess(?:ed|ment)?|licen[cs]e tax)\b", "money", unless=r"\bfine[sd]?\b|\bpenalt"),
    _rule("insurance", r"\b(?:insurance|coverage)\b.{0,200}\b(?:at least|minimum)\b|\bminimum coverage\b", "money"),
    _rule("threshold", rf"\b(?:dispatch\w*|provid\w*)\s(?:more than\s)?{_N}(?:\sor more)?\strips (?:per|a) day", "number", "trips a day"),
    _rule("cap-vehicles", r"\blimit(?:ing)? the (?:issuance|number) of\b.{0,40}\b(?:licen[cs]es|vehicles)"),
    _rule("levy", r"\bsurcharge\b"),
    _rule("accessible", r"\b(?:shall|must|at least)\b.{0,60}\bwheelchair[- ]accessible\b"),
    _rule("pay-floor", r"\bminimum (?:pay|payment|wage|compensation|earnings)\b"),
    _rule("tips", r"\bgratuit(?:y|ies)\b|\btips?\b"),
    _rule("information", r"\binformation would be provided before\b|\b(?:told|informed|disclos\w+)\b.{0,60}\bbefore (?:accepting|a trip|each)\b"),
    _rule("deactivation", r"\bdeactivat(?:e|ing|ion)\b"),
    _rule("facilities", r"\b(?:toilet|restroom|bathroom)"),
    _rule("equipment", r"\b(?:provide|make available|supply)\b.{0,80}\b(?:bags?|helmets?|equipment)\b"),
    _rule("speed", rf"\b{_N}\s(?:miles per hour|mph)\b", "number", "mph"),
    _rule("speed", rf"\b{_N}\skm/h\b", "number", "km/h"),
    _rule("age", rf"\bat least\s{_N}\syears (?:of age|old)\b", "number", "years"),
    _rule("sunset", r"\b(?:through|expires? on|until|cease\w* on)\b", "date"),
)  # fmt: skip
_FRENCH = (
    _rule("licence", r"\bfait la déclaration auprès\b|\bdéclaration préalable soumise à enregistrement\b|\bsoumet\w* à autorisation\b"),
    _rule("shown-number", r"\b(?:publie|annonce)\b.{0,120}\bnuméro de déclaration\b"),
    _rule("cap-nights", rf"\bau-delà de\s{_N}\sjours\b", "number", "days a year"),
    _rule("platform-check", r"\bobtient de lui, préalablement à la publication\b"),
    _rule("data-duty", r"\btransmet(?:tre)?\b.{0,80}\b(?:nombre de jours|informations|données)\b|\ba accès\b.{0,300}\bdonnées\b"),
    _rule("fine", r"\bamende\b", "money"),
    _rule("age", rf"\bâgée? d['’]au moins\s{_N}\sans\b", "number", "years", unless=r"\baccompagn"),
    _rule("speed", rf"\b{_N}\skm/\s?h\b", "number", "km/h"),
    _rule("sunset", r"\b(?:jusqu['’]au|prend fin le)\b", "date"),
)  # fmt: skip
_GERMAN = (
    _rule("licence", r"\bBetriebserlaubnis\b.{0,80}\berteilt worden\b|\bbedarf der Genehmigung\b|\bGenehmigung\w* (?:besitzen|erforderlich)\b"),
    _rule("insurance", r"\bVersicherungsplakette\b.{0,120}\bführt\b|\bHaftpflichtversicherung\b"),
    _rule("speed", rf"\b(?:nicht mehr als|höchstens)\s{_N}\skm/h\b", "number", "km/h"),
    _rule("age", rf"\b(?:das|des)\s{_N}\.\sLebensjahr\w*", "number", "years"),
    _rule("fine", r"\b(?:Geldbuße|Bußgeld)", "money"),
    _rule("cap-nights", rf"\b(?:höchstens|bis zu)\s{_N}\s(?:Tage|Nächte)\b", "number", "days a year"),
)  # fmt: skip
_DUTCH = (
    _rule("licence", r"\bverboden\b.{0,200}\bzonder\b.{0,40}\bvergunning\b"),
    _rule("fine", r"\bbestuurlijke boete\b", "money"),
    _rule("enforcement", r"\bbestuurlijke boete kan worden opgelegd\b|\bbevoegd tot het opleggen van een bestuurlijke boete\b"),
    _rule("cap-nights", rf"\b(?:ten hoogste|maximaal)\s{_N}\s(?:nachten|dagen)\b", "number", "nights a year"),
    _rule("tax", r"\btoeristenbelasting\b"),
)  # fmt: skip
_SPANISH = (
    _rule("licence", r"\b(?:debe|deberá|obligatori[oa])\b.{0,120}\b(?:inscribirse|licencia|registro)\b"),
    _rule("cap-nights", rf"\b(?:máximo de|hasta)\s{_N}\s(?:noches|días)\b", "number", "nights a year"),
    _rule("fine", r"\bmulta\b", "money"),
    _rule("zone", r"\bzona saturada\b"),
    _rule("sunset", r"\b(?:hasta el|vence el)\b", "date"),
)  # fmt: skip
RULES = {"en": _ENGLISH, "fr": _FRENCH, "de": _GERMAN, "nl": _DUTCH, "es": _SPANISH}

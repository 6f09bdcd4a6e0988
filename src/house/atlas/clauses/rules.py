"""The rules of `extract`, by language: what a sentence looks like that may answer a question."""

# ruff: noqa: E501 -- a pattern is read whole

import re
from dataclasses import dataclass

NUMBERS = {
    "two": 2, "three": 3, "thirty": 30, "sixty": 60, "ninety": 90, "quatorze": 14, "seize": 16, "dix-huit": 18,
    "trente": 30, "soixante": 60, "quatre-vingt-dix": 90, "cent vingt": 120, "dertig": 30, "zestig": 60,
    "treinta": 30, "sesenta": 60, "noventa": 90, "ciento veinte": 120, "dreißig": 30, "sechzig": 60, "neunzig": 90,
    "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "acht": 8, "negentig": 90, "honderdtwintig": 120,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "ocho": 8, "diez": 10,
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
_NL_MOST = r"(?:ten hoogste|maximaal|hoogstens|niet meer dan|niet langer dan)"
_NL_LICENCE = r"\w*(?:vergunning|ontheffing)"
_DUTCH = (
    _rule("licence", rf"\b(?:verboden|niet toegestaan)\b.{{0,400}}\bzonder\b.{{0,80}}\b{_NL_LICENCE}\b"),
    _rule("licence", rf"\b{_NL_LICENCE} (?:nodig|vereist|verplicht)\b|\bbeschikt over een (?:\w+ )?{_NL_LICENCE}\b", unless=r"\bniet beschikt\b"),
    _rule("licence", rf"\bniet\b.{{0,120}}\b(?:indien|als|zolang)\b.{{0,40}}\bgeen {_NL_LICENCE} is verleend\b|\b(?:moet|dient|verplicht)\b.{{0,100}}\b(?:registreren|registratie aan)"),
    _rule("shown-number", r"\b(?:(?:registratie|vergunning)s?)?nummer\b.{0,60}\b(?:in|op|bij) (?:de|een|elke|iedere|alle) (?:advertenties?|aanbieding(?:en)?)\b", unless=r"\bzonder\b"),
    _rule("cap-nights", rf"\b{_NL_MOST}\s{_N}\s(?:over)?nacht(?:en|ingen)\b", "number", "nights a year"),
    _rule("cap-nights", rf"\b{_NL_MOST}\s{_N}\sdagen\b(?=.{{0,80}}\b(?:\w*jaar|verhuurd?)\b)", "number", "days a year"),
    _rule("cap-guests", rf"\b{_NL_MOST}\s{_N}\s(?:personen|gasten|toeristen)\b", "number", "guests"),
    _rule("minimum-stay", rf"\b(?:minimaal|ten minste|tenminste|minstens)\s{_N}\s(?:nachten|dagen)\b", "number", "days"),
    _rule("own-home", r"\bwoont er zelf\b|\b(?:zijn|haar|diens|eigen) hoofdverblijf\b|\bzelf (?:in de woning|op het adres) (?:woont|ingeschreven|staat ingeschreven)"),
    _rule("zone", r"\bin (?:de|het|deze) (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|binnenstad|centrum|stadsdelen)\b.{0,80}\b(?:geen|niet|verboden|alleen|uitsluitend)\b|\baangewezen (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|routes?)\b|\b(?:verboden|niet toegestaan)\b.{0,80}\bin (?:de|het) (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|binnenstad|centrum)\b|\b(?:weg|wegen|gebied)\b.{0,140}\bvoorbehouden aan\b"),
    _rule("tax", r"\b(?:toeristen|verblijfs|logies)belasting\b"),
    _rule("platform-check", r"\b(?:platforms?|tussenpersoon)\b.{0,80}\b(?:controle(?:ert|ren)|verifi\w+|vergewist|(?:gaat|gaan)\b.{0,40}\bna of)\b"),
    _rule("data-duty", r"\b(?:verstrek(?:t|ken)|lever(?:t|en)|deelt|delen|rapporte(?:ert|ren)|meldt|melden)\b.{0,120}\b(?:gegevens|data|datastroom|ritten|nachten)\b|\b(?:bij|aan) (?:de gemeente|het college|de stad)\b.{0,20}\bgemeld\b", unless=r"\baanvra(?:ag|ger|gen)\b"),
    _rule("fine", r"\b(?:boete|geldboete|beboet|dwangsom)\b", "money"),
    _rule("fee", r"\b(?:leges|retributie)\b", "money"),
    _rule("fee", r"\bvergoeding(?:en)? voor de kosten van\b|\bvergoeding(?:en)? die\b.{0,40}\bverschuldigd\b.{0,60}\b(?:behandeling|afgifte|uitvoeringskosten|vergunning\w*)\b"),
    _rule("enforcement", r"\bbestuurlijke boete (?:kan|wordt|bij|op(?:leggen|gelegd))\b|\bmet (?:het opsporen|de opsporing) van\b.{0,120}\bbelast\b|\bwordt gestraft met\b|\baangemerkt als een (?:misdrijf|overtreding)\b|\bkan (?:\w+ )?een \w*vergunning\b.{0,200}\bintrekken\b|\bkunnen een \w*vergunning\b.{0,60}\bintrekken\b|\bbevoegd tot het opleggen van een bestuurlijke boete\b|\bmet het toezicht op de naleving\b.{0,200}\bbelast\b|\bzie(?:t|n) toe op de naleving\b|\bdrag(?:en|t) zorg voor de (?:\w+ )?handhaving\b|\blast onder (?:dwangsom|bestuursdwang)\b", unless=r"\bniet bevoegd\b"),
    _rule("sunset", r"\b(?:verval(?:t|len)|eindig(?:t|en)|geldt|geldig|loopt af|verleend|verlengd)\b.{0,60}\b(?:op|tot|tot en met|met ingang van)\b", "date"),
    _rule("cap-fleet", rf"\b(?:{_NL_MOST}|in totaal)\s{_N}\s(?:\w+\s)?\w*(?:voertuigen|fietsen|scooters|steps)\b", "number", "vehicles"),
    _rule("parking", r"\b(?:alleen|uitsluitend|slechts)\b.{0,80}\b(?:\w*vakken|dropzones?|hubs?|\w*stallingen|aangewezen (?:plekken|plaatsen|locaties))\b"),
    _rule("speed", rf"\b{_N}\s(?:km/u|km/h|kilometer per uur)", "number", "km/h"),
    _rule("age", rf"\b(?:ten minste|minimaal|minstens|leeftijd van)\s{_N}\sjaar(?! ervaring)\b", "number", "years"),
    _rule("insurance", r"\b(?:is|zijn) (?:\w+ )?verzekerd\b|\bverzekering\b.{0,60}\b(?:verplicht|vereist|af(?:gesloten|sluit))|\baansprakelijkheidsverzekering\b"),
    _rule("deposit", r"\b(?:waarborgsom|borgsom|bankgarantie)\b"),
    _rule("cap-vehicles", rf"\baantal (?:\w+ )?\w*(?:vergunningen|taxi['’]s|voertuigen)\b.{{0,60}}\b(?:beperkt tot|ten hoogste|maximaal)\s{_N}", "number", "vehicles"),
    _rule("cap-vehicles", r"\baantal (?:\w+ )?\w*(?:vergunning\w*|taxi['’]s|voertuigen)\b.{0,40}\b(?:beperk\w*|begren\w*)\b"),
    _rule("accessible", r"\brolstoel\w*"),
    _rule("levy", r"\b(?:heffing|afdracht|opslag)\b.{0,60}\b(?:rit|ritten|ritprijs)\b"),
    _rule("pay-floor", r"\b(?:nooit|niet) minder dan\b|\bten minste\b.{0,40}\bper uur\b|\bminimum(?:loon|tarief|vergoeding)\b", "money"),
    _rule("pay-floor", r"\bminimum(?:loon|tarief|vergoeding)\b"),
    _rule("tips", r"\bfooi(?:en)?\b"),
    _rule("information", r"\b(?:vóór|voor) (?:elke|iedere|aanvang van (?:de|elke)|het aanvaarden van (?:de|een)) (?:rit|opdracht|bestelling)\b"),
    _rule("deactivation", r"\baccounts?\b.{0,40}\b(?:gesloten|sluit|geblokkeerd|blokke\w+|gedeactiveerd|deactive\w+|beëindig\w*)\b|\b(?:sluiten|blokkeren|deactiveren) van (?:een|het) account\b"),
    _rule("facilities", r"\btoilet(?:ten)?\b|\bsanitair\w*"),
    _rule("equipment", r"\b(?:verstrekt|levert|biedt|betaalt)\b.{0,60}\b(?:helm|tas|regenkleding|uitrusting|beschermingsmiddelen)\w*\b"),
)  # fmt: skip
_ES_LICENCE = r"(?:licencias?|autorización|habilitación|comunicación previa|declaración responsable|inscripción)"
_ES_NUMBER = r"número de (?:registro|licencia|inscripción)"
_SPANISH = (
    _rule("licence", r"\b(?:debe|deberá|obligatori[oa])\b.{0,120}\b(?:inscribirse|licencia|registro)\b", unless=r"\bnúmero de\b"),
    _rule("licence", rf"\b(?:{_ES_NUMBER}|{_ES_LICENCE})\b.{{0,160}}\bsin (?:el|la) cual no\b|\bsin (?:haber presentado|haber obtenido|contar con|disponer de)\b.{{0,60}}\b{_ES_LICENCE}\b"),
    _rule("licence", rf"\b(?:requier\w+|necesit\w+|precis\w+|exig\w+|sujet[oa]s? a|sometid[oa]s? a|será necesari[oa])\b.{{0,60}}\b{_ES_LICENCE}\b"),
    _rule("licence", rf"\b(?:prohibid\w+|no (?:se )?podrá\w*|nadie podrá)\b.{{0,160}}\bsin (?:la |una )?(?:\w+ )?{_ES_LICENCE}\b"),
    _rule("shown-number", rf"^(?=.*\b(?:muestr|mostrar|figur|inclu|indi[cq]|consign|exhib|incorpor|constar|hará)\w*)(?:.*\b{_ES_NUMBER}\b.{{0,120}}\b(?:publicidad|anuncios?)\b|.*\b(?:publicidad|anuncios?)\b.{{0,120}}\b{_ES_NUMBER}\b)", unless=r"\bsin\b.{0,20}\bnúmero\b"),
    _rule("cap-nights", rf"\b{_N}\s(?:noches|días)(?: naturales)?\s(?:al|por|cada)\saño\b", "number", "nights a year"),
    _rule("cap-nights", rf"\b(?:máximo(?: de)?|hasta)\s{_N}\snoches\b", "number", "nights a year"),
    _rule("cap-guests", rf"\b(?:máximo(?: de)?|hasta)\s{_N}\s(?:personas|huéspedes|plazas)\b", "number", "guests"),
    _rule("cap-guests", rf"\b(?:no|ni)\b.{{0,80}}\bmás de\s{_N}\s(?:personas|huéspedes|plazas)\b", "number", "guests"),
    _rule("minimum-stay", rf"\b(?:mínim[oa] de|al menos)\s{_N}\s(?:noches|días)\b", "number", "days"),
    _rule("own-home", r"\banfitrión presente\b|\b(?:debe\w*|solo|sólo|únicamente|exclusivamente)\b.{0,80}\b(?:vivienda|residencia) habitual\b"),
    _rule("zone", r"\bzonas? (?:saturadas?|tensionadas?|de (?:decrecimiento|mantenimiento|crecimiento|contención))\b|\b(?:dos|tres|cuatro|cinco|varias) zonas (?:diferenciadas|distintas)\b|\bzona [a-d]\b|\b(?:zonas?|barrios?|distritos?|ámbitos?)\b.{0,80}\b(?:no se (?:otorg|conced|admit|permit)\w+|quedan? prohibid\w+)|\blista de edificios\b"),
    _rule("tax", r"\bimpuesto\b.{0,30}\b(?:turístic[oa]s?|estancias)\b|\btasa turística\b"),
    _rule("platform-check", r"\bplataformas?\b.{0,100}\b(?:comprueb\w*|comprobar\w*|verifi\w+)\b|\bplataformas?\b.{0,160}\bacredit\w+ (?:el|su) número de (?:registro|inscripción|licencia)\b|\brealizar\w* comprobaciones\b", unless=r"\b(?:multa|sanci)"),
    _rule("data-duty", r"\b(?:remit\w+|entreg\w+|facilit\w+|comunic(?:ar|an|a)\w*|transmit\w+|suministr\w+|compart\w+)\b.{0,120}\b(?:datos|información|registros|pernoctaciones|viajes)\b", unless=r"\bprotección de datos\b"),
    _rule("fine", r"\b(?:multas?|sanci(?:ón|ones|ona\w*))\b", "money"),
    _rule("fee", r"\b(?:tasas?|canon)\b", "money", unless=r"\b(?:turística|multas?|sanci)"),
    _rule("enforcement", r"\bmulta a\b|\bvelar\w* por el cumplimiento\b|\binspec\w+\b.{0,40}\b(?:vigilar|controlar|comprobar)\w*\b|\bincumplimiento\b.{0,60}\b(?:dará|darán|conllevar|supondr|será)\w*\b|\bserán? sancionad[oa]s?\b|\b(?:eliminación|retirada)\b.{0,60}\banuncios?\b|\bexpediente sancionador\b|\bobjeto de (?:control|inspección|sanción)\b|\b(?:dar|dará) lugar a (?:la|una)\b.{0,40}\b(?:revisión|revocación|sanción|pérdida|clausura)\b"),
    _rule("sunset", r"\b(?:hasta el|vence\w* el|caduca\w*|expira\w*)\b", "date"),
    _rule("cap-fleet", rf"\b(?:máximo de|superar\w*(?: los| las)?|hasta)\s{_N}\s(?:vehículos|bicicletas|patinetes|motocicletas|motos|unidades)\b", "number", "vehicles"),
    _rule("parking", r"\b(?:estacion|aparc|dej)\w+\b.{0,60}\b(?:únicamente|solo|sólo|exclusivamente|fuera de)\b.{0,80}\b(?:espacios?|zonas?|plazas?|lugares|áreas)\b|\b(?:únicamente|solo|sólo|exclusivamente)\b.{0,40}\b(?:estacion|aparc)\w+"),
    _rule("speed", rf"\b{_N}\s(?:km/h|kilómetros por hora)", "number", "km/h"),
    _rule("age", rf"\bedad mínima\b.{{0,20}}?\b{_N}\saños\b", "number", "years"),
    _rule("age", rf"\bmayor(?:es)? de\s{_N}\saños\b", "number", "years"),
    _rule("insurance", r"\bseguro\b.{0,60}\b(?:obligatorio|responsabilidad civil)\b|\b(?:contar|dispon|suscrib)\w*\b.{0,30}\bseguro\b"),
    _rule("deposit", r"\bfianza\b|\baval bancario\b"),
    _rule("cap-vehicles", rf"\b(?:limit\w+|máximo)\b.{{0,30}}?\b{_N}\b.{{0,30}}\b(?:licencias|vehículos|taxis|autorizaciones)\b", "number", "vehicles"),
    _rule("cap-vehicles", r"\blimit\w+\b.{0,40}\bnúmero de (?:licencias|vehículos|taxis|autorizaciones)\b"),
    _rule("accessible", r"\bsillas? de ruedas\b|\beurotaxis?\b"),
    _rule("levy", r"\brecargo\b.{0,60}\b(?:carrera|viaje|trayecto)s?\b"),
    _rule("pay-floor", r"\bno (?:será|sea|podrá ser) inferior a\b|\bal menos\b.{0,40}\bpor hora\b|\bsalario mínimo\b", "money"),
    _rule("pay-floor", r"\bsalario mínimo\b"),
    _rule("tips", r"\bpropinas?\b"),
    _rule("information", r"\bantes de (?:aceptar|iniciar|cada)\b.{0,20}\b(?:pedido|viaje|encargo|reparto|servicio)\b"),
    _rule("deactivation", r"\b(?:desactiv|bloque|suspen|cerr)\w+\b.{0,40}\bcuentas?\b|\bcierre de (?:la|una|su) cuenta\b"),
    _rule("facilities", r"\b(?:aseos?|lavabos?|baños)\b"),
    _rule("equipment", r"\b(?:facilit|proporcion|entreg|suministr)\w+\b.{0,60}\b(?:casco|mochila|chaleco|equipo)s?\b"),
)  # fmt: skip
RULES = {"en": _ENGLISH, "fr": _FRENCH, "de": _GERMAN, "nl": _DUTCH, "es": _SPANISH}

"""Dutch."""

# ruff: noqa: E501 -- a pattern is read whole

from house.atlas.clauses.rules.rule import number, rule

_N = number("nl")
_MOST = r"(?:ten hoogste|maximaal|hoogstens|niet meer dan|niet langer dan)"
_LICENCE = r"\w*(?:vergunning|ontheffing)(?:en)?"
_FORBIDDEN = r"(?:verboden|niet (?:toegestaan|toegelaten|geoorloofd))"
_PLACES = r"\w*(?:vakken|plekken|plek|dropzones?|hubs?|\w*stallingen|parkeerplaatsen)"
_CITY = r"(?:college|gemeente|stad|burgemeester|raad|Minister)"
_PLATFORM = r"(?:platforms?|tussenpersoon|tussenpersonen|bemiddelaars?)"
_WHEELS = r"\w*(?:voertuigen|fietsen|scooters|steps|brommers|auto['’]s)"
DUTCH = (
    rule("licence", rf"\b{_FORBIDDEN}\b.{{0,400}}\bzonder\b.{{0,80}}\b{_LICENCE}\b"),
    rule("licence", rf"\bzonder\b.{{0,60}}\b{_LICENCE}\b.{{0,80}}\b(?:{_FORBIDDEN}|mag|mogen)\b"),
    rule("licence", rf"\b(?:in het bezit (?:is|zijn|te zijn) van|beschik(?:t|ken|te) over|houder (?:is|zijn|te zijn) van)\b.{{0,30}}\b{_LICENCE}\b", unless=r"\bniet\b"),
    rule("licence", rf"\b(?:alleen|uitsluitend|slechts)\b.{{0,80}}\b(?:met|houders? van|na verlening van)\b.{{0,20}}\b{_LICENCE}\b"),
    rule("licence", rf"\b{_LICENCE}\b.{{0,60}}\b(?:nodig|vereist|verplicht)\b|\b(?:behoe(?:ft|ven)|vereis(?:t|en))\b.{{0,20}}\b{_LICENCE}\b", unless=r"\b(?:geen|niet)\b"),
    rule("licence", rf"\b{_LICENCE} (?:nodig|vereist|verplicht)\b|\bbeschikt over een (?:\w+ )?{_LICENCE}\b", unless=r"\bniet beschikt\b"),
    rule("licence", rf"\bniet\b.{{0,120}}\b(?:indien|als|zolang)\b.{{0,40}}\bgeen {_LICENCE} is verleend\b|\b(?:moet|dient|verplicht)\b.{{0,100}}\b(?:registreren|registratie aan)"),
    rule("shown-number", r"\b(?:(?:registratie|vergunning)s?)?nummer\b.{0,60}\b(?:in|op|bij) (?:de|een|elke|iedere|alle) (?:advertenties?|aanbieding(?:en)?)\b", unless=r"\bzonder\b"),
    rule("shown-number", r"^(?=.*\b\w*nummer\b)(?=.*\b(?:advertentie|aanbieding|aankondiging)\w*)(?=.*\b(?:vermeld\w*|opgenomen|opneemt|toon\w*|getoond|kenbaar)\b)", unless=r"\b(?:zonder|controle\w*)\b"),
    rule("cap-nights", rf"\b{_MOST}\s{_N}\s(?:over)?nacht(?:en|ingen)\b", "number", "nights a year"),
    rule("cap-nights", rf"\b{_MOST}\s{_N}\sdagen\b(?=.{{0,80}}\b(?:\w*jaar|verhuurd?)\b)", "number", "days a year"),
    rule("cap-guests", rf"\b{_MOST}\s{_N}\s(?:personen|gasten|toeristen)\b", "number", "guests"),
    rule("cap-guests", rf"\baantal (?:gasten|personen|toeristen)\b.{{0,40}}\b(?:beperkt tot|{_MOST})\s{_N}\b", "number", "guests"),
    rule("minimum-stay", rf"\b(?:minimaal|ten minste|tenminste|minstens)\s{_N}\s(?:nachten|dagen)\b", "number", "days"),
    rule("own-home", r"\bwoont er zelf\b|\b(?:zijn|haar|diens|eigen) hoofdverblijf\b|\b(?:op het adres|in de woning|aldaar)\b.{0,30}\bingeschreven\b|\bzelf (?:in de woning|op het adres) (?:woont|ingeschreven|staat ingeschreven)"),
    rule("zone", r"\bin (?:de|het|deze) (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|binnenstad|centrum|stadsdelen)\b.{0,80}\b(?:geen|niet|verboden|alleen|uitsluitend)\b|\baangewezen (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|routes?)\b|\b(?:verboden|niet toegestaan)\b.{0,80}\bin (?:de|het) (?:wijk(?:en)?|buurt(?:en)?|gebied(?:en)?|zones?|binnenstad|centrum)\b|\b(?:weg|wegen|gebied)\b.{0,140}\bvoorbehouden aan\b"),
    rule("tax", r"\b(?:toeristen|verblijfs|logies)belasting\b"),
    rule("platform-check", r"\b(?:platforms?|tussenpersoon)\b.{0,80}\b(?:controle(?:ert|ren)|verifi\w+|vergewist|(?:gaat|gaan)\b.{0,40}\bna of)\b"),
    rule("platform-check", rf"\b(?:{_PLATFORM}|dienst verleen\w*|degene)\b.{{0,80}}\b(?:plaats(?:t|en)|publice(?:ert|ren)|toon(?:t|en)|bied(?:t|en))\b.{{0,40}}\bgeen\b.{{0,60}}\bzonder\b"),
    rule("platform-check", rf"\b{_PLATFORM}\b.{{0,60}}\bverwijder(?:t|en)\b.{{0,80}}\bnummer\b"),
    rule("data-duty", rf"\b(?:verschaf(?:t|fen)|overleg(?:t|gen)|verstrek(?:t|ken)|lever(?:t|en)|ge(?:eft|ven)|ste(?:lt|llen))\b.{{0,60}}\b{_CITY}\b.{{0,80}}\b(?:\w*gegevens|overzicht|opgave|cijfers)\b", unless=r"\baanvra(?:ag|ger|gen)\b"),
    rule("data-duty", r"\b(?:verstrek(?:t|ken)|lever(?:t|en)|deelt|delen|rapporte(?:ert|ren)|meldt|melden)\b.{0,120}\b(?:gegevens|data|datastroom|ritten|nachten)\b|\b(?:bij|aan) (?:de gemeente|het college|de stad)\b.{0,20}\bgemeld\b", unless=r"\baanvra(?:ag|ger|gen)\b"),
    rule("fine", r"\b(?:boete|geldboete|beboet|dwangsom)\b", "money"),
    rule("enforcement", r"\b(?:kan|kunnen|leg(?:t|gen))\b.{0,120}\bboete\b.{0,60}\bop(?:leggen|gelegd)?\b", unless=r"\bniet\b"),
    rule("fee", r"\b(?:leges|retributie)\b", "money"),
    rule("fee", r"\bvergoeding(?:en)? voor de kosten van\b|\bvergoeding(?:en)? die\b.{0,40}\bverschuldigd\b.{0,60}\b(?:behandeling|afgifte|uitvoeringskosten|vergunning\w*)\b"),
    rule("enforcement", r"\bbestuurlijke boete (?:kan|wordt|bij|op(?:leggen|gelegd))\b|\bmet (?:het opsporen|de opsporing) van\b.{0,120}\bbelast\b|\bwordt gestraft met\b|\baangemerkt als een (?:misdrijf|overtreding)\b|\bkan (?:\w+ )?een \w*vergunning\b.{0,200}\bintrekken\b|\bkunnen een \w*vergunning\b.{0,60}\bintrekken\b|\bbevoegd tot het opleggen van een bestuurlijke boete\b|\bmet het toezicht op de naleving\b.{0,200}\bbelast\b|\bzie(?:t|n) toe op de naleving\b|\bdrag(?:en|t) zorg voor de (?:\w+ )?handhaving\b|\blast onder (?:dwangsom|bestuursdwang)\b", unless=r"\bniet bevoegd\b"),
    rule("sunset", r"\b(?:verval(?:t|len)|eindig(?:t|en)|geldt|geldig|loopt af|verleend|verlengd)\b.{0,60}\b(?:op|tot|tot en met|met ingang van)\b", "date"),
    rule("cap-fleet", rf"\b(?:{_MOST}|in totaal|hooguit)\s{_N}\s(?:\w+\s)?{_WHEELS}\b", "number", "vehicles"),
    rule("cap-fleet", rf"\baantal\b.{{0,20}}\b{_WHEELS}\b.{{0,40}}\b(?:beperkt tot|begrensd op|{_MOST})\s{_N}\b", "number", "vehicles"),
    rule("parking", rf"\b(?:parkeren|plaatsen|stallen|achter(?:laten|gelaten)|neerzetten)\b.{{0,60}}\bbuiten\b.{{0,40}}\b{_PLACES}\b|\bbuiten\b.{{0,40}}\b{_PLACES}\b.{{0,40}}\b(?:parkeren|plaatsen|stallen|achterlaten|neerzetten)\b"),
    rule("parking", r"\b(?:alleen|uitsluitend|slechts)\b.{0,80}\b(?:\w*vakken|dropzones?|hubs?|\w*stallingen|aangewezen (?:plekken|plaatsen|locaties))\b"),
    rule("speed", rf"\b{_N}\s(?:km/u|km/h|kilometer per uur)", "number", "km/h"),
    rule("age", rf"\b(?:ten minste|minimaal|minstens|leeftijd van)\s{_N}\sjaar(?! ervaring)\b", "number", "years"),
    rule("age", rf"\b(?:jonger dan|leeftijd van)\s{_N}\sjaar\b", "number", "years"),
    rule("insurance", r"\b(?:is|zijn) (?:\w+ )?verzekerd\b|\b\w*verzekering\b.{0,60}\b(?:verplicht|vereist|af(?:gesloten|sluit))|\baansprakelijkheidsverzekering\b"),
    rule("deposit", r"\b(?:waarborgsom|borgsom|bankgarantie)\b"),
    rule("cap-vehicles", rf"\baantal (?:\w+ )?\w*(?:vergunningen|taxi['’]s|voertuigen)\b.{{0,60}}\b(?:beperkt tot|ten hoogste|maximaal)\s{_N}", "number", "vehicles"),
    rule("cap-vehicles", rf"\baantal (?:\w+ )?\w*(?:vergunningen|taxi['’]s|voertuigen)\b.{{0,60}}\b(?:begrensd op|gesteld op|niet (?:meer|hoger) dan)\s{_N}\b", "number", "vehicles"),
    rule("cap-vehicles", r"\bmaximum\b.{0,20}\b(?:stelt|stellen|gesteld)\b.{0,40}\baantal\b.{0,40}\b\w*(?:vergunningen|taxi['’]s|voertuigen)\b|\bmaximum aantal (?:\w+ )?\w*vergunningen\b"),
    rule("cap-vehicles", r"\baantal (?:\w+ )?\w*(?:vergunning\w*|taxi['’]s|voertuigen)\b.{0,40}\b(?:beperk\w*|begren\w*)\b"),
    rule("accessible", r"\brolstoel\w*"),
    rule("levy", r"\b(?:rit|ritten|ritprijs)\b.{0,60}\b(?:heffing|afdracht|opslag)\b"),
    rule("levy", r"\b(?:heffing|afdracht|opslag)\b.{0,60}\b(?:rit|ritten|ritprijs)\b"),
    rule("pay-floor", r"\b(?:nooit|niet) minder dan\b|\b(?:ten minste|minimaal|minstens)\b.{0,40}\bper (?:\w+ )?uur\b|\bminimum(?:\w*loon|tarief|vergoeding)\b", "money"),
    rule("pay-floor", r"\bminimum(?:\w*loon|tarief|vergoeding)\b"),
    rule("tips", r"\bfooi(?:en)?\b"),
    rule("information", r"\b(?:vóór|voor) (?:elke|iedere|aanvang van (?:de|elke)|het aanvaarden van (?:de|een)) (?:rit|opdracht|bestelling)\b"),
    rule("information", r"\b(?:vóór|voor|voordat)\b.{0,60}\b(?:aanvaard\w*|accepte\w*|aanneemt)\b"),
    rule("deactivation", r"\baccounts?\b.{0,40}\b(?:afgesloten|afsluit\w*|opgeschort|ontzegd|gesloten|sluit|geblokkeerd|blokke\w+|gedeactiveerd|deactive\w+|beëindig\w*)\b|\b(?:sluiten|blokkeren|deactiveren) van (?:een|het) account\b"),
    rule("facilities", r"\btoilet(?:ten)?\b|\bsanitair\w*"),
    rule("equipment", r"\b(?:verstrekt|levert|biedt|betaalt|stelt)\b.{0,60}\b(?:helm|tas|regenkleding|regenpak|uitrusting|beschermingsmiddelen)\w*\b"),
)  # fmt: skip

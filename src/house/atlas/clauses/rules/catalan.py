"""Catalan."""

# ruff: noqa: E501 -- a pattern is read whole

from house.atlas.clauses.rules.rule import number, rule

_N = number("ca")
_LICENCE = r"(?:llic[èe]nci(?:a|es)|autoritzaci(?:ó|ons)|habilitaci(?:ó|ons)|comunicació prèvia|declaració responsable|inscripció)"
_NUMBER = r"(?:número|codi) (?:de (?:registre|llicència)|d['’]inscripció|del registre)"
_SHOWN = r"(?:publicitat|publicitàri\w+|anuncis?|promoció|promocional\w*)"
_MEDIATOR = r"(?:plataform(?:a|es)|portals|intermediari\w+|canals)"
_WHEELS = r"(?:vehicles|bicicletes|patinets|motocicletes|motos|ciclomotors|unitats)"
_GUESTS = r"(?:persones|hostes|places|usuari[es]s|ocupants)"
_MOST = (
    r"(?:màxim(?:a)?(?: de)?|fins a|més de|superior a|excedir|superar|ultrapassar)(?: els| les)?"
)
_SPOTS = r"(?:espais?|zon(?:a|es)|plac(?:a|es)|llocs|àre(?:a|es)|band(?:a|es)|estacions|punts)"
_FORBIDDEN = r"(?:prohib\w+|no (?:es )?(?:pot|poden|podrà|podran)|ningú)"
CATALAN = (
    rule("licence", rf"\b(?:cal|requere\w+|requerei\w+|necessit\w+|exigei\w+|subject\w+ a|sotmes\w+ a|(?:ha|han) de|s['’]ha de|haurà de|hauran de)\b.{{0,80}}\b{_LICENCE}\b", unless=r"\b(?:número|codi) d|\bno cal\b"),
    rule("licence", rf"\b{_FORBIDDEN}\b.{{0,160}}\b(?:sense|si no)\b.{{0,60}}\b{_LICENCE}\b"),
    rule("licence", r"\b(?:ha|han|haurà|hauran) d['’](?:estar (?:inscrit|registrad|habilitad|autoritzad)\w*|inscriure['’]s)"),
    rule("shown-number", rf"^(?=.*\b(?:constar|figurar|mostr\w+|inclou\w*|indi[cq]\w+|exhibi\w+|consta|figura)\b)(?=.*\b{_NUMBER}\b)(?=.*\b{_SHOWN}\b)", unless=r"\bsense\b|\bno (?:mostr|inclogu|const|figur)\w*|\b(?:retir|elimin)\w*"),
    rule("cap-nights", rf"\b{_MOST}\s{_N}\s(?:nits|dies)\b.{{0,40}}\b(?:any|anuals?)\b", "number", "nights a year"),
    rule("cap-nights", rf"\b{_N}\s(?:nits|dies)\s(?:a l['’]any|l['’]any|per any|cada any)\b", "number", "nights a year"),
    rule("cap-guests", rf"\b(?:no|ni|màxim\w*|capacitat|ocupació)\b.{{0,80}}?\b(?:{_MOST}|de)\b.{{0,10}}?\b{_N}\s{_GUESTS}\b", "number", "guests"),
    rule("minimum-stay", rf"\b(?:mínim[a]?\b.{{0,10}}?|com a mínim |almenys ){_N}\s(?:nits|dies)\b", "number", "days"),
    rule("own-home", r"\b(?:ha|han|haurà|hauran) de (?:residir|viure)[- ]?\w*|\b(?:habitatge principal|residència habitual) (?:de la|del|de qui)\b"),
    rule("zone", r"\b(?:a|en) (?:la|les|els|el|cada|determina\w+) (?:zon(?:a|es)|barris?|districtes?|àmbits?)\b.{0,80}\b(?:no|prohib\w+|només|se suspèn\w*|limit\w+)\b|\bzon(?:a|es) (?:\w+ ){0,4}(?:tensiona\w+|saturad\w+)|\b(?:limit|suspen|prohib|restring)\w+\b.{0,120}\bper (?:barris?|zon(?:a|es)|districtes?)\b"),
    rule("tax", r"\bimpost\b.{0,40}\b(?:estades?|turístic\w*)\b|\bestad(?:a|es)\b.{0,60}\bimpost\b|\btaxa turística\b"),
    rule("platform-check", rf"\b{_MEDIATOR}\b.{{0,100}}\b(?:comprov|verifi|retir|elimin|suprim)\w*\b.{{0,120}}\b(?:número|registre|inscripció|llicència)\b", unless=r"\b(?:multa|sanci)"),
    rule("data-duty", r"\b(?:tramet|trametr|facilit|comuni[cq]|lliur|remet|remetr|subministr|compart|proporcion)\w*\b.{0,120}\b(?:dades|informació|registres|pernoctacions)\b|\b(?:posen?|posar) a disposició\b.{0,80}\b(?:dades|informació)\b", unless=r"\bprotecció de dades\b"),
    rule("fine", r"\b(?:mult(?:a|es)|sanci(?:ó|ons|on\w*))\b", "money"),
    rule("fee", r"\b(?:tax(?:a|es)|cànon)\b", "money", unless=r"\b(?:turística|mult(?:a|es)|sanci)"),
    rule("enforcement", r"\bincompliment\b.{0,80}\b(?:comport|dona|donarà|suposa|se sancion|és sancion|serà sancion)\w*|\bvetl\w+ pel compliment\b|\binspec\w+\b.{0,60}\b(?:vigil|control|comprov|verific|vetll)\w*|\b(?:és|són|seran?) sancionad[ae]s?\b|\bexpedient sancionador\b|\bmulta coercitiva\b"),
    rule("sunset", r"\b(?:fins al|fins a l['’]|venç el|caduca\w*|expira\w*)", "date"),
    rule("cap-fleet", rf"\b{_MOST}\s{_N}\s(?:llicències(?: (?:de|per a) {_WHEELS})?|{_WHEELS})\b", "number", "vehicles"),
    rule("cap-fleet", rf"\bnombre (?:total |màxim )?de {_WHEELS}\b.{{0,40}}?\b(?:{_MOST}|(?:es )?limita a|és de)\s{_N}\b", "number", "vehicles"),
    rule("parking", rf"\b(?:estacion|aparc|deix)\w+\b.{{0,80}}\b(?:únicament|només|exclusivament|fora d)\w*\b.{{0,60}}\b{_SPOTS}\b|\b(?:únicament|només|exclusivament)\b.{{0,40}}\b(?:estacion|aparc)\w+"),
    rule("speed", rf"\b{_N}\s(?:km/h|quilòmetres per hora)", "number", "km/h"),
    rule("age", rf"\b(?:edat mínima\b.{{0,80}}?|majors? de )\b{_N}\sanys\b", "number", "years"),
    rule("insurance", r"\bassegurança\b.{0,60}\b(?:obligatòri\w+|responsabilitat civil|danys)\b|\b(?:disposar|contract|subscri)\w*\b.{0,30}\bassegurança\b"),
    rule("deposit", r"\bfiança\b|\baval bancari\b|\b(?:constitu|diposit|prest)\w+\b.{0,30}\bgarantia\b"),
    rule("cap-vehicles", rf"\bnombre (?:total |màxim )?(?:de|d['’])\s?(?:llicències|autoritzacions|vehicles|taxis)\b.{{0,40}}?\b(?:{_MOST}|limita a|és de)\s{_N}\b", "number", "vehicles"),
    rule("cap-vehicles", rf"\b(?:llicència|autorització)\b.{{0,80}}\bper cada\s{_N}\s(?:llicències|autoritzacions|taxis|habitants)\b|\blimit\w+\b.{{0,40}}\bnombre de (?:llicències|vehicles|taxis|autoritzacions)\b"),
    rule("accessible", r"\bcadir(?:a|es) de rodes\b|\b(?:vehicles|taxis) (?:\w+ )?(?:adaptats|accessibles)\b"),
    rule("levy", r"\brecàrrec\b.{0,60}\b(?:cursa|viatge|trajecte|servei)s?\b|\b(?:cursa|viatge|trajecte)s?\b.{0,40}\brecàrrec\b"),
    rule("pay-floor", r"\bno (?:pot ser|és|serà|sigui) inferior a\b|\b(?:almenys|com a mínim)\b.{0,40}\bper hora\b|\bsalari mínim\b", "money"),
    rule("pay-floor", r"\bsalari mínim\b"),
    rule("tips", r"\bpropin(?:a|es)\b"),
    rule("information", r"\b(?:abans|prèviament)\b.{0,40}\b(?:comand(?:a|es)|viatges?|encàrrecs?|serveis?|repartiments?)\b"),
    rule("deactivation", r"\b(?:desactiv|bloque|bloqueig|suspen|suspèn|tanc)\w*\b.{0,40}\bcomptes?\b|\bcomptes?\b.{0,40}\b(?:desactiv|bloque|suspen|tanc)\w+|\btancament d['’]un compte\b"),
    rule("facilities", r"\b(?:lavabos?|banys|serveis (?:higiènics|sanitaris))\b"),
    rule("equipment", r"\b(?:facilit|proporcion|lliur|subministr|dot)\w*\b.{0,60}\b(?:casc|motxilla|armilla|equip)s?\b"),
)  # fmt: skip

"""Spanish."""

# ruff: noqa: E501 -- a pattern is read whole

from house.atlas.clauses.rules.rule import number, rule

_N = number("es")
_LICENCE = r"(?:licencias?|autorización|habilitación|comunicación previa|declaración responsable|inscripción)"
_NUMBER = r"(?:número|código) (?:de|del) (?:registro|licencia|inscripción)"
_SHOWN = r"(?:publicidad|publicitari\w+|anuncios?|promoción|promocional\w*)"
_MEDIATOR = r"(?:plataformas?|portales|canales|intermediari\w+)"
_WHEELS = r"(?:vehículos|bicicletas|patinetes|motocicletas|motos|ciclomotores|unidades)"
_GUESTS = r"(?:personas|huéspedes|plazas|usuari[oa]s|ocupantes|viajer[oa]s)"
_MOST = (
    r"(?:máxim[oa](?: de)?|hasta|más de|superior a|exceder\w*(?: de)?|superar\w*)(?: las?| los)?"
)
_SPOTS = r"(?:espacios?|zonas?|plazas?|lugares|áreas|bandas?|reservas?|estaciones|puntos)"
SPANISH = (
    rule("licence", r"\b(?:debe|deberá|obligatori[oa])\b.{0,120}\b(?:inscribirse|licencia|registro)\b", unless=r"\bnúmero de\b|\bcomunicar\w*\b"),
    rule("licence", rf"\b(?:{_NUMBER}|{_LICENCE})\b.{{0,160}}\bsin (?:el|la) cual no\b|\bsin (?:haber presentado|haber obtenido|contar con|disponer de)\b.{{0,60}}\b{_LICENCE}\b"),
    rule("licence", rf"\b(?:requier\w+|necesit\w+|precis\w+|exig\w+|sujet[oa]s? a|sometid[oa]s? a|será necesari[oa])\b.{{0,60}}\b{_LICENCE}\b"),
    rule("licence", rf"\b(?:prohibid\w+|no (?:se )?podrá\w*|nadie podrá)\b.{{0,160}}\bsin (?:la |una )?(?:\w+ )?{_LICENCE}\b"),
    rule("licence", rf"\b(?:debe\w*|es preciso|es necesario|necesari[oa]|obligad[oa]s? a)\b.{{0,60}}\b(?:estar (?:inscrit|registrad|habilitad|autorizad)\w+|(?:disponer|contar|provist\w+|titular\w*|obtener|presentar|en posesión)\b.{{0,40}}\b{_LICENCE})"),
    rule("licence", rf"\b(?:debe\w*|tienen? que|ha de|han de)\b.{{0,120}}\b(?:presentar|obtener|formalizar)\b.{{0,80}}\b{_LICENCE}\b|\b(?:sin haber|que no hayan?) (?:presentado|obtenido)\b.{{0,40}}\b{_LICENCE}\b"),
    rule("licence", r"\b(?:se inscrib\w+|(?:debe\w*|tienen? que|ha de|han de) (?:ser )?inscri\w+) (?:\w+ )?en (?:el|los) registros?\b|\b(?:ilegal|clandestin|prohib)\w*\b.{0,200}\bno inscrit[oa]s\b", unless=r"\bpueden?\b"),
    rule("licence", rf"\b(?:no|nadie)\b.{{0,120}}\bsi no (?:es|son|se es|cuenta\w*|dispone\w*)\b.{{0,40}}\b{_LICENCE}\b|\b(?:previa|sin previa) (?:obtención|concesión|presentación)\b.{{0,20}}\b{_LICENCE}\b"),
    rule("shown-number", rf"^(?=.*\b(?:muestr|mostrar|figur|inclu|indi[cq]|consign|exhib|incorpor|constar|hará)\w*)(?=.*\b{_NUMBER}\b)(?=.*\b{_SHOWN}\b)", unless=rf"\bsin\b.{{0,20}}\bnúmero\b|\bno (?:incluya|muestre|conste|figure)\w*|\b(?:retirar|abstendr|eliminar)\w*|\b{_MEDIATOR}\b"),
    rule("shown-number", rf"^(?=.*\b(?:muestr|mostrar|figur|inclu|indi[cq]|consign|exhib|incorpor|constar|hará)\w*)(?:.*\b{_NUMBER}\b.{{0,120}}\b(?:publicidad|anuncios?)\b|.*\b(?:publicidad|anuncios?)\b.{{0,120}}\b{_NUMBER}\b)", unless=r"\bsin\b.{0,20}\bnúmero\b|\bno (?:incluya|muestre|conste|figure)\w*|\b(?:retirar|abstendr|eliminar)\w*"),
    rule("cap-nights", rf"\b{_N}\s(?:noches|días)(?: naturales)?\s(?:al|por|cada)\saño\b", "number", "nights a year"),
    rule("cap-nights", rf"\b(?:máximo(?: de)?|hasta)\s{_N}\snoches\b", "number", "nights a year"),
    rule("cap-nights", rf"\b{_MOST}\s{_N}\s(?:noches|días)\b.{{0,40}}\baño\b", "number", "nights a year"),
    rule("cap-guests", rf"\b(?:capacidad|ocupación|número|alojar|alojarse)\b.{{0,60}}\b{_MOST}\b.{{0,10}}?\b{_N}\s{_GUESTS}\b", "number", "guests"),
    rule("cap-guests", rf"\b(?:máximo(?: de)?|hasta)\s{_N}\s{_GUESTS}\b", "number", "guests"),
    rule("cap-guests", rf"\b(?:no|ni)\b.{{0,80}}\bmás de\s{_N}\s{_GUESTS}\b", "number", "guests"),
    rule("minimum-stay", rf"\b(?:mínim[oa] de|al menos)\s{_N}\s(?:noches|días)\b", "number", "days"),
    rule("own-home", r"\banfitrión presente\b|\b(?:salvo que|siempre que|si|cuando|donde)\b.{0,60}\b(?:resida\w*|viva\w*) en (?:la|esa|dicha) (?:vivienda|misma)\b|\b(?:debe\w*|solo|sólo|únicamente|exclusivamente)\b.{0,80}\b(?:vivienda|residencia) habitual\b"),
    rule("zone", r"\bzonas? (?:saturadas?|tensionadas?|de (?:decrecimiento|mantenimiento|crecimiento|contención))\b|\b(?:dos|tres|cuatro|cinco|varias) zonas (?:diferenciadas|distintas)\b|\bzona [a-d]\b|\b(?:zonas?|barrios?|distritos?|ámbitos?)\b.{0,80}\b(?:no se (?:otorg|conced|admit|permit)\w+|quedan? prohibid\w+)|\blista de edificios\b"),
    rule("zone", r"\b(?:limit|suspend|suspens|prohib|restring)\w+\b.{0,120}\b(?:por|en (?:cada|determinad[oa]s)) (?:barrios?|zonas?|distritos?|sectores|ámbitos?)\b|\bzonas? (?:\w+ ){0,4}tensionad[oa]s?\b|\b(?:zonas?|barrios?|distritos?)\b.{0,80}\bse suspend\w+"),
    rule("tax", r"\bestancias?\b.{0,80}\bimpuesto\b"),
    rule("tax", r"\bimpuesto\b.{0,30}\b(?:turístic[oa]s?|estancias)\b|\btasa turística\b"),
    rule("platform-check", rf"\b{_MEDIATOR}\b.{{0,100}}\b(?:abstendr|abstengan|retirar|eliminar|suprimir|comprobar|verificar)\w*\b.{{0,120}}\b(?:número|registro|inscripción|licencia)\b", unless=r"\b(?:multa|sanci)"),
    rule("platform-check", r"\bplataformas?\b.{0,100}\b(?:comprueb\w*|comprobar\w*|verifi\w+)\b|\bplataformas?\b.{0,160}\bacredit\w+ (?:el|su) número de (?:registro|inscripción|licencia)\b|\brealizar\w* comprobaciones\b", unless=r"\b(?:multa|sanci)"),
    rule("data-duty", r"\b(?:remit\w+|entreg\w+|facilit\w+|proporcion\w+|comunic(?:ar|an|a)\w*|transmit\w+|suministr\w+|compart\w+)\b.{0,120}\b(?:datos|información|registros|pernoctaciones|viajes)\b", unless=r"\bprotección de datos\b|\b(?:modificación|cambios?) (?:de|en) los datos\b"),
    rule("data-duty", r"\b(?:pondrán?|poner|ponen?) a disposición\b.{0,80}\b(?:datos|información|registros)\b", unless=r"\bprotección de datos\b"),
    rule("fine", r"\b(?:multas?|sanci(?:ón|ones|ona\w*))\b", "money"),
    rule("fee", r"\b(?:tasas?|canon)\b", "money", unless=r"\b(?:turística|multas?|sanci)"),
    rule("enforcement", r"\b(?:control\w*|verific\w+|comprob\w+|vigil\w+)\b.{0,40}\bel? cumplimiento\b|\bsancionad[oa]s (?:con|mediante)\b|\bmultas coercitivas\b|\b(?:acordar|ordenar|disponer)\w*\b.{0,20}\b(?:cierre|clausura|precinto)\b|\bincumplimiento\b.{0,120}\bdar lugar\b|\bdel cumplimiento\b.{0,120}\binspec\w+|\bcontroles periódicos\b|\bprocedimientos de control\b|\b(?:cancelación de la inscripción|extinción del título|revocación (?:del?|de la) (?:título|licencia|autorización))\b"),
    rule("enforcement", r"\bmulta a\b|\bvelar\w* por el cumplimiento\b|\binspec\w+\b.{0,60}\b(?:vigil|control|comprob|verific)\w*\b|\bincumplimiento\b.{0,60}\bse (?:sancion|castig)\w+|\bincumplimiento\b.{0,60}\b(?:dará|darán|conllevar|supondr|será)\w*\b|\bserán? sancionad[oa]s?\b|\b(?:eliminación|retirada)\b.{0,60}\banuncios?\b|\b(?:incoará|instruirá|implicará|abrirá)\w*\b.{0,40}\bexpediente sancionador\b|\bobjeto de (?:control|inspección|sanción)\b|\b(?:dar|dará) lugar a (?:la|una)\b.{0,40}\b(?:revisión|revocación|sanción|pérdida|clausura)\b"),
    rule("sunset", r"\b(?:hasta el|vence\w* el|caduca\w*|expira\w*)\b", "date"),
    rule("cap-fleet", rf"\b(?:máximo de|superar\w*(?: los| las)?|hasta)\s{_N}\s(?:vehículos|bicicletas|patinetes|motocicletas|motos|unidades)\b", "number", "vehicles"),
    rule("cap-fleet", rf"\b{_MOST}\s{_N}\s(?:(?:licencias|autorizaciones) (?:de|para) )?{_WHEELS}\b", "number", "vehicles"),
    rule("cap-fleet", rf"\bnúmero (?:total |máximo )?de {_WHEELS}\b.{{0,40}}?\b(?:{_MOST}|limita\w* a|será de)\s{_N}\b", "number", "vehicles"),
    rule("parking", rf"\b(?:estacion|aparc|dej)\w+\b.{{0,80}}\b(?:únicamente|solo|sólo|exclusivamente|fuera de)\b.{{0,60}}\b{_SPOTS}\b"),
    rule("parking", r"\b(?:estacion|aparc|dej)\w+\b.{0,60}\b(?:únicamente|solo|sólo|exclusivamente|fuera de)\b.{0,80}\b(?:espacios?|zonas?|plazas?|lugares|áreas)\b|\b(?:únicamente|solo|sólo|exclusivamente)\b.{0,40}\b(?:estacion|aparc)\w+"),
    rule("speed", rf"\b{_N}\s(?:km/h|kilómetros por hora)", "number", "km/h"),
    rule("age", rf"\bedad mínima\b.{{0,80}}?\b{_N}\saños\b", "number", "years"),
    rule("age", rf"\bmayor(?:es)? de\s{_N}\saños\b", "number", "years"),
    rule("insurance", r"\bseguro\b.{0,60}\b(?:obligatorio|responsabilidad civil)\b|\b(?:contar|dispon|suscrib)\w*\b.{0,30}\bseguro\b"),
    rule("insurance", r"\b(?:seguro|póliza)\b.{0,40}\b(?:daños|responsabilidad civil)\b"),
    rule("deposit", r"\bfianza\b|\baval bancario\b|\b(?:constitu|prest|deposit|aport)\w+\b.{0,30}\b(?:garantía|aval)\b"),
    rule("cap-vehicles", rf"\bnúmero (?:total |máximo )?de (?:licencias|autorizaciones|vehículos|taxis)\b.{{0,40}}?\b(?:{_MOST}|limita\w* a|será de)\s{_N}\b", "number", "vehicles"),
    rule("cap-vehicles", rf"\b(?:licencia|autorización)\b.{{0,80}}\bpor cada\s{_N}\s(?:licencias|autorizaciones|taxis|habitantes)\b"),
    rule("cap-vehicles", rf"\b(?:limit\w+|máximo)\b.{{0,30}}?\b{_N}\b.{{0,30}}\b(?:licencias|vehículos|taxis|autorizaciones)\b", "number", "vehicles"),
    rule("cap-vehicles", r"\blimit\w+\b.{0,40}\bnúmero de (?:licencias|vehículos|taxis|autorizaciones)\b"),
    rule("accessible", r"\bsillas? de ruedas\b|\b(?:vehículos|taxis|autotaxis) (?:\w+ )?(?:adaptad|accesib)\w+|\beurotaxis?\b"),
    rule("levy", r"\brecargo\b.{0,60}\b(?:carrera|viaje|trayecto)s?\b|\b(?:carrera|viaje|trayecto)s?\b.{0,40}\brecargo\b"),
    rule("pay-floor", r"\bno (?:será|sea|podrá ser|puede ser) (?:inferior|menor) (?:a|que)\b|\b(?:al menos|como mínimo)\b.{0,40}\bpor hora\b|\bsalario mínimo\b", "money"),
    rule("pay-floor", r"\bsalario mínimo\b"),
    rule("tips", r"\bpropinas?\b"),
    rule("information", r"\bantes de (?:aceptar|iniciar|cada)\b.{0,20}\b(?:pedido|viaje|encargo|reparto|servicio)\b"),
    rule("information", r"\b(?:antes de|previamente a|con carácter previo a|con anterioridad a)\b.{0,40}\b(?:pedido|viaje|encargo|reparto|servicio)\b"),
    rule("deactivation", r"\bcuentas?\b.{0,40}\b(?:desactiv|bloque|suspen|cerr|cancel)\w+|\b(?:bloqueo|suspensión|desactivación|cancelación) de (?:la|las|su|una) cuentas?\b"),
    rule("deactivation", r"\b(?:desactiv|bloque|suspen|cerr)\w+\b.{0,40}\bcuentas?\b|\bcierre de (?:la|una|su) cuenta\b"),
    rule("facilities", r"\b(?:aseos?|lavabos?|baños|servicios higiénicos)\b"),
    rule("equipment", r"\b(?:casco|mochila|chaleco|equipo)s?\b.{0,40}\b(?:facilitad|proporcionad|entregad|suministrad|pagad)\w+"),
    rule("equipment", r"\b(?:facilit|proporcion|entreg|suministr|dotar)\w*\b.{0,60}\b(?:casco|mochila|chaleco|equipo)s?\b"),
)  # fmt: skip

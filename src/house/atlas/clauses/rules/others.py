"""English, French and German."""

# ruff: noqa: E501 -- a pattern is read whole

from house.atlas.clauses.rules.rule import number, rule

_EN, _FR, _DE = number("en"), number("fr"), number("de")
ENGLISH = (
    rule("licence", r"\b(?:shall|must|require\w*)\b.{0,200}?\b(?:to register\b|be (?:licensed|registered)|register with|(?:submit|file) an? application to register|obtain an? (?:licen[cs]e|permit|registration))"),
    rule("licence", r"\b(?:create|require)\w* a new licen[cs]e\b|\bwithout an? (?:valid )?(?:\w+ )?licen[cs]e\b|\bunless .{0,60}?(?:licensed|has a (?:licen[cs]e|permit))"),
    rule("licence", r"\bshall\b.{0,60}?\bregister with\b|\bshall be licensed\b|\bsubmit an application to register\b"),
    rule("shown-number", r"\b(?:number|registration)\b.{0,80}\b(?:in|on) (?:every|each|any|all) (?:advertisement|listing)s?"),
    rule("cap-nights", rf"\b(?:no more than|at most|not more than|maximum of|up to|not exceed(?:ing)?)\s{_EN}\s(?:nights|days)\b", "number", "nights a year"),
    rule("cap-guests", rf"\b(?:no more than|at most|maximum of|up to)\s{_EN}\s(?:paying )?guests\b", "number", "guests"),
    rule("platform-check", r"\b(?:booking services?|platforms?|compan(?:y|ies))\b.{0,80}\b(?:verify|check)\b"),
    rule("data-duty", r"\b(?:provide|collect|transmit|submit|report|share)\w*\b.{0,80}\b(?:data|transactions|trip records)\b|\b(?:transactions?|data|trips?|incidents?)\b.{0,120}\bmust be reported\b|\breport drivers to\b", unless=r"\bshall not require\b.{0,160}\bdata\b(?!.{0,200}\bshall be collected)"),
    rule("fine", r"\b(?:fine[sd]?|penalt(?:y|ies))\b", "money"),
    rule("fee", r"\b(?:fee|assess(?:ed|ment)?|licen[cs]e tax)\b", "money", unless=r"\bfine[sd]?\b|\bpenalt"),
    rule("insurance", r"\b(?:insurance|coverage)\b.{0,200}\b(?:at least|minimum)\b|\bminimum coverage\b", "money"),
    rule("threshold", rf"\b(?:dispatch\w*|provid\w*)\s(?:more than\s)?{_EN}(?:\sor more)?\strips (?:per|a) day", "number", "trips a day"),
    rule("cap-vehicles", r"\blimit(?:ing)? the (?:issuance|number) of\b.{0,40}\b(?:licen[cs]es|vehicles)"),
    rule("levy", r"\bsurcharge\b"),
    rule("accessible", r"\b(?:shall|must|at least)\b.{0,60}\bwheelchair[- ]accessible\b"),
    rule("pay-floor", r"\bminimum (?:pay|payment|wage|compensation|earnings)\b"),
    rule("tips", r"\bgratuit(?:y|ies)\b|\btips?\b"),
    rule("information", r"\binformation would be provided before\b|\b(?:told|informed|disclos\w+)\b.{0,60}\bbefore (?:accepting|a trip|each)\b"),
    rule("deactivation", r"\bdeactivat(?:e|ing|ion)\b"),
    rule("facilities", r"\b(?:toilet|restroom|bathroom)"),
    rule("equipment", r"\b(?:provide|make available|supply)\b.{0,80}\b(?:bags?|helmets?|equipment)\b"),
    rule("speed", rf"\b{_EN}\s(?:miles per hour|mph)\b", "number", "mph"),
    rule("speed", rf"\b{_EN}\skm/h\b", "number", "km/h"),
    rule("age", rf"\bat least\s{_EN}\syears (?:of age|old)\b", "number", "years"),
    rule("sunset", r"\b(?:through|expires? on|until|cease\w* on)\b", "date"),
)  # fmt: skip
FRENCH = (
    rule("licence", r"\bfait la déclaration auprès\b|\bdéclaration préalable soumise à enregistrement\b|\bsoumet\w* à autorisation\b"),
    rule("shown-number", r"\b(?:publie|annonce)\b.{0,120}\bnuméro de déclaration\b"),
    rule("cap-nights", rf"\bau-delà de\s{_FR}\sjours\b", "number", "days a year"),
    rule("platform-check", r"\bobtient de lui, préalablement à la publication\b"),
    rule("data-duty", r"\btransmet(?:tre)?\b.{0,80}\b(?:nombre de jours|informations|données)\b|\ba accès\b.{0,300}\bdonnées\b"),
    rule("fine", r"\bamende\b", "money"),
    rule("age", rf"\bâgée? d['’]au moins\s{_FR}\sans\b", "number", "years", unless=r"\baccompagn"),
    rule("speed", rf"\b{_FR}\skm/\s?h\b", "number", "km/h"),
    rule("sunset", r"\b(?:jusqu['’]au|prend fin le)\b", "date"),
)  # fmt: skip
GERMAN = (
    rule("licence", r"\bBetriebserlaubnis\b.{0,80}\berteilt worden\b|\bbedarf der Genehmigung\b|\bGenehmigung\w* (?:besitzen|erforderlich)\b"),
    rule("insurance", r"\bVersicherungsplakette\b.{0,120}\bführt\b|\bHaftpflichtversicherung\b"),
    rule("speed", rf"\b(?:nicht mehr als|höchstens)\s{_DE}\skm/h\b", "number", "km/h"),
    rule("age", rf"\b(?:das|des)\s{_DE}\.\sLebensjahr\w*", "number", "years"),
    rule("fine", r"\b(?:Geldbuße|Bußgeld)", "money"),
    rule("cap-nights", rf"\b(?:höchstens|bis zu)\s{_DE}\s(?:Tage|Nächte)\b", "number", "days a year"),
)  # fmt: skip

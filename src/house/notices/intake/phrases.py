"""How mail programs say "here begins what you wrote", in the languages of the house's cities.

English, German, Dutch, French, Spanish, Portuguese, Italian, Catalan, Swedish, Danish, Norwegian, Finnish,
Polish, Czech, Hebrew, Korean, Chinese and Japanese.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

import re


def _any(words: str) -> str:
    return "|".join(re.escape(word.strip()).replace(r"\ ", r"\s") for word in words.split("|"))


_FROM = (
    "From|Von|Van|De|Da|Från|Fra|Lähettäjä|Od|Expéditeur|Remitente|Remetente|Mittente|מאת|보낸 사람|보낸사람|"
    "发件人|寄件者|寄件人|差出人"
)
_SENT = (
    "Sent|Date|Gesendet|Gesendet am|Datum|Verzonden|Envoyé|Envoyé le|Enviado|Enviado el|Fecha|Enviada em|Enviado em|"
    "Data|Inviato|Enviat|Enviat el|Data d'enviament|Skickat|Sendt|Dato|Lähetetty|Päivämäärä|Päiväys|Wysłano|Wysłane|"
    "Odesláno|נשלח|בתאריך|תאריך|보낸 날짜|보낸날짜|날짜|发送时间|发送日期|日期|寄件日期|傳送時間|送信日時|日時|日付"
)
_TO = (
    "To|An|Aan|À|Pour|Para|A|Per a|Per|Till|Til|Vastaanottaja|Do|Komu|אל|לכבוד|받는 사람|받는사람|收件人|收件者|宛先|"
    "Cc|Kopie|Copie|CC|Kopia|Kopi|Kopio|DW|העתק|참조|抄送|副本"
)
_SUBJECT = (
    "Subject|Betreff|Onderwerp|Objet|Asunto|Assunto|Oggetto|Assumpte|Ämne|Emne|Aihe|Temat|Předmět|נושא|הנדון|제목|"
    "主题|主旨|件名"
)


def _field(words: str) -> re.Pattern[str]:
    """`From: …`, `*Von:* …`, `De : …`, `发件人： …`."""
    return re.compile(
        rf"[*_ ]{{0,3}}(?:{_any(words)})[*_ ]{{0,3}}\s?[:：][*_ ]{{0,3}}", re.IGNORECASE
    )


FROM, SENT, TO, SUBJECT = _field(_FROM), _field(_SENT), _field(_TO), _field(_SUBJECT)

# "----- Original Message -----" and the like, in a line of its own between dashes or underscores.
ORIGINAL = re.compile(
    r"\s*[-_=]{2,}\s*(?:"
    + _any(
        "Original Message|Original message|Reply message|Forwarded message|Original Appointment|Ursprüngliche Nachricht|"
        "Originalnachricht|Ursprungsnachricht|Weitergeleitete Nachricht|Originele bericht|Oorspronkelijk bericht|"
        "Doorgestuurd bericht|Message d'origine|Message original|Message transféré|Mensaje original|"
        "Mensaje reenviado|Mensagem original|Mensagem encaminhada|Messaggio originale|Messaggio inoltrato|"
        "Missatge original|Missatge reenviat|Ursprungligt meddelande|Originalmeddelande|Vidarebefordrat meddelande|"
        "Oprindelig meddelelse|Videresendt meddelelse|Opprinnelig melding|Videresendt melding|"
        "Alkuperäinen viesti|Välitetty viesti|Wiadomość oryginalna|Oryginalna wiadomość|"
        "Wiadomość przekazana dalej|Původní zpráva|Přeposlaná zpráva|הודעה מקורית|ההודעה המקורית|"
        "원본 메시지|원본 메일|Original Mail|原始邮件|原邮件|原始郵件|转发邮件|元のメッセージ"
    )
    + r")\s*[-_=]{2,}\s*\Z",
    re.IGNORECASE,
)

# The verb with which the line before a quote ends, perhaps with a name and an address behind it.
WROTE = re.compile(
    r"\bwrote\b|\bschrieb\b|\bschreef\b|\bhet volgende geschreven\b|a\s?écrit\b|\bescribió\b|\bescreveu\b|ha scritto\b|va escriure\b|\bskrev\b|\bkirjoitti\b|napisał(?:\(a\)|a)?|\bpisze\b|napsal(?:\(a\)|a)?|כתב(?:ה|/ה)?|מאת|작성|씀|写道|寫道|书写|のメール",
    re.IGNORECASE,
)

# A last line that a telephone or a mail service adds.
MOBILE = re.compile(
    r"\s*(?:"
    r"sent (?:from|via|with) (?:my |the )?.{1,60}|get outlook for .{1,40}|"
    r"(?:von meinem|von meiner) .{1,50} gesendet|gesendet (?:von|mit|aus) .{1,50}|outlook für .{1,40}|holen sie sich outlook .{1,40}|"
    r"(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) .{1,50}|outlook voor .{1,40}|download outlook .{1,40}|"
    r"envoyé (?:de|depuis|à partir) .{1,60}|(?:télécharger|obtenez|obtenir) outlook .{1,40}|"
    r"enviado (?:desde|do|a partir|pelo|com) .{1,50}|(?:obtener|obtenga|obter|obtenha) (?:o )?outlook .{1,40}|"
    r"inviato (?:da|dal|con) .{1,50}|(?:scarica|ottieni) outlook .{1,40}|enviat (?:des|amb) .{1,50}|"
    r"(?:skickat|skickades) från .{1,50}|(?:hämta|skaffa) outlook .{1,40}|sendt (?:fra|med) .{1,50}|(?:hent|få) outlook .{1,40}|"
    r"lähetetty .{1,50}|(?:hanki|lataa) outlook .{1,40}|wysłan[eoya]{1,2} (?:z|ze|przez) .{1,50}|pobierz .{0,10}outlook.{0,40}|"
    r"odesláno (?:z|ze|pomocí) .{1,50}|získat(?:i)? outlook .{1,40}|"
    r"נשלח (?:מ|באמצעות).{1,50}|.{1,30}(?:에서 보냄|에서 보냈습니다|에서 발송)|(?:发自|從我的|从我的|發自|通过).{1,40}|.{1,30}から送信"
    r")[.。]?\s*\Z",
    re.IGNORECASE,
)

# "See my answers below": then what stands under a quote may be hers.
BELOW = re.compile(
    r"\b(?:below|inline|in-line|in red|in blue|in green|in colou?r|in the text|interspersed|in bold)\b|"
    r"\b(?:unten|untenstehend|weiter unten|im text|in rot|in blau|in grün|rot markiert)\b|"
    r"\b(?:hieronder|onderstaand|in het rood|in de tekst|in rood|in blauw)\b|"
    r"\b(?:ci-dessous|plus bas|dans le texte|en rouge|en bleu|en vert)\b|"
    r"\b(?:abajo|más abajo|a continuación|en rojo|en azul|en el texto|abaixo|a vermelho|em vermelho|em azul|no texto)\b|"
    r"\b(?:qui sotto|più sotto|di seguito|in rosso|in blu|nel testo|més avall|a sota|en vermell|al text)\b|"
    r"\b(?:nedan|i rött|i texten|nedenfor|herunder|i rødt|i teksten|tekstissä|punaisella)\b|"
    r"\b(?:poniżej|niżej|na czerwono|w tekście|níže|červeně|v textu)\b|"
    r"להלן|למטה|באדום|בגוף|아래|본문|빨간|下面|以下|红色|紅色|文中|以下|赤字",
    re.IGNORECASE,
)

AUTOMATIC = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?response|autoreply|auto-reply|out of (?:the )?office|"
    r"automatische antwort|abwesenheit|abwesend|automatisch antwoord|afwezig|"
    r"réponse automatique|absence du bureau|absent|respuesta automática|fuera de la oficina|resposta automática|ausência|"
    r"risposta automatica|fuori sede|resposta automàtica|automatiskt svar|autosvar|frånvaro|automatisk svar|fravær|"
    r"automaattinen vastaus|poissa|odpowiedź automatyczna|automatická odpověď|mimo kancelář|"
    r"תשובה אוטומטית|מענה אוטומטי|자동 회신|부재중|自动回复|自動回覆|自動応答|自動返信)",
    re.IGNORECASE,
)

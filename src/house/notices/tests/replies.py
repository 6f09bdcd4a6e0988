"""Answers as mail programs write them, in the style of each: (program, language, HTML or text, mail, her own words).

`None` for her own words: the house must not be sure, and asks.
"""

TOLD = """Ghent asks: How do you count shared bikes?

We have three operators and no common figures.

Answer this mail, or open the question:
https://house.example/agora/kx7bq2/

You get this because you follow the topic bike sharing.
https://house.example/notices/leave/abc/"""
QUOTED = "\n".join(f"> {line}".rstrip() for line in TOLD.split("\n"))
AS_HTML = "<br>".join(TOLD.split("\n"))
HOUSE = "Digital House <reply+abcdefghijklmnop@house.example>"


def outlook(frm, sent, to, subject, *, line="_" * 32):
    """The block of Outlook on a desk; the mail under it has no marks."""
    return (
        f"{line}\n{frm} {HOUSE}\n{sent} maandag 3 maart 2025 10:12\n{to} Ana Sá\n"
        f"{subject} How do you count shared bikes?\n\n{TOLD}"
    )


def outlook_html(words, frm, sent, to, subject):
    return (
        f"<html><body lang=EN-US><div class=WordSection1>{words}<p class=MsoNormal>&nbsp;</p><div>"
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>'
        f"<b>{frm}</b> Digital House &lt;reply+abcdefghijklmnop@house.example&gt; <br><b>{sent}</b> 3 March 2025<br>"
        f"<b>{to}</b> Ana<br><b>{subject}</b> How do you count shared bikes?</p></div></div>"
        f"<p class=MsoNormal>{AS_HTML}</p></div></body></html>"
    )


def gmail_html(words, wrote):
    return (
        f'<div dir="auto">{words}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{wrote}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{AS_HTML}</blockquote></div>'
    )


OUTLOOK_WEB = (
    '<div class="elementToProof">{}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
    '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>X:</b> Digital House<br></font></div>'
    + AS_HTML
)

TEXT = [
    ("Gmail", "en", "We count by GPS.\n\nOn Mon, 3 Mar 2025 at 10:12, " + HOUSE + "\nwrote:\n\n" + QUOTED, "We count by GPS."),
    ("Gmail", "de", "Wir zählen per GPS.\n\nAm Mo., 3. März 2025 um 10:12 Uhr schrieb " + HOUSE + ":\n\n" + QUOTED, "Wir zählen per GPS."),
    ("Gmail", "fr", "On compte par GPS.\n\nLe lun. 3 mars 2025 à 10:12, " + HOUSE + " a\nécrit :\n\n" + QUOTED, "On compte par GPS."),
    ("Gmail", "es", "Contamos por GPS.\n\nEl lun, 3 mar 2025 a las 10:12, " + HOUSE + " escribió:\n\n" + QUOTED, "Contamos por GPS."),
    ("Gmail", "it", "Contiamo via GPS.\n\nIl giorno lun 3 mar 2025 alle ore 10:12 " + HOUSE + " ha scritto:\n\n" + QUOTED, "Contiamo via GPS."),
    ("Gmail", "nl", "Wij tellen met gps.\n\nOp ma 3 mrt 2025 om 10:12 schreef " + HOUSE + ":\n\n" + QUOTED, "Wij tellen met gps."),
    ("Gmail", "pt", "Contamos por GPS.\n\nEm seg., 3 de mar. de 2025 às 10:12, " + HOUSE + " escreveu:\n\n" + QUOTED, "Contamos por GPS."),
    ("Gmail", "ca", "Comptem per GPS.\n\nMissatge de " + HOUSE + " del dia dl., 3 de març 2025 a les 10:12:\n\n" + QUOTED, "Comptem per GPS."),
    ("Gmail", "sv", "Vi räknar med GPS.\n\nDen mån 3 mars 2025 kl 10:12 skrev " + HOUSE + ":\n\n" + QUOTED, "Vi räknar med GPS."),
    ("Gmail", "pl", "Liczymy po GPS.\n\npon., 3 mar 2025 o 10:12 " + HOUSE + " napisał(a):\n\n" + QUOTED, "Liczymy po GPS."),
    ("Gmail", "he", "אנחנו סופרים לפי GPS.\n\n\u202bבתאריך יום ב׳, 3 במרץ 2025 ב-10:12 מאת \u202aDigital House\u202c\u200f <\u202areply+abcdefghijklmnop@house.example\u202c\u200f>:\u202c\n\n" + QUOTED, "אנחנו סופרים לפי GPS."),
    ("Gmail", "ko", "GPS로 셉니다.\n\n2025년 3월 3일 (월) 오전 10:12, " + HOUSE + "님이 작성:\n\n" + QUOTED, "GPS로 셉니다."),
    ("Gmail", "zh", "我们用GPS统计。\n\n" + HOUSE + " 于2025年3月3日周一 10:12写道：\n\n" + QUOTED, "我们用GPS统计。"),
    ("Gmail", "ja", "GPSで数えています。\n\n2025年3月3日(月) 10:12 " + HOUSE + ":\n\n" + QUOTED, "GPSで数えています。"),
    ("Outlook", "en", "We count by GPS.\n\n" + outlook("From:", "Sent:", "To:", "Subject:"), "We count by GPS."),
    ("Outlook", "de", "Wir zählen per GPS.\n\nViele Grüße\nUte\n\n" + outlook("Von:", "Gesendet:", "An:", "Betreff:", line=""), "Wir zählen per GPS.\n\nViele Grüße\nUte"),
    ("Outlook", "fr", "On compte par GPS.\n\n" + outlook("De :", "Envoyé :", "À :", "Objet :", line=""), "On compte par GPS."),
    ("Outlook", "es", "Contamos por GPS.\n\n" + outlook("De:", "Enviado el:", "Para:", "Asunto:", line=""), "Contamos por GPS."),
    ("Outlook", "it", "Contiamo via GPS.\n\n" + outlook("Da:", "Inviato:", "A:", "Oggetto:"), "Contiamo via GPS."),
    ("Outlook", "nl", "Wij tellen met gps.\n\n" + outlook("Van:", "Verzonden:", "Aan:", "Onderwerp:", line=""), "Wij tellen met gps."),
    ("Outlook", "pt", "Contamos por GPS.\n\n" + outlook("De:", "Enviado:", "Para:", "Assunto:"), "Contamos por GPS."),
    ("Outlook", "sv", "Vi räknar med GPS.\n\n" + outlook("Från:", "Skickat:", "Till:", "Ämne:"), "Vi räknar med GPS."),
    ("Outlook", "da", "Vi tæller med GPS.\n\n" + outlook("Fra:", "Sendt:", "Til:", "Emne:"), "Vi tæller med GPS."),
    ("Outlook", "fi", "Laskemme GPS:llä.\n\n" + outlook("Lähettäjä:", "Lähetetty:", "Vastaanottaja:", "Aihe:"), "Laskemme GPS:llä."),
    ("Outlook", "pl", "Liczymy po GPS.\n\n" + outlook("Od:", "Wysłano:", "Do:", "Temat:"), "Liczymy po GPS."),
    ("Outlook", "cs", "Počítáme podle GPS.\n\n" + outlook("Od:", "Odesláno:", "Komu:", "Předmět:"), "Počítáme podle GPS."),
    ("Outlook", "he", "אנחנו סופרים לפי GPS.\n\n" + outlook("מאת:", "נשלח:", "אל:", "נושא:"), "אנחנו סופרים לפי GPS."),
    ("Outlook", "ko", "GPS로 셉니다.\n\n" + outlook("보낸 사람:", "보낸 날짜:", "받는 사람:", "제목:"), "GPS로 셉니다."),
    ("Outlook", "zh", "我们用GPS统计。\n\n" + outlook("发件人：", "发送时间：", "收件人：", "主题："), "我们用GPS统计。"),
    ("Outlook, bold", "en", "We count by GPS.\n\n" + outlook("*From:*", "*Sent:*", "*To:*", "*Subject:*", line=""), "We count by GPS."),
    ("Outlook 2003", "en", "We count by GPS.\n\n-----Original Message-----\n" + outlook("From:", "Sent:", "To:", "Subject:", line="").lstrip(), "We count by GPS."),
    ("Outlook 2003", "de", "Wir zählen per GPS.\n\n-----Ursprüngliche Nachricht-----\n" + outlook("Von:", "Gesendet:", "An:", "Betreff:", line="").lstrip(), "Wir zählen per GPS."),
    ("Lotus Notes", "fr", "On compte par GPS.\n\n----- Message d'origine -----\nDe : Digital House\nDate : 3 mars\n\n" + TOLD, "On compte par GPS."),
    ("Apple Mail", "en", "We count by GPS.\n\n> On 3 Mar 2025, at 10:12, " + HOUSE + " wrote:\n> \n" + QUOTED, "We count by GPS."),
    ("iPhone", "en", "We count by GPS.\n\nSent from my iPhone\n\n> On 3 Mar 2025, at 10:12, Digital House wrote:\n>\n" + QUOTED, "We count by GPS."),
    ("iPhone", "de", "Wir zählen per GPS.\n\nVon meinem iPhone gesendet\n\n> Am 03.03.2025 um 10:12 schrieb Digital House:\n" + QUOTED, "Wir zählen per GPS."),
    ("iPhone", "nl", "Met gps.\n\nVerstuurd vanaf mijn iPhone\n\nOp 3 mrt. 2025 om 10:12 heeft " + HOUSE + " het volgende geschreven:\n\n" + QUOTED, "Met gps."),
    ("Outlook for iOS", "en", "We count by GPS.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n" + outlook("From:", "Sent:", "To:", "Subject:"), "We count by GPS."),
    ("iPhone", "ko", "GPS로 셉니다.\n\n나의 iPhone에서 보냄\n\n2025. 3. 3. 오전 10:12, " + HOUSE + " 작성:\n\n" + QUOTED, "GPS로 셉니다."),
    ("Thunderbird, below", "en", "On 03/03/2025 10:12, Digital House wrote:\n" + QUOTED + "\n\nWe count by GPS.\n\n-- \nUte Klein\nCity of Y", "We count by GPS."),
    ("Thunderbird, above and below", "de", "Hallo zusammen,\n\nAm 03.03.2025 um 10:12 schrieb Digital House:\n" + QUOTED + "\n\nWir zählen per GPS.\n", "Hallo zusammen,\n\nWir zählen per GPS."),
    ("mutt, inline", "en", "On Mon, Mar 03, 2025 at 10:12, Digital House wrote:\n> How do you count shared bikes?\n\nBy GPS.\n\n> We have three operators\n\nSo do we, since 2021.\n\n> https://house.example/notices/x\n", "> How do you count shared bikes?\n\nBy GPS.\n\n> We have three operators\n\nSo do we, since 2021."),
    ("her own >", "en", "Our rule says:\n> No more than 500 bikes\nand nobody objects.", "Our rule says:\n> No more than 500 bikes\nand nobody objects."),
    ("her own > at the end", "en", "Our rule says:\n> No more than 500 bikes", "Our rule says:\n> No more than 500 bikes"),
    ("signature", "en", "We count by GPS.\n-- \nUte Klein\nMobility, City of Y\n+49 30 1234", "We count by GPS."),
    ("a list with dashes", "en", "Three ways:\n\n- by GPS\n- by hand\n-- twice a year\n- by survey\n\nBest regards\nUte", "Three ways:\n\n- by GPS\n- by hand\n-- twice a year\n- by survey\n\nBest regards\nUte"),
    ("thanks first", "en", "Thanks,\n\nwe count by GPS, and on Mondays Anna wrote: do it twice.", "Thanks,\n\nwe count by GPS, and on Mondays Anna wrote: do it twice."),
    ("nothing but a quote", "en", "On Mon, 3 Mar 2025 at 10:12, " + HOUSE + " wrote:\n\n" + QUOTED, None),
    ("nothing but Outlook's block", "nl", outlook("Van:", "Verzonden:", "Aan:", "Onderwerp:"), None),
    ("answers in the quote", "en", "See my answers in red below.\n\n" + outlook("From:", "Sent:", "To:", "Subject:"), None),
    ("answers in the quote", "de", "Antworten siehe unten.\n\n" + outlook("Von:", "Gesendet:", "An:", "Betreff:"), None),
    ("passes on another mail", "en", "Look what they wrote me:\n\n-----Original Message-----\nFrom: Jan <jan@y.example>\nSent: Friday\nTo: Ute\nSubject: Operators' prices\n\nThe price is 12.", None),
    ("a program nobody knows", "en", "We count by GPS.\n\n*** Digital House (3/3/25): ***\n" + TOLD, None),
    ("blank", "en", "\n \n\n", None),
]  # fmt: skip

HTML = [
    ("Gmail", "en", gmail_html("We count by <b>GPS</b>.<div><br></div><div>Ute</div>", "On Mon, 3 Mar 2025 at 10:12, Digital House &lt;<a href='mailto:x'>reply+a@house.example</a>&gt; wrote:"), "We count by GPS.\n\nUte"),
    ("Gmail", "ko", gmail_html("GPS로 셉니다.", "2025년 3월 3일 (월) 오전 10:12, Digital House &lt;reply+a@house.example&gt;님이 작성:"), "GPS로 셉니다."),
    ("Gmail, inline", "en", '<div class="gmail_quote"><div class="gmail_attr">On Mon, 3 Mar 2025, Digital House wrote:</div><blockquote>How do you count?</blockquote><div>By GPS.</div><blockquote>Three operators</blockquote><div>We too.</div><blockquote>bye</blockquote></div>', "> How do you count?\nBy GPS.\n> Three operators\nWe too."),
    ("Outlook", "en", outlook_html("<p class=MsoNormal>We count by GPS.</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Best, Ute</p>", "From:", "Sent:", "To:", "Subject:"), "We count by GPS.\n\nBest, Ute"),
    ("Outlook", "de", outlook_html("<p class=MsoNormal>Wir zählen per GPS.</p>", "Von:", "Gesendet:", "An:", "Betreff:"), "Wir zählen per GPS."),
    ("Outlook", "el", outlook_html("<p class=MsoNormal>Μετράμε με GPS.</p>", "Από:", "Αποστολή:", "Προς:", "Θέμα:"), "Μετράμε με GPS."),
    ("Outlook on the web", "he", OUTLOOK_WEB.format('<div dir="rtl">אנחנו סופרים לפי GPS.</div>'), "אנחנו סופרים לפי GPS."),
    ("Outlook on the web", "zh", OUTLOOK_WEB.format("我们用GPS统计。"), "我们用GPS统计。"),
    ("Outlook, in red", "en", outlook_html("<p class=MsoNormal>My answers are in red below.</p>", "From:", "Sent:", "To:", "Subject:"), None),
    ("Apple Mail", "es", f'<body>Contamos por GPS.<br><br><div><blockquote type="cite"><div>El 3 mar 2025, a las 10:12, Digital House escribió:</div><div>{AS_HTML}</div></blockquote></div></body>', "Contamos por GPS."),
    ("Yahoo", "it", f'<div>Contiamo via GPS.</div><div id="ydpx" class="yahoo_quoted"><div>Il lunedì 3 marzo 2025, Digital House ha scritto:</div><div>{AS_HTML}</div></div>', "Contiamo via GPS."),
    ("Thunderbird", "pl", f'<p>Liczymy po GPS.</p><p>Drugi akapit.</p><div class="moz-cite-prefix">W dniu 3.03.2025 o 10:12, Digital House pisze:<br></div><blockquote type="cite">{AS_HTML}</blockquote>', "Liczymy po GPS.\n\nDrugi akapit."),
    ("Proton", "sv", f'<div>Vi räknar med GPS.</div><div class="protonmail_signature_block">Skickat med Proton Mail</div><div class="protonmail_quote">Den måndag 3 mars 2025 10:12 skrev Digital House &lt;reply+a@house.example&gt;:<br><blockquote type="cite">{AS_HTML}</blockquote></div>', "Vi räknar med GPS."),
    ("Gmail, a signature", "fr", gmail_html('On compte par GPS.<div class="gmail_signature">Ute Klein<br>Ville de Y</div>', "Le lun. 3 mars 2025 à 10:12, Digital House &lt;reply+a@house.example&gt; a écrit :"), "On compte par GPS."),
    ("a page with a script", "en", "<style>p{color:red}</style><script>alert(1)</script><p>We count by GPS.</p><p>&lt;b&gt;</p>", "We count by GPS.\n\n<b>"),
    ("only a quote", "da", gmail_html("", "Den man. 3. mar. 2025 skrev Digital House &lt;reply+a@house.example&gt;:"), None),
]  # fmt: skip

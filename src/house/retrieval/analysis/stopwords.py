"""Words too common to tell passages apart, the question words of each language among them."""

_LISTS = {
    "en": """a about above after again against all also am an and any are as at be because been
    before being below between both but by can could did do does doing down during each few for
    from further had has have having he her here hers him his how i if in into is it its itself
    just let may me might more most must my no nor not of off on once only or other our ours out
    over own same shall she should so some such than that the their theirs them then there these
    they this those through to too under until up upon us very was we were what when where
    whether which while who whom whose why will with within without would yet you your yours""",
    "nl": """aan al alle als altijd andere ben bij binnen bent daar dan dat de der deze die dit
    doch doen door dus een eens elk elke en er ge geen haar had heb hebben heeft hem het hier
    hij hoe hun ieder iemand iets ik in is ja je jij jou jouw jullie kan kunnen laat maar me
    meer men met mij mijn moet moeten mogen na naar niet niets nog nu of om omdat onder ons onze
    ook op over reeds te tegen ten ter tot tussen u uit uw van veel voor waar waarom wanneer
    want waren was wat we wel welk welke werd werden wie wij wil worden wordt zal ze zelf zich
    zij zijn zo zoals zonder zou zouden""",
    "es": """a al algo algunas algunos ante antes aquel aquella como con contra cual cuales cuando
    cuanto cuantos de del desde donde dos durante e el ella ellas ellos en entre era eran es esa
    esas ese eso esos esta estaba estan estar estas este esto estos fue fueron ha haber había
    han hasta hay la las le les lo los mas más me mi mientras mis muy nada ni no nos nosotros
    nuestra nuestro o os otra otro para pero poco por porque puede pueden pues qué que quien
    quienes se sea según ser si sido sin sobre son su sus también tanto te tiene tienen toda
    todas todo todos tras tu tus un una unas uno unos usted y ya yo cómo cuál cuáles cuándo
    cuánto dónde quién él""",
    "fr": """a afin ai ainsi alors au aucun aussi autre autres aux avaient avait avant avec avoir
    ayant c car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment d
    dans de depuis des donc dont du elle elles en encore entre est et étaient était étant été
    être eu eux faut fait font ils il j jusqu je l la le les leur leurs lors lorsque lui m ma
    mais me même mes mon n ne ni nos notre nous on ont or ou où par parce pas peut peuvent plus
    pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera
    seront ses si sien son sont sous sur t ta te tes toi ton tous tout toute toutes très tu un
    une vers vos votre vous y""",
    "de": """aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus
    bei beim bin bis bist da dabei dadurch daher damit dann daran darauf das dass daß dazu dein
    dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du
    durch ein eine einem einen einer eines er es etwa etwas euch euer für gegen gibt hab habe
    haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist
    ja jede jedem jeden jeder jedes jene kann kein keine keinem keinen keiner können könnte man
    mehr mein mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne sehr sein
    seine seinem seinen seiner seit sich sie sind so solche soll sollen sollte sondern sowie
    über um und uns unser unter viel vom von vor war waren warum was weil welche welchem welchen
    welcher welches wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwischen""",
    "sv": """alla allt att av blev bli blir blivit då de dem den denna deras dess dessa det detta
    dig din ditt dock du där efter eller en enligt er ett finns från för få får ha hade han har
    hans hennes henne här hon honom hur i icke in inom inte jag ju kan kunde man med mellan men
    mig min mitt mot mycket många måste ni nu när någon något några och om oss på samma sedan
    sig sin sina sitt sig själv ska skall skulle som så sådan till under upp ut utan vad var
    vara varför varit varje vars vem vi vid vilka vilken vilket vår våra vårt är över""",
    "da": """ad af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig
    din disse dog du efter eller en end er et få får for fordi fra ham han hans har havde have
    hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor
    hvornår i ikke ind ingen intet jeg jo kan kun kunne man mange med meget mellem men mig min
    mit mod mens mine må måtte når ned nogen noget nogle nu og også om op os over på samme selv
    ses sig sin sine sit skal skulle som så sådan til ud uden under var ved vi vil ville vor
    være været""",
    "ca": """a això al algun alguna alguns als altra altre altres amb aquell aquella aquest aquesta
    aquestes aquests així abans cada com contra d de del dels des després doncs durant e el ella
    ells els em en encara entre era eren és essent està estan este et fa fan feia fer fins ha
    han haver havia hem hi ho i l la les li llavors lo los m' més mateix me mentre molt molta
    molts ni no nosaltres nostra nostre o on pel pels per però perquè pot poden poc qual quals
    quan quant que què quin quina quines quins qui s sa se seu seus seva seves sense ser serà si
    sigui sobre són sota són t també tan tant te tot tota totes tots un una unes uns va van
    vostè""",
    "pt": """a à ao aos aquela aquele aqueles as às assim até cada com como contra da das de dela
    dele deles depois desde do dos e é ela elas ele eles em entre era eram essa essas esse esses
    esta está estão estar estas este estes eu foi foram for há isso isto já lhe lhes mais mas me
    mesmo meu minha muito muitos na não nas nem no nos nós nossa nosso num numa o onde os ou
    outra outro outros para pela pelas pelo pelos pode podem por porque porquê qual quais quando
    quanto que quê quem são se seja sem ser será seu seus sob sobre sua suas também tão te tem
    têm ter toda todas todo todos tu um uma umas uns você""",
    "ko": """그 이 저 것 수 등 및 또는 그리고 그러나 하지만 어떤 어떻게 무엇 무엇을 언제 어디
    어디서 누가 왜 있다 없다 하는 있는 위한 대한 통해 에서 에게 으로 합니다 입니다 있습니다
    있나요 인가요""",
    "he": """של את על אל עם אם כי לא או גם כן רק זה זו זאת אלה הם הן הוא היא אני אנחנו אתה אתם מה
    מי איך איפה מתי מדוע למה כיצד אילו איזה איזו האם יש אין היה היו היתה הייתה להיות כל כמו אבל
    אך עד בין תחת לפני אחרי כדי אשר ש""",
    "zh": """的 了 和 是 在 我 有 他 她 它 们 這 这 那 也 就 都 而 及 与 與 或 如何 怎么 怎麼 怎样
    什么 什麼 哪些 哪个 哪個 为什么 為什麼 是否 可以 我们 我們 他们 他們 以及 因为 因為 所以
    但是 如果 一个 一個 这些 這些 那些""",
}

STOP_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}

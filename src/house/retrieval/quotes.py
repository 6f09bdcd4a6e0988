"""Sentences as spans of a stored text, and the check that a quote really stands there.

A span is a pair of positions, so what is quoted is by construction a piece of the stored text; the
check is made all the same, against the text as it is stored when the answer is given.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 420  # characters of one quoted piece; a longer sentence is cut at its own joints
SHORTEST = 60  # a piece below this is shown together with its neighbour

_ENDS = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s)"
    r"|[。！？｡]+[”’」』）]*"
    r"|\n\s*\n|\n(?=\s*(?:[-*•#|]|\(?\d{1,3}[.)]|\w\)))"  # a blank line, or a list mark ahead
)
_JOINTS = (
    re.compile(r"[;；]\s*"),
    re.compile(r":\s+|[，、]"),
    re.compile(r"(?<=\s)(?=\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)"),
    re.compile(r",\s+|\s[–—-]\s"),
    re.compile(r"\s+"),
)
_LAST_WORD = re.compile(r"([^\s(\[“\"'«]+)\.$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")

# Words that a full stop follows within a sentence. "No." and "Art." are harmless in the others.
_SHORTENED = {
    "": "art arts no nos nr vol vols fig cf ca approx dr prof mr mrs ms st jr sr vs p pp ed eds etc al",
    "en": "e.g i.e u.s inc ltd co corp dept gov rev gen sec secs para stat ch supp fed reg a.k.a d.c",
    "de": "abs nr bzw z.b u.a d.h vgl ggf s str bspw inkl ff f hs buchst i.v.m sog zzgl evtl "
    "jan feb mär apr jun jul aug sep okt nov dez satz ziff bgbl i.d.f mio mrd",
    "fr": "m mm mme mlle l r d al chap cons c.-à-d ex env av bd éd hab",
    "nl": "artt jo bijv b.v d.w.z m.b.t o.a n.v incl excl blz lid stb i.v.m resp mw dhr t.a.v",
    "sv": "bl.a t.ex dvs kap st s.k m.m f.d resp jfr inkl prop dnr kl tel ev osv",
    "da": "bl.a f.eks dvs stk kap jf nr pkt mv m.v ca inkl kl tlf",
    "es": "sr sra srta ud uds d dña pág págs núm av avda ej c.a ee.uu depto apdo ley",
    "ca": "sr sra pàg núm av avda ex c apt ss",
    "pt": "sr sra dra pág n.º av ex cap núm inc",
}
_KNOWN = {
    language: frozenset(f"{words} {_SHORTENED['']}".split())
    for language, words in _SHORTENED.items()
}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


def sentences(text: str, language: str) -> list[Span]:
    """The sentences in order, none longer than `LONGEST`; white space lies between them."""
    spans: list[Span] = []
    start = 0
    for match in _ENDS.finditer(text):
        if _goes_on(text, start, match, language):
            continue
        spans.extend(_pieces(text, start, match.end()))
        start = match.end()
    spans.extend(_pieces(text, start, len(text)))
    return spans


def _goes_on(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Does the sentence go on behind this mark?"""
    mark = match.group().rstrip("\"'”’»)]")
    if mark != ".":
        return False
    after = text[match.end() :].lstrip()[:1]
    if after.islower():
        return True
    before = text[start : match.start() + 1]
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word[1].lower()
    if last in _KNOWN.get(language, _KNOWN[""]) or _INITIAL.fullmatch(word[1]):
        return True
    # "1. Oktober", "§ 3.": a lone number is a list mark or an ordinal, unless words go before it
    # in a language that writes no ordinals with a full stop.
    if last.isdigit():
        return len(last) <= 2 and (language in {"de", "da"} or before.strip() == word[0])
    return False


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The trimmed span, cut at its joints until each piece is short enough to be quoted."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if end - start <= LONGEST:
        yield Span(start, end)
        return
    for joint in _JOINTS:
        cuts = [m.end() for m in joint.finditer(text, start + SHORTEST, start + LONGEST)]
        if cuts:
            yield from _pieces(text, start, cuts[-1])
            yield from _pieces(text, cuts[-1], end)
            return
    yield Span(start, start + LONGEST)
    yield from _pieces(text, start + LONGEST, end)


def fold(text: str) -> str:
    """One form for comparing: composed letters, one space wherever there is white space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def stands_in(quote: str, text: str) -> bool:
    """Is the quote, word for word, a piece of the text? An empty quote proves nothing."""
    wanted = fold(quote)
    return bool(wanted) and wanted in fold(text)

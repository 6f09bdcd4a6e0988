"""Does what an article quotes still stand where it says so, for everybody who may read the article?

Asked at the desk while an article is written, and again at the moment of publication: a source may be
changed, withdrawn or narrowed meanwhile, and whoever said it may take her consent back.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from house.access.viewer import VISITOR, Viewer
from house.memory import tellers
from house.memory.sayings import Saying, said_at
from house.people.models import Person

# every row in this file: names of persons, to see whether a credit holds one; none is shown

_SHAPES = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟«»″", '"') | {"\xad": None}
)
SENTENCE = re.compile(r"[^.!?。？！\n]+(?:[.!?。？！]+[”’\"')\]]*|\n|$)")
_MARKED = re.compile(r"[“”„«»\"]([^“”„«»\"]+)[“”«»\"](?:\s*\(([^“”„«»\"]+)\))?")
FEW = 4  # words between marks that are no quotation yet
_RUN, _LIKE = 5, 0.4  # letters in a row that count, and how much of a quote they must make up
_MOST = 400  # characters of the source that are shown beside


@dataclass(frozen=True, slots=True)
class Looked:
    """One quotation. `trouble` says in a sentence what keeps it from going out, `remedy` what helps.

    `now` is what stands nearest to it in the source as the article's readers find it; `is_old` where only
    an earlier version says it in these words; `is_ended` where no reader gets these words any more (`lent`).
    `sort`: "quote"; "title" where the words are the article's title and its source's; "cities".
    """

    words: str
    source: str
    trouble: str = ""
    remedy: str = ""
    now: str = ""
    is_old: bool = False
    is_ended: bool = False
    sort: str = "quote"


def looked_at(article: Any) -> list[Looked]:
    """What an article (or a revision of it) has from sources that the house can look up."""
    viewer = audience_of(article)
    found = [*_of_title(article), *_of_cities(article)]
    sources: list[Saying] = []
    for block in article.body:
        if block.block_type == "quote" and (address := block.value["source"]):
            saying = source_of(address, viewer)
            if saying is None and not address.startswith("/"):
                continue  # of the wide web: what stands there is not ours to look up
            if saying is not None:
                sources.append(saying)
            found.append(_looked(block.value, address, saying))
    return [*found, *_of_teaser(article, sources)]


def troubles(article: Any) -> list[Looked]:
    return [each for each in looked_at(article) if each.trouble]


def audience_of(article: Any) -> Viewer:
    """The one among its readers who may see least."""
    return VISITOR if article.is_open else tellers.reader()


def source_of(address: str, viewer: Viewer) -> Saying | None:
    """In the house's own language: a credit names a city, and is judged the same whoever looks."""
    with override(settings.LANGUAGE_CODE):
        return said_at(address, viewer)


def ended(credit: str, saying: Saying | None) -> tuple[str, str] | None:
    """Why words may not be shown, whatever was published, and what helps; None while they may."""
    if saying is None:
        return (
            _("Who may read this article finds nothing to quote there: it was withdrawn, or is for fewer."),
            _("Take the quote out, or name another source."),
        )  # fmt: skip
    if not saying.is_willing:
        return (
            _("Whoever said this has not agreed to be quoted, or took it back."),
            _("Take the quote out; a paraphrase needs her consent too."),
        )
    if names_more(credit, saying):
        return (
            _("The credit names more than the source does now."),
            _("Credit it as the source does: %(credit)s")
            % {"credit": saying.credit or _("nobody")},
        )
    return None


def bears_lent_title(article: Any) -> bool:
    """One that an editor changed is hers."""
    lent = folded(article.lent_title).casefold()
    return bool(lent) and folded(article.title).casefold() == lent


def lender(article: Any) -> Saying | None:
    """What its title and its cities are from, as the least of its readers finds it now."""
    return source_of(article.lent_title_from, audience_of(article))


def title_ended(article: Any) -> tuple[str, str] | None:
    """As `ended`, of a title that the article has from its source; a title takes no credit."""
    return why_no_title(article, lender(article)) if bears_lent_title(article) else None


def why_no_title(article: Any, saying: Saying | None) -> tuple[str, str] | None:
    if saying is None or not saying.title:
        return (
            _("The title is its source’s own, and that may not be told any more."),
            _("Write a title of your own."),
        )
    if saying.is_hidden and article.cities.all():
        return (
            _("The title is its source’s own, and that names no city; this article names one."),
            _("Write a title of your own, and see whether its cities still tell of it."),
        )
    return None


def lent_cities(article: Any) -> list[Any]:
    """Those that it names because of its source. An editor who takes one out and in again lends it again."""
    if not article.lent_cities:
        return []
    return [city for city in article.cities.all() if city.pk in article.lent_cities]


def tells_no_city(saying: Saying | None) -> bool:
    """Where nothing else of the source may be told, neither may whose it is."""
    return saying is None or not saying.title or saying.is_hidden


def _of_cities(article: Any) -> Iterator[Looked]:
    named = lent_cities(article)
    if named and tells_no_city(lender(article)):
        yield Looked(
            ", ".join(city.label() for city in named),
            article.lent_title_from,
            _(
                "These cities stand here because of its source, and that may not name them any more."
            ),
            _("Take them out of the article."),
            is_ended=True,
            sort="cities",
        )


def _of_title(article: Any) -> Iterator[Looked]:
    if why := title_ended(article):
        trouble, remedy = why
        yield Looked(
            article.title, article.lent_title_from, trouble, remedy, is_ended=True, sort="title"
        )
    elif bears_lent_title(article):
        yield Looked(article.title, article.lent_title_from, sort="title")


def _looked(value: Any, address: str, saying: Saying | None) -> Looked:
    words = value["text"]
    why = ended(value["credit"], saying)
    if why is not None or saying is None:
        trouble, remedy = why or ("", "")
        return Looked(words, address, trouble, remedy, is_ended=True)
    if value["paraphrase"]:
        return Looked(words, address)
    if stands(words, saying.texts[:1]):
        return Looked(words, address)
    now = nearest(words, saying.texts[0]) if saying.texts else ""
    if stands(words, saying.texts[1:]):
        return Looked(words, address, now=now, is_old=True)
    return Looked(
        words, address,
        _("These words stand in no version of the source that this article's readers may see."),
        _("Quote what it says, or mark the block as a paraphrase."),
        now,
    )  # fmt: skip


def marked(teaser: str) -> list[tuple[str, str]]:
    """What a teaser puts between marks of whatever shape, each with the credit in brackets after it."""
    return [
        (words.strip(), credit.strip())
        for words, credit in _MARKED.findall(teaser)
        if len(words.split()) >= FEW
    ]


def _of_teaser(article: Any, sources: list[Saying]) -> Iterator[Looked]:
    """What a teaser puts between marks, where the article has its words from the house.

    One that was proposed quotes in its teaser also when its quote was taken out of the text.
    """
    quoted = marked(article.teaser)
    if not quoted or not (sources or article.lent_title_from):
        return
    lent_by = lender(article) if article.lent_title_from else None
    standing = tuple(text for saying in sources for text in saying.texts)
    for words, credit in quoted:
        if stands(words, standing):
            continue
        why = ended(credit, lent_by) if article.lent_title_from else None
        if why is None and lent_by is not None and stands(words, lent_by.texts):
            continue
        known = [*sources, lent_by] if lent_by is not None and why is None else sources
        trouble, remedy = (why if why and not sources else None) or (
            _("The teaser puts words between marks that stand in no source of this article."),
            _("Quote what the source says, or leave out the marks."),
        )
        now = nearest(words, "\n".join(saying.texts[0] for saying in known if saying.texts))
        yield Looked(words, "", trouble, remedy, now, is_ended=bool(why))


def names_more(credit: str, saying: Saying) -> bool:
    """Judged without looking at who the author is, so that nobody finds her out by trying names."""
    if not credit or credit == saying.credit or saying.names_persons:
        return False
    if saying.is_hidden:
        return True
    parts = [part.strip() for part in re.split(r"[,;(–—)]", credit)]
    return Person.objects.filter(name__in=[part for part in parts if part]).exists()


def stands(words: str, texts: tuple[str, ...]) -> bool:
    """Letter by letter; only spaces, line breaks and the shape of quotation marks are forgiven."""
    wanted = folded(words)
    return bool(wanted) and any(holds(folded(text), wanted) for text in texts)


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())


def holds(text: str, wanted: str) -> bool:
    """Not within a word: "able" does not stand in "unable"."""
    at = text.find(wanted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not _cuts(before, wanted[0]) and not _cuts(wanted[-1], after):
            return True
        at = text.find(wanted, at + 1)
    return False


def _cuts(one: str, other: str) -> bool:
    """Is a word cut here? In scripts that write without spaces nothing can be said."""
    return all(each.isalnum() and ord(each) < 0x590 for each in (one, other) if each) and bool(
        one and other
    )


def nearest(words: str, text: str) -> str:
    """The sentences of the source that are most like these words; nothing where none is like them."""
    sentences = [match.group().strip() for match in SENTENCE.finditer(text)]
    sentences = [sentence for sentence in sentences if sentence]
    wide = max(1, len(SENTENCE.findall(words)))
    runs = [" ".join(sentences[at : at + wide]) for at in range(max(1, len(sentences) - wide + 1))]
    wanted = folded(words).casefold()
    likeness = SequenceMatcher(b=wanted, autojunk=False)
    best, most = "", 0.0
    for run in runs:
        likeness.set_seq1(folded(run)[:_MOST].casefold())
        found = sum(block.size for block in likeness.get_matching_blocks() if block.size >= _RUN)
        if found > max(most, len(wanted) * _LIKE):
            best, most = run, found
    return best[:_MOST]

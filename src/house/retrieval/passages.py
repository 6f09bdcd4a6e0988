"""Cut a document into passages where its own structure has joints.

Headings, articles of law and turns of speech are never joined with what follows another; within
one of them, paragraphs and then sentences are gathered to between `FEWEST` and `MOST` words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from house.retrieval.documents import PassageText
from house.retrieval.quotes import sentences

FEWEST, MOST = 100, 250
KEPT_WHOLE = 400  # a section with an id of its own stays one passage up to here
PATH_SEPARATOR = " › "
PIECE = "\t"  # ids are one line without tabs, so no id that came with a section holds one

_PARAGRAPH = re.compile(r"\n\s*\n")
# § 12, §§ 3-5, Art. 7, Article L318-5, Artículo 4, Section 2.1, 제3조, 第十二条, 12 § (Swedish).
_ARTICLE = re.compile(
    r"^(?:§{1,2}\s?\d+\w?(?:[-–.]\d+\w?)*|\d+\s?[a-z]?\s?§|art(?:\.|icle|ikel|ículo|icle|igo|ikeln)?\s+"
    r"[LRDA]?\.?\s?\d[\w.\-]*|sec(?:\.|tion)\s+\d[\w.\-]*|제\s?\d+\s?조(?:의\s?\d+)?"
    r"|第[一二三四五六七八九十百千零〇\d]+[条條]|סעיף\s+\d+)(?=[\s.:)(—–-]|$)",
    re.IGNORECASE,
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a document as its reader found it, in order.

    `path` are the headings above it, outermost first. One that brings its own `external_id` keeps it.
    """

    text: str
    path: tuple[str, ...] = ()
    external_id: str = ""
    language: str = ""
    anchor: str = ""
    page: int | None = None
    start: float | None = None
    end: float | None = None
    speaker: str = ""


def cut(sections: Iterable[Section], *, prefix: str) -> list[PassageText]:
    """Passages in reading order; those without an own id are named `<prefix>#<n>`, n from 1.

    A section whose own id must serve several pieces gives it to the first; see `own_id`.
    """
    joined = list(_turns_joined(_articles_apart(sections)))
    own = {section.external_id for section in joined if section.external_id}
    taken: set[str] = set()
    found: list[PassageText] = []
    number = 0
    for section in joined:
        for i, text in enumerate(_pieces(section)):
            number += 1
            name = section.external_id or f"{prefix}#{number}"
            if section.external_id and i:
                name = f"{section.external_id}{PIECE}{i + 1}"
            while name in taken or (name in own and name != section.external_id):
                number += 1
                name = f"{prefix}#{number}"
            taken.add(name)
            found.append(
                PassageText(
                    external_id=name,
                    text=text,
                    heading=PATH_SEPARATOR.join(part for part in section.path if part),
                    language=section.language,
                    anchor=section.anchor,
                    page=section.page,
                    start=section.start,
                    end=section.end,
                    speaker=section.speaker,
                )
            )
    return found


def own_id(name: str) -> str:
    """The id that the passage's section came with, whichever of its pieces this is; empty for none."""
    return name.partition(PIECE)[0]


def size(text: str) -> int:
    """Words, with two signs of a script without spaces counted as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2


def _articles_apart(sections: Iterable[Section]) -> Iterator[Section]:
    """A paragraph that opens an article of law begins a section with the article in its path."""
    for section in sections:
        if section.external_id or section.start is not None:
            yield section
            continue
        path, gathered = section.path, []
        for paragraph in _PARAGRAPH.split(section.text):
            article = _ARTICLE.match(paragraph.strip())
            if article:
                if gathered:
                    yield replace(section, text="\n\n".join(gathered), path=path)
                gathered = []
                label = article.group().strip()
                path = section.path
                if not any(part.startswith(label) for part in path):
                    path = (*path, label)
            gathered.append(paragraph)
        if gathered:
            yield replace(section, text="\n\n".join(gathered), path=path)


def _turns_joined(sections: Iterable[Section]) -> Iterator[Section]:
    """Captions are shorter than thoughts: neighbours of one speaker become one turn, up to `MOST`.

    A new turn begins when the speaker or the chapter changes, or after a pause of five seconds.
    """
    held: Section | None = None
    for section in sections:
        if held is not None and _goes_on(held, section):
            held = replace(held, text=f"{held.text} {section.text.strip()}", end=section.end)
            continue
        if held is not None:
            yield held
        held = section
    if held is not None:
        yield held


def _goes_on(held: Section, section: Section) -> bool:
    if held.start is None or section.start is None or section.external_id:
        return False
    same = (held.speaker, held.path, held.page) == (section.speaker, section.path, section.page)
    pause = section.start - (held.end if held.end is not None else held.start)
    return same and pause < 5 and size(held.text) + size(section.text) <= MOST - FEWEST // 2


def _pieces(section: Section) -> Iterator[str]:
    text = section.text.strip()
    if not text:
        return
    if size(text) <= (KEPT_WHOLE if section.external_id else MOST):
        yield text
        return
    yield from _gathered(list(_paragraphs(text, section.language)))


def _paragraphs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """(what joins it to the one before, the piece); no piece is larger than `MOST` if it can be cut."""
    for paragraph in _PARAGRAPH.split(text):
        if size(paragraph) <= MOST:
            if paragraph.strip():
                yield "\n\n", paragraph.strip()
            continue
        joint = "\n\n"
        for span in sentences(paragraph, language):
            yield joint, span.of(paragraph)
            joint = " " if paragraph[span.end : span.end + 1].isspace() else ""


def _gathered(pieces: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Neighbours joined until each passage holds about an equal share of the whole."""
    sizes = [size(piece) for _, piece in pieces]
    left = sum(sizes)
    passages = max(1, -(-left // (MOST - FEWEST // 4)))
    held, words = "", 0
    for (joint, piece), more in zip(pieces, sizes, strict=True):
        share = (left + words) / passages
        too_many = words + more > MOST
        # Half of the next piece beyond the share is nearer to it than leaving the piece out.
        enough = words + more / 2 > share and passages > 1
        if held and (too_many or (enough and words >= FEWEST)):
            yield held
            held, words = "", 0
            passages = max(1, passages - 1)
        held = held + joint + piece if held else piece
        words += more
        left -= more
    if held:
        yield held

"""The test corpora (`HOUSE_TEST_DATA`) read into one form: passages, and questions with answers."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

OUR_QUESTIONS = Path(__file__).with_name("questions") / "questions.jsonl"
XQUAD_LANGUAGES = ("en", "de", "es")

_DOCUMENT = re.compile(
    r"<docno>(.*?)</docno>.*?<title>(.*?)</title>.*?<text>(.*?)</text>", re.DOTALL
)
_TOPIC = re.compile(r"<num>.*?</num>\s*<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    id: str
    document: str
    title: str
    heading: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    qid: str
    text: str
    language: str
    answers: frozenset[str]  # ids of pieces
    is_cross: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    name: str
    pieces: list[Piece]
    questions: list[Asked]


def read(name: str, data: Path) -> Corpus:
    """`alex` with the corpus's own questions, `alex-dev` and `alex-val` with ours."""
    if name == "cranfield":
        return _cranfield(data / "cranfield")
    if name == "xquad-r":
        return _xquad(data / "xquad-r")
    pieces = _pieces(data / "alex" / "passages.jsonl")
    if name == "alex":
        return Corpus(name, pieces, _questions(_lines(data / "alex" / "questions.jsonl"), pieces))
    split = name.removeprefix("alex-")
    ours = [row for row in _lines(OUR_QUESTIONS) if row["split"] == split]
    return Corpus(name, pieces, _questions(ours, pieces))


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _pieces(path: Path) -> list[Piece]:
    return [
        Piece(row["id"], row["doc"], row["title"], row["heading"], row["text"], row["lang"])
        for row in _lines(path)
    ]


def _questions(rows: Iterable[dict], pieces: list[Piece]) -> list[Asked]:
    known = {piece.id for piece in pieces}
    return [
        Asked(
            qid=row["qid"],
            text=row["question"],
            language=row["lang"],
            answers=frozenset(known & {row["passage_id"], *row.get("also_relevant", ())}),
            is_cross=row["cross_lingual"],
        )
        for row in rows
    ]


def _xquad(folder: Path) -> Corpus:
    """One pool of mixed languages: each paragraph stands in one language, all three ask for it."""
    pieces, questions = [], []
    for language in XQUAD_LANGUAGES:
        articles = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))["data"]
        paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
        for number, paragraph in enumerate(paragraphs):
            home = XQUAD_LANGUAGES[number % len(XQUAD_LANGUAGES)]
            name = f"p{number}"
            if home == language:
                pieces.append(Piece(name, name, "", "", paragraph["context"], language))
            questions += [
                Asked(
                    qid=f"{language}-{name}-{place}",
                    text=row["question"],
                    language=language,
                    answers=frozenset({name}),
                    is_cross=home != language,
                )
                for place, row in enumerate(paragraph["qas"])
            ]
    return Corpus("xquad-r", pieces, questions)


def _cranfield(folder: Path) -> Corpus:
    pieces = []
    for found in _DOCUMENT.findall((folder / "cran.all.1400.xml").read_text()):
        name, title, text = (" ".join(part.split()) for part in found)
        body = text.removeprefix(title).strip()  # every abstract repeats its title
        pieces.append(Piece(name, name, title, "", body, "en"))
    answers: dict[str, set[str]] = {}
    for line in (folder / "cranqrel.trec.txt").read_text().splitlines():
        qid, _, name, grade = line.split()
        if int(grade) > 0:
            answers.setdefault(qid, set()).add(name)
    # Judgements count the queries; the numbers in the queries file skip some.
    topics = _TOPIC.findall((folder / "cran.qry.xml").read_text())
    questions = [
        Asked(str(number), " ".join(text.split()), "en", frozenset(answers[str(number)]), False)
        for number, text in enumerate(topics, 1)
        if str(number) in answers
    ]
    return Corpus("cranfield", pieces, questions)

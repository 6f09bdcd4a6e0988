"""Two public collections of rephrased questions as threads: `stackfaq` and `covid-faq-en`."""

import csv
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from house.retrieval.bench.corpora import Asked, Corpus, Piece

_PAIR = re.compile(r"<qapair>(.*?)</qapair>", re.DOTALL)
_SPACE = re.compile(r"\s+")


def read(name: str, data: Path) -> Corpus:
    return _stackfaq(data / "stackfaq") if name == "stackfaq" else _covid(data / "covid-faq-en")


def half_of(document: str) -> str:
    """Whether a thread's rephrasings were looked at while the ranking was made ("tune") or not ("test")."""
    digest = hashlib.sha256(f"asked-before {document}".encode()).digest()
    return "tune" if digest[0] % 2 else "test"


def _stackfaq(folder: Path) -> Corpus:
    """125 threads of StackExchange with their answers; some ten people asked each in words of their own."""
    pieces, asked = [], []
    text = (folder / "stackExchange-FAQ.xml").read_text(encoding="utf-8")
    for number, pair in enumerate(_PAIR.findall(text)):
        document = f"thread-{number}"
        (question,) = _texts("question", pair)
        pieces.append(Piece(f"{document}-post", document, question, "", question, "en"))
        pieces += [
            Piece(f"{document}-{place}", document, question, "Answer", answer, "en")
            for place, answer in enumerate(_texts("answer", pair))
        ]
        asked += [
            Asked(f"{document}-r{place}", words, "en", frozenset({document}), False)
            for place, words in enumerate(_texts("rephr", pair))
            if words != "*"
        ]
    return Corpus("stackfaq", pieces, asked)


def _texts(tag: str, pair: str) -> Iterator[str]:
    for found in re.findall(rf"<{tag}>(.*?)</{tag}>", pair, re.DOTALL):
        # Escaped twice by whoever made the file: once as XML, once as the HTML of the site.
        if words := _SPACE.sub(" ", unescape(unescape(found))).strip():
            yield words


def _covid(folder: Path) -> Corpus:
    """Questions of a health authority, each with paraphrases that a person judged to ask the same."""
    path = folder / "eval_question_similarity_en.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    documents = {
        words: f"faq-{n}" for n, words in enumerate(sorted({row["question_1"] for row in rows}))
    }
    pieces = [Piece(f"{d}-post", d, words, "", words, "en") for words, d in documents.items()]
    asked = [
        Asked(f"q{n}", row["question_2"], "en", frozenset({documents[row["question_1"]]}), False)
        for n, row in enumerate(rows)
        if row["similar"] == "1"
    ]
    return Corpus("covid-faq-en", pieces, asked)

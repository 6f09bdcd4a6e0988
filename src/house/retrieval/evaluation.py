"""How good a run is: TREC files in, figures out. Measures are those of ir-measures.

A question that the run doesn't answer counts as 0. What nobody judged counts as wrong, so with one
known answer for each question the figures are a floor, not the truth.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

Run = dict[str, list[str]]  # question → ids, best first
Qrels = dict[str, dict[str, int]]  # question → id → grade

MEASURES = {"nDCG@10": nDCG @ 10, "R@5": R @ 5, "R@10": R @ 10, "R@100": R @ 100, "MRR@10": RR @ 10}


class BadFile(ValueError):  # noqa: N818  read as what it is
    """A line that can't be read; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions file says beside the question itself."""

    language: str = ""
    is_cross: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one group of questions, by the names of `MEASURES`."""

    group: str
    level: str  # passages, or documents
    questions: int
    figures: dict[str, float]


def read_run(path: Path) -> Run:
    """A TREC run: `qid Q0 id rank score tag`. Ordered by score; an id counts once."""
    scored: dict[str, list[tuple[float, str]]] = {}
    for qid, _, found, _, score, _ in _columns(path, 6):
        try:
            scored.setdefault(qid, []).append((float(score), found))
        except ValueError as error:
            raise BadFile(f"{path}: {score!r} is not a score.") from error
    return {
        qid: list(dict.fromkeys(found for _, found in sorted(rows, key=lambda row: -row[0])))
        for qid, rows in scored.items()
    }


def read_qrels(path: Path) -> Qrels:
    """TREC judgements: `qid 0 id grade`."""
    qrels: Qrels = {}
    for qid, _, judged, grade in _columns(path, 4):
        try:
            qrels.setdefault(qid, {})[judged] = int(grade)
        except ValueError as error:
            raise BadFile(f"{path}: {grade!r} is not a grade.") from error
    return qrels


def read_questions(path: Path) -> dict[str, Asked]:
    """JSON lines with `qid`, and where known `lang` and `cross_lingual`."""
    asked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            asked[str(row["qid"])] = Asked(row.get("lang", ""), row.get("cross_lingual"))
        except (ValueError, KeyError, TypeError) as error:
            raise BadFile(f"{path}, line {number}: no JSON object with a qid.") from error
    return asked


def document_of(passage_id: str) -> str:
    """Ids of passages are written `document#number`."""
    return passage_id.rpartition("#")[0] or passage_id


def report(
    run: Run,
    qrels: Qrels,
    questions: Mapping[str, Asked] | None = None,
    *,
    document: Callable[[str], str] = document_of,
) -> list[Row]:
    """All questions first; with `questions`, also same and cross language and each language."""
    run_of_documents = {
        qid: list(dict.fromkeys(document(found) for found in ids)) for qid, ids in run.items()
    }
    qrels_of_documents: Qrels = {}
    for qid, judged in qrels.items():
        grades = qrels_of_documents.setdefault(qid, {})
        for passage, grade in judged.items():
            name = document(passage)
            grades[name] = max(grade, grades.get(name, 0))
    rows = []
    for group, qids in _groups(qrels, questions or {}):
        rows.append(_row(group, "passages", qids, run, qrels))
        rows.append(_row(group, "documents", qids, run_of_documents, qrels_of_documents))
    return rows


def _groups(
    qrels: Iterable[str], questions: Mapping[str, Asked]
) -> Iterator[tuple[str, list[str]]]:
    judged = list(qrels)
    yield "all", judged
    known = [(qid, questions[qid]) for qid in judged if qid in questions]
    for name, is_cross in (("same language", False), ("cross language", True)):
        if qids := [qid for qid, asked in known if asked.is_cross is is_cross]:
            yield name, qids
    for language in sorted({asked.language for _, asked in known if asked.language}):
        yield f"asked in {language}", [qid for qid, asked in known if asked.language == language]


def _row(group: str, level: str, qids: list[str], run: Run, qrels: Qrels) -> Row:
    scored = [
        ir_measures.ScoredDoc(qid, found, -float(rank))
        for qid in qids
        for rank, found in enumerate(run.get(qid, ()))
    ]
    judged = [
        ir_measures.Qrel(qid, passage, grade)
        for qid in qids
        for passage, grade in qrels[qid].items()
    ]
    sums = dict.fromkeys(MEASURES, 0.0)
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(names), judged, scored) if scored else ():
        sums[names[metric.measure]] += metric.value
    figures = {name: total / len(qids) if qids else 0.0 for name, total in sums.items()}
    return Row(group, level, len(qids), figures)


def _columns(path: Path, count: int) -> Iterator[list[str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split()
        if columns and len(columns) != count:
            raise BadFile(f"{path}, line {number}: {len(columns)} columns, not {count}.")
        if columns:
            yield columns

"""Transcripts that are no caption files: JSON of sentences with seconds, and Markdown tables of times."""

import json
import math
import re
from typing import Any

from house.ground.captions.cues import Cue, Heard
from house.ground.decoding import decode
from house.ground.html import safe_url
from house.ground.text import clean, one_line, shorten
from house.ground.unreadable import Note, Unreadable

JSON_DEPTH = 60
_START = ("start_time", "start", "begin", "from", "start_time_in_seconds")
_END = ("end_time", "end", "to", "end_time_in_seconds")
_TEXT = ("text", "sentence", "transcript", "body")
_LISTS = ("segments", "sentences", "cues", "transcript", "utterances", "results")
_TABLE = re.compile(r"^\|[ \t]*Time[ \t]*\|[ \t]*Transcript[ \t]*\|", re.MULTILINE | re.IGNORECASE)
_ROW = re.compile(r"\|[ \t]*(?:(\d+):)?(\d{1,2}):(\d\d)[ \t]*\|(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)\)")
_HEADING = re.compile(r"^##?[ \t]+(.+)$", re.MULTILINE)
_LONGEST = 10**7  # seconds


def read_json(data: bytes) -> Heard:
    rows, about, notes = rows_of(data)
    if not is_timed(rows):
        raise Unreadable("transcript-shape")
    return heard_of(rows, about, notes)


def rows_of(data: bytes) -> tuple[list[dict[str, Any]], dict[str, Any], tuple[Note, ...]]:
    """The list of objects in a JSON file, what stands around it, and notes."""
    text, notes = decode(data)
    try:
        value = json.loads(text)
    except RecursionError:
        raise Unreadable("json-deep") from None
    except ValueError as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 0
        raise Unreadable("json", line=line, problem=shorten(str(problem), 120)) from None
    _refuse_deep(value)
    rows = _rows(value)
    if not rows:
        raise Unreadable("transcript-shape")
    return rows, value if isinstance(value, dict) else {}, notes


def is_timed(rows: list[dict[str, Any]]) -> bool:
    return any("start" in key or key == "begin" for key in rows[0])


def _refuse_deep(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > JSON_DEPTH:
            raise Unreadable("json-deep")
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = [item for item in below if isinstance(item, dict | list)]


def _rows(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return []
    return value


def heard_of(rows: list[dict[str, Any]], about: dict[str, Any], notes: tuple[Note, ...]) -> Heard:
    cues: list[Cue] = []
    skipped: list[int] = []
    for number, row in enumerate(rows, start=1):
        cue = _cue(row)
        if cue is None:
            skipped.append(number)
        elif cue.text:
            cues.append(cue)
    if not cues:
        raise Unreadable("transcript-shape" if skipped else "no-cues")
    if skipped:
        notes = (*notes, Note("cues-skipped", {"count": len(skipped), "line": skipped[0]}))
    told = {key: _string(about.get(key)) for key in ("id", "title", "licence")}
    told["url"] = safe_url(_string(about.get("url")))
    return Heard(tuple(cues), notes, _string(about.get("language")), told)


def _cue(row: dict[str, Any]) -> Cue | None:
    start, text = _number(row, _START), next((row[key] for key in _TEXT if key in row), None)
    if start is None or not isinstance(text, str):
        return None
    end = _number(row, _END)
    return Cue(start, max(start, end or start), one_line(text), _speaker(row.get("speaker")))


def _number(row: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    for key in keys:
        value = row.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            within = math.isfinite(value) and 0 <= value < _LONGEST
            return round(float(value), 3) if within else None
    return None


def _speaker(value: Any) -> str:
    """Recognisers number the voices they tell apart."""
    said = one_line(str(value))[:120] if isinstance(value, str | int) else ""
    return f"Speaker {said}" if said.isdecimal() else said


def _string(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def is_timed_table(text: str) -> bool:
    return _TABLE.search(text[:5000]) is not None


def timed_table(text: str, notes: tuple[Note, ...]) -> Heard:
    """A Markdown table `| Time | Transcript | Video |`; each line lasts until the next begins."""
    told: list[tuple[float, str]] = []
    for line in text.split("\n"):
        row = _ROW.match(line)
        if row:
            seconds = int((row[1] or "0")[-6:]) * 3600 + int(row[2]) * 60 + int(row[3])
            told.append((float(seconds), one_line(row[4].split("|", 1)[0])))
    cues = tuple(
        Cue(start, max(start, min(told[i + 1][0], start + 30) if i + 1 < len(told) else start + 5), words)
        for i, (start, words) in enumerate(told)
        if words.strip("♪ ")
    )  # fmt: skip
    if not cues:
        raise Unreadable("no-cues")
    heading = _HEADING.search(text)
    link = _LINK.search(heading[1]) if heading else None
    title = link[1] if link else heading[1] if heading else ""
    url = safe_url(link[2]) if link else ""
    return Heard(cues, notes, about={"title": title, "url": url})

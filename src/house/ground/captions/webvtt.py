"""WebVTT and SubRip, each by its own rules, to cues with voices and seconds; and back to WebVTT."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from house.ground.captions.cues import Cue, Heard
from house.ground.decoding import letters
from house.ground.text import clean, one_line, shorten
from house.ground.unreadable import Note, Unreadable

_NEWLINE = re.compile(r"\r\n|\n|\r")
_STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
# The white space of the format: a vertical tab is none.
_TIMING = re.compile(rf"[ \t\f]*{_STAMP}[ \t\f]*-->[ \t\f]*{_STAMP}", re.ASCII)
_SRT_STAMP = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:[,.](\d{1,3}))?"
_SRT_TIMING = re.compile(rf"\s*{_SRT_STAMP}\s*-->\s*{_SRT_STAMP}(?:\s.*)?", re.ASCII)
_HEADER = re.compile(r"([A-Za-z-]+)\s*[:=]\s*(.+)")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?(?:[ \t]+([^>]*))?>")
_TAG = re.compile(r"</?[^>]*>")
_SRT_STYLE = re.compile(r"\{\\[^}]*\}")


def read_vtt(data: bytes) -> Heard:
    text, notes = letters(data)
    lines = lines_of(text.replace("\0", "\ufffd"))
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise Unreadable("vtt-signature", line=1)
    found, skipped, header = parse_vtt(lines)
    cues = [cue for start, end, _id, words in found for cue in _voices(start, end, words)]
    title = lines[0][6:].strip(" \t-–—") or header.get("title", "")
    return _heard(cues, skipped, notes, title=title, language=header.get("language", ""))


def lines_of(text: str) -> list[str]:
    return _NEWLINE.split(text.removeprefix("\ufeff"))


def parse_vtt(
    lines: list[str],
) -> tuple[list[tuple[float, float, str, str]], list[int], dict[str, str]]:
    """(start, end, id, payload) of each cue, the lines of timings that are none, and the header's pairs.

    Follows the WebVTT file parser of the W3C: a block that is no cue is passed over, and the next counts.
    """
    at, header = 1, {}
    while at < len(lines) and lines[at] and "-->" not in lines[at]:
        if pair := _HEADER.fullmatch(lines[at].strip()):
            header[pair[1].lower()] = pair[2].strip()
        at += 1
    cues: list[tuple[float, float, str, str]] = []
    skipped: list[int] = []
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        at = _block(lines, at, cues, skipped)
    return cues, skipped, header


def _block(
    lines: list[str], at: int, cues: list[tuple[float, float, str, str]], skipped: list[int]
) -> int:
    """Reads one block from `at` on; gives where the next begins."""
    first = at
    buffer: list[str] = []
    timing: tuple[float, float] | None = None
    name, seen_arrow = "", False
    while at < len(lines) and lines[at]:
        if "-->" in lines[at]:
            if at > first + 1 or seen_arrow:
                break
            seen_arrow = True
            timing = _timing(_TIMING.match(lines[at]))
            if timing is None:
                skipped.append(at + 1)
            else:
                name, buffer = "\n".join(buffer), []
        else:
            buffer.append(lines[at])
        at += 1
    if timing is not None:
        cues.append((*timing, name, "\n".join(buffer)))
    return at


def _timing(found: re.Match[str] | None) -> tuple[float, float] | None:
    if found is None:
        return None
    return _seconds(*found.groups()[:4]), _seconds(*found.groups()[4:])


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str | None) -> float:
    whole = int((hours or "0")[-9:]) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((thousandths or "0").ljust(3, "0")) / 1000


def _voices(start: float, end: float, words: str) -> Iterator[Cue]:
    """One cue for each voice that speaks in it."""
    pieces = _VOICE.split(words)
    for speaker, spoken in [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]:
        text = _spoken(spoken)
        if text:
            yield Cue(start, end, text, shorten(html.unescape(speaker or ""), 120))


def _spoken(words: str) -> str:
    plain = clean(html.unescape(_TAG.sub("", words)))
    return one_line(plain).removeprefix(">>").strip()


def read_srt(data: bytes) -> Heard:
    text, notes = letters(data)
    lines = lines_of(text)
    cues: list[Cue] = []
    skipped: list[int] = []
    timing: tuple[float, float] | None = None
    gathered: list[str] = []

    def close() -> None:
        if timing is not None:
            spoken = _spoken(_SRT_STYLE.sub("", "\n".join(gathered)))
            if spoken:
                cues.append(Cue(*timing, spoken))
        gathered.clear()

    for number, line in enumerate(lines, start=1):
        if "-->" in line:
            if gathered and gathered[-1].strip().isdecimal():
                gathered.pop()  # the number of the cue that begins here
            close()
            timing = _timing(_SRT_TIMING.fullmatch(line))
            if timing is None:
                skipped.append(number)
        elif line.strip():
            gathered.append(line)
        elif timing is not None:
            close()
            timing = None
    close()
    return _heard(cues, skipped, notes)


def _heard(
    cues: list[Cue],
    skipped: list[int],
    notes: tuple[Note, ...],
    *,
    title: str = "",
    language: str = "",
) -> Heard:
    if not cues:
        raise Unreadable("no-cues", line=skipped[0] if skipped else 0)
    if skipped:
        notes = (*notes, Note("cues-skipped", {"count": len(skipped), "line": skipped[0]}))
    return Heard(tuple(cues), notes, language, {"title": title})


def write_vtt(cues: Iterable[Mapping[str, Any]]) -> str:
    """Cues as the house keeps them, as a WebVTT file."""
    return "WEBVTT\n\n" + "\n".join(_written(cues))


def _written(cues: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for cue in cues:
        start, end = float(cue["start"]), float(cue["end"])
        text = _escaped(str(cue["text"]))
        speaker = _escaped(str(cue.get("speaker") or "")).replace("\n", " ")
        voice = f"<v {speaker}>" if speaker else ""
        # A cue that lasts no time is never shown by a player.
        yield f"{_moment(start)} --> {_moment(max(end, start + 0.1))}\n{voice}{text}\n"


def _escaped(text: str) -> str:
    """Without the arrow or the empty line that would end a cue."""
    told = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in told.splitlines() if line.strip())


def _moment(seconds: float) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{milliseconds:03}"

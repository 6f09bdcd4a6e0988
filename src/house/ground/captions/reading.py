"""A transcript that somebody hands in, in whichever form, and whether anybody really said it."""

from collections.abc import Callable, Container

from house.ground.captions import transcripts, webvtt
from house.ground.captions.cues import Heard
from house.ground.captions.suspicion import refuse_repetition, spoken_language
from house.ground.unreadable import Unreadable

LARGEST = 5 * 1024 * 1024
READERS: dict[str, Callable[[bytes], Heard]] = {
    "vtt": webvtt.read_vtt,
    "srt": webvtt.read_srt,
    "json": transcripts.read_json,
}


def ending_of(name: str) -> str:
    """The form by the file's name; empty where it is none that is read here."""
    ending = name.rpartition(".")[2].lower()
    return ending if ending in READERS else ""


def read(data: bytes, name: str) -> Heard:
    """Raises `Unreadable`, whose code `reasons.sentence` says in words."""
    return READERS[ending_of(name)](data)


def doubt_of(heard: Heard, said: str, *, known: Container[str]) -> tuple[str, Unreadable | None]:
    """Its language, and what speaks against its being a true transcript, if anything does.

    `said` is the language that whoever hands it in names; empty where nobody did.
    """
    try:
        refuse_repetition(heard.cues)
        return spoken_language(heard.cues, said or heard.language, known=known), None
    except Unreadable as doubt:
        return said or heard.language, doubt

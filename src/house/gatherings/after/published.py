"""What readers get of a recording: the parts of those who agreed, and sound only when all is settled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from house.gatherings.models.after import Recording, Voice, VoiceConsent


@dataclass(frozen=True, slots=True)
class Published:
    """`cues` and `chapters` are as readers may have them; `left_out` is how many cues are not.

    `has_media`: sound or film may be played. `unsettled` are those whose answer is missing; `uncut` did
    not agree and are still to be heard in the file.
    """

    cues: list[dict[str, Any]] = field(default_factory=list)
    chapters: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0
    has_media: bool = False
    unsettled: Sequence[Voice] = ()
    uncut: Sequence[Voice] = ()

    @property
    def is_settled(self) -> bool:
        """Everybody answered, and who said no is not to be heard."""
        return not self.unsettled and not self.uncut

    @property
    def has_anything(self) -> bool:
        return bool(self.cues) or self.has_media


def of(recording: Recording, voices: Sequence[Voice]) -> Published:
    """`voices` are all of the recording's: whoever asks only about some would publish too much."""
    agreed = {
        voice.label: voice.name or voice.label
        for voice in voices
        if voice.consent == VoiceConsent.GIVEN
    }
    cues = [
        cue | {"speaker": agreed[cue["speaker"]]}
        for cue in recording.cues
        if cue["speaker"] in agreed
    ]
    chapters = [
        {"start": row["start"], "title": row["title"]}
        for row in recording.chapters
        if speaker_at(recording, row) in agreed or not recording.cues
    ]
    unsettled = [
        voice for voice in voices if voice.consent in {VoiceConsent.WAITING, VoiceConsent.ASKED}
    ]
    uncut = [voice for voice in voices if _is_uncut(recording, voice)]
    settled = bool(voices) and not unsettled and not uncut
    return Published(
        cues,
        # Without a transcript nobody knows whose a chapter is, so it waits until all have answered.
        chapters if recording.cues or settled else [],
        len(recording.cues) - len(cues),
        recording.has_media and settled,
        unsettled,
        uncut,
    )


def speaker_at(recording: Recording, chapter: dict[str, Any]) -> str:
    """Whose part a chapter is: as it says, else whoever speaks first from its start on."""
    if chapter.get("speaker"):
        return str(chapter["speaker"])
    for cue in recording.cues:
        if cue["end"] > chapter["start"]:
            return str(cue["speaker"])
    return str(recording.cues[-1]["speaker"]) if recording.cues else ""


def _is_uncut(recording: Recording, voice: Voice) -> bool:
    if voice.consent != VoiceConsent.REFUSED or not recording.has_media:
        return False
    cut_at, said_at = recording.media_at, voice.answered_at
    return cut_at is None or said_at is None or cut_at <= said_at

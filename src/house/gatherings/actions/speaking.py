"""Steps: the voices of a recording follow its programme and its transcript. The verbs have judged."""

from house.gatherings.models import Speaker
from house.gatherings.models.after import Recording, Voice, VoiceConsent
from house.ground.text import folded
from house.people.models import Person


def name_speakers(recording: Recording) -> None:
    for name, person in _speakers_of(recording):
        Voice.objects.get_or_create(
            recording=recording, label=name, defaults={"name": name, "person": person}
        )


def _speakers_of(recording: Recording) -> list[tuple[str, Person | None]]:
    """Those of its session, or of the whole programme where it has none."""
    # every row: of an event that she looks after
    speakers = Speaker.objects.filter(session__event=recording.event)
    if recording.session_id is not None:
        speakers = speakers.filter(session=recording.session_id)
    named = [
        (speaker.name or (speaker.person.name if speaker.person else ""), speaker.person)
        for speaker in speakers.select_related("person").order_by("pk")
    ]
    return [(name[:120], person) for name, person in named if name]


def seconds_of(recording: Recording) -> dict[str, list[tuple[float, float]]]:
    """When each label speaks."""
    told: dict[str, list[tuple[float, float]]] = {}
    for cue in recording.cues:
        told.setdefault(str(cue["speaker"]), []).append((cue["start"], cue["end"]))
    return told


def ask_anew(recording: Recording, before: dict[str, list[tuple[float, float]]]) -> list[str]:
    """Takes back a yes whose label, such as "Speaker 1", may be somebody else's in the new transcript.

    It stands where the label is the name of its person or of a speaker of the programme, or speaks at
    the same seconds as before. A no stands always: it publishes nothing.
    """
    now = seconds_of(recording)
    doubtful = [label for label in before if label in now and now[label] != before[label]]
    # every row: of a recording that she may edit
    given = Voice.objects.filter(
        recording=recording, label__in=doubtful, consent=VoiceConsent.GIVEN
    ).select_related("person")
    speakers = {folded(name) for name, _person in _speakers_of(recording)}
    anew = []
    for voice in given:
        words = set(folded(voice.label).split())
        is_hers = words and voice.person and words <= set(folded(voice.person.name).split())
        if not is_hers and folded(voice.label) not in speakers:
            forget_answer(voice)
            voice.save()
            anew.append(voice.code)
    return anew


def forget_answer(voice: Voice) -> None:
    voice.consent, voice.evidence = VoiceConsent.WAITING, ""
    voice.asked_at = voice.answered_at = None
    voice.answered_by = None


def follow_labels(recording: Recording) -> None:
    """A voice for each label; those that nobody answered for and no line names any more go."""
    labels = list(dict.fromkeys(str(cue["speaker"]) for cue in recording.cues))
    for label in labels:
        Voice.objects.get_or_create(recording=recording, label=label, defaults={"name": label})
    # every row: of this recording
    stale = Voice.objects.filter(
        recording=recording, person=None, consent=VoiceConsent.WAITING
    ).exclude(label__in=labels)
    stale.delete()

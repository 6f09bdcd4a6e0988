"""A recording: its sound or film, what was said, who agrees, and giving it to readers and to ALEX."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.actions import speaking
from house.gatherings.actions.telling import tell_those_who_were_asked
from house.gatherings.after import offering, published
from house.gatherings.models import Event, Session
from house.gatherings.models.after import Recording, Voice, VoiceConsent
from house.ground import stripping
from house.ground.captions.cues import Heard, tidy_cue
from house.ground.captions.reading import doubt_of
from house.ground.captions.reasons import sentence
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.ground.unreadable import Unreadable
from house.memory import actions as memory
from house.notices import letters
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES

LARGEST = 500 * 1024 * 1024
PLAYED = frozenset({"audio/mpeg", "audio/ogg", "audio/webm", "video/mp4", "video/webm"})
OFFERED_AS = "gatherings.recording"


class Doubtful(Refused):
    """The transcript looks as if nobody had said it. Whoever knows better keeps it with the warning."""

    code = "doubtful"


@transaction.atomic
def add_recording(
    event: Event, *, by: Viewer, title: str, language: str = "en", session: Session | None = None
) -> Recording:
    """An empty recording; those whom the programme names as speakers stand in it, unasked."""
    allow(by, "edit", event)
    recording = Recording.objects.create(
        event=event,
        session=session,
        title=one_line(title)[:200] or event.title,
        language=language if language in LANGUAGES else "en",
        made_by_id=by.person_id,
    )
    speaking.name_speakers(recording)
    _note("recording", recording, by=by)
    return recording


@transaction.atomic
def set_media(
    recording: Recording,
    *,
    by: Viewer,
    file: File[bytes] | None = None,
    media_type: str = "",
    url: str = "",
    licence: str = "",
) -> Recording:
    """Sound or film as a file of the house, or where else it can be watched. A new one replaces the old.

    The same address again, or none, changes the licence alone: nothing was cut by that.
    """
    allow(by, "edit", recording)
    if file is not None:
        _keep_file(recording, file, media_type)
    elif url and url != recording.url:
        _keep_address(recording, url)
    elif not recording.has_media:
        raise Refused(_("Choose a file, or give an address."))
    recording.licence = one_line(licence)[:200]
    recording.save()
    _note("media", recording, by=by)
    return recording


@transaction.atomic
def set_poster(recording: Recording, data: bytes, *, by: Viewer, name: str) -> Recording:
    """The picture before it plays, without what cameras write into it."""
    allow(by, "edit", recording)
    try:
        clean = stripping.strip(data, name)
    except Unreadable as why:
        raise Refused(stripping.sentence(why)) from None
    if not clean.media_type.startswith("image/"):
        raise Refused(_("The poster is a picture: JPEG, PNG, WebP or GIF."))
    recording.poster = ContentFile(clean.data, name=shorten(one_line(name), 100))
    recording.save()
    return recording


@transaction.atomic
def keep_transcript(
    recording: Recording, heard: Heard, *, by: Viewer, language: str = "", certain: bool = False
) -> Recording:
    """Keep what was said. What nobody can have said raises `Doubtful`, unless she is `certain`.

    Then the doubt stays with it and readers see the warning. Each label of a speaker becomes a voice
    that has to agree; where the label may mean somebody else than before, she is asked anew.
    """
    allow(by, "edit", recording)
    before = speaking.seconds_of(recording)
    spoken, doubt = doubt_of(heard, language, known=LANGUAGES)
    if doubt is not None and not certain:
        raise Doubtful(
            sentence(doubt.code, doubt.facts),
            remedy=_("If you have listened and it is right, hand it in again and say so."),
        )
    told = [tidy_cue({"start": c.start, "end": c.end, "speaker": c.speaker, "text": c.text})
            for c in heard.cues]  # fmt: skip
    recording.cues = sorted((cue for cue in told if cue["text"]), key=lambda cue: cue["start"])
    if not recording.cues:
        raise Refused(_("The transcript says nothing."))
    recording.doubt = {"code": doubt.code, "facts": dict(doubt.facts)} if doubt else {}
    recording.language = (spoken or recording.language)[:12]
    recording.save(update_fields=["cues", "doubt", "language"])
    anew = speaking.ask_anew(recording, before)
    speaking.follow_labels(recording)
    _note(
        "transcript", recording, by=by, cues=len(recording.cues), doubt=recording.doubt, anew=anew
    )
    return recording


@transaction.atomic
def set_chapters(
    recording: Recording, chapters: Iterable[dict[str, Any]], *, by: Viewer
) -> Recording:
    """Chapters in the order of their starts; one with the same second as another replaces it."""
    allow(by, "edit", recording)
    made = {
        round(float(row["start"]), 3): {
            "start": round(float(row["start"]), 3),
            "title": one_line(str(row["title"]))[:200],
            "speaker": one_line(str(row.get("speaker") or ""))[:120],
        }
        for row in chapters
        if one_line(str(row["title"]))
    }
    recording.chapters = [made[start] for start in sorted(made)]
    recording.save(update_fields=["chapters"])
    return recording


@transaction.atomic
def name_voice(voice: Voice, *, by: Viewer, name: str = "", person: Person | None = None) -> Voice:
    """Say who a voice is. Another person has not agreed to anything yet."""
    allow(by, "edit", voice.recording)
    if (person.pk if person else None) != voice.person_id:
        voice.person = person
        speaking.forget_answer(voice)
    voice.name = one_line(name)[:120]
    voice.save()
    _note("name-voice", voice.recording, by=by, voice=voice.code)
    return voice


@transaction.atomic
def add_voice(
    recording: Recording, *, by: Viewer, name: str, person: Person | None = None
) -> Voice:
    """Somebody who is heard though no line of the transcript carries her name."""
    allow(by, "edit", recording)
    name = one_line(name)[:120] or (person.name if person else "")
    if not name:
        raise Refused(_("Give a name."))
    voice, is_new = Voice.objects.get_or_create(
        recording=recording, label=name, defaults={"name": name, "person": person}
    )
    if is_new:
        _note("add-voice", recording, by=by, voice=voice.code)
    return voice


@transaction.atomic
def drop_voice(voice: Voice, *, by: Viewer) -> None:
    """Somebody who is not heard after all; never one whom a line of the transcript names."""
    allow(by, "edit", voice.recording)
    if any(cue["speaker"] == voice.label for cue in voice.recording.cues):
        raise Refused(_("The transcript has lines of this voice."))
    _note("drop-voice", voice.recording, by=by, voice=voice.code, consent=voice.consent)
    voice.delete()


@transaction.atomic
def ask_voices(recording: Recording, *, by: Viewer) -> int:
    """A letter to every person of the house whose answer is missing and who was not asked yet."""
    allow(by, "edit", recording)
    waiting = list(
        # every row: of a recording that she may edit
        Voice.objects.filter(
            recording=recording, person__isnull=False, consent=VoiceConsent.WAITING
        )
    )
    for voice in waiting:
        voice.consent, voice.asked_at = VoiceConsent.ASKED, timezone.now()
        voice.save(update_fields=["consent", "asked_at"])
        assert voice.person_id is not None  # noqa: S101 -- by the filter, told to mypy
        letters.post(
            "gatherings.voice",
            voice,
            voice.person_id,
            key=f"gatherings.voice:{voice.pk}:{voice.person_id}:{voice.asked_at:%Y%m%d%H%M%S%f}",
        )
    if waiting:
        _note("ask-voices", recording, by=by, asked=[voice.code for voice in waiting])
    return len(waiting)


@transaction.atomic
def answer_voice(voice: Voice, agrees: bool, *, by: Viewer) -> Voice:
    """Her own word, which she may change at any time; readers get what it allows from then on."""
    allow(by, "answer", voice)
    return _answered(voice, agrees, by=by, evidence=_("Said so herself in the house"))


@transaction.atomic
def record_voice(voice: Voice, agrees: bool, evidence: str, *, by: Viewer) -> Voice:
    """What somebody without an account here signed or wrote: `evidence` says where it is kept."""
    allow(by, "record", voice)
    evidence = one_line(evidence)[:300]
    if not evidence:
        raise Refused(
            _("Say how you know: a signed form, a mail, words at the beginning of the recording.")
        )
    return _answered(voice, agrees, by=by, evidence=evidence)


@transaction.atomic
def say_cut(recording: Recording, *, by: Viewer) -> Recording:
    """Declare that the film elsewhere no longer holds who did not agree. A file is cut by a new file."""
    allow(by, "edit", recording)
    if recording.file:
        raise Refused(
            _("The file still holds those parts."), remedy=_("Upload the file without them.")
        )
    recording.media_at = timezone.now()
    recording.save(update_fields=["media_at"])
    _note("cut", recording, by=by)
    return recording


@transaction.atomic
def share_recording(recording: Recording, *, by: Viewer) -> Recording:
    """Open it to who may see the event: now, and later as more people agree. Twice changes nothing."""
    allow(by, "share", recording)
    if recording.shared_at is not None:
        return recording
    if not published.of(recording, voices_of(recording)).has_anything:
        raise Refused(
            _("Nobody who speaks in it has agreed yet, so there is nothing to share."),
            remedy=_("Ask the speakers first."),
        )
    recording.shared_at = timezone.now()
    recording.save(update_fields=["shared_at"])
    tell_those_who_were_asked(
        "gatherings.recording", recording, recording.event, key=recording.code, by=by
    )
    _note("share", recording, by=by)
    return recording


@transaction.atomic
def unshare_recording(recording: Recording, *, by: Viewer) -> Recording:
    allow(by, "share", recording)
    if recording.shared_at is not None:
        recording.shared_at = None
        recording.save(update_fields=["shared_at"])
        _note("unshare", recording, by=by)
    return recording


@transaction.atomic
def offer_recording(recording: Recording, *, by: Viewer) -> Recording:
    """One press: ALEX gets it as a recording, in the curators' queue. Offering twice changes nothing."""
    allow(by, "offer", recording)
    voices = voices_of(recording)
    shown = published.of(recording, voices)
    if recording.shared_at is None or not shown.cues or not shown.is_settled:
        raise Refused(
            _("It can be offered once it is shared and everybody who speaks in it has answered."),
            remedy=_("Its page says whose answer is missing."),
        )
    made = memory.offer(
        OFFERED_AS,
        recording,
        offering.of(recording, voices, shown),
        by=by,
        key=f"{OFFERED_AS}:{recording.code}",
    )
    if not recording.offer:
        recording.offer, recording.offered_at = made.code, timezone.now()
        recording.save(update_fields=["offer", "offered_at"])
        _note("offer-recording", recording, by=by, offer=made.code)
    return recording


def voices_of(recording: Recording) -> Sequence[Voice]:
    # every row: all who speak, or too much would be published
    return list(Voice.objects.filter(recording=recording).order_by("pk"))


def _answered(voice: Voice, agrees: bool, *, by: Viewer, evidence: str) -> Voice:
    consent = VoiceConsent.GIVEN if agrees else VoiceConsent.REFUSED
    if voice.consent == consent and voice.evidence == evidence:
        return voice
    voice.consent, voice.evidence = consent, evidence
    voice.answered_at, voice.answered_by_id = timezone.now(), by.person_id
    voice.save(update_fields=["consent", "evidence", "answered_at", "answered_by"])
    _note("voice", voice.recording, by=by, voice=voice.code, consent=consent)
    return voice


def _keep_file(recording: Recording, file: File[bytes], media_type: str) -> None:
    media_type = one_line(media_type).split(";", 1)[0].lower()
    if media_type not in PLAYED:
        raise Refused(
            _("Browsers play MP3, Ogg, WebM and MP4. This file is something else."),
            remedy=_("Export it as MP4 (H.264) or MP3."),
        )
    size = file.size or 0
    if not size:
        raise Refused(_("The file is empty."))
    if size > LARGEST:
        raise Refused(
            _("The file is larger than 500 MB."), remedy=_("Put it elsewhere and give its address.")
        )
    _let_go(recording)
    recording.name = shorten(
        one_line(str(file.name or "")).replace("\\", "/").rsplit("/", 1)[-1], 200
    )
    recording.file, recording.media_type, recording.size = file, media_type, size


def _keep_address(recording: Recording, url: str) -> None:
    url = safe_url(url)
    if not url:
        raise Refused(_("Give a whole web address, such as https://video.example.org/seminar."))
    _let_go(recording)
    recording.url = url


def _let_go(recording: Recording) -> None:
    """What was there goes whole: an old file beside a new address would still hold who did not agree."""
    if recording.file:
        storage, old = recording.file.storage, str(recording.file.name)
        transaction.on_commit(lambda: storage.delete(old))
    recording.file = recording.name = recording.media_type = recording.url = ""
    recording.size, recording.media_at = 0, timezone.now()


def _note(act: str, recording: Recording, *, by: Viewer, **facts: Any) -> None:
    journal.record(
        f"gatherings.{act}", recording.event, by=by, facts={"recording": recording.code, **facts}
    )

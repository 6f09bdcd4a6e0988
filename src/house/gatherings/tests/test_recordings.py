import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from house.gatherings import actions as actions_of_events
from house.gatherings.actions import recordings as actions
from house.gatherings.after import published
from house.gatherings.models import Organiser, Recording, Voice
from house.gatherings.tests.making import make_event, make_member
from house.ground.captions import reading
from house.ground.captions.cues import Cue, Heard
from house.ground.errors import Forbidden, Refused
from house.memory.models import Offer
from house.notices.models import Happening, Letter, Notice
from house.partners.viewing import viewer_for
from house.people import erasure
from house.people.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

TALK = [
    ("Maja", "We asked every host in the city to register before the summer came to the harbour."),
    ("Femke", "Half of them did so within a month, which nobody among us had expected at all."),
    (
        "Maja",
        "The others received a letter and later a fine that they paid or went to court about.",
    ),
    ("Femke", "After a year the council looked at the numbers again and found fewer complaints."),
]


def talk(*rows):
    return Heard(
        tuple(
            Cue(number * 10.0, number * 10.0 + 9, text, who)
            for number, (who, text) in enumerate(rows or TALK)
        )
    )


@pytest.fixture
def host(member):
    return member.person


@pytest.fixture
def event(host, member):
    made = make_event(days=-3, host_city=member.city)
    Organiser.objects.create(event=made, person=host)
    return made


@pytest.fixture
def recording(event, host, member):
    """Maja is a colleague with an account, Femke is from outside."""
    made = actions.add_recording(event, by=viewer_for(host), title="Registers in ports")
    actions.keep_transcript(made, talk(), by=viewer_for(host))
    maja = make_member(member, name="Maja Lind")
    actions.name_voice(voice(made, "Maja"), by=viewer_for(host), name="Maja Lind", person=maja)
    return made


def voice(recording, label):
    return Voice.objects.get(recording=recording, label=label)


def shown(recording):
    return published.of(recording, actions.voices_of(recording))


def agree(recording, host, *, maja=True, femke=True):
    hers = voice(recording, "Maja")
    actions.answer_voice(hers, maja, by=viewer_for(hers.person))
    theirs = voice(recording, "Femke")
    actions.record_voice(theirs, femke, "Signed form, filed with the minutes", by=viewer_for(host))


def sound(name="talk.mp3"):
    return ContentFile(b"ID3" + b"\0" * 4000, name=name)


def test_nothing_is_shown_of_whoever_has_not_agreed(recording, host):
    assert shown(recording).cues == []
    with pytest.raises(Refused, match="Nobody who speaks"):
        actions.share_recording(recording, by=viewer_for(host))

    hers = voice(recording, "Maja")
    actions.answer_voice(hers, True, by=viewer_for(hers.person))

    found = shown(recording)
    assert [(cue["speaker"], cue["start"]) for cue in found.cues] == [
        ("Maja Lind", 0.0),
        ("Maja Lind", 20.0),
    ]
    assert (found.left_out, [each.label for each in found.unsettled]) == (2, ["Femke"])


def test_a_chapter_goes_with_whoever_speaks_in_it(recording, host):
    actions.set_chapters(
        recording,
        [{"start": 0, "title": "The register"}, {"start": 9.5, "title": "Figures"},
         {"start": 30, "title": "What Maja adds", "speaker": "Maja"}],
        by=viewer_for(host),
    )  # fmt: skip
    agree(recording, host, maja=True, femke=False)
    assert [row["title"] for row in shown(recording).chapters] == ["The register", "What Maja adds"]


def test_sound_waits_until_everybody_has_answered(recording, host):
    actions.set_media(recording, file=sound(), media_type="audio/mpeg", by=viewer_for(host))
    assert not shown(recording).has_media
    agree(recording, host)
    assert shown(recording).has_media


def test_who_says_no_closes_the_sound_until_a_cut_file_comes(recording, host):
    actions.set_media(recording, file=sound(), media_type="audio/mpeg", by=viewer_for(host))
    agree(recording, host)
    actions.share_recording(recording, by=viewer_for(host))
    hers = voice(recording, "Maja")

    actions.answer_voice(hers, False, by=viewer_for(hers.person))

    assert not shown(recording).has_media
    assert [each.label for each in shown(recording).uncut] == ["Maja"]
    with pytest.raises(Refused, match="file still holds"):
        actions.say_cut(recording, by=viewer_for(host))
    actions.set_media(
        recording, file=sound("cut.mp3"), media_type="audio/mpeg", by=viewer_for(host)
    )
    assert shown(recording).has_media
    assert {cue["speaker"] for cue in shown(recording).cues} == {"Femke"}


def test_an_address_takes_the_place_of_a_file_that_holds_who_said_no(recording, host):
    by = viewer_for(host)
    actions.set_media(recording, file=sound(), media_type="audio/mpeg", by=by)
    agree(recording, host, maja=False)

    actions.set_media(recording, url="https://video.example/cut", licence="CC BY", by=by)

    recording.refresh_from_db()
    assert (bool(recording.file), recording.size) == (False, 0)
    assert (recording.url, shown(recording).has_media) == ("https://video.example/cut", True)


def test_another_licence_is_no_cut(recording, host):
    by, url = viewer_for(host), "https://video.example/talk"
    actions.set_media(recording, url=url, by=by)
    agree(recording, host, maja=False)

    actions.set_media(recording, url=url, licence="CC BY", by=by)

    recording.refresh_from_db()
    assert (recording.licence, shown(recording).has_media) == ("CC BY", False)


def test_nobody_answers_for_a_person_of_the_house(recording, host, office):
    hers = voice(recording, "Maja")
    for who in (host, office, PersonFactory()):
        with pytest.raises(Forbidden):
            actions.answer_voice(hers, True, by=viewer_for(who))
        with pytest.raises(Forbidden):
            actions.record_voice(hers, True, "She told me", by=viewer_for(who))
    with pytest.raises(Refused, match="how you know"):
        actions.record_voice(voice(recording, "Femke"), True, " ", by=viewer_for(host))


def test_another_person_behind_a_voice_has_agreed_to_nothing(recording, host, member):
    agree(recording, host)
    actions.name_voice(
        voice(recording, "Maja"), by=viewer_for(host), name="Maja B.", person=make_member(member)
    )
    assert voice(recording, "Maja").consent == "waiting"
    assert {cue["speaker"] for cue in shown(recording).cues} == {"Femke"}


def test_each_speaker_is_asked_by_one_letter(recording, host):
    assert actions.ask_voices(recording, by=viewer_for(host)) == 1
    assert actions.ask_voices(recording, by=viewer_for(host)) == 0
    hers = voice(recording, "Maja")
    assert list(Letter.objects.values_list("kind", "person")) == [
        ("gatherings.voice", hers.person_id)
    ]
    assert hers.consent == "asked"


def test_sharing_tells_those_who_had_a_place_and_those_who_speak(recording, host, neighbour):
    from house.gatherings.actions import register
    from house.gatherings.models import Event, Registration

    coming = make_event()
    registration = register(coming, by=viewer_for(neighbour.person), seat="online")
    Registration.objects.filter(pk=registration.pk).update(event=recording.event)
    agree(recording, host)

    actions.share_recording(recording, by=viewer_for(host))
    actions.share_recording(recording, by=viewer_for(host))

    told = Notice.objects.filter(happening__kind="gatherings.recording")
    maja = voice(recording, "Maja").person_id
    assert set(told.values_list("person", "reason")) == {
        (neighbour.person.pk, "own"),
        (maja, "helped"),
    }
    assert Happening.objects.filter(kind="gatherings.recording").count() == 1
    assert Event.objects.count() == 2


def test_who_sees_a_recording(recording, host, associate, neighbour, office, client_factory):
    def seen():
        people = {
            "host": host, "associate": associate.person, "neighbour": neighbour.person, "office": office,
            "maja": voice(recording, "Maja").person,
        }  # fmt: skip
        return {
            name
            for name, person in people.items()
            if Recording.objects.visible_to(viewer_for(person)).exists()
        }

    assert seen() == {"host", "office", "maja"}
    agree(recording, host)
    actions.share_recording(recording, by=viewer_for(host))
    assert seen() == {"host", "office", "maja", "associate", "neighbour"}
    assert not Recording.objects.visible_to(viewer_for(PersonFactory())).exists()


def test_one_press_offers_alex_what_readers_may_have_and_nothing_else(recording, host):
    agree(recording, host, femke=False)
    with pytest.raises(Refused, match="once it is shared"):
        actions.offer_recording(recording, by=viewer_for(host))
    actions.share_recording(recording, by=viewer_for(host))

    actions.offer_recording(recording, by=viewer_for(host))
    actions.offer_recording(recording, by=viewer_for(host))

    offer = Offer.objects.get()
    assert (offer.template, offer.source) == ("recording", "gatherings.recording")
    assert [cue["text"] for cue in offer.cues] == [TALK[0][1], TALK[2][1]]
    assert offer.content["audience"] == "alliance"
    assert offer.content["fields"]["speakers"] == ["Maja Lind"]


def test_an_erased_speaker_takes_her_words_along_and_the_sound_stays_closed(recording, host):
    actions.set_media(recording, file=sound(), media_type="audio/mpeg", by=viewer_for(host))
    agree(recording, host)
    person = voice(recording, "Maja").person

    Person.objects.filter(pk=person.pk).update(erase_after=timezone.now())
    erasure.erase_due()

    recording.refresh_from_db()
    assert {cue["speaker"] for cue in recording.cues} == {"Femke"}
    assert "Maja" not in str(list(Voice.objects.values()))
    assert not shown(recording).has_media


@pytest.mark.parametrize(
    ("media_type", "name"), [("text/html", "x.html"), ("image/svg+xml", "x.svg"), ("", "x.mp4")]
)
def test_only_what_browsers_play_is_taken_as_sound_or_film(recording, host, media_type, name):
    with pytest.raises(Refused, match="Browsers play"):
        actions.set_media(recording, file=sound(name), media_type=media_type, by=viewer_for(host))


def test_an_address_that_is_none_is_refused(recording, host):
    with pytest.raises(Refused, match="whole web address"):
        actions.set_media(recording, url="javascript:alert(1)", by=viewer_for(host))


def read(path: Path):
    return reading.read(path.read_bytes(), path.name)


@pytest.mark.corpus
def test_a_hearing_of_ten_thousand_sentences_is_kept_with_its_speakers(corpus, event, host):
    made = actions.add_recording(event, by=viewer_for(host), title="City of Yes")
    heard = read(corpus / "captions" / "civic" / "nyc_council_city_of_yes_transcript.json")

    actions.keep_transcript(made, heard, by=viewer_for(host), language="en")

    made.refresh_from_db()
    assert len(made.cues) == len([cue for cue in heard.cues if cue.text])
    assert set(Voice.objects.filter(recording=made).values_list("label", flat=True)) == {
        cue.speaker for cue in heard.cues
    }
    assert made.doubt == {}


@pytest.mark.corpus
def test_a_hallucinated_transcript_is_refused_with_the_reason_or_kept_with_the_doubt(
    corpus, event, host
):
    from house.ground.captions.transcripts import timed_table
    from house.ground.decoding import decode

    path = corpus / "captions" / "knox" / "CIty_Council_100601_0.md"
    heard = timed_table(*decode(path.read_bytes()))
    made = actions.add_recording(event, by=viewer_for(host), title="Council")

    with pytest.raises(actions.Doubtful, match="not a true transcript"):
        actions.keep_transcript(made, heard, by=viewer_for(host))
    assert made.cues == []

    actions.keep_transcript(made, heard, by=viewer_for(host), certain=True)
    assert made.doubt["code"] == "repetition"


@pytest.mark.corpus
def test_every_caption_file_of_the_w3c_is_kept_or_refused_in_a_sentence(corpus, event, host):
    from house.ground.captions.reasons import sentence
    from house.ground.unreadable import Unreadable

    kept, refused = 0, {}
    made = actions.add_recording(event, by=viewer_for(host), title="W3C")
    for path in sorted((corpus / "captions" / "webvtt-wpt").glob("*.vtt")):
        try:
            actions.keep_transcript(made, read(path), by=viewer_for(host), certain=True)
            kept += 1
        except Unreadable as why:
            refused[why.code] = sentence(why.code, why.facts)
    assert kept > 12
    assert refused.keys() <= {"vtt-signature", "no-cues", "empty"}
    assert all(refused.values())


def test_a_poster_loses_its_camera(recording, host):
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Zzauthor"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, format="JPEG", exif=exif)
    actions.set_poster(recording, out.getvalue(), by=viewer_for(host), name="x.jpg")
    with recording.poster.open() as poster:
        assert b"Zzauthor" not in poster.read()
    with pytest.raises(Refused, match="picture"):
        actions.set_poster(recording, b"GIF", by=viewer_for(host), name="x.gif")


LABELS = [("Speaker 1", TALK[0][1]), ("Speaker 2", TALK[1][1]), ("Maja", TALK[2][1])]


def test_a_new_transcript_asks_anew_whose_label_names_nobody(client, event, host, member):
    """Consent was given for a voice, and "Speaker 1" of the next transcript may be another's."""
    client.force_login(host)
    maja, by = make_member(member, name="Maja Lind"), viewer_for(host)
    made = actions.add_recording(event, by=by, title="Registers in ports")
    actions.keep_transcript(made, talk(*LABELS), by=by)
    for label in ("Speaker 1", "Maja"):
        actions.name_voice(voice(made, label), by=by, name="Maja Lind", person=maja)
        actions.ask_voices(made, by=by)
        actions.answer_voice(voice(made, label), True, by=viewer_for(maja))
    actions.record_voice(voice(made, "Speaker 2"), True, "Signed form", by=by)
    assert shown(made).left_out == 0

    page = reverse("gatherings:recording_edit", args=[event.slug, made.code])
    assert "is asked anew" in client.get(page).content.decode()
    one, two, three = LABELS
    corrected = [(one[0], "We asked each host."), two, three]
    actions.keep_transcript(made, talk(*corrected), by=by)  # the same voices at the same seconds
    assert shown(made).left_out == 0

    turned = [(two[0], one[1]), (one[0], two[1]), three, ("Maja", "And then?")]
    actions.keep_transcript(made, talk(*turned), by=by)

    assert {cue["speaker"] for cue in shown(made).cues} == {"Maja Lind"}
    assert shown(made).left_out == 2
    first, second = voice(made, "Speaker 1"), voice(made, "Speaker 2")
    assert (first.consent, second.consent, second.evidence) == ("waiting", "waiting", "")
    asked = Letter.objects.filter(kind="gatherings.voice", thing=first.pk)
    assert (asked.count(), actions.ask_voices(made, by=by), asked.count()) == (1, 1, 2)


def test_a_new_transcript_leaves_a_no_and_a_speaker_of_the_programme_as_they_were(event, host):
    by = viewer_for(host)
    session = actions_of_events.save_session(
        event, by=by, title="Registers", starts_at=event.starts_at, minutes=60
    )
    actions_of_events.put_speakers(session, [{"person": None, "name": "Jo Vaz", "role": ""}], by=by)
    made = actions.add_recording(event, by=by, title="Registers in ports")
    actions.keep_transcript(made, talk(("Jo Vaz", "We."), ("Speaker 2", "They.")), by=by)
    actions.record_voice(voice(made, "Jo Vaz"), True, "Signed form", by=by)
    actions.record_voice(voice(made, "Speaker 2"), False, "Mail", by=by)

    actions.keep_transcript(made, talk(("Speaker 2", "They."), ("Jo Vaz", "We.")), by=by)

    assert voice(made, "Jo Vaz").consent == "given"
    assert voice(made, "Speaker 2").consent == "refused"

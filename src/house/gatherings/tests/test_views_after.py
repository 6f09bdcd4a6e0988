import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from house.gatherings.actions import feedback as feedback_acts
from house.gatherings.actions import minutes as minutes_acts
from house.gatherings.actions import recordings as acts
from house.gatherings.models import (
    AskedThere,
    FeedbackAnswer,
    FeedbackGiven,
    Material,
    Minutes,
    Organiser,
    Recording,
    Registration,
    Voice,
)
from house.gatherings.queries_after import found_inside
from house.gatherings.tests.making import DAY, make_event, make_member
from house.gatherings.tests.test_recordings import TALK, talk
from house.ground.errors import Forbidden, Refused
from house.memory.models import PeerQuestion
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory
from tests.spent import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(member):
    made = make_event(days=-3, host_city=member.city)
    Organiser.objects.create(event=made, person=member.person)
    return made


def come(event, person, *, came=True):
    return Registration.objects.create(
        event=event, person=person, city=person.city, seat="online", state="confirmed",
        came_at=timezone.now() if came else None,
    )  # fmt: skip


def people(count):
    """Of as many partner cities."""
    made = []
    for number in range(count):
        city = CityFactory(code=f"x{number}")
        person = PersonFactory(city=city)
        SeatFactory(partnership=PartnershipFactory(city=city, level="partner"), person=person)
        made.append(person)
    return made


def shared(event, host, *, media=b""):
    made = acts.add_recording(event, by=viewer_for(host), title="Registers in ports")
    acts.keep_transcript(made, talk(), by=viewer_for(host))
    if media:
        acts.set_media(
            made,
            file=ContentFile(media, name="talk.mp3"),
            media_type="audio/mpeg",
            by=viewer_for(host),
        )
    for voice in Voice.objects.filter(recording=made):
        acts.record_voice(voice, True, "Signed form", by=viewer_for(host))
    return acts.share_recording(made, by=viewer_for(host))


# -- The page, minutes, files ----------------------------------------------------------------------


def test_minutes_are_versions_that_readers_see_once_shared(client, event, member, associate):
    host = member.person
    client.force_login(host)
    edit = reverse("gatherings:minutes_edit", args=[event.slug])
    client.post(edit, {"html": "<p>We met.</p><script>x</script>", "language": "en", "seen": 0})
    reader = client.__class__()
    reader.force_login(associate.person)
    page = reverse("gatherings:minutes", args=[event.slug])
    assert reader.get(page).status_code == 404

    client.post(edit, {"html": "<p>We met again.</p>", "language": "en", "seen": 1, "share": "on"})

    assert list(Minutes.objects.order_by("number").values_list("html", "is_shared")) == [
        ("<p>We met.</p>", False), ("<p>We met again.</p>", True),
    ]  # fmt: skip
    text = reader.get(page).content.decode()
    assert "We met again." in text
    assert reader.get(page, {"version": 1}).status_code == 404
    assert client.get(page, {"version": 1}).status_code == 200
    for nonsense in ("9" * 5000, "²", "-1", "one"):
        assert client.get(page, {"version": nonsense}).status_code == 200


def test_who_writes_on_an_old_version_does_not_overwrite_the_newer_one(client, event, member):
    by = viewer_for(member.person)
    minutes_acts.write_minutes(event, "<p>First</p>", by=by, seen=0)
    client.force_login(member.person)
    answer = client.post(
        reverse("gatherings:minutes_edit", args=[event.slug]),
        {"html": "<p>Mine</p>", "language": "en", "seen": 0},
    )
    assert answer.status_code == 422
    assert "Somebody else saved version 1" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    both = {"html": "<p>First, and mine</p>", "language": "en"}
    seen = answer.context["form"]["seen"].value()
    again = client.post(
        reverse("gatherings:minutes_edit", args=[event.slug]), both | {"seen": seen}
    )
    assert again.status_code == 302, "told of the other version, she saves over it"
    with pytest.raises(TypeError):
        Minutes.objects.first().save()


def test_a_file_loses_who_made_it_and_is_served_as_a_download(client, event, member, associate):
    from house.ground.tests.test_stripping import WHO, office_file

    client.force_login(member.person)
    upload = SimpleUploadedFile("../slides.docx", office_file())
    client.post(
        reverse("gatherings:material_new", args=[event.slug]),
        {"file": upload, "sort": "slides", "label": "Slides"},
    )
    kept = Material.objects.get()
    assert "/" not in kept.name
    client.force_login(associate.person)
    answer = client.get(reverse("gatherings:material", args=[event.slug, kept.code]))
    body = b"".join(answer.streaming_content)
    assert WHO not in body
    assert answer.headers["Content-Disposition"].startswith("attachment")
    client.logout()
    assert (
        client.get(reverse("gatherings:material", args=[event.slug, kept.code])).status_code == 302
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("x.svg", b"<svg/>", "not taken"), ("x.pdf", b"%PDF nothing", "damaged"), ("x.png", b"no", "sound picture")],
)  # fmt: skip
def test_a_file_that_can_not_be_looked_into_is_refused(client, event, member, name, data, said):
    client.force_login(member.person)
    answer = client.post(
        reverse("gatherings:material_new", args=[event.slug]),
        {"file": SimpleUploadedFile(name, data), "sort": "file"},
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_of_each_and_for_three(
    client, event, member, rows, django_assert_num_queries
):
    host = member.person
    for number in range(rows):
        shared(event, host)
        AskedThere.objects.create(event=event, text=f"Why {number}?", asker=host, city=member.city)
        minutes_acts.add_material(
            event, f"text {number}".encode(), by=viewer_for(host), name=f"{number}.txt"
        )
    client.force_login(people(1)[0])
    url = reverse("gatherings:after", args=[event.slug])
    client.get(url)
    with django_assert_num_queries(18):
        client.get(url)


# -- Recordings ------------------------------------------------------------------------------------


def test_an_associate_watches_searches_and_jumps_to_the_second(client, event, member, associate):
    made = shared(event, member.person, media=b"ID3" + bytes(5000))
    client.force_login(associate.person)

    page = client.get(made.get_absolute_url(), {"inside": "COURT"}).content.decode()

    assert "<audio" in page
    assert 'href="#t=20">0:20</a> <span><strong>Maja</strong>' in page
    assert "<mark>court</mark>" in page
    media = reverse("gatherings:recording_media", args=[event.slug, made.code])
    part = client.get(media, headers={"Range": "bytes=0-2"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ID3")
    captions = reverse("gatherings:recording_vtt", args=[event.slug, made.code])
    assert "<v Maja>We asked every host" in client.get(captions).content.decode()


def test_sound_captions_and_page_close_with_a_no(client, event, member, associate):
    made = shared(event, member.person, media=b"ID3" + bytes(50))
    for voice in Voice.objects.filter(recording=made):
        acts.record_voice(voice, False, "Letter of 3 May", by=viewer_for(member.person))
    client.force_login(associate.person)
    name = ("recording_media", "recording_vtt")
    addresses = [reverse(f"gatherings:{each}", args=[event.slug, made.code]) for each in name]
    assert [client.get(each).status_code for each in addresses] == [404, 404]
    assert TALK[0][1] not in client.get(made.get_absolute_url()).content.decode()


def test_who_speaks_is_asked_hears_herself_and_answers(client, event, member):
    host = member.person
    made = acts.add_recording(event, by=viewer_for(host), title="Registers in ports")
    acts.keep_transcript(made, talk(), by=viewer_for(host))
    acts.set_media(
        made,
        file=ContentFile(b"ID3" + bytes(50), name="x.mp3"),
        media_type="audio/mpeg",
        by=viewer_for(host),
    )
    maja = make_member(member, name="Maja Lind")
    voice = Voice.objects.get(label="Maja")
    acts.name_voice(voice, by=viewer_for(host), name="Maja Lind", person=maja)
    url = reverse("gatherings:voice", args=[voice.code])
    client.force_login(maja)

    page = client.get(url).content.decode()

    assert TALK[0][1] in page
    assert TALK[1][1] not in page  # Femke's part is not hers to see before Femke agrees
    media = reverse("gatherings:recording_media", args=[event.slug, made.code])
    sound = client.get(media)
    assert (sound.status_code, len(b"".join(sound.streaming_content))) == (200, 53)
    client.post(url, {"answer": "yes"})
    voice.refresh_from_db()
    assert (voice.consent, voice.answered_by) == ("given", maja)
    assert client.post(url, {"answer": "perhaps"}).status_code == 422
    client.force_login(host)
    assert client.get(url).status_code == 404  # the host answers for nobody


def test_a_host_brings_everything_by_the_form(client, event, member):
    client.force_login(member.person)
    client.post(
        reverse("gatherings:recording_new", args=[event.slug]), {"title": "Talk", "language": "en"}
    )
    made = Recording.objects.get()
    act = reverse("gatherings:recording_act", args=[event.slug, made.code])
    rows = [
        {"speaker": who, "start": n * 10, "end": n * 10 + 9, "text": text}
        for n, (who, text) in enumerate(TALK)
    ]
    transcript = SimpleUploadedFile("t.json", json.dumps(rows).encode())
    client.post(act, {"act": "transcript", "file": transcript, "language": "en"})
    client.post(act, {"act": "chapters", "lines": "0:00 The register\n1:00:02.5 Late [Maja]"})
    client.post(act, {"act": "media", "url": "https://video.example.org/talk"})
    made.refresh_from_db()
    assert [cue["speaker"] for cue in made.cues] == ["Maja", "Femke", "Maja", "Femke"]
    assert made.chapters == [
        {"start": 0.0, "title": "The register", "speaker": ""},
        {"start": 3602.5, "title": "Late", "speaker": "Maja"},
    ]
    page = client.get(reverse("gatherings:recording_edit", args=[event.slug, made.code]))
    assert "1:00:02.5 Late [Maja]" in page.content.decode()
    voice = Voice.objects.get(label="Femke")
    url = reverse("gatherings:voice_edit", args=[event.slug, made.code, voice.code])
    client.post(url, {"act": "note", "evidence": "Signed form", "agrees": "yes"})
    voice.refresh_from_db()
    assert (voice.consent, voice.evidence) == ("given", "Signed form")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"act": "chapters", "lines": "soon The register"}, "do not begin with a time"),
        ({"act": "media"}, "Choose a file"),
        ({"act": "media", "url": "javascript:alert(1)"}, "whole web address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_form(client, event, member, facts, said):
    made = acts.add_recording(event, by=viewer_for(member.person), title="Talk")
    client.force_login(member.person)
    answer = client.post(reverse("gatherings:recording_act", args=[event.slug, made.code]), facts)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.corpus
def test_a_hallucinated_transcript_is_refused_on_the_page_and_kept_with_a_warning(
    client, corpus, event, member, associate
):
    from house.ground.captions.transcripts import timed_table
    from house.ground.decoding import decode

    path = corpus / "captions" / "knox" / "CIty_Council_100601_0.md"
    cues = timed_table(*decode(path.read_bytes())).cues
    rows = [{"start": cue.start, "end": cue.end, "text": cue.text} for cue in cues]
    made = acts.add_recording(event, by=viewer_for(member.person), title="Council")
    client.force_login(member.person)
    act = reverse("gatherings:recording_act", args=[event.slug, made.code])
    send = {"act": "transcript", "language": "en"}

    file = SimpleUploadedFile("t.json", json.dumps(rows).encode())
    answer = client.post(act, send | {"file": file})
    assert answer.status_code == 422
    assert "This is not a true transcript" in answer.content.decode()

    file = SimpleUploadedFile("t.json", json.dumps(rows).encode())
    client.post(act, send | {"file": file, "certain": "on"})
    for voice in Voice.objects.filter(recording=made):
        acts.record_voice(voice, True, "Public session", by=viewer_for(member.person))
    acts.share_recording(Recording.objects.get(), by=viewer_for(member.person))
    client.force_login(associate.person)
    assert "This transcript is doubtful" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.corpus
def test_the_page_of_a_hearing_of_ten_thousand_lines_is_made_in_time(client, corpus, event, member):
    from house.gatherings.tests.test_recordings import read

    made = acts.add_recording(event, by=viewer_for(member.person), title="City of Yes")
    heard = read(corpus / "captions" / "civic" / "nyc_council_city_of_yes_transcript.json")
    acts.keep_transcript(made, heard, by=viewer_for(member.person), language="en")
    Voice.objects.filter(recording=made).update(consent="given")
    client.force_login(member.person)
    with at_most(10):
        page = client.get(made.get_absolute_url(), {"inside": "parking"})
    assert page.status_code == 200
    assert len(page.context["inside"]) == 100


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("Straße und Gasse", "STRASSE", [("Straße", True), (" und Gasse", False)]),
        ("El niño, el NIÑO", "nino", [("El ", False), ("niño", True), (", el ", False), ("NIÑO", True)]),
        ("aaa", "aa", [("aa", True), ("a", False)]),
        ("<b>x</b>", "<b>", [("<b>", True), ("x</b>", False)]),
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_case_and_accents(text, words, parts):
    (line,) = found_inside([{"start": 1, "speaker": "", "text": text}], words)
    assert list(line.parts) == parts


# -- Feedback --------------------------------------------------------------------------------------


def say(event, person, value=4, text="More bread"):
    scale, *_more, opening = feedback_acts.questions_of(event)
    answers = {scale.code: value, opening.code: text}
    feedback_acts.give_feedback(event, answers, by=viewer_for(person))


def test_only_who_attended_answers_and_only_once(event):
    came, stayed_away, other = people(3)
    come(event, came)
    come(event, stayed_away, came=False)
    say(event, came)
    with pytest.raises(Refused, match="already"):
        say(event, came)
    for person in (stayed_away, other):
        with pytest.raises(Forbidden):
            say(event, person)
    assert FeedbackGiven.objects.count() == FeedbackAnswer.objects.count() == 1


def test_an_answer_can_not_be_joined_with_who_gave_it(event):
    (person,) = people(1)
    come(event, person)
    say(event, person)
    columns = {field.name for field in FeedbackAnswer._meta.get_fields()}
    assert columns == {"code", "event", "answers"}
    assert {field.name for field in FeedbackGiven._meta.get_fields()} == {"id", "event", "person"}
    from house.access.models import JournalRow

    assert not JournalRow.objects.filter(act__startswith="gatherings.feedback").exists()


@pytest.mark.parametrize(
    ("count", "days", "read"), [(4, -20, False), (5, -20, True), (5, -3, False)]
)
def test_hosts_read_nothing_while_the_form_is_open_or_fewer_than_five_answered(
    client, event, member, office, count, days, read
):
    for person in people(count):
        come(event, person)
        say(event, person, text=f"zz{person.pk}said")
    moved = timezone.now() + days * DAY
    event.starts_at, event.ends_at = moved - DAY, moved
    event.save()
    url = reverse("gatherings:feedback_results", args=[event.slug])
    for person in (member.person, office):
        client.force_login(person)
        page = client.get(url).content.decode()
        assert (page.count("said</li>") == count) == read
        assert f"{count} people have answered" in page
        table = client.get(url, {"form": "csv"}).content.decode()
        assert bool(re.search(r"zz\d+said", table)) == read
    stranger = PersonFactory()
    client.force_login(stranger)
    assert client.get(url).status_code in {403, 404}


def test_a_formula_in_feedback_goes_out_as_text(client, event, member):
    for person in people(5):
        come(event, person)
        say(event, person, text='=HYPERLINK("https://evil.example","x")')
    event.starts_at, event.ends_at = timezone.now() - 21 * DAY, timezone.now() - 20 * DAY
    event.save()
    client.force_login(member.person)
    table = client.get(
        reverse("gatherings:feedback_results", args=[event.slug]), {"form": "csv"}
    ).content.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in table


def test_hosts_put_their_own_questions_until_the_first_answer(client, event, member):
    client.force_login(member.person)
    url = reverse("gatherings:feedback_questions", args=[event.slug])
    client.post(url, {"lines": "1-5 Was it loud?\nWhat was missing?"})
    assert [(q.sort, q.text) for q in feedback_acts.questions_of(event)] == [
        ("scale", "Was it loud?"), ("open", "What was missing?"),
    ]  # fmt: skip
    (person,) = people(1)
    come(event, person)
    say(event, person)
    assert client.post(url, {"lines": "Other?"}).status_code == 422


def test_the_form_is_given_by_the_page_and_closes(client, event):
    (person,) = people(1)
    come(event, person)
    client.force_login(person)
    url = reverse("gatherings:feedback", args=[event.slug])
    questions = client.get(url).context["form"].fields
    code = next(iter(questions))
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {code: "5"}).status_code == 302
    assert "You have answered" in client.get(url).content.decode()


# -- Asked there -----------------------------------------------------------------------------------


def test_a_city_counts_once_and_the_most_wanted_stands_first(client, event, member):
    first, second, third = people(3)
    colleague = PersonFactory(city=second.city)
    SeatFactory(
        partnership=PartnershipFactory(city=CityFactory(code="y"), level="partner"),
        person=colleague,
    )
    for person in (first, second, third, colleague):
        come(event, person)
    feedback_acts.ask_there(event, "Who pays?", by=viewer_for(first))
    wanted = feedback_acts.ask_there(event, "Who repairs?", by=viewer_for(first))
    for person in (second, colleague, third):
        feedback_acts.support_question(wanted, by=viewer_for(person))
    feedback_acts.ask_there(event, "  who pays? ", by=viewer_for(third))
    client.force_login(second)
    page = client.get(reverse("gatherings:after", args=[event.slug]))
    assert [(each.asked.text, each.cities) for each in page.context["asked"]] == [
        ("Who repairs?", 3), ("Who pays?", 1), ("who pays?", 1),
    ]  # fmt: skip
    assert first.name not in page.content.decode()


def test_who_has_no_place_neither_asks_nor_supports(event, associate, neighbour):
    asker = people(1)[0]
    come(event, asker)
    question = feedback_acts.ask_there(event, "Who pays?", by=viewer_for(asker))
    for person in (associate.person, neighbour.person):
        with pytest.raises(Forbidden):
            feedback_acts.ask_there(event, "Why?", by=viewer_for(person))
        with pytest.raises(Forbidden):
            feedback_acts.support_question(question, by=viewer_for(person))


def test_one_press_takes_a_question_to_the_agora(client, event, member, neighbour):
    asker = people(1)[0]
    come(event, asker)
    question = feedback_acts.ask_there(event, "Who pays?", by=viewer_for(asker))
    url = reverse("gatherings:asked_act", args=[event.slug, question.code])
    client.force_login(neighbour.person)
    assert client.post(url, {"act": "agora"}).status_code == 403
    client.force_login(member.person)

    answer = client.post(url, {"act": "agora"})

    kept = PeerQuestion.objects.get()
    assert (kept.question, kept.asker) == ("Who pays?", member.person)
    assert f"kept={kept.code}" in answer.url or answer.url.endswith("#questions")
    question.refresh_from_db()
    assert question.kept == kept.code


def test_mails_after_an_event_ask_whom_they_concern(event, member):
    from house.gatherings.after import letters

    (person,) = people(1)
    registration = come(event, person)
    mail = letters.feedback(registration, person, viewer_for(person))
    assert "neither your name nor your city" in mail.body
    assert "Give feedback" in mail.alternatives[0][0]
    say(event, person)
    assert letters.feedback(registration, person, viewer_for(person)) is None
    made = acts.add_recording(
        event, by=viewer_for(member.person), title="A & <i>B</i>\r\nBcc: x@y.z"
    )
    voice = acts.add_voice(made, by=viewer_for(member.person), name="Maja", person=person)
    acts.ask_voices(made, by=viewer_for(member.person))
    mail = letters.voice(voice, person, viewer_for(person))
    assert "\n" not in mail.subject
    assert "<i>" not in mail.alternatives[0][0]
    voice.refresh_from_db()
    acts.answer_voice(voice, True, by=viewer_for(person))
    assert letters.voice(voice, person, viewer_for(person)) is None


def test_a_large_upload_is_refused_before_it_is_kept(event, member, monkeypatch):
    monkeypatch.setattr(minutes_acts, "LARGEST", 10)
    with pytest.raises(Refused, match="larger"):
        minutes_acts.add_material(event, b"x" * 11, by=viewer_for(member.person), name="x.txt")

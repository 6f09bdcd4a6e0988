import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from house.alex import actions
from house.alex.models import Adoption, Draft, Entry, FreshnessAsk, ReviewNote
from house.alex.tests.texts import case, looking
from tests.factories import EntryFactory, TopicFactory

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def at(name, entry, *args):
    return reverse(f"alex:{name}", args=[entry.slug, *args])


@pytest.fixture
def written(client, member):
    """A member's complete draft; she is signed in."""
    entry = actions.create_entry("case_study", by=looking(member), content=case())
    client.force_login(member.person)
    return entry


@pytest.fixture
def handed_in(written, member):
    actions.submit_entry(written, by=looking(member))
    return written


@pytest.fixture
def published(handed_in, curator):
    return actions.publish_entry(handed_in, by=looking(curator))


def content_of(entry):
    return Draft.objects.get(entry=entry).content


# -- Begin ---------------------------------------------------------------------------------------


def test_choosing_a_kind_makes_a_draft_that_only_its_author_sees(client, member, neighbour):
    client.force_login(member.person)
    assert client.get(reverse("alex:entry_new")).content.decode().count("kinds__button") == 5
    client.post(reverse("alex:entry_create", args=["policy"]))
    entry = Entry.objects.get()
    assert (entry.kind, entry.author_id, entry.state) == ("policy", member.person.pk, "draft")
    client.force_login(neighbour.person)
    assert client.get(at("entry_edit", entry)).status_code == 404


def test_associate_is_refused_with_what_would_allow_it(client, associate):
    client.force_login(associate.person)
    response = client.get(reverse("alex:entry_new"))
    assert response.status_code == 403
    assert "does not include this" in response.content.decode()
    assert client.post(reverse("alex:entry_create", args=["policy"])).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize("kind", ["case_study", "policy", "research", "technology", "recording"])
def test_form_asks_every_question_of_its_kind(client, member, kind):
    entry = actions.create_entry(kind, by=looking(member))
    client.force_login(member.person)
    page = client.get(at("entry_edit", entry)).content.decode()
    for field in entry.template.fields:
        if field.type == "transcript":
            assert 'value="file"' in page  # leads to the page of files
        elif field.type in {"clauses", "chapters"}:
            assert f'name="{field.key}-0-' in page
        else:
            assert f'name="{field.key}"' in page, field.key
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)


# -- Nothing typed is lost -----------------------------------------------------------------------


def test_save_keeps_what_is_wrong_too(client, written):
    response = client.post(
        at("entry_edit", written), {"lock": 1, "title": "", "period_from": "last spring"}
    )
    assert response.status_code == 302
    assert content_of(written)["period_from"] == "last spring"
    assert content_of(written)["title"] == ""


def test_handing_in_unfinished_shows_every_problem_and_keeps_the_text(client, written):
    typed = {"lock": 1, "title": "Typed", "period_from": "last spring", "then": "submit"}
    response = client.post(at("entry_edit", written), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "data-takes-focus" in page
    assert '<a href="#id_period_from">' in page
    assert 'value="last spring"' in page
    assert 'aria-invalid="true"' in page
    assert written.draft.state == "writing"


def test_autosave_answers_with_the_hour_the_lock_and_what_is_done(client, written):
    response = client.post(at("entry_autosave", written), {"lock": 1, "title": "New"}, headers=JSON)
    told = response.json()
    assert re.fullmatch(r"\d\d:\d\d", told["saved"])
    assert told["lock"] == 2
    assert told["done"]["first"] is False  # the summary is gone
    assert "copy" not in told
    assert content_of(written)["title"] == "New"


def test_two_windows_lose_neither_text(client, written):
    client.post(at("entry_autosave", written), {"lock": 1, "title": "Theirs"}, headers=JSON)
    told = client.post(
        at("entry_autosave", written), {"lock": 1, "title": "Mine"}, headers=JSON
    ).json()
    assert told["copy"]["theirs"] == {"title": ["Theirs"]}
    assert content_of(written)["title"] == "Mine"
    page = client.get(at("entry_edit", written)).content.decode()
    assert "Theirs" in page
    assert "Mine" in page


def test_a_form_sent_without_scripts_shows_both_texts(client, written):
    client.post(at("entry_edit", written), {"lock": 1, "title": "Theirs"})
    response = client.post(at("entry_edit", written), {"lock": 1, "title": "Mine"}, follow=True)
    page = response.content.decode()
    assert 'conflict" open>' in page
    assert '<dd dir="auto">Theirs</dd>' in page
    assert '<dd dir="auto">Mine</dd>' in page


def test_signed_out_autosave_says_so_and_changes_nothing(client, written):
    client.logout()
    response = client.post(at("entry_autosave", written), {"lock": 1, "title": "x"}, headers=JSON)
    assert response.status_code == 401
    assert content_of(written)["title"] == "Bike parking that filled up"


def test_form_sent_after_the_session_ended_waits_for_its_writer(client, written, member):
    client.logout()
    typed = {"lock": 1, "title": "Typed while away", "challenge": "<p>Long text</p>"}
    response = client.post(at("entry_edit", written), typed)
    assert response["Location"].startswith(reverse("account_login"))

    client.force_login(member.person)
    page = client.get(at("entry_edit", written)).content.decode()
    assert "Typed while away" in page
    assert "nothing was lost" in page
    assert content_of(written)["title"] == "Bike parking that filled up"

    client.post(at("entry_edit", written), typed)
    assert content_of(written)["title"] == "Typed while away"
    assert "nothing was lost" not in client.get(at("entry_edit", written)).content.decode()


@pytest.mark.parametrize(
    ("sent_to", "typed", "page"),
    [
        ("entry_review", {"text": "Where is the source?"}, "entry_review"),
        ("entry_refuse", {"reason": "Where is the source?"}, "entry_review"),
        ("entry_withdraw", {"reason": "Where is the source?"}, "entry_withdraw"),
    ],
)
def test_a_sentence_of_a_review_waits_too(client, handed_in, curator, sent_to, typed, page):
    client.logout()
    response = client.post(at(sent_to, handed_in), typed)
    assert response["Location"] == f"{reverse('account_login')}?next=" + at(
        page, handed_in
    ).replace("/", "%2F")
    assert not ReviewNote.objects.exists()
    client.force_login(curator)
    assert "Where is the source?" in client.get(at(page, handed_in)).content.decode()


def test_signing_in_after_choosing_a_kind_leads_back_to_the_choice(client):
    response = client.post(reverse("alex:entry_create", args=["policy"]))
    assert response["Location"] == f"{reverse('account_login')}?next=%2Falex%2Fnew%2F"


def test_what_waits_is_shown_to_nobody_who_may_not_edit(client, written, neighbour):
    client.logout()
    client.post(at("entry_edit", written), {"lock": 1, "title": "Typed while away"})
    client.force_login(neighbour.person)
    assert client.get(at("entry_edit", written)).status_code == 404


def test_revising_what_is_published_begins_from_it_without_a_false_conflict(client, published):
    page = client.get(at("entry_edit", published)).content.decode()
    assert "Bike parking that filled up" in page
    assert not Draft.objects.exists()  # looking makes no draft
    told = client.post(
        at("entry_autosave", published), {"lock": 1, "title": "Better"}, headers=JSON
    ).json()
    assert "copy" not in told
    published.refresh_from_db()
    assert published.title == "Bike parking that filled up"
    assert published.draft.content["title"] == "Better"


def test_pasted_html_is_cleaned_on_its_way_in(client, written):
    hostile = '<h1>Big</h1><p onclick="x()">Text<o:p></o:p><script>x</script></p>'
    client.post(at("entry_edit", written), {"lock": 1, "title": "T", "challenge": hostile})
    assert content_of(written)["fields"]["challenge"] == "<h2>Big</h2><p>Text</p>"


# -- Files ---------------------------------------------------------------------------------------


def test_file_is_added_and_left_out_again(client, written):
    file = SimpleUploadedFile("count.csv", b"a,b", content_type="text/csv")
    client.post(at("entry_files", written), {"file": file, "licence": "CC0"})
    (code,) = content_of(written)["attachments"]
    assert "count.csv" in client.get(at("entry_files", written)).content.decode()
    client.post(at("entry_files", written), {"remove": code})
    assert content_of(written)["attachments"] == []


def test_transcript_is_read_and_nonsense_gets_a_sentence(client, member):
    entry = actions.create_entry("recording", by=looking(member))
    client.force_login(member.person)
    good = b"WEBVTT\n\n00:00.000 --> 00:05.000\n<v Ann>Good morning to all of you.\n"
    sent = {"file": SimpleUploadedFile("talk.vtt", good), "use": "transcript"}
    assert client.post(at("entry_files", entry), sent).status_code == 302
    assert content_of(entry)["fields"]["transcript"]

    bad = {"file": SimpleUploadedFile("talk.vtt", b"nothing"), "use": "transcript"}
    response = client.post(at("entry_files", entry), bad)
    assert response.status_code == 422
    assert "WEBVTT" in response.content.decode()


# -- Review --------------------------------------------------------------------------------------


def test_author_and_curator_talk_and_nobody_else_reads_it(client, handed_in, curator, neighbour):
    client.post(at("entry_review", handed_in), {"text": "Is the figure right?"})
    client.force_login(curator)
    page = client.get(at("entry_review", handed_in)).content.decode()
    assert "Is the figure right?" in page
    actions.publish_entry(handed_in, by=looking(curator))
    client.force_login(neighbour.person)
    assert client.get(at("entry_review", handed_in)).status_code == 403
    assert "Is the figure" not in client.get(at("entry", handed_in)).content.decode()


def test_refusal_needs_a_reason_and_the_author_reads_it(client, handed_in, curator, member):
    client.force_login(curator)
    response = client.post(at("entry_refuse", handed_in), {"reason": " "})
    assert response.status_code == 422
    assert "its author has to know" in response.content.decode()
    client.post(at("entry_refuse", handed_in), {"reason": "Say who counted."})
    assert ReviewNote.objects.get().kind == "refusal"
    client.force_login(member.person)
    assert "Say who counted." in client.get(at("entry_review", handed_in)).content.decode()


def test_curator_publishes_what_she_read_and_not_what_came_after(
    client, handed_in, curator, member
):
    actions.save_draft(handed_in, {"title": "Changed"}, by=looking(member), revision=1)
    client.force_login(curator)
    response = client.post(at("entry_publish", handed_in), {"lock": 1})
    assert response.status_code == 409
    assert "changed the text while you were reading" in response.content.decode()
    response = client.post(at("entry_publish", handed_in), {"lock": 2})
    assert response.status_code == 302
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.title) == ("published", "Changed")


def test_queue_belongs_to_curators(client, handed_in, curator):
    assert client.get(reverse("alex:reviews")).status_code == 403
    client.force_login(curator)
    assert "Bike parking" in client.get(reverse("alex:reviews")).content.decode()


def test_sealed_author_is_not_named_to_a_curator(client, member, curator):
    entry = actions.create_entry("case_study", by=looking(member), content=case(candour="sealed"))
    actions.say(entry, "Mine.", by=looking(member))
    actions.submit_entry(entry, by=looking(member))
    client.force_login(curator)
    for page in (at("entry_review", entry), reverse("alex:reviews")):
        told = client.get(page).content.decode()
        assert member.person.name not in told
        assert member.city.name not in told


def test_withdrawing_needs_a_reason(client, published):
    assert client.post(at("entry_withdraw", published), {"reason": ""}).status_code == 422
    client.post(at("entry_withdraw", published), {"reason": "The rule was struck down."})
    published.refresh_from_db()
    assert published.state == "withdrawn"


def test_best_practice_comes_after_a_look_at_what_failed(client, published):
    near = EntryFactory(
        title="It failed next door", outcome="failed", topics=[TopicFactory(slug="bike-sharing")]
    )
    assert near.title not in client.get(at("entry_label", published)).content.decode()
    refused = client.post(at("entry_label", published), {"do": "label", "digest": "guess"})
    assert refused.status_code == 409
    shown = client.post(at("entry_label", published), {"do": "show"})
    assert near.title in shown.content.decode()
    client.post(at("entry_label", published), {"do": "label", "digest": shown.context["digest"]})
    published.refresh_from_db()
    assert published.is_best_practice


# -- Taken home, still true ----------------------------------------------------------------------


def test_another_city_takes_it_home_and_tells_what_came_of_it(client, published, neighbour):
    client.force_login(neighbour.person)
    own = EntryFactory(city=neighbour.city, slug="ours")
    told = {
        "city": neighbour.city_id, "stage": "adapted", "note": "Fewer bays.", "started_on": "2026-01-01",
        "result_entry": f"http://localhost{own.get_absolute_url()}",
    }  # fmt: skip
    response = client.post(at("entry_adopt", published), told)
    adoption = Adoption.objects.get()
    assert response["Location"] == at("adoption_result", published, adoption.code)
    assert adoption.result_entry == own
    client.post(response["Location"], {"months": 6, "outcome": "worked", "text": "Half as many."})
    page = client.get(at("entry", published)).content.decode()
    assert "Fewer bays." in page
    assert "Half as many." in page
    published.refresh_from_db()
    assert published.reuse_count == 1


def test_adoption_with_an_unknown_entry_keeps_what_was_typed(client, published, neighbour):
    client.force_login(neighbour.person)
    told = {"city": neighbour.city_id, "stage": "adapted", "note": "Kept.", "result_entry": "/x/y/"}
    response = client.post(at("entry_adopt", published), told)
    assert response.status_code == 422
    assert "Kept." in response.content.decode()
    assert not Adoption.objects.exists()


def test_opening_the_page_of_a_mail_changes_nothing(client, published):
    client.logout()
    address = at("entry_freshness", published)
    client.get(address)
    client.head(address)
    client.post(address, {"answer": "ended"})
    published.refresh_from_db()
    assert published.ended_on is None
    assert not FreshnessAsk.objects.exists()


def test_owner_answers_with_a_button(client, published):
    client.get(at("entry_freshness", published))
    assert not FreshnessAsk.objects.exists()
    assert client.post(at("entry_freshness", published), {}).status_code == 422
    client.post(at("entry_freshness", published), {"answer": "ended"})
    published.refresh_from_db()
    assert published.ended_on is not None

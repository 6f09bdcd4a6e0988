"""The pages of the Agora: what they ask of the database, what they keep, and that they work in one go."""

import datetime
import html
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from house.agora import actions
from house.agora.models import Answer, Attachment, Comment, Post, Unsent
from house.memory.actions import keep_question
from house.memory.models import PeerQuestion
from house.notices import answering
from house.notices.models import Subscription
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "question", "title": "How do you count?", "body": "We can't.", "candour": "city",
    "audience": "alliance", "then": "publish",
}  # fmt: skip
ZALGO = "Z\u0351\u036b\u0343a\u0321l\u030ago"
HEBREW = "\u202eמרים"


def ask(member, **facts):
    told = {"title": "How do you count?", "body": "We can't.", **facts}
    return actions.write_post(
        "question", told.pop("title"), told.pop("body"), by=viewer_for(member.person), **told
    )


def answers(post, person, count):
    return Answer.objects.bulk_create(
        Answer(
            post=post, author=person, city=person.city, shown_city=person.city, candour="person",
            body=f"Answer {n}", html=f"<p>Answer {n}</p>", published_at=timezone.now() + datetime.timedelta(seconds=n),
        )
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_one_row_as_for_three(
    client, member, django_assert_num_queries, rows
):
    for n in range(rows):
        ask(member, title=f"Question {n}")
    client.force_login(member.person)
    client.get(reverse("agora:post_list"))

    with django_assert_num_queries(14):
        client.get(reverse("agora:post_list"))


@pytest.mark.parametrize("rows", [1, 15])
def test_a_thread_asks_as_much_for_one_answer_as_for_many(
    client, member, neighbour, django_assert_max_num_queries, rows
):
    post = ask(member)
    for answer in answers(post, neighbour.person, rows):
        Comment.objects.create(
            post=post, answer=answer, author=member.person, city=member.city, candour="sealed",
            body="So.", html="<p>So.</p>", published_at=timezone.now(),
        )  # fmt: skip
    client.force_login(member.person)
    client.get(post.get_absolute_url())

    with django_assert_max_num_queries(26) as asked:
        page = client.get(post.get_absolute_url()).content.decode()
    assert page.count('<article class="said') == rows
    COUNTED.setdefault("thread", len(asked))
    assert len(asked) == COUNTED["thread"]


COUNTED: dict[str, int] = {}


def test_a_thread_shows_what_the_door_of_answers_shows(
    client_factory, member, neighbour, associate, curator
):
    post = ask(member)
    seen, out_of_sight = answers(post, neighbour.person, 2)
    Answer.objects.filter(pk=out_of_sight.pk).update(is_hidden=True)

    for person in (member.person, neighbour.person, associate.person, curator):
        page = client_factory(person).get(post.get_absolute_url()).content.decode()
        at_door = Answer.objects.visible_to(viewer_for(person)).filter(post=post)
        shown = {answer for answer in (seen, out_of_sight) if answer.anchor in page}
        assert shown == set(at_door)
        assert (out_of_sight in shown) == (person in {neighbour.person, curator})
        assert f'numbers">{len(shown)}</p>' in page


def shown(page):
    return [int(n) for n in re.findall(r"<p>Remark (\d+)</p>", page)]


def test_earlier_comments_come_by_a_link_with_and_without_htmx(
    client, member, neighbour, django_assert_num_queries
):
    post, now = ask(member), timezone.now()
    remarks = Comment.objects.bulk_create(
        Comment(post=post, author=neighbour.person, city=neighbour.city, candour="city", body=str(n),
                html=f"<p>Remark {n}</p>", published_at=now + datetime.timedelta(seconds=n))
        for n in range(120)
    )  # fmt: skip
    client.force_login(member.person)
    client.get(post.get_absolute_url())

    seen = []
    address = post.get_absolute_url()
    for _step in range(3):
        with django_assert_num_queries(19):
            page = client.get(address).content.decode()
        seen.append(shown(page))
        link = re.search(r'href="([^"#]+)#comments"', page)
        address = html.unescape(link[1]) if link else ""
    assert seen == [list(range(70, 120)), list(range(20, 120)), list(range(120))]
    assert not address

    part = client.get(f"{post.get_absolute_url()}?from={remarks[5].code}", HTTP_HX_REQUEST="true")
    assert shown(part.content.decode()) == list(range(5, 120))
    assert "<h1" not in part.content.decode()
    assert f'id="{remarks[5].anchor}"' in client.get(remarks[5].get_absolute_url()).content.decode()
    assert shown(client.get(f"{post.get_absolute_url()}?from=nothing").content.decode())[0] == 70


def test_who_asked_is_led_to_whom_to_ask_while_nobody_has_answered(
    client_factory, member, neighbour
):
    post = actions.write_post("question", "Who counts?", "So.", by=viewer_for(member.person))
    words = "two sentences help"
    ask = reverse("agora:post_ask", args=[post.code])
    mine = client_factory(member.person).get(post.get_absolute_url()).content.decode()
    others = client_factory(neighbour.person).get(post.get_absolute_url()).content.decode()
    assert (words in mine, mine.count(ask)) == (False, 2)  # beside the thread, and in the middle
    assert (words in others, others.count(ask)) == (True, 0)


def test_an_answers_address_leads_to_the_page_where_it_stands(client, member, neighbour):
    post = ask(member)
    last = answers(post, neighbour.person, 70)[-1]
    client.force_login(member.person)

    leads = client.get(last.get_absolute_url()).url
    assert leads == f"{post.get_absolute_url()}?page=4#answer-{last.code}"
    assert f'id="answer-{last.code}"' in client.get(leads).content.decode()


def test_asked_seen_answered_and_accepted_on_the_pages(client_factory, member, neighbour):
    asker, peer = client_factory(member.person), client_factory(neighbour.person)
    post_page = asker.post(reverse("agora:post_new"), FORM).url
    assert "How do you count?" in peer.get(reverse("agora:post_list")).content.decode()

    said = peer.post(f"{post_page}answer/", {"body": "By **day**.", "candour": "person"}).url
    asker.post(f"{said}accept/")
    page = peer.get(post_page).content.decode()
    assert "By <strong>day</strong>." in page
    assert "This solved it" in page


def test_a_question_alex_could_not_answer_becomes_a_post(client, member):
    kept = keep_question(
        "Who has tried heated benches?", by=viewer_for(member.person), language="en"
    )
    client.force_login(member.person)

    client.post(reverse("agora:post_new"), {**FORM, "kept": kept.code})
    assert PeerQuestion.objects.get().asked_at is not None


def test_nothing_typed_is_lost(client, member):
    client.force_login(member.person)

    wrong = client.post(reverse("agora:post_new"), {**FORM, "title": "", "topics": ["x"]})
    assert wrong.status_code == 422
    assert "We can&#x27;t." in wrong.content.decode()
    again = client.get(reverse("agora:post_new"))
    assert again.context["form"]["body"].value() == "We can't."
    client.post(reverse("agora:post_new"), FORM)
    assert not Unsent.objects.exists()


def test_what_is_typed_is_saved_as_it_is_typed(client, member):
    client.force_login(member.person)
    saved = client.post(reverse("agora:unsent_keep"), {"place": "answer:x", "body": "Half a sen"})

    assert set(saved.json()) == {"saved"}
    assert Unsent.objects.get().content == {"body": "Half a sen"}


def test_what_a_signed_out_writer_sends_waits_for_her(client, member):
    post = ask(member)
    place = f"answer:{post.code}"
    sent = client.post(
        reverse("agora:answer_new", args=[post.code]),
        {
            "body": "Long words",
            "candour": "sealed",
            "place": place,
            "page": post.get_absolute_url(),
        },
    )
    assert sent.url.startswith(reverse("account_login"))
    client.force_login(member.person)  # the session goes on

    assert "Long words" in client.get(post.get_absolute_url()).content.decode()


def test_a_warning_names_the_words_and_a_second_press_goes_on(client, member):
    member.city.name = "Hafnerstad"
    member.city.save()
    client.force_login(member.person)
    told = {**FORM, "body": "In Hafnerstad we can't.", "candour": "sealed"}

    warned = client.post(reverse("agora:post_new"), told)
    assert warned.status_code == 422
    assert "“Hafnerstad” names your city." in warned.content.decode()
    draft = Post.objects.get()
    assert draft.is_draft
    despite = warned.context["form"]["despite"].value()
    client.post(reverse("agora:post_edit", args=[draft.code]), {**told, "despite": despite})
    assert Post.objects.get().state == "open"


def test_the_panel_tells_before_anything_is_published(client, member):
    member.city.name = "Hafnerstad"
    member.city.save()
    client.force_login(member.person)

    told = {
        **FORM,
        "body": "In Hafnerstad.",
        "candour": "described",
        "described_as": "a Korean port",
    }
    panel = client.post(reverse("agora:post_look"), told).content.decode()
    assert "“Hafnerstad” names your city." in panel
    assert "Too few partner cities fit." in panel
    assert not Post.objects.exists()


def test_hole_13_files_lose_their_metadata_and_tell_no_name(client, member, neighbour):
    exif = Image.Exif()
    exif[0x013B] = "Zzauthor"
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, format="JPEG", exif=exif)
    client.force_login(member.person)
    photo = SimpleUploadedFile("zzhafnerstad.jpg", out.getvalue(), "image/jpeg")

    client.post(reverse("agora:post_new"), {**FORM, "candour": "sealed", "files": photo})
    file = Attachment.objects.get()
    client.force_login(neighbour.person)
    answered = client.get(reverse("agora:file", args=[file.code]))
    assert b"Zzauthor" not in b"".join(answered.streaming_content)
    assert "zzhafnerstad" not in answered.headers["Content-Disposition"] + file.file.name


def test_a_file_that_can_not_be_cleaned_is_refused_and_the_words_are_kept(client, member):
    client.force_login(member.person)
    program = SimpleUploadedFile("x.exe", b"MZ", "application/octet-stream")

    refused = client.post(reverse("agora:post_new"), {**FORM, "files": program})
    assert refused.status_code == 422
    assert "Files of this kind are not taken" in refused.content.decode()
    assert Post.objects.get().body == "We can't."


def test_follow_and_mute_are_ones_own(client, member, neighbour):
    post = ask(member)
    client.force_login(neighbour.person)
    address = reverse("agora:post_follow", args=[post.code])
    for do, rows in (
        ("follow", [(False,)]),
        ("mute", [(True,)]),
        ("follow", [(False,)]),
        ("unfollow", []),
    ):
        client.post(address, {"do": do})
        hers = Subscription.objects.filter(person=neighbour.person)
        assert list(hers.values_list("is_muted")) == rows


def test_duplicates_are_merged_lead_on_and_come_apart_again(client, member, neighbour):
    one, other = ask(member, title="One"), ask(member, title="Other")
    said = actions.answer(one, "So.", by=viewer_for(neighbour.person))
    client.force_login(member.person)
    client.post(
        reverse("agora:post_merge", args=[one.code]),
        {"target": f"http://x{other.get_absolute_url()}"},
    )

    assert client.get(one.get_absolute_url()).url == other.get_absolute_url()
    assert Answer.objects.get(pk=said.pk).post == other
    assert client.get(said.get_absolute_url()).url.startswith(other.get_absolute_url())
    client.post(reverse("agora:post_merge", args=[one.code]), {"undo": "1"})
    assert Answer.objects.get(pk=said.pk).post == one
    assert client.get(one.get_absolute_url()).status_code == 200


def test_hole_1_a_merge_never_widens_who_reads(client, member):
    ours, all_ours = ask(member, audience="city"), ask(member, title="Open")
    client.force_login(member.person)

    refused = client.post(reverse("agora:post_merge", args=[ours.code]), {"target": all_ours.code})
    assert refused.status_code == 422
    assert "different readers" in refused.content.decode()


def test_one_city_says_once_what_helped(client_factory, member, neighbour):
    post = ask(member)
    address = reverse("agora:helped_new", args=[post.code])
    colleague = PersonFactory(city=neighbour.city)
    SeatFactory(partnership=neighbour.seat.partnership, person=colleague)
    client_factory(neighbour.person).post(address, {"body": "Half as many.", "is_named": "on"})

    again = client_factory(colleague).post(address, {"body": "No, a third.", "is_named": "on"})
    assert "Your city has said so already." in again.content.decode()
    assert (
        "Half as many."
        in client_factory(member.person).get(post.get_absolute_url()).content.decode()
    )


def test_an_answer_by_mail_is_named_as_its_writer_is_in_the_thread(member):
    post = ask(member, candour="sealed")
    door = answering.door_for("agora.post")

    path = door.answer(post, viewer_for(member.person), answering.Reply("More words.", "mail-1"))
    door.answer(post, viewer_for(member.person), answering.Reply("More words.", "mail-1"))
    said = Answer.objects.get()
    assert path == said.get_absolute_url()
    assert (said.candour, said.shown_city) == ("sealed", None)


@pytest.mark.parametrize("name", [ZALGO, HEBREW, "<b>Ann</b>", 'Ann" onmouseover="x'])
def test_hole_2_names_and_texts_stay_words(client, member, neighbour, name):
    member.person.name = name
    member.person.save()
    post = ask(
        member, candour="person", title=f"By {name}", body=f"[x](javascript:alert(1)) {name}"
    )
    client.force_login(neighbour.person)

    page = client.get(post.get_absolute_url()).content.decode()
    for hostile in ("<b>Ann</b>", 'href="javascript:', "\u202e"):
        assert hostile not in page
    assert not re.search(r"<[^>]*[\s\"]onmouseover=", page.replace(html.escape(name), ""))


def test_hole_12_a_post_of_two_megabytes_is_refused_in_a_sentence(client, member):
    client.force_login(member.person)
    refused = client.post(reverse("agora:post_new"), {**FORM, "body": "x" * 2_000_000})

    assert refused.status_code == 422
    assert "40000" in refused.content.decode()


def test_hole_12_ten_thousand_mentions_are_refused_and_the_words_are_kept(client, member):
    client.force_login(member.person)
    refused = client.post(reverse("agora:post_new"), {**FORM, "body": "@A1 " * 10_000})

    assert refused.status_code == 422
    assert "10000 people with @; 20 is the most" in refused.content.decode()
    assert Post.objects.get().is_draft


def test_programs_ask_with_three_words_and_are_refused_before_they_are_read(
    client, member, associate
):
    three = json.dumps({"kind": "question", "title": "T", "body": "B"})
    made = client.post(
        "/api/v1/posts", three, content_type="application/json",
        headers={"Authorization": f"Bearer {issue_token(member.person)}"},
    )  # fmt: skip
    assert (made.status_code, made.json()["state"], made.json()["city"]["code"]) == (
        201,
        "open",
        "aaa",
    )
    refused = client.post(
        "/api/v1/posts", "no json", content_type="application/json",
        headers={"Authorization": f"Bearer {issue_token(associate.person)}"},
    )  # fmt: skip
    assert refused.status_code == 403
    assert {"reason", "remedy"} <= set(refused.json())


def test_a_program_is_warned_and_may_go_on(client, member):
    member.city.name = "Hafnerstad"
    member.city.save()
    told = {"kind": "question", "title": "T", "body": "In Hafnerstad.", "candour": "sealed"}
    headers = {"Authorization": f"Bearer {issue_token(member.person)}"}

    def post(**more):
        return client.post(
            "/api/v1/posts",
            json.dumps({**told, **more}),
            content_type="application/json",
            headers=headers,
        )

    warned = post()
    assert (warned.status_code, warned.json()["traces"]) == (
        409,
        [{"what": "city", "words": "Hafnerstad"}],
    )
    assert post(despite=warned.json()["digest"]).status_code == 201

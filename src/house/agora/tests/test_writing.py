"""Asking, answering, accepting: the verbs, and what they refuse."""

import pytest

from house.agora import actions, limits
from house.agora.hiding import GivesAway, TooNarrow
from house.agora.models import Answer, Mention, Post, Revision
from house.ground.errors import Forbidden, Refused
from house.notices.models import Happening, Notice
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory, TopicFactory

pytestmark = pytest.mark.django_db


def ask(member, title="How do you count night lets?", body="We have no register.", **facts):
    return actions.write_post("question", title, body, by=viewer_for(member.person), **facts)


def test_asked_answered_accepted(member, neighbour):
    post = ask(member, topics=[TopicFactory(slug="housing").pk])
    said = actions.answer(post, "By **listing**.", by=viewer_for(neighbour.person))
    actions.accept_answer(said, by=viewer_for(member.person))

    post.refresh_from_db()
    assert (post.state, post.accepted, post.language, post.shown_city) == (
        "solved",
        said,
        "en",
        member.city,
    )
    assert said.html == "<p>By <strong>listing</strong>.</p>"
    assert set(Happening.objects.values_list("kind", "city", "thread")) == {
        ("agora.asked", "aaa", post.thread),
        ("agora.answered", "bbb", post.thread),
        ("agora.accepted", "bbb", post.thread),
    }
    assert set(Notice.objects.values_list("person", "happening__kind", "reason")) == {
        (member.person.pk, "agora.answered", "own"),
        (neighbour.person.pk, "agora.accepted", "helped"),
    }


def test_only_who_asked_accepts(member, neighbour):
    said = actions.answer(ask(member), "So.", by=viewer_for(neighbour.person))

    with pytest.raises(Forbidden, match="Only who asked"):
        actions.accept_answer(said, by=viewer_for(neighbour.person))


def test_associates_read_along_and_are_told_the_way(member, associate):
    post = ask(member)
    viewer = viewer_for(associate.person)

    assert list(Post.objects.visible_to(viewer)) == [post]
    with pytest.raises(Forbidden) as refused:
        actions.answer(post, "So.", by=viewer)
    assert "Associate partnership does not include this" in refused.value.message
    assert "Partner, Premium" in refused.value.remedy


def test_a_hidden_author_leaves_neither_city_nor_hour(member):
    post = ask(member, candour="sealed")

    assert (post.shown_city, post.city, post.published_at.hour, post.published_at.minute) == (
        None, member.city, 0, 0,
    )  # fmt: skip
    assert Happening.objects.get().city is None
    assert post.credit().city == "A city of the alliance"


def test_a_text_that_names_its_city_is_warned_of(member):
    member.city.name = "Hafnerstad"
    member.city.save()

    with pytest.raises(GivesAway) as warned:
        ask(member, body="In hafnerstads centre we …", candour="sealed")
    assert [(t.what, t.words) for t in warned.value.traces] == [("city", "hafnerstads")]
    assert Post.objects.count() == 0

    post = ask(
        member, body="In hafnerstads centre we …", candour="sealed", despite=warned.value.digest
    )
    assert post.state == "open"


def test_a_description_of_too_few_cities_is_refused_with_a_wider_one(member, neighbour, associate):
    with pytest.raises(TooNarrow) as refused:
        ask(member, candour="described", described_as="a Korean harbour city")

    assert refused.value.offered.startswith("A ")
    post = ask(member, candour="described", described_as=refused.value.offered)
    assert post.credit().city == refused.value.offered


def test_crowds_are_not_mentioned(member):
    with pytest.raises(Refused, match="10000 people with @"):
        ask(member, body="@Ada " * 10_000 if limits.BODY > 50_000 else "@A1 " * 10_000)
    assert Mention.objects.count() == 0


def test_who_is_named_is_told_once(member, neighbour):
    neighbour.person.name = "Ada Lovelace"
    neighbour.person.save()
    post = ask(
        member, body="What do you say, @Ada Lovelace? And @Ada Lovelace again, @Nobody Known."
    )

    assert list(Mention.objects.values_list("person", flat=True)) == [neighbour.person.pk]
    assert Notice.objects.get().is_direct
    actions.edit_post(post, post.title, post.body + " Please.", by=viewer_for(member.person))
    assert Notice.objects.count() == 1


def test_an_unlisted_colleague_is_not_named_by_who_hides(member):
    colleague = PersonFactory(name="Bo Ek", city=member.city, is_listed=False)
    SeatFactory(partnership=member.seat.partnership, person=colleague)
    body = "Ask @Bo Ek about it."

    with pytest.raises(GivesAway) as warned:
        ask(member, body=body, candour="sealed")
    ask(member, body=body, candour="sealed", despite=warned.value.digest)
    assert Mention.objects.count() == 0
    ask(member, body=body)
    assert Mention.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "body", "said"),
    [
        ("", "x", "no title"),
        ("x", " \n ", "no text"),
        ("x" * 201, "x", "201 characters; 200"),
        ("x", "x" * 2_000_000, "2000000 characters; 40000"),
    ],
)
def test_what_can_not_be_published_says_why(member, title, body, said):
    with pytest.raises(Refused, match=said):
        ask(member, title=title, body=body)


def test_headers_and_markup_stay_words(member):
    post = ask(
        member,
        title="A\r\nBcc: all@example.org",
        body="<script>alert(1)</script> <b>so</b> ![x](http://x)",
    )

    assert post.title == "A Bcc: all@example.org"
    assert "<script" not in post.html
    assert "<img" not in post.html


def test_an_answer_sent_twice_is_said_once(member, neighbour):
    post, viewer = ask(member), viewer_for(neighbour.person)

    assert actions.answer(post, "So.", by=viewer, key="m1") == actions.answer(
        post, "So.", by=viewer, key="m1"
    )
    assert Answer.objects.count() == 1


def test_history_keeps_the_earlier_wording(member):
    post = ask(member)
    actions.edit_post(post, post.title, "We have one now.", by=viewer_for(member.person))

    assert list(Revision.objects.values_list("number", "body")) == [(1, "We have no register.")]


def test_history_is_closed_once_the_author_hides(member, neighbour):
    post, viewer = ask(member, body="In our harbour."), viewer_for(neighbour.person)
    actions.edit_post(post, post.title, "In the harbour.", by=viewer_for(member.person))
    assert Revision.objects.visible_to(viewer).count() == 1

    actions.edit_post(post, post.title, post.body, by=viewer_for(member.person), candour="sealed")

    assert Revision.objects.visible_to(viewer).count() == 0
    assert Revision.objects.visible_to(viewer_for(member.person)).count() == 1
    post.refresh_from_db()
    assert Happening.objects.get().city is None
    assert (post.published_at.hour, post.edited_at.hour) == (0, 0)

"""Reports, decisions by one moderator, appeals judged by another; and who learns of whom by them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from house.access.models import JournalRow
from house.agora import actions
from house.agora.models import Answer, Case, Post, Report
from house.ground.errors import Forbidden, Refused
from house.notices.models import Notice
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(member):
    viewer = viewer_for(member.person)
    return actions.write_post(
        "struggle", "The zzcase", "It went wrong.", by=viewer, candour="sealed"
    )


def reported(thing, by):
    return actions.report(thing, by=viewer_for(by.person), why="names", text="zzwords").case


def decided(case, curator, *, hide=True):
    return actions.decide(case, by=viewer_for(curator), hide=hide, reason="It names a person.")


def test_hidden_appealed_and_put_back_by_another(sealed, member, neighbour, curator, office):
    case = decided(reported(sealed, neighbour), curator)
    assert list(Post.objects.visible_to(viewer_for(neighbour.person))) == []
    assert list(Post.objects.visible_to(viewer_for(member.person))) == [sealed]

    actions.appeal(case, by=viewer_for(member.person), text="It is my own name.")
    with pytest.raises(Forbidden, match="You took it out of sight yourself"):
        actions.settle(case, by=viewer_for(curator), restore=False, reason="No.")
    actions.settle(case, by=viewer_for(office), restore=True, reason="She may name herself.")

    case.refresh_from_db()
    assert case.state == "restored"
    assert list(Post.objects.visible_to(viewer_for(neighbour.person))) == [sealed]
    assert set(Notice.objects.filter(happening__kind="agora.moderated").values_list("person")) == {
        (member.person.pk,)
    }


def test_hole_17_the_database_refuses_an_appeal_judged_by_who_decided(sealed, neighbour, curator):
    case = decided(reported(sealed, neighbour), curator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(settled_by=curator)


def test_nobody_decides_about_her_own_words(neighbour):
    curator = PersonFactory(is_curator=True)
    post = actions.write_post("question", "Mine", "So.", by=viewer_for(curator), candour="person")
    case = reported(post, neighbour)

    with pytest.raises(Forbidden, match="your own words"):
        decided(case, curator)


def test_hole_17_neither_author_nor_reporter_is_named_to_a_moderator(
    client, sealed, member, neighbour, curator
):
    case = reported(sealed, neighbour)
    client.force_login(curator)

    page = client.get(reverse("agora:case", args=[case.code])).content.decode()
    queue = client.get(reverse("agora:moderation")).content.decode()
    assert "zzwords" in page
    assert "The zzcase" in queue
    for hidden in (
        member.person.name,
        member.city.name,
        neighbour.person.name,
        neighbour.city.name,
    ):
        assert hidden not in page + queue


def test_the_journal_tells_neither_reporter_nor_hidden_author(sealed, member, neighbour, curator):
    case = decided(reported(sealed, neighbour), curator)
    actions.appeal(case, by=viewer_for(member.person), text="No.")

    told = {row.act: row.person_id for row in JournalRow.objects.filter(act__startswith="agora.")}
    assert told == {
        "agora.publish": None, "agora.report": None, "agora.decide": curator.pk, "agora.appeal": None,
    }  # fmt: skip


def test_one_case_however_many_report(sealed, neighbour, associate):
    assert reported(sealed, neighbour) == reported(sealed, associate) == reported(sealed, neighbour)
    assert Report.objects.count() == 2


def test_its_author_hears_nothing_until_it_is_decided(client, sealed, member, neighbour):
    case = reported(sealed, neighbour)
    client.force_login(member.person)

    assert client.get(reverse("agora:case", args=[case.code])).status_code == 404
    assert "zzwords" not in client.get(sealed.get_absolute_url()).content.decode()


def test_another_citys_own_thread_opens_to_moderators_while_it_is_reported(member, curator):
    viewer = viewer_for(member.person)
    post = actions.write_post("question", "Ours", "So.", by=viewer, audience="city")
    assert list(Post.objects.visible_to(viewer_for(curator))) == []
    colleague = PersonFactory(city=member.city)
    from tests.factories import SeatFactory

    SeatFactory(partnership=member.seat.partnership, person=colleague)
    case = actions.report(post, by=viewer_for(colleague), why="other").case
    assert list(Post.objects.visible_to(viewer_for(curator))) == [post]

    decided(case, curator, hide=False)
    assert list(Post.objects.visible_to(viewer_for(curator))) == []


def test_a_hidden_answer_goes_with_its_comments_and_counts_no_more(
    client, member, neighbour, curator
):
    post = actions.write_post("question", "Mine", "So.", by=viewer_for(member.person))
    said = actions.answer(post, "zzanswer", by=viewer_for(neighbour.person))
    actions.comment(post, "zzcomment", by=viewer_for(neighbour.person), answer=said)
    decided(reported(said, member), curator)
    client.force_login(member.person)

    page = client.get(post.get_absolute_url()).content.decode()
    assert "zzanswer" not in page
    assert "zzcomment" not in page
    assert Post.objects.with_counts().get().answer_count == 0
    with pytest.raises(Refused):
        actions.accept_answer(Answer.objects.get(), by=viewer_for(member.person))


@pytest.mark.parametrize("what", ["post", "answer", "comment"])
def test_from_what_is_out_of_sight_its_author_finds_why_and_nobody_else_does(
    client_factory, member, neighbour, curator, what
):
    by = viewer_for(neighbour.person)
    post = actions.write_post("question", "Hers", "So.", by=by)
    said = actions.answer(post, "zzanswer", by=by)
    remark = actions.comment(post, "zzcomment", by=by)
    actions.comment(post, "zzmine", by=viewer_for(member.person))
    thing = {"post": post, "answer": said, "comment": remark}[what]
    case = decided(reported(thing, member), curator)
    link = f'href="{reverse("agora:case", args=[case.code])}"'

    assert link in client_factory(neighbour.person).get(post.get_absolute_url()).content.decode()
    assert link not in client_factory(member.person).get(post.get_absolute_url()).content.decode()


def test_a_moderator_decides_on_the_page(client, sealed, neighbour, curator):
    case = reported(sealed, neighbour)
    client.force_login(curator)
    address = reverse("agora:case", args=[case.code])

    assert client.post(address, {"do": "hide"}).status_code == 422
    client.post(address, {"do": "hide", "reason": "Names a person."})
    case.refresh_from_db()
    assert (case.state, case.decided_by) == ("hidden", curator)

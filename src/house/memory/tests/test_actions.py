import pytest

from house.access.models import JournalRow
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Forbidden, Refused
from house.memory.actions import keep_question
from house.memory.models import PeerQuestion
from house.partners.viewing import viewer_for

QUESTION = "Who has moved a weekly market to the evening?"


def test_a_member_keeps_a_question_for_her_peers(member):
    by = viewer_for(member.person)

    kept = keep_question(
        f" {QUESTION}\n", by=by, language="nl", nearest=[("entry", 7), ("entry", 3)]
    )

    kept.refresh_from_db()
    assert (kept.asker, kept.city, kept.question, kept.language) == (
        member.person,
        member.city,
        QUESTION,
        "nl",
    )
    assert kept.nearest == [{"kind": "entry", "pk": 7}, {"kind": "entry", "pk": 3}]
    assert kept.asked_at is None
    assert list(JournalRow.objects.values_list("act", "object_id")) == [
        ("keep question", str(kept.pk))
    ]


def test_keeping_it_twice_keeps_one(member, neighbour):
    by = viewer_for(member.person)

    first = keep_question(QUESTION, by=by, language="en")
    again = keep_question(QUESTION.upper().replace(" ", "  "), by=by, language="nl")
    other = keep_question(QUESTION, by=viewer_for(neighbour.person), language="en")

    assert again == first
    assert other != first
    assert PeerQuestion.objects.count() == 2
    assert JournalRow.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("by", [VISITOR, Viewer(person_id=1)], ids=["visitor", "person of no city"])
def test_others_are_told_how_they_could(by):
    with pytest.raises(Forbidden) as refusal:
        keep_question(QUESTION, by=by, language="en")

    assert refusal.value.remedy
    assert not PeerQuestion.objects.exists()


def test_nothing_is_not_kept_and_too_much_is_cut(member):
    by = viewer_for(member.person)

    with pytest.raises(Refused):
        keep_question(" \n\x00", by=by, language="en")
    kept = keep_question("why " * 1000, by=by, language="xx")

    assert (len(kept.question), kept.language) == (2000, "en")


def test_its_asker_and_the_office_see_it_and_nobody_else(member, neighbour, curator, office):
    kept = keep_question(QUESTION, by=viewer_for(member.person), language="en")
    keep_question("Another?", by=viewer_for(neighbour.person), language="en")

    def seen(viewer):
        return {one.question for one in PeerQuestion.objects.visible_to(viewer)}

    assert seen(viewer_for(member.person)) == {QUESTION}
    assert seen(viewer_for(neighbour.person)) == {"Another?"}
    assert seen(viewer_for(office)) == {QUESTION, "Another?"}
    assert seen(viewer_for(curator)) == set()
    assert seen(VISITOR) == set()
    assert kept.city_id == "aaa"

import pytest
from django.utils import timezone

from house.access.viewer import Viewer
from house.notices import fanning, following, gathering, happenings, rhythms
from house.notices.models import Choice, Due, Happening, Notice, Pace, Reason, Rhythm, Subscription
from house.retrieval import sources
from house.vocabulary.models import Topic
from tests.factories import CityFactory, PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def happened(room):
    """Tell of something with all that can be followed."""

    def tell(number=1, **facts):
        thing = room.things.get(number) or room.make(f"thing-{number}", number)
        facts = {
            "key": f"k{number}", "topics": ["bikes"], "city": CityFactory(code="gnt").pk,
            "thread": "toy.post:abc", **facts,
        }  # fmt: skip
        return happenings.tell("toy.asked", thing, **facts)

    return tell


def told():
    return {
        notice.person_id: (notice.reason, notice.due) for notice in Notice.objects.order_by("pk")
    }


def go():
    rhythms.keep_up()
    return fanning.fan_out()


def test_each_sort_of_following_tells(happened):
    persons = {
        target: PersonFactory()
        for target in ("thread:toy.post:abc", "topic:bikes", "city:gnt", "kind:toy.asked")
    }
    for target, person in persons.items():
        happenings.follow(person.pk, target)
    happenings.follow(PersonFactory().pk, "topic:trams")
    happened()
    assert go() == 1
    assert told() == {
        person.pk: (target.partition(":")[0], Due.DIGEST) for target, person in persons.items()
    }


def test_each_person_is_told_once_for_the_strongest_reason(happened):
    her, him = PersonFactory(), PersonFactory()
    for target in ("kind:toy.asked", "city:gnt", "topic:bikes"):
        happenings.follow(her.pk, target)
        happenings.follow(him.pk, target)
    happened(to={him.pk: Reason.NAMED})
    go()
    assert go() == 0
    assert {pk: reason for pk, (reason, _due) in told().items()} == {
        her.pk: "topic", him.pk: "named",
    }  # fmt: skip


def test_nobody_is_told_of_her_own_acts(happened):
    her = PersonFactory()
    happenings.follow(her.pk, "topic:bikes")
    happened(by=Viewer(person_id=her.pk), to={her.pk: Reason.OWN})
    go()
    assert told() == {}


@pytest.mark.parametrize(
    ("followed", "muted", "is_told"),
    [
        ("topic:bikes", "kind:toy.asked", False),
        ("topic:bikes", "thread:toy.post:abc", False),
        ("kind:toy.asked", "city:gnt", False),
        ("thread:toy.post:abc", "topic:bikes", True),  # the thread she chose herself
        ("topic:bikes", "topic:trams", True),
    ],
)
def test_mutes_win(happened, followed, muted, is_told):
    her = PersonFactory()
    happenings.follow(her.pk, followed)
    Subscription.objects.create(person=her, target=muted, is_muted=True)
    happened()
    go()
    assert bool(told()) == is_told


def test_who_muted_a_thread_is_told_of_it_only_when_she_herself_is_asked(happened):
    her, him = PersonFactory(), PersonFactory()
    for person in (her, him):
        Subscription.objects.create(person=person, target="thread:toy.post:abc", is_muted=True)
    happened(to={her.pk: Reason.NAMED})
    happened(2, to={him.pk: Reason.INVITED}, is_direct=True)
    go()
    assert told() == {him.pk: ("invited", Due.AT_ONCE)}


def test_what_the_house_does_by_itself_lifts_no_mute(happened):
    her = PersonFactory()
    Subscription.objects.create(person=her, target="thread:toy.post:abc", is_muted=True)
    happenings.follow(her.pk, "thread:toy.post:abc")
    happened()
    go()
    assert told() == {}


@pytest.mark.parametrize(
    ("pace", "how", "is_direct", "due"),
    [
        (Pace.DAILY, "", False, Due.DIGEST),
        (Pace.WEEKLY, "", False, Due.DIGEST),
        (Pace.AT_ONCE, "", False, Due.AT_ONCE),
        (Pace.NONE, "", False, Due.NOTHING),
        (Pace.WEEKLY, "", True, Due.AT_ONCE),
        (Pace.NONE, "", True, Due.AT_ONCE),
        (Pace.AT_ONCE, "digest", True, Due.DIGEST),
        (Pace.AT_ONCE, "inbox", False, Due.NOTHING),
        (Pace.WEEKLY, "at_once", False, Due.AT_ONCE),
        (Pace.AT_ONCE, "off", True, None),
    ],
)
def test_what_a_notice_waits_for(happened, pace, how, is_direct, due):
    her = PersonFactory()
    rhythms.keep_up()
    Rhythm.objects.update(pace=pace)
    if how:
        Choice.objects.create(person=her, kind="toy.asked", how=how)
    happened(to={her.pk: Reason.OWN}, is_direct=is_direct)
    go()
    assert told() == ({} if due is None else {her.pk: ("own", due)})


def test_suspended_persons_are_told_nothing(happened):
    her = PersonFactory(is_active=False)
    happenings.follow(her.pk, "topic:bikes")
    happened()
    go()
    assert told() == {}


@pytest.mark.parametrize("persons", [1, 40])
def test_fanning_out_asks_the_same_number_of_queries_for_one_and_for_many(
    happened, django_assert_num_queries, persons
):
    for _person in range(persons):
        happenings.follow(PersonFactory().pk, "topic:bikes")
    rhythms.keep_up()
    happened()
    with django_assert_num_queries(14):
        fanning.fan_out()
    assert Notice.objects.count() == persons


def test_new_persons_begin_with_their_topics_and_what_everybody_follows(room, monkeypatch):
    import dataclasses

    asked = dataclasses.replace(happenings.kind_of("toy.asked"), is_followed_by_all=True)
    happenings.register(asked)
    her = PersonFactory(time_zone="Asia/Seoul")
    her.topics.add(TopicFactory(slug="bikes"))
    rhythms.keep_up()
    rhythms.keep_up()
    rhythm = Rhythm.objects.get()
    assert (rhythm.pace, rhythm.zone) == (Pace.DAILY, "Asia/Seoul")
    assert rhythm.next_digest_at > timezone.now()
    assert set(Subscription.objects.values_list("target", flat=True)) == {
        "topic:bikes", "kind:toy.asked",
    }  # fmt: skip


# -- Mails at once -----------------------------------------------------------------------------------


def test_too_many_mails_within_an_hour_go_to_the_digest(happened, monkeypatch):
    her = PersonFactory()
    rhythms.keep_up()
    Rhythm.objects.update(pace=Pace.AT_ONCE, quiet_from=None, quiet_until=None)
    for number in range(gathering.MOST + 5):
        happened(number, thread=f"toy.post:{number}", to={her.pk: Reason.OWN})
    go()
    assert gathering.gather() == gathering.MOST
    folded = Notice.objects.filter(due=Due.DIGEST)
    assert folded.count() == 5
    assert set(folded.values_list("is_folded", flat=True)) == {True}
    assert gathering.gather() == 0


def test_notices_of_one_thread_are_one_mail(happened):
    her = PersonFactory()
    rhythms.keep_up()
    Rhythm.objects.update(pace=Pace.AT_ONCE, quiet_from=None, quiet_until=None)
    for number in range(3):
        happened(number, to={her.pk: Reason.OWN})
    go()
    assert gathering.gather() == 1
    assert Notice.objects.exclude(letter=None).count() == 3


def test_following_by_ones_own_act_lifts_a_mute():
    her = PersonFactory()
    viewer = Viewer(person_id=her.pk)
    following.mute("thread:toy.post:abc", by=viewer)
    assert following.state_of("thread:toy.post:abc", viewer) == "muted"
    following.follow("thread:toy.post:abc", by=viewer)
    assert following.state_of("thread:toy.post:abc", viewer) == "followed"
    following.unfollow("thread:toy.post:abc", by=viewer)
    assert following.state_of("thread:toy.post:abc", viewer) == ""


@pytest.mark.parametrize(
    "target",
    [
        "",
        "thread:",
        "thread:a b",
        "topic:none",
        "city:none",
        "kind:none",
        "search:x",
        "x:y",
        "search:" + "w" * 151,
    ],
)
def test_what_nobody_can_follow_is_refused(target):
    with pytest.raises(following.NotFollowed):
        following.follow(target, by=Viewer(person_id=PersonFactory().pk))
    assert not Subscription.objects.exists()


def test_an_unknown_kind_is_no_happening(room):
    with pytest.raises(LookupError):
        happenings.tell("toy.nothing", room.make("x", 1), key="x")
    assert not Happening.objects.exists()


def test_a_thing_that_can_not_be_read_keeps_nobody_elses_news_back(happened, member, monkeypatch):
    """What it says can't be held against saved searches; who follows it, or anything later, is told."""

    def broken(things):
        raise RuntimeError(f"{things} can't be read")

    source = sources.Source("toy", Topic, document=broken, documents=broken)
    monkeypatch.setitem(sources._sources, "toy", source)
    happenings.follow(member.person.pk, "search:bike sharing")
    her = PersonFactory()
    happenings.follow(her.pk, "topic:bikes")
    happened(1)
    happened(2)
    assert go() == 2
    assert Notice.objects.filter(person=her).count() == 2

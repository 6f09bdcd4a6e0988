"""Tasks, meetings, reminders, and how a group ends."""

import datetime

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from house.ground.errors import Forbidden, Refused
from house.groups import actions, duties, hours, queries
from house.groups.calendar import _answered, _meetings, _tasks
from house.groups.emails import cancelled_letter, meeting_letter
from house.groups.merging import merged, paragraphs_of
from house.groups.models import Meeting, MeetingAnswer, Member, PageVersion, Task
from house.groups.offering import offered_of, written_by
from house.groups.tests.made import DAY, date, make
from house.memory.models import Consent, Offer
from house.notices.calendars import Scope
from house.notices.models import Letter, Notice
from house.partners.viewing import viewer_for
from house.people.erasure import erase
from house.retrieval import outbox
from house.retrieval.search import search
from tests.factories import CityFactory

paragraphs = st.lists(
    st.sampled_from(["<p>a</p>", "<p>b</p>", "<ul><li>c</li></ul>", "<p>d<br>e</p>"]), max_size=6
)


def member_of(group, person):
    return Member.objects.get(group=group, person=person.person)


# -- Texts -----------------------------------------------------------------------------------------


@given(parts=paragraphs)
def test_paragraphs_are_the_text_to_the_letter(parts):
    assert paragraphs_of("".join(parts)) == parts


@given(base=paragraphs, ours=paragraphs)
def test_who_writes_alone_gets_her_text(base, ours):
    base, ours = "".join(base), "".join(ours)
    assert merged(base, ours, base) == ours
    assert merged(base, base, ours) == ours


@given(base=paragraphs, ours=paragraphs, theirs=paragraphs)
def test_two_texts_meet_the_same_way_whoever_came_first(base, ours, theirs):
    one, other = "".join(ours), "".join(theirs)
    assert merged("".join(base), one, other) == merged("".join(base), other, one)


@given(before=paragraphs, after=paragraphs, ours=paragraphs, theirs=paragraphs)
def test_far_apart_changes_are_both_kept(before, after, ours, theirs):
    middle = ["<p>one</p>", "<p>two</p>", "<p>three</p>"]
    base = [*before, *middle, *after]
    first, last = [*ours, *middle, *after], [*before, *middle, *theirs]
    both = merged("".join(base), "".join(first), "".join(last))
    assert both is None or both == "".join([*ours, *middle, *theirs])


def test_the_same_place_is_a_persons_to_decide():
    assert merged("<p>a</p>", "<p>b</p>", "<p>c</p>") is None
    assert merged("", "<p>b</p>", "<p>c</p>") is None


# -- Tasks and reminders ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_owner_is_told_of_her_task_and_before_and_after_its_day(member, neighbour):
    group = make(member, neighbour)
    by, today = viewer_for(member.person), timezone.now().date()
    actions.add_task(
        group, by=by, title="Ask", owner=member_of(group, neighbour), due_on=today + 2 * DAY
    )
    for _twice in range(2):
        duties.remind_of_tasks(today)
        duties.remind_of_tasks(today + 3 * DAY)

    kinds = Notice.objects.filter(person=neighbour.person).values_list("happening__kind", flat=True)
    assert sorted(kinds).count("groups.task") == 1
    assert sorted(kinds).count("groups.task_due") == 2
    other = make(neighbour)
    with pytest.raises(Refused, match="Only members"):
        actions.add_task(group, by=by, title="Ask", owner=member_of(other, neighbour))


@pytest.mark.django_db
def test_the_end_of_a_term_is_told_in_time_and_once(member, neighbour):
    group = make(member, neighbour)
    leads, all_of_them = (
        Notice.objects.filter(person=each.person, happening__kind="groups.term")
        for each in (member, neighbour)
    )
    for days, lead, other in (
        (31, 0, 0),
        (30, 1, 0),
        (29, 1, 0),
        (7, 2, 1),
        (6, 2, 1),
        (0, 3, 2),
        (-29, 3, 2),
        (-30, 4, 2),
        (-90, 4, 2),
    ):
        duties.remind_of_terms(group.ends_on - days * DAY)
        assert (leads.count(), all_of_them.count()) == (lead, other), days


@pytest.mark.django_db
def test_tasks_and_meetings_stand_in_ones_own_calendar_only(member, neighbour, associate):
    group = make(member, neighbour)
    by, today = viewer_for(member.person), timezone.now().date()
    actions.add_task(
        group, by=by, title="Ask", owner=member_of(group, neighbour), due_on=today + DAY
    )
    actions.plan_meeting(group, date(), by=by)
    actions.set_readers(group, [associate.city], by=by)

    def titles(person, sort="mine"):
        now, viewer = timezone.now(), viewer_for(person.person)
        found = [
            *_meetings(viewer, Scope(sort, "bbb"), now, now + 9 * DAY),
            *_tasks(viewer, Scope(sort, "bbb"), now, now + 9 * DAY),
        ]
        return [event.title for event in found]

    assert titles(neighbour) == ["Third round", "Due: Ask"]
    assert titles(member) == ["Third round"]
    assert titles(associate) == []
    assert titles(neighbour, "city") == []


# -- Meetings --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_invitation_says_her_hours_and_never_the_link(member, neighbour):
    group = make(member, neighbour, name="Zz\r\nBcc: x@example.org")
    neighbour.person.time_zone = "Asia/Seoul"
    neighbour.person.save()
    starts_at = datetime.datetime(2027, 3, 2, 9, tzinfo=datetime.UTC)
    meeting = actions.plan_meeting(
        group,
        date(starts_at=starts_at, join_url="https://meet.example/secret"),
        by=viewer_for(member.person),
    )
    message = meeting_letter(meeting, neighbour.person, viewer_for(neighbour.person))
    message.send()

    sent = mail.outbox[-1]
    whole = sent.message().as_string()
    assert "18:00" in sent.body
    assert "10:00" in sent.body
    assert "secret" not in whole + sent.body
    assert "BEGIN:VCALENDAR" in str(sent.alternatives)
    assert "bcc" not in {name.lower() for name in dict(sent.message())}


@pytest.mark.django_db
def test_an_invitation_says_an_hour_once_where_both_clocks_agree(member, neighbour):
    neighbour.person.time_zone = "Europe/Stockholm"
    neighbour.person.save()
    meeting = actions.plan_meeting(
        make(member, neighbour),
        date(starts_at=datetime.datetime(2027, 3, 2, 9, tzinfo=datetime.UTC)),
        by=viewer_for(member.person),
    )
    message = meeting_letter(meeting, neighbour.person, viewer_for(neighbour.person))
    assert message.body.count("10:00") == 1
    assert message.alternatives[0].content.count("10:00") == 1


@pytest.mark.django_db
def test_a_moved_meeting_invites_anew_and_a_cancelled_one_takes_itself_back(member, neighbour):
    group, by = make(member, neighbour), viewer_for(member.person)
    meeting = actions.plan_meeting(group, date(join_url="https://meet.example/a"), by=by)
    actions.change_meeting(meeting, date(agenda="More"), by=by)
    assert (meeting.sequence, meeting.join_url) == (0, "https://meet.example/a")
    actions.change_meeting(meeting, date(starts_at=meeting.starts_at + DAY), by=by)
    assert meeting.sequence == 1
    mails = Letter.objects.filter(person=neighbour.person, kind="groups.meeting")
    assert mails.count() == 2

    actions.cancel_meeting(meeting, by=by)
    actions.cancel_meeting(meeting, by=by)
    hers = viewer_for(neighbour.person)
    assert meeting_letter(meeting, neighbour.person, hers) is None
    assert "CANCEL" in str(cancelled_letter(meeting, neighbour.person, hers).alternatives)
    with pytest.raises(Refused, match="called off"):
        actions.change_meeting(meeting, date(), by=by)


@pytest.mark.django_db
def test_who_has_left_gets_the_cancellation_and_nothing_else(member, neighbour):
    group = make(member, neighbour)
    meeting = actions.plan_meeting(group, date(), by=viewer_for(member.person))
    hers = viewer_for(neighbour.person)
    assert cancelled_letter(meeting, neighbour.person, hers) is None
    actions.leave_group(group, by=hers)
    assert meeting_letter(meeting, neighbour.person, hers) is None
    assert (
        "no longer in the working group" in cancelled_letter(meeting, neighbour.person, hers).body
    )


@pytest.mark.django_db
def test_an_answer_from_a_calendar_counts_and_an_older_one_does_not(member, neighbour):
    meeting = actions.plan_meeting(make(member, neighbour), date(), by=viewer_for(member.person))
    now, pk = timezone.now(), neighbour.person.pk
    assert _answered(meeting.code, pk, "ACCEPTED", 0, now) == "accepted"
    assert _answered(meeting.code, pk, "DECLINED", 0, now - DAY) == "older"
    assert MeetingAnswer.objects.get().answer == "accepted"
    assert _answered("nothing", pk, "ACCEPTED", 0, now) == "unknown"
    stranger = make(neighbour, is_hidden=True)
    other = actions.plan_meeting(stranger, date(), by=viewer_for(neighbour.person))
    assert _answered(other.code, member.person.pk, "ACCEPTED", 0, now) == "unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"starts_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, "passed"),
        ({"zone": "Mars/Olympus"}, "no time zone"),
        ({"minutes_long": 0}, "between"),
        ({"join_url": "javascript:alert(1)"}, "web address"),
        ({"title": ""}, "missing"),
    ],
)
def test_a_meeting_that_makes_no_sense_is_refused_with_the_reason(member, facts, word):
    with pytest.raises(Refused, match=word):
        actions.plan_meeting(make(member), date(**facts), by=viewer_for(member.person))
    assert not Meeting.objects.exists()


@pytest.mark.django_db
def test_fair_hours_spare_whoever_bore_the_last_nights():
    west = CityFactory(code="w", time_zone="America/New_York")
    east = CityFactory(code="e", time_zone="Asia/Seoul")
    now = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
    found = hours.proposals([west, east], {"w": 0, "e": 0}, now=now)
    assert len(found) == 3
    assert all(hour.mark in {"edge", "office"} for each in found for hour in each.hours)

    tired = hours.proposals([west, east], {"w": 0, "e": 9}, now=now)
    easier = [hour.strain for each in tired for hour in each.hours if hour.city == east]
    assert easier == [0, 0, 0]


# -- The end ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_result_is_told_to_all_and_offered_to_alex_with_everybodys_consent(member, neighbour):
    group = make(member, neighbour)
    by, hers = viewer_for(member.person), viewer_for(neighbour.person)
    actions.save_page(group, "<p>We asked owners.</p>", by=by, based_on=0)
    actions.save_page(group, "<p>We asked owners.</p><p>They said yes.</p>", by=hers, based_on=1)
    assert written_by(group) == [
        ("We asked owners.", member.person.pk),
        ("They said yes.", neighbour.person.pk),
    ]
    with pytest.raises(Forbidden):
        actions.end_group(group, by=hers, result_kind="policy", result="A text", outcome="worked")
    actions.plan_meeting(group, date(), by=by)
    actions.end_group(group, by=by, result_kind="policy", result="A model text.", outcome="worked")

    assert Meeting.objects.get().is_cancelled
    offer = Offer.objects.get()
    assert (offer.template, offer.state) == ("policy", "asking")
    assert Consent.objects.get(person=neighbour.person).answer == ""
    assert (
        Notice.objects.filter(person=neighbour.person, happening__kind="groups.over").count() == 1
    )
    for act in (actions.save_page,):
        with pytest.raises(Forbidden, match="ended"):
            act(group, "<p>More</p>", by=by, based_on=2)


@pytest.mark.django_db
def test_a_group_without_a_result_says_what_it_learned_and_that_is_offered_too(member, neighbour):
    group, by = make(member, neighbour), viewer_for(member.person)
    actions.save_page(group, "<p>We asked owners.</p>", by=viewer_for(neighbour.person), based_on=0)
    for learned, outcome, word in (
        ("", "failed", "missing"),
        ("No luck", "failed", "too short"),
        ("x" * 50, "worked", "failed, or"),
    ):
        with pytest.raises(Refused, match=word):
            actions.close_group(group, by=by, learned=learned, outcome=outcome)
    learned = "Owners answer once a rule is announced; asking nicely in spring got us nowhere."
    actions.close_group(group, by=by, learned=learned, outcome="too_early")

    told = offered_of(group)
    assert told.template == "case_study"
    assert told.content["outcome"] == "too_early"
    fields = {span.field for span in told.spans}
    assert {"challenge", "approach", "outcome_story", "outcome_why"} <= fields
    assert Offer.objects.get().content["outcome"] == "too_early"


@pytest.mark.django_db
def test_the_office_closes_what_nobody_leads_any_more(member, office):
    group = make(member, is_hidden=True)
    by, learned = viewer_for(office), "Its last member left for another job; nobody took it over."
    with pytest.raises(Forbidden):
        actions.close_group(group, by=by, learned=learned, outcome="failed")
    Member.objects.update(left_at=timezone.now(), left_why="seat", is_lead=False)
    actions.close_group(group, by=by, learned=learned, outcome="failed")
    assert group.state == "closed"
    assert Offer.objects.get().content["audience"] == "circle"


# -- Files, search, erasure ------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_is_kept_once_and_goes_with_its_bytes(member, django_capture_on_commit_callbacks):
    group, by = make(member), viewer_for(member.person)
    with pytest.raises(Refused, match="empty"):
        actions.add_file(group, SimpleUploadedFile("a.txt", b""), by=by)
    names = ("../../etc/passwd.txt", "b.txt")
    one, two = (actions.add_file(group, SimpleUploadedFile(name, b"x"), by=by) for name in names)
    assert one == two
    assert one.name == "passwd.txt"
    storage, name = one.file.storage, one.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(one, by=by)
    assert not storage.exists(name)


@pytest.mark.django_db
def test_search_finds_for_each_ring_what_it_may_read(member, neighbour, associate, settings):
    settings.EMBEDDINGS_URL = "none"
    group = make(member, neighbour, name="Heat", aim="A harbour treaty.")
    hidden = make(member, is_hidden=True, aim="A harbour secret.")
    actions.save_page(group, "<p>The harbour page.</p>", by=viewer_for(member.person), based_on=0)
    outbox.drain()

    def found(person):
        hits = search("harbour", viewer=viewer_for(person.person)).hits
        return sorted((hit.kind, hit.thing.pk) for hit in hits)

    assert found(associate) == [("group", group.pk)]
    assert found(neighbour) == [("group", group.pk), ("group-page", group.pk)]
    assert ("group", hidden.pk) in found(member)


@pytest.mark.django_db
def test_erasure_keeps_the_words_and_lets_another_lead(member, neighbour):
    group = make(member, neighbour)
    actions.save_page(group, "<p>Her words.</p>", by=viewer_for(member.person), based_on=0)
    actions.keep_draft(group, "<p>Half</p>", by=viewer_for(member.person), based_on=1, revision=0)
    actions.plan_meeting(group, date(), by=viewer_for(neighbour.person))
    member.person.erase_after = timezone.now() - DAY
    member.person.save()
    erase(member.person.pk)

    version = PageVersion.objects.get()
    assert version.made_by.name == "A former member of City aaa"
    assert Member.objects.get(group=group, left_at=None).is_lead
    assert not Letter.objects.filter(
        person=member.person.pk, kind="groups.meeting_cancelled"
    ).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("groups", [1, 3])
def test_ones_own_groups_cost_three_queries(member, neighbour, groups, django_assert_num_queries):
    for number in range(groups):
        group = make(member, neighbour, name=f"Group {number}")
        actions.add_task(
            group, by=viewer_for(member.person), title="Ask", owner=member_of(group, member)
        )
    viewer = viewer_for(member.person)
    with django_assert_num_queries(3):
        found = queries.mine(viewer)
    assert len(found) == groups
    assert Task.objects.open().count() == groups

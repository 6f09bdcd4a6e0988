"""The pages of sessions: what they show to whom, what they keep, and how many queries they ask."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import Base

from house.meetings import remedies
from house.meetings.actions import afterwards, promises
from house.meetings.joining import AFTER, BEFORE, may_join
from house.meetings.models import PrivateNote, Promise, Session, SessionFile, WeeklyHours
from house.meetings.tests.conftest import DAY, HOUR, make_expert, past, units_of
from house.memory.models import Offer
from house.partners import ledger
from house.partners.models import Benefit
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory, TopicFactory

pytestmark = pytest.mark.django_db


def at_of(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def booking_page(expert, moment, length=60):
    return f"{reverse('meetings:book', args=[expert.code])}?at={at_of(moment)}&length={length}"


def photo():
    picture, exif = Image.new("RGB", (40, 40), "red"), Image.Exif()
    exif[Base.Artist.value] = "Canary Person"
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("plan.jpg", made.getvalue(), "image/jpeg")


def test_from_the_list_to_a_booked_session(client, member, expert, soon):
    client.force_login(member.person)
    page = client.get(reverse("meetings:expert", args=[expert.code])).content.decode()
    assert f"at={at_of(soon).replace('Z', '').replace(':', '%3A')}" in page
    address = booking_page(expert, soon)
    client.get(address)
    assert not Session.objects.exists(), "opening the page takes nothing"
    typed = {"goal": "Which draft?", "language": "en", "key": "k1", "files": photo()}
    answer = client.post(address, typed)
    session = Session.objects.get()
    assert answer.url == session.get_absolute_url()
    assert client.post(address, typed | {"files": photo()}).url == answer.url, (
        "sent twice, booked once"
    )
    shown = client.get(answer.url).content.decode()
    assert "Which draft?" in shown
    with SessionFile.objects.get().file.open() as kept:
        assert b"Canary" not in kept.read()


def test_a_slot_of_the_first_page_is_booked_as_long_as_it_is_free(client, member, expert):
    """Half an hour before the end of her day no longer one fits."""
    WeeklyHours.objects.filter(availability=expert).update(begins="16:30", ends="17:00")
    client.force_login(member.person)
    page = client.get(reverse("meetings:home")).content.decode()

    address = html.unescape(re.search(rf'href="([^"]+/{expert.code}/[^"]*at=[^"]+)"', page)[1])
    answer = client.post(address, {"goal": "Which draft?", "language": "en", "key": "k1"})

    assert answer.status_code == 302
    assert Session.objects.get().length == HOUR / 2


def test_a_refused_form_keeps_what_was_typed_and_offers_the_ways_on(
    client, member, expert, soon, book
):
    book(member, soon)
    client.force_login(member.person)
    answer = client.post(
        booking_page(expert, soon + DAY), {"goal": "My own words", "language": "en", "key": "k2"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "My own words" in page
    assert "The next one comes on" in page
    assert "The foundation can grant one more." in page
    assert client.post(booking_page(expert, soon), {"goal": ""}).status_code == 422


def test_no_time_is_offered_that_the_city_has_no_unit_for(client, member, expert):
    """Where this period's session is booked, what comes next is what can be booked: that of the next."""
    ledger.settle([member.city.pk])
    benefit, by = Benefit.objects.get(pk="one-on-one"), viewer_for(member.person)
    ledger.hold(member.city, benefit, key="taken", by=by, what_for="Another session")
    day = remedies.next_day(member.city, "one-on-one", timezone.now())
    client.force_login(member.person)

    home = client.get(reverse("meetings:home")).content.decode()
    times = re.findall(r"at=(\d{4}-\d\d-\d\d)", home)
    page = client.get(reverse("meetings:expert", args=[expert.code])).content.decode()
    early = client.get(booking_page(expert, timezone.now())).content.decode()
    address = html.unescape(re.search(rf'href="([^"]+/{expert.code}/[^"]*at=[^"]+)"', home)[1])
    hers = re.findall(r"at=(\d{4}-\d\d-\d\d)", page)
    answer = client.post(address, {"goal": "Which draft?", "language": "en", "key": "k9"})

    for found in (times, hers):
        assert found
        assert min(found) >= (day - DAY).isoformat()  # its midnight, told in UTC
    assert "has none left in this period" in page
    assert "has none left in this period" in early
    assert "What should be clearer afterwards?" not in early  # nobody fills in what can't be sent
    assert answer.status_code == 302


def test_a_session_is_moved_to_times_alone_that_the_city_has_a_unit_for(
    client, member, expert, book, soon
):
    """This period's is taken: a session of the next one stays in it."""
    ledger.settle([member.city.pk])
    benefit, by = Benefit.objects.get(pk="one-on-one"), viewer_for(member.person)
    ledger.hold(member.city, benefit, key="taken", by=by, what_for="Another session")
    day = remedies.next_day(member.city, "one-on-one", timezone.now())
    noon = timezone.now().replace(year=day.year, month=day.month, day=day.day, hour=12)
    noon = noon.replace(minute=0, second=0, microsecond=0)
    session = book(member, noon + 3 * DAY)
    client.force_login(member.person)
    address = reverse("meetings:session_move", args=[session.code])

    page = client.get(address).content.decode()
    times = re.findall(r'name="at" value="([^"]+)"', page)
    answer = client.post(address, {"at": times[0], "sequence": session.sequence})

    assert min(times) >= (day - DAY).isoformat()  # its midnight, told in UTC
    assert answer.status_code == 302


def test_where_the_next_unit_is_booked_too_times_of_the_one_after_are_offered(
    client, member, expert
):
    ledger.settle([member.city.pk])
    benefit, by = Benefit.objects.get(pk="one-on-one"), viewer_for(member.person)
    ledger.hold(member.city, benefit, key="taken", by=by, what_for="Another session")
    first = remedies.first_bookable(
        [remedies.when_none_is_left(by, member.city, timezone.now())], timezone.now()
    )
    ledger.hold(member.city, benefit, key="ahead", by=by, what_for="The next", when=first)
    client.force_login(member.person)

    page = client.get(reverse("meetings:expert", args=[expert.code])).content.decode()
    address = html.unescape(re.search(rf'href="([^"]+/{expert.code}/[^"]*at=[^"]+)"', page)[1])
    answer = client.post(address, {"goal": "Which draft?", "language": "en", "key": "k9"})

    assert answer.status_code == 302


def test_who_has_nobody_to_hand_it_to_is_told_what_she_can_do(client, book, member, expert, soon):
    session = book(member, soon)
    address = reverse("meetings:session_hand", args=[session.code])
    for person, told in (
        (member.person, "No colleague of your city has a seat here."),
        (expert.person, "No other expert takes bookings."),
    ):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert told in page
        assert "Hand it over" not in page
        assert client.post(address, {"person": "1", "expert": "x"}).status_code == 422


def test_where_no_period_brings_a_session_times_are_told_and_none_is_offered(
    client, member, expert
):
    """Her level holds none: the books know it no more than the pages do."""
    Benefit.objects.filter(pk="one-on-one").update(is_offered=False)
    client.force_login(member.person)

    home, page = (
        client.get(address).content.decode()
        for address in (reverse("meetings:home"), reverse("meetings:expert", args=[expert.code]))
    )

    assert "has none left in this period" in home
    assert "has none left in this period" in page
    assert 'class="free-time free-time--told"' in page
    assert "at=" not in page


def test_on_her_own_page_an_expert_sees_what_is_booked_over_and_free(
    client_factory, book, member, neighbour, expert, soon
):
    coming, over = book(member, soon), book(neighbour, soon + DAY)
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    Session.objects.filter(pk=over.pk).update(starts_at=midnight, ends_at=now)
    address = reverse("meetings:expert", args=[expert.code])
    hers, theirs = (
        client_factory(person).get(address).content.decode()
        for person in (expert.person, member.person)
    )

    taken = re.findall(r'free-time--taken" href="([^"]+)"', hers)
    assert taken == [over.get_absolute_url(), coming.get_absolute_url()]
    assert "Over: did it take place?" in hers
    assert "free-time--told" in hers
    assert "at=" not in hers  # nobody books herself
    assert "free-time--taken" not in theirs


@pytest.mark.parametrize("at", ["", "nonsense", "2026-13-45T99:99", "2026-06-01T10:00", "9" * 300])
def test_an_address_without_a_moment_leads_back_to_the_times(client, member, expert, at):
    client.force_login(member.person)
    answer = client.get(reverse("meetings:book", args=[expert.code]), {"at": at})
    assert answer.url == reverse("meetings:expert", args=[expert.code])


@pytest.mark.parametrize(
    "goal", ["x" * 2_000_000, "<script>alert(1)</script>", "\u202egnp.exe", "Z̷̢͝a" * 300]
)
def test_bad_words_are_refused_or_shown_as_words(client, member, expert, soon, goal):
    client.force_login(member.person)
    answer = client.post(booking_page(expert, soon), {"goal": goal, "language": "en", "key": "k"})
    if answer.status_code == 302:
        page = client.get(answer.url).content.decode()
        assert "<script>alert" not in page
        assert "\u202e" not in page
    else:
        assert answer.status_code in {400, 413, 422}
        assert not Session.objects.exists()


# -- The link to join -------------------------------------------------------------------------------


def test_the_link_is_shown_to_the_two_sides_alone_and_only_in_time(
    client_factory, book, member, neighbour, expert, office, soon
):
    speaker = SeatFactory(
        partnership=member.seat.partnership,
        person=PersonFactory(city=member.city),
        kind="coordinator",
    )
    session = book(member, soon)
    Session.objects.update(link="https://meet.example/zzsecret")
    join = reverse("meetings:join", args=[session.code])
    sides, others = (member.person, expert.person), (speaker.person, office, neighbour.person)
    for person in (*sides, *others):
        browser = client_factory(person)
        assert browser.get(join).status_code in {403, 404}
        shown = browser.get(session.get_absolute_url()).content.decode()
        # The expert herself reads and changes it, in its own field.
        assert ("zzsecret" in shown) == (person == expert.person)
    Session.objects.update(starts_at=timezone.now() - HOUR / 4, ends_at=timezone.now() + HOUR / 2)
    for person in sides:
        assert client_factory(person).get(join).url == "https://meet.example/zzsecret"
    for person in others:
        assert client_factory(person).get(join).status_code in {403, 404}


def test_the_hours_of_the_link_to_the_second(book, member, soon):
    session, viewer = book(member, soon), viewer_for(member.person)
    session.link = "https://meet.example/x"
    tick = HOUR / 3600
    told = [
        may_join(viewer, session, soon + after)
        for after in (-BEFORE - tick, -BEFORE, HOUR + AFTER, HOUR + AFTER + tick)
    ]
    assert told == [False, True, True, False]


def test_only_addresses_of_the_web_become_links(client, book, member, expert, soon):
    session = book(member, soon)
    client.force_login(expert.person)
    for link in ("javascript:alert(1)", "http://meet.example/", "data:text/html,x"):
        answer = client.post(session.get_absolute_url(), {"act": "link", "link": link})
        assert answer.status_code == 422
    client.post(session.get_absolute_url(), {"act": "link", "link": "https://meet.example/room"})
    session.refresh_from_db()
    assert session.link == "https://meet.example/room"


@pytest.mark.parametrize("number", ["²", "-1", "9" * 5000, ""])
def test_a_number_that_is_none_is_no_error(client, book, member, office, expert, soon, number):
    session = book(member, soon)
    client.force_login(member.person)
    page = reverse("meetings:expert", args=[expert.code])
    assert client.get(page, {"length": number, "week": number}).status_code == 200
    move = reverse("meetings:session_move", args=[session.code])
    assert client.post(move, {"at": "", "sequence": number}).status_code == 422
    client.force_login(office)
    chosen = {"act": "export", "chosen": [number]}
    assert client.post(reverse("office:partnership_bulk"), chosen).status_code == 302


@pytest.mark.parametrize("at", ["9999-12-31T23:59:00Z", "0001-01-01T00:00:00Z"])
def test_a_time_at_the_ends_of_the_calendar_leads_back_to_the_times(client, member, expert, at):
    client.force_login(member.person)
    answer = client.get(f"{reverse('meetings:book', args=[expert.code])}?at={at}")
    assert answer.url == reverse("meetings:expert", args=[expert.code])


@pytest.mark.parametrize(
    ("day", "hour"), [("9999-12-31", "23:55"), ("0001-01-01", "00:00"), ("2099-03-29", "02:30")]
)
def test_no_time_is_proposed_that_no_clock_shows(client, book, member, expert, soon, day, hour):
    session = book(member, soon)
    expert.person.time_zone = "Europe/Amsterdam"
    expert.person.save()
    client.force_login(expert.person)
    page = reverse("meetings:session_propose", args=[session.code])
    assert client.post(page, {"day": day, "hour": hour}).status_code == 422


# -- Moving and cancelling by page ------------------------------------------------------------------


def test_moved_and_cancelled_by_page(client, book, member, soon):
    session = book(member, soon)
    client.force_login(member.person)
    move = reverse("meetings:session_move", args=[session.code])
    assert client.post(move, {"at": "nonsense", "sequence": "0"}).status_code == 422
    assert client.post(move, {"at": at_of(soon + DAY), "sequence": "0"}).status_code == 302
    assert client.post(move, {"at": at_of(soon + 2 * DAY), "sequence": "0"}).status_code == 422, (
        "seen before it moved"
    )
    cancel = reverse("meetings:session_cancel", args=[session.code])
    assert "You cancel in time" in client.get(cancel).content.decode()
    client.post(cancel, {"word": "Ill"})
    session.refresh_from_db()
    assert (session.state, session.word, session.unit) == ("cancelled", "Ill", "released")
    assert units_of(member.city) == (0, 0, 1)


def test_who_cancels_late_is_told_before(client, book, member):
    session = book(member, timezone.now().replace(minute=0, second=0, microsecond=0) + 3 * HOUR)
    client.force_login(member.person)
    page = client.get(reverse("meetings:session_cancel", args=[session.code])).content.decode()
    assert "in less than 24 hours: the unit is used" in page


# -- Afterwards -------------------------------------------------------------------------------------


def test_notes_are_shared_and_private_notes_are_nobody_elses(
    client_factory, book, member, expert, office, soon
):
    session = past(book(member, soon))
    mine, hers = client_factory(member.person), client_factory(expert.person)
    mine.post(session.get_absolute_url(), {"act": "private", "text": "zzprivate"})
    mine.post(session.get_absolute_url(), {"act": "notes", "notes": "Count people", "was": ""})
    assert "zzprivate" in mine.get(session.get_absolute_url()).content.decode()
    for browser in (hers, client_factory(office)):
        page = browser.get(session.get_absolute_url()).content.decode()
        assert "Count people" in page
        assert "zzprivate" not in page
    answer = hers.post(
        session.get_absolute_url(), {"act": "notes", "notes": "Mine instead", "was": ""}
    )
    assert answer.status_code == 422
    assert "Mine instead" in answer.content.decode(), "nothing typed is lost"
    was = answer.context["forms"]["notes"]["was"].value()
    both = {"act": "notes", "notes": "Count people, and mine", "was": was}
    assert hers.post(session.get_absolute_url(), both).status_code == 302
    assert PrivateNote.objects.count() == 1


def test_a_promise_has_an_owner_who_was_there_and_ends_it(
    client_factory, book, member, neighbour, expert, soon
):
    session = past(book(member, soon))
    mine = client_factory(member.person)
    typed = {"act": "promise", "text": "Send the sheet", "due_on": "2027-01-01"}
    assert (
        mine.post(session.get_absolute_url(), typed | {"owner": neighbour.person.code}).status_code
        == 422
    )
    assert (
        mine.post(session.get_absolute_url(), typed | {"owner": expert.person.code}).status_code
        == 302
    )
    promise = Promise.objects.get()
    end = reverse("meetings:promise_end", args=[promise.code])
    assert mine.post(end).status_code == 403
    assert client_factory(neighbour.person).post(end).status_code == 404
    assert client_factory(expert.person).post(end).status_code == 302
    promise.refresh_from_db()
    assert promise.done_at


def test_what_came_of_it_is_offered_with_the_consent_of_both(
    client_factory, book, member, expert, soon
):
    session = past(book(member, soon, goal="How to count people", tried="Cars"))
    afterwards.mark(session, "held", by=viewer_for(expert.person))
    afterwards.write_notes(session, notes="Count who stays", was=None, by=viewer_for(expert.person))
    mine, hers = client_factory(member.person), client_factory(expert.person)
    url = session.get_absolute_url()
    mine.post(url, {"act": "consent", "agrees": "yes"})
    mine.post(url, {"act": "remember"})
    assert not Offer.objects.exists()
    hers.post(url, {"act": "consent", "agrees": "yes"})
    hers.post(url, {"act": "remember"})
    hers.post(url, {"act": "remember"})
    offer = Offer.objects.get()
    assert (offer.source, offer.thing) == ("meetings.session", session.pk)


def test_the_expert_marks_it_and_the_page_says_what_became_of_the_unit(
    client, book, member, expert, soon
):
    session = past(book(member, soon))
    client.force_login(expert.person)
    assert "Did it take place?" in client.get(session.get_absolute_url()).content.decode()
    client.post(session.get_absolute_url(), {"act": "mark", "state": "held"})
    assert (
        "The unit of the city is used." in client.get(session.get_absolute_url()).content.decode()
    )


# -- Who sees ---------------------------------------------------------------------------------------


def test_hole_5_a_session_is_absent_for_everybody_else(
    client_factory, book, member, neighbour, associate, soon
):
    session = book(member, soon, goal="zzgoal")
    colleague = SeatFactory(
        partnership=member.seat.partnership, person=PersonFactory(city=member.city)
    )
    for person in (neighbour.person, associate.person, colleague.person):
        browser = client_factory(person)
        assert browser.get(session.get_absolute_url()).status_code == 404
        assert "zzgoal" not in browser.get(reverse("meetings:home")).content.decode()


def test_hole_3_who_lost_her_seat_loses_her_sessions(client, book, member, soon):
    session = book(member, soon)
    member.seat.person = None
    member.seat.save()
    client.force_login(member.person)
    assert client.get(session.get_absolute_url()).status_code in {403, 404}
    assert not Session.objects.visible_to(viewer_for(member.person)).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_asks_as_many_queries_for_one_as_for_three(
    client, member, book, soon, rows, django_assert_num_queries
):
    ledger.settle([member.city.pk])
    by = viewer_for(PersonFactory(is_office=True))
    ledger.grant(
        member.city, Benefit.objects.get(pk="one-on-one"), units=9, key="k", reason="more", by=by
    )
    topic = TopicFactory()
    for number in range(rows):
        extra = make_expert(f"Expert {number}")
        extra.topics.add(topic)
        session = book(
            member, soon + number * 2 * HOUR, availability=extra, topic=topic, key=f"{number}"
        )
        promises.promise(
            session, text="x", owner=member.person, due_on=soon.date(), by=viewer_for(member.person)
        )
    client.force_login(member.person)
    with django_assert_num_queries(QUERIES):
        assert client.get(reverse("meetings:home")).status_code == 200


QUERIES = 24


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_many_queries_for_one_as_for_three(
    client, member, book, office, soon, rows, django_assert_num_queries
):
    for number in range(rows):
        session = book(member, soon + number * DAY, key=f"{number}") if not number else None
        if session is None:
            Session.objects.create(
                key=f"{number}", expert=office, city=member.city, booked_by=member.person, zone="UTC",
                starts_at=soon + number * DAY, ends_at=soon + number * DAY + HOUR,
            )  # fmt: skip
    client.force_login(office)
    with django_assert_num_queries(DESK_QUERIES):
        assert client.get(reverse("meetings:desk")).status_code == 200


DESK_QUERIES = 12

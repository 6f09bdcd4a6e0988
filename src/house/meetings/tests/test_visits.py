"""A visit from the wish to the report: its days, its unit, its programme in versions, its brief."""

import dataclasses
import datetime
import io
import threading

import icalendar
import pypdf
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from house.ground.errors import Forbidden, Refused
from house.meetings import pdf, programme, remedies
from house.meetings.actions import programmes, visits
from house.meetings.actions.programmes import Planned
from house.meetings.actions.visits import Wish
from house.meetings.models import Programme, ProgrammeRow, Visit
from house.meetings.programme import Row
from house.notices.letters import pattern_of
from house.notices.models import Letter
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.models import Benefit, Hold
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def workday(days):
    """A Wednesday that is no holiday, about so many days ahead."""
    day = timezone.now().date() + days * DAY
    while day.weekday() != 2 or programme.odd_day(day, "NL"):
        day += DAY
    return day


@pytest.fixture
def premium(db):
    from conftest import _seated

    return _seated("premium", "prm")


@pytest.fixture
def wish():
    return Wish(
        goals="See what a car-free street needs", teams="Mobility, 5 people", days=(workday(30), workday(40)),
        formats=("workshop", "nonsense"), contact_name="Mia", contact_way="+31 20 555", key="k",
    )  # fmt: skip


@pytest.fixture
def asked(premium, wish):
    return visits.ask(premium.city, wish, by=viewer_for(premium.person))


def rows(*hours):
    return [
        Planned(Row(datetime.time(a), datetime.time(b), "workshop", f"{a} to {b}", place="Hall"))
        for a, b in hours
    ]


@pytest.fixture
def planned(asked, office):
    by = viewer_for(office)
    visits.choose_day(asked, day=workday(40), place="City hall", by=by)
    programmes.save_programme(asked, rows((9, 12), (13, 17)), by=by, revision=0)
    return Visit.objects.get(pk=asked.pk)


def test_a_wish_holds_the_years_unit_and_the_office_hears(asked, premium, office, wish):
    assert (asked.state, asked.formats, asked.hold.state) == ("asked", ["workshop"], "held")
    again = visits.ask(premium.city, wish, by=viewer_for(premium.person))
    assert again == asked
    with pytest.raises(NoneLeft):
        visits.ask(
            premium.city, dataclasses.replace(wish, key="other"), by=viewer_for(premium.person)
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_ask_once(premium, wish):
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time: nothing races")
    begin, told = threading.Barrier(2), []

    def press():
        begin.wait()
        try:
            told.append(visits.ask(premium.city, wish, by=viewer_for(premium.person)).code)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _number in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert told == [Visit.objects.get().code] * 2


def test_who_has_none_left_is_told_from_when_she_can_ask(client, premium):
    ledger.settle([premium.city.pk])
    benefit, by = Benefit.objects.get(pk="full-day-visit"), viewer_for(premium.person)
    client.force_login(premium.person)
    page = reverse("meetings:visit_new")
    assert "1 is left until" in client.get(page).content.decode()

    ledger.hold(premium.city, benefit, key="taken", by=by, what_for="Another visit")

    told = client.get(page).content.decode()
    day = remedies.next_day(premium.city, "full-day-visit", timezone.now())
    assert "None is left until" in told
    assert f"You can ask for a day from {day:%-d %B %Y} on." in told

    ahead = visits.noon(day, premium.city.time_zone)
    ledger.hold(premium.city, benefit, key="ahead", by=by, what_for="The next one", when=ahead)
    assert "You can ask for a day" not in client.get(page).content.decode()


def test_only_cities_whose_level_holds_it_ask(member, wish):
    with pytest.raises(Forbidden):
        visits.ask(member.city, wish, by=viewer_for(member.person))


def test_days_that_can_not_be_meant_are_refused(premium, wish):
    saturday = workday(30) + 3 * DAY
    by = viewer_for(premium.person)
    with pytest.raises(Refused, match="day of rest"):
        visits.ask(premium.city, dataclasses.replace(wish, days=(saturday,)), by=by)
    with pytest.raises(Refused, match="too soon"):
        visits.ask(premium.city, dataclasses.replace(wish, days=(timezone.now().date(),)), by=by)
    meant = visits.ask(
        premium.city, dataclasses.replace(wish, days=(saturday,), means_it=True), by=by
    )
    assert meant.proposed == [saturday]


@pytest.mark.parametrize(
    ("day", "country", "said"),
    [
        ("2026-12-25", "NL", "Christmas Day"), ("2027-03-26", "NL", "Good Friday"),
        ("2027-03-29", "NL", "Easter Monday"), ("2027-01-01", "NL", "New Year's Day"),
        ("2027-01-08", "IL", "a day of rest"), ("2027-01-10", "IL", ""), ("2027-01-10", "NL", "a day of rest"),
        ("2027-01-12", "NL", ""),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_day(day, country, said):
    told = programme.odd_day(datetime.date.fromisoformat(day), country)
    assert (said in told) if said else told == ""


def test_both_sides_talk_and_the_first_word_of_the_office_takes_the_lead(
    asked, premium, office, member
):
    visits.say(asked, text="Could it be a Wednesday?", by=viewer_for(office))
    asked.refresh_from_db()
    assert (asked.state, asked.lead) == ("talking", office)
    visits.say(asked, text="It is one", by=viewer_for(premium.person))
    with pytest.raises(Forbidden):
        visits.say(asked, text="Me too", by=viewer_for(member.person))
    assert Letter.objects.filter(kind="meetings.visit_moved_on").count() == 2


def test_a_day_in_another_period_moves_the_unit(asked, office):
    before = asked.hold
    far = before.account.ends_on + 30 * DAY
    visits.choose_day(asked, day=far, place="", by=viewer_for(office))
    asked.refresh_from_db()
    assert asked.hold.account.starts_on == before.account.ends_on
    assert Hold.objects.get(pk=before.pk).state == "released"


@pytest.mark.parametrize(
    ("days", "who", "unit"),
    [(40, "city", "released"), (5, "city", "used"), (5, "office", "refunded")],
)
def test_what_becomes_of_the_unit(asked, premium, office, days, who, unit):
    visits.choose_day(
        asked, day=timezone.now().date() + days * DAY, place="", by=viewer_for(office)
    )
    if who == "city":
        ended = visits.take_back(asked, word="Elections", by=viewer_for(premium.person))
    else:
        ended = visits.decline(asked, word="Ill", by=viewer_for(office))
    assert ended.unit == unit


# -- The programme ----------------------------------------------------------------------------------

hours = st.tuples(st.integers(7, 20), st.integers(1, 3), st.sampled_from([0, 10, 45]))


@given(drawn=st.lists(hours, min_size=1, max_size=6))
def test_a_sound_programme_can_be_lived(drawn):
    """Without an error nobody is in two places, and every way has its minutes."""
    found = [
        Row(datetime.time(a), datetime.time(a + b), "workshop", f"{n}", travel=way)
        for n, (a, b, way) in enumerate(sorted(drawn))
    ]
    sound = programme.is_sound(programme.findings(found))
    lived, last = True, None
    for row in found:
        if (last is not None and programme.minutes(row.begins) < programme.minutes(last.ends)) or (
            last is not None
            and programme.minutes(row.begins) - programme.minutes(last.ends) < last.travel
        ):
            lived = False
        if last is None or row.ends >= last.ends:
            last = row
    assert sound == lived


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([(9, 11), (10, 12)], "begins before"), ([(9, 10), (14, 17)], "Nothing is planned for 240 minutes"),
        ([(9, 10)], "less than half a day"), ([(6, 20)], "more than twelve hours"), ([], "empty"),
        ([(9, 12), (12, 16)], "without a break"),
    ],
)  # fmt: skip
def test_what_a_planner_is_told(given, said):
    found = programme.findings([row.row for row in rows(*given)])
    assert any(said in each.text for each in found)


def test_templates_are_sound():
    for _label, made in programme.templates().values():
        assert programme.is_sound(programme.findings(made))


def test_of_two_who_plan_at_once_the_later_looks_first(planned, office):
    with pytest.raises(Refused, match="Somebody else saved"):
        programmes.save_programme(planned, rows((9, 10)), by=viewer_for(office), revision=0)
    assert ProgrammeRow.objects.count() == 2


def test_the_city_sees_what_was_shared_and_not_what_is_planned(
    client_factory, planned, premium, office
):
    by, browser = viewer_for(office), client_factory(premium.person)
    brief = reverse("meetings:visit_brief", args=[planned.code])
    assert browser.get(brief).status_code == 404
    programmes.share(planned, note="First", by=by)
    programmes.save_programme(planned, rows((9, 12), (13, 16)), by=by, revision=1)
    page = browser.get(brief).content.decode()
    assert "13 to 17" in page
    assert "13 to 16" not in page
    assert "13 to 16" in client_factory(office).get(f"{brief}?version=plan").content.decode()
    assert "13 to 16" not in browser.get(f"{brief}?version=plan").content.decode()


def test_shared_answered_and_shared_again(planned, premium, office):
    by, city = viewer_for(office), viewer_for(premium.person)
    first = programmes.share(planned, note="", by=by)
    assert first.number == 1
    with pytest.raises(Refused, match="Say what should change"):
        programmes.answer(planned, number=1, agrees=False, word="", by=city)
    programmes.answer(planned, number=1, agrees=False, word="Later, please", by=city)
    second = programmes.share(planned, note="Later", by=by)
    with pytest.raises(Refused, match="newer version"):
        programmes.answer(planned, number=1, agrees=True, word="", by=city)
    programmes.answer(planned, number=second.number, agrees=True, word="", by=city)
    planned.refresh_from_db()
    assert (planned.state, planned.sequence) == ("agreed", 3)
    assert Programme.objects.filter(visit=planned).count() == 2


def test_a_day_that_does_not_add_up_is_kept_but_not_shared(planned, office):
    by = viewer_for(office)
    found = programmes.save_programme(planned, rows((9, 12), (11, 17)), by=by, revision=1)
    assert [each.sort for each in found if each.sort == "error"] == ["error"]
    with pytest.raises(Refused, match="begins before"):
        programmes.share(planned, note="", by=by)


def test_people_of_the_house_are_invited_with_their_hours(planned, office):
    named = PersonFactory(is_expert=True, name="Amara")
    stranger = PersonFactory()
    row = Planned(
        Row(datetime.time(9), datetime.time(16), "workshop", "All day"),
        members=(named.pk, stranger.pk),
    )
    programmes.save_programme(planned, [row], by=viewer_for(office), revision=1)
    programmes.share(planned, note="", by=viewer_for(office))
    dated = Letter.objects.filter(kind="meetings.visit_dated")
    told = set(dated.values_list("person", flat=True))
    assert named.pk in told
    assert stranger.pk not in told
    assert Visit.objects.visible_to(viewer_for(named)).get() == planned


def test_who_has_no_part_any_more_takes_the_day_out_of_her_calendar(planned, office, premium):
    by, named = viewer_for(office), PersonFactory(is_expert=True)
    hour = Row(datetime.time(9), datetime.time(16), "workshop", "Streets")

    def plan(*members):
        planned.refresh_from_db()
        programmes.save_programme(
            planned, [Planned(hour, members=members)], by=by, revision=planned.revision
        )
        programmes.share(planned, note="", by=by)

    plan(named.pk)
    assert not Letter.objects.filter(kind="meetings.visit_left").exists()
    plan()
    plan()

    told = Letter.objects.get(kind="meetings.visit_left")
    assert told.person == named
    planned.refresh_from_db()
    write = pattern_of("meetings.visit_left").write
    message = write(planned, named, viewer_for(named))
    assert any("METHOD:CANCEL" in part[0] for part in message.alternatives)
    assert premium.city.label() not in message.body
    assert write(planned, premium.person, viewer_for(premium.person)) is None


def test_held_reported_and_the_unit_used(planned, office, premium):
    by = viewer_for(office)
    with pytest.raises(Refused, match="not come"):
        visits.mark_held(planned, by=by)
    Visit.objects.filter(pk=planned.pk).update(day=timezone.now().date() - DAY)
    assert visits.mark_held(planned, by=by).unit == "used"
    visits.report(planned, text="Three streets were seen.", by=by)
    planned.refresh_from_db()
    assert planned.report == "Three streets were seen."


# -- The brief --------------------------------------------------------------------------------------


def test_one_brief_as_page_and_calendar(client, planned, premium, office):
    programmes.share(planned, note="", by=viewer_for(office))
    client.force_login(premium.person)
    page = client.get(reverse("meetings:visit_brief", args=[planned.code])).content.decode()
    raw = client.get(reverse("meetings:visit_brief_ics", args=[planned.code])).content
    found = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert [event["SUMMARY"] for event in found] == ["9 to 12", "13 to 17"]
    assert found[0].decoded("DTSTART").time() == datetime.time(9)
    assert "9 to 12" in page

    programmes.share(planned, note="Again", by=viewer_for(office))
    raw = client.get(reverse("meetings:visit_brief_ics", args=[planned.code])).content
    later = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert [event["UID"] for event in later] == [event["UID"] for event in found]
    assert (found[0]["SEQUENCE"], later[0]["SEQUENCE"]) == (1, 2)


def test_one_brief_as_pdf(client, planned, premium, office):
    if not pdf.is_available():
        pytest.skip("no PDFs here: install Debian's libpango-1.0-0 and libpangoft2-1.0-0")
    programmes.share(planned, note="", by=viewer_for(office))
    client.force_login(premium.person)
    answer = client.get(reverse("meetings:visit_brief_pdf", args=[planned.code]))
    assert answer["Content-Type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "13:00–17:00" in text


def test_where_no_pdf_can_be_made_the_page_says_so_and_offers_print(
    client, planned, premium, office, monkeypatch
):
    import builtins

    programmes.share(planned, note="", by=viewer_for(office))
    real = builtins.__import__

    def without(name, *more, **facts):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *more, **facts)

    monkeypatch.setattr(builtins, "__import__", without)
    client.force_login(premium.person)
    answer = client.get(reverse("meetings:visit_brief_pdf", args=[planned.code]))
    assert answer.status_code == 501
    assert "Print the page into a file instead" in answer.content.decode()


def test_a_brief_fetches_nothing():
    if not pdf.is_available():
        pytest.skip("no PDFs here: install Debian's libpango-1.0-0 and libpangoft2-1.0-0")
    made = pdf.pdf_of(
        '<img src="http://169.254.169.254/latest"><img src="file:///etc/passwd"><p>x</p>'
    )
    assert b"root:" not in made


def test_asked_and_planned_by_page(client_factory, premium, office, wish):
    browser, desk = client_factory(premium.person), client_factory(office)
    typed = {
        "goals": "Kept words", "teams": "One", "formats": ["workshop"], "day_1": "2020-01-01", "languages": ["en"],
        "contact_name": "Mia", "contact_way": "x", "key": "page",
    }  # fmt: skip
    new = reverse("meetings:visit_new")
    refused = browser.post(new, typed)
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()
    assert browser.post(new, typed | {"day_1": workday(40).isoformat()}).status_code == 302
    visit = Visit.objects.get()
    plan = reverse("meetings:visit_programme", args=[visit.code])
    assert desk.post(plan, {"act": "copy", "template": "teams"}).status_code == 302
    assert ProgrammeRow.objects.count() == 7
    desk.post(
        visit.get_absolute_url(), {"act": "day", "day": workday(40).isoformat(), "place": "Hall"}
    )
    assert desk.post(plan, {"act": "share", "note": "As talked about"}).status_code == 302
    answer = {"act": "answer", "number": "1", "agrees": "yes"}
    assert browser.post(visit.get_absolute_url(), answer).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "agreed"


def test_rows_that_are_wrong_are_kept_as_typed(client, planned, office):
    client.force_login(office)
    typed = {
        "act": "save", "revision": str(planned.revision), "row-TOTAL_FORMS": "2", "row-INITIAL_FORMS": "0",
        "row-0-begins": "10:00", "row-0-ends": "09:00", "row-0-format": "workshop", "row-0-title": "Backwards",
        "row-1-title": "No hours",
    }  # fmt: skip
    answer = client.post(reverse("meetings:visit_programme", args=[planned.code]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "Backwards",
        "No hours",
        "It ends before it begins.",
        "Say from when.",
        "Choose a format.",
    ):
        assert said in page
    more = client.post(
        reverse("meetings:visit_programme", args=[planned.code]), typed | {"act": "more"}
    )
    assert (more.status_code, more.content.decode().count('class="plan__row')) == (200, 5)


def test_hole_5_another_city_finds_no_visit(client, planned, member):
    client.force_login(member.person)
    assert client.get(planned.get_absolute_url()).status_code == 404
    assert planned.goals not in client.get(reverse("meetings:visit_list")).content.decode()

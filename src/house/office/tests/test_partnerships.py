import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.partners import thresholds
from house.partners.actions import partnerships as acts
from house.partners.models import Partnership, PartnershipChange
from house.partners.viewing import operator, viewer_for
from house.people.sudo import grow_stale
from house.vocabulary.models import City
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
PAGES = ("partnership", "partnership_level", "partnership_extend", "partnership_renew",
         "partnership_end", "partnership_seats", "partnership_notes")  # fmt: skip


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def city_of(name, **facts):
    """A partnership of a city called so, from -300 to 300 unless said."""
    facts = {"starts_on": day(-300), "ends_on": day(300), "last_day": day(330)} | facts
    city = CityFactory(code=name[:3].lower(), name=name, slug=name.lower())
    return PartnershipFactory(city=city, **facts)


def at(name, *args):
    return reverse(f"office:{name}", args=args)


@pytest.fixture
def desk(client_factory, office):
    return client_factory(office)


def names(response):
    return [row.partnership.city.name for row in response.context["rows"]]


# -- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_learns_that_these_pages_exist(client_factory, member, curator, page):
    city_of("Ghent")
    for person in (None, PersonFactory(), member.person, curator, PersonFactory(is_expert=True)):
        client = client_factory(person)
        assert client.get(at(page, "ghent")).status_code == 404
        assert client.post(at(page, "ghent")).status_code == 404
    for name in ("partnerships", "partnership_open", "partnership_city"):
        assert client_factory(member.person).get(at(name)).status_code == 404
    assert client_factory(member.person).get(at("partnership_table", "csv")).status_code == 404


def test_notes_reach_no_other_page(client_factory, member, office):
    Partnership.objects.filter(city=member.city).update(notes="canary of the office")
    for person in (None, member.person):
        client = client_factory(person)
        for address in ("/", member.city.get_absolute_url(), "/api/v1/partnerships"):
            assert "canary of the office" not in client.get(address).content.decode()
    page = client_factory(office).get(at("partnership", member.city.slug))
    assert "canary of the office" in page.content.decode()


# -- The list ------------------------------------------------------------------------------------


def test_each_state_holds_its_own(desk):
    city_of("Runs")
    city_of("Grace", ends_on=day(-2), last_day=day(9))
    city_of("Later", starts_on=day(9))
    city_of("Over", ends_on=day(-40), last_day=day(-10))
    city_of("Due", ends_on=day(30), last_day=day(60))
    expected = {
        "": ["Due", "Grace", "Later", "Runs"], "running": ["Due", "Runs"], "grace": ["Grace"],
        "planned": ["Later"], "ended": ["Over"], "due": ["Due", "Grace"], "nonsense": ["Due", "Grace", "Later", "Runs"],
    }  # fmt: skip
    found = {
        state: names(desk.get(at("partnerships"), {"state": state} if state else {}))
        for state in expected
    }
    assert found == expected
    tabs = desk.get(at("partnerships")).context["tabs"]
    assert [count for *_rest, count in tabs] == [4, 2, 1, 1, 1, 2]


def test_the_level_of_today_is_asked_for_whatever_the_column_says(desk):
    partnership = city_of("Ghent", level="associate")
    PartnershipChange.objects.create(
        partnership=partnership, act="level", effective_on=day(-1), level="premium"
    )
    assert names(desk.get(at("partnerships"), {"level": "premium"})) == ["Ghent"]
    assert names(desk.get(at("partnerships"), {"level": "associate"})) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("city", ["Aarhus", "Bergen", "Cork"]),
        ("level", ["Bergen", "Cork", "Aarhus"]),
        ("end", ["Cork", "Bergen", "Aarhus"]),
        ("start", ["Aarhus", "Cork", "Bergen"]),
        ("seats", ["Cork", "Aarhus", "Bergen"]),
        ("password", ["Aarhus", "Bergen", "Cork"]),
    ],
)
def test_the_list_is_ordered_by_what_is_offered_and_nothing_else(desk, sort, expected):
    city_of("Aarhus", level="associate", ends_on=None, last_day=None, starts_on=day(-1))
    city_of("Bergen", level="premium", starts_on=day(-9))
    SeatFactory(partnership=city_of("Cork", ends_on=day(5), last_day=day(9), starts_on=day(-5)))
    assert names(desk.get(at("partnerships"), {"sort": sort})) == expected


@pytest.mark.parametrize("q", ["GHENT", "nether", "ghe", "  ghent nether "])
def test_a_city_is_found_by_name_country_or_code(desk, q):
    city_of("Ghent")
    PartnershipFactory(city=CityFactory(code="zzz", name="Zagreb", country_name="Croatia"))
    assert names(desk.get(at("partnerships"), {"q": q})) == ["Ghent"]


def test_the_office_says_how_early_a_renewal_is_due(desk):
    city_of("Ghent", ends_on=day(80), last_day=day(90))
    assert names(desk.get(at("partnerships"), {"state": "due"})) == []
    thresholds.change_threshold(thresholds.RENEWAL_DAYS, 90, by=operator())
    assert names(desk.get(at("partnerships"), {"state": "due"})) == ["Ghent"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_three_as_for_one(desk, count, django_assert_num_queries):
    for number in range(count):
        partnership = city_of(f"C{number}ty", level="associate")
        SeatFactory(partnership=partnership)
        acts.plan_level(partnership, level="premium", on=day(4), by=operator())
    desk.get(at("partnerships"))
    with django_assert_num_queries(11):
        desk.get(at("partnerships"))


def test_the_file_holds_what_the_filters_show_and_no_formula(desk):
    city_of("Ghent", level="premium")
    PartnershipFactory(city=CityFactory(code="eql", name="=HYPERLINK(1)"), level="premium")
    city_of("Bergen", level="partner")
    answer = desk.get(at("partnership_table", "csv"), {"level": "premium"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["City", "'=HYPERLINK(1)", "Ghent"]
    assert desk.get(at("partnership_table", "exe")).status_code == 404


def test_what_ends_soon_waits_on_the_desk(desk):
    city_of("Ghent", ends_on=day(20), last_day=day(50))
    city_of("Bergen", ends_on=day(-2), last_day=day(28))
    city_of("Cork")
    piles = {pile.title: pile for pile in desk.get(at("today")).context["piles"]}
    pile = piles["Renewals due"]
    assert [line.text for line in pile.lines] == ["Bergen", "Ghent"]
    assert pile.lines[0].href == at("partnership", "bergen")


# -- One -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_one_page_costs_the_same_for_many_people_and_changes(
    desk, count, django_assert_num_queries
):
    partnership = city_of("Ghent", level="associate")
    for number in range(count):
        SeatFactory(partnership=partnership)
        acts.plan_level(
            partnership, level=["premium", "partner"][number % 2], on=day(4 + number), by=operator()
        )
        acts.extend(partnership, ends_on=day(310 + number), by=operator())
    desk.get(at("partnership", "ghent"))
    with django_assert_num_queries(13):
        desk.get(at("partnership", "ghent"))


def test_the_page_shows_the_one_that_runs_and_leads_to_the_others(desk):
    old = city_of("Ghent", starts_on=day(-900), ends_on=day(-500), last_day=day(-470))
    new = PartnershipFactory(city=old.city, starts_on=day(-100))
    assert desk.get(at("partnership", "ghent")).context["partnership"] == new
    chosen = desk.get(at("partnership", "ghent"), {"from": old.starts_on.isoformat()})
    assert chosen.context["partnership"] == old
    assert desk.get(at("partnership", "ghent"), {"from": "1999-01-01"}).status_code == 404
    assert desk.get(at("partnership", "nowhere")).status_code == 404


def test_a_form_acts_on_the_partnership_that_its_address_names(desk):
    now = city_of("Ghent")
    later = PartnershipFactory(city=now.city, starts_on=day(400))
    address = f"{at('partnership_seats', 'ghent')}?from={later.starts_on.isoformat()}"
    desk.post(address, {"seats": "7"})
    assert dict(Partnership.objects.values_list("pk", "seats")) == {now.pk: None, later.pk: 7}


# -- Opening -------------------------------------------------------------------------------------


def test_a_partnership_is_opened_for_a_city_that_is_new_in_the_house(desk):
    answer = desk.post(
        at("partnership_city"),
        {
            "name": "Ljubljana", "country_name": "Slovenia", "country": "si",
            "time_zone": "Europe/Ljubljana", "languages": ["en"], "latitude": "46.05",
            "longitude": "14.51",
        },
    )  # fmt: skip
    city = City.objects.get(name="Ljubljana")
    assert (city.code, city.slug, city.country) == ("lju", "ljubljana", "SI")
    form = desk.get(answer.url)
    assert form.context["form"].initial["city"] == city

    answer = desk.post(
        at("partnership_open"),
        {"city": city.pk, "level": "partner", "starts_on": day(0).isoformat(), "grace_days": "30"},
    )
    assert answer.url == at("partnership", "ljubljana")
    assert Partnership.objects.get().level == "partner"
    assert "Ljubljana" in desk.get("/cities/").content.decode()


def test_a_real_house_opens_none_in_play(desk, settings):
    CityFactory(code="pme", name="Port Meridian", is_invented=True)
    settings.DEMO = True
    page = desk.get(at("partnership_open")).text
    assert "Port Meridian" in page
    assert "Only for the demonstration" in page
    settings.DEMO = False
    page = desk.get(at("partnership_open")).text
    assert "Port Meridian" not in page
    assert "Only for the demonstration" not in page
    answer = desk.post(
        at("partnership_open"), {"city": "pme", "level": "partner", "reason": "We agreed"}
    )
    assert answer.status_code == 422
    assert not Partnership.objects.exists()


def test_a_city_that_is_there_is_not_added_again_and_nothing_typed_is_lost(desk):
    CityFactory(code="gnt", name="Ghent", country="BE", country_name="Belgium")
    answer = desk.post(
        at("partnership_city"),
        {
            "name": "GHENT", "country_name": "Belgium", "country": "BE",
            "time_zone": "Europe/Brussels", "latitude": "51.05", "longitude": "3.72",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'value="GHENT"' in answer.content.decode()
    assert City.objects.count() == 1


@pytest.mark.parametrize("name", ["Open", "Bulk", "New City"])
def test_no_city_takes_an_address_of_the_desk(desk, name):
    desk.post(
        at("partnership_city"),
        {
            "name": name, "country_name": "Chile", "country": "CL",
            "time_zone": "America/Santiago", "latitude": "1", "longitude": "1",
        },
    )  # fmt: skip
    assert City.objects.get().slug.endswith("-cl")


def test_a_refused_opening_says_why_and_keeps_what_was_typed(desk):
    partnership = city_of("Ghent")
    answer = desk.post(
        at("partnership_open"),
        {
            "city": partnership.city_id, "level": "premium", "starts_on": day(9).isoformat(),
            "grace_days": "30", "reason": "Signed <b>today</b>",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ghent has a partnership in that time" in page
    assert "Signed &lt;b&gt;today&lt;/b&gt;" in page
    assert Partnership.objects.count() == 1


def test_an_opening_by_mistake_is_undone_and_stays_in_the_journal(desk):
    partnership = city_of("Ghent", starts_on=day(3))
    assert "Undo the opening" in desk.get(at("partnership", "ghent")).content.decode()
    assert desk.post(at("partnership_cancel", "ghent")).url == at("partnerships")
    assert not Partnership.objects.exists()
    row = JournalRow.objects.get(act="partnership.cancelled")
    assert (row.object_id, row.facts["city"]) == (str(partnership.pk), partnership.city_id)


@pytest.mark.parametrize("what", ["begun", "seat"])
def test_what_something_came_of_can_t_be_undone(desk, what):
    partnership = city_of("Ghent", starts_on=day(-1 if what == "begun" else 3))
    if what == "seat":
        SeatFactory(partnership=partnership)
    assert "Undo the opening" not in desk.get(at("partnership", "ghent")).content.decode()
    page = desk.post(at("partnership_cancel", "ghent"), follow=True).content.decode()
    assert "End it instead." in page
    assert Partnership.objects.exists()


# -- Changing ------------------------------------------------------------------------------------


def test_a_level_is_shown_first_and_changes_only_with_what_was_shown(desk):
    partnership = city_of("Ghent", level="premium")
    seat = SeatFactory(partnership=partnership, person=PersonFactory(name="Ada <i>Lovelace</i>"))
    typed = {"level": "associate", "on": day(0).isoformat(), "reason": "Budget"}

    looked = desk.post(at("partnership_level", "ghent"), typed)
    page = looked.content.decode()
    assert "Nothing has changed yet" in page
    assert "ask for a full-day visit by the foundation" in page
    assert "Ada &lt;i&gt;Lovelace&lt;/i&gt;" in page
    assert viewer_for(seat.person).level == "premium"

    stamp = looked.context["shown"].stamp
    SeatFactory(partnership=partnership)  # somebody sits down in between
    again = desk.post(at("partnership_level", "ghent"), typed | {"stamp": stamp})
    assert "Something changed since you looked" in again.content.decode()
    assert viewer_for(seat.person).level == "premium"

    stamp = again.context["shown"].stamp
    done = desk.post(at("partnership_level", "ghent"), typed | {"stamp": stamp})
    assert done.url == at("partnership", "ghent")
    assert viewer_for(seat.person).level == "associate"
    assert JournalRow.objects.get(act="partnership.level").reason == "Budget"


def test_a_plan_can_be_taken_back_on_the_page(desk):
    partnership = city_of("Ghent", level="associate")
    change = acts.plan_level(partnership, level="premium", on=day(9), by=operator())
    assert "Planned: Premium" in desk.get(at("partnership", "ghent")).content.decode()
    desk.post(at("partnership_take_back", "ghent"), {"change": change.code})
    page = desk.get(at("partnership", "ghent")).content.decode()
    assert "Planned: Premium" not in page
    assert "taken back" in page


def test_a_change_of_another_city_can_t_be_taken_back_here(desk):
    city_of("Ghent")
    other = city_of("Bergen", level="associate")
    change = acts.plan_level(other, level="premium", on=day(9), by=operator())
    answer = desk.post(at("partnership_take_back", "ghent"), {"change": change.code})
    assert answer.status_code == 404
    assert PartnershipChange.objects.get(pk=change.pk).withdrawn_at is None


def test_an_end_takes_a_fresh_sign_in_and_shows_who_loses_what(desk):
    seat = SeatFactory(partnership=city_of("Ghent"))
    typed = {"ends_on": day(-1).isoformat(), "grace_days": "0", "reason": "Left"}
    session = desk.session
    grow_stale(session)
    session.save()
    assert desk.post(at("partnership_end", "ghent"), typed).status_code == 302
    assert viewer_for(seat.person).is_member

    session = desk.session
    from house.people.sudo import make_fresh

    make_fresh(session)
    session.save()
    looked = desk.post(at("partnership_end", "ghent"), typed)
    assert "read ALEX" in looked.content.decode()
    assert viewer_for(seat.person).is_member
    desk.post(at("partnership_end", "ghent"), typed | {"stamp": looked.context["shown"].stamp})
    assert not viewer_for(seat.person).is_member


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("partnership_level", {"level": "premium", "on": "0001-01-01"}),
        ("partnership_level", {"level": "kaiser", "on": "2027-01-01"}),
        ("partnership_extend", {"ends_on": "tomorrow"}),
        ("partnership_renew", {"ends_on": "2019-01-01"}),
        ("partnership_end", {"ends_on": "2019-01-01", "grace_days": "3", "reason": "x"}),
        ("partnership_end", {"ends_on": "2099-01-01", "grace_days": "9999", "reason": ""}),
        ("partnership_end", {"ends_on": "9999-12-31", "grace_days": "3", "reason": "x"}),
        ("partnership_seats", {"seats": "-4"}),
    ],
)
def test_nonsense_is_refused_in_place(desk, page, typed):
    before = Partnership.objects.values_list().get(pk=city_of("Ghent").pk)
    answer = desk.post(at(page, "ghent"), typed)
    assert answer.status_code == 422
    assert "Not saved yet" in answer.content.decode()
    assert Partnership.objects.values_list().get() == before
    assert not PartnershipChange.objects.exists()


def test_notes_of_two_writers_stand_beside_each_other(desk):
    partnership = city_of("Ghent")
    acts.note(partnership, notes="Call in May", seen="", by=operator())
    answer = desk.post(at("partnership_notes", "ghent"), {"notes": "Call in June", "seen": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Call in May" in page
    assert "Call in June" in page
    seen = answer.context["form"]["seen"].value()
    desk.post(at("partnership_notes", "ghent"), {"notes": "Call in May and June", "seen": seen})
    assert Partnership.objects.get().notes == "Call in May and June"


# -- Several -------------------------------------------------------------------------------------


def test_several_are_extended_after_a_look_once_and_undone(desk):
    ghent, bergen = city_of("Ghent"), city_of("Bergen")
    endless = city_of("Cork", ends_on=None, last_day=None)
    chosen = {"act": "extend", "chosen": [each.pk for each in (ghent, bergen, endless)]}

    looked = desk.post(at("partnership_bulk"), chosen)
    assert [fate.is_refused for fate in looked.context["fates"]] == [False, True, False]
    assert not PartnershipChange.objects.exists()

    shown = {f"until-{fate.partnership.pk}": fate.until for fate in looked.context["fates"]}
    sent = chosen | shown | {"do": "1"}
    done = desk.post(at("partnership_bulk"), sent)
    desk.post(at("partnership_bulk"), sent)  # a second click
    assert PartnershipChange.objects.filter(act="extended").count() == 2
    ghent.refresh_from_db()
    assert ghent.ends_on.year == day(300).year + 1

    desk.post(at("partnership_bulk"), {"act": "undo", "change": done.context["changes"]})
    ghent.refresh_from_db()
    assert ghent.ends_on == day(300)


def test_nobody_s_partnership_is_extended_by_what_was_not_shown(desk):
    ghent = city_of("Ghent")
    done = desk.post(at("partnership_bulk"), {"act": "extend", "chosen": [ghent.pk], "do": "1"})
    assert [fate.is_refused for fate in done.context["fates"]] == [True]
    assert not PartnershipChange.objects.exists()


def test_several_are_reminded_and_who_has_nobody_is_told(desk):
    ghent, bergen = city_of("Ghent"), city_of("Bergen")
    SeatFactory(partnership=ghent, kind="coordinator", person=PersonFactory(name="Ada"))
    chosen = {"act": "remind", "chosen": [ghent.pk, bergen.pk]}
    looked = desk.post(at("partnership_bulk"), chosen).content.decode()
    assert "A mail to Ada." in looked
    assert "Nobody who can sign in" in looked
    assert not JournalRow.objects.filter(act="partnership.reminded").exists()
    desk.post(at("partnership_bulk"), chosen | {"do": "1"})
    assert JournalRow.objects.filter(act="partnership.reminded").count() == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"act": "extend"}, {"act": "fly", "chosen": ["1"]}, {"act": "extend", "chosen": ["²"]}],
)
def test_an_empty_choice_leads_back(desk, sent):
    assert desk.post(at("partnership_bulk"), sent).url == at("partnerships")

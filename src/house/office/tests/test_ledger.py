"""The ledger at the desk: lists, acts, what to look after, and the same as files."""

import csv
import datetime
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from house.partners import ledger
from house.partners.models import (
    Account,
    Allowance,
    Benefit,
    Hold,
    Movement,
    Partnership,
    Threshold,
)
from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory

pytestmark = pytest.mark.django_db

PAGES = (
    "ledger",
    "ledger_waiting",
    "ledger_benefits",
    "ledger_benefit_new",
    "ledger_renewals",
    "ledger_quiet",
)
FILES = [
    (what, form) for what in ("balances", "renewals", "quiet-cities") for form in ("csv", "xlsx")
]


@pytest.fixture
def desk(client_factory, office):
    return client_factory(office)


@pytest.fixture
def asked(member):
    """A session that the member's city asked for."""
    benefit = Benefit.objects.get(pk="one-on-one")
    viewer = viewer_for(member.person)
    return ledger.hold(member.city, benefit, key="k", by=viewer, what_for="Heat plans")


def page(client, name, /, *args, **query):
    return client.get(reverse(f"office:{name}", args=args), query)


def send(client, address, /, *args, **said):
    """As the page's own form would: with the key that it carries."""
    shown = page(client, address, *args)
    key = shown.context["form"]["key"].value() if "key" in shown.context["form"].fields else ""
    return client.post(reverse(f"office:{address}", args=args), {"key": key, **said})


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def everything(slug, asked):
    row = Movement.objects.filter(account__city=asked.account.city_id).first()
    yield from ((name, ()) for name in PAGES)
    yield from (("ledger_download", pair) for pair in FILES)
    yield "ledger_city", (slug,)
    yield "ledger_grant", (slug,)
    yield "ledger_city_download", (slug, "csv")
    yield "ledger_city_download", (slug, "xlsx")
    yield "ledger_decide", (asked.code,)
    yield "ledger_correct", (asked.account.code,)
    yield "ledger_undo", (row.code,)
    yield "ledger_benefit_edit", ("one-on-one",)


# -- Who comes in --------------------------------------------------------------------------------


def test_only_who_keeps_the_ledger_finds_it(client_factory, desk, member, curator, asked):
    for name, args in everything("city-aaa", asked):
        assert page(desk, name, *args).status_code == 200, name
        for person in (None, member.person, curator):
            assert page(client_factory(person), name, *args).status_code == 404, name


def test_hole_6_files_and_pages_end_with_the_right_to_them(desk, office, asked):
    """Nothing that was made before is kept to be fetched after."""
    assert page(desk, "ledger_download", "balances", "csv").status_code == 200
    office.is_office = False
    office.save()
    for name, args in everything("city-aaa", asked):
        assert page(desk, name, *args).status_code == 404, name


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("ledger_city", ("nowhere",)),
        ("ledger_city_download", ("city-aaa", "pdf")),
        ("ledger_download", ("balances", "pdf")),
        ("ledger_download", ("passwords", "csv")),
        ("ledger_decide", ("nothing",)),
        ("ledger_undo", ("nothing",)),
        ("ledger_correct", ("nothing",)),
        ("ledger_benefit_edit", ("nothing",)),
    ],
)
def test_what_is_not_there_looks_absent(desk, member, name, args):
    assert page(desk, name, *args).status_code == 404


# -- Lists ---------------------------------------------------------------------------------------


def test_balances_are_granted_at_the_first_look(desk, member, associate):
    shown = [
        (account.city_id, account.benefit_id, account.left)
        for account in page(desk, "ledger").context["page"]
    ]
    assert shown == [("aaa", "hosting-slot", 1), ("aaa", "one-on-one", 1), ("ccc", "one-on-one", 1)]


def test_balances_are_filtered(desk, member, associate, asked):
    def cities(**query):
        return [
            (account.city_id, account.benefit_id)
            for account in page(desk, "ledger", **query).context["page"]
        ]

    page(desk, "ledger")
    assert cities(city="city-ccc") == [("ccc", "one-on-one")]
    assert cities(benefit="hosting-slot") == [("aaa", "hosting-slot")]
    assert cities(show="waiting") == [("aaa", "one-on-one")]
    assert cities(show="over") == []


def test_hole_4_only_named_columns_order_the_list(desk, member, associate, asked):
    """What is not listed orders by the city: no column of another table can be guessed by its order."""

    def order(sort):
        return [
            (account.city_id, account.benefit_id)
            for account in page(desk, "ledger", sort=sort).context["page"]
        ]

    by_city = order("")
    assert order("-city") == [by_city[2], *by_city[:2]]
    assert order("-held")[0] == ("aaa", "one-on-one")
    for sort in ("city__code", "-city__partnership__notes", "pk", "left_now", "'; DROP TABLE", "-"):
        assert order(sort) == by_city, sort


@pytest.mark.parametrize("cities", [1, 3])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("ledger", (), 13),
        ("ledger_waiting", (), 7),
        ("ledger_renewals", (), 7),
        ("ledger_quiet", (), 19),
        ("ledger_download", ("balances", "csv"), 11),
        ("ledger_download", ("quiet-cities", "csv"), 19),
    ],
)
def test_the_lists_take_no_query_more_for_more_cities(
    desk, office, django_assert_num_queries, cities, name, args, queries
):
    """One literal for each list, whether one city stands in it or three."""
    today = timezone.now().date()
    for number in range(cities):
        partnership = PartnershipFactory(
            city__code=f"q{number}",
            ends_on=today + datetime.timedelta(days=2),
            last_day=today + datetime.timedelta(days=9),
        )
        benefit = Benefit.objects.get(pk="one-on-one")
        ledger.hold(
            partnership.city, benefit, key=f"k{number}", by=viewer_for(office), what_for="Heat"
        )
    Hold.objects.update(asked_at=timezone.now() - datetime.timedelta(days=99))
    page(desk, name, *args)
    with django_assert_num_queries(queries):
        page(desk, name, *args)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_statement_takes_no_query_more_for_more_rows(
    desk, member, office, django_assert_num_queries, rows
):
    benefit = Benefit.objects.get(pk="one-on-one")
    for number in range(rows):
        ledger.grant(
            member.city, benefit, units=1, key=f"k{number}", by=viewer_for(office), reason="A gift"
        )
    page(desk, "ledger_city", "city-aaa")
    with django_assert_num_queries(15):
        page(desk, "ledger_city", "city-aaa")


def test_a_statement_is_newest_first_with_a_running_balance(desk, member, office, asked):
    send(desk, "ledger_decide", asked.code, act="do")
    send(desk, "ledger_grant", "city-aaa", benefit="one-on-one", units=2, reason="A prize")
    told = [
        (row.kind, row.change, row.left_after, who)
        for row, who, _can in page(desk, "ledger_city", "city-aaa").context["rows"]
        if row.account.benefit_id == "one-on-one"
    ]
    assert told == [
        ("grant", 2, 2, office.name),
        ("use", 0, 0, office.name),
        ("hold", -1, 0, member.person.name),
        ("grant", 1, 1, "The house"),
    ]


# -- Acts ----------------------------------------------------------------------------------------


def left(city="aaa", benefit="one-on-one"):
    account = Account.objects.get(city=city, benefit=benefit)
    return account.granted, account.held, account.used, account.left


def test_what_was_asked_for_waits_on_the_first_page_of_the_desk(desk, asked):
    def piles():
        shown = page(desk, "today").context["piles"]
        return {pile.title: [line.text for line in pile.lines] for pile in shown}

    assert piles()["Asked for by cities"] == ["Heat plans"]
    send(desk, "ledger_decide", asked.code, act="do")
    assert "Asked for by cities" not in piles()


def test_what_was_asked_for_is_used(desk, asked):
    assert "Heat plans" in page(desk, "ledger_waiting").content.decode()
    assert send(desk, "ledger_decide", asked.code, act="do").status_code == 302
    assert left() == (1, 0, 1, 0)
    assert "Heat plans" not in page(desk, "ledger_waiting").content.decode()


def test_what_was_asked_for_is_given_back_with_a_reason(desk, asked):
    refused = send(desk, "ledger_decide", asked.code, refund="1")
    assert refused.status_code == 422
    assert "Say why the unit is given back." in refused.content.decode()
    assert left() == (1, 1, 0, 0)
    send(desk, "ledger_decide", asked.code, refund="1", reason="We are ill")
    assert left() == (1, 0, 0, 1)
    assert Hold.objects.get().answer == "We are ill"


def test_sending_a_form_twice_acts_once(desk, member):
    address = reverse("office:ledger_grant", args=["city-aaa"])
    said = {"key": "one", "benefit": "one-on-one", "units": "2", "reason": "A prize"}
    assert [desk.post(address, said).status_code for _time in range(2)] == [302, 302]
    assert left() == (3, 0, 0, 3)


def test_a_refused_correction_keeps_what_was_typed(desk, asked):
    answer = send(desk, "ledger_correct", asked.account.code, units="-1", reason="It was a mistake")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Only 0 left" in text.replace("&#x27;", "'")
    assert "It was a mistake" in text
    assert left() == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "said", [{}, {"units": "0", "reason": "x"}, {"units": "1", "reason": " "}, {"units": "1e9"}]
)
def test_a_form_filled_wrongly_moves_nothing(desk, asked, said):
    rows = Movement.objects.count()
    assert send(desk, "ledger_correct", asked.account.code, **said).status_code == 422
    assert Movement.objects.count() == rows


def test_a_row_is_taken_back_by_its_opposite(desk, asked):
    send(desk, "ledger_decide", asked.code, act="do")
    row = Movement.objects.get(kind="use")
    assert send(desk, "ledger_undo", row.code, reason="The wrong city").status_code == 302
    assert left() == (1, 1, 0, 0)
    again = send(desk, "ledger_undo", row.code, reason="Again")
    assert again.status_code == 422
    offered = {
        row.kind: can for row, _who, can in page(desk, "ledger_city", "city-aaa").context["rows"]
    }
    assert offered == {"correct": False, "use": False, "hold": False, "grant": False}


def test_the_foundation_adds_a_benefit_and_grants_it(desk, member):
    said = {"name": "Study visit", "carry_over": "1", "capability": "", "is_offered": "on"}
    assert send(desk, "ledger_benefit_new", **said).status_code == 302
    benefit = Benefit.objects.get(name="Study visit")
    assert (benefit.pk, benefit.carry_over, benefit.capability) == ("study-visit", 1, "")
    send(desk, "ledger_grant", "city-aaa", benefit="study-visit", units=1, reason="A prize")
    assert left(benefit="study-visit") == (1, 0, 0, 1)
    refused = send(desk, "ledger_benefit_new", **said)
    assert refused.status_code == 422
    assert "There is a benefit of this name." in refused.content.decode()


def test_a_benefit_changes_its_words_and_keeps_its_code(desk):
    said = {"name": "Talk", "carry_over": "2", "capability": "meetings.book"}
    assert send(desk, "ledger_benefit_edit", "one-on-one", **said).status_code == 302
    benefit = Benefit.objects.get(pk="one-on-one")
    assert (benefit.name, benefit.carry_over, benefit.is_offered) == ("Talk", 2, False)
    assert Allowance.objects.filter(benefit=benefit).exists()


@pytest.mark.parametrize(
    "said", [{"name": ""}, {"carry_over": "101"}, {"capability": "office.people"}]
)
def test_a_benefit_filled_in_wrongly_is_not_kept(desk, said):
    whole = {"name": "Study visit", "carry_over": "0", "capability": "", **said}
    assert send(desk, "ledger_benefit_new", **whole).status_code == 422
    assert not Benefit.objects.filter(name="Study visit").exists()


# -- What to look after --------------------------------------------------------------------------


def quiet(desk):
    rows = page(desk, "ledger_quiet").context["rows"]
    return [
        (row.partnership.city_id, row.last.what if row.last else "", row.days) for row, _ in rows
    ]


def test_a_city_goes_quiet_after_sixty_days_or_what_the_office_says(desk, member, neighbour, asked):
    now = timezone.now()
    for person, days in ((member.person, 100), (neighbour.person, 59)):
        person.last_login = now - datetime.timedelta(days=days)
        person.save()
    assert quiet(desk) == [], "the member's city asked for a benefit today"
    Hold.objects.update(asked_at=now - datetime.timedelta(days=70))
    assert quiet(desk) == [("aaa", "Asked for a benefit", 70)]
    address = reverse("office:ledger_quiet")
    assert desk.post(address, {"days": "50"}).status_code == 302
    assert quiet(desk) == [("aaa", "Asked for a benefit", 70), ("bbb", "Sign-in", 59)]
    assert Threshold.objects.get(pk="quiet-days").value == 50
    assert desk.post(address, {"days": "0"}).status_code == 422


def test_a_city_that_never_came_is_quiet_since_it_joined_and_a_lapsed_one_is_not(desk):
    today = timezone.now().date()
    young = today - datetime.timedelta(days=10)
    PartnershipFactory(city__code="old", starts_on=today - datetime.timedelta(days=80))
    PartnershipFactory(city__code="new", starts_on=young)
    PartnershipFactory(
        city__code="gone", starts_on=datetime.date(2020, 1, 1), ends_on=young, last_day=young
    )
    assert quiet(desk) == [("old", "", 80)]


def test_renewals_are_those_that_end_soon_or_are_in_their_grace(desk):
    today = timezone.now().date()
    for code, days, grace in (
        ("soon", 59, 30),
        ("grace", -5, 30),
        ("late", 61, 30),
        ("over", -31, 30),
    ):
        ends = today + datetime.timedelta(days=days)
        PartnershipFactory(
            city__code=code, ends_on=ends, last_day=ends + datetime.timedelta(days=grace)
        )
    PartnershipFactory(city__code="endless")
    assert [
        (row.city_id, days) for row, _level, days in page(desk, "ledger_renewals").context["rows"]
    ] == [("grace", -5), ("soon", 59)]
    desk.post(reverse("office:ledger_renewals"), {"days": "61"})
    assert len(page(desk, "ledger_renewals").context["rows"]) == 3


# -- Files ---------------------------------------------------------------------------------------


def test_a_file_holds_what_its_list_shows(desk, member, associate):
    rows = rows_of(page(desk, "ledger_download", "balances", "csv", city="city-ccc"))
    assert rows[0][0] == "City"
    assert [row[:2] + row[-1:] for row in rows[1:]] == [["City ccc", "One-on-one session", "1"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_hole_13_no_word_of_a_city_is_a_formula_in_a_file(desk, office, member, start):
    """A colleague's request, a city's name and the office's own reason go out as text."""
    formula = f"{start}HYPERLINK(A1)"
    member.city.name = formula
    member.city.save()
    benefit = Benefit.objects.get(pk="one-on-one")
    Benefit.objects.filter(pk="one-on-one").update(name=formula)
    viewer = viewer_for(member.person)
    ledger.hold(member.city, benefit, key="k", by=viewer, what_for=formula)
    Partnership.objects.update(ends_on=timezone.now().date(), last_day="2099-01-01")
    member.person.last_login = timezone.now() - datetime.timedelta(days=100)
    member.person.save()
    Hold.objects.update(asked_at=member.person.last_login)
    for name, args in (
        *(("ledger_download", (what, "csv")) for what in ("balances", "renewals", "quiet-cities")),
        ("ledger_city_download", ("city-aaa", "csv")),
    ):
        cells = [cell for row in rows_of(page(desk, name, *args)) for cell in row]
        # A number may be negative; words never begin like a formula.
        words = [cell for cell in cells if not cell.lstrip("-").isdigit()]
        assert not [cell for cell in words if cell[:1] in tuple("=+-@\t\r")], name
        assert [cell for cell in words if cell.startswith("'") and "HYPERLINK" in cell], name
    book = page(desk, "ledger_city_download", "city-aaa", "xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        assert b"<f>" not in opened.read("xl/worksheets/sheet1.xml")

"""What readers see: ranges, reasons, sources; and nothing that a spreadsheet would run."""

import csv
import io
import json

import pytest
from django.urls import reverse

from house.atlas.mobility.models import IndexCity, NameMatch
from house.atlas.mobility.tests.made import AUDIT, EARLIER, edition, keep, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(member):
    edition(row("a"), day=EARLIER)
    keep(f"{AUDIT}\na,NL,ok,120,docked_bike,False,False,False,https://feeds.example/a\n".encode())
    return edition(
        row("a", versions="3.0"), row("bike b", "City bbb"), row("c", "City ccc"), row("d", "City aaa/City bbb"),
        row("e", "Netherlands"), row("f", "Neustadt", country="DE"),
    )  # fmt: skip


def page(client, name, *args, **query):
    response = client.get(reverse(f"mobility:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_house_teaches_what_an_edition_is(client):
    assert "No edition has been computed yet" in page(client, "index")
    for name in ("method", "unmatched", "edition_list", "correction_list"):
        page(client, name)
    assert client.get(reverse("mobility:index_csv")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_asks_the_same_for_one_city_and_for_three(
    client, count, django_assert_num_queries
):
    edition(*[row(f"s{n}", f"City {each * 3}") for n, each in enumerate("abc"[:count])])
    page(client, "index")  # what each process remembers
    with django_assert_num_queries(2):
        page(client, "index")


@pytest.mark.parametrize("count", [1, 3])
def test_a_city_asks_the_same_for_one_system_and_for_three(
    client, count, django_assert_num_queries
):
    edition(*[row(f"s{n}") for n in range(count)])
    place = IndexCity.objects.get()
    page(client, "city", place.slug)
    with django_assert_num_queries(3):
        page(client, "city", place.slug)


def test_ranks_are_ranges_and_what_is_missing_says_so(client, world):
    text = page(client, "index")
    assert "not known" in text
    assert "No feed of its systems was counted" in text
    assert "2 systems have no certain city" in text
    city = page(client, "city", "city-ccc-nl")
    assert "Nobody we read states how many people live there." in city
    shared = page(client, "city", "city-aaa-nl")
    assert "counted once, for the people of all of them together" in shared
    assert "2026-07-21 (ODbL 1.0)" in shared


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["City aaa", "City bbb", "City ccc"]), ({"q": "BBB"}, ["City bbb"]), ({"country": "DE"}, []),
        ({"country": "'; DROP"}, ["City aaa", "City bbb", "City ccc"]), ({"mode": "bike"}, ["City aaa", "City bbb"]),
        ({"alliance": "1"}, ["City aaa"]), ({"size": "500000"}, []), ({"sort": "pk"}, ["City aaa", "City bbb", "City ccc"]),
    ],
)  # fmt: skip
def test_only_known_filters_narrow_the_index(client, world, query, names):
    body = client.get(reverse("mobility:index_json"), query).json()
    assert sorted(each["name"] for each in body["cities"]) == names


def test_the_readers_weights_rank_anew_and_stand_in_the_address(client, world):
    def first(**weights):
        body = client.get(reverse("mobility:index_json"), weights).json()
        return body["cities"][0]["name"], body["weights"]["modes"]

    only = {"w_supply": 0, "w_operators": 0, "w_openness": 0}
    assert first(**only, w_modes=10)[1] == 10
    assert first(w_supply=10, w_modes=0, w_operators=0, w_openness=0)[0] == "City aaa"
    text = page(client, "index", w_supply=10, w_modes=0)
    assert "Ranked by your weights" in text
    assert "w_supply=10" in text  # links and downloads keep it
    for nonsense in ({"w_supply": "-3"}, {"w_supply": "9" * 400}, {"w_supply": "٣"}, dict.fromkeys(("w_supply", "w_modes", "w_operators", "w_openness"), 0)):  # fmt: skip
        assert "Ranks as ranges" in page(client, "index", **nonsense)


def test_sorting_puts_what_is_unknown_last(client, world):
    body = client.get(reverse("mobility:index_json"), {"sort": "supply"}).json()
    values = [each["figures"]["supply"]["value"] for each in body["cities"]]
    assert values == sorted((v for v in values if v is not None), reverse=True) + [None] * values.count(None)  # fmt: skip


def test_the_table_leaves_cells_empty_and_runs_nothing(client):
    edition(row("a", name="=cmd|x"), row("b", "City bbb"))
    text = client.get(reverse("mobility:index_csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["supply"] for each in rows] == ["", ""]
    assert {each["supply_missing_because"] for each in rows} == {"not-counted"}
    assert "=cmd" not in text
    assert rows[0]["operators_licence"] == "CC BY 3.0"


def test_markup_and_turned_letters_of_a_list_stay_text(client):
    edition(row("a", name="<script>alert(1)</script>\u202egnp.x"))
    text = page(client, "city", "city-aaa-nl")
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_a_curator_matches_a_name_on_its_page(client_factory, world, curator):
    client = client_factory(curator)
    path = reverse("mobility:match") + "?country=DE&location=Neustadt"
    assert "Several places of the country have this name." in client.get(path).content.decode()
    refused = client.post(path, {"place": "?", "name": "Nirgendwo", "reason": "x"})
    assert refused.status_code == 422
    assert "knows no Nirgendwo in Germany" in refused.content.decode()
    assert client.post(path, {"place": "-", "reason": "Nobody says which"}).status_code == 302
    assert NameMatch.objects.get().codes == []
    assert "not one city" in page(client, "unmatched")
    assert client.post(reverse("mobility:match_forget"), {"subject": NameMatch.objects.get().subject}).status_code == 302  # fmt: skip
    assert (
        client.get(reverse("mobility:match"), {"country": "DE", "location": "X"}).status_code == 404
    )


def test_an_edition_shows_its_digests_and_computes_again(client_factory, world, curator):
    client = client_factory(curator)
    text = page(client, "edition", world.code)
    assert world.result_digest in text
    response = client.post(reverse("mobility:edition_check", args=[world.code]), follow=True)
    assert "exactly the same result" in response.content.decode()


def test_programs_get_ranges_sources_and_reasons(client, world, member):
    body = client.get("/api/v1/mobility-index").json()
    assert next(each["name"] for each in body["items"]) in {"City aaa", "City bbb"}
    city = client.get("/api/v1/mobility-index/city-ccc-nl").json()
    assert city["figures"]["supply"] | {"value": None, "why": "no-population"} == city["figures"]["supply"]  # fmt: skip
    assert city["rank"]["low"] <= city["rank"]["high"]
    editions = client.get("/api/v1/mobility-index/editions").json()["items"]
    assert [each["edition"] for each in editions] == ["2026-07-21", "2026-04-15"]
    assert all(each["licence"] for each in editions[0]["sources"] if each["sha256"])
    assert client.get("/api/v1/mobility-index/nowhere").status_code == 404
    assert client.get("/api/v1/mobility-index", {"edition": "x"}).status_code == 404
    assert json.loads(client.get(reverse("mobility:index_json")).content)["edition"] == world.code

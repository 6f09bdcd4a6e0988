"""The map for everybody: list, points, picture, GeoJSON, embed, API. Nothing hidden comes out by any of them."""

import gzip
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from extruct.jsonld import JsonLdExtractor

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.filters import bbox_of
from house.atlas.initiatives.importing import running
from house.atlas.initiatives.importing.placing import Options
from house.atlas.initiatives.models import Layer, State
from house.atlas.initiatives.tests import rfc7946
from house.atlas.initiatives.tests.making import make_initiative, make_layer
from house.partners.viewing import viewer_for
from house.retrieval import outbox
from tests.factories import CityFactory
from tests.listed import listed

HIDDEN = [state for state in State.values if state != "shown"]
WAYS = ["map", "points", "picture", "geojson", "embed"]


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def get(client, name, *args, **query):
    response = client.get(reverse(f"initiatives:{name}", args=args), query)
    return response, body(response).decode("utf-8", "replace")


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_shown_comes_out_nowhere(client, member, client_factory, state, db):
    private = make_layer(title="zz-canary-layer", is_public=False)
    made = make_initiative(
        "zz-canary", state=state, layer=private, latitude=11.5, longitude=22.25,
        description="zz-canary says something that search would find if it were allowed to.",
    )  # fmt: skip
    outbox.touch("initiative", made.pk)
    outbox.drain()
    for browser in (client, client_factory(member.person)):
        for name in WAYS:
            response, text = get(browser, name)
            assert response.status_code == 200
            assert "canary" not in text
            assert "22.25" not in text
        _response, text = get(browser, "at", n=str(made.pk))
        assert json.loads(text) == {"items": []}
        assert json.loads(get(browser, "at", n="9" * 5000)[1]) == {"items": []}
        assert json.loads(get(browser, "named", q="canary")[1]) == {"ids": []}
        assert get(browser, "initiative", made.code)[0].status_code == 404
        for path in (
            "/api/v1/initiatives",
            f"/api/v1/initiatives/{made.code}",
            "/search/?q=canary",
        ):
            assert "zz-canary" not in browser.get(path).content.decode()
    points = client.get(reverse("initiatives:points")).content
    head = json.loads(points[4 : 4 + int.from_bytes(points[:4], "little")])
    assert head["count"] == 0
    assert [address for address in listed(client) if "/atlas/map/" in address] == [
        f"http://localhost:8000{reverse(f'initiatives:{name}')}" for name in ("map", "kind_list")
    ]


def test_contact_goes_out_only_where_it_was_published(client, db):
    for number, is_public in enumerate((True, False)):
        make_initiative(
            f"Place {number}", email=f"desk{number}@place.example", phone=f"+31 20 000000{number}",
            contact_is_public=is_public, latitude=50 + number,
        )  # fmt: skip
    code = reverse("initiatives:map")
    for text in (
        get(client, "geojson")[1],
        client.get("/api/v1/initiatives").content.decode(),
        "".join(client.get(item["url"].removeprefix("http://localhost:8000")).content.decode()
                for item in client.get("/api/v1/initiatives").json()["items"]),
    ):  # fmt: skip
        assert "desk0@place.example" in text
        assert "desk1@place.example" not in text
        assert "0000001" not in text
    assert "place.example" not in client.get(code).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client, db, count, django_assert_num_queries):
    for number in range(count):
        make_initiative(f"Place {number}", latitude=number, city=CityFactory(code=f"c{number}"))
    client.get(reverse("initiatives:map"))  # choices are kept
    with django_assert_num_queries(3):
        client.get(reverse("initiatives:map"))
    with django_assert_num_queries(1):
        client.get("/api/v1/initiatives")
    with django_assert_num_queries(2):
        get(client, "geojson")


def test_filters_narrow_every_face_alike(client, db):
    ams = CityFactory(code="ams", slug="amsterdam", name="Amsterdam")
    make_initiative(
        "Always", kinds=["makerspace"], opening_hours="24/7", city=ams, languages=["nl"]
    )
    make_initiative("Never", kinds=["makerspace", "repair-cafe"], latitude=10, longitude=-170)
    make_initiative(
        "Other", kinds=["time-bank"], latitude=-40, longitude=170, languages=["en", "nl"]
    )
    for query, names in (
        ({"kind": "makerspace"}, {"Always", "Never"}),
        ({"kind": "repair-cafe"}, {"Never"}),
        ({"kind": ["repair-cafe", "time-bank", "nonsense"]}, {"Never", "Other"}),
        ({"q": "ALW"}, {"Always"}),
        ({"q": "e  r", "kind": ["time-bank", "makerspace"]}, {"Never", "Other"}),
        ({"city": "amsterdam"}, {"Always"}),
        ({"open": "1"}, {"Always"}),
        ({"language": "nl"}, {"Always", "Other"}),
        ({"bbox": "160,-50,-160,20"}, {"Never", "Other"}),  # across the date line
        ({"bbox": "nonsense", "kind": "nonsense"}, {"Always", "Never", "Other"}),
        ({"kind": "makerspace", "language": "nl", "open": "1"}, {"Always"}),
    ):
        listed = client.get(reverse("initiatives:map"), query).context["rows"]
        features = json.loads(get(client, "geojson", **query)[1])["features"]
        items = client.get("/api/v1/initiatives", query).json()["items"]
        assert {one.name for one in listed} == names
        assert {one["properties"]["name"] for one in features} == names
        assert {one["name"] for one in items} == names
        assert f"Map of {len(names)} initiatives" in get(client, "picture", **query)[1]


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("4,52,5,53", (4, 52, 5, 53)),
        ("-200,0,-150,10", (160, 0, -150, 10)),
        ("-400,-90,400,90", (-180, -90, 180, 90)),
        ("nan,0,1,1", None),
        ("5,9,6,8", None),
        ("1,2,3", None),
    ],
)
def test_parts_of_the_map_are_read_as_far_as_they_make_sense(text, box):
    assert bbox_of(text) == box


def test_a_word_finds_names_however_they_are_written(client, db):
    made = make_initiative("Repair Café Østerbro 100%")
    other = make_initiative("Werkstatt", latitude=1)
    for words in ("cafe", "CAFÉ osterbro", "østerbro repair", "100%", " %"):
        assert json.loads(get(client, "named", q=words)[1]) == {"ids": [made.pk]}
    assert json.loads(get(client, "named", q="")[1]) == {"ids": []}
    assert json.loads(get(client, "named", q="_")[1]) == {"ids": []}
    other.name = "Werkstatt im Café"
    other.save()
    assert json.loads(get(client, "named", q="cafe")[1]) == {"ids": [made.pk, other.pk]}
    page = get(client, "map", q="<b>café")[1]
    assert "Nothing like this is on the map" in page
    assert 'value="&lt;b&gt;café"' in page


def test_points_are_packed_small_and_kept_until_something_changes(client, db):
    made = make_initiative(kinds=["repair-cafe", "makerspace"], opening_hours="24/7")
    address = reverse("initiatives:points")
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = gzip.decompress(packed.content)
    assert plain == client.get(address).content
    again = client.get(address, headers={"If-None-Match": packed["ETag"]})
    assert again.status_code == 304
    assert (
        client.get(address, headers={"Accept-Language": "de"}).content == plain
    )  # its mark is the same too
    make_initiative("Another", latitude=1)
    assert client.get(address, headers={"If-None-Match": packed["ETag"]}).status_code == 200
    length = int.from_bytes(plain[:4], "little")
    head, columns = json.loads(plain[4 : 4 + length]), plain[4 + length :]
    assert int.from_bytes(columns[:4], "little") == made.pk
    assert int.from_bytes(columns[4:8], "little", signed=True) == 489_000
    bits = int.from_bytes(columns[12:16], "little")
    assert {head["kinds"][n]["name"] for n in range(32) if bits >> n & 1} == {
        "repair-cafe", "makerspace",
    }  # fmt: skip


def test_geojson_is_rfc_7946_and_names_the_terms(client, db):
    layer = make_layer(title="OSM", licence="ODbL 1.0", attribution="© OpenStreetMap contributors")
    make_initiative(layer=layer)
    response, text = get(client, "geojson")
    found = json.loads(text)
    assert response["Content-Type"] == "application/geo+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (found["type"], [each["title"] for each in found["layers"]]) == (
        "FeatureCollection",
        ["OSM"],
    )
    assert found["features"][0]["geometry"]["coordinates"] == [4.89, 52.37]
    assert found["features"][0]["properties"]["attribution"] == "© OpenStreetMap contributors"


def test_what_is_exported_is_as_rfc_7946_says(client, db, corpus, curator):
    for name in ("duesseldorf_alternativ.geojson", "little_free_libraries.kml"):
        run = running.begin(
            name, (corpus / "initiatives" / name).read_bytes(),
            Layer(title=name, licence="ODbL 1.0", attribution=f"© {name}"),
            Options(kind="public-bookcase"), person=curator, by=viewer_for(curator),
        )  # fmt: skip
        running.write(run, by=viewer_for(curator))
    make_initiative('\ufeff\u2028"</script>', latitude=-12.123456789012, longitude=179.99999999)
    found = json.loads(get(client, "geojson")[1], parse_float=Decimal)
    assert len(found["features"]) > 1200
    assert rfc7946.complaints(found) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("type", "Features"),
        ("features", {}),
        ("crs", {}),
        ("features.0.coordinates", [1, 2]),
        ("features.0.id", None),
        ("features.0.properties", None),
        ("features.0.properties.licence", ""),
        ("features.0.geometry.type", "Polygon"),
        ("features.0.geometry.coordinates", [Decimal("4.1"), Decimal(91)]),
        ("features.0.geometry.coordinates", [0, Decimal("0.0")]),
        ("features.0.geometry.coordinates", [Decimal("4.1234567"), 52]),
        ("features.0.geometry.coordinates", [4, 52, 1]),
    ],
)
def test_the_check_of_geojson_finds_what_is_wrong(client, db, part, value):
    make_initiative()
    found = json.loads(get(client, "geojson")[1], parse_float=Decimal)
    *way, last = (int(step) if step.isdigit() else step for step in part.split("."))
    place = found
    for step in way:
        place = place[step]
    place[last] = value
    assert rfc7946.complaints(found) != []


def test_the_embed_may_stand_anywhere_and_nothing_else_may(client, member, client_factory, db):
    make_initiative(city=CityFactory(code="ams", slug="amsterdam", name="Amsterdam"))
    response, text = get(client_factory(member.person), "embed", city="amsterdam")
    assert "Sharing in Amsterdam" in text
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert response.cookies == {}
    assert "csrf" not in text
    others = [get(client, "map")[0], client.get(reverse("initiatives:suggest"))]
    for other in others:
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_a_page_tells_openings_terms_and_machines(client, db):
    made = make_initiative(
        "Fix <b>it</b></script>", description="<img src=x onerror=alert(1)>",
        recurrence=[{"rule": "FREQ=WEEKLY;BYDAY=SA", "starts": "10:00", "ends": "12:00"}],
    )  # fmt: skip
    _response, text = get(client, "initiative", made.code)
    assert "<img src=x" not in text
    assert "In the hours of the place (Europe/Amsterdam)." in text
    assert text.count("10:00</time>–12:00") == 5
    assert "Never confirmed" in text
    assert "ODbL 1.0" in text
    [found] = JsonLdExtractor().extract(text)
    assert (found["@type"], found["name"]) == ("Place", "Fix <b>it</b></script>")


def test_kinds_are_a_scheme_with_matches(client, db):
    text = get(client, "kind_scheme")[1]
    graph = json.loads(text)["@graph"]
    concepts = [each for each in graph if "skos:notation" in each]
    assert len(concepts) == len(taxonomy.kinds()) == len({each["@id"] for each in concepts})
    assert 25 <= len(concepts) <= 32  # bits of one number in the points
    assert all(len(each["skos:prefLabel"]) >= 6 and each["skos:closeMatch"] for each in concepts)
    assert "Repair café" in get(client, "kind_list")[1]


def test_layers_are_told_only_once_something_of_them_is_shown(client, db):
    Layer.objects.create(title="zz-secret", licence="x", attribution="y")
    assert "zz-secret" not in get(client, "geojson")[1]

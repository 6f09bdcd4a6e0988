"""Files of the corpus come in, or are refused in plain words; runs are looked at, written, taken back."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from house.atlas.initiatives.importing import reading, reasons, running
from house.atlas.initiatives.importing.mapping import guess, unpack
from house.atlas.initiatives.importing.placing import Found, Options, place
from house.atlas.initiatives.importing.tables import UnreadableFile
from house.atlas.initiatives.models import Initiative, Layer, Run
from house.atlas.initiatives.tests.making import make_initiative
from house.ground.errors import Forbidden, Refused
from house.partners.viewing import viewer_for
from tests.factories import CityFactory

TERMS = {"title": "Test layer", "licence": "CC0", "attribution": "Us"}


def read(data, **options):
    table = reading.read(data)
    unpack(table.rows)
    options = Options(columns=guess(table.columns), **options)
    placed = [place(number, row, options) for number, row in enumerate(table.rows, start=1)]
    found = [one for one in placed if isinstance(one, Found)]
    return table, found, [one for one in placed if not isinstance(one, Found)]


# (file, format, how many can come in with a kind for the rest, encoding)
CORPUS = [
    ("amsterdam_repaircafes.json", "json", 43, "utf-8"),
    ("amsterdam_repaircafes_map.json", "json", 44, "utf-8"),
    ("coworking_leuven.json", "json", 23, "utf-8"),
    ("duesseldorf_alternativ.geojson", "geojson", 114, "utf-8"),
    ("duesseldorf_urban_garden.geojson", "geojson", 11, "utf-8"),
    ("eetti_finland.geojson", "geojson", 10, "utf-8"),
    ("kartevonmorgen_search_results.json", "openfairdb", 99, "utf-8"),
    ("little_free_libraries.kml", "kml", 1113, "utf-8"),  # two are "retired"
    ("public_bookcases_osm.tsv", "csv", 5502, "cp1252"),
    ("public_bookcases_osm_2021.osm", "osm", 5502, "utf-8"),
    ("public_bookcases_wikipedia_de.tsv", "csv", 2170, "cp1252"),  # 371 have no coordinates
]


@pytest.mark.parametrize(("name", "form", "count", "encoding"), CORPUS)
def test_files_of_the_corpus_are_read(corpus, name, form, count, encoding):
    table, found, _skipped = read(
        (corpus / "initiatives" / name).read_bytes(), kind="community-centre"
    )
    assert (table.format, table.encoding, len(found)) == (form, encoding, count)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("spaceapi_directory.json", "no coordinates"),
        ("transformap_taxonomy.json", "no coordinates"),
        ("budapest_solidarity_economy.csv", "no coordinates"),
        ("uk_makerspaces_2015.csv", "in which letters"),
    ],
)
def test_files_of_the_corpus_that_are_no_layer_are_refused_in_plain_words(
    corpus, curator, name, says
):
    data = (corpus / "initiatives" / name).read_bytes()
    with pytest.raises(Refused, match=says):
        running.begin(name, data, Layer(**TERMS), Options(), person=curator, by=viewer_for(curator))
    assert not Layer.objects.exists()
    assert not Run.objects.exists()


def test_rules_hours_and_days_without_come_along(corpus):
    data = (corpus / "initiatives/amsterdam_repaircafes.json").read_bytes()
    _table, found, _skipped = read(data, kind="repair-cafe")
    abc = found[0]
    assert abc.facts["recurrence"] == [
        {"rule": "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU,3TU", "starts": "13:00", "ends": "17:00"}
    ]
    assert abc.facts["closed"] == ["08"]
    assert not abc.facts["contact_is_public"]  # nobody said that its address is there to be used


def test_latin_letters_are_read_as_such(corpus):
    data = (corpus / "initiatives/public_bookcases_wikipedia_de.tsv").read_bytes()
    table, found, _skipped = read(data)
    assert table.is_guessed
    assert found[0].facts["description"].startswith("Unterstützt von der Gemeinde")


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><kml><name>&b;</name></kml>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "bomb"),
        (b'<!DOCTYPE osm SYSTEM "file:///etc/passwd"><osm/>', "bomb"),
        (b"<kml><Placemark>", "xml"),
        (b"<html></html>", "unknown"),
        (b'{"type": "FeatureCollection"', "json"),
        (b"[" * 100_000, "json"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "encoding"),
        (b"one line of prose", "unknown"),
        (b'{"names": {"a": 1}}', "no-points"),
    ],
)
def test_hostile_and_broken_files_are_refused(data, code):
    with pytest.raises(UnreadableFile) as problem:
        reading.read(data)
    assert problem.value.code in {code, "binary"}
    assert reasons.of_file(problem.value.code)


def test_folders_may_lie_in_folders_without_end():
    place = "<Placemark><name>Lab</name><Point><coordinates>4,52</coordinates></Point></Placemark>"
    deep = f"<kml>{'<Folder>' * 3000}{place}{'</Folder>' * 3000}</kml>"
    assert [row["name"] for row in reading.read(deep.encode()).rows] == ["Lab"]


def test_what_json_can_write_and_nobody_can_keep_spoils_nothing(client, curator):
    def feature(name, lon):
        said = {
            "name": name, "type": "makerspace", "rrule": "FREQ=DAILY;\ud800", "open": "no\ud800w\x00",
            "website": "https://lab.example/\ud800", "wo\x00rd\ud800": "x",
        }  # fmt: skip
        place = {"type": "Point", "coordinates": [lon, 52]}
        return {"type": "Feature", "id": f"{lon % 7}\ud800", "properties": said, "geometry": place}

    both = [feature("Lab\ud800", 4), feature("Nowhere", 10**400)]
    data = json.dumps({"type": "FeatureCollection", "features": both}).encode()
    run = running.write(begin(data, curator), by=viewer_for(curator))
    assert [skip["reason"] for skip in run.skipped] == ["bad-point"]
    told = b"".join(client.get(reverse("initiatives:geojson")).streaming_content).decode()
    assert [each["properties"]["name"] for each in json.loads(told)["features"]] == ["Lab"]
    assert "\\u0000" not in told
    things = json.dumps([{"name": "Lab", "position": [10**400, 4]}]).encode()
    assert reading.read(things).rows  # and says of itself where it is: nowhere


def csv(*rows):
    return "\n".join(["name,lat,lon,type,email,description", *rows]).encode()


def begin(data, curator, **options):
    return running.begin(
        "places.csv",
        data,
        Layer(**TERMS),
        Options(**options),
        person=curator,
        by=viewer_for(curator),
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A,91,4,makerspace,,", "bad-point"),
        ("A,nan,4,makerspace,,", "bad-point"),
        ("A,x,4,makerspace,,", "bad-point"),
        ("A,,4,makerspace,,", "no-point"),
        ("A,0,0,makerspace,,", "nowhere"),
        ("A,52,4,spaceship,,", "no-kind"),
        ("Example-garden,52,4,makerspace,,", "example"),
    ],
)
def test_rows_that_stay_out_say_why(row, code):
    _table, _found, skipped = read(csv(row))
    assert [skip.code for skip in skipped] == [code]


def test_what_comes_in_has_no_markup_and_no_overlong_name():
    _table, found, _skipped = read(
        csv(
            f'"<b>Fix</b> it {"x" * 300}",52,4,makerspace,,"<script>alert(1)</script>ok <i>fine</i>"'
        )
    )
    assert found[0].name.startswith("Fix it")
    assert len(found[0].name) <= 160
    assert found[0].facts["description"] == "ok fine"


def test_a_run_is_written_once_and_taken_back_whole(curator):
    CityFactory(code="ams", name="Amsterdam", latitude=52.37, longitude=4.89)
    make_initiative("Repaircafé Oost", latitude=52.36, longitude=4.93)
    by = viewer_for(curator)
    run = begin(
        csv(
            "Repair Café Oost,52.3602,4.9301,repair cafe,,",  # is here
            "Fab Lab Waag,52.3729,4.9004,fablab,info@waag.example,A lab of many machines for everybody here",
            "Fablab Waag,52.3730,4.9005,fablab,,",  # twice
            "Nameless,52.1,4.1,spaceship,,",
        ),
        curator,
    )
    assert run.counts == {
        "rows": 4, "found": 1, "changed": 0, "same": 2, "skipped": 1, "gone": 0,
    }  # fmt: skip
    assert Initiative.objects.count() == 1  # looking writes nothing

    running.write(run, by=by)
    running.write(run, by=by)

    made = Initiative.objects.get(run=run)
    assert (made.name, made.kind_list, made.city_id, made.state) == (
        "Fab Lab Waag", ["makerspace"], "ams", "shown",
    )  # fmt: skip
    assert made.public_email == ""
    run.refresh_from_db()
    assert [each["reason"] for each in run.skipped] == ["same", "twice", "no-kind"]

    assert running.undo(run, by=by) == 1
    assert list(Initiative.objects.values_list("name", flat=True)) == ["Repaircafé Oost"]
    with pytest.raises(Refused):
        running.undo(run, by=by)


def test_nobody_else_imports(member, curator):
    with pytest.raises(Forbidden):
        running.begin(
            "x.csv",
            csv("A,52,4,makerspace,,"),
            Layer(**TERMS),
            Options(),
            person=None,
            by=viewer_for(member.person),
        )
    run = begin(csv("A,52,4,makerspace,,"), curator)
    for verb in (running.write, running.undo):
        with pytest.raises(Forbidden):
            verb(run, by=viewer_for(member.person))


def test_the_pages_lead_from_a_file_to_the_map_and_back(client_factory, curator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_factory(curator)
    page = reverse("initiatives:import")
    file = SimpleUploadedFile("places.csv", csv("Fix,52,4,gizmo,,", "Swap,52.5,4,tauschladen,,"))
    refused = client.post(page, {"file": file})
    assert refused.status_code == 422
    assert "under which licence" in refused.content.decode()

    file.seek(0)
    looked = client.post(page, {"file": file, **TERMS}, follow=True)
    assert "No kind of ours fits it" in looked.content.decode()
    run = Run.objects.get()
    form = looked.context["form"]
    asked = {field.html_name: field.value() or "" for field in form}
    word = next(field.html_name for word, _c, _g, field in form.words() if word == "gizmo")
    done = client.post(
        run.get_absolute_url(), {**asked, word: "repair-cafe", "write": "1"}, follow=True
    )
    assert "2 came in" in done.content.decode()
    assert set(Initiative.objects.values_list("kinds", flat=True)) == {
        " repair-cafe ",
        " swap-shop ",
    }
    client.post(run.get_absolute_url(), {"undo": "1"})
    assert not Initiative.objects.exists()
    assert not Layer.objects.get().is_public


def test_operators_import_from_the_command_line(tmp_path, capsys, db):
    file = tmp_path / "places.csv"
    file.write_bytes(csv("Fix,52,4,repair cafe,,"))
    call_command(
        "import_initiatives", str(file), layer="Mine", licence="CC0", attribution="Us", json=True
    )
    assert json.loads(capsys.readouterr().out)["found"] == 1
    assert Initiative.objects.get().layer.title == "Mine"


@pytest.mark.parametrize(
    "head",
    [
        "Bezeichnung;Breitengrad;Längengrad;Kategorie;Straße;Ort;Öffnungszeiten",
        "Naam;Breedtegraad;Lengtegraad;Soort;Straat;Gemeente;Openingstijden",
        "Nombre;Latitud;Longitud;Categoría;Dirección;Municipio;Horario",
        "Nom;Latitud;Longitud;Tipus;Adreça;Municipi;Horari",
        "Nom;Latitude;Longitude;Catégorie;Rue;Ville;Horaires",
    ],
)
def test_columns_are_known_in_the_languages_of_the_cities(head):
    fields = ("name", "lat", "lon", "kind", "street", "place", "opening_note")
    assert guess(head.split(";")) == dict(zip(fields, head.split(";"), strict=True))

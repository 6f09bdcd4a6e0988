"""A layer imported again: what is new, renewed, the same or gone, told before it is written, and taken back."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from house.atlas.initiatives import actions
from house.atlas.initiatives.importing import running
from house.atlas.initiatives.importing.placing import Options
from house.atlas.initiatives.models import Ask, Initiative, Layer, Renewal, Run
from house.partners.viewing import viewer_for
from house.people import erasure
from tests.factories import CityFactory, PersonFactory

TERMS = {"title": "Test layer", "licence": "CC0", "attribution": "Us"}
FIRST = (
    "1,Fab Lab,52.3729,4.9004,makerspace,lab@place.example,A lab of many machines for everybody here",
    "2,Mending,52.1,4.1,repair cafe,,Mondays",
    "3,Seeds,52.2,4.2,seed library,,",
    ",Nameless number,52.5,4.5,makerspace,,",
)


def csv(*rows, head="id,name,lat,lon,type,email,description"):
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def by(curator):
    return viewer_for(curator)


@pytest.fixture
def imported(curator, by):
    """A function: looks at a file of the layer and, unless told otherwise, writes it."""

    def bring(data, *, writes=True, **options):
        layer = Layer.objects.first() or Layer(**TERMS)
        run = running.begin("places.csv", data, layer, Options(), person=curator, by=by)
        if options:
            running.look(run, Options.of(run.options | options), by=by)
        return running.write(run, by=by) if writes else run

    return bring


def named(name):
    return Initiative.objects.get(name=name)


def counts(run):
    return {name: run.counts[name] for name in ("found", "changed", "same", "skipped", "gone")}


SECOND = (
    "1,Fab Lab West,52.3729,4.9008,fablab,new@place.example,A lab of many machines for everybody here",
    "2,Mending,52.1,4.1,repair cafe,,Mondays",
    "4,Tools,52.3,4.3,tool library,,",
    "9,Nameless number,52.5,4.5,makerspace,,Now with words",
)


def test_what_is_new_changed_the_same_and_gone_is_told_then_written(imported, by):
    first = imported(csv(*FIRST))
    assert counts(first) == {"found": 4, "changed": 0, "same": 0, "skipped": 0, "gone": 0}
    lab, before = named("Fab Lab"), {row.pk: row.name for row in Initiative.objects.all()}

    run = imported(csv(*SECOND), writes=False)
    assert counts(run) == {"found": 1, "changed": 2, "same": 1, "skipped": 0, "gone": 1}
    assert {
        row.pk: row.name for row in Initiative.objects.all()
    } == before  # looking writes nothing
    plan = running.plan_of(run)
    assert [(each.row.name, sorted(each.facts)) for each in plan.changed] == [
        ("Fab Lab", ["email", "longitude", "name"]),
        ("Nameless number", ["description", "external_id"]),
    ]
    assert plan.changed[0].moved == 27
    assert [row.name for row in plan.gone] == ["Seeds"]

    running.write(run, by=by)
    lab.refresh_from_db()
    assert (lab.name, lab.name_folded, lab.longitude, lab.email) == (
        "Fab Lab West", "fab lab west", 4.9008, "new@place.example",
    )  # fmt: skip
    assert named("Nameless number").external_id == "9"
    assert named("Seeds").state == "shown"  # nobody said that the file is the whole layer
    again = imported(csv(*SECOND), writes=False)
    assert counts(again) == {"found": 0, "changed": 0, "same": 4, "skipped": 0, "gone": 1}


def test_taking_back_puts_back_what_was_renewed_and_hidden(imported, by):
    imported(csv(*FIRST))
    columns = (
        "name",
        "name_folded",
        "longitude",
        "email",
        "description",
        "external_id",
        "state",
        "kinds",
    )
    before = set(Initiative.objects.values_list("pk", *columns))
    run = imported(csv(*SECOND), hides_gone=True)
    assert named("Seeds").state == "hidden"
    assert Initiative.objects.count() == 5

    running.undo(run, by=by)

    assert set(Initiative.objects.values_list("pk", *columns)) == before


def test_a_file_says_nothing_of_columns_that_it_lacks(imported):
    imported(csv(*FIRST))
    run = imported(csv("1,Fab Lab,52.3729,4.9004,makerspace", head="id,name,lat,lon,type"))
    assert counts(run) == {"found": 0, "changed": 0, "same": 1, "skipped": 0, "gone": 3}
    assert named("Fab Lab").email == "lab@place.example"


def test_what_people_did_here_counts_more_than_the_file(imported, by):
    imported(csv(*FIRST))
    Initiative.objects.filter(name="Mending").update(
        put_right_at=timezone.now(), description="Tuesdays"
    )
    actions.hide(named("Seeds"), "closed for good", by=by)
    actions.curating.clear_contact(named("Fab Lab"))
    changed = [row.replace("Mondays", "Sundays").replace("Seeds", "Seeds!") for row in FIRST]

    run = imported(csv(*changed))

    assert counts(run) == {"found": 0, "changed": 0, "same": 2, "skipped": 2, "gone": 0}
    assert {each["reason"] for each in run.skipped} == {"there", "put-right", "off"}
    assert named("Mending").description == "Tuesdays"
    assert named("Seeds").state == "hidden"
    assert named("Fab Lab").email == ""  # what was taken away does not come again


def test_taking_back_leaves_what_somebody_touched_since(imported, by):
    imported(csv(*FIRST))
    words = [f"{row.removesuffix('Mondays')} in other words" for row in FIRST]
    run = imported(csv(*words))
    assert run.counts["changed"] == 4
    Ask.objects.create(
        initiative=named("Mending"), due_on=timezone.now().date(), answer="true", answered_at=timezone.now()
    )  # fmt: skip
    actions.hide(named("Seeds"), "", by=by)
    Initiative.objects.filter(external_id="1").update(put_right_at=timezone.now())
    words[3] += " and again"
    imported(csv(words[3]))
    left = dict(Initiative.objects.values_list("name", "description"))

    running.undo(run, by=by)

    assert dict(Initiative.objects.values_list("name", "description")) == left


def test_taking_back_leaves_new_places_that_somebody_touched_since(imported, by):
    run = imported(csv(*FIRST))
    Initiative.objects.filter(name="Fab Lab").update(put_right_at=timezone.now())
    actions.hide(named("Seeds"), "", by=by)
    running.undo(run, by=by)
    assert set(Initiative.objects.values_list("name", "state")) == {
        ("Fab Lab", "shown"), ("Seeds", "hidden"),
    }  # fmt: skip


def test_a_contact_that_was_erased_since_does_not_come_back(imported, by, db):
    imported(csv(*FIRST))
    run = imported(csv(FIRST[0].replace("lab@", "new@"), *FIRST[1:]))
    assert Renewal.objects.get().email == "lab@place.example"
    PersonFactory(email="lab@place.example", erase_after=timezone.now())
    erasure.erase_due()
    assert Renewal.objects.get().email == ""
    running.undo(run, by=by)
    assert named("Fab Lab").email == ""


def test_the_last_reading_of_a_layer_is_kept_and_old_renewals_go(imported):
    imported(csv(*FIRST), publishes_contact=True, kind="makerspace", hides_gone=True)
    assert named("Fab Lab").public_email == "lab@place.example"
    run = imported(csv(*FIRST, "5,Spaceship,51,3,spaceship,,"), writes=False)
    kept = Options.of(run.options)
    assert (kept.publishes_contact, kept.kind, kept.hides_gone) == (True, "makerspace", False)
    assert counts(run) == {"found": 1, "changed": 0, "same": 4, "skipped": 0, "gone": 0}

    imported(csv(FIRST[0].replace("lab@", "new@")))
    long_ago = timezone.now() - datetime.timedelta(days=91)
    Run.objects.update(ended_at=long_ago)
    running.sweep()
    assert not Renewal.objects.exists()


def test_the_page_tells_what_changes_before_it_is_written(client_factory, curator):
    client, page = client_factory(curator), reverse("initiatives:import")
    CityFactory(code="ams", name="Amsterdam", latitude=52.37, longitude=4.89)
    for number, rows in enumerate((FIRST, SECOND)):
        file = SimpleUploadedFile("places.csv", csv(*rows))
        choice = {"layer": Layer.objects.get().pk} if number else TERMS
        looked = client.post(page, {"file": file, **choice}, follow=True)
        run = Run.objects.first()
        if number:
            text = looked.content.decode()
            for words in (
                "27 m away",
                "Fab Lab West",
                "lab@place.example",
                "new@place.example",
                "Seeds",
            ):
                assert words in text
            assert "Take off the map what this file no longer holds" in text
        asked = {field.html_name: field.value() or "" for field in looked.context["form"]}
        ticked = {"hides_gone": "on"} if number else {}
        done = client.post(run.get_absolute_url(), {**asked, **ticked, "write": "1"}, follow=True)
    assert "1 came in, 2 were renewed, 1 were here already" in done.content.decode()
    assert "1 that the file no longer holds were taken off the map." in done.content.decode()
    assert named("Seeds").state == "hidden"


def test_operators_hide_what_is_gone_only_when_they_say_so(tmp_path, db):
    file = tmp_path / "places.csv"
    terms = {"layer": "Mine", "licence": "CC0", "attribution": "Us"}
    file.write_bytes(csv(*FIRST))
    call_command("import_initiatives", str(file), **terms)
    file.write_bytes(csv(*FIRST[1:]))
    call_command("import_initiatives", str(file), **terms)
    assert named("Fab Lab").state == "shown"
    call_command("import_initiatives", str(file), hide_gone=True, **terms)
    assert named("Fab Lab").state == "hidden"

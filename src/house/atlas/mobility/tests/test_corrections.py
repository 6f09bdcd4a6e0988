"""A city corrects its own figures with evidence; both values stay to be seen."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from house.access.journal import rows_about
from house.atlas.mobility import told
from house.atlas.mobility.actions.correcting import (
    Evidence,
    decide_correction,
    offer_correction,
    withdraw_correction,
)
from house.atlas.mobility.models import Correction, IndexCity, State
from house.atlas.mobility.models.edition import unpacked
from house.atlas.mobility.tests.made import edition, row
from house.ground.errors import Forbidden, Refused
from house.notices.models import Notice
from house.partners.viewing import viewer_for
from house.people.erasure import erase
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 6, 1)


@pytest.fixture
def city(member):
    edition(row("a"), row("b", "City bbb"))
    return IndexCity.objects.get(code="gn1")


def said(**facts):
    plain = {"field": "stations", "value": 50.0, "on": ON, "source": "Register", "reason": "Counted", "url": "https://r.example"}  # fmt: skip
    return Evidence(**plain | facts)


def test_only_people_of_the_city_correct_it(city, neighbour, office):
    for person in (neighbour.person, office, PersonFactory()):
        with pytest.raises(Forbidden):
            offer_correction(city, said(), by=viewer_for(person))


@pytest.mark.parametrize(
    ("facts", "told_why"),
    [
        ({"value": -1.0}, "can't be right"), ({"value": float("nan")}, "can't be right"), ({"value": 1e9}, "can't be right"),
        ({"value": 1.5}, "whole number"), ({"field": "score"}, "which figure"), ({"url": ""}, "looked up"),
        ({"url": "javascript:alert(1)"}, "looked up"), ({"reason": " \u202e "}, "why ours"), ({"source": ""}, "why ours"),
        ({"on": datetime.date(2100, 1, 1)}, "not come yet"), ({"on": datetime.date(1990, 1, 1)}, "ten years"),
        ({"field": "population", "value": 0.0}, "has people"), ({"document": b"MZ", "document_name": "x.exe"}, "not taken"),
    ],
)  # fmt: skip
def test_what_can_not_be_true_or_proves_nothing_is_refused(city, member, facts, told_why):
    with pytest.raises(Refused, match=told_why):
        offer_correction(city, said(**facts), by=viewer_for(member.person))
    assert not Correction.objects.exists()


def test_accepted_it_counts_in_the_next_edition_and_both_values_are_shown(
    city, member, curator, client
):
    made = offer_correction(city, said(was=None), by=viewer_for(member.person))
    assert Notice.objects.filter(person=curator, happening__kind=told.OFFERED).count() == 1
    decide_correction(made, accept=True, answer="Checked", by=viewer_for(curator))
    decided = Notice.objects.get(person=member.person, happening__kind=told.ACCEPTED)
    assert decided.is_direct
    newer = edition()
    figure = {c["name"]: c for c in unpacked(newer.result)["cities"]}["City aaa"]["figures"]
    assert (figure["stations"]["value"], figure["stations"]["corrected"]["value"]) == (50, None)
    assert figure["supply"]["value"] == 0.5
    page = client.get(city.get_absolute_url()).content.decode()
    assert "Corrected by the city" in page
    assert "The city itself" in page
    assert [r.act for r in rows_about(made)] == ["mobility.decide", "mobility.correct"]


def test_the_desk_stands_on_a_correction_for_who_decides_it(city, member, curator, client_factory):
    made = offer_correction(city, said(), by=viewer_for(member.person))
    pages = [client_factory(one).get(made.get_absolute_url()) for one in (curator, member.person)]
    assert ["desk-tabs" in page.content.decode() for page in pages] == [True, False]


def test_refused_needs_a_reason_and_the_city_is_told(city, member, curator):
    made = offer_correction(city, said(), by=viewer_for(member.person))
    with pytest.raises(Refused, match="Say why"):
        decide_correction(made, accept=False, answer=" ", by=viewer_for(curator))
    decide_correction(made, accept=False, answer="No such register", by=viewer_for(curator))
    assert Notice.objects.filter(person=member.person, happening__kind=told.REFUSED).exists()
    with pytest.raises(Forbidden):  # settled
        decide_correction(made, accept=True, answer="", by=viewer_for(curator))


def test_one_correction_of_a_figure_waits_at_a_time_and_can_be_withdrawn(city, member, neighbour):
    by = viewer_for(member.person)
    made = offer_correction(city, said(), by=by)
    with pytest.raises(Refused, match="waits already"):
        offer_correction(city, said(value=60.0), by=by)
    with pytest.raises(Forbidden):
        withdraw_correction(made, by=viewer_for(neighbour.person))
    withdraw_correction(made, by=by)
    assert offer_correction(city, said(value=60.0), by=by).state == State.WAITING


def status(client, path):
    response = client.get(path)
    if response.streaming:  # read to its end, the file is closed
        assert b"".join(response.streaming_content) == b"a,b\n"
    return response.status_code


def test_until_it_is_accepted_only_the_city_and_curators_see_it(
    city, member, neighbour, curator, client_factory
):
    made = offer_correction(
        city, said(document=b"a,b\n", document_name="zz.csv"), by=viewer_for(member.person)
    )
    paths = [reverse(f"mobility:correction{name}", args=[made.code]) for name in ("", "_document")]
    seen = {
        who: [status(client_factory(person), path) for path in paths]
        for who, person in (("visitor", None), ("neighbour", neighbour.person), ("city", member.person), ("curator", curator))
    }  # fmt: skip
    assert seen == {
        "visitor": [404, 404],
        "neighbour": [404, 404],
        "city": [200, 200],
        "curator": [200, 200],
    }
    decide_correction(made, accept=True, answer="", by=viewer_for(curator))
    assert [status(client_factory(), path) for path in paths] == [200, 200]
    assert member.person.name not in client_factory().get(paths[0]).content.decode()


def test_what_was_typed_stays_and_the_error_stands_at_its_field(city, member, client_factory):
    client, path = client_factory(member.person), reverse("mobility:correct", args=[city.slug])
    typed = {"field": "vehicles", "value": "9,420", "on": "2999-01-01", "source": "<b>Register</b>", "url": "ftp://x", "reason": "Kept\u202e words"}  # fmt: skip
    response = client.post(path, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page
    assert "This day has not come yet." in page
    assert "Kept" in page
    assert "&lt;b&gt;Register&lt;/b&gt;" in page
    today = timezone.localdate().isoformat()
    file = SimpleUploadedFile("count.csv", b"day,count\n")
    response = client.post(
        path, typed | {"value": "9420", "on": today, "url": "", "document": file}
    )
    made = Correction.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.value, made.document_name, made.reason) == (9420, "count.csv", "Kept words")


def test_two_megabytes_of_reason_are_refused_whole(city, member, client_factory):
    path = reverse("mobility:correct", args=[city.slug])
    response = client_factory(member.person).post(
        path, {"field": "stations", "reason": "x" * 2_000_000}
    )
    assert response.status_code in {400, 413, 422}
    assert not Correction.objects.exists()


def test_erasure_takes_the_name_and_leaves_the_citys_correction(city, member):
    made = offer_correction(city, said(), by=viewer_for(member.person))
    member.person.erase_after = timezone.now()
    member.person.save()
    erase(member.person.pk)
    made.refresh_from_db()
    assert (made.made_by, made.value) == (None, 50)


def test_a_curator_does_not_decide_for_her_own_city(city, member):
    made = offer_correction(city, said(), by=viewer_for(member.person))
    member.person.is_curator = True
    member.person.save()
    with pytest.raises(Forbidden):
        decide_correction(made, accept=True, answer="", by=viewer_for(member.person))


def test_what_is_needed_is_asked_for_and_told_beside_its_field_with_all_that_was_typed(
    city, member, client
):
    client.force_login(member.person)
    address = reverse("mobility:correct", args=[city.slug])
    assert "(optional)" not in client.get(address).text
    typed = {"field": "stations", "value": "52", "on": "2026-06-01", "source": "Our register", "reason": "Counted"}  # fmt: skip
    page = client.post(address, typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["url"]
    assert 'aria-describedby="id_url_helptext id_url_error"' in page.text
    assert all(f'value="{typed[name]}"' in page.text for name in ("value", "on", "source"))
    assert "Counted" in page.text

    typed |= {"reason": " ", "document": SimpleUploadedFile("count.txt", b"52 stations")}
    page = client.post(address, typed)
    assert set(page.context["form"].errors) == {"reason", "document"}
    assert "choose the document again" in page.text

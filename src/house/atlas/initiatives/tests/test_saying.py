"""What people outside say: suggestions, decisions, and the yearly "still true?"."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from house.atlas.initiatives import actions, asking, tasks, taxonomy
from house.atlas.initiatives.forms.fields import point_of
from house.atlas.initiatives.models import Answer, Ask, Initiative, Suggestion
from house.atlas.initiatives.opening import keeping
from house.atlas.initiatives.tests.making import make_initiative, make_layer
from house.ground.errors import Forbidden, Refused
from house.partners.viewing import viewer_for
from house.people import erasure, export
from tests.factories import CityFactory, PersonFactory

SAID = {
    "name": "Tool library West", "kinds": ["tool-library"], "point": "52.37, 4.85", "language": "en",
    "description": "Drills and ladders.", "opening_hours": "Sa 10:00-13:00",
    "repeats": "FREQ=WEEKLY;BYDAY=SA 10:00-13:00", "email": "anna@home.example", "consent": "on",
}  # fmt: skip
HTML = re.compile(r"/atlas/map/still-true/[\w-]+/")


@pytest.fixture
def told(settings, db, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mailoutbox


def suggest(client, **facts):
    return client.post(reverse("initiatives:suggest"), SAID | facts)


def test_anybody_suggests_and_a_curator_accepts(
    client, client_factory, curator, told, django_capture_on_commit_callbacks
):
    CityFactory(code="ams", name="Amsterdam", latitude=52.37, longitude=4.89)
    assert suggest(client).url == reverse("initiatives:suggested")
    made = Initiative.objects.get()
    assert (made.state, made.city_id, made.kind_list) == ("suggested", "ams", ["tool-library"])
    assert "Tool library West" not in client.get(reverse("initiatives:map")).content.decode()

    desk = client_factory(curator)
    assert "Tool library West" in desk.get(reverse("initiatives:desk")).content.decode()
    page = reverse("initiatives:suggestion", args=[made.code])
    assert "anna@home.example" in desk.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page, {"accept": "1"})
        desk.post(page, {"accept": "1"})

    assert "Tool library West" in client.get(reverse("initiatives:map")).content.decode()
    assert [(each.to, made.code in each.body) for each in told] == [(["anna@home.example"], True)]
    assert "anna@home.example" not in client.get(made.get_absolute_url()).content.decode()


def test_a_refusal_needs_a_reason_and_tells_it(
    client, client_factory, curator, told, django_capture_on_commit_callbacks
):
    suggest(client)
    page = reverse("initiatives:suggestion", args=[Initiative.objects.get().code])
    desk = client_factory(curator)
    assert desk.post(page, {"refuse": "1", "reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page, {"refuse": "1", "reason": "It is a shop\r\nBcc: all@x.example"})
    assert Initiative.objects.get().state == "hidden"
    assert "It is a shop" in told[0].body
    assert "It is a shop" in told[0].alternatives[0][0]
    with pytest.raises(Refused):
        actions.accept(Suggestion.objects.get(), by=viewer_for(curator))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"subject": "buy"}, "it is there to catch programs"),
        ({"point": "somewhere"}, "We find no latitude"),
        ({"point": "152, 4"}, "There is no such point"),
        ({"consent": ""}, "Without this we may not keep your address"),
        ({"kinds": ["spaceship"]}, "Select a valid choice"),
        ({"kinds": list(taxonomy.kinds())}, "Choose at most 6"),
        ({"repeats": "FREQ=SECONDLY 10:00-11:00"}, "We don&#x27;t understand"),
        ({"point": "0, 0"}, "lies in the sea"),
        ({"kinds": []}, "Choose at least one kind"),
        ({"website": "javascript:alert(1)"}, "An address begins with https"),
        ({"name": "\u202e\u200f  "}, "Please write something here"),
        ({"without": "whenever"}, "is not a day or span"),
    ],
)
def test_what_can_not_be_taken_is_told_at_its_field_and_kept(client, db, facts, says):
    response = suggest(client, **facts)
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert "Drills and ladders." in text
    assert not Initiative.objects.exists()


def test_haste_forgery_floods_and_books_are_refused(client, client_factory, db):
    page = client.get(reverse("initiatives:suggest"))
    hasty = suggest(client, opened=page.context["form"]["opened"].value())
    assert hasty.status_code == 422
    assert "faster than a person can read" in hasty.content.decode()
    forged = suggest(client_factory(enforce_csrf_checks=True))
    assert forged.status_code == 403
    assert "Drills and ladders." in forged.content.decode()
    assert suggest(client, description="x" * 2_000_000).status_code == 413
    codes = [suggest(client, name=f"Place {n}").status_code for n in range(11)]
    assert codes == [302] * 10 + [429]


def test_marks_and_markup_do_no_harm(client, client_factory, curator):
    suggest(client, name="Z" + "\u0301" * 60 + "algo <script>x</script>", note="<b>hi</b>")
    made = Initiative.objects.get()
    assert made.name.count("\u0301") <= 4
    text = (
        client_factory(curator)
        .get(reverse("initiatives:suggestion", args=[made.code]))
        .content.decode()
    )
    assert "<script>x" not in text
    assert "<b>hi" not in text


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_points_are_found_in_what_people_paste(lat, lon):
    lat, lon = round(lat, 4), round(lon, 4)
    written = f"{lat:.4f}", f"{lon:.4f}"
    for pasted in (
        "{}, {}", "geo:{},{}", "https://www.openstreetmap.org/?mlat={}&mlon={}#map=3/1/2",
        "https://www.openstreetmap.org/#map=18/{}/{}", "https://maps.example/place/@{},{},17z",
    ):  # fmt: skip
        assert point_of(pasted.format(*written)) == (lat, lon)


def test_only_who_looks_after_the_atlas_decides(member, curator, db):
    made = make_initiative(state="suggested")
    suggestion = Suggestion.objects.create(initiative=made)
    by = viewer_for(member.person)
    for verb in (
        lambda: actions.accept(suggestion, by=by),
        lambda: actions.refuse(suggestion, "no", by=by),
        lambda: actions.hide(made, "", by=by),
        lambda: actions.take_gone(made, by=by),
        lambda: actions.show_again(made, by=by),
    ):
        with pytest.raises(Forbidden):
            verb()
    with pytest.raises(Refused):
        actions.show_again(made, by=viewer_for(curator))


def test_a_curator_puts_right_hides_and_shows_again(client_factory, curator, client):
    made = make_initiative(email="desk@place.example", contact_is_public=True)
    desk = client_factory(curator)
    page = reverse("initiatives:edit", args=[made.code])
    form = desk.get(page).context["form"]
    said = {field.html_name: field.value() for field in form if field.value()}
    wrong = desk.post(page, said | {"point": "x"})
    assert wrong.status_code == 422
    desk.post(page, said | {"name": "New name", "point": "50, 4", "contact_is_public": ""})
    made.refresh_from_db()
    assert (made.name, made.latitude, made.public_email) == ("New name", 50, "")
    act = reverse("initiatives:act", args=[made.code])
    for verb, state in (("hide", "hidden"), ("show", "shown"), ("gone", "gone")):
        desk.post(act, {"act": verb})
        made.refresh_from_db()
        assert made.state == state
    assert made.email == ""  # what is gone is not written to


# -- Still true? -----------------------------------------------------------------------------------


def old(**facts):
    long_ago = timezone.now().date() - datetime.timedelta(days=500)
    return make_initiative(
        **{
            "email": "desk@place.example",
            "contact_is_public": True,
            "confirmed_on": long_ago,
            **facts,
        }
    )


def link(told):
    return HTML.search(told[-1].body)[0]


def test_once_a_year_at_the_address_that_was_published(told, db):
    old(name="Asked")
    old(name="Not published", contact_is_public=False, latitude=1)
    old(name="Young", confirmed_on=timezone.now().date(), latitude=2)
    old(name="Hidden", state="hidden", latitude=3)
    old(name="Invented", layer=make_layer(title="D", is_demonstration=True), latitude=4)
    for _day in range(2):
        tasks.ask_initiatives.func()
    assert [each.to for each in told] == [["desk@place.example"]]
    assert "Asked" in told[0].body
    assert "Asked" in told[0].alternatives[0][0]
    secret = link(told).split("/")[-2]
    assert not Ask.objects.filter(digest__contains=secret).exists()


def test_opening_the_link_changes_nothing_and_an_answer_does(client, told, db):
    made = old(opening_hours="24/7")
    tasks.ask_initiatives.func()
    page = link(told)
    before = Initiative.objects.values().get()
    response = client.get(page)
    client.head(page)
    assert Initiative.objects.values().get() == before
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    client.post(page, {"answer": "true"})
    made.refresh_from_db()
    assert made.confirmed_on == timezone.now().date()
    assert (
        f"Confirmed in {made.confirmed_on:%B %Y}"
        in client.get(made.get_absolute_url()).content.decode()
    )
    asking.ask_due()
    assert Ask.objects.count() == 1


def test_a_change_goes_to_the_desk_and_its_contact_may_go(client, client_factory, curator, told):
    made = old()
    tasks.ask_initiatives.func()
    page = link(told)
    assert client.post(page, {"answer": "changed"}).status_code == 422
    client.post(page, {"answer": "changed", "words": "We moved <b>here</b>", "forget": "on"})
    made.refresh_from_db()
    assert made.email == ""
    desk = client_factory(curator)
    text = desk.get(reverse("initiatives:desk")).content.decode()
    assert "We moved &lt;b&gt;here" in text
    desk.post(reverse("initiatives:dealt", args=[Ask.objects.get().pk]))
    assert "We moved" not in desk.get(reverse("initiatives:desk")).content.decode()


def test_who_is_gone_leaves_the_map_and_may_come_back(client, told, db):
    made = old()
    tasks.ask_initiatives.func()
    page = link(told)
    client.post(page, {"answer": "gone"})
    assert client.get(made.get_absolute_url()).status_code == 404
    client.post(page, {"answer": "true"})
    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("said", ["", "changed"])
def test_what_a_curator_took_off_the_map_no_letter_puts_back(client, curator, told, said):
    made = old()
    tasks.ask_initiatives.func()
    page = link(told)
    if said:
        client.post(page, {"answer": said, "words": "We moved"})
    ask = Ask.objects.select_related("initiative").get()
    actions.take_gone(made, by=viewer_for(curator))
    assert client.post(page, {"answer": "true"}).status_code == 404
    with pytest.raises(Refused):  # decided while she was reading
        actions.answer(ask, Answer.TRUE)
    made.refresh_from_db()
    assert made.state == "gone"


def test_links_end_and_cannot_be_guessed(client, told, db):
    old()
    tasks.ask_initiatives.func()
    page = link(told)
    assert client.get(reverse("initiatives:still_true", args=["x" * 32])).status_code == 404
    Ask.objects.update(sent_at=timezone.now() - datetime.timedelta(days=91))
    assert client.get(page).status_code == 404


def test_a_link_ends_when_the_address_that_it_went_to_is_another(client, told):
    made = old()
    tasks.ask_initiatives.func()
    page = link(told)
    opened = client.get(page)
    ask = opened.context["ask"]
    Initiative.objects.filter(pk=made.pk).update(email="new-desk@place.example")

    assert client.get(page).status_code == 404
    assert client.post(page, {"answer": "gone"}).status_code == 404
    with pytest.raises(Refused):  # whoever had opened the page before
        actions.answer(ask, Answer.GONE)
    made.refresh_from_db()
    assert made.state == "shown"


def test_who_takes_her_address_off_by_the_link_may_still_answer_by_it(client, told):
    made = old()
    tasks.ask_initiatives.func()
    page = link(told)
    client.post(page, {"answer": "gone"})
    made.refresh_from_db()
    assert (made.state, made.email) == ("gone", "")
    assert client.post(page, {"answer": "true"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "shown"


def test_confirmations_and_silence_are_told_as_such(client, db):
    assert "Not confirmed since" in client.get(old().get_absolute_url()).content.decode()


# -- Persons, and the clock ------------------------------------------------------------------------


def test_a_suggester_is_forgotten_a_month_after_the_answer(client, db):
    suggest(client)
    Suggestion.objects.update(
        decided_at=timezone.now() - datetime.timedelta(days=31), decision="accepted"
    )
    tasks.forget_addresses.func()
    assert Suggestion.objects.get().email == ""


def test_a_person_gets_and_erases_what_the_map_holds_of_her(client, db):
    person = PersonFactory(email="anna@home.example")
    suggest(client)
    made = make_initiative(
        "Hers", email="anna@home.example", phone="1", contact_is_public=True, latitude=1
    )
    parts = {part.name: part for part in export.parts()}
    assert [row["name"] for row in parts["initiatives"].section(person).rows] == ["Hers"]
    next(part for part in erasure.parts() if part.name == "initiatives").erase(person)
    made.refresh_from_db()
    assert (made.email, made.phone, made.contact_is_public) == ("", "", False)
    assert Suggestion.objects.get().email == ""


def test_openings_move_on_with_the_clock(db):
    made = make_initiative(opening_hours="Mo-Su 10:00-12:00")
    first = made.open_until
    assert keeping.catch_up(first - datetime.timedelta(minutes=1)) == 0
    assert keeping.catch_up(first + datetime.timedelta(minutes=1)) == 1
    made.refresh_from_db()
    assert made.open_from > first
    Initiative.objects.update(open_from=None, open_until=None)
    assert keeping.look_again() == 1


def test_the_demonstration_shows_twenty_places(db):
    from house.office.demo_initiatives import seed
    from house.vocabulary.loading import load_vocabulary

    load_vocabulary()
    seed()
    seed()
    found = Initiative.objects.all()
    assert found.count() == 20
    assert len({one.city_id for one in found}) >= 8
    assert all(one.layer.is_demonstration and not one.email for one in found)
